"""A file that cannot be read is named, with the reason, wherever it lies; nothing is waited for without end."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from advisor import cli, folders, snapshot
from advisor.commands.common import NEGATIVE, UNUSABLE
from advisor.escaping import on_one_line
from advisor.folders import MOST_BYTES, built_in, content_of, yaml_files
from advisor.knowledge.document import read_document
from advisor.knowledge_base import Knowledge
from advisor.loading import load_knowledge
from advisor.output import CannotWriteError, opened
from advisor.problem import MOST_TOLD, InputError, place_of
from advisor.receipt.bundle import packed
from advisor.snapshot import Snapshot, digest_of
from advisor.teach.case_file import TaughtCaseReader
from advisor.verify.check.files import Files
from program import refused
from receipts import Changed, plain_case, text_of

SCENARIO = """\
scenarios:
  - {id: one, name: A name, source: [pp28-2018:6-2], why: A reason., as_of: 2021-03-01, refused: [as_of]}
"""
CASE = {"answers": {"sector": "roads"}}
NOT_UTF8 = os.fsdecode(b"caf\xe9")


@pytest.fixture(autouse=True)
def _deadline() -> Iterator[None]:
    """End a test that waits for what never comes."""

    before = signal.signal(signal.SIGALRM, lambda number, frame: pytest.fail("it waits without end"))
    signal.alarm(300)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


# -- what cannot be read -----------------------------------------------------------------------------------------


def _folder(path: Path) -> None:
    path.mkdir()


def _dangling_link(path: Path) -> None:
    path.symlink_to("nowhere")


def _loop(path: Path) -> None:
    path.symlink_to(path.name)


def _pipe(path: Path) -> None:
    os.mkfifo(path)


def _device(path: Path) -> None:
    path.symlink_to("/dev/zero")


def _large(path: Path) -> None:
    with path.open("wb") as stream:
        stream.truncate(10**12)


def _locked(path: Path) -> None:
    path.write_text("decision: x\n")
    path.chmod(0)


MISSING = "the file cannot be read (there is no such file or folder)"
NOT_REGULAR = "this is no regular file (but a pipe or a device), so it is not read"
BAD: dict[str, tuple[Callable[[Path], None], str]] = {
    "folder": (_folder, "this is a folder, not a file; name a YAML or JSON file"),
    "dangling": (_dangling_link, MISSING),
    "loop": (_loop, "the file cannot be read (the links point at each other and never at a file)"),
    "pipe": (_pipe, NOT_REGULAR),
    "device": (_device, NOT_REGULAR),
    "large": (_large, f"the file has {MOST_BYTES + 1} bytes or more, but at most {MOST_BYTES} are accepted"),
}
if os.geteuid() != 0:  # the superuser may read everything
    right = "you have no right to do so; check the permissions of the file and its folder"
    BAD["locked"] = (_locked, f"the file cannot be read ({right})")


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working directory, which is empty."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def project(here: Path) -> Path:
    """A working directory with a copy of the built-in folders and one file of scenarios."""
    for name in ("kbase", "rules"):
        shutil.copytree(built_in(name), here / name)
    (here / "scenarios").mkdir()
    (here / "scenarios" / "a.yaml").write_text(SCENARIO, "utf-8")
    return here


OURS = ("--kbase", "kbase", "--rules", "rules", "--lang", "en")


@pytest.mark.usefixtures("project")
@pytest.mark.parametrize("command", ["cases", "check", "test scenarios", "replay r.json"])
def test_every_file_of_the_knowledge_that_cannot_be_read_is_named_at_once_with_its_reason(
    command: str, knowledge: Knowledge, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("r.json").write_text(text_of(knowledge, plain_case()), "utf-8")
    told = set()
    for place in ("kbase", "kbase/terms", "kbase/cases/deep", "rules"):
        Path(place).mkdir(exist_ok=True)
        for name, (make, reason) in BAD.items():
            make(Path(f"{place}/{name}.yaml"))
            told.add(f"{place}/{name}.yaml: {reason}")
    Path("kbase/steps.yaml").unlink()

    err = refused(capsys, *command.split(), *OURS)

    assert {f"kbase/steps.yaml: {MISSING}"} | told == set(err.splitlines()[1:])


NAMED = {
    "advise": ["advise"],
    "explain": ["explain", "--how", "operator"],
    "compare": ["compare", "good.yaml"],
    "graph": ["graph", "-o", "out.svg"],
    "interview": ["interview", "--plain"],
    "teach": ["teach", "--plain"],
    "batch": ["batch", "--jobs", "1"],
    "replay": ["replay"],
    "test": ["test"],
}
"""Commands to which a person names a file."""


@pytest.mark.usefixtures("here", "loaded")
@pytest.mark.parametrize("command", NAMED)
def test_a_file_that_a_person_names_and_that_cannot_be_read_is_named_with_the_reason(
    command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("good.yaml").write_text(json.dumps(CASE))
    # A pipe may be named, and large files are read line by line or may be receipts.
    left_out = {"pipe"} | ({"large"} if command in ("batch", "replay") else set())
    bad = {name: how for name, how in BAD.items() if name not in left_out}
    if command == "test":
        del bad["folder"]
    for name, (make, reason) in bad.items():
        path = Path(f"{name}.yaml")
        make(path)

        err = refused(capsys, *NAMED[command], path, "--lang", "en")

        assert f"{path}: {reason}\n" == err


@pytest.mark.usefixtures("here", "loaded")
@pytest.mark.parametrize("command", NAMED)
@pytest.mark.parametrize("name", ["a" * 300 + ".yaml", "a\0b.yaml", "no/x.yaml"], ids=["long", "NUL", "missing"])
def test_what_can_be_the_name_of_no_file_is_refused(
    name: str, command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("good.yaml").write_text(json.dumps(CASE))

    err = refused(capsys, *NAMED[command], name, "--lang", "en")

    assert err.startswith(f"{on_one_line(name)}: the file cannot be read (")


@pytest.mark.usefixtures("here", "loaded")
@pytest.mark.parametrize("command", [name for name in NAMED if name not in ("test", "batch")])
def test_a_pipe_to_which_nobody_writes_is_empty_and_not_waited_for(
    command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("good.yaml").write_text(json.dumps(CASE))
    os.mkfifo("pipe.yaml")

    err = refused(capsys, *NAMED[command], "pipe.yaml", "--lang", "en")

    assert err.startswith(("pipe.yaml: the answers file is empty", "pipe.yaml: the file is empty"))


@pytest.mark.usefixtures("here", "loaded")
@pytest.mark.parametrize(
    ("content", "place"),
    [(b"a: 1\nb: \xff", "2:1"), (b"answers: {}\ntitle: a\0b\n", "2:9"), (b'{"title": "\\ud83d"}', "1:14")],
    ids=["no UTF-8", "NUL", "half a pair of surrogates"],
)
@pytest.mark.parametrize("command", [name for name in NAMED if name not in ("replay", "batch")])
def test_what_is_no_text_is_placed_in_its_line(
    command: str, content: bytes, place: str, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("good.yaml").write_text(json.dumps(CASE))
    Path("bad.yaml").write_bytes(content)

    assert refused(capsys, *NAMED[command], "bad.yaml", "--lang", "en").startswith(f"bad.yaml:{place}: ")


def test_answers_may_come_through_a_pipe() -> None:
    command = f"{sys.executable} -m advisor advise <(echo 'answers: {{initator: city}}') --lang en"

    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False)  # noqa: S607

    assert (UNUSABLE, True) == (done.returncode, 'unknown question "initator"' in done.stderr)


def test_a_case_to_teach_may_come_through_a_pipe(knowledge: Knowledge) -> None:
    reading, writing = os.pipe()
    os.write(writing, (built_in("kbase") / "cases" / "kartamantul.yaml").read_bytes())
    os.close(writing)

    taught = TaughtCaseReader(knowledge).of_file(Path(f"/dev/fd/{reading}"))

    os.close(reading)
    assert "kartamantul" == taught.case.id


def test_what_stands_behind_a_link_or_in_front_of_a_mark_of_byte_order_is_read(here: Path) -> None:
    (here / "a.yaml").write_bytes(b"\xef\xbb\xbfanswers: {}\n")
    (here / "b.yaml").symlink_to("a.yaml")

    assert {"answers": {}} == read_document(Path("b.yaml")).data


def test_no_more_is_read_than_is_asked_for(here: Path) -> None:
    _large(here / "large.yaml")

    assert b"\0" * 10 == content_of(Path("large.yaml"), 10)


# -- folders -----------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("here", "loaded")
def test_every_file_of_a_folder_of_scenarios_that_cannot_be_read_is_named(
    capsys: pytest.CaptureFixture[str],
) -> None:
    Path("scenarios/deep").mkdir(parents=True)
    told = set()
    for name, (make, reason) in BAD.items():
        make(Path(f"scenarios/deep/{name}.yaml"))
        told.add(f"scenarios/deep/{name}.yaml: {reason}")

    assert told == set(refused(capsys, "test", "scenarios", "--lang", "en").splitlines())


def _said(act: Callable[[], object]) -> list[str]:
    with pytest.raises(InputError) as caught:
        act()
    return [f"{problem.place} {problem.key}" for problem in caught.value.problems]


@pytest.mark.usefixtures("here")
def test_links_to_folders_are_followed_and_one_that_leads_back_is_named() -> None:
    Path("kbase/terms").mkdir(parents=True)
    Path("elsewhere").mkdir()
    Path("elsewhere/a.yaml").write_text("a: 1\n")
    Path("kbase/linked").symlink_to("../elsewhere")
    Path("kbase/again").symlink_to("../elsewhere")

    expected = [Path("kbase/again/a.yaml"), Path("kbase/linked/a.yaml")]
    assert expected == yaml_files(Path("kbase"), deep=True) == list(Snapshot.of(Path("kbase")).contents)

    Path("kbase/terms/back").symlink_to("..")

    assert ["kbase/terms/back folder.loop"] == _said(lambda: yaml_files(Path("kbase"), deep=True))
    assert [Path("kbase/terms/back")] == list(Snapshot.of(Path("kbase")).unreadable)
    assert expected == list(Snapshot.of(Path("kbase")).contents)


@pytest.mark.usefixtures("here")
def test_a_folder_of_far_too_many_files_is_not_read_to_its_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folders, "MOST_ENTRIES", 20)
    for number in range(21):
        Path(f"kbase/{number // 7}").mkdir(parents=True, exist_ok=True)
        Path(f"kbase/{number // 7}/{number}.yaml").write_text("a: 1\n")

    assert ["kbase folder.too_many"] == _said(lambda: yaml_files(Path("kbase"), deep=True))


@pytest.mark.usefixtures("here")
def test_files_that_are_far_too_large_together_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(snapshot, "MOST_BYTES_IN_ALL", 20)
    Path("rules").mkdir()
    for number in range(5):
        Path(f"rules/{number}.yaml").write_text("a: 12\n")

    found = Snapshot.of(Path("rules"))

    assert ["folder.too_large"] == [problem.key for problem in found.unreadable.values()]


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may read everything")
@pytest.mark.usefixtures("here")
def test_a_folder_that_may_not_be_read_is_named() -> None:
    Path("kbase/terms").mkdir(parents=True, mode=0)

    assert ["kbase/terms folder.unreadable"] == _said(lambda: yaml_files(Path("kbase"), deep=True))


@pytest.mark.usefixtures("here", "loaded")
@pytest.mark.parametrize("place", ["nothing", "loop", "pipe"])
def test_a_folder_that_is_none_is_one_finding(place: str, capsys: pytest.CaptureFixture[str]) -> None:
    _loop(Path("loop"))
    _pipe(Path("pipe"))
    said = "the folder does not exist or holds no .yaml file"

    for words, named in ((["schema", "--kbase", place, "-o", "out"], place), (["diff", place], f"{place}/kbase")):
        lines = refused(capsys, *words, "--lang", "en").splitlines()[1:]
        assert f"{named}: {said}" == lines[0]
        assert {named, named.replace("kbase", "rules")} >= {line.partition(":")[0] for line in lines}


@pytest.mark.parametrize("make", [_dangling_link, _folder, lambda path: path.write_text("not: [read")])
def test_what_an_editor_hides_beside_the_files_is_passed_over(
    make: Callable[[Path], object], project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    both = (project / "kbase", project / "rules")
    digest = digest_of(map(Snapshot.of, both))
    for name in ("kbase/.#facts.yaml", "kbase/terms/.#needs.yaml", "rules/.#era.yaml", "scenarios/.#a.yaml"):
        make(project / name)

    assert digest == digest_of(map(Snapshot.of, both)) == load_knowledge(*both).digest
    assert not [d for d in Files.read(*both).rules if d.path.name.startswith(".")]
    assert NEGATIVE == cli.main(["test", "scenarios", "--kbase", "kbase", "--rules", "rules", "--jobs", "1"])
    assert "0 skenario lulus, 1 gagal, 0 menunggu persetujuan" == capsys.readouterr().out.splitlines()[-1]


# -- names -------------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("here", "loaded")
def test_a_name_that_is_no_utf8_is_read_and_written_escaped(capsys: pytest.CaptureFixture[str]) -> None:
    file, out = Path(f"{NOT_UTF8}.yaml"), Path(f"{NOT_UTF8}.json")
    file.write_text(json.dumps(CASE))
    Path("good.yaml").write_text(json.dumps(CASE))

    assert 0 == cli.main(["compare", str(file), "good.yaml", "--format", "json", "-o", str(out)])
    assert str(file) == json.loads(out.read_text("utf-8"))["views"][0]["name"]

    for command in ("advise", "graph"):
        assert 0 == cli.main([command, str(file), "-o", f"{NOT_UTF8}.svg"])
    file.write_text("answers: {sectr: roads}")
    capsys.readouterr()
    assert refused(capsys, "advise", file).startswith("caf\\udce9.yaml:1:11: ")


@pytest.mark.usefixtures("here", "loaded")
def test_scenarios_and_batches_may_have_names_that_are_no_utf8(capsys: pytest.CaptureFixture[str]) -> None:
    Path(f"{NOT_UTF8}.yaml").write_text(SCENARIO)
    Path(f"{NOT_UTF8}.jsonl").write_text("bad")

    assert NEGATIVE == cli.main(["test", f"{NOT_UTF8}.yaml", "--jobs", "1", "--junit", "j.xml", "-o", "o.txt"])
    assert 'classname="caf\\udce9.yaml"' in Path("j.xml").read_text("utf-8")
    assert NEGATIVE == cli.main(["batch", f"{NOT_UTF8}.jsonl", "--jobs", "1", "-o", "o.jsonl"])
    assert json.loads(Path("o.jsonl").read_text("utf-8"))["error"].startswith(r"caf\xe9.jsonl:1:1: ")


def test_knowledge_may_have_names_that_are_no_utf8_but_then_gives_no_receipt(
    knowledge: Knowledge, tmp_path: Path
) -> None:
    changed = Changed.copied(tmp_path, knowledge)
    (tmp_path / "rules" / "era.yaml").rename(tmp_path / "rules" / f"{NOT_UTF8}.yaml")

    loaded = changed.load()

    assert any("caf\\udce9.yaml" in rule.place.file for rule in loaded.rulebase.rules)
    assert [f"{changed.folders[0]} receipt.unfit_name"] == _said(lambda: packed(changed.folders, loaded.digest))


@pytest.mark.usefixtures("here")
def test_a_file_is_called_by_the_name_under_which_it_is_found() -> None:
    Path("elsewhere").mkdir()
    Path("link").symlink_to("elsewhere")

    assert "link/a.yaml" == place_of(Path.cwd() / "link" / "a.yaml").file
    assert f"{Path.cwd().parent}/a.yaml" == place_of(Path.cwd().parent / "a.yaml").file


# -- where results go --------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("name", ["loop", "a" * 300, "a\0b", "good/x"])
def test_an_output_that_can_be_no_file_is_refused(name: str) -> None:
    _loop(Path("loop"))
    Path("good").write_text("good")

    with pytest.raises(CannotWriteError) as caught, opened(Path(name)):
        pytest.fail("it was opened")

    assert Path(name) == caught.value.path
    assert Path("loop").is_symlink()


@pytest.mark.usefixtures("here")
def test_an_output_may_have_the_longest_name_that_there_is() -> None:
    with opened(Path("a" * 255)) as stream:
        stream.write("text")

    assert "text" == Path("a" * 255).read_text()


# -- very many findings ------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("here", "loaded")
def test_of_very_many_findings_the_first_are_told_and_how_many_more_there_are(
    capsys: pytest.CaptureFixture[str],
) -> None:
    Path("bad.yaml").write_text("".join(f"k{number}: 1\n" for number in range(MOST_TOLD + 7)))

    lines = refused(capsys, "advise", "bad.yaml", "--lang", "en").splitlines()

    assert MOST_TOLD + 1 == len(lines)
    assert 'bad.yaml:1:1: unknown key "k0"' == lines[0]
    assert "… and 7 more findings; mend those above first" == lines[-1]


@pytest.mark.usefixtures("here", "loaded")
def test_of_a_very_long_word_only_the_beginning_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    Path("bad.yaml").write_text("? " + "k" * 900_000 + "\n: 1\n")

    assert len(refused(capsys, "advise", "bad.yaml", "--lang", "en")) < 3_000
