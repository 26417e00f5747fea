"""Derivation: which rules hold for known answers, and on which answers and facts each of them stands.

Only what holds in every completion of a scope is told: a rule that fires in some of them alone is an alternative,
never a reason. Rules are read as the generated program runs them; facts that only spell out a policy or a ranking
are passed through.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from heapq import nsmallest

from advisor.inference.cnf import denied
from advisor.inference.formula import AllOf, Atom, Formula, Literal, literals, negation
from advisor.inference.ground import GroundRule
from advisor.reasoning.completions import Scope
from advisor.reasoning.entailment import Entailment
from advisor.reasoning.sufficiency import questions_behind


@dataclass(frozen=True, slots=True)
class Basis:
    """On what a formula stands that is certainly true, or certainly false.

    `literals` hold in every completion. So do the formulas `together`, though none of their alternatives does.
    """

    literals: tuple[Literal, ...]
    together: tuple[Formula, ...] = ()


@dataclass(frozen=True, slots=True)
class Speaker:
    """A rule behind a statement.

    `direct`: it concludes the statement itself. `alternative`: it is one of several of which one or another holds
    in every completion, though none of them does in all.
    """

    rule: GroundRule
    direct: bool
    alternative: bool = False


class Derivation:
    """The rules that hold in every completion of a scope."""

    def __init__(self, entailment: Entailment, scope: Scope) -> None:
        self.entailment = entailment
        self.scope = scope
        self.completions = entailment.completions(scope)
        self.program = entailment.program
        self._questions: dict[Literal, frozenset[str]] = {}
        self._bases: dict[tuple[Formula, bool], Basis] = {}
        self._joint: dict[Formula, frozenset[str]] = {}

    # -- rules ----------------------------------------------------------------------------------------------

    def truth(self, formula: Formula) -> bool | None:
        """Return whether a formula is true, or false, in every completion; else None."""
        return self.completions.truth(formula)

    def fires(self, rule: GroundRule) -> bool | None:
        """Return whether a rule fires in every completion, or in none; else None."""
        return self.completions.fires(rule)

    def concluding(self, atom: Atom) -> tuple[GroundRule, ...]:
        """Return the rules that certainly fire and conclude an atom, in running order."""
        return tuple(rule for rule in self.entailment.producers(atom) if self.fires(rule))

    def alternatives(self, atom: Atom) -> tuple[GroundRule, ...]:
        """Return the rules that conclude an atom in some completion, in running order."""
        return tuple(rule for rule in self.entailment.producers(atom) if self.fires(rule) is not False)

    def covering(self, atom: Atom) -> tuple[GroundRule, ...]:
        """Return rules of which in every completion one or another concludes an atom; none can be spared.

        Where the atom need not hold: all that conclude it in some completion.
        """
        readers, rules = self.entailment.readers, self.alternatives(atom)
        fails = {denied(readers.encoding.fires(rule.id)): rule for rule in rules}
        with self.program.deciding([atom]):
            core = readers.solver.core(self.completions.literals, list(fails))
        return rules if core is None else tuple(fails[literal] for literal in core)

    def rules_for(self, atom: Atom) -> tuple[GroundRule, ...]:
        """Return the rules by which an atom is shown to hold: the certain ones, else those of `covering`."""
        return self.concluding(atom) or self.covering(atom)

    def best_for(self, atom: Atom) -> GroundRule | None:
        """Return the rule by which an atom is shown to hold; None where no rule alone makes it certain."""
        return next(iter(self.concluding(atom)), None)

    def derived(self, rule: GroundRule) -> tuple[Atom, ...]:
        """Return the derived facts on whose presence a rule stands that certainly fires."""
        atoms = (literal.atom for literal in self.basis(rule.body).literals if literal.positive)
        return tuple(dict.fromkeys(atom for atom in atoms if not self.program.is_question(atom)))

    def behind(self, atoms: Iterable[Atom], *, deep: bool = True) -> Iterator[Speaker]:
        """Yield the rules behind atoms that hold in every completion.

        First those that conclude an atom, then (where `deep`) those on which they stand, down to the answers or to
        what belongs to another conclusion. Silent rules are named only where they conclude an atom themselves.
        """
        direct: dict[str, GroundRule] = {}
        alternatives: dict[str, GroundRule] = {}
        for atom in atoms:
            certain = self.concluding(atom)
            direct |= {rule.id: rule for rule in certain}
            if not certain:
                alternatives |= {rule.id: rule for rule in self.covering(atom)}
        yield from (Speaker(rule, direct=True) for rule in direct.values())
        others = (rule for name, rule in alternatives.items() if name not in direct)
        yield from (Speaker(rule, direct=True, alternative=True) for rule in others)
        below = self._below(direct.values()) if deep else ()
        yield from (Speaker(rule, direct=False) for rule in below if not rule.silent)

    def _below(self, rules: Iterable[GroundRule]) -> Iterator[GroundRule]:
        """Yield the rules on which others stand, nearest first; conclusions are not looked behind."""
        waiting = list(rules)
        passed = {rule.id for rule in waiting}
        while waiting:
            for atom in self.derived(waiting.pop(0)):
                rule = None if atom[0] in self.entailment.library.conclusions else self.best_for(atom)
                if rule is not None and rule.id not in passed:
                    passed.add(rule.id)
                    waiting.append(rule)
                    yield rule

    def missing(self, formula: Formula) -> tuple[Literal, ...]:
        """Return what certainly does not hold for a formula to be true; () where it may be true.

        Of several missing parts of a conjunction the first one is enough to name.
        """
        if self.truth(formula) is not False:
            return ()
        if isinstance(formula, Literal):
            return (formula,)
        parts = [part for part in map(self.missing, formula.parts) if part]
        if isinstance(formula, AllOf):
            parts = parts[:1]
        return tuple(literal for part in parts for literal in part)

    # -- what rules stand on --------------------------------------------------------------------------------

    def basis(self, formula: Formula, *, holds: bool = True) -> Basis:
        """Return on what a formula stands that is certainly true (not `holds`: certainly false).

        Of what is there all counts. Of what is missing only so many parts count as are enough (of a conjunction
        one), those that rest on the fewest answers.
        """
        key = (formula, holds)
        if key not in self._bases:
            found: dict[Literal, None] = {}
            together: dict[Formula, None] = {}
            self._gather(formula, found, together, holds=holds)
            self._bases[key] = Basis(tuple(found), tuple(together))
        return self._bases[key]

    def in_named_facts(self, basis: Basis) -> Basis:
        """Return a basis in which what helper facts stand on is in their place."""
        found: dict[Literal, None] = {}
        together = dict.fromkeys(basis.together)
        for literal in basis.literals:
            if self.program.is_helper(literal.atom):
                behind = [self.in_named_facts(below) for below in self._behind_literal(literal)]
                found |= dict.fromkeys(part for below in behind for part in below.literals)
                together |= dict.fromkeys(part for below in behind for part in below.together)
            else:
                found[literal] = None
        return Basis(tuple(found), tuple(together))

    def questions(self, rule: GroundRule, passing: Callable[[Atom], bool] = lambda _: True) -> frozenset[str]:
        """Return the questions whose given answers make a rule fire that certainly does.

        Of the facts that the rule itself asks for only those are followed for which `passing` is true.
        """
        return self._behind_basis(self.basis(rule.body), passing)

    def given(self, rule: GroundRule) -> frozenset[str]:
        """Return the questions with a given answer that meets a part of a rule's condition."""
        asked = (lit for lit in literals(rule.body) if lit.atom[0] in self.entailment.known)
        return frozenset(literal.atom[0] for literal in asked if self.truth(literal))

    def _gather(
        self, formula: Formula, found: dict[Literal, None], together: dict[Formula, None], *, holds: bool
    ) -> None:
        if isinstance(formula, Literal):
            found[Literal(formula.atom, formula.positive is holds)] = None
            return
        certain = [part for part in formula.parts if self.truth(part) is holds]
        enough = formula.enough if holds else len(formula.parts) - formula.enough + 1
        if len(certain) < enough:
            together[formula if holds else negation(formula)] = None
        for part in certain if holds else nsmallest(enough, certain, key=self._missing_answers):
            self._gather(part, found, together, holds=holds)

    def _missing_answers(self, formula: Formula) -> tuple[int, list[str]]:
        return _by_number(self._behind_basis(self.basis(formula, holds=False)))

    def _behind_basis(self, basis: Basis, passing: Callable[[Atom], bool] = lambda _: True) -> frozenset[str]:
        """Return the questions whose given answers a basis rests on; see `questions` for `passing`."""
        alone = (self._answers_behind(literal) for literal in basis.literals if passing(literal.atom))
        return frozenset().union(*alone, *map(self._jointly, basis.together))

    def _answers_behind(self, literal: Literal) -> frozenset[str]:
        """Return the questions whose given answers make a literal hold."""
        if literal not in self._questions:
            self._questions[literal] = self._traced(literal)
        return self._questions[literal]

    def _traced(self, literal: Literal) -> frozenset[str]:
        if literal.atom[0] in self.entailment.known:
            return frozenset([literal.atom[0]])
        if self.program.support.get(literal.atom, frozenset()).isdisjoint(self.entailment.known):
            return frozenset()  # no given answer has a part in it
        found = map(self._behind_basis, self._behind_literal(literal))
        return min(found, key=_by_number) if literal.positive else frozenset().union(*found)

    def _behind_literal(self, literal: Literal) -> Iterator[Basis]:
        """Yield on what a derived literal stands: each rule that concludes it, or how each rule for it fails."""
        atom, holds = literal.atom, literal.positive
        rules = self.concluding(atom) if holds else self.entailment.producers(atom)
        for rule in rules:
            yield self.basis(rule.body, holds=holds)
        if holds and not rules:
            yield Basis((), (literal,))

    def _jointly(self, formula: Formula) -> frozenset[str]:
        if formula not in self._joint:
            self._joint[formula] = questions_behind(self.entailment, formula, self.scope)
        return self._joint[formula]


class Derivations(dict[Scope, Derivation]):
    """The derivations of one entailment by their scopes, each made when it is first asked for."""

    def __init__(self, entailment: Entailment) -> None:
        super().__init__()
        self.entailment = entailment

    def __missing__(self, scope: Scope) -> Derivation:
        self[scope] = Derivation(self.entailment, scope)
        return self[scope]


def _by_number(questions: frozenset[str]) -> tuple[int, list[str]]:
    return len(questions), sorted(questions)
