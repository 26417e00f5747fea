"""What Windows does otherwise, with the call that fails there made to fail here."""

from __future__ import annotations

import errno
import io
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from advisor import output, shell_word, system_error
from advisor.batch.pool import MOST_LINES
from advisor.inference.case import CaseReader
from advisor.knowledge_base import Knowledge
from advisor.output import CannotWriteError, opened, replaced
from advisor.papers.document import Document, Heading
from advisor.papers.text_writer import write_text
from advisor.standard_streams import can_be_drawn_on, standard_streams
from advisor.system_error import reason_of
from program import plain_environment, run

IN_USE, DENIED = 32, 5
"""Errors of Windows: a file that another program has open, and one that it may not be touched."""

OLD_ENCODING = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
"""Settings with which Python writes ASCII, as a console of Windows may know few letters."""


def _refusal(code: int) -> PermissionError:
    error = PermissionError(errno.EACCES, "Permission denied")
    error.winerror = code
    return error


@pytest.fixture
def refuse(monkeypatch: pytest.MonkeyPatch) -> Callable[[int, OSError], list[float]]:
    """Lets the replacing of files fail some times; what is returned gathers the waits in between."""

    def refusing(times: int, error: OSError) -> list[float]:
        waits: list[float] = []
        replace, left = os.replace, [error] * times

        def fail(source: Any, target: Any) -> None:
            if left:
                raise left.pop()
            replace(source, target)

        monkeypatch.setattr(os, "replace", fail)
        monkeypatch.setattr(output, "sleep", waits.append)
        return waits

    return refusing


# -- files that somebody has open -----------------------------------------------------------------------------


@pytest.mark.parametrize("code", [IN_USE, DENIED])
def test_a_file_that_somebody_has_open_for_a_moment_is_replaced_all_the_same(
    code: int, refuse: Callable[[int, OSError], list[float]], tmp_path: Path
) -> None:
    (tmp_path / "new").write_text("new")
    (tmp_path / "old").write_text("old")
    waits = refuse(3, _refusal(code))

    replaced(tmp_path / "new", tmp_path / "old")

    assert "new" == (tmp_path / "old").read_text()
    assert [tmp_path / "old"] == list(tmp_path.iterdir())
    assert waits == sorted(waits)
    assert 3 == len(waits)


def test_one_that_stays_open_is_left_as_it_was_and_said_to_be_open(
    refuse: Callable[[int, OSError], list[float]], tmp_path: Path
) -> None:
    (tmp_path / "old").write_text("old")
    waits = refuse(99, _refusal(IN_USE))

    with pytest.raises(CannotWriteError) as refused, opened(tmp_path / "old") as stream:
        stream.write("new")

    assert "sedang dibuka program lain; tutup berkas itu di sana lalu cobalah lagi" == refused.value.reason.id
    assert ("old", [tmp_path / "old"]) == ((tmp_path / "old").read_text(), list(tmp_path.iterdir()))
    assert 0.5 < sum(waits) < 2


def test_what_is_refused_for_good_is_not_tried_again(
    refuse: Callable[[int, OSError], list[float]], tmp_path: Path
) -> None:
    waits = refuse(1, PermissionError(errno.EACCES, "Permission denied"))
    (tmp_path / "new").write_text("new")

    with pytest.raises(PermissionError):
        replaced(tmp_path / "new", tmp_path / "old")

    assert [] == waits


def test_a_denied_file_is_not_said_to_be_open() -> None:
    assert reason_of(_refusal(DENIED)) == reason_of(PermissionError(errno.EACCES, ""))
    assert reason_of(_refusal(DENIED)) != reason_of(_refusal(IN_USE))


