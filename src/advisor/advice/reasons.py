"""Reasons: the firings behind a statement, written as what a reader needs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING

from advisor.advice.advice import Reason
from advisor.inference.firing import Result
from advisor.inference.formula import Atom
from advisor.inference.ground import GroundRule
from advisor.inference.inquiry import Inquiry
from advisor.inference.program import Row
from advisor.inference.support import Support
from advisor.knowledge_base import Day, Knowledge
from advisor.problem import DisagreementError

if TYPE_CHECKING:
    from advisor.inference.experta_reader import ExpertaReader


class Reasons:
    """Runs experta on completions of a case and reads reasons from its firings."""

    def __init__(self, knowledge: Knowledge, as_of: date, day: Day, inquiry: Inquiry) -> None:
        self.knowledge = knowledge
        self.as_of = as_of
        self.day = day
        self.inquiry = inquiry
        self._support: dict[Row, Support] = {}
        self._background = {d.decision for d in knowledge.rulebase.decisions if d.background}

    @property
    def experta(self) -> ExpertaReader:
        """The engine whose firings are read."""
        return self.day.experta

    def support(self, row: Row) -> Support:
        """Return the traced firings of a completion; each completion is run once.

        Raises `DisagreementError` where experta and the bulk reader differ.
        """
        if row not in self._support:
            result = self.experta.run(row)
            self._agree(result, self.day.readers.compiled.run(row))
            self._support[row] = Support(self.day.program, result, row, self.inquiry.known)
        return self._support[row]

    def row_with(self, fact: str, value: tuple[str, ...], fallback: Row) -> Row:
        """Return a completion that was run already and has this value, else `fallback`."""
        for row in self._support:
            passes = fact == self.inquiry.gate[0] or self.inquiry.passes(row)
            if passes and self.inquiry.value(fact, row) == value:
                return row
        return fallback

    def row_having(self, atom: Atom, fallback: Row) -> Row:
        """Return a completion that was run already and in which an element of a list holds, else `fallback`."""
        for row, support in self._support.items():
            if self.inquiry.passes(row) and support.result.holds(atom):
                return row
        return fallback

    def of(self, row: Row, atoms: Iterable[Atom], settled: str | None = None) -> tuple[Reason, ...]:
        """Return the reasons for `atoms` in a completion: the rules themselves, then what they stood on.

        What belongs to another conclusion is left to that conclusion. Where the atoms are settled (`settled`
        names the fact over whose completions they are), rules that fire in every completion are enough, and one
        that rests on an answer that is not known is named only where there is no other.
        """
        found = self.rules(row, atoms, settled)
        support = self.support(row)
        return tuple(self._reason(support, rule, direct=direct) for rule, direct in found)

    def rules(
        self, row: Row, atoms: Iterable[Atom], settled: str | None = None
    ) -> tuple[tuple[GroundRule, bool], ...]:
        """Return the rules of those reasons, each with whether it concludes one of `atoms` itself."""
        support = self.support(row)
        direct: dict[str, GroundRule] = {}
        for atom in atoms:
            rules = support.fired_for(atom)
            certain = [rule for rule in rules if settled and self._certain(support, rule, settled)]
            direct |= {rule.id: rule for rule in certain or rules}
        below = [rule for rule in self._below(support, direct) if not rule.silent]
        return (*((rule, True) for rule in direct.values()), *((rule, False) for rule in below))

    def _below(self, support: Support, direct: Mapping[str, GroundRule]) -> Iterator[GroundRule]:
        """Yield what rules stood on, down to the answers or to what belongs to another conclusion."""
        todo = list(direct.values())
        passed = set(direct)
        while todo:
            for atom in support.derived(todo.pop(0)):
                if atom[0] in self.knowledge.library.conclusions:
                    continue
                below = support.best_for(atom)
                if below.id not in passed:
                    passed.add(below.id)
                    todo.append(below)
                    yield below

    def _reason(self, support: Support, rule: GroundRule, *, direct: bool) -> Reason:
        program = self.day.program
        asked = support.questions(rule)
        answers = {
            # Of a number a completion only has one that rules cannot tell from the one that was given.
            domain.id: domain.decode(self.inquiry.known.get(domain.id, support.row[index]))
            for index, domain in enumerate(program.domains)
            if domain.id in asked
        }
        grounds = rule.grounds
        return Reason(
            rule=rule.id,
            text=grounds.because,
            facts={q: a for q, a in answers.items() if q in self.inquiry.known},
            assumed={q: a for q, a in answers.items() if q not in self.inquiry.known},
            telling=support.questions(rule, self._tells),
            cites=self.standing(rule),
            see=grounds.see,
            authority=grounds.authority,
            provenance=grounds.provenance,
            decision=rule.decision,
            direct=direct,
            background=rule.decision in self._background,
        )

    def _certain(self, support: Support, rule: GroundRule, fact: str) -> bool:
        """Whether a rule fires in every completion over which `fact` ranges."""
        if all(question in self.inquiry.known for question in support.questions(rule)):
            return True
        return self.inquiry.holds_always(self.inquiry.readers.sat.rule(rule.id), fact)

    def _tells(self, atom: Atom) -> bool:
        """Whether a fact is more than background."""
        producers = self.day.program.producers.get(atom, ())
        return not producers or any(rule.decision not in self._background for rule in producers)

    def standing(self, rule: GroundRule) -> tuple[str, ...]:
        """Return the citations of a rule that are of the study or in force on the day; all where none is."""
        return self.knowledge.library.standing(rule.grounds.cites, self.as_of)

    def _agree(self, experta: Result, compiled: Result) -> None:
        if experta != compiled:
            facts = {f for f in {*experta.facts, *compiled.facts} if experta.values(f) != compiled.values(f)}
            rules = experta.fired ^ compiled.fired
            raise DisagreementError(facts, rules)
