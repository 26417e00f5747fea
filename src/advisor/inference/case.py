"""A case: the day on which the agreement is to be signed, and the answers that are known."""

from __future__ import annotations

import re
import reprlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from advisor.inference.domain import Answer, Code, Domain
from advisor.inference.formula import TRUE, Atom, atoms, resolved
from advisor.inference.rulebase import RuleBase
from advisor.knowledge.document import Document, Key, parse_document, read_document
from advisor.knowledge.library import Library
from advisor.knowledge.question import Question
from advisor.problem import AnswersError, ContradictionError, InputError, Place, Problem, nearest
from advisor.read_only import ReadOnly

UNKNOWN = "unknown"
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
KEYS = ("as_of", "title", "id", "parties", "notes", "answers")
PARTY_KEYS = ("name", "kind", "signatory", "office")
UNKNOWN_WORDS = (UNKNOWN, "tidak tahu")
YES_NO = {"yes": "yes", "no": "no", "ya": "yes", "tidak": "no"}


@dataclass(frozen=True, slots=True)
class Party:
    """A party as the answers file names it; "" where something is not said. It changes no conclusion."""

    name: str = ""
    kind: str = ""
    signatory: str = ""
    office: str = ""


@dataclass(frozen=True)
class Case(ReadOnly):
    """Known answers, in the order of the questions; what is not here is unknown.

    `parties` and `notes` (a text on the answer to a question) are handed through: they change no conclusion.
    """

    as_of: date
    answers: Mapping[str, Answer]
    codes: Mapping[str, Code]
    title: str = ""
    id: str | int | None = None
    parties: tuple[Party, ...] = ()
    notes: Mapping[str, str] = field(default_factory=dict)


