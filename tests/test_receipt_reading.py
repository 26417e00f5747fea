"""What is no receipt, was changed, or would do harm is refused, and the message says where and why."""

from __future__ import annotations

import copy
import gzip
import io
import json
import random
import re
import tarfile
import warnings
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from advisor.knowledge_base import Knowledge
from advisor.problem import AnswersError
from advisor.receipt import bundle
from advisor.receipt.bundle import BundleError, unpacked
from advisor.receipt.receipt_reader import MOST_BYTES, bundled_knowledge, read_receipt
from advisor.receipt.replay import replay
from advisor.snapshot import digest_of_contents
from advisor.text import LANGUAGES
from receipts import NAME, plain_case, sealed, shown, text_of


@pytest.fixture(scope="module")
def text(knowledge: Knowledge) -> str:
    return text_of(knowledge, plain_case())


@pytest.fixture
def data(text: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(text)
    return found


def _refused(act: Callable[[], object]) -> list[tuple[str, str]]:
    """Return the places and keys of what is found wrong; both languages say it."""
    with pytest.raises(AnswersError) as caught:
        act()
    assert 2 == len({caught.value.in_language(language) for language in LANGUAGES})
    return [(str(problem.place), problem.key) for problem in caught.value.problems]


def _unread(raw: bytes | str) -> list[tuple[str, str]]:
    return _refused(lambda: read_receipt(raw.encode() if isinstance(raw, str) else raw, NAME))


# -- seals --------------------------------------------------------------------------------------------------


def test_a_receipt_that_was_edited_is_refused_at_its_seal(text: str) -> None:
    edited = text.replace('"value": "not_required"', '"value": "required"', 1)
    line = edited.count("\n") - 1

    assert text != edited
    assert [(f"r.json:{line}:10", "receipt.broken_seal")] == _unread(edited)


def test_a_receipt_that_was_only_laid_out_anew_is_read(text: str, data: dict[str, Any]) -> None:
    turned = dict(reversed(data.items()))

    again = json.dumps(turned, indent=7, ensure_ascii=False).encode()

    assert read_receipt(text.encode(), NAME) == read_receipt(again, NAME)


def test_every_part_of_a_receipt_is_under_its_seal(data: dict[str, Any]) -> None:
    for key in data:
        other: Any = "x" * 64 if key == "seal" else data[key]
        other = dict(list(other.items())[1:]) if isinstance(other, dict) else f"{other}x"
        other = {"schema": "receipt/9", "language": "en"}.get(key, other)
        assert _unread(json.dumps(data | {key: other})), key


# -- what is no receipt -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("raw", "place", "key"),
    [
        (b"", "r.json", "file.empty"),
        (b" \n", "r.json", "file.empty"),
        (b"\xff\xfe", "r.json:1:1", "file.not_utf8"),
        (b"as_of: 2024-05-31\n", "r.json:1:1", "receipt.not_json"),
        (b'{"schema": "receipt/2",\n x}', "r.json:2:2", "receipt.not_json"),
        (b'{"schema": NaN}', "r.json", "receipt.not_json"),
        (b'{"a": ' + b"9" * 5000 + b"}", "r.json", "receipt.not_json"),
        (b"[" * 200_000, "r.json", "receipt.not_json"),
        (b'{"a":' * 100_000, "r.json", "receipt.not_json"),
        (b" " * (MOST_BYTES + 1), "r.json", "file.too_large"),
        (b"[]", "r.json", "receipt.not_a_receipt"),
        (b"null", "r.json", "receipt.not_a_receipt"),
        (b'"receipt/2"', "r.json", "receipt.not_a_receipt"),
        (b'{"schema_": 1}', "r.json", "receipt.not_a_receipt"),
        (b'{"schema": "advice/1"}', "r.json:1:12", "receipt.other_schema"),
        (b'{"schema": ["receipt/2"]}', "r.json:1:12", "receipt.other_schema"),
        (b'{"schema": "receipt/2", "schema": "receipt/2"}', "r.json:1:25", "yaml.duplicate_key"),
    ],
    ids=lambda part: part[:24].decode("latin-1") if isinstance(part, bytes) else "",
)
def test_what_is_no_receipt_is_refused_at_its_place(raw: bytes, place: str, key: str) -> None:
    assert [(place, key)] == _unread(raw)