def test_a_result_is_written_without_ends_of_lines_of_the_system_s_own(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    opening, wanted = os.fdopen, []

    def noted(handle: int, *settings: Any, **named: Any) -> Any:
        wanted.append(named.get("newline"))
        return opening(handle, *settings, **named)

    monkeypatch.setattr(os, "fdopen", noted)
    with opened(tmp_path / "out") as stream:
        stream.write("one\ntwo\n")

    assert ["\n"] == wanted
    assert b"one\ntwo\n" == (tmp_path / "out").read_bytes()


# -- standard streams -----------------------------------------------------------------------------------------


class _Gone(io.StringIO):
    """A pipe whose reader has gone, as Windows tells of it."""

    def write(self, text: str) -> int:
        raise OSError(errno.EINVAL, "Invalid argument")


@pytest.mark.parametrize("windows", [True, False])
def test_a_reader_that_has_gone_is_no_error_though_windows_calls_it_an_invalid_argument(
    *, windows: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(system_error, "WINDOWS", windows)
    monkeypatch.setattr(sys, "stdout", _Gone())

    with pytest.raises(BrokenPipeError if windows else CannotWriteError), opened(None) as stream:
        stream.write("lost")


def test_an_invalid_argument_of_a_file_is_an_error_on_windows_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(system_error, "WINDOWS", True)

    with pytest.raises(CannotWriteError, match="not valid"), output.writing_to(Path("a?b")):
        raise OSError(errno.EINVAL, "Invalid argument")


def test_what_goes_into_a_pipe_is_what_goes_into_a_file(tmp_path: Path, knowledge: Knowledge) -> None:
    path = tmp_path / "answers.yaml"

    piped = run("questions", "--blank", **OLD_ENCODING)
    written = run("questions", "--blank", "-o", path, **OLD_ENCODING)

    assert (0, 0, b"") == (piped.returncode, written.returncode, written.stdout)
    assert path.read_bytes() == piped.stdout
    assert {} == CaseReader(knowledge.library, knowledge.rulebase).file(path).answers


def test_letters_that_an_encoding_lacks_are_replaced() -> None:
    done = run("questions", "initiator", PYTHONIOENCODING="cp1252")

    assert (0, b"") == (done.returncode, done.stderr)
    text = done.stdout.decode("cp1252")
    assert "Maksud kerja sama ???" in text  # the line behind the heading


# -- the console ----------------------------------------------------------------------------------------------


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def _on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> io.StringIO:
    """Let the standard streams say that they are a terminal; pytest puts its own back after every fixture."""
    out = _Terminal()
    monkeypatch.setattr(sys, "stdin", _Terminal())
    monkeypatch.setattr(sys, "stdout", out)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    return out


@pytest.mark.parametrize("is_console", [True, False])
def test_a_terminal_that_is_no_console_is_not_drawn_on(
    *, is_console: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    def create_output() -> None:
        if not is_console:
            raise RuntimeError("Found xterm, while expecting a Windows console")

    monkeypatch.setattr("prompt_toolkit.output.defaults.create_output", create_output)
    _on_a_terminal(monkeypatch)

    assert is_console == can_be_drawn_on()


@pytest.mark.parametrize("missing", ["stdin", "stdout"])
def test_nothing_is_drawn_where_a_stream_is_closed(missing: str, monkeypatch: pytest.MonkeyPatch) -> None:
    _on_a_terminal(monkeypatch)
    monkeypatch.setattr(sys, missing, None)

    with standard_streams():
        assert not can_be_drawn_on()


def test_nothing_is_typed_where_standard_input_is_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", None)

    with standard_streams():
        assert "" == sys.stdin.read()


@pytest.mark.parametrize("is_old", [True, False])
def test_an_old_console_gets_no_codes_of_colours(*, is_old: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rich.console.detect_legacy_windows", lambda: is_old)
    terminal = _on_a_terminal(monkeypatch)

    write_text(Document("id", (Heading("Saran"),)), terminal)

    assert "Saran" in terminal.getvalue()
    assert is_old != ("\x1b" in terminal.getvalue())


@pytest.mark.parametrize(
    ("word", "posix", "windows"),
    [
        ("saran.yaml", "saran.yaml", "saran.yaml"),
        ("TPA bersama.yaml", "'TPA bersama.yaml'", '"TPA bersama.yaml"'),
        (Path("a b") / "c", "'a b/c'", '"a b/c"'),
        ("it's", "'it'\"'\"'s'", "it's"),
    ],
)
def test_a_word_is_quoted_as_the_shell_at_hand_reads_it(
    word: str | Path, posix: str, windows: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for quoted, is_windows in ((posix, False), (windows, True)):
        monkeypatch.setattr(shell_word, "WINDOWS", is_windows)
        assert quoted == shell_word.shell_word(word)


# -- processes ------------------------------------------------------------------------------------------------

SPAWNING = """\
import multiprocessing, sys
if __name__ == "__main__":
    multiprocessing.set_start_method("spawn")
    from advisor.cli import main
    sys.exit(main(sys.argv[1:]))
"""


@pytest.mark.heavy
def test_work_is_spread_over_processes_that_inherit_nothing(tmp_path: Path) -> None:
    program, lines, out = tmp_path / "program.py", tmp_path / "lines.jsonl", tmp_path / "out.jsonl"
    program.write_text(SPAWNING, "utf-8")
    lines.write_text("{}x\n" * (3 * MOST_LINES), "utf-8")

    done = subprocess.run(
        [sys.executable, program, "batch", lines, "--jobs", "2", "-o", out],
        capture_output=True, text=True, env=plain_environment(), timeout=300, check=False,
    )  # fmt: skip

    assert (1, f"{3 * MOST_LINES} baris, {3 * MOST_LINES} di antaranya tidak dapat dipakai\n") == (
        done.returncode,
        done.stderr,
    )
    assert 3 * MOST_LINES == len(out.read_text("utf-8").splitlines())
