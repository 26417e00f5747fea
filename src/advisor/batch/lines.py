"""One case a line in, one line of conclusions out; both are JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Any, Final, NamedTuple

import orjson

from advisor.advice.advice import Conclusion
from advisor.advice.advising import advise
from advisor.advice.as_data import conclusion_data
from advisor.advice.conclusions import conclude, era_of
from advisor.batch.bulk import BulkConclusions, SharedClauses
from advisor.batch.full_case import FullCase, FullCaseReader
from advisor.escaping import json_escaped
from advisor.inference.case import Case, CaseReader
from advisor.knowledge.document import MAX_BYTES, DuplicateKeyError, without_duplicates
from advisor.knowledge.json_syntax import reason_of_json
from advisor.knowledge_base import Knowledge
from advisor.problem import InputError, KnowledgeError, Place, Problem
from advisor.text import Language

KEPT: Final = 4096
"""How many days and conclusions are kept in writing."""


@dataclass(frozen=True, slots=True)
class BatchOptions:
    """How a batch is run; plain data, so that it can be handed to other processes."""

    language: Language = "id"
    explain: bool = False
    as_of: date | None = None
    name: str = "batch"


class BatchLine(NamedTuple):
    """The answer to one line: JSON text, and whether the line was bad."""

    text: str
    bad: bool


class LineAnswerer:
    """Answers lines: full cases all at once, everything else line by line."""

    def __init__(self, knowledge: Knowledge, options: BatchOptions) -> None:
        self.knowledge = knowledge
        self.options = options
        library, rulebase = knowledge.library, knowledge.rulebase
        self._reader = CaseReader(library, rulebase)
        self._full_cases = FullCaseReader(library, rulebase, options.as_of)
        self._clauses = SharedClauses(self.knowledge)
        self._bulk = BulkConclusions(self.knowledge, self._member_of)
        self._member = lru_cache(maxsize=KEPT)(self._member_of)
        self._day = lru_cache(maxsize=KEPT)(self._members_of_day)

    def answers(self, lines: Sequence[tuple[int, bytes]]) -> Iterator[BatchLine]:
        """Yield the answer to each line, in order; a line comes with its number, from 1."""
        full = [None if self.options.explain else self._full_case(raw) for _, raw in lines]
        for (number, raw), case, conclusions in zip(lines, full, self._bulk.of(full), strict=True):
            if case is None or conclusions is None:
                yield self._alone(number, raw)
            else:
                yield BatchLine(_line(number, case.id, self._day(case.as_of), [], conclusions), bad=False)

    def _full_case(self, raw: bytes) -> FullCase | None:
        """Return the case of a line, or None where the line is not plainly a full case."""
        if len(raw) > MAX_BYTES:
            return None
        try:
            data = orjson.loads(raw)
        except orjson.JSONDecodeError:
            return None
        case = self._full_cases.case(data)
        # A key that stands twice is lost in `data`, but its colon is not.
        if case is None or raw.count(b":") != len(data) + len(data["answers"]):
            return None
        try:
            self._day(case.as_of)
        except KnowledgeError:
            return None
        return case

    def _member_of(self, conclusion: Conclusion) -> str:
        data = conclusion_data(conclusion, self.options.language, explain=self.options.explain)
        return f"{_json(conclusion.id)}:{_json(data)}"

    def _members_of_day(self, day: date) -> str:
        """Return what is said of a day. Raises `KnowledgeError` where the rules give it no era."""
        era = era_of(self.knowledge, self.knowledge.on(day))
        return _json({"as_of": day.isoformat(), "era": era}).strip("{}")

    def _alone(self, number: int, raw: bytes) -> BatchLine:
        """Answer one line by itself."""
        try:
            data = _parsed(raw, Place(self.options.name, number, 1))
            case = self._reader.data(data, f"{self.options.name}:{number}", self.options.as_of)
            return BatchLine(self._answer(number, case), bad=False)
        except InputError as error:
            return _refused(number, error, self.options.language)

    def _answer(self, number: int, case: Case) -> str:
        if self.options.explain:
            members = [self._member_of(c) for c in advise(self.knowledge, case).conclusions.values()]
        else:
            found = conclude(self.knowledge, case, self._clauses.on(case.as_of))
            members = [self._member(conclusion) for conclusion in found.values()]
        unanswered = [name for name in self._reader.domains if name not in case.answers]
        return _line(number, case.id, self._day(case.as_of), unanswered, members)


def unanswered(options: BatchOptions, number: int) -> BatchLine:
    """Return the answer to a line whose process has ended each time that it was at it."""
    problem = Problem(Place(options.name, number, 1), "batch.process_ended")
    return _refused(number, InputError([problem]), options.language)


def _refused(number: int, error: InputError, language: Language) -> BatchLine:
    return BatchLine(_json({"line": number, "error": error.in_language(language)}), bad=True)


def _line(number: int, case: str | int | None, day: str, unanswered: list[str], conclusions: Iterable[str]) -> str:
    """Return a line of JSON; `day` and `conclusions` are already written as members of an object."""
    label = "" if case is None else f'"id":{_json(case)},'
    start = f'{{"line":{number},{label}{day},"unanswered":{_json(unanswered)},"conclusions":{{'
    return f"{start}{','.join(conclusions)}}}}}"


def _parsed(raw: bytes, place: Place) -> Any:
    if len(raw) > MAX_BYTES:
        raise InputError([Problem(place, "batch.line_too_long", {"most": str(MAX_BYTES)})])
    if not raw.strip():
        raise InputError([Problem(place, "batch.empty_line")])
    try:
        return json.loads(raw, object_pairs_hook=without_duplicates)
    except DuplicateKeyError as error:
        raise InputError([Problem(place, "yaml.duplicate_key", {"name": str(error)})]) from error
    except (ValueError, RecursionError) as error:
        where = replace(place, column=getattr(error, "colno", place.column))
        problem = Problem(where, "batch.not_json", texts={"reason": reason_of_json(error)})
        raise InputError([problem]) from error


def _json(data: Any) -> str:
    """Return data as JSON that can be written as UTF-8 (half a surrogate pair cannot, unless it is escaped)."""
    try:
        written = orjson.dumps(data).decode()
    except orjson.JSONEncodeError:
        written = json.dumps(data, separators=(",", ":"))
    return json_escaped(written)
