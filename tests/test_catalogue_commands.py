"""What commands say comes from a catalogue: help, refusals, saved sessions, results of scenarios."""

from __future__ import annotations

import argparse
import io
import json
import re
import sys
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import get_args

import pytest

from advisor import cli, command_line
from advisor.batch.lines import BatchOptions
from advisor.batch.pool import run_batch
from advisor.commands import common
from advisor.commands.common import DONE
from advisor.commands.interview import list_sessions, run_interview
from advisor.interview.session import Session
from advisor.interview.store import Saved, SessionStore
from advisor.knowledge_base import Knowledge
from advisor.papers.text_writer import write_text
from advisor.problem import AnswersError
from advisor.report.scenario_report import scenario_report
from advisor.scenario.expectation import Part
from advisor.scenario.running import run_scenario
from advisor.scenario.scenario_reader import read_scenarios
from advisor.text import LANGUAGES, Language
from pseudo import CASES, DAY, NAME, WIDE, Said, stray


def _parsers() -> dict[str, argparse.ArgumentParser]:
    """Return the parser of each command; "" stands for the words before it."""
    whole = command_line.build_parser("id")
    (commands,) = (action for action in whole._actions if isinstance(action, argparse._SubParsersAction))
    return {"": whole, **commands.choices}


def _command_words() -> set[str]:
    """The words of which commands are made, as they are typed; they are the same in every language."""
    found = {"advisor"}
    for action in (action for parser in _parsers().values() for action in parser._actions):
        found |= {*action.option_strings, *map(str, action.choices or ())}
        # D, N, Q=V: a letter that stands in a line of usage for a word of the person.
        if isinstance(action.metavar, str) and re.fullmatch(r"[A-Z]{1,2}([.=]\w+)?", action.metavar):
            found.add(action.metavar)
    return found