def test_a_receipt_of_the_old_form_is_refused_and_told_how_to_make_a_new_one() -> None:
    raw = b'{\n  "schema": "receipt/1",\n  "as_of": "2024-05-31", "answers": {}\n}'

    with pytest.raises(AnswersError) as caught:
        read_receipt(raw, NAME)

    assert [("r.json:2:13", "receipt.old_schema")] == [(str(p.place), p.key) for p in caught.value.problems]
    for language in LANGUAGES:
        assert "advisor advise" in caught.value.in_language(language)
        assert "--receipt" in caught.value.in_language(language)


def _set(*path: str | int, to: Any) -> Callable[[dict[str, Any]], None]:
    def change(data: Any) -> None:
        for step in path[:-1]:
            data = data[step]
        data[path[-1]] = to

    return change


def _without(*path: str) -> Callable[[dict[str, Any]], None]:
    def change(data: Any) -> None:
        for step in path[:-1]:
            data = data[step]
        del data[path[-1]]

    return change


@pytest.mark.parametrize(
    ("change", "key"),
    [
        (_without("case"), "key.missing"),
        (_without("files"), "key.missing"),
        (_without("knowledge", "digest"), "key.missing"),
        (_without("advice", "steps"), "key.missing"),
        (_without("advice", "conclusions", "kinds", "contested"), "key.missing"),
        (_set("sael", to=1), "key.unknown"),
        (_set("knowledge", "digset", to="x"), "key.unknown"),
        (_set("language", to="fr"), "value.choice"),
        (_set("versions", to=[]), "value.mapping"),
        (_set("versions", "python", to=3), "value.text"),
        (_set("case", to=[]), "value.mapping"),
        (_set("files", to=None), "value.text"),
        (_set("advice", "era", to=5), "value.text"),
        (_set("advice", "conclusions", to=[]), "value.mapping"),
        (_set("advice", "conclusions", "kinds", "depends_on", to="sector"), "value.list"),
        (_set("advice", "steps", 0, "certain", to="yes"), "value.truth"),
        (_set("advice", "steps", to={"x": 1}), "value.mapping"),
        (_set("advice", "legal_basis", 0, "status", to="perhaps"), "value.choice"),
    ],
)
def test_a_part_of_a_wrong_kind_is_found_at_its_place(
    change: Callable[[dict[str, Any]], None], key: str, data: dict[str, Any]
) -> None:
    change(data)

    ((place, found),) = _unread(json.dumps(json.loads(sealed(data)), indent=1))

    assert key == found
    assert re.fullmatch(r"r\.json:\d+:\d+", place)


def test_no_more_than_a_screenful_is_said_of_a_file_that_is_wrong_everywhere() -> None:
    data: dict[str, Any] = {"schema": "receipt/2", **{f"key{number}": number for number in range(5000)}}

    assert len(_unread(json.dumps(data))) < 40


# -- the knowledge in it ------------------------------------------------------------------------------------


def _packed(*members: tuple[str, bytes | dict[str, Any] | None]) -> str:
    """Return a bundle of members: each a name, and its content or what its header says."""
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w") as tar:
        for name, content in members:
            member = tarfile.TarInfo(name)
            if isinstance(content, bytes):
                member.size = len(content)
                tar.addfile(member, io.BytesIO(content))
            else:
                for key, value in (content or {}).items():
                    setattr(member, key, value)
                tar.addfile(member)
    return b64encode(gzip.compress(stream.getvalue())).decode()


GOOD = ("kbase/good.yaml", b"{}")


@pytest.mark.parametrize(
    "name",
    [
        "../evil.yaml",
        "kbase/../../evil.yaml",
        "kbase/../rules/evil.yaml",
        "/tmp/evil.yaml",  # noqa: S108
        "kbase//evil.yaml",
        "kbase/./evil.yaml",
        "kbase\\..\\evil.yaml",
        "c:/evil.yaml",
        "kbase/c:evil.yaml",
        "kbase/evil.yaml/..",
        "evil.yaml",
        "other/evil.yaml",
        "kbase/evil.py",
        "kbase/.yaml/",
        "kbase",
        "kbase/a\nb.yaml",
    ],
)
def test_nothing_is_written_elsewhere_than_below_the_two_folders(name: str, tmp_path: Path) -> None:
    folder = tmp_path / "within"

    with pytest.raises(BundleError):
        unpacked(_packed(GOOD, (name, b"evil")), folder)

    assert {folder, folder / "kbase", folder / "kbase" / "good.yaml"} == set(tmp_path.rglob("*"))


