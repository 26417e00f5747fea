"""Observing a case: what is said of its facts, and by which rules."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property

from advisor.advice.advice import INADMISSIBLE
from advisor.inference.case import Case
from advisor.inference.formula import Atom
from advisor.knowledge_base import Knowledge
from advisor.reasoning.completions import EVERYWHERE
from advisor.reasoning.confirmation import confirmed
from advisor.reasoning.derivation import Derivation, Derivations, Speaker
from advisor.reasoning.entailment import Range, entailment_of
from advisor.reasoning.enumeration import Value
from advisor.scenario.expectation import Part, Written
from advisor.scenario.naming import OTHER, is_truth
from advisor.scenario.observed import NO_OTHER_REGIME, WHY_CONTESTED, Observed
from advisor.scenario.scenario import Wanted

CITING: frozenset[Part] = frozenset(["cites", "does_not_cite"])


class Observer:
    """Observes one case through the generated program and SAT.

    A fact ranges over the completions in which the gate holds; the gate itself, and what it rests on, over all; the
    era of law follows from the day alone.
    """

    def __init__(self, knowledge: Knowledge, case: Case) -> None:
        """Look at a case. Raises `ContradictionError` where its answers contradict each other."""
        self.library = knowledge.library
        self.case = case
        self.entailment = entailment_of(knowledge, case)
        self._contested = self.library.roles.contested
        self._derivations = Derivations(self.entailment)

    def confirm(self) -> None:
        """Let experta conclude what is shown, too. Raises `DisagreementError` where it concludes anything else."""
        confirmed(self.entailment.day, self.entailment.example)

    def observe(self, wanted: Wanted) -> dict[str, Observed]:
        """Return what is said of each fact of `wanted`; of its parts those that are wanted there."""
        return {fact: self._observed(fact, parts) for fact, parts in wanted.items()}

    def rules(self, fact: str) -> tuple[Speaker, ...]:
        """Return the rules that speak, or may speak, for the values of a fact.

        Where nothing can be said of the fact: those for the gate.
        """
        found = self._range(fact)
        if found.values == ():
            return self.rules(self.entailment.gate[0])
        values = dict.fromkeys((*found.certain, *found.uncertain))
        contested = [(self._contested, fact)] if self._is_contested(fact) is not False else []
        atoms = [*((fact, value) for value in values), *contested]
        return tuple(self._derivation(fact).behind(atoms))

    def rules_by_element(self, fact: str, *, contested: bool) -> dict[str, tuple[Speaker, ...]]:
        """Return the rules behind each element of a settled fact.

        Where the fact is contested, those behind that stand under `WHY_CONTESTED`.
        """
        atoms: dict[str, Atom] = {element: (fact, element) for element in self._range(fact).certain}
        if contested:
            atoms[WHY_CONTESTED] = (self._contested, fact)
        derivation = self._derivation(fact)
        return {e: tuple(derivation.behind([atom])) for e, atom in atoms.items()}

    @property
    def era(self) -> Value:
        """The era of law on the day; one, unless the rules are wrong."""
        era, constants = self.library.roles.era, self.entailment.program.constants
        return tuple(value for value in self.library.values(era) if constants.get((era, value)))

    # -- values ---------------------------------------------------------------------------------------------

    def _observed(self, fact: str, parts: frozenset[Part]) -> Observed:
        found = self._range(fact)
        if found.values == ():
            return Observed(reason=INADMISSIBLE)
        depends_on = self.entailment.depends_on(fact) if "depends_on" in parts else ()
        contested = self._is_contested(fact) if "contested" in parts else None
        if found.values is None:
            return Observed(None, found.certain, found.uncertain, depends_on, contested)
        possible = tuple(self._written(fact, values) for values in found.values)
        observed = Observed(possible, depends_on=depends_on, contested=contested)
        return self._with_articles(fact, observed) if parts & CITING and not observed.open else observed

    def _range(self, fact: str) -> Range:
        return Range((self.era,), self.era, ()) if self._is_era(fact) else self.entailment.range(fact)

    def _is_era(self, fact: str) -> bool:
        return fact == self.library.roles.era

    def _is_contested(self, fact: str) -> bool | None:
        if fact not in self.library.conclusions:
            return False
        return self.entailment.contested(fact)

    def _written(self, fact: str, values: Value) -> Written:
        """Return values as scenarios write them; where there should be one and is not, all there are."""
        shape = self.library.all_facts[fact]
        if shape.kind == "many" or len(values) != 1:
            return values
        return values == ("yes",) if is_truth(self.library, shape) else values[0]

    # -- reasons --------------------------------------------------------------------------------------------

    def _with_articles(self, fact: str, observed: Observed) -> Observed:
        """Return what was observed with the articles that its reasons name."""
        cites: dict[str, frozenset[str]] = {}
        below: set[str] = set()
        rules = self.rules_by_element(fact, contested=self._is_contested(fact) is True)
        for element, speakers in rules.items():
            cites[element] = frozenset(c for s in speakers if s.direct for c in self._standing(s))
            below.update(c for s in speakers if not s.direct for c in self._standing(s))
        return replace(observed, cites=cites, below=frozenset(below))

    def _standing(self, speaker: Speaker) -> tuple[str, ...]:
        return self.library.standing(speaker.rule.grounds.cites, self.case.as_of)

    def _derivation(self, fact: str) -> Derivation:
        scope = EVERYWHERE if self._is_era(fact) else self.entailment.scope(fact)
        return self._derivations[scope]


class TwoRegimes:
    """Observes a case under the regime of its day and, for the conclusion shown beside it, under the other one."""

    def __init__(self, knowledge: Knowledge, case: Case) -> None:
        """Look at a case. Raises `ContradictionError` where its answers contradict each other."""
        self.knowledge = knowledge
        self.case = case
        self._here = Observer(knowledge, case)

    def observe(self, wanted: Wanted) -> dict[str, Observed]:
        """Return what is said of each fact of `wanted`; of its parts those that are wanted there."""
        here = {name: parts for name, parts in wanted.items() if not name.endswith(OTHER)}
        there = {name: parts for name, parts in wanted.items() if name.endswith(OTHER)}
        return self._here.observe(here) | self._observe_there(there)

    def confirm(self) -> None:
        """Let experta conclude what is shown, too. Raises `DisagreementError` where it concludes anything else."""
        self._here.confirm()

    def rules(self, name: str) -> tuple[Speaker, ...]:
        """Return the rules for a fact, as `Observer.rules` does."""
        if not name.endswith(OTHER):
            return self._here.rules(name)
        return self._there.rules(name.removesuffix(OTHER)) if self._there is not None else ()

    def _observe_there(self, wanted: Wanted) -> dict[str, Observed]:
        if not wanted:
            return {}
        if self._there is None:
            return dict.fromkeys(wanted, Observed(reason=NO_OTHER_REGIME))
        found = self._there.observe({name.removesuffix(OTHER): parts for name, parts in wanted.items()})
        return {fact + OTHER: observed for fact, observed in found.items()}

    @cached_property
    def _there(self) -> Observer | None:
        """The case under the other regime; None on a day for which none is shown."""
        for regime in self.knowledge.library.manifest.other_regimes:
            if any(self._here.era == (era,) for era in regime.eras):
                case = Case(regime.as_of, self.case.answers, self.case.codes)
                return Observer(self.knowledge, case)
        return None
