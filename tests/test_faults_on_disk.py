"""Disks that are full, slow or gone."""

from __future__ import annotations

import errno
import io
import os
import random
import re
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final

import pytest

from advisor import cli, knowledge_cache
from advisor.cache import Cache
from advisor.knowledge_base import Knowledge
from advisor.knowledge_cache import kept_knowledge
from faults import Ended, deadline, ran, small_disk
from interviews import Desk

OUT: Final = "keluaran"

WRITERS: Final = {
    "advise": "advise case.yaml -o OUT",
    "advise json": "advise case.yaml --format json -o OUT",
    "receipt": "advise case.yaml --receipt OUT",
    "explain": "explain case.yaml --how operator -o OUT",
    "compare": "compare case.yaml other.yaml -o OUT",
    "graph": "graph case.yaml -o OUT",
    "batch": "batch lines.jsonl --jobs 1 -o OUT",
    "test": "test one.yaml --jobs 1 -o OUT",
    "junit": "test one.yaml --jobs 1 --junit OUT",
    "witness": "witness era. -o OUT",
    "questions": "questions -o OUT",
    "cases": "cases kartamantul --answers -o OUT",
    "interview": "interview case.yaml --plain -o OUT",
}
ONE: Final = """\
scenarios:
  - {id: one, name: A name, source: [pp28-2018:6-2], why: A reason., as_of: 2001-03-01, refused: [as_of]}
"""
LINES: Final = '{"as_of": "2024-05-31", "answers": {"sector": "roads"}}\n' * 20


