"""A case: the day on which the agreement is to be signed, and the answers that are known."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

from advisor.catalogue import text_of
from advisor.inference.domain import Code, Domain
from advisor.inference.formula import TRUE, Atom, atoms, resolved
from advisor.inference.rulebase import RuleBase
from advisor.knowledge.document import Document, Key, parse_document, read_document
from advisor.knowledge.library import Library
from advisor.knowledge.question import Question
from advisor.knowledge.spelling import shown
from advisor.problem import (
    MOST_FINDINGS,
    AnswersError,
    ContradictionError,
    InputError,
    Place,
    Problem,
    nearest,
)
from advisor.read_only import ReadOnly
from advisor.text import Text
from advisor.understanding.answer import choices_of, is_unknown, read_answer
from advisor.understanding.day import read_day
from advisor.understanding.question import read_question
from advisor.understanding.reading import UNKNOWN, Ambiguous, Answer, Choice, Meant, NotUnderstood, Reading, listed

KEYS = ("as_of", "title", "id", "parties", "notes", "answers")
PARTY_KEYS = ("name", "kind", "signatory", "office")

EXPECTED: Final = {
    "yes_no": "answers.yes_or_no",
    "number": "answers.number",
    "choices": "answers.list",
    "choice": "answers.one_option",
}
"""What is said of an answer that is no word, by the type of the question."""


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
    `assumed_day` says that nobody named the day: it is that on which the case was read.
    """

    as_of: date
    answers: Mapping[str, Answer]
    codes: Mapping[str, Code]
    title: str = ""
    id: str | int | None = None
    parties: tuple[Party, ...] = ()
    notes: Mapping[str, str] = field(default_factory=dict)
    assumed_day: bool = field(default=False, compare=False)


class _Findings(list[Problem]):
    """What is wrong with an answers file; reading it ends where that is more than anybody mends."""

    def append(self, problem: Problem) -> None:
        """Note one finding more. Raises `AnswersError` where no more are looked for."""
        super().append(problem)
        if len(self) >= MOST_FINDINGS:
            raise AnswersError(self)


class CaseReader:
    """Reads answers files for a knowledge base."""

    def __init__(self, library: Library, rulebase: RuleBase) -> None:
        self.covered_from = library.manifest.covered_from
        self.own_day_where = library.manifest.own_day_where or {}
        self.exclusions = rulebase.exclusions
        self.domains: dict[str, Domain] = {domain.id: domain for domain in rulebase.domains}
        self._questions = tuple(domain.question for domain in rulebase.domains)

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
        problems = _Findings()
        for key in data:
            if key not in KEYS:
                near = nearest(str(key), KEYS)
                problems.append(document.problem((key, "#key"), "key.unknown", name=str(key), near=near))
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
        assumed = as_of is None and data.get("as_of") is None
        return Case(day, answers, codes, str(title or ""), name, parties, notes, assumed)

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
        notes: dict[str, str] = {}
        for written, text in given.items():
            name = self._question(written, ("notes", written), document, problems)
            if name is not None and not isinstance(text, str):
                told = {"name": name, "given": _shown(text)}
                problems.append(document.problem(("notes", written), "answers.note", **told))
            elif name is not None:
                notes[name] = text.strip()
        return {name: notes[name] for name in self.domains if name in notes}

    def question(self, written: str, place: Place) -> str | Problem:
        """Return the id of the question that a text names, or what is wrong with it, told of `place`."""
        if written in self.domains:
            return written
        reading = read_question(written, self._questions)
        if isinstance(reading, Meant):
            return str(reading.answer)
        told = {"name": _shown(written), "near": nearest(written, self.domains)}
        if isinstance(reading, Ambiguous):
            shorts = {name: self.domains[name].question.short for name in reading.candidates}
            return Problem(place, "answers.which_question", told, {"options": listed(shorts)})
        return Problem(place, "answers.unknown_question", told)

    def _question(self, written: object, key: Key, document: Document, problems: list[Problem]) -> str | None:
        found = self.question(str(written), document.place((*key, "#key")))
        if isinstance(found, str):
            return found
        problems.append(found)
        return None

    def _answers(self, given: Mapping[str, Any], document: Document, problems: list[Problem]) -> dict[str, Answer]:
        found: dict[str, Answer] = {}
        named: dict[str, str] = {}
        for written, value in given.items():
            key: Key = ("answers", written)
            name = self._question(written, key, document, problems)
            if name is None:
                continue
            if name in named:
                told = {"name": name, "first": named[name], "second": str(written)}
                problems.append(document.problem((*key, "#key"), "answers.twice", **told))
                continue
            named[name] = str(written)
            answer = _Check(self.domains[name].question, document, key, problems).answer(value)
            if answer is not None and answer != UNKNOWN:
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
                problems.append(document.problem(place, "answers.not_a_text", name=key, given=_shown(text)))
    return tuple(
        Party(
            **{key: known_text(text) for key, text in party.items() if key in PARTY_KEYS and isinstance(text, str)}
        )
        for party in given
    )


