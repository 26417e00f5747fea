"""No control character reaches a terminal or a text as it came, wherever it comes from; data stays what it is."""

from __future__ import annotations

import ast
import io
import json
import re
import sys
import unicodedata
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Final

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

import advisor
from advisor import cli
from advisor.catalogue import say
from advisor.escaping import HIDDEN, Styled, escaped, json_escaped, on_one_line
from advisor.interview.session import Session
from advisor.interview.store import Saved, SessionStore
from advisor.output import guarded
from advisor.papers.paper import Paper
from advisor.papers.text_writer import write_text
from advisor.terminal.lines import Lines
from advisor.terminal.screen import BaseScreen
from advisor.terminal.shell import Shell
from advisor.text import Text
from advisor.yaml_text import yaml_text
from driver import driven
from program import on_a_terminal

HOSTILE: Final = "\x1b[2J\x1b]52;c;YQ==\x07\x9b31m\u202eevil\u2066\u2028\x00\x7f\r\b"
SHOWN: Final = r"\x1b[2J\x1b]52;c;YQ==\x07\x9b31m\u202eevil\u2066\u2028\x00\x7f\x0d\x08"

TEXTS = st.text() | st.text(st.sampled_from(HOSTILE + "\n\t ab\xad\ufeff\U000e0041\udcff"))
"""Any text, and text with far more control characters than chance would give."""


# -- the one place ------------------------------------------------------------------------------------------


def test_what_is_hidden_is_what_unicode_says() -> None:
    every = "".join(map(chr, range(sys.maxunicode + 1)))
    control = {letter for letter in every if unicodedata.category(letter) in ("Cc", "Cf", "Cs", "Zl", "Zp")}
    found = set(HIDDEN.findall(every))

    assert control - {"\n", "\t", "\N{ZERO WIDTH JOINER}", "\N{ZERO WIDTH NON-JOINER}"} <= found
    # Some have no meaning yet, but stand in blocks that are kept for such characters, or will never have one.
    assert {"Cn"} >= {unicodedata.category(letter) for letter in found - control}
    assert found >= {chr(code) for code in range(sys.maxunicode + 1) if code & 0xFFFE == 0xFFFE}
    assert found >= {chr(code) for code in range(0xFDD0, 0xFDF0)}


def test_it_is_shown_which_character_it_is() -> None:
    assert SHOWN == escaped(HOSTILE)
    assert r"name \xff\xfe \ud800 \U000e0041" == escaped("name \udcff\udcfe \ud800 \U000e0041")
    assert r"\ufffe \uffff \ufdd0 \U0001fffe" == escaped("\ufffe \uffff \ufdd0 \U0001fffe")


def test_lines_and_letters_of_every_kind_stay() -> None:
    text = "Kabupaten Bandung – “kerja sama”\n\té 東京 \U0001f3d8 a\u200db\u00a0c"

    assert text == escaped(text)
    assert text.replace("\n\t", "  ") == on_one_line(text)


@given(TEXTS)
def test_no_control_character_is_left_of_any_text(text: str) -> None:
    assert not HIDDEN.search(escaped(text))
    assert not re.search(f"[\n\t]|{HIDDEN.pattern}", on_one_line(text))
    assert escaped(text) == escaped(escaped(text))
    stream = io.StringIO()
    guarded(stream, Path("x")).write(text)
    assert escaped(text) == stream.getvalue()


@given(TEXTS)
def test_json_and_yaml_have_no_control_character_and_mean_the_same(text: str) -> None:
    as_json = json_escaped(json.dumps({text: [text]}, ensure_ascii=False))
    assert not HIDDEN.search(as_json)
    assert {text: [text]} == json.loads(as_json)

    if not re.search("[\ud800-\udfff]", text):  # of which YAML knows nothing
        as_yaml = yaml_text({"a": text, text: ["b", text]})
        assert not HIDDEN.search(as_yaml)
        assert {"a": text, text: ["b", text]} == yaml.load(as_yaml, yaml.CSafeLoader)


@given(TEXTS)
def test_a_sentence_stays_on_its_line_whatever_is_filled_in(text: str) -> None:
    sentence = say("cli.cannot_write", "en", file=text, reason=Path(text.replace("\0", "")))

    assert not re.search(f"\n|{HIDDEN.pattern}", sentence)


