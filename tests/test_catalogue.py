"""The catalogues: complete in both languages, and every key that the code names is there and used."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import get_args, get_type_hints

import pytest

from advisor import catalogue, command_line
from advisor.explain.form_comparison import Aspect
from advisor.explain.infeasibility import BarrierKind
from advisor.explain.why_not import Verdict
from advisor.knowledge.case import RegistryEntry
from advisor.knowledge.instrument import Status
from advisor.knowledge.question import Control
from advisor.knowledge.shape import Authority, Provenance
from advisor.knowledge.timetable import JointLeave
from advisor.knowledge_base import Knowledge
from advisor.papers.document import State
from advisor.reasoning.competition import CandidateKind
from advisor.report.advice_formats import ENDINGS
from advisor.report.case_report import FINDINGS, LISTS
from advisor.system_error import KNOWN
from advisor.template import places
from advisor.text import LANGUAGES, Language, Text
from advisor.timetable.timetable import StartReason
from advisor.verify.coverage.coverage import ShareName
from advisor.verify.difference.content import Kind as ChangedKind
from advisor.verify.mutation.mutant import MutantKind
from pseudo import CATALOGUE, Said, stray

SOURCE = Path(catalogue.__file__).parents[1]


def test_a_text_of_the_code_is_found_and_one_of_the_catalogue_is_not(said: Said) -> None:
    given = {"given": "99"}

    assert [] == stray(catalogue.say("interview.not_understood", "id", **given), "id")
    assert [] == stray(Text(id=catalogue.say("report.and", "id"), en="").in_language("id"), "id")
    assert ["Jawaban"] == stray("Jawaban: 99", "id")
    assert ["Jawaban"] == stray(Text(id="Jawaban", en="Answer").in_language("id"), "id")
    assert stray(catalogue.say("interview.not_understood", "en", **given), "id")


# -- the catalogue itself -----------------------------------------------------------------------------------

SAME = {
    "draft.written": "the name of a file and of what stands in it",
    "answers.not_understood": "the id of a question and a reason",
    "interview.option": "a number and a label",
    "interview.summary": "the name of a conclusion and its value",
    "interview.taken": "the name of a question and its answer",
    "report.page.risk": "a risk and its remedy",
    "report.page.step": "a step and who takes it",
    "report.number": "No. stands for number in both languages",
    "report.to_fill": "no word: a place to fill in",
    "memo.meaning": "a conclusion, its value and what it means",
    "memo.signed.at": "no word: places to fill in",
    "memo.nip": "the number of an official is called NIP in both languages",
    "relation.is": "the name of a question and its answer",
    "cli.bad_value": "an option and a reason",
    "explain.from_to": "a name and what it was and is",
    "explain.left_out_value": "a value and the answers behind it",
    "steps.due": "a day, what is due and who does it",
    "steps.with_length": "the name of a step and how long it takes",
    "day.4": "April is April in both languages",
    "day.9": "September is September in both languages",
    "day.11": "November is November in both languages",
}
"""Texts that are the same in both languages, and why."""

REASONS = {
    "answers.not_understood": "a text of reading.",
    "batch.not_json": "a text of json.",
    "cli.bad_value": "the text of cli.not_a_day or the like",
    "cli.cannot_write": "a text of system.",
    "cli.system": "a text of system.",
    "cli.system_file": "a text of system.",
    "cli.usage_error": "the text of cli.required or the like",
    "file.unreadable": "a text of system.",
    "folder.unreadable": "a text of system.",
    "interview.failed": "Python says what went wrong in the program",
    "interview.session_unreadable": "the text of a finding",
    "interview.lost": "a text of system.",
    "interview.not_deleted": "a text of system.",
    "interview.unkept": "a text of system.",
    "interview.welcome_unkept": "a text of system.",
    "session.unreadable": "a text of system. or json., or session.other_shape",
}
"""Texts in which the reason of something stands, and where that comes from."""

LIBRARIES = {
    "cli.other": "argparse",
    "json.other": "the reader of JSON",
    "system.other": "the operating system",
    "value.shape": "pydantic",
    "yaml.syntax": "the parser of YAML",
}
"""Texts that quote what a library says where there is no text for that, and whose words they are."""


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
    named = {key: {language: places(text) for language, text in texts.items()} for key, texts in CATALOGUE.items()}
    # A text that is handed over in both languages is filled in where its language is named.
    own = named.pop("answers.contradiction")

    assert {"id": {"questions", "id"}, "en": {"questions", "en"}} == own
    assert [] == [key for key, found in named.items() if found["id"] != found["en"]]


def test_a_text_is_the_same_in_both_languages_only_for_a_reason() -> None:
    assert set(SAME) == {key for key, texts in CATALOGUE.items() if texts["id"] == texts["en"]}


def test_it_is_known_of_every_reason_where_it_comes_from() -> None:
    assert set(REASONS) == {key for key, texts in CATALOGUE.items() if "reason" in places(texts["id"])}


def test_the_words_of_a_library_stand_behind_ours_in_quotation_marks() -> None:
    quoting = {key: texts for key, texts in CATALOGUE.items() if "said" in places(texts["id"])}

    assert set(LIBRARIES) == set(quoting)
    assert all(text.endswith(' "{said}"') for texts in quoting.values() for text in texts.values())


SAME_IN_KNOWLEDGE = {
    "Permendagri 69/2007": "the short name of a regulation",
    "Permendagri 3/2008": "the short name of a regulation",
    "Permendagri 22/2009": "the short name of a regulation",
    "Permendagri 23/2009": "the short name of a regulation",
    "Permendagri 22/2020": "the short name of a regulation",
    "Permendagri 25/2020": "the short name of a regulation",
    "Perpu 2/2022": "the short name of a regulation in lieu of a law",
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
SAYING = {"say", "text_of", "_say", "_read", "Problem", "problem", "_problem", "_known", "_word"}
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
        "paper.page.": ("before", "between"),
        "teach.": (*get_args(Authority), *get_args(CandidateKind)),
        "interview.advice_as.": ENDINGS,
        "explain.verdict.": get_args(Verdict),
        "explain.barrier.": get_args(BarrierKind),
        "explain.duel.": (*get_args(Aspect), "yes", "no", "unknown", "not_asked"),
        "explain.reach_group.": ("controllable", "given"),
        "explain.control.": get_args(Control),
        "mutation.": get_args(MutantKind),
        "coverage.": get_args(ShareName),
        "difference.kind.": get_args(ChangedKind),
        "steps.start.": get_args(StartReason),
        "steps.note.joint.": get_args(JointLeave),
        "steps.column.": ("number", "step", "begins", "latest", "waits", "by", "since", "period"),
        "paper.mark.": get_args(State),
        "system.": KNOWN,
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