def known_text(text: str) -> str:
    """Return what is said of a party; "" where that is nothing, or that it is not known."""
    return "" if is_unknown(text) or not any(letter.isalnum() for letter in text) else text.strip()


def _strongest(problems: Iterable[Problem]) -> list[Problem]:
    """Of the messages about the same questions keep the last, which asks for most."""
    kept: dict[str, Problem] = {}
    for problem in problems:
        kept[problem.values["questions"]] = problem
    return list(kept.values())


def _day(value: object, document: Document, problems: list[Problem]) -> date | None:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    day = read_day(value) if isinstance(value, str) else None
    if day is not None:
        return day
    problems.append(document.problem(("as_of",), "answers.not_a_day", given=_shown(value)))
    return None


@dataclass(frozen=True)
class _Check:
    """Reads one value of a file as the answer to its question."""

    question: Question
    document: Document
    key: Key
    problems: list[Problem]

    def answer(self, value: Any) -> Answer | None:
        """Return the answer, `unknown` included; None, with what is wrong in `problems`, where there is none."""
        if value is None:
            return UNKNOWN
        if isinstance(value, str):
            return self._read(value, read_answer(value, self.question), self.key)
        match self.question.type:
            case "yes_no" if isinstance(value, bool):
                return "yes" if value else "no"
            case "number" if isinstance(value, int) and not isinstance(value, bool):
                return self._read(str(value), read_answer(str(value), self.question), self.key)
            case "choices" if isinstance(value, list):
                return self._list(value)
        self._problem(self.key, EXPECTED[self.question.type], value)
        return None

    def _list(self, value: list[Any]) -> tuple[str, ...] | None:
        chosen: set[str] = set()
        whole = True
        for index, item in enumerate(value):
            option = self._item(item, (*self.key, index))
            whole = whole and option is not None
            chosen.add(option or "")
        return tuple(o for o in self.question.option_ids if o in chosen) if whole else None

    def _item(self, item: Any, key: Key) -> str | None:
        """Return the one option that an item of a list names."""
        if item in self.question.option_ids:
            return str(item)
        if not isinstance(item, str):
            self._problem(key, "answers.one_in_list", item)
            return None
        answer = self._read(item, read_answer(item, self.question), key)
        if answer == UNKNOWN:
            self._problem(key, "answers.unknown_in_list", item)
            return None
        if isinstance(answer, tuple) and len(answer) != 1:
            self._problem(key, "answers.one_in_list", item)
            return None
        return answer[0] if isinstance(answer, tuple) else None

    def _read(self, value: str, reading: Reading, key: Key) -> Answer | None:
        match reading:
            case Meant():
                return reading.answer
            case Ambiguous():
                self._problem(key, "answers.ambiguous", reading.text, self._options(reading.candidates))
            case NotUnderstood() if reading.key != "reading.no_option":
                reason = text_of(reading.key, **reading.values)
                told = {"name": self.question.id}
                place = self.document.place(key)
                self.problems.append(Problem(place, "answers.not_understood", told, {"reason": reason}))
            case NotUnderstood() if self.question.type == "yes_no":
                self._problem(key, "answers.yes_or_no", value)
            case NotUnderstood():
                given = reading.values.get("given", value)
                self._problem(key, "answers.unknown_option", given, near=self._near(given))
        return None

    def _near(self, given: str) -> str:
        """Return the option whose id or label is most like what was written; "" where none is."""
        words = {word.casefold(): choice.id for choice in choices_of(self.question) for word in _words(choice)}
        return words.get(nearest(given.casefold(), words), "")

    def _options(self, among: Iterable[str]) -> dict[str, Text]:
        """Return the labels of options by their ids."""
        named = set(among)
        labels = {choice.id: choice.label for choice in choices_of(self.question) if choice.id in named}
        return labels | ({UNKNOWN: text_of("interview.unknown")} if UNKNOWN in named else {})

    def _problem(
        self, key: Key, message: str, value: Any, options: Mapping[str, Text] | None = None, near: str = ""
    ) -> None:
        """Note what is wrong with a value; `options` are what is possible, where that is not all of them."""
        if options is None:
            options = self._options(self.question.option_ids)
            if key == self.key:  # an item of a list is never unknown
                options |= {UNKNOWN: text_of("interview.unknown")}
        low, high = map(str, self.question.bounds)
        told = {"name": self.question.id, "given": _shown(value), "low": low, "high": high, "near": near}
        problem = Problem(self.document.place(key), message, told, {"options": listed(options)})
        self.problems.append(problem)


def _words(choice: Choice) -> tuple[str, ...]:
    return (choice.id, *choice.labels)


def _shown(value: Any) -> str:
    """Return a value as its author may have written it, cut to a length that fits a message."""
    try:
        return shown(value)
    except (ValueError, RecursionError):  # a number of thousands of digits, or lists within lists without end
        return "..."
