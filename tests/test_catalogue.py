"""Every text that a person sees comes from a catalogue, in the language asked for.

The texts are pseudolocalised: for the time of a test every letter of the catalogues, that of the program and that
of the knowledge, becomes a letter of an alphabet in which nothing else is written, another one for each language.
What is then shown in Latin letters was written in the code, and what is shown in the other alphabet was taken in
the wrong language. What may remain is listed where it is allowed, with the reason.
"""

from __future__ import annotations

import argparse
import ast
import errno
import io
import json
import os
import re
import string
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any, get_args, get_type_hints

import pytest
from prompt_toolkit.input import Input
from prompt_toolkit.output import Output

from advisor import catalogue, cli, command_line
from advisor.advice.advising import advise
from advisor.advice.as_data import advice_data
from advisor.batch import lines as batch_lines
from advisor.batch.lines import BatchOptions
from advisor.batch.pool import run_batch
from advisor.commands import common
from advisor.commands.interview import list_sessions, run_interview
from advisor.explain.form_comparison import Aspect
from advisor.explain.infeasibility import BarrierKind
from advisor.explain.why_not import Verdict
from advisor.inference.case import CaseReader
from advisor.interview.interview import Interview
from advisor.interview.interviewer import Interviewer
from advisor.interview.session import UNKNOWN, Session
from advisor.interview.store import Saved, SessionStore
from advisor.knowledge.case import RegistryEntry, StudyCase
from advisor.knowledge.instrument import Status
from advisor.knowledge.library import Library
from advisor.knowledge.question import Control
from advisor.knowledge.shape import Authority, Provenance
from advisor.knowledge_base import Knowledge
from advisor.problem import AnswersError, ContradictionError
from advisor.reasoning.competition import CandidateKind
from advisor.report.case_report import FINDINGS, LISTS, write_case, write_case_list
from advisor.report.question_report import write_blank_answers, write_questions
from advisor.report.scenario_report import write_results
from advisor.report.text_report import write_text_report
from advisor.report.wording import Wording
from advisor.scenario.expectation import Part
from advisor.scenario.running import run_scenario
from advisor.scenario.scenario_reader import read_scenarios
from advisor.terminal.interview_screen import InterviewScreen
from advisor.terminal.plain_interview import PlainInterview
from advisor.terminal.shell import Shell
from advisor.text import LANGUAGES, Language, Text
from advisor.verify.coverage.coverage import ShareName
from advisor.verify.mutation.mutant import MutantKind
from driver import Driver, driven
from snapshots import texts as explanations

SOURCE = Path(catalogue.__file__).parents[1]
CATALOGUE = catalogue.messages()
CASES = ("barlingmascakeb", "kartamantul", "kedungsepur", "kunci-bersama", "wonosobo")
DAY = date(2024, 5, 31)
NAME = "2024-05-31-1"
"""The name of a session: a day and a number, so no letter of it can be taken for a text."""
WIDE = 4000
"""Columns enough that nothing is wrapped in the middle of what is allowed to remain."""


# -- pseudolocalisation -------------------------------------------------------------------------------------

FIRST = {"id": 0x400, "en": 0x1360}
"""Where the alphabet of a language begins, less the code of "A": Cyrillic and Cherokee, every letter one column."""
PLACES = re.compile(r"({{|}}|{[^{}]*})")


def _letters(language: Language) -> dict[int, str]:
    return {ord(letter): chr(FIRST[language] + ord(letter)) for letter in string.ascii_letters}


ALPHABETS = {language: _letters(language) for language in LANGUAGES}


@cache
def _pseudo(text: str, language: Language) -> str:
    """Return a text in the alphabet of its language; what is to be filled in stays as it is."""
    parts = PLACES.split(text)
    return "".join(part if part[:1] == "{" else part.translate(ALPHABETS[language]) for part in parts)


class _Said(dict[str, dict[str, str]]):
    """The pseudolocalised catalogue; remembers what was asked of it."""

    def __init__(self) -> None:
        super().__init__(
            {key: {lang: _pseudo(texts[lang], lang) for lang in LANGUAGES} for key, texts in CATALOGUE.items()}
        )
        self.keys_said: set[str] = set()

    def __getitem__(self, key: str) -> dict[str, str]:
        self.keys_said.add(key)
        return super().__getitem__(key)

    def __repr__(self) -> str:
        return f"{sorted(self.keys_said)}"


class _Made(str):
    """One language of a `Text` that was made while texts were pseudolocalised: its parts are so already."""

    __slots__ = ()


