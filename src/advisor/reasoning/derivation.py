"""Derivation: which rules hold for known answers, and on which answers and facts each of them stands.

Only what holds in every completion of a scope is told: a rule that fires in some of them alone is an alternative,
never a reason. Rules are read as the generated program runs them; facts that only spell out a policy or a ranking
are passed through.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from advisor.inference.cnf import denied
from advisor.inference.formula import AllOf, Atom, Formula, Literal, literals, negation
from advisor.inference.ground import GroundRule
from advisor.reasoning.completions import Scope
from advisor.reasoning.entailment import Entailment
from advisor.reasoning.sufficiency import questions_behind


@dataclass(frozen=True, slots=True)
class Justification:
    """On what a rule that certainly fires stands.

    `matched` are the answers and facts that are certainly there, `absent` those that are certainly not and must not
    be. `together` says that some part of the condition holds although none of its alternatives does so in every
    completion; `jointly` are the questions whose given answers make it hold.
    """

    rule: GroundRule
    matched: tuple[Atom, ...]
    absent: tuple[Atom, ...]
    together: bool
    jointly: frozenset[str]


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
        self._questions: dict[tuple[Atom, bool], frozenset[str]] = {}
        self._justified: dict[str, Justification] = {}

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
        core = readers.solver.core(self.completions.literals, list(fails))
        return rules if core is None else tuple(fails[literal] for literal in core)

    def best_for(self, atom: Atom) -> GroundRule | None:
        """Return the rule by which an atom is shown to hold; None where no rule alone makes it certain."""
        return next(iter(self.concluding(atom)), None)

    def justification(self, rule: GroundRule) -> Justification:
        """Return on what a rule stands that certainly fires."""
        if rule.id not in self._justified:
            found: dict[Literal, None] = {}
            together: list[Formula] = []
            self._gather(rule.body, found, together)
            self._justified[rule.id] = Justification(
                rule,
                tuple(dict.fromkeys(literal.atom for literal in found if literal.positive)),
                tuple(dict.fromkeys(literal.atom for literal in found if not literal.positive)),
                bool(together),
                frozenset().union(*map(self._jointly, together)),
            )
        return self._justified[rule.id]

    def derived(self, rule: GroundRule) -> tuple[Atom, ...]:
        """Return the derived facts that a rule matched."""
        return tuple(atom for atom in self.justification(rule).matched if not self.program.is_question(atom))

    def behind(self, atoms: Iterable[Atom], stop: Callable[[Atom], bool] = lambda _: True) -> Iterator[Speaker]:
        """Yield the rules behind atoms that hold in every completion.

        First those that conclude an atom, then those on which they stand, down to the answers or to facts that
        `stop` (default: none of these). Silent rules are named only where they conclude an atom themselves.
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
        below = self.below(direct.values(), stop)
        yield from (Speaker(rule, direct=False) for rule in below if not rule.silent)

    def below(self, rules: Iterable[GroundRule], stop: Callable[[Atom], bool]) -> Iterator[GroundRule]:
        """Yield the rules on which others stand, nearest first, down to the answers or to facts that `stop`."""
        waiting = list(rules)
        passed = {rule.id for rule in waiting}
        while waiting:
            for atom in self.derived(waiting.pop(0)):
                rule = None if stop(atom) else self.best_for(atom)
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
        parts = [self.missing(part) for part in formula.parts]
        if isinstance(formula, AllOf):
            return next((part for part in parts if part), ())
        return tuple(literal for part in parts for literal in part)

    # -- answers --------------------------------------------------------------------------------------------

    def questions(self, rule: GroundRule, passing: Callable[[Atom], bool] = lambda _: True) -> frozenset[str]:
        """Return the questions whose given answers make a rule fire that certainly does.

        Of the facts that the rule itself asks for only those are followed for which `passing` is true.
        """
        found = self.justification(rule)
        there = (self._behind_atom(atom, holds=True) for atom in found.matched if passing(atom))
        gone = (self._behind_atom(atom, holds=False) for atom in found.absent if passing(atom))
        return found.jointly.union(*there, *gone)

    def given(self, rule: GroundRule) -> frozenset[str]:
        """Return the questions with a given answer that meets a part of a rule's condition."""
        asked = (lit for lit in literals(rule.body) if lit.atom[0] in self.entailment.known)
        return frozenset(literal.atom[0] for literal in asked if self.truth(literal))

    def _gather(self, formula: Formula, found: dict[Literal, None], together: list[Formula]) -> None:
        """Note the literals by which a certain formula holds, and the disjunctions of which no part is certain."""
        if isinstance(formula, Literal):
            found[formula] = None
            return
        parts = [part for part in formula.parts if self.truth(part)]
        if not parts and formula.parts:
            together.append(formula)
        for part in parts:
            self._gather(part, found, together)

    def _behind_atom(self, atom: Atom, *, holds: bool) -> frozenset[str]:
        """Return the questions whose given answers make an atom true, or false."""
        key = (atom, holds)
        if key not in self._questions:
            self._questions[key] = self._traced(atom, holds=holds)
        return self._questions[key]

    def _traced(self, atom: Atom, *, holds: bool) -> frozenset[str]:
        if atom[0] in self.entailment.known:
            return frozenset([atom[0]])
        if self.program.support.get(atom, frozenset()).isdisjoint(self.entailment.known):
            return frozenset()  # no given answer has a part in it
        if holds:
            found = [self.questions(rule) for rule in self.concluding(atom)]
            return _simplest(found) if found else self._jointly(Literal(atom))
        if self.program.is_question(atom):
            return self._jointly(Literal(atom, positive=False))
        return frozenset().union(*(self._why_false(rule.body) for rule in self.entailment.producers(atom)))

    def _why_false(self, formula: Formula) -> frozenset[str]:
        """Return questions whose answers make a formula false (one false part of a conjunction is enough)."""
        if isinstance(formula, Literal):
            return self._behind_atom(formula.atom, holds=not formula.positive)
        found = [self._why_false(part) for part in formula.parts if self.truth(part) is False]
        if not isinstance(formula, AllOf):
            return frozenset().union(*found)
        if not found:
            return self._jointly(negation(formula))
        return _simplest(found)

    def _jointly(self, formula: Formula) -> frozenset[str]:
        return questions_behind(self.entailment, formula, self.scope)


def _simplest(found: list[frozenset[str]]) -> frozenset[str]:
    return min(found, key=lambda questions: (len(questions), sorted(questions)))
