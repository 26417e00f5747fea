"""What two knowledge bases conclude differently: proved for all answers that both accept, on every day of both."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from advisor.inference.bit_parallel import Table, evaluated
from advisor.inference.domain import Answer
from advisor.inference.program import Row
from advisor.knowledge_base import Knowledge
from advisor.verify.difference.side_by_side import SideBySide
from advisor.verify.proof.case_codes import case_codes

Days = tuple[date, date | None]


@dataclass(frozen=True, slots=True)
class Told:
    """The fewest answers on a day that tell the two apart, and what each concludes from one completion of them."""

    as_of: date
    answers: Mapping[str, Answer]
    old: tuple[str, ...]
    new: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FactDifference:
    """A fact that can come out otherwise (or, where `contested`, can be contested otherwise), and when."""

    fact: str
    contested: bool
    days: tuple[Days, ...]
    told: Told


@dataclass(frozen=True, slots=True)
class Names:
    """Ids that are new, gone, or stand for something else."""

    added: tuple[str, ...]
    removed: tuple[str, ...]
    changed: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.added or self.removed or self.changed)


@dataclass(frozen=True, slots=True)
class KnowledgeDifference:
    """What differs in form (rules, questions with their options) and in what is concluded.

    `same` are the facts that are proved to come out alike; `days` are those that both cover.
    """

    rules: Names
    questions: Names
    differences: tuple[FactDifference, ...]
    same: tuple[str, ...]
    days: Days

    @property
    def differs(self) -> bool:
        """Whether anything is concluded differently."""
        return bool(self.differences)


def difference_of(old: Knowledge, new: Knowledge) -> KnowledgeDifference:
    """Return the difference between two knowledge bases."""
    spans = tuple(_spans(old, new))
    comparison = _Comparison(old, new, spans)
    shown = dict.fromkeys((*new.library.shown, *old.library.shown))
    # That a conclusion is contested is said of the conclusion.
    facts = [fact for fact in shown if fact not in comparison.contested]
    found = [difference for fact in facts for difference in comparison.of(fact)]
    differing = {difference.fact for difference in found}
    return KnowledgeDifference(
        rules=_rules(old, new),
        questions=_questions(old, new),
        differences=tuple(found),
        same=tuple(fact for fact in facts if fact not in differing),
        days=(spans[0][0], spans[-1][1]),
    )


def _spans(old: Knowledge, new: Knowledge) -> Iterator[Days]:
    """Yield the days that both cover, cut wherever the law of one of them changes."""
    begin = max(old.library.manifest.covered_from, new.library.manifest.covered_from)
    firsts = sorted({max(first, begin) for knowledge in (old, new) for first, _ in knowledge.stretches()})
    for first, following in zip(firsts, [*firsts[1:], None], strict=True):
        yield first, None if following is None else following - timedelta(days=1)


class _Comparison:
    """Both knowledge bases, side by side on each day on which the law of one of them changes."""

    def __init__(self, old: Knowledge, new: Knowledge, spans: Sequence[Days]) -> None:
        self.old = old
        self.new = new
        self.views = [(SideBySide(old, new, first), (first, last)) for first, last in reversed(spans)]
        self.contested = (old.library.conclusion_file.contested, new.library.conclusion_file.contested)
        self.near = case_codes(new).get(next(iter(new.library.cases), ""), {})

    def of(self, fact: str) -> Iterator[FactDifference]:
        """Yield how the values of a fact differ, and how it is contested."""
        yield from self._found(fact, lambda view: view.difference(fact))
        if fact in self.old.library.conclusions and fact in self.new.library.conclusions:
            yield from self._found(fact, lambda view: view.contested(fact, self.contested), contested=True)

    def _found(
        self, fact: str, ask: Callable[[SideBySide], int | None], *, contested: bool = False
    ) -> Iterator[FactDifference]:
        """Yield the difference, with the case of the newest days on which there is one."""
        days: list[Days] = []
        told: Told | None = None
        for view, span in self.views:
            literal = ask(view)
            rows = view.row(literal, self.near) if literal is not None else None
            if rows is not None and literal is not None:
                days.append(span)
                told = told or self._told(fact, view, literal, rows, contested=contested)
        if told is not None:
            yield FactDifference(fact, contested, tuple(_joined(days)), told)

    def _told(self, fact: str, view: SideBySide, literal: int, rows: tuple[Row, Row], *, contested: bool) -> Told:
        answers = {q: view.domain(q).decode(code) for q, code in view.fewest(literal, rows).items()}
        names = self.contested if contested else (None, None)
        before = _values(self.old, view.day, rows[0], fact, names[0])
        return Told(view.day, answers, before, _values(self.new, view.day, rows[1], fact, names[1]))


def _values(knowledge: Knowledge, day: date, row: Row, fact: str, contested: str | None) -> tuple[str, ...]:
    """Return the values of a fact in a case; yes or no, where it is asked whether the fact is contested."""
    library = knowledge.library
    columns = evaluated(knowledge.rulebase, Table(library, knowledge.rulebase.domains, [(day, row)]))
    if contested is not None:
        return ("yes",) if columns.atom((contested, fact)) else ("no",)
    values = library.values(fact) if fact in library.all_facts else ()
    return tuple(value for value in values if columns.atom((fact, value)))


def _joined(days: list[Days]) -> Iterator[Days]:
    """Yield the days, newest first, with those joined that follow on each other."""
    joined: list[Days] = []
    for first, last in days:
        if joined and last is not None and joined[-1][0] == last + timedelta(days=1):
            joined[-1] = (first, joined[-1][1])
        else:
            joined.append((first, last))
    yield from joined


def _rules(old: Knowledge, new: Knowledge) -> Names:
    """Return the rules that differ in what they say when (not in their words)."""
    return _names(_forms(old), _forms(new))


def _forms(knowledge: Knowledge) -> dict[str, frozenset[object]]:
    found: dict[str, set[object]] = {}
    for rule in knowledge.rulebase.rules:
        form = (rule.id, rule.heads, rule.body, rule.law, rule.grounds.cites)
        found.setdefault(rule.source, set()).add(form)
    for exclusion in knowledge.rulebase.exclusions:
        found.setdefault(exclusion.shape.id, set()).add(exclusion.formula)
    return {name: frozenset(forms) for name, forms in found.items()}


def _questions(old: Knowledge, new: Knowledge) -> Names:
    """Return the questions that differ in their kind, options or bounds."""
    before = {name: (q.type, q.option_ids, q.min, q.max) for name, q in old.library.questions.items()}
    after = {name: (q.type, q.option_ids, q.min, q.max) for name, q in new.library.questions.items()}
    return _names(before, after)


def _names(before: Mapping[str, object], after: Mapping[str, object]) -> Names:
    return Names(
        added=tuple(sorted(after.keys() - before.keys())),
        removed=tuple(sorted(before.keys() - after.keys())),
        changed=tuple(sorted(name for name in before.keys() & after.keys() if before[name] != after[name])),
    )
