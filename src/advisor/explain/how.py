"""How a conclusion comes about: the answers that settle it, and the rules from them up to it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from advisor.advice.advice import Conclusion
from advisor.advice.advising import advise_on
from advisor.advice.conclusions import bare_conclusion
from advisor.explain.proof_tree import Absent, Either, Fired, Given, Node, Supposed
from advisor.inference.case import Case
from advisor.inference.formula import AllOf, AnyOf, AtLeast, Atom, Formula, Literal, literals, negation
from advisor.inference.ground import GroundRule, helper_role
from advisor.knowledge_base import Knowledge
from advisor.reasoning.circumstance import Circumstance
from advisor.reasoning.confirmation import confirmed
from advisor.reasoning.derivation import Derivation
from advisor.reasoning.entailment import Entailment, entailment_of
from advisor.reasoning.sufficiency import answers_behind, parts_behind
from advisor.understanding.reading import Answer


@dataclass(frozen=True, slots=True)
class How:
    """How one conclusion comes about.

    `asked` is what was asked for; `conclusion` is admissibility instead where that already decides. Where it is
    settled, `answers` alone settle it (none of them can be left out), `tree` holds the rules for each of its
    values, and `left_out` why the other values of a list are not in it. Where it is open, `conclusion` carries its
    outcomes, and the rest is empty.
    """

    asked: str
    conclusion: Conclusion
    answers: Mapping[str, Answer]
    tree: tuple[Node, ...]
    left_out: tuple[Absent, ...]


def how(knowledge: Knowledge, case: Case, name: str) -> How:
    """Return how the conclusion `name` of a case comes about.

    Raises `ContradictionError` where the answers contradict each other, and `DisagreementError` where the readers
    differ.
    """
    entailment = entailment_of(knowledge, case)
    conclusion = bare_conclusion(entailment, name)
    if conclusion.reason is not None:
        return replace(how(knowledge, case, knowledge.library.roles.gate), asked=name)
    if conclusion.open:
        return How(name, advise_on(knowledge, case, [name])[name], {}, (), ())
    confirmed(entailment.day, entailment.example)
    return _Proof(knowledge, case, entailment, conclusion).how()


class _Proof:
    """Builds the tree of one settled conclusion."""

    def __init__(self, knowledge: Knowledge, case: Case, entailment: Entailment, conclusion: Conclusion) -> None:
        self.library = knowledge.library
        self.case = case
        self.conclusion = conclusion
        self.fact = conclusion.id
        self.program = entailment.program
        self.scope = entailment.scope(self.fact)
        self.values = entailment.range(self.fact).settled or ()
        settling = self._settling(entailment)
        # From here on only the answers count that settle it: what else was answered is no part of the proof.
        codes = {question: case.codes[question] for question in settling}
        self.entailment = Entailment(self.library, entailment.day, codes)
        self.derivation = Derivation(self.entailment, self.scope)
        self._told: set[Atom] = set()

    def how(self) -> How:
        """Return the explanation."""
        tree = tuple(node for value in self.values for node in self._true((self.fact, value)))
        others = [v for v in self.program.values[self.fact] if v not in self.values]
        listed = self.library.all_facts[self.fact].kind == "many"
        left_out = tuple(self._absent((self.fact, value)) for value in others) if listed else ()
        answers = {q: a for q, a in self.case.answers.items() if q in self.entailment.known}
        return How(self.fact, self.conclusion, answers, tree, tuple(a for a in left_out if a.because))

    def _settling(self, entailment: Entailment) -> tuple[str, ...]:
        """Return the questions of a smallest part of the answers that settles the conclusion."""
        atoms = [(self.fact, value) for value in self.program.values[self.fact]]
        settled = AllOf(tuple(Literal(atom, atom[1] in self.values) for atom in atoms))
        derivation = Derivation(entailment, self.scope)
        rules = [rule for value in self.values for rule in derivation.concluding((self.fact, value))]
        behind = frozenset().union(*(derivation.questions(rule) for rule in rules))
        return answers_behind(entailment, settled, self.scope, behind)

    # -- what holds -----------------------------------------------------------------------------------------

    def _true(self, atom: Atom) -> list[Node]:
        """Return why a derived atom holds; what it stands on is told once."""
        again = atom in self._told
        self._told.add(atom)
        certain = self.derivation.concluding(atom)
        if not certain:
            rules = () if again else self.derivation.alternatives(atom)
            nodes = tuple(self._node(rule, self._because(rule.body)) for rule in rules)
            return [Either((atom,), nodes, self._behind(Literal(atom)))]
        rule = min(certain, key=lambda rule: (rule.silent, len(self.derivation.questions(rule)), rule.id))
        below = () if again else self._because(rule.body)
        return list(below) if rule.silent else [self._node(rule, below, again=again)]

    def _because(self, formula: Formula) -> tuple[Node, ...]:
        """Return what makes a formula hold, each part once; what of it need not always hold is supposed."""
        return tuple(dict.fromkeys(self._parts(formula)))

    def _parts(self, formula: Formula) -> Iterable[Node]:
        truth = self.derivation.truth
        if isinstance(formula, Literal):
            yield from self._literal(formula) if truth(formula) else [Supposed(formula.atom, formula.positive)]
        elif isinstance(formula, AllOf):
            for part in formula.parts:
                yield from self._parts(part)
        else:
            certain = [part for part in formula.parts if truth(part)]
            if truth(formula) and len(certain) < formula.enough:
                yield self._one_of(formula)
            else:
                open_parts = [part for part in formula.parts if truth(part) is None]
                for part in (sorted(certain, key=_weight) + sorted(open_parts, key=_weight))[: formula.enough]:
                    yield from self._parts(part)

    def _one_of(self, formula: AnyOf | AtLeast) -> Either:
        """Return which facts of a formula are possible, and the answers that make enough of them hold."""
        facts = [
            part.atom
            for part in literals(formula)
            if part.positive
            and not self.program.is_question(part.atom)
            and self.derivation.truth(Literal(part.atom)) is not False
        ]
        return Either(tuple(dict.fromkeys(facts)), (), self._behind(formula))

    def _literal(self, literal: Literal) -> Iterable[Node]:
        if self.program.is_question(literal.atom):
            for part in self._behind(literal):
                yield Given(part.question, part.relation, part.values)
        elif literal.positive:
            yield from self._true(literal.atom)
        elif self.entailment.producers(literal.atom):
            yield self._absent(literal.atom)

    def _behind(self, formula: Formula) -> tuple[Circumstance, ...]:
        return parts_behind(self.entailment, formula, self.scope)

    def _node(self, rule: GroundRule, because: tuple[Node, ...], *, again: bool = False) -> Fired:
        grounds = rule.grounds
        return Fired(
            rule=rule.id,
            text=grounds.because,
            cites=self.library.standing(grounds.cites, self.case.as_of),
            authority=grounds.authority,
            provenance=grounds.provenance,
            concluded=rule.heads,
            because=because,
            again=again,
        )

    def _absent(self, atom: Atom) -> Absent:
        """Return why a derived atom does not hold."""
        producers = self.entailment.producers(atom)
        text = next((rule.grounds.because for rule in producers), None)
        because = self._behind(negation(Literal(atom))) if producers else ()
        return Absent(atom, text, because, helper_role(atom))


def _weight(formula: Formula) -> int:
    return 1 if isinstance(formula, Literal) else sum(_weight(part) for part in formula.parts)
