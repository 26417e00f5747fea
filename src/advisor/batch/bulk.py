"""The conclusions of many cases: full ones all at once, one bit a case; others one after the other."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache, partial, reduce
from itertools import compress, islice
from operator import or_
from typing import Any, Final, Generic, Literal, TypeVar, overload

from advisor.advice.advice import Conclusion
from advisor.advice.conclusions import conclude, inadmissible, written
from advisor.batch.full_case import FullCase, FullCaseReader
from advisor.inference.bit_parallel import Column, Columns, Table, evaluated, unpacked
from advisor.inference.case import Case, CaseReader
from advisor.inference.day import Clauses, Day
from advisor.inference.program import Row
from advisor.knowledge_base import Knowledge
from advisor.problem import AnswersError, KnowledgeError

T = TypeVar("T")

AT_ONCE: Final = 1000
"""How many cases `conclude_many` concludes at once: more are hardly faster, and need more memory."""

CASES_EACH: Final = 500
"""How many cases share their clauses; each case adds some, which the solver then carries along."""

KEPT: Final = 4096
"""How many different outcomes of one conclusion are kept; nearly all cases share a few hundred."""


@overload
def conclude_many(
    knowledge: Knowledge, cases: Iterable[Case | Mapping[str, Any]], *, errors: Literal["raise"] = "raise"
) -> list[dict[str, Conclusion]]: ...


@overload
def conclude_many(
    knowledge: Knowledge, cases: Iterable[Case | Mapping[str, Any]], *, errors: Literal["return"]
) -> list[dict[str, Conclusion] | AnswersError]: ...


def conclude_many(
    knowledge: Knowledge,
    cases: Iterable[Case | Mapping[str, Any]],
    *,
    errors: Literal["raise", "return"] = "raise",
) -> list[dict[str, Conclusion]] | list[dict[str, Conclusion] | AnswersError]:
    """Return every conclusion of each case, in order and without reasons.

    A case is a `Case` or plain data of the shape of an answers file. Cases in which every question is answered take
    microseconds, others milliseconds. The function and all that goes in and out can be pickled (`Knowledge` leaves
    its solvers behind), so any engine can map it over the partitions of a large collection.

    Where a case cannot be used, the `AnswersError` is raised or, with `errors="return"`, stands in the place of its
    conclusions; it names the case as `cases[N]`, N from 0.
    """
    names = tuple(knowledge.library.conclusions)
    quick = FullCaseReader(knowledge.library, knowledge.rulebase)
    reader = CaseReader(knowledge.library, knowledge.rulebase)
    bulk = BulkConclusions(knowledge, lambda conclusion: conclusion)
    shared = SharedClauses(knowledge)
    found: list[dict[str, Conclusion] | AnswersError] = []
    for part in _parts(cases):
        full = [_full(knowledge, case) if isinstance(case, Case) else quick.case(case) for case in part]
        for case, made in zip(part, bulk.of(full), strict=True):
            if made is not None:
                found.append(dict(zip(names, made, strict=True)))
                continue
            try:
                checked = case if isinstance(case, Case) else reader.data(case, f"cases[{len(found)}]")
            except AnswersError as error:
                if errors == "raise":
                    raise
                found.append(error)
            else:
                found.append(conclude(knowledge, checked, shared.on(checked.as_of)))
    return found


def _parts(cases: Iterable[Case | Mapping[str, Any]]) -> Iterator[list[Case | Mapping[str, Any]]]:
    under_way = iter(cases)
    while part := list(islice(under_way, AT_ONCE)):
        yield part


def _full(knowledge: Knowledge, case: Case) -> FullCase | None:
    domains = knowledge.rulebase.domains
    if len(case.codes) < len(domains):
        return None
    return FullCase(case.as_of, tuple([case.codes[domain.id] for domain in domains]))


class SharedClauses:
    """Clauses of the days of a knowledge base for many cases, made anew before they grow large."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge
        self._of_day: dict[Day, tuple[Clauses, int]] = {}

    def on(self, day: date) -> Clauses:
        """Return the clauses for the next case of a day."""
        found = self._knowledge.on(day)
        clauses, used = self._of_day.get(found, (Clauses(found), 0))
        self._of_day[found] = (clauses, used + 1) if used < CASES_EACH else (Clauses(found), 1)
        return self._of_day[found][0]


class BulkConclusions(Generic[T]):
    """Concludes full cases many at a time. Equal conclusions are made, and brought into shape, only once."""

    def __init__(self, knowledge: Knowledge, shape: Callable[[Conclusion], T]) -> None:
        """`shape` turns a conclusion into what the caller needs of it."""
        self._library = knowledge.library
        self._rulebase = knowledge.rulebase
        self._gate = knowledge.library.roles.gate
        self._table = Table(knowledge.library, knowledge.rulebase.domains, ())
        self._shape = shape
        self._made = {
            name: lru_cache(maxsize=KEPT)(partial(self._make, name)) for name in knowledge.library.conclusions
        }

    def of(self, cases: Sequence[FullCase | None]) -> list[tuple[T, ...] | None]:
        """Return for each case its conclusions, in the order of the library.

        None stands where there is no case, where the answers contradict each other, and where the rules do not give
        exactly one value to a conclusion that must have one.
        """
        full = [(case.as_of, case.row) for case in cases if case is not None]
        made = self._conclusions(full) if full else iter(())
        return [None if case is None else next(made) for case in cases]

    def _conclusions(self, cases: Sequence[tuple[date, Row]]) -> Iterator[tuple[T, ...] | None]:
        found = evaluated(self._rulebase, self._table.with_cases(cases))
        passes = found.atom((self._gate, "yes"))
        contradictory = reduce(or_, (found.formula(e.formula) for e in self._rulebase.exclusions), 0)
        conclusions = zip(*(self._conclusion(found, name, passes) for name in self._made), strict=True)
        for clash, made in zip(unpacked(contradictory, len(cases)), conclusions, strict=True):
            yield None if clash or None in made else made

    def _conclusion(self, found: Columns, name: str, passes: Column) -> Iterator[T | None]:
        """Yield one conclusion of each case."""
        spoken_of = found.table.everywhere if name == self._gate else passes
        atoms = [(self._library.roles.contested, name)]
        atoms += [(name, value) for value in self._library.values(name)]
        columns = [spoken_of, *(found.atom(atom) & spoken_of for atom in atoms)]
        count = len(found.table.cases)
        return map(self._made[name], zip(*(unpacked(column, count) for column in columns), strict=True))

    def _make(self, name: str, truths: tuple[int, ...]) -> T | None:
        """Make a conclusion from whether it is spoken of, whether it is contested, and which values it has."""
        spoken_of, contested, *present = truths
        if not spoken_of:
            return self._shape(inadmissible(name))
        values = tuple(compress(self._library.values(name), present))
        try:
            value = written(self._library, name, values)
        except KnowledgeError:
            return None
        return self._shape(Conclusion(name, value, (value,), (), contested == 1, certain=values))
