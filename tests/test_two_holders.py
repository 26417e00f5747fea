"""Several programs with one file, and a session that is taken away while it is open."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path

import pytest

from advisor.interview.session import Session
from advisor.interview.store import Saved, SessionStore
from faults import Ended
from interviews import DAY, Desk
from program import LONG, ended, run, started, wait_until


@pytest.fixture
def folder(tmp_path: Path, kartamantul: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working directory, with a case; what programs write goes into the folder `out`."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)
    shutil.copy(kartamantul, "case.yaml")
    Path("out").mkdir()
    return tmp_path


def _together(*commands: Sequence[str | Path], given: bytes = b"") -> list[Ended]:
    """Run programs at once."""

    def one(words: Sequence[str | Path]) -> Ended:
        done = run(*words, given=given)
        return Ended(done.returncode, done.stdout.decode(), done.stderr.decode())

    with ThreadPoolExecutor(len(commands)) as threads:
        return [*threads.map(one, commands)]


@pytest.mark.heavy
@pytest.mark.parametrize("attempt", range(3))
def test_programs_that_fill_one_cache_at_once_say_the_same_and_leave_it_whole(
    attempt: int, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(folder / "home"))
    ended = _together(*[["advise", "case.yaml"]] * 3)
    (kept,) = (folder / "home" / "kerjasama-advisor").iterdir()
    before = kept.stat().st_mtime_ns
    again = run("advise", "case.yaml")

    assert [(0, again.stdout.decode(), "")] * 3 == [(one.status, one.out, one.err) for one in ended]
    assert before == kept.stat().st_mtime_ns, "it is not used"


@pytest.mark.heavy
@pytest.mark.parametrize("attempt", range(3))
@pytest.mark.usefixtures("folder")
def test_of_programs_that_write_one_file_at_once_one_has_written_it(attempt: int) -> None:
    formats = ("text", "json", "text", "json")[: 2 + attempt % 3]
    ended = _together(*[["advise", "case.yaml", "--format", kind, "-o", "out/keluaran"] for kind in formats])
    whole = {run("advise", "case.yaml", "--format", kind).stdout for kind in ("text", "json")}

    assert {(0, "", "")} == {(one.status, one.out, one.err) for one in ended}
    assert Path("out/keluaran").read_bytes() in whole
    assert [Path("out/keluaran")] == [*Path("out").iterdir()]


def _stored(folder: Path, name: str = "tpa") -> SessionStore:
    store = SessionStore(folder / "home" / "kerjasama-advisor" / "sessions")
    session = Session(DAY, {"initiator": "city"}, "TPA bersama")
    store.save(Saved(name, session, datetime(2026, 11, 24).astimezone(), "digest", ()))
    return store


@pytest.mark.heavy
@pytest.mark.parametrize("attempt", range(4))
def test_of_interviews_that_resume_one_session_at_once_one_has_it(attempt: int, folder: Path) -> None:
    store = _stored(folder)
    with ExitStack() as stack:
        every = [
            stack.enter_context(started("--resume", "tpa", "--plain", stdin=subprocess.PIPE, env=dict(os.environ)))
            for _ in range(3)
        ]
        wait_until(lambda: sum(process.poll() is not None for process in every) >= 2)
        (holder,) = (process for process in every if process.poll() is None)
        for process in every:
            if process is not holder:
                status, err = ended(process)
                assert (2, True) == (status, err.startswith(b"tpa: "))
        _, err = holder.communicate(b"persampahan\n", timeout=LONG)
        assert (0, b"") == (holder.returncode, err)

    assert {"initiator": "city", "sector": "solid_waste"} == store.all()[0].session.given


@pytest.mark.heavy
def test_while_an_interview_is_saved_the_list_shows_it_whole_and_nobody_else_resumes_it(folder: Path) -> None:
    store = _stored(folder)
    with started("--resume", "tpa", "--plain", stdin=subprocess.PIPE, env=dict(os.environ)) as process:
        assert process.stdin is not None
        wait_until(lambda: (store.folder / "tpa.lock").exists())
        for line in (b"1\n", b"kembali\n") * 20:
            process.stdin.write(line)
            process.stdin.flush()
            (entry,) = store.entries()
            assert isinstance(entry, Saved)
        for other in _together(["--resume"], ["--resume", "tpa", "--plain"], ["--resume", "bersama"]):
            other.has_no_noise()
            assert not other.complaints
            assert (other.status == 0) == ("TPA bersama" in other.out)
        process.communicate(timeout=LONG)
        assert 0 == process.returncode


# -- taken away while it is open ------------------------------------------------------------------------------


class Removing(io.StringIO):
    """Types lines, and takes something away before the last."""

    def __init__(self, *lines: str, remove: Callable[[], object]) -> None:
        super().__init__("".join(f"{line}\n" for line in lines))
        self.left, self.remove = len(lines), remove

    def readline(self, size: int | None = -1, /) -> str:
        self.left -= 1
        if self.left == 0:
            self.remove()
        return super().readline()


@pytest.mark.heavy
@pytest.mark.parametrize("what", ["the session", "the folder", "the lock", "all that is there"])
def test_a_session_that_is_taken_away_while_it_is_open_is_there_again_with_the_next_answer(
    what: str, desk: Desk
) -> None:
    folder = desk.store.folder

    def remove() -> None:
        ending = {"the session": ".json", "the lock": ".lock"}.get(what, "")
        for path in [path for path in folder.iterdir() if path.name.endswith(ending)]:
            path.unlink()
        if what == "the folder":
            folder.rmdir()

    desk.sit(typist=Removing("kota", "persampahan", "0", remove=remove))

    (saved,) = desk.store.all()
    assert {"initiator": "city", "sector": "solid_waste", "activities": "unknown"} == saved.session.given