@pytest.fixture
def loaded(knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let commands use the knowledge that is loaded already."""
    monkeypatch.setattr(common, "kept_knowledge", lambda kbase, rules: knowledge)


@pytest.mark.usefixtures("said")
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("command", _parsers())
def test_help_is_given_in_words_of_a_catalogue(
    command: str, language: Language, capsys: pytest.CaptureFixture[str]
) -> None:
    assert DONE == cli.main([*command.split(), "--help", "--lang", language])
    assert [] == stray(capsys.readouterr().out, language, _command_words())


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("words", "key"),
    [
        (["advise"], "cli.required"),
        (["9"], "cli.no_choice"),
        (["advise", "9", "--format", "9"], "cli.no_choice"),
        (["advise", "9", "9"], "cli.unrecognised"),
        (["advise", "9", "--as-of"], "cli.needs_value"),
        (["advise", "9", "--as-of", "9"], "cli.not_a_day"),
        (["interview", "--plain=9"], "cli.takes_no_value"),
        (["explain", "9"], "cli.one_required"),
        (["explain", "9", "--what-if"], "cli.needs_value"),
        (["explain", "9", "--how", "9", "--reach", "9"], "cli.not_together"),
    ],
    ids=lambda part: part if isinstance(part, str) else " ".join(part),
)
def test_a_usage_error_is_explained_in_words_of_a_catalogue(
    words: list[str], key: str, language: Language, said: Said, capsys: pytest.CaptureFixture[str]
) -> None:
    assert common.UNUSABLE == cli.main([*words[:1], f"--lang={language}", *words[1:]])

    assert [] == stray(capsys.readouterr().err, language, _command_words())
    assert {key, "cli.usage_error"} <= said.keys_said


@pytest.mark.usefixtures("loaded")
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("words", "key", "allowed"),
    [
        (["cases", "9"], "cli.unknown_case", CASES),
        # A name that is near to what the person gave is a name.
        (["cases", "kartamantull"], "near", ("kartamantull", *CASES)),
        (["cases", "--answers"], "cli.answers_need_case", ()),
        (["questions", "9"], "cli.unknown_question", ()),
        (["advise", "9"], "file.unreadable", ()),
        (["batch", "1", "-o", "9/9"], "cli.cannot_write", ()),
        (["advise", "1", "-o", "1"], "cli.same_file", ()),
        (["advise", "2"], "answers.unknown_question", ()),
        (["batch", "1"], "cli.batch_done", ()),
    ],
    ids=lambda part: " ".join(part) if isinstance(part, list) else "",
)
def test_what_a_command_refuses_or_reports_is_said_in_words_of_a_catalogue(
    words: list[str],
    key: str,
    allowed: tuple[str, ...],
    language: Language,
    said: Said,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("1").write_text("{}\n", "utf-8")
    Path("2").write_text('{"answers": {"9": 1}}\n', "utf-8")

    cli.main([*words, "--lang", language])

    assert [] == stray(capsys.readouterr().err, language, allowed)
    assert key in said.keys_said


@pytest.mark.usefixtures("loaded")
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_bad_line_of_a_batch_is_explained_in_words_of_a_catalogue(
    language: Language, said: Said, knowledge: Knowledge
) -> None:
    (line,) = run_batch([b" "], knowledge, BatchOptions(language=language, name="9"))

    assert [] == stray(json.loads(line.text)["error"], language)
    assert "batch.empty_line" in said.keys_said


# -- sessions -----------------------------------------------------------------------------------------------


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SessionStore:
    """A store of sessions; nothing is typed, and nothing is kept elsewhere."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    return SessionStore(tmp_path)


def _saved(session: Session, questions: Iterable[str] = ()) -> Saved:
    return Saved(NAME, session, datetime(2026, 11, 24, 9, 30).astimezone(), "", tuple(questions))


@pytest.mark.parametrize("language", LANGUAGES)
def test_saved_sessions_are_listed_in_words_of_a_catalogue(
    language: Language, said: Said, store: SessionStore, capsys: pytest.CaptureFixture[str]
) -> None:
    list_sessions(language, store)
    store.save(_saved(Session(DAY, {"region_count": 2})))
    list_sessions(language, store)

    assert [] == stray(capsys.readouterr().out, language)
    assert {
        "interview.no_sessions", "interview.sessions", "interview.session_line", "interview.untitled",
    } <= said.keys_said  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_session_of_other_knowledge_is_resumed_in_words_of_a_catalogue(
    language: Language,
    said: Said,
    store: SessionStore,
    knowledge: Knowledge,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    known = set(knowledge.library.questions) - {"rivalry"}
    store.save(_saved(Session(DAY, {"region_count": 2, "moon_phase": "full"}), known))
    file = tmp_path / "9"

    run_interview(knowledge, language, resume=NAME, output=file, plain=True, store=store)

    # A question that is no more has nothing but its id; the file is the one that the person named.
    assert [] == stray(capsys.readouterr().out, language, {"moon_phase", str(file)})
    assert {"interview.aside", "interview.new", "interview.saved", "interview.answers_written"} <= said.keys_said


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("name", "key"), [(NAME, "session.in_use"), ("9", "session.missing"), ("/", "session.bad_name")]
)
def test_a_session_that_cannot_be_had_is_refused_in_words_of_a_catalogue(
    name: str, key: str, language: Language, said: Said, store: SessionStore, knowledge: Knowledge
) -> None:
    store.save(_saved(Session(DAY)))

    with store.held(NAME), pytest.raises(AnswersError) as refused:
        run_interview(knowledge, language, resume=name, store=store)

    # Before the sentence stands the place: the name of a file.
    assert [] == stray(" ".join(problem.sentence(language) for problem in refused.value.problems), language)
    assert key in said.keys_said


# -- scenarios ----------------------------------------------------------------------------------------------

SCENARIO = """\
    name: "9"
    source: [pp28-2018:6-2]
    why: "9"
    based_on: case:kartamantul
"""
"""What every scenario says of itself; texts of its author are shown as they are, so here they are numbers."""


def _told_of_scenarios(knowledge: Knowledge, language: Language, folder: Path) -> str:
    """Return what is reported of scenarios that fail in many ways, and of one that waits."""
    said = (
        "expect: {kinds: {value: [third_party], contested: true}, era: A, operator: {cites: [pp28-2018:6-2]}}",
        "unknown: [activities]\n    expect: {operator: none, strengths: {includes: [fiscal_capacity]}}",
        "answers: {lawful_object: no}\n    expect: {kinds: {excludes: [third_party], value: []}}",
        "expect: {strengths: {excludes: [shared_need]}}",
        "as_of: 2001-01-01\n    expect: {era: A}",
        "answers: {counterparts: []}\n    refused: [initiator]",
        "refused: [initiator]",
        "approved: no\n    refused: [initiator]",
    )
    text = "".join(f"  - id: n{number}\n{SCENARIO}    {what}\n" for number, what in enumerate(said))
    (folder / "9.yaml").write_text(f"scenarios:\n{text}", "utf-8")
    results = [run_scenario(knowledge, scenario) for scenario in read_scenarios(knowledge, [folder / "9.yaml"])]
    stream = io.StringIO()
    write_text(scenario_report(knowledge.library, results, language), stream, WIDE)
    return stream.getvalue()


@pytest.mark.parametrize("language", LANGUAGES)
def test_results_of_scenarios_are_told_in_words_of_a_catalogue(
    language: Language, said: Said, knowledge: Knowledge, tmp_path: Path
) -> None:
    library = knowledge.library
    told = _told_of_scenarios(knowledge, language, tmp_path)

    # Facts, values, articles and rules are named as scenarios and rules write them; places are those of files.
    told = re.sub(r"\S+\.yaml:\d+:\d+:?( [\w.-]+ -> )?", "", told)
    ids = {*library.all_facts, *library.questions, *library.articles, *(f"n{number}" for number in range(8))}
    ids |= {f"{fact}.{part}" for fact in library.all_facts for part in get_args(Part)} | {
        "refused",
        "true",
        "false",
    }
    ids |= {value for fact in library.all_facts for value in library.values(fact)} | {"inadmissible", "as_of"}
    assert [] == stray(told, language, ids)
    assert {
        "scenario.failed_line", "scenario.waiting_line", "scenario.summary", "scenario.fired", "scenario.open",
        "scenario.inadmissible", "scenario.must_not", "scenario.not_refused", "scenario.refused_otherwise",
    } <= said.keys_said  # fmt: skip
