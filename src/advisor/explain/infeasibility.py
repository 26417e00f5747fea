"""Infeasibility: why no answers at all bring a value about on a day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal as Word

from advisor.explain.target import Target
from advisor.inference.case import Case
from advisor.inference.formula import FALSE, IN_FORCE, AllOf, Atom, Formula, Literal, atoms, resolved
from advisor.inference.ground import GroundRule
from advisor.inference.rulebase import RuleBase
from advisor.knowledge.shape import Authority
from advisor.knowledge_base import Knowledge
from advisor.reasoning.completions import Completions
from advisor.reasoning.entailment import Entailment
from advisor.text import Text

BarrierKind = Word["law", "fact", "always", "together", "none"]


@dataclass(frozen=True, slots=True)
class Barrier:
    """Why one rule never fires on the day, or why there is none.

    law: the rule holds only under law that is not in force (`articles`). fact: it needs
    `fact`, which nothing brings about (`below` says why). always: it needs the absence of `fact`, which always
    holds. together: what it needs never comes together. none: no rule concludes the value at all.
    """

    kind: BarrierKind
    rule: str
    text: Text | None
    cites: tuple[str, ...]
    authority: Authority | None
    articles: tuple[str, ...] = ()
    fact: Atom | None = None
    below: tuple[Barrier, ...] = ()


def barriers(knowledge: Knowledge, case: Case, target: Target) -> tuple[Barrier, ...]:
    """Return the barriers before a value that no answers reach on the day of a case."""
    return _Barriers(knowledge, case.as_of, target.conclusion).of(target.atom)


def nearest_stretch(knowledge: Knowledge, here: date, target: Target) -> tuple[date, date | None] | None:
    """Return the days nearest to the day `here` on which some answers bring a value about.

    First and last day (None: it goes on) of the run of such days; None where there is no such day.
    """
    runs: list[tuple[date, date | None]] = []
    for first, last, reached in _stretches(knowledge, target):
        if not reached:
            continue
        if runs and runs[-1][1] == first - timedelta(days=1):
            runs[-1] = (runs[-1][0], last)
        else:
            runs.append((first, last))
    return min(runs, key=lambda run: _distance(here, run), default=None)


def _distance(day: date, run: tuple[date, date | None]) -> int:
    first, last = run
    if day < first:
        return (first - day).days
    return (day - last).days if last is not None and last < day else 0


def _stretches(knowledge: Knowledge, target: Target) -> Iterator[tuple[date, date | None, bool]]:
    """Yield each stretch of days of the same law, and whether some answers bring the value about in it."""
    library, gate = knowledge.library, knowledge.library.roles.gate
    deciding = _law_behind(knowledge.rulebase, target.atom, (gate, "yes"))
    known: dict[frozenset[str], bool] = {}
    for first, last in knowledge.stretches():
        # Where nothing on which the value depends is other than before, the answer is the same.
        in_force = frozenset(r for r in deciding if library.status(r, first) == "in_force")
        if in_force not in known:
            completions = _unanswered(knowledge, first, target.conclusion)
            known[in_force] = completions.truth(Literal(target.atom)) is not False
        yield first, last, known[in_force]


def _unanswered(knowledge: Knowledge, day: date, fact: str) -> Completions:
    """Return all answers that count for a fact on a day."""
    entailment = Entailment(knowledge.library, knowledge.on(day), {})
    return entailment.completions(entailment.scope(fact))


def _law_behind(rulebase: RuleBase, *wanted: Atom) -> frozenset[str]:
    """Return the law on whose being in force the rules on the way to some atoms depend."""
    cone: set[Atom] = set(wanted)
    found: set[str] = set()
    for rule in reversed(rulebase.rules):
        if not cone.isdisjoint(rule.heads):
            asked = set(atoms(rule.body))
            cone |= asked
            found |= set(rule.law) | {value for name, value in asked if name == IN_FORCE}
    return frozenset(found)


class _Barriers:
    """Looks for barriers; each fact is looked into once."""

    def __init__(self, knowledge: Knowledge, day: date, fact: str) -> None:
        self.knowledge = knowledge
        self.library = knowledge.library
        self.day = day
        self.program = knowledge.on(day).program
        self.completions = _unanswered(knowledge, day, fact)
        self._seen: set[Atom] = set()

    def of(self, atom: Atom) -> tuple[Barrier, ...]:
        """Return why an atom never holds."""
        if atom in self._seen:
            return ()
        self._seen.add(atom)
        rulebase = self.knowledge.rulebase
        found = [self._of_rule(rule) for rule in rulebase.rules if atom in rule.heads]
        return tuple(found) or (Barrier("none", "", None, (), None, fact=atom),)

    def _of_rule(self, rule: GroundRule) -> Barrier:
        articles = self._out_of_force(rule)
        if articles:
            return self._barrier("law", rule, articles=articles)
        for part in rule.body.parts if isinstance(rule.body, AllOf) else (rule.body,):
            literal = self._impossible(part)
            if literal is None:
                continue
            if literal.positive:
                below = () if self.program.is_question(literal.atom) else self.of(literal.atom)
                return self._barrier("fact", rule, fact=literal.atom, below=below)
            return self._barrier("always", rule, fact=literal.atom)
        return self._barrier("together", rule)

    def _barrier(
        self,
        kind: BarrierKind,
        rule: GroundRule,
        *,
        articles: tuple[str, ...] = (),
        fact: Atom | None = None,
        below: tuple[Barrier, ...] = (),
    ) -> Barrier:
        grounds = rule.grounds
        return Barrier(kind, rule.id, grounds.because, grounds.cites, grounds.authority, articles, fact, below)

    def _impossible(self, part: Formula) -> Literal | None:
        """Return a literal that is never true and without which the part is not, or None."""
        if isinstance(part, Literal):
            return part if self.completions.truth(part) is False else None
        found = [literal for literal in map(self._impossible, part.parts) if literal is not None]
        possible = len(part.parts) - len(found)
        return found[0] if found and possible < part.enough else None

    def _out_of_force(self, rule: GroundRule) -> tuple[str, ...]:
        """Return the law on which a rule depends and that is not in force on the day."""
        asked = [value for name, value in _settled_by_day(rule.body) if name == IN_FORCE]
        return tuple(
            c for c in dict.fromkeys((*rule.law, *asked)) if self.library.status(c, self.day) != "in_force"
        )


def _settled_by_day(formula: Formula) -> list[Atom]:
    """Return the atoms whose being false alone makes a formula false."""
    found: list[Atom] = []
    if isinstance(formula, Literal):
        return [formula.atom] if formula.positive else []
    if isinstance(formula, AllOf) or (
        formula.parts and resolved(formula, lambda atom: False if atom[0] == IN_FORCE else None) == FALSE
    ):
        for part in formula.parts:
            found += _settled_by_day(part)
    return found