class _InAlphabet:
    """Stands for `Text.id` and `Text.en`, so that a text is pseudolocalised however it is read."""

    def __init__(self, language: Language) -> None:
        self.language = language

    def __get__(self, text: Text | None, owner: type[Text]) -> Any:
        if text is None:
            return self
        found: str = text.__dict__[self.language]
        return found if isinstance(found, _Made) else _pseudo(found, self.language)

    def __set__(self, text: Text, value: str) -> None:
        text.__dict__[self.language] = _Made(value)


@pytest.fixture
def said(knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch) -> _Said:
    """Pseudolocalises the texts of the program and, once it is loaded, those of the knowledge."""
    found = _Said()
    monkeypatch.setattr(catalogue, "messages", lambda: found)
    for language in LANGUAGES:
        monkeypatch.setattr(Text, language, _InAlphabet(language), raising=False)
    return found


def _stray(text: str, language: Language, allowed: Iterable[str] = ()) -> list[str]:
    """Return the words that are not in the alphabet of the language, but for the phrases that may remain."""
    phrases = "|".join(re.escape(phrase) for phrase in sorted(allowed, key=len, reverse=True))
    text = re.sub(rf"(?<!\w)({phrases})(?!\w)", "", " ".join(text.split()))
    other = "".join(letter for lang in LANGUAGES if lang != language for letter in ALPHABETS[lang].values())
    return re.findall(rf"[\w.-]*[A-Za-z{other}][\w.-]*", text)


def test_a_text_of_the_code_is_found_and_one_of_the_catalogue_is_not(said: _Said) -> None:
    given = {"given": "99"}

    assert [] == _stray(catalogue.say("interview.not_understood", "id", **given), "id")
    assert [] == _stray(Text(id=catalogue.say("report.and", "id"), en="").in_language("id"), "id")
    assert ["Jawaban"] == _stray("Jawaban: 99", "id")
    assert ["Jawaban"] == _stray(Text(id="Jawaban", en="Answer").in_language("id"), "id")
    assert _stray(catalogue.say("interview.not_understood", "en", **given), "id")


# -- the catalogue itself -----------------------------------------------------------------------------------

SAME = {
    "interview.option": "a number and a label",
    "interview.summary": "the name of a conclusion and its value",
    "report.hangs": "a question and names of conclusions",
    "relation.is": "the name of a question and its answer",
    "cli.bad_value": "an option and a reason",
    "explain.from_to": "a name and what it was and is",
    "explain.left_out_value": "a value and the answers behind it",
    "day.4": "April is April in both languages",
    "day.9": "September is September in both languages",
    "day.11": "November is November in both languages",
}
"""Texts that are the same in both languages, and why."""

REASONS_OF_OTHERS = {
    "file.unreadable": "the operating system says why a file cannot be read",
    "cli.cannot_write": "the operating system says why a file cannot be written",
    "cli.system": "the operating system says why it refuses something",
    "cli.system_file": "the operating system says why it refuses something",
    "session.unreadable": "the operating system or the reader of JSON says what is wrong",
    "batch.not_json": "the reader of JSON says what is wrong with a line",
    "yaml.syntax": "the parser of YAML says what it did not expect",
    "yaml.value": "the reader of numbers and dates says what is wrong with one",
    "interview.failed": "Python says what went wrong in the program",
    "value.shape": "the validator says what it expects of what has no message of its own",
    "cli.bad_value": "the text of cli.not_a_day stands there",
    "cli.usage_error": "the text of cli.required or the like stands there",
}
"""Texts in which a sentence from elsewhere is quoted, and whose it is."""


