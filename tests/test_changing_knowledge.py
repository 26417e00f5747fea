"""Knowledge that changes while it is read answers as it was at one moment, or says that it changed."""

from __future__ import annotations

import os
import random
import shutil
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final

import pytest

from advisor.cache import Cache
from advisor.knowledge_cache import kept_knowledge
from advisor.problem import InputError
from advisor.snapshot import Snapshot, digest_of, read_together
from faults import ran
from knowledge_copy import EXTRA, RULE, Copy

EARLY: Final = "kbase/facts.yaml"
LATE: Final = "rules/steps.yaml"


def _saved(copy: Copy) -> None:
    copy.append(EARLY, "# saved\n")
    copy.append(LATE, "# saved\n")


def _added(copy: Copy) -> None:
    copy.append(EARLY, "# saved\n")
    copy.path(EXTRA).write_text(RULE, "utf-8")


def _made_a_folder(copy: Copy) -> None:
    copy.path(LATE).unlink()
    copy.path(LATE).mkdir()


def _exchanged(copy: Copy) -> None:
    for name in ("kbase", "rules"):
        copy.path(name).rename(copy.path(f"old {name}"))
        shutil.copytree(copy.path(f"old {name}"), copy.path(name))
    _saved(copy)


CHANGES: Final[dict[str, Callable[[Copy], object]]] = {
    "early saved": lambda copy: copy.append(EARLY, "# saved\n"),
    "late saved": lambda copy: copy.append(LATE, "# saved\n"),
    "both saved": _saved,
    "one saved, one added": _added,
    "removed": lambda copy: copy.path(LATE).unlink(),
    "made a folder": _made_a_folder,
    "cut off": lambda copy: copy.path(LATE).write_bytes(copy.path(LATE).read_bytes()[:1000]),
    "emptied": lambda copy: copy.path(LATE).write_bytes(b""),
    "all exchanged": _exchanged,
    "the folder removed": lambda copy: shutil.rmtree(copy.path("rules")),
}
MOMENTS_OF_READING: Final = 5


@pytest.mark.heavy
@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("part", range(MOMENTS_OF_READING))
def test_what_is_saved_while_the_knowledge_is_read_answers_whole_or_not_at_all(
    change: str, part: int, copy: Copy, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folders, cache = (copy.path("kbase"), copy.path("rules")), Cache(tmp_path / "cache")
    before = digest_of(map(Snapshot.of, folders))
    files = len([*copy.root.rglob("*.yaml")])
    at = random.Random(f"{change} {part}").randrange(files * part // 5, files * (part + 1) // 5)  # noqa: S311
    opened, real = iter(range(10_000)), os.open

    def changing(path: Any, *words: Any, **more: Any) -> int:
        if str(path).endswith(".yaml") and next(opened) == at:
            CHANGES[change](copy)
        return real(path, *words, **more)

    with monkeypatch.context() as patch:
        patch.setattr(os, "open", changing)
        first = _digest_or_findings(folders, cache)
    second = _digest_or_findings(folders, cache)

    after = _digest_or_findings(folders, Cache(tmp_path / "another"))
    assert first in (before, after)
    assert after == second, "what was kept is stale"


def _digest_or_findings(folders: Sequence[Path], cache: Cache) -> object:
    """Return the digest of the knowledge, or the findings that keep it from being loaded."""
    try:
        return kept_knowledge(*folders, cache).digest
    except InputError as error:
        return {(str(problem.place), problem.key) for problem in error.problems}


def _versions(root: Path) -> tuple[Callable[[int], None], tuple[Path, Path], set[str]]:
    """Return what puts one of two versions of the knowledge in its place, its folders, and the two digests."""
    link = root / "sekarang"
    folders, whole = (link / "kbase", link / "rules"), set()

    def put(number: int) -> None:
        part = root / "part"
        part.symlink_to(f"v{number}")
        part.replace(link)

    for number in range(2):
        version = Copy.made(root / f"v{number}")
        version.append(EARLY, f"# version {number}\n")
        version.append(LATE, f"# version {number}\n")
        put(number)
        whole.add(digest_of(map(Snapshot.of, folders)))
    assert len(whole) == 2
    return put, folders, whole


def test_a_version_that_comes_and_goes_while_another_is_read_is_not_taken_for_a_part_of_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put, folders, _ = _versions(tmp_path)
    real = os.open

    def changing(path: Any, *words: Any, **more: Any) -> int:
        if not str(path).endswith(EARLY):
            return real(path, *words, **more)
        put(0)
        handle = real(path, *words, **more)
        put(1)
        return handle

    monkeypatch.setattr(os, "open", changing)

    (problem,) = read_together(*folders)[0].unreadable.values()
    assert problem.key == "knowledge.changed"


@pytest.mark.heavy
def test_while_somebody_goes_on_exchanging_the_knowledge_no_half_of_it_is_ever_read(tmp_path: Path) -> None:
    exchange, folders, whole = _versions(tmp_path)
    ended = threading.Event()

    def exchanging() -> None:
        number = 0
        while not ended.wait(0.02):
            exchange(number := 1 - number)

    saver = threading.Thread(target=exchanging)
    saver.start()
    try:
        found = [read_together(*folders) for _ in range(40)]
    finally:
        ended.set()
        saver.join()

    said = [[problem.key for problem in sources[0].unreadable.values()] for sources in found]
    assert all(keys in ([], ["knowledge.changed"]) for keys in said)
    assert whole >= {digest_of(sources) for sources, keys in zip(found, said, strict=True) if not keys}
    assert {digest_of(read_together(*folders))} < whole


@pytest.mark.heavy
@pytest.mark.parametrize("seed", range(6))
def test_a_program_that_starts_while_files_are_saved_and_removed_says_so_or_answers(
    seed: int, copy: Copy, kartamantul: Path
) -> None:
    chance, ended = random.Random(seed), threading.Event()  # noqa: S311
    files = sorted(path for path in copy.root.rglob("*.yaml") if path.parts[-2] in ("rules", "terms"))
    contents = {path: path.read_bytes() for path in files}

    def saving() -> None:
        while not ended.wait(chance.uniform(0, 0.02)):
            path = chance.choice(files)
            change = chance.choice(("unlink", "cut", "save", "save"))
            if change == "unlink":
                path.unlink(missing_ok=True)
            else:
                path.write_bytes(contents[path][: 500 if change == "cut" else None])

    saver = threading.Thread(target=saving)
    saver.start()
    try:
        ended_as = ran("advise", kartamantul, "--kbase", copy.path("kbase"), "--rules", copy.path("rules"))
    finally:
        ended.set()
        saver.join()

    ended_as.has_no_noise()
    if ended_as.status == 2:
        assert str(copy.root.name) in ended_as.err or "kbase" in ended_as.err
    else:
        assert (0, "") == (ended_as.status, ended_as.err)
        assert "SARAN KERJA SAMA" in ended_as.out
    assert [] == ended_as.complaints