class CaseReader:
    """Reads answers files for a knowledge base."""

    def __init__(self, library: Library, rulebase: RuleBase) -> None:
        self.covered_from = library.manifest.covered_from
        self.own_day_where = library.manifest.own_day_where or {}
        self.exclusions = rulebase.exclusions
        self.domains: dict[str, Domain] = {domain.id: domain for domain in rulebase.domains}

    def file(self, path: Path, as_of: date | None = None) -> Case:
        """Read an answers file; `as_of` replaces its day. Raises `AnswersError` with every finding."""
        return self._read(lambda: read_document(path), as_of)

    def text(self, raw: bytes, name: str, as_of: date | None = None) -> Case:
        """Read the content of an answers file; `name` is what messages call it. Raises `AnswersError`."""
        return self._read(lambda: parse_document(raw, Path(name)), as_of)

    def _read(self, read: Callable[[], Document], as_of: date | None) -> Case:
        try:
            document = read()
        except InputError as error:
            raise AnswersError(error.problems) from error
        return self.document(document, as_of)

    def data(self, data: Any, name: str = "answers", as_of: date | None = None) -> Case:
        """Read plain data of the shape of an answers file. Raises `AnswersError`."""
        return self.document(Document(Path(name), data, {}), as_of)

    def document(self, document: Document, as_of: date | None = None) -> Case:
        """Read a document of the shape of an answers file. Raises `AnswersError`."""
        data = document.data
        if data is None:
            raise AnswersError([document.problem((), "answers.empty")])
        if not isinstance(data, dict):
            raise AnswersError([document.problem((), "answers.not_mapping")])
        problems = [
            document.problem((key, "#key"), "key.unknown", name=str(key), near=nearest(str(key), KEYS))
            for key in data
            if key not in KEYS
        ]
        title = _label(data.get("title"), "title", document, problems)
        name = _label(data.get("id"), "id", document, problems)
        given = data.get("answers", {})
        if given is None:
            given = {}
        if not isinstance(given, dict):
            problems.append(document.problem(("answers",), "answers.not_mapping"))
            given = {}
        answers = self._answers(given, document, problems)
        parties = _parties(data.get("parties"), document, problems)
        notes = self._notes(data.get("notes"), document, problems)
        day = as_of or self._day(data.get("as_of"), answers, document, problems)
        if day is not None and day < self.covered_from:
            told = {"day": day.isoformat(), "first": self.covered_from.isoformat()}
            problems.append(document.problem(("as_of",), "answers.not_covered", **told))
        if problems or day is None:
            raise AnswersError(problems)
        codes = {name: self.domains[name].encode(answer) for name, answer in answers.items()}
        self._refuse_contradictions(codes, document)
        return Case(day, answers, codes, str(title or ""), name, parties, notes)

    def _day(
        self, given: object, answers: Mapping[str, Answer], document: Document, problems: list[Problem]
    ) -> date | None:
        if given is not None:
            return _day(given, document, problems)
        for question, option in self.own_day_where.items():
            if answers.get(question) == option:
                told = {"question": question, "option": option}
                problems.append(document.problem(("answers", question), "answers.own_day", **told))
                return None
        return date.today()

    def _notes(self, given: object, document: Document, problems: list[Problem]) -> dict[str, str]:
        if given is None:
            return {}
        if not isinstance(given, dict):
            problems.append(document.problem(("notes",), "answers.notes"))
            return {}
        for name, text in given.items():
            if name not in self.domains:
                near = nearest(str(name), self.domains)
                key: Key = ("notes", name, "#key")
                problems.append(document.problem(key, "answers.unknown_question", name=str(name), near=near))
            elif not isinstance(text, str):
                problems.append(document.problem(("notes", name), "answers.note", name=name, given=_shown(text)))
        return {name: given[name].strip() for name in self.domains if isinstance(given.get(name), str)}

    def _answers(self, given: Mapping[str, Any], document: Document, problems: list[Problem]) -> dict[str, Answer]:
        found: dict[str, Answer] = {}
        for name, value in given.items():
            key: Key = ("answers", name)
            domain = self.domains.get(name)
            if domain is None:
                near = nearest(str(name), self.domains)
                problems.append(
                    document.problem((*key, "#key"), "answers.unknown_question", name=str(name), near=near)
                )
                continue
            if value is None or (isinstance(value, str) and value.lower() in UNKNOWN_WORDS):
                continue
            answer = _Check(domain.question, document, key, problems).answer(value)
            if answer is not None:
                found[name] = answer
        return {name: found[name] for name in self.domains if name in found}

    def _refuse_contradictions(self, codes: Mapping[str, Code], document: Document) -> None:
        def known(atom: Atom) -> bool | None:
            return self.domains[atom[0]].has(codes[atom[0]], atom[1]) if atom[0] in codes else None

        problems: list[Problem] = []
        questions: list[str] = []
        for exclusion in self.exclusions:
            if resolved(exclusion.formula, known) == TRUE:
                involved = list(dict.fromkeys(atom[0] for atom in atoms(exclusion.formula)))
                place = max((document.place(("answers", name)) for name in involved), default=Place("answers"))
                values = {
                    "questions": ", ".join(involved),
                    "id": exclusion.shape.message.id,
                    "en": exclusion.shape.message.en,
                }
                problems.append(Problem(place, "answers.contradiction", values))
                questions += involved
        if problems:
            raise ContradictionError(_strongest(problems), questions)


def _label(value: Any, key: str, document: Document, problems: list[Problem]) -> str | int | None:
    """Return a name that is only handed through: a word or a number."""
    if value is None or (isinstance(value, (str, int)) and not isinstance(value, bool)):
        return value
    problems.append(document.problem((key,), "answers.not_a_label", name=key, given=_shown(value)))
    return None


