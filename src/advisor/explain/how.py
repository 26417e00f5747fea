"""How a conclusion comes about: the answers that settle it, and the firings from them up to it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from advisor.advice.advice import Circumstance, Conclusion
from advisor.advice.advising import advise_on
from advisor.explain.derivation import Absent, Either, Given, Node, Step, Supposed
from advisor.explain.situation import Situation
from advisor.inference.case import Case
from advisor.inference.domain import Answer
from advisor.inference.formula import AllOf, AnyOf, Atom, Formula, Literal, literals
from advisor.inference.ground import GroundRule
from advisor.inference.support import Support
from advisor.knowledge_base import Knowledge


@dataclass(frozen=True, slots=True)
class How:
    """How one conclusion comes about.

    `asked` is what was asked for; `conclusion` is admissibility instead where that already decides. Where it is
    settled, `answers` alone settle it (none of them can be left out), `tree` holds the firings for each of its
    values, and `left_out` why the other values of a list are not in it. Where it is open, `conclusion` carries its
    outcomes, and the rest is empty.
    """

    asked: str
    conclusion: Conclusion
    answers: Mapping[str, Answer]
    tree: tuple[Node, ...]
    left_out: tuple[Absent, ...]


def how(knowledge: Knowledge, case: Case, name: str) -> How:
    """Return how the conclusion `name` of a case comes about. Raises `ContradictionError`."""
    situation = Situation(knowledge, case)
    conclusion = situation.conclusion(name)
    if conclusion.reason is not None:
        return replace(how(knowledge, case, situation.library.conclusion_file.gate), asked=name)
    if conclusion.open:
        return How(name, advise_on(knowledge, case, [name])[name], {}, (), ())
    return _Derivation(situation, conclusion).how()


class _Derivation:
    """Builds the tree of one settled conclusion."""

    def __init__(self, situation: Situation, conclusion: Conclusion) -> None:
        self.situation = situation
        self.conclusion = conclusion
        self.fact = conclusion.id
        self.program = situation.program
        inquiry = situation.inquiry
        ((self.values, row),) = (inquiry.range(self.fact).values or {}).items()
        result = situation.day.experta.run(row)
        self.support = Support(self.program, result, row, inquiry.known)
        self.codes = self._settling(situation.case.codes)
        self._told: set[Atom] = set()

    def how(self) -> How:
        """Return the explanation."""
        tree = tuple(node for value in self.values for node in self._true((self.fact, value)))
        others = [v for v in self.program.values[self.fact] if v not in self.values]
        listed = self.situation.library.all_facts[self.fact].kind == "many"
        left_out = tuple(self._absent((self.fact, value)) for value in others) if listed else ()
        answers = {q: a for q, a in self.situation.case.answers.items() if q in self.codes}
        return How(self.fact, self.conclusion, answers, tree, tuple(a for a in left_out if a.because))

    def _settling(self, codes: Mapping[str, int]) -> dict[str, int]:
        """Return a smallest part of the answers that settles the conclusion."""
        sat = self.situation.sat
        other = sat.clause([self._against(value) for value in self.program.values[self.fact]])
        rules = [rule for value in self.values for rule in self.support.fired_for((self.fact, value))]
        behind = {question for rule in rules for question in self.support.questions(rule)}
        kept = self.situation.answers_behind([other], self.fact, codes, behind)
        sat.retire(other)
        return {question: codes[question] for question in kept}

    def _against(self, value: str) -> int:
        literal = self.situation.sat.literal((self.fact, value))
        return -literal if value in self.values else literal

    # -- what holds -----------------------------------------------------------------------------------------

    def _certain(self, formula: Formula) -> bool:
        """Whether a formula holds in every completion of the settling answers."""
        if isinstance(formula, AllOf):
            return all(self._certain(part) for part in formula.parts)
        if isinstance(formula, Literal):
            return not self.situation.possible(formula.atom, self.fact, self.codes, truth=not formula.positive)
        # No single part need hold everywhere: it is enough that never all of them fail.
        sat = self.situation.sat
        opposed = [self._opposed(part) for part in formula.parts]
        return sat.completion(self.codes, [*self.situation.scope(self.fact), *opposed]) is None

    def _opposed(self, formula: Formula) -> int:
        """Return a literal that can be true only where the formula is false."""
        if isinstance(formula, Literal):
            literal = self.situation.sat.literal(formula.atom)
            return -literal if formula.positive else literal
        return -self.situation.sat.formula(formula)

    def _true(self, atom: Atom) -> list[Node]:
        """Return why a derived atom holds."""
        if self.program.constants.get(atom) and atom not in self.program.producers:
            return []  # the calendar says so
        certain = [rule for rule in self.support.fired_for(atom) if self._certain(rule.body)]
        if not certain:
            either = self._either(atom)
            again, self._told = atom in self._told, self._told | {atom}
            return [replace(either, rules=()) if again else either]
        rule = min(certain, key=lambda rule: (rule.silent, len(self.support.questions(rule)), rule.id))
        return self._fired(rule, atom)

    def _fired(self, rule: GroundRule, atom: Atom) -> list[Node]:
        again = atom in self._told
        self._told.add(atom)
        below = [] if again else list(dict.fromkeys(self._body(rule.body)))
        if rule.silent:
            return below
        return [self._step(rule, tuple(below), again=again)]

    def _either(self, atom: Atom) -> Either:
        rules = [
            rule
            for rule in self.program.producers.get(atom, ())
            if self.situation.sat.completion(
                self.codes, [*self.situation.scope(self.fact), self.situation.sat.rule(rule.id)]
            )
        ]
        literal = self.situation.sat.literal(atom)
        because = self.situation.parts_behind([-literal], self.fact, self.codes)
        steps = [self._step(rule, tuple(dict.fromkeys(self._supposed(rule.body)))) for rule in rules]
        return Either((atom,), tuple(steps), because)

    def _body(self, formula: Formula) -> Iterable[Node]:
        """Yield what makes a certain formula hold."""
        if isinstance(formula, Literal):
            yield from self._literal(formula)
        elif isinstance(formula, AllOf):
            for part in formula.parts:
                yield from self._body(part)
        else:
            certain = [part for part in formula.parts if self._certain(part)]
            if certain:
                yield from self._body(min(certain, key=_weight))
            else:
                yield self._one_of(formula)

    def _one_of(self, formula: AnyOf) -> Either:
        """Return which facts of a disjunction are possible, and the answers that make one of them hold."""
        opposed = [self._opposed(part) for part in formula.parts]
        facts = [
            part.atom
            for part in literals(formula)
            if part.positive
            and not self.program.is_question(part.atom)
            and self.situation.possible(part.atom, self.fact, self.codes)
        ]
        because = self.situation.parts_behind(opposed, self.fact, self.codes)
        return Either(tuple(dict.fromkeys(facts)), (), because)

    def _supposed(self, formula: Formula) -> Iterable[Node]:
        """Yield what makes a formula hold that need not always: what is certain of it, and what is supposed."""
        if self._certain(formula):
            yield from self._body(formula)
        elif isinstance(formula, Literal):
            yield Supposed(formula.atom, formula.positive)
        elif isinstance(formula, AllOf):
            for part in formula.parts:
                yield from self._supposed(part)
        else:
            possible = [part for part in formula.parts if self._possible(part)]
            yield from self._supposed(min(possible, key=_weight))

    def _possible(self, formula: Formula) -> bool:
        sat = self.situation.sat
        wanted = sat.formula(formula) if not isinstance(formula, Literal) else -self._opposed(formula)
        return sat.completion(self.codes, [*self.situation.scope(self.fact), wanted]) is not None

    def _literal(self, literal: Literal) -> Iterable[Node]:
        if self.program.is_question(literal.atom):
            opposed = self._opposed(literal)
            yield from map(Given, self.situation.parts_behind([opposed], self.fact, self.codes))
        elif literal.positive:
            yield from self._true(literal.atom)
        elif literal.atom in self.program.producers:
            yield self._absent(literal.atom)

    def _step(self, rule: GroundRule, because: tuple[Node, ...], *, again: bool = False) -> Step:
        grounds = rule.grounds
        return Step(
            rule.id,
            rule.heads,
            grounds.because,
            self.situation.standing(grounds.cites),
            grounds.see,
            grounds.authority,
            grounds.provenance,
            because,
            again,
        )

    def _absent(self, atom: Atom) -> Absent:
        """Return why a derived atom does not hold."""
        producers = self.program.producers.get(atom, ())
        text = next((rule.grounds.because for rule in producers), None)
        because: tuple[Circumstance, ...] = ()
        if producers:
            because = self.situation.parts_behind([self.situation.sat.literal(atom)], self.fact, self.codes)
        return Absent(atom, text, because)


def _weight(formula: Formula) -> int:
    return 1 if isinstance(formula, Literal) else sum(_weight(part) for part in formula.parts)