@given(TEXTS)
def test_no_paper_and_no_screen_shows_a_control_character(text: str) -> None:
    stream = io.StringIO()
    paper = Paper("en")
    paper.title(text)
    paper.heading(text)
    paper.subheading(text, text, text)
    paper.paragraph(text, 2, "strong")
    paper.bullet(text, text)
    paper.pairs([(text, text)])
    paper.table([text, text], [(text, text)])
    paper.verbatim([text])
    write_text(paper.document, stream, 80)
    lines = Lines(60)
    lines.add(text, lead="• ")
    lines.lines.append([("", text)])

    assert not HIDDEN.search(stream.getvalue())
    assert not re.search(f"[\n\t]|{HIDDEN.pattern}", "".join(part for line in lines.in_view for _, part in line))


def test_our_own_colours_go_through_and_those_of_others_do_not() -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    terminal = Terminal()
    stream = guarded(terminal, Path("x"))
    stream.write(Styled("\x1b[1mours\x1b[0m"))
    stream.write("\x1b[1mtheirs")

    assert "\x1b[1mours\x1b[0m\\x1b[1mtheirs" == terminal.getvalue()


def test_a_screen_shows_the_title_of_a_session_escaped() -> None:
    class Base(BaseScreen):
        keys = "interview.keys.pager"
        wide, panel_width = 200, 20
        head = HOSTILE

        def draw(self, lines: Lines) -> None:
            lines.lines.append([("", HOSTILE)])

        def draw_panel(self, lines: Lines) -> None:
            lines.add(HOSTILE)

        def key(self, name: str, text: str) -> None:
            """Take no key."""

    with driven(lambda source, target: Shell(Base, lambda key: say(key, "id"), source, target)) as driver:
        rows = [row for row in driver.rows if SHOWN in row]

        assert 2 == len(rows)
        assert not HIDDEN.search("".join(driver.rows))


# -- nobody goes past it ------------------------------------------------------------------------------------

STREAMS: Final = {
    "output.py": "gives the streams to all others",
    "standard_streams.py": "puts the streams in place",
    "cli.py": "sees whether everything was delivered",
    "commands/common.py": "reads answers from standard input",
    "commands/progress.py": "draws bars on a terminal",
    "commands/interview.py": "gives the streams to the talk in plain mode",
    "commands/teach.py": "gives the streams to the talk in plain mode",
}
"""The modules that name a standard stream, and what for."""

PRINTING: Final = {
    "output.py": "tells messages",
    "commands/interview.py": "tells what became of a session",
}
"""The modules that print, which goes through the streams that are put in place."""


@pytest.fixture(scope="module")
def named() -> dict[str, set[str]]:
    """What each module calls, and which attributes it names, as `name` or `module.name`."""
    root = Path(advisor.__file__).parent
    return {
        path.relative_to(root).as_posix(): set(_named(ast.parse(path.read_text("utf-8"))))
        for path in sorted(root.rglob("*.py"))
    }