@pytest.mark.parametrize(
    "header",
    [
        {"type": tarfile.SYMTYPE, "linkname": "/etc/passwd"},
        {"type": tarfile.LNKTYPE, "linkname": "kbase/good.yaml"},
        {"type": tarfile.DIRTYPE},
        {"type": tarfile.FIFOTYPE},
        {"type": tarfile.CHRTYPE, "devmajor": 1, "devminor": 5},
        {"type": tarfile.GNUTYPE_SPARSE},
        {"pax_headers": {"GNU.sparse.major": "1", "GNU.sparse.minor": "0", "GNU.sparse.realsize": "1" + "0" * 12}},
    ],
    ids=lambda header: str(header.get("type", "pax")),
)
def test_only_regular_files_are_unpacked(header: dict[str, Any], tmp_path: Path) -> None:
    with pytest.raises(BundleError):
        unpacked(_packed(GOOD, ("kbase/evil.yaml", header)), tmp_path)

    assert not (tmp_path / "kbase" / "evil.yaml").exists()


def test_a_file_in_the_place_of_a_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BundleError):
        unpacked(_packed(GOOD, ("kbase/good.yaml/evil.yaml", b"{}")), tmp_path)


def test_a_bomb_is_refused_before_it_goes_off(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    zeros = io.BytesIO()
    with gzip.GzipFile(fileobj=zeros, mode="wb") as stream:
        for _ in range(300):
            stream.write(bytes(1_000_000))
    bomb = b64encode(zeros.getvalue()).decode()
    many = _packed(*((f"kbase/{number}.yaml", b"") for number in range(20)))
    monkeypatch.setattr(bundle, "MOST_FILES", 19)

    assert len(bomb) < 500_000
    for each in (bomb, many):
        with pytest.raises(BundleError, match="more than"):
            unpacked(each, tmp_path)


def test_members_that_share_their_content_do_not_multiply_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bundle, "MOST_BYTES", 30_000)
    bomb = _packed(*((f"kbase/{number}.yaml", bytes(1_000)) for number in range(10)))
    content = bundle._content
    monkeypatch.setattr(bundle, "_content", lambda tar, member: content(tar, member) * 4)

    with pytest.raises(BundleError, match="more than"):
        unpacked(bomb, tmp_path)


def test_a_header_that_points_back_to_where_the_archive_began_comes_to_an_end(tmp_path: Path) -> None:
    archive = bytearray(gzip.decompress(b64decode(_packed(GOOD, ("kbase/b.yaml", b"{}")))))
    header = archive[1024:1536]
    header[124:136] = (-512).to_bytes(12, "big", signed=True)  # the size: the next header is this one again
    header[148:156] = b" " * 8
    header[148:156] = b"%06o\0 " % sum(header)
    archive[1024:1536] = header

    with pytest.raises(BundleError):
        unpacked(b64encode(gzip.compress(bytes(archive))).decode(), tmp_path)


@pytest.mark.parametrize(
    "files",
    # No time in the bytes: they name the test, and every worker has to collect the same names.
    ["", "x", "€", "AAAA", *(b64encode(gzip.compress(part, mtime=0)).decode() for part in (b"", b"x" * 2000))],
)
def test_a_bundle_that_is_none_is_refused(files: str, data: dict[str, Any], knowledge: Knowledge) -> None:
    receipt = read_receipt(sealed(data | {"files": files}), NAME)

    ((place, key),) = _refused(lambda: bundled_knowledge(receipt, NAME, knowledge))

    assert "r.json" == place
    assert key in ("receipt.bad_bundle", "receipt.other_digest")


def _with_files(data: dict[str, Any], change: Callable[[dict[str, bytes]], None]) -> dict[str, Any]:
    """Return a receipt in which the knowledge is another, with the digest that it then has."""
    with tarfile.open(fileobj=io.BytesIO(b64decode(data["files"])), mode="r:gz") as tar:
        files = {member.name: stream.read() for member in tar if (stream := tar.extractfile(member))}
    change(files)
    digest = digest_of_contents(sorted(files.items()))
    knowledge = {**data["knowledge"], "digest": digest}
    return data | {"files": _packed(*sorted(files.items())), "knowledge": knowledge}