@pytest.fixture
def folder(tmp_path: Path, kartamantul: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working directory, with what commands take; what they write goes into the folder `out`."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)
    shutil.copy(kartamantul, "case.yaml")
    Path("other.yaml").write_text("answers: {sector: roads}\n")
    Path("lines.jsonl").write_text(LINES)
    Path("one.yaml").write_text(ONE)
    Path("out").mkdir()
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    return tmp_path


def _words(writer: str, out: Path | str) -> list[str]:
    return [str(out) if word == "OUT" else word for word in WRITERS[writer].split()]


def _out(writer: str) -> Path:
    return Path("out") / (f"{OUT}.svg" if writer == "graph" else OUT)


def _ended(words: Sequence[str], capsys: pytest.CaptureFixture[str]) -> Ended:
    with deadline():
        status = cli.main(list(words))
    return Ended(status, *capsys.readouterr())


# -- disks that refuse ----------------------------------------------------------------------------------------

NUMBERS: Final = (errno.ENOSPC, errno.EIO, errno.EDQUOT, errno.EROFS, errno.EACCES, errno.ESTALE)
STEPS: Final = ("make", "write 1", "write 2", "write 9", "close", "rights", "replace")


class Disk:
    """Refuses one step of what is written into a folder, or takes its time over it."""

    def __init__(self, folder: Path, patch: pytest.MonkeyPatch) -> None:
        self.folder, self.patch = folder.resolve(), patch
        self.has_refused = False
        self._handles: set[int] = set()
        self._error: OSError | None = None
        self._real_fdopen, self._real_mkstemp = os.fdopen, tempfile.mkstemp

    def refusing(self, step: str, number: int) -> None:
        """Refuse a step from now on."""
        self._error = OSError(number, os.strerror(number))
        at, _, first = step.partition(" ")
        self.patch.setattr(tempfile, "mkstemp", lambda **more: self._made(at, **more))
        if at in ("write", "close"):
            self._open_with(lambda handle: _Raw(handle, self, int(first or 1 << 30), 0.0))
        for name in ({"rights": "chmod"}.get(at, at),) if at in ("rights", "replace") else ():
            self._refuse(name)
        if at == "sync":
            self.patch.setattr(os, "fsync", lambda handle: self.refuse())

    def slow(self, seconds: float) -> None:
        """Take a while over each write from now on."""
        self.patch.setattr(tempfile, "mkstemp", lambda **more: self._made("", **more))
        self._open_with(lambda handle: _Raw(handle, self, 1 << 60, seconds))

    def refuse(self) -> None:
        """Raise what the system raises."""
        self.has_refused = True
        assert self._error is not None
        raise self._error

    def _made(self, step: str, **more: Any) -> tuple[int, str]:
        if Path(more["dir"]).resolve() != self.folder:
            return self._real_mkstemp(**more)
        if step == "make":
            self.refuse()
        handle, name = self._real_mkstemp(**more)
        self._handles.add(handle)
        return handle, name

    def _open_with(self, raw: Callable[[int], _Raw]) -> None:
        def opened(handle: int, mode: str, **how: Any) -> Any:
            if handle not in self._handles:
                return self._real_fdopen(handle, mode, **how)
            self._handles.discard(handle)
            written = io.BufferedWriter(raw(handle), PAGE)
            return written if "b" in mode else io.TextIOWrapper(written, **how)

        self.patch.setattr(os, "fdopen", opened)

    def _refuse(self, name: str) -> None:
        real = getattr(Path, name)

        def refused(path: Path, *more: Any) -> Any:
            if path.parent.resolve() == self.folder:
                self.refuse()
            return real(path, *more)

        self.patch.setattr(Path, name, refused)


PAGE: Final = 256


class _Raw(io.FileIO):
    """A file that takes a page at once; it refuses the writes from some number on, or takes a while over each."""

    def __init__(self, handle: int, disk: Disk, first: int, slow: float) -> None:
        super().__init__(handle, "w")
        self._disk, self._left, self._slow = disk, first, slow

    def write(self, data: Any, /) -> int:
        self._left -= 1
        time.sleep(self._slow)
        if self._left <= 0:
            self._disk.refuse()
        return super().write(data[:PAGE])

    def close(self) -> None:
        if not self.closed:
            super().close()
            if 1 << 20 < self._left < 1 << 40:
                self._disk.refuse()


@pytest.mark.heavy
@pytest.mark.usefixtures("loaded", "folder")
@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("writer", WRITERS)
def test_whichever_step_a_disk_refuses_the_file_is_named_and_what_stood_there_is_whole(
    writer: str, step: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    out, number = _out(writer), random.Random(f"{writer} {step}").choice(NUMBERS)  # noqa: S311
    out.write_text("old")
    with monkeypatch.context() as patch:
        disk = Disk(out.parent, patch)
        disk.refusing(step, number)

        ended = _ended(_words(writer, out), capsys)

    ended.has_no_noise()
    if disk.has_refused:
        ended.expect(ended.status == 2, "it is not refused")
        ended.expect(f"{out}: tidak dapat ditulis (" in ended.err, "the file is not named")
        ended.expect("old" == out.read_text(), "what stood there is gone")
    else:
        assert step.startswith("write"), "where little is written there are few writes"
    ended.expect([out] == [*out.parent.iterdir()], "something is left")
    assert not ended.complaints, "\n".join(ended.complaints)


@pytest.mark.heavy
@pytest.mark.usefixtures("loaded", "folder")
@pytest.mark.parametrize("writer", [name for name in WRITERS if "json" not in name and name != "graph"])
def test_a_slow_disk_gets_the_same(
    writer: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    quick, slow = _out(writer), Path("out") / "pelan"
    first = _ended(_words(writer, quick), capsys)
    with monkeypatch.context() as patch:
        Disk(slow.parent, patch).slow(0.002)

        second = _ended(_words(writer, slow), capsys)

    assert (first.status, first.err) == (second.status, second.err)
    assert _without_times(quick) == _without_times(slow)


def _without_times(path: Path) -> str:
    return re.sub(r'time="[0-9.]+"', "", path.read_text("utf-8"))


@pytest.mark.heavy
@pytest.mark.usefixtures("loaded", "folder")
@pytest.mark.parametrize("writer", WRITERS)
def test_a_device_that_is_always_full_is_named(writer: str, capsys: pytest.CaptureFixture[str]) -> None:
    out = _out(writer)
    out.symlink_to("/dev/full")

    ended = _ended(_words(writer, out), capsys)

    ended.has_no_noise()
    ended.expect(ended.status == 2, "it is not refused")
    ended.expect(f"{out}: tidak dapat ditulis (ruang penyimpanan penuh)" in ended.err, "it is not named")
    ended.expect(out.is_symlink() and [out] == [*out.parent.iterdir()], "something is left")
    assert not ended.complaints, "\n".join(ended.complaints)


@pytest.mark.heavy
@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("writer", ["advise json", "receipt", "graph", "batch"])
def test_a_small_disk_that_fills_up_keeps_what_stood_there(writer: str, tmp_path: Path) -> None:
    with small_disk(tmp_path / "kecil"):
        out = Path("kecil") / _out(writer).name
        out.write_text("old")
        filler = Path("kecil") / "lain"
        for room in (0, 12_288):
            filler.write_bytes(b"x" * (28_672 - room))
            ended = ran(*_words(writer, out))
            ended.has_no_noise()
            ended.expect(ended.status == 2, "it is not refused")
            ended.expect(f"{out}: tidak dapat ditulis (ruang penyimpanan penuh)" in ended.err, "it is not named")
            ended.expect("old" == out.read_text(), "what stood there is gone")
            ended.expect({out, filler} == {*Path("kecil").iterdir()}, "something is left")
            assert not ended.complaints, "\n".join(ended.complaints)


@pytest.mark.heavy
@pytest.mark.usefixtures("folder", "loaded")
@pytest.mark.parametrize("writer", WRITERS)
def test_a_file_that_may_not_grow_beyond_some_byte_is_written_whole_or_not_at_all(
    writer: str, capsys: pytest.CaptureFixture[str]
) -> None:
    out = _out(writer)
    _ended(_words(writer, out), capsys)
    size = out.stat().st_size
    for largest in (random.Random(writer).randrange(1, size), size - 1):  # noqa: S311
        out.write_text("old")
        ended = ran(*_words(writer, out), largest=largest)
        ended.has_no_noise()
        ended.expect(ended.status == 2, f"{largest}: it is not refused")
        ended.expect(f"{out}: tidak dapat ditulis (" in ended.err, f"{largest}: the file is not named")
        ended.expect("old" == out.read_text(), f"{largest}: what stood there is gone")
        ended.expect([out] == [*out.parent.iterdir()], f"{largest}: something is left")
        assert not ended.complaints, "\n".join(ended.complaints)


# -- sessions and the cache -----------------------------------------------------------------------------------


@pytest.mark.heavy
@pytest.mark.parametrize("step", [*STEPS, "sync"])
def test_whichever_step_of_saving_fails_the_session_of_before_is_whole(
    step: str, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.sit("kota", "persampahan")
    (before,) = desk.on_disk.values()
    (name,) = (saved.name for saved in desk.store.all())
    with monkeypatch.context() as patch:
        disk = Disk(desk.store.folder, patch)
        disk.refusing(step, random.Random(step).choice(NUMBERS))  # noqa: S311
        text = desk.sit("kembali", "air minum", resume=name)

    if disk.has_refused:
        assert 1 == text.count("tidak dapat disimpan (")
        assert [before] == [*desk.on_disk.values()]
    else:
        assert [before] != [*desk.on_disk.values()]
    assert [] == [path for path in desk.store.folder.iterdir() if path.suffix == ".part"]


@pytest.mark.heavy
@pytest.mark.parametrize("step", [step for step in STEPS if step != "rights"])
def test_whichever_step_of_keeping_fails_the_knowledge_is_there_all_the_same(
    step: str, knowledge: Knowledge, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(knowledge_cache, "_loaded", lambda kbase, rules: knowledge)
    folder = tmp_path / "cache"
    with monkeypatch.context() as patch:
        disk = Disk(folder, patch)
        disk.refusing(step, random.Random(step).choice(NUMBERS))  # noqa: S311
        found = kept_knowledge(cache=Cache(folder))

    assert disk.has_refused
    assert knowledge.digest == found.digest
    assert [] == [*folder.iterdir()] if folder.exists() else True


@pytest.mark.heavy
@pytest.mark.usefixtures("loaded", "folder")
@pytest.mark.parametrize("writer", WRITERS)
def test_a_folder_that_is_taken_away_while_a_result_is_written_is_told(
    writer: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    out, real = _out(writer), tempfile.mkstemp

    def made(**more: Any) -> tuple[int, str]:
        found = real(**more)
        if Path(more["dir"]).name == "out":
            shutil.rmtree("out")
        return found

    with monkeypatch.context() as patch:
        patch.setattr(tempfile, "mkstemp", made)
        ended = _ended(_words(writer, out), capsys)

    ended.has_no_noise()
    ended.expect(ended.status == 2, "it is not refused")
    ended.expect(f"{out}: tidak dapat ditulis (" in ended.err, "the file is not named")
    assert not ended.complaints, "\n".join(ended.complaints)