def _places(text: str) -> set[str]:
    return {name.partition("!")[0] for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def test_no_key_stands_twice() -> None:
    lines = [
        line for path in (SOURCE / "catalogue").glob("*.yaml") for line in path.read_text("utf-8").splitlines()
    ]
    keys = [line.partition(":")[0] for line in lines if re.match(r"[a-z]", line)]

    assert sorted(CATALOGUE) == sorted(keys)


def test_every_text_is_there_in_both_languages() -> None:
    for key, texts in CATALOGUE.items():
        assert set(LANGUAGES) == set(texts), key
        assert all(isinstance(text, str) and text.strip() for text in texts.values()), key


def test_a_text_has_the_same_places_to_fill_in_both_languages() -> None:
    places = {
        key: {language: _places(text) for language, text in texts.items()} for key, texts in CATALOGUE.items()
    }
    # A text that is handed over in both languages is filled in where its language is named.
    own = places.pop("answers.contradiction")

    assert {"id": {"questions", "id"}, "en": {"questions", "en"}} == own
    assert [] == [key for key, found in places.items() if found["id"] != found["en"]]


def test_a_text_is_the_same_in_both_languages_only_for_a_reason() -> None:
    assert set(SAME) == {key for key, texts in CATALOGUE.items() if texts["id"] == texts["en"]}


def test_a_sentence_from_elsewhere_is_quoted_only_for_a_reason() -> None:
    quoting = {key for key, texts in CATALOGUE.items() if _places(texts["id"]) & {"reason", "expected"}}

    # What provenance.differs expects is a word of the rule files.
    assert set(REASONS_OF_OTHERS) == quoting - {"provenance.differs"}


SAME_IN_KNOWLEDGE = {
    "Permendagri 69/2007": "the short name of a regulation",
    "Permendagri 22/2009": "the short name of a regulation",
    "Permendagri 23/2009": "the short name of a regulation",
    "Permendagri 22/2020": "the short name of a regulation",
    "Permendagri 25/2020": "the short name of a regulation",
    "Prasetya (2013)": "the author and year of the study",
    "TKKSD": "the short name of a body",
    "Bengkulu": "the name of a province",
    "Yogyakarta, Sleman, Bantul": "names of regions",
    "Banjarnegara, Purbalingga, Banyumas, Cilacap, Kebumen": "names of regions",
    "Minimal.": "the same word in both languages",
}
"""Texts of the knowledge that are the same in both languages, and why."""


def _texts(thing: object) -> Iterator[Text]:
    """Yield every text in the knowledge."""
    if isinstance(thing, Text):
        yield thing
    elif is_dataclass(thing):
        for field in fields(thing):
            if not field.name.startswith("_"):
                yield from _texts(getattr(thing, field.name))
    elif isinstance(thing, Mapping):
        for value in thing.values():
            yield from _texts(value)
    elif isinstance(thing, (tuple, list)):
        for value in thing:
            yield from _texts(value)


def test_a_text_of_the_knowledge_is_the_same_in_both_languages_only_for_a_reason(knowledge: Knowledge) -> None:
    texts = list(_texts(knowledge))

    assert all(text.id.strip() and text.en.strip() for text in texts)
    assert set(SAME_IN_KNOWLEDGE) == {text.id for text in texts if text.id == text.en}


# -- keys in the code ---------------------------------------------------------------------------------------

KEY = re.compile(r"[a-z_]+(\.[a-z_0-9]+)+")
SAYING = {"say", "_say", "_read", "Problem", "problem", "_problem", "_known", "_word"}
"""What takes a key of the catalogue."""


def _trees() -> Iterator[ast.Module]:
    for path in sorted(SOURCE.rglob("*.py")):
        yield ast.parse(path.read_text("utf-8"))


def _words(node: ast.AST) -> set[str]:
    """Return the strings that stand in a piece of code."""
    return {n.value for n in ast.walk(node) if isinstance(n, ast.Constant) and isinstance(n.value, str)}


def _name(call: ast.Call) -> str:
    return getattr(call.func, "attr", getattr(call.func, "id", ""))


def _calls(*names: str) -> Iterator[ast.Call]:
    """Yield the calls of functions, methods and classes with these names."""
    for tree in _trees():
        yield from (node for node in ast.walk(tree) if isinstance(node, ast.Call) and _name(node) in names)


def _composed() -> set[str]:
    """Return how the keys begin that are put together: `report.` of `say(f"report.{name}")`."""
    found: set[str] = set()
    for call in _calls(*SAYING):
        for argument in call.args:
            if isinstance(argument, ast.JoinedStr):
                first = argument.values[0]
                found.add(str(first.value) if isinstance(first, ast.Constant) else "")
    return found


def _said_by_the_parser(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    keys: list[str] = []

    def say(key: str, language: Language) -> str:
        keys.append(key)
        return key

    monkeypatch.setattr(command_line, "say", say)
    command_line.build_parser("id")
    return set(keys)


def _families(monkeypatch: pytest.MonkeyPatch) -> dict[str, set[str]]:
    """Return the keys that are put together, by how they begin, from what they are put together of."""
    kinds = get_args(get_type_hints(RegistryEntry)["kind"])
    endings: dict[str, Iterable[object]] = {
        # What rests on law bears no mark, nor does what was verified.
        "authority.": set(get_args(Authority)) - {"law"},
        "provenance.": set(get_args(Provenance)) - {"verified"},
        "status.": get_args(Status),
        "answer.": ("yes", "no"),
        "relation.": {word for call in _calls("Circumstance") for word in _words(call.args[1])},
        "cases.": (*FINDINGS, *LISTS, *kinds),
        "day.": range(1, 13),
        "teach.": (*get_args(Authority), *get_args(CandidateKind)),
        "explain.verdict.": get_args(Verdict),
        "explain.barrier.": get_args(BarrierKind),
        "explain.duel.": (*get_args(Aspect), "yes", "no", "unknown", "not_asked"),
        "explain.reach_group.": ("controllable", "given"),
        "explain.control.": get_args(Control),
        "mutation.": get_args(MutantKind),
        "coverage.": get_args(ShareName),
    }
    families = {prefix: {f"{prefix}{ending}" for ending in found} for prefix, found in endings.items()}
    return families | {"cli.": _said_by_the_parser(monkeypatch)}


def test_every_key_that_the_code_names_is_in_the_catalogue() -> None:
    # Whatever looks like a key of a known kind is one, wherever it stands; what is said always is.
    kinds = {key.partition(".")[0] for key in CATALOGUE}
    words = {word for tree in _trees() for word in _words(tree) if KEY.fullmatch(word)}
    named = {word for word in words if word.partition(".")[0] in kinds and not word.endswith((".yaml", ".json"))}
    spoken = {word for call in _calls(*SAYING) for word in _words(call) if KEY.fullmatch(word)}

    assert set() == (named | spoken) - set(CATALOGUE)
    assert len(named) > 150


def test_every_problem_names_a_key_of_the_catalogue() -> None:
    keys = {word for call in _calls("Problem") for word in _words(call.args[1])}

    assert len(keys) > 20
    assert set() == keys - set(CATALOGUE)


def test_every_key_that_is_put_together_is_in_the_catalogue(monkeypatch: pytest.MonkeyPatch) -> None:
    families = _families(monkeypatch)

    assert set(families) == _composed()
    assert set() == set().union(*families.values()) - set(CATALOGUE)


def test_every_text_of_the_catalogue_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    words = {word for tree in _trees() for word in _words(tree)}

    assert set() == set(CATALOGUE) - words - set().union(*_families(monkeypatch).values())


# -- what may remain ----------------------------------------------------------------------------------------

MARKED = "[x]"
"""The mark before an option that was chosen; no word."""

ANSWERS_FILE = {"as_of:", "answers:", "unknown"}
"""The words in which an answers file is written; they are the same in every language."""


def _names(library: Library) -> set[str]:
    """Names of cooperations and of regions as the study prints them; names are not translated."""
    cooperations: list[StudyCase | RegistryEntry] = [*library.cases.values(), *library.registry]
    names = {cooperation.name for cooperation in cooperations}
    for member in (member for cooperation in cooperations for member in cooperation.members):
        names |= {member.name, member.printed or member.name}
    return names


def _how_to_answer(library: Library, language: Language) -> set[str]:
    """How questions are answered in an answers file: by ids, which are the same in every language."""
    return {Wording(library, language).answerable(question) for question in library.questions}


def _ids_in_brackets(library: Library) -> set[str]:
    """The ids of questions that stand behind their names, so that they are found in an answers file."""
    return {f"({question})" for question in library.questions}


# -- reports ------------------------------------------------------------------------------------------------


def _answers(case: StudyCase) -> dict[str, Any]:
    """Return the answers of a case as an answers file has them."""
    return {name: list(value) if isinstance(value, tuple) else value for name, value in case.answers.items()}


def _report_data(knowledge: Knowledge, name: str) -> dict[str, Any]:
    """Return the answers of a case, or no answers, or such as make the cooperation inadmissible."""
    if name == "nothing answered":
        return {"as_of": DAY, "answers": {}}
    case = knowledge.library.cases["kartamantul" if name == "inadmissible" else name]
    if name == "inadmissible":
        # After the day to which the law was read, so that this is said too.
        refused = {"in_development_plan": "no", "plan_exceptions": []}
        return {"as_of": date(2030, 1, 1), "answers": _answers(case) | refused}
    return {"as_of": case.as_of, "title": "2024", "answers": _answers(case)}


def _in_a_report(knowledge: Knowledge, language: Language) -> set[str]:
    """What a report may say beside its texts."""
    library = knowledge.library
    return {
        # By these the knowledge behind a report is found again: a version and a digest.
        *(knowledge.version, knowledge.digest[:12]),
        *(case.name for case in library.cases.values()),
        *_how_to_answer(library, language),
        *_ids_in_brackets(library),
    }


SENTENCES = {"text", "title", "label", "contents", "actor", "output", "deadline", "outcome", "lesson"}
"""Where the advice as data has texts; all else in it are ids, in every language the same, for other programs."""


def _sentences(data: Any, key: str = "") -> Iterator[str]:
    if isinstance(data, dict):
        for name, value in data.items():
            yield from _sentences(value, name)
    elif isinstance(data, list):
        for value in data:
            yield from _sentences(value, key)
    elif isinstance(data, str) and key in SENTENCES:
        yield data


@pytest.mark.parametrize("name", [*CASES, "nothing answered", "inadmissible"])
def test_a_report_says_nothing_that_is_not_in_a_catalogue(name: str, said: _Said, knowledge: Knowledge) -> None:
    advice = advise(knowledge, _report_data(knowledge, name))

    for language in LANGUAGES:
        stream = io.StringIO()
        write_text_report(knowledge.library, advice, language, stream, WIDE)
        assert [] == _stray(stream.getvalue(), language, _in_a_report(knowledge, language))
        assert [] == _stray("\n".join(_sentences(advice_data(advice, language))), language)
    assert {"report.title", "report.knowledge", f"day.{advice.as_of.month}"} <= said.keys_said


def test_explanations_say_nothing_that_is_not_in_a_catalogue(said: _Said, knowledge: Knowledge) -> None:
    for name, text in explanations(knowledge):
        language: Language = "en" if name.endswith(".en.txt") else "id"
        # The views that are compared are called by letters, and by the titles that people gave them.
        letters = {"A", "B"} if ".compare." in name else set()
        assert [] == _stray(text, language, _in_a_report(knowledge, language) | letters), name
    assert {
        "explain.way",
        "explain.from_step",
        "explain.duel",
        "explain.reach_size",
        "explain.before",
    } <= said.keys_said


def test_every_case_of_the_study_is_reported(knowledge: Knowledge) -> None:
    assert set(CASES) == set(knowledge.library.cases)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_cases_of_the_study_are_shown_in_words_of_a_catalogue(
    language: Language, said: _Said, knowledge: Knowledge
) -> None:
    library = knowledge.library
    stream = io.StringIO()
    write_case_list(library, language, stream, WIDE)
    for case in library.cases.values():
        write_case(library, case, language, stream, WIDE)

    # The id of a case is what a person writes to see it.
    allowed = {*_names(library), *(f"{case.id} –" for case in library.cases.values())}
    assert [] == _stray(stream.getvalue(), language, allowed)
    assert {"cases.title", "cases.printed", "cases.threats", "cases.abroad"} <= said.keys_said


@pytest.mark.usefixtures("said")
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_questions_are_shown_in_words_of_a_catalogue(language: Language, knowledge: Knowledge) -> None:
    library = knowledge.library
    shown, blank = io.StringIO(), io.StringIO()
    write_questions(library, language, shown, width=WIDE)
    write_blank_answers(library, language, blank)

    # Each question stands under its id, each option beside its own: so they are written in an answers file.
    ids = {*library.questions, *(option for q in library.questions.values() for option in q.option_ids)}
    assert [] == _stray(shown.getvalue(), language, ids)
    unanswered = {f"{question}: {UNKNOWN}" for question in library.questions}
    assert [] == _stray(blank.getvalue(), language, ANSWERS_FILE | unanswered | _how_to_answer(library, language))


@pytest.mark.usefixtures("said")
@pytest.mark.parametrize("language", LANGUAGES)
def test_what_a_contradiction_says_is_in_the_language_asked_for(language: Language, knowledge: Knowledge) -> None:
    answers = {"counterparts": [], "initiator": "province"}

    with pytest.raises(ContradictionError) as refused:
        CaseReader(knowledge.library, knowledge.rulebase).data({"answers": answers})

    # A finding names its file and the questions by their ids, as the file does.
    assert [] == _stray(refused.value.in_language(language), language, {"answers:", "counterparts"})


# -- the interview, line by line ----------------------------------------------------------------------------


def _interview(knowledge: Knowledge, session: Session) -> Interview:
    return Interview(Interviewer(knowledge), session, NAME, lambda saved: None)


def _talk(knowledge: Knowledge, lines: Iterable[str], session: Session, language: Language) -> str:
    """Return what the interview writes while these lines are typed."""
    target, source = io.StringIO(), io.StringIO("".join(f"{line}\n" for line in lines))
    interview = _interview(knowledge, session)
    PlainInterview(interview, Wording(knowledge.library, language), source, target).run()
    return target.getvalue()


def _all_unknown(knowledge: Knowledge) -> Session:
    """Return a session in which every question was answered "tidak tahu": nothing is left to ask."""
    return Session(DAY, dict.fromkeys(knowledge.library.questions, UNKNOWN))


def _finished(knowledge: Knowledge, name: str) -> Session:
    """Return a session with the answers of a case and "tidak tahu" for the rest."""
    case = knowledge.library.cases[name]
    answers = CaseReader(knowledge.library, knowledge.rulebase).data({"answers": _answers(case)}).answers
    return Session(case.as_of, {**dict.fromkeys(knowledge.library.questions, UNKNOWN), **answers})


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_command_of_the_plain_interview_answers_in_words_of_a_catalogue(
    language: Language, said: _Said, knowledge: Knowledge
) -> None:
    days = ["hari", "hari 13", "hari 1999-01-01", "hari 2013-06-01"]
    lines = [
        "kembali",
        "jawaban",
        "99",
        _pseudo("a", language),
        "kosong",
        *days,
        "mengapa",
        "bantuan",
        "simpan 2024",
    ]

    text = _talk(knowledge, [*lines, "keluar"], Session(DAY), language)

    assert [] == _stray(text, language)
    assert {
        "interview.welcome", "interview.words", "interview.progress", "interview.option", "interview.several",
        "interview.prompt", "interview.first", "interview.answers_none", "interview.not_understood",
        "interview.ambiguous", "interview.never", "interview.day_hint", "interview.not_a_day",
        "answers.not_covered", "interview.day_now", "interview.why", "interview.saved",
    } <= said.keys_said  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_changed_and_contradicting_answers_are_spoken_of_in_words_of_a_catalogue(
    language: Language, said: _Said, knowledge: Knowledge
) -> None:
    lines = ["1,2", "1", "jawaban", "jawaban 1", "999999", "", "jawaban 2", "1,2,3", "keluar"]

    text = _talk(knowledge, lines, Session(DAY, {"region_count": 2}), language)

    assert [] == _stray(text, language)
    assert {
        "interview.contradicts", "interview.dropped", "interview.answers_hint", "interview.number",
        "interview.number_wanted", "interview.now", "interview.one",
    } <= said.keys_said  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_question_is_asked_and_explained_in_words_of_a_catalogue(
    language: Language, said: _Said, knowledge: Knowledge
) -> None:
    session = _all_unknown(knowledge)
    looks = [[f"jawaban {number}", "bantuan", "mengapa", ""] for number in range(1, len(session.given) + 1)]

    text = _talk(knowledge, [line for look in looks for line in look], session, language)

    assert [] == _stray(text, language)
    assert all(question.text.in_language(language) in text for question in knowledge.library.questions.values())
    assert {"interview.stop_headline", "interview.why_settled", "interview.unknown"} <= said.keys_said


@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_stop_line_and_the_diagnosis_are_said_in_words_of_a_catalogue(
    name: str, language: Language, said: _Said, knowledge: Knowledge
) -> None:
    text = _talk(knowledge, ["13", "jawaban", "saran", "ya"], _finished(knowledge, name), language)

    assert [] == _stray(text, language, _in_a_report(knowledge, language))
    assert {
        "interview.stop_headline", "interview.go_on", "interview.not_now", "interview.stop_done",
        "interview.summary",
    } <= said.keys_said  # fmt: skip


# -- the interview on the whole screen ----------------------------------------------------------------------


class _Screen:
    """The interview on the whole screen; after every key there is a look at what it shows."""

    def __init__(self, driver: Driver, language: Language) -> None:
        self.driver = driver
        self.language = language
        self.allowed = {MARKED}
        self.look()

    def look(self) -> None:
        """Fail where something is shown that is not in a catalogue."""
        assert [] == _stray(self.driver.text, self.language, self.allowed)

    def press(self, *keys: str) -> None:
        """Press keys: names of keys, or characters."""
        for key in keys:
            self.driver.press(key)
            self.look()


@pytest.fixture
def on_screen(knowledge: Knowledge) -> Iterator[Callable[..., _Screen]]:
    """Shows interviews on screens of many columns, and of so many rows that there is room for everything."""
    with ExitStack() as open_screens:

        def show(session: Session, language: Language, rows: int = 200) -> _Screen:
            interview, wording = _interview(knowledge, session), Wording(knowledge.library, language)

            def make(source: Input, target: Output) -> Shell:
                return Shell(lambda host: InterviewScreen(host, interview, wording), wording.say, source, target)

            return _Screen(open_screens.enter_context(driven(make, 400, rows)), language)

        yield show


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_question_its_reasons_and_its_filter_are_shown_in_words_of_a_catalogue(
    language: Language, said: _Said, on_screen: Callable[..., _Screen]
) -> None:
    screen = on_screen(Session(DAY), language)

    screen.press("f1", "f1", "?", "escape", "left", "f2", "escape", _pseudo("a", language), "escape")
    screen.press("space", "down", "space", "enter", "f2", "enter", "left", "?", "escape")

    assert {
        "interview.title", "interview.progress", "interview.filter", "interview.first", "interview.answers_none",
        "interview.why", "interview.why_settled", "interview.unknown_option", "report.given_answers",
        "interview.keys.question", "interview.keys.pager", "interview.keys.list",
    } <= said.keys_said  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_low_screen_counts_in_words_of_a_catalogue(
    language: Language, said: _Said, on_screen: Callable[..., _Screen]
) -> None:
    on_screen(Session(DAY), language, rows=16)

    assert "interview.outcomes" in said.keys_said


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_number_and_refused_answers_are_shown_in_words_of_a_catalogue(
    language: Language, said: _Said, on_screen: Callable[..., _Screen]
) -> None:
    screen = on_screen(Session(DAY, {"region_count": 2}), language)

    screen.press("space", "down", "space", "enter")
    screen.press(
        "space", "enter", "f2", "up", "enter", *"999999", "enter", "down", "up", *6 * ["backspace"], "enter"
    )
    screen.press("f1", "left", "f2", "enter")
    screen.press("down", "space", "down", "space", "enter")

    assert {
        "interview.contradicts", "interview.dropped", "interview.number", "interview.choose_first",
        "interview.number_wanted",
    } <= said.keys_said  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_fields_for_a_title_and_a_day_are_shown_in_words_of_a_catalogue(
    language: Language, said: _Said, on_screen: Callable[..., _Screen]
) -> None:
    screen = on_screen(Session(DAY), language)

    screen.press("f5", *"2024", "enter")
    screen.press("f6", *10 * ["backspace"], *"1999-01-01", *10 * ["backspace"], *"2013-06-01", "enter")

    assert {
        "interview.title_wanted", "interview.saved", "interview.day_wanted", "interview.not_a_day",
        "answers.not_covered", "interview.day_now", "interview.keys.field",
    } <= said.keys_said  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_stop_line_and_what_can_be_done_there_are_shown_in_words_of_a_catalogue(
    language: Language,
    said: _Said,
    on_screen: Callable[..., _Screen],
    knowledge: Knowledge,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    screen = on_screen(_finished(knowledge, "kartamantul"), language)
    # The file that is proposed, also while it is erased, and what the system says where there is no such folder.
    name = f"{NAME}.yaml"
    screen.allowed |= {name, *(name[:end] for end in range(len(NAME), len(name))), os.strerror(errno.ENOENT)}

    screen.press("3", "enter", "escape", "4", "enter", "enter", "4", "enter", "escape")
    screen.press("4", "enter", *len(name) * ["backspace"], *"9/9", "enter", "1", "enter")

    assert (tmp_path / name).exists()
    assert {
        "interview.stop_headline", "interview.do.go_on", "interview.do.quit", "interview.file_wanted",
        "interview.answers_written", "interview.file_exists", "cli.cannot_write", "interview.stop_done",
        "interview.unknown",
    } <= said.keys_said  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_advice_is_shown_over_the_interview_in_words_of_a_catalogue(
    language: Language, said: _Said, on_screen: Callable[..., _Screen], knowledge: Knowledge
) -> None:
    screen = on_screen(_finished(knowledge, "kartamantul"), language)
    screen.allowed |= _in_a_report(knowledge, language)

    screen.press("f3")
    for _ in ("all of it", "how one conclusion comes about"):
        screen.press("enter")
        waiting = screen.driver.text
        screen.driver.wait(lambda text, waiting=waiting: text != waiting)
        screen.look()
        screen.press("escape", "down")

    assert {"interview.working", "report.title", "explain.how_title", "explain.steps"} <= said.keys_said


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_that_cannot_be_worked_out_says_so_in_words_of_a_catalogue(
    language: Language, said: _Said, on_screen: Callable[..., _Screen], monkeypatch: pytest.MonkeyPatch
) -> None:
    screen = on_screen(Session(DAY), language)
    # What went wrong is said as Python says it.
    screen.allowed |= {"ZeroDivisionError"}

    def broken(interviewer: Interviewer, session: Session) -> None:
        raise ZeroDivisionError("9")

    monkeypatch.setattr(Interviewer, "case", broken)

    screen.press("f3", "enter")
    screen.driver.wait(lambda text: "ZeroDivisionError" in text)
    screen.look()
    screen.press("escape", "escape")

    assert "interview.failed" in said.keys_said


# -- commands -----------------------------------------------------------------------------------------------


def _parsers() -> dict[str, argparse.ArgumentParser]:
    """Return the parser of each command; "" stands for the words before it."""
    whole = command_line.build_parser("id")
    (commands,) = (action for action in whole._actions if isinstance(action, argparse._SubParsersAction))
    return {"": whole, **commands.choices}


def _command_words() -> set[str]:
    """The words of which commands are made, as they are typed; they are the same in every language."""
    # The word with which a line of usage begins everywhere, and the program.
    found = {"usage:", "advisor"}
    for action in (action for parser in _parsers().values() for action in parser._actions):
        found |= {*action.option_strings, *map(str, action.choices or ())}
        # FILE, DIR: what stands in a line of usage for a word of the person.
        if isinstance(action.metavar, str) and re.fullmatch(r"[A-Z]+([.=]\w+)?", action.metavar):
            found.add(action.metavar)
    return found


@pytest.fixture
def loaded(knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let commands use the knowledge that is loaded already."""
    for module in (common, batch_lines):
        monkeypatch.setattr(module, "kept_knowledge", lambda kbase, rules: knowledge)


@pytest.mark.usefixtures("said")
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("command", _parsers())
def test_help_is_given_in_words_of_a_catalogue(
    command: str, language: Language, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        cli.main([*command.split(), "--help", "--lang", language])

    assert [] == _stray(capsys.readouterr().out, language, _command_words())


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
    words: list[str], key: str, language: Language, said: _Said, capsys: pytest.CaptureFixture[str]
) -> None:
    assert common.UNUSABLE == cli.main([*words[:1], f"--lang={language}", *words[1:]])

    assert [] == _stray(capsys.readouterr().err, language, _command_words())
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
        (["advise", "9"], "file.unreadable", (os.strerror(errno.ENOENT),)),
        (["batch", "1", "-o", "9/9"], "cli.cannot_write", (os.strerror(errno.ENOENT),)),
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
    said: _Said,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("1").write_text("{}\n", "utf-8")
    Path("2").write_text('{"answers": {"9": 1}}\n', "utf-8")

    cli.main([*words, "--lang", language])

    assert [] == _stray(capsys.readouterr().err, language, allowed)
    assert key in said.keys_said


@pytest.mark.usefixtures("loaded")
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_bad_line_of_a_batch_is_explained_in_words_of_a_catalogue(
    language: Language, said: _Said, knowledge: Knowledge
) -> None:
    (line,) = run_batch([b" "], BatchOptions(language=language, name="9"))

    assert [] == _stray(json.loads(line.text)["error"], language)
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
    language: Language, said: _Said, store: SessionStore, capsys: pytest.CaptureFixture[str]
) -> None:
    list_sessions(language, store)
    store.save(_saved(Session(DAY, {"region_count": 2})))
    list_sessions(language, store)

    assert [] == _stray(capsys.readouterr().out, language)
    assert {
        "interview.no_sessions", "interview.sessions", "interview.session_line", "interview.untitled",
    } <= said.keys_said  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_session_of_other_knowledge_is_resumed_in_words_of_a_catalogue(
    language: Language,
    said: _Said,
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
    assert [] == _stray(capsys.readouterr().out, language, {"moon_phase", str(file)})
    assert {"interview.gone", "interview.new", "interview.saved", "interview.answers_written"} <= said.keys_said


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("name", "key"), [(NAME, "session.in_use"), ("9", "session.missing"), ("/", "session.bad_name")]
)
def test_a_session_that_cannot_be_had_is_refused_in_words_of_a_catalogue(
    name: str, key: str, language: Language, said: _Said, store: SessionStore, knowledge: Knowledge
) -> None:
    store.save(_saved(Session(DAY)))

    with store.held(NAME), pytest.raises(AnswersError) as refused:
        run_interview(knowledge, language, resume=name, store=store)

    # Before the sentence stands the place: the name of a file.
    assert [] == _stray(" ".join(problem.sentence(language) for problem in refused.value.problems), language)
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
    write_results(knowledge.library, results, language, stream, WIDE)
    return stream.getvalue()


@pytest.mark.parametrize("language", LANGUAGES)
def test_results_of_scenarios_are_told_in_words_of_a_catalogue(
    language: Language, said: _Said, knowledge: Knowledge, tmp_path: Path
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
    assert [] == _stray(told, language, ids)
    assert {
        "scenario.failed_line", "scenario.waiting_line", "scenario.summary", "scenario.fired", "scenario.open",
        "scenario.inadmissible", "scenario.must_not", "scenario.not_refused", "scenario.refused_otherwise",
    } <= said.keys_said  # fmt: skip