def test_knowledge_that_its_digest_does_not_name_is_refused(data: dict[str, Any], knowledge: Knowledge) -> None:
    changed = _with_files(data, lambda files: files.update({"rules/new.yaml": b"{}"}))
    receipt = read_receipt(sealed(changed | {"knowledge": data["knowledge"]}), NAME)

    assert [("r.json", "receipt.other_digest")] == _refused(lambda: bundled_knowledge(receipt, NAME, knowledge))


def test_knowledge_that_this_program_cannot_load_is_refused_with_the_version_that_can(
    data: dict[str, Any], knowledge: Knowledge
) -> None:
    changed = _with_files(data, lambda files: files.update({"rules/new.yaml": b"decision: new\nrule: []\n"}))
    receipt = read_receipt(sealed(changed), NAME)

    with pytest.raises(AnswersError) as caught:
        bundled_knowledge(receipt, NAME, knowledge)

    first, *within = caught.value.problems
    assert ("r.json", "receipt.knowledge_unreadable") == (str(first.place), first.key)
    assert receipt.versions["kerjasama-advisor"] in first.sentence("en")
    assert ["r.json: rules/new.yaml"] * len(within) == [problem.place.file for problem in within]
    assert within


@pytest.mark.parametrize(
    ("case", "key"),
    [
        ({"as_of": "2007-08-21"}, "answers.not_covered"),
        ({"as_of": "2021-3-1"}, "answers.not_a_day"),
        ({"answers": {"secter": "roads"}}, "answers.unknown_question"),
        ({"answers": {"sector": "raod"}}, "answers.unknown_option"),
        ({"answers": []}, "answers.not_mapping"),
    ],
)
def test_answers_that_its_own_knowledge_does_not_accept_are_refused(
    case: dict[str, Any], key: str, data: dict[str, Any], knowledge: Knowledge
) -> None:
    receipt = read_receipt(sealed(data | {"case": {**data["case"], **case}}), NAME)

    ((place, found),) = _refused(lambda: replay(receipt, knowledge, knowledge, NAME))

    assert ("r.json", key) == (place, found)


# -- anything at all ----------------------------------------------------------------------------------------


def _leaves(data: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    yield path
    parts = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, value in parts:
        yield from _leaves(value, (*path, key))


STRANGE: tuple[Any, ...] = (
    None, True, -1, 10**4000, 1.5, "", "\x1b[2J\x00", "\ud800", "yes", "a=b", "x" * 9999, [], ["\ud800"], {},
    {"": ""},
)  # fmt: skip


def test_strange_receipts_are_refused_or_replayed_but_never_stop_the_program(
    knowledge: Knowledge, data: dict[str, Any]
) -> None:
    leaves = [leaf for leaf in _leaves(data) if leaf]
    drawn = random.Random(3)  # noqa: S311
    replayed = refused = 0
    while replayed < 2 or refused < 12:
        changed = copy.deepcopy(data)
        *path, last = drawn.choice(leaves)
        # Half of them where anything goes, so that it is not always refused.
        if drawn.random() < 0.3:
            path, last = ["advice", "conclusions", drawn.choice(list(data["advice"]["conclusions"]))], "value"
        _set(*path, last, to=drawn.choice(STRANGE))(changed)
        try:
            receipt = read_receipt(sealed(changed), NAME)
            bundled = bundled_knowledge(receipt, NAME, knowledge)
            # A few of those that can be replayed are enough.
            found = replay(receipt, bundled, knowledge, NAME) if replayed < 2 else None
        except AnswersError:
            refused += 1
            continue
        if found is not None:
            replayed += 1
            assert "\x1b" not in shown(found, bundled, knowledge)


def test_strange_bundles_are_refused_or_unpacked_but_never_stop_the_program(tmp_path: Path) -> None:
    archive = bytearray(gzip.decompress(b64decode(_packed(*((f"kbase/{n}.yaml", b"x" * n) for n in range(20))))))
    drawn = random.Random(5)  # noqa: S311
    for number in range(400):
        strange = bytearray(archive)
        for _ in range(drawn.choice((1, 3, 40))):
            strange[drawn.randrange(len(strange))] = drawn.randrange(256)
        folder = tmp_path / str(number)
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            try:
                unpacked(b64encode(gzip.compress(bytes(strange))).decode(), folder)
            except BundleError:
                continue
        assert {"kbase", "rules"} >= {path.name for path in folder.iterdir()}
