"""Closed, full, broken and odd standard streams: a sentence where one can be said, and the right exit status."""

from __future__ import annotations

import io
import json
import os
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest

from advisor import cli
from advisor.commands.common import DONE, NEGATIVE, UNUSABLE
from advisor.standard_streams import can_be_drawn_on, standard_streams
from program import LONG, PROGRAM, plain_environment, refused, started

FULL: Final = "/dev/full"

needs_shell = pytest.mark.skipif(sys.platform == "win32", reason="closes streams as a POSIX shell does")
needs_full = pytest.mark.skipif(not Path(FULL).exists(), reason="no device that is always full")


def _run(words: str, streams: str, **environment: str) -> tuple[int, str, str]:
    """Run the program from a shell that does something with its streams."""
    command = f"exec {shlex.join(PROGRAM)} {words} {streams}"
    done = subprocess.run(
        ["/bin/sh", "-c", command], input=b"", capture_output=True, env=plain_environment() | environment,
        timeout=LONG, check=False,
    )  # fmt: skip
    return done.returncode, done.stdout.decode(), done.stderr.decode()


# -- closed -------------------------------------------------------------------------------------------------


@needs_shell
@pytest.mark.parametrize(
    ("words", "streams", "said"),
    [
        ("advise -", "<&-", "<stdin>: berkas jawaban kosong"),
        ("--version", ">&-", "<stdout>: tidak dapat ditulis ("),
        ("nonsense", "<&- >&-", "pemakaian: "),
    ],
)
def test_a_stream_that_is_closed_is_told_where_it_is_needed(words: str, streams: str, said: str) -> None:
    status, out, err = _run(words, streams)

    assert (UNUSABLE, "") == (status, out)
    assert err.startswith(said)
    assert "Traceback" not in err


@needs_shell
@pytest.mark.parametrize("words", ["teach kartamantul", "interview"])
def test_a_talk_ends_where_its_input_is_closed(words: str, tmp_path: Path) -> None:
    status, out, err = _run(words, "<&-", XDG_DATA_HOME=str(tmp_path))

    assert (DONE, "") == (status, err)
    assert out


@needs_shell
@pytest.mark.parametrize("streams", ["2>&-", "<&- >&- 2>&-"])
def test_what_went_wrong_never_goes_where_results_go(streams: str) -> None:
    assert (UNUSABLE, "", "") == _run("nonsense", streams)


@needs_shell
def test_no_file_is_written_to_in_the_place_of_a_closed_stream(tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    lines = tmp_path / "lines.jsonl"
    lines.write_text("nonsense\n")

    assert (NEGATIVE, "", "") == _run(f"batch {lines} -o {out}", "<&- >&- 2>&-")
    assert [1] == [json.loads(line)["line"] for line in out.read_text("utf-8").splitlines()]


# -- full and broken ----------------------------------------------------------------------------------------


@needs_shell
@needs_full
@pytest.mark.parametrize("words", ["--help", "teach"])
def test_an_output_that_is_full_is_told(words: str) -> None:
    status, _, err = _run(words, f">{FULL}")

    assert UNUSABLE == status
    assert err.startswith("<stdout>: tidak dapat ditulis (")
    assert 1 == len(err.splitlines())


@needs_shell
@needs_full
def test_messages_that_cannot_be_told_change_no_status() -> None:
    assert (UNUSABLE, "", "") == _run("nonsense", f"2>{FULL}")


@pytest.mark.parametrize("words", ["--help", "teach"])
def test_a_reader_that_has_gone_is_no_error(words: str) -> None:
    with started(words, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()

        assert (b"", DONE) == (process.stderr.read(), process.wait(LONG))


def test_a_reader_of_messages_that_has_gone_changes_no_status() -> None:
    with started("nonsense") as process:
        assert process.stderr is not None
        process.stderr.close()

        assert UNUSABLE == process.wait(LONG)


# -- odd ----------------------------------------------------------------------------------------------------

ODD: Final = b"\xff\xfe\xc3(\x00\x1b[2J\n\xed\xa0\x80\n"
"""Bytes that are no UTF-8."""


@pytest.mark.parametrize("words", [["interview", "--plain"], ["teach", "kartamantul"]], ids=" ".join)
@pytest.mark.usefixtures("loaded")
def test_bytes_that_are_no_text_are_not_understood_and_asked_back(
    words: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(ODD), "utf-8"))

    status = cli.main(words)

    out, err = capsys.readouterr()
    assert (DONE, "") == (status, err)
    assert "\ufffd" in out
    assert "\x1b" not in out


@pytest.mark.usefixtures("loaded")
def test_a_file_that_is_no_text_is_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(ODD), "utf-8"))

    assert refused(capsys, "advise", "-").startswith("<stdin>:1:1: teks bukan UTF-8")


# -- a terminal that moves no cursor ------------------------------------------------------------------------


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("term", "windows", "drawn"),
    [
        ("xterm-256color", False, True),
        ("linux", False, True),
        ("dumb", False, False),
        ("DUMB", False, False),
        ("unknown", False, False),
        ("emacs", False, False),
        ("", False, False),
        ("", True, True),
        ("dumb", True, False),
    ],
)
def test_only_a_terminal_that_moves_its_cursor_is_drawn_on(
    *, term: str, windows: bool, drawn: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("stdin", "stdout"):
        monkeypatch.setattr(sys, name, _Terminal())
    monkeypatch.setattr("advisor.standard_streams.WINDOWS", windows)
    monkeypatch.setattr("prompt_toolkit.output.defaults.create_output", lambda: None)
    monkeypatch.setenv("TERM", term)

    assert drawn == can_be_drawn_on()


@needs_shell
@pytest.mark.parametrize("words", ["interview", "teach kartamantul"])
def test_a_terminal_that_moves_no_cursor_gets_lines_and_no_codes(words: str, tmp_path: Path) -> None:
    pty = pytest.importorskip("pty", reason="a pseudo-terminal needs a POSIX system")
    ours, theirs = pty.openpty()
    settings = plain_environment() | {"TERM": "dumb", "XDG_DATA_HOME": str(tmp_path)}
    found = b""
    with started(*words.split(), stdin=theirs, stdout=theirs, env=settings):
        os.close(theirs)
        while not any(sign in found for sign in (b"Jawaban: ", b"Lanjut? ", b"\x1b")):
            found += os.read(ours, 65536)
    os.close(ours)

    assert b"\x1b" not in found


# -- in this process ----------------------------------------------------------------------------------------


def test_the_streams_are_given_back(monkeypatch: pytest.MonkeyPatch) -> None:
    streams = io.StringIO(), io.StringIO(), io.StringIO()
    for name, stream in zip(("stdin", "stdout", "stderr"), streams, strict=True):
        monkeypatch.setattr(sys, name, stream)

    with standard_streams():
        print("\x1b")
        print("\x9b", file=sys.stderr)

    assert streams == (sys.stdin, sys.stdout, sys.stderr)
    assert ("\\x1b\n", "\\x9b\n") == (streams[1].getvalue(), streams[2].getvalue())


@pytest.mark.parametrize("name", ["stdin", "stdout", "stderr"])
def test_a_stream_that_is_missing_is_missing_afterwards(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, name, None)

    assert UNUSABLE == cli.main(["nonsense"])
    assert getattr(sys, name) is None
