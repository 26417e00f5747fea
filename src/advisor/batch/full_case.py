"""Full cases read quickly: every question is answered, and every answer is plainly right.

Anything else (an open question, a misspelt option) is left to `CaseReader`, which also says what is wrong.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import lru_cache
from typing import Any, Final, NamedTuple, assert_never, cast

from advisor.inference.case import KEYS
from advisor.inference.domain import Domain
from advisor.inference.program import Row
from advisor.inference.rulebase import RuleBase
from advisor.knowledge.library import Library
from advisor.understanding.day import read_day

LABELS: Final = (str, int, type(None))
TOLD: Final = ("parties", "notes")
"""What may stand beside the answers and changes no conclusion, but has a shape of its own."""


class FullCase(NamedTuple):
    """The day, the code of the answer to every question, and the id that is handed through."""

    as_of: date
    row: Row
    id: str | int | None = None


class FullCaseReader:
    """Reads the full cases among data of the shape of answers files."""

    def __init__(self, library: Library, rulebase: RuleBase, as_of: date | None = None) -> None:
        """`as_of` replaces the day of every case."""
        self._as_of = as_of
        self._covered_from = library.manifest.covered_from
        self._own_day_where = tuple((library.manifest.own_day_where or {}).items())
        self._known_keys = frozenset(KEYS) - frozenset(TOLD)
        self._coders = tuple((domain.id, _coder(domain)) for domain in rulebase.domains)

    def case(self, data: object) -> FullCase | None:
        """Return the case that `data` holds, or None where it is no full case or not plainly right.

        The answers may still contradict each other.
        """
        if type(data) is not dict or not self._known_keys.issuperset(data):
            return None
        row = self._row(data.get("answers"))
        day = self._day(data.get("as_of"), data.get("answers"))
        if (
            day is None
            or row is None
            or type(data.get("title")) not in LABELS
            or type(data.get("id")) not in LABELS
        ):
            return None
        return FullCase(day, row, data.get("id"))

    def _row(self, answers: object) -> Row | None:
        if type(answers) is not dict or len(answers) != len(self._coders):
            return None
        try:
            return cast("Row", tuple([code(answers[name]) for name, code in self._coders]))
        except (KeyError, TypeError, ValueError):
            return None

    def _day(self, given: object, answers: object) -> date | None:
        day = self._as_of
        if day is None:
            if given is None:
                day = None if self._has_day_of_its_own(answers) else date.today()
            elif type(given) is date:
                day = given
            elif type(given) is str:
                day = _written_day(given)
        return None if day is None or day < self._covered_from else day

    def _has_day_of_its_own(self, answers: object) -> bool:
        return type(answers) is dict and any(answers.get(name) == option for name, option in self._own_day_where)


_written_day = lru_cache(maxsize=4096)(read_day)


def _coder(domain: Domain) -> Callable[[Any], int]:
    """Return what turns an answer into its code; it raises KeyError, TypeError or ValueError for anything else.

    Types are compared exactly: to Python, True is 1 and equals 1.0.
    """
    match domain.question.type:
        case "choice":
            return domain.bits.__getitem__
        case "yes_no":
            words = {option: domain.bits[option] for option in ("yes", "no")}
            codes: dict[type, dict[Any, int]] = {
                str: words,
                bool: {True: words["yes"], False: words["no"]},
            }
            return lambda answer: codes[type(answer)][answer]
        case "number":
            return _number_coder(*domain.bounds)
        case "choices":
            return _list_coder({option: 1 << place for option, place in domain.bits.items()})
        case _ as unreachable:
            assert_never(unreachable)


def _number_coder(low: int, high: int) -> Callable[[Any], int]:
    def code(answer: Any) -> int:
        if type(answer) is int and low <= answer <= high:
            return answer
        raise ValueError(answer)

    return code


def _list_coder(bits: dict[str, int]) -> Callable[[Any], int]:
    def code(answer: Any) -> int:
        if type(answer) is not list:
            raise TypeError(answer)
        found = 0
        for option in answer:
            found |= bits[option]
        return found

    return code