def _named(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            yield node.func.id
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            yield f"{node.value.id}.{node.attr}"


def test_no_other_module_writes_to_a_standard_stream(named: dict[str, set[str]]) -> None:
    streams = {f"sys.{mark}{name}{mark}" for name in ("stdin", "stdout", "stderr") for mark in ("", "__")}

    assert set(STREAMS) == {module for module, names in named.items() if names & streams}
    assert set(PRINTING) == {module for module, names in named.items() if "print" in names}
    assert not [module for module, names in named.items() if {"os.write", "input"} & names]


def test_rich_draws_aside_or_what_is_its_own(named: dict[str, set[str]]) -> None:
    assert {"papers/text_writer.py", "commands/progress.py"} == {
        module for module, names in named.items() if "Console" in names
    }


# -- every command ------------------------------------------------------------------------------------------


@pytest.fixture
def hostile_case(tmp_path: Path) -> Path:
    """Answers with a hostile title, id, note and party in a file with a hostile name."""
    path = tmp_path / "an\x1b[2J\nswers\u202e.json"
    named = {
        "title": HOSTILE + "\nFAKE",
        "id": HOSTILE,
        "parties": [{"name": HOSTILE}],
        "notes": {"sector": HOSTILE},
    }
    path.write_text(json.dumps(named | {"as_of": "2024-05-31", "answers": {"sector": "solid_waste"}}))
    return path


def _clean(capsys: pytest.CaptureFixture[str], *words: str | Path) -> tuple[str, str]:
    """Return what a command writes, in which nothing is hidden and no message is forged."""
    cli.main([str(word) for word in words])

    out, err = capsys.readouterr()
    for text in (out, err):
        assert not HIDDEN.search(text), repr(text)
    assert not re.search("^FAKE", err, re.MULTILINE), err
    return out, err


def _unwrapped(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize(
    "words",
    [
        ["advise", "CASE"],
        ["compare", "CASE", "CASE"],
        ["explain", "CASE", "--how", "institutional_form"],
        ["explain", "CASE", "--what-if", "sector=roads"],
        ["graph", "CASE", "-o", "-"],
        ["teach", "CASE"],
    ],
    ids=" ".join,
)
@pytest.mark.usefixtures("loaded")
def test_a_hostile_case_is_shown_escaped(
    words: list[str], hostile_case: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("\x1b[2J\n"))

    out, err = _clean(capsys, *(hostile_case if word == "CASE" else word for word in words))

    assert SHOWN in _unwrapped(out) or words[0] == "explain"
    assert "" == err


HOSTILE_WORD: Final = HOSTILE.replace("\0", "")
"""The same as a word of the command line can hold it."""

WORDS: Final = [
    [HOSTILE_WORD],
    [f"--{HOSTILE_WORD}"],
    ["advise", HOSTILE_WORD],
    ["advise", "CASE", "--as-of", HOSTILE_WORD],
    ["advise", "CASE", "--format", HOSTILE_WORD],
    ["compare", "CASE", "CASE", "-o", f"/nowhere/{HOSTILE_WORD}"],
    ["explain", "CASE", "--how", HOSTILE_WORD],
    ["explain", "CASE", "--why-not", f"institutional_form={HOSTILE_WORD}"],
    ["explain", "CASE", "--reach", f"{HOSTILE_WORD}=x"],
    ["explain", "CASE", "--what-if", f"{HOSTILE_WORD}=x", f"sector={HOSTILE_WORD}"],
    ["compare", HOSTILE_WORD, "CASE"],
    ["cases", HOSTILE_WORD],
    ["questions", HOSTILE_WORD],
    ["teach", HOSTILE_WORD],
    ["graph", HOSTILE_WORD, "-o", "-"],
    ["graph", "-o", f"{HOSTILE_WORD}.png"],
    ["batch", HOSTILE_WORD],
    ["replay", HOSTILE_WORD],
    ["witness", HOSTILE_WORD],
    ["test", HOSTILE_WORD],
    ["test", "--answer", f"{HOSTILE_WORD}=x"],
    ["diff", HOSTILE_WORD],
    ["interview", "--resume", HOSTILE_WORD],
    ["interview", HOSTILE_WORD],
    ["check", "--kbase", HOSTILE_WORD],
    ["check", "--rules", HOSTILE_WORD],
]
"""Words of the command line that come from a hostile script, say."""


@pytest.mark.parametrize("words", WORDS, ids=lambda words: escaped(" ".join(words)))
def test_a_hostile_word_is_shown_escaped(
    words: list[str],
    hostile_case: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    request: pytest.FixtureRequest,
) -> None:
    if not {"--kbase", "--rules", "diff"} & set(words):
        request.getfixturevalue("loaded")
    monkeypatch.chdir(hostile_case.parent)

    _, err = _clean(capsys, *(hostile_case if word == "CASE" else word for word in words))

    assert r"\x1b[2J" in err


@pytest.mark.usefixtures("loaded")
def test_hostile_answers_are_refused_in_clean_sentences(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    answers = {HOSTILE: HOSTILE, "initiator": HOSTILE, "counterparts": [HOSTILE], "region_count": HOSTILE}
    path = tmp_path / f"{HOSTILE_WORD}\nFAKE.json"
    path.write_text(json.dumps({"as_of": HOSTILE, HOSTILE: 1, "answers": answers, "notes": {HOSTILE: HOSTILE}}))

    out, err = _clean(capsys, "advise", path)

    assert "" == out
    assert err.count(r"\x1b[2J") > 5


@pytest.mark.usefixtures("loaded")
def test_hostile_lines_of_a_batch_are_answered_with_data_that_is_exact(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], knowledge: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "cases.jsonl"
    good = {"id": HOSTILE, "as_of": "2024-05-31", "answers": {}}
    bad = {"answers": {"initiator": HOSTILE}}
    path.write_text(f"{json.dumps(good)}\n{json.dumps(bad)}\n")

    out, _ = _clean(capsys, "batch", path)

    found = [json.loads(line) for line in out.splitlines()]
    assert HOSTILE == found[0]["id"]
    assert SHOWN in found[1]["error"]


@pytest.mark.usefixtures("loaded")
def test_json_and_receipts_hold_the_very_title(
    hostile_case: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    receipt = tmp_path / "receipt.json"
    out, _ = _clean(capsys, "advise", hostile_case, "--format", "json", "--receipt", receipt)

    title = (HOSTILE + "\nFAKE").strip()
    assert title == json.loads(out)["title"]
    assert title == json.loads(receipt.read_text("utf-8"))["case"]["title"]
    assert not HIDDEN.search(receipt.read_text("utf-8"))


@pytest.mark.usefixtures("loaded")
def test_a_hostile_session_is_listed_and_resumed_in_clean_sentences(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.setattr(sys, "stdin", io.StringIO(HOSTILE + "\n"))
    session = Session(date(2024, 5, 31), {"sector": "roads"}, HOSTILE + "\nFAKE", aside={HOSTILE: HOSTILE})
    SessionStore().save(Saved("hostile", session, datetime.now().astimezone(), HOSTILE, (HOSTILE,)))

    listed, _ = _clean(capsys, "interview", "--resume")
    resumed, _ = _clean(capsys, "interview", "--resume", "hostile", "--plain")

    assert SHOWN in listed
    assert SHOWN in resumed


SCENARIO: Final = f"""\
scenarios:
  - id: hostile
    name: {json.dumps(HOSTILE)}
    source: [prasetya-2013:4]
    why: {json.dumps(HOSTILE)}
    based_on: case:kunci-bersama
    expect: {{operator: province}}
"""


@pytest.mark.usefixtures("loaded")
@pytest.mark.parametrize("more", [[], ["--junit", "OUT"], ["--format", "json"]], ids=" ".join)
def test_hostile_scenarios_are_shown_escaped(
    more: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "\x1b[2J\u202e"
    folder.mkdir()
    (folder / "a.yaml").write_text(SCENARIO)
    out = folder / "junit.xml"

    text, _ = _clean(capsys, "test", folder / "a.yaml", *(out if word == "OUT" else word for word in more))

    assert r"\x1b[2J" in _unwrapped(text) or "--format" in more
    assert not out.exists() or not HIDDEN.search(out.read_text("utf-8"))


@pytest.mark.usefixtures("loaded")
@pytest.mark.parametrize(
    "words",
    [
        ["advise", "CASE"],
        ["advise", "CASE", "--format", "json"],
        ["teach", "CASE"],
        ["teach"],
        ["cases"],
        ["cases", "kartamantul"],
        ["questions"],
        ["questions", "--blank"],
        ["questions", "sector"],
        ["interview", "CASE", "--plain"],
    ],
    ids=" ".join,
)
def test_hostile_knowledge_is_shown_escaped(
    words: list[str],
    kartamantul: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.setattr(sys, "stdin", io.StringIO("bantuan\n"))
    plainly = Text.in_language
    monkeypatch.setattr(Text, "in_language", lambda text, language: plainly(text, language) + HOSTILE + "\nFAKE")

    out, err = _clean(capsys, *(kartamantul if word == "CASE" else word for word in words))

    assert "" == err
    assert SHOWN in _unwrapped(out) or r"\u001b[2J" in out
    # What is wrapped can begin a line anywhere.
    assert words[0] in ("advise", "cases") or words == ["questions"] or not re.search("(?m)^FAKE", out)


def test_a_terminal_gets_colours_and_nothing_else(hostile_case: Path) -> None:
    text = on_a_terminal("compare", hostile_case, hostile_case)

    assert "\x1b[1m" in text
    assert not HIDDEN.search(re.sub(r"\x1b\[[0-9;]*m|\r\n", "", text))
    assert SHOWN[:20] in text