def _parties(given: object, document: Document, problems: list[Problem]) -> tuple[Party, ...]:
    """Return the named parties; what is wrong with them is noted in `problems`."""
    if given is None:
        return ()
    if not isinstance(given, list) or not all(isinstance(party, dict) for party in given):
        problems.append(document.problem(("parties",), "answers.parties", keys=", ".join(PARTY_KEYS)))
        return ()
    for index, party in enumerate(given):
        for key, text in party.items():
            place: Key = ("parties", index, key)
            if key not in PARTY_KEYS:
                near = nearest(str(key), PARTY_KEYS)
                problems.append(document.problem((*place, "#key"), "key.unknown", name=str(key), near=near))
            elif not isinstance(text, str):
                problems.append(document.problem(place, "answers.not_a_label", name=key, given=_shown(text)))
    return tuple(
        Party(**{key: text.strip() for key, text in party.items() if key in PARTY_KEYS and isinstance(text, str)})
        for party in given
    )


def _strongest(problems: Iterable[Problem]) -> list[Problem]:
    """Of the messages about the same questions keep the last, which asks for most."""
    kept: dict[str, Problem] = {}
    for problem in problems:
        kept[problem.values["questions"]] = problem
    return list(kept.values())


def written_day(text: str) -> date | None:
    """Return the day that a text names in the form YYYY-MM-DD; None where it names none."""
    try:
        return date.fromisoformat(text) if DAY.fullmatch(text) else None
    except ValueError:
        return None


def _day(value: object, document: Document, problems: list[Problem]) -> date | None:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    day = written_day(value) if isinstance(value, str) else None
    if day is not None:
        return day
    problems.append(document.problem(("as_of",), "answers.not_a_day", given=_shown(value)))
    return None


@dataclass(frozen=True)
class _Check:
    """Checks one value against its question."""

    question: Question
    document: Document
    key: Key
    problems: list[Problem]

    def answer(self, value: Any) -> Answer | None:
        match self.question.type:
            case "choice":
                return self._word(value, self.key, "answers.one_option")
            case "yes_no":
                if isinstance(value, bool):
                    return "yes" if value else "no"
                word = YES_NO.get(value.lower()) if isinstance(value, str) else None
                return word or self._word(value, self.key, "answers.yes_or_no")
            case "number":
                return self._number(value)
            case _:
                return self._list(value)

    def _number(self, value: Any) -> int | None:
        low, high = self.question.bounds
        if isinstance(value, int) and not isinstance(value, bool) and low <= value <= high:
            return value
        quoted = isinstance(value, str) and value.strip().isdigit()
        key = "answers.number_quoted" if quoted else "answers.number"
        self._problem(self.key, key, value, low=str(low), high=str(high))
        return None

    def _list(self, value: Any) -> tuple[str, ...] | None:
        if not isinstance(value, list):
            self._problem(self.key, "answers.list", value, options=self._options)
            return None
        chosen: set[str] = set()
        whole = True
        for index, item in enumerate(value):
            option = self._word(item, (*self.key, index), "answers.one_option")
            whole = whole and option is not None
            chosen.add(option or "")
        return tuple(o for o in self.question.option_ids if o in chosen) if whole else None

    def _word(self, value: Any, key: Key, expected: str) -> str | None:
        if isinstance(value, str) and value in self.question.option_ids:
            return value
        if isinstance(value, str) and value.lower() in UNKNOWN_WORDS:
            self._problem(key, "answers.unknown_in_list", value)
        elif isinstance(value, str) and expected == "answers.one_option":
            near = nearest(value, self.question.option_ids)
            self._problem(key, "answers.unknown_option", value, near=near, options=self._options)
        else:
            self._problem(key, expected, value, options=self._options)
        return None

    @property
    def _options(self) -> str:
        return ", ".join(self.question.option_ids)

    def _problem(self, key: Key, message: str, value: Any, **more: str) -> None:
        told = {"name": self.question.id, "given": _shown(value), **more}
        self.problems.append(self.document.problem(key, message, **told))


def _shown(value: Any) -> str:
    """Return a value as its author may have written it, cut to a length that fits a message."""
    if value is None or isinstance(value, bool):
        return {None: "null", True: "yes", False: "no"}[value]
    if isinstance(value, (str, date)):
        text = str(value)
    else:
        try:
            text = reprlib.repr(value)
        except (ValueError, RecursionError):
            text = type(value).__name__
    return text if len(text) <= 40 else text[:37] + "..."
