"""A program as clauses: what SAT needs to reason about all completions of an answer set at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from advisor.inference.domain import Domain
from advisor.inference.formula import AllOf, Atom, Formula, Literal
from advisor.inference.program import Program, Row

Clause = list[int]


class Variables:
    """Hands out variable numbers."""

    def __init__(self, count: int = 0) -> None:
        self.count = count

    def new(self) -> int:
        """Return a fresh variable."""
        self.count += 1
        return self.count


class Copy:
    """One copy of a program's variables and the clauses that tie them together.

    A derived fact is true exactly where one of its rules fires (rules are stratified, so this is their meaning).
    """

    def __init__(self, program: Program, variables: Variables, *, exclusions: bool = True) -> None:
        """Without `exclusions` answers may contradict each other; `clashes` then says where they do."""
        self.program = program
        self.variables = variables
        self.clauses: list[Clause] = []
        self.true = variables.new()
        self.clauses.append([self.true])
        self._answers: dict[Atom, int] = {}
        self._derived: dict[Atom, int] = {}
        self._coded: dict[tuple[str, int], tuple[int, ...]] = {}
        self._formulas: dict[Formula, int] = {}
        self.rules: dict[str, int] = {}
        for domain in program.domains:
            self._add_domain(domain)
        bodies: dict[Atom, list[int]] = {}
        remaining = {atom: len(rules) for atom, rules in program.producers.items()}
        for rule in program.rules:
            body = self.formula(rule.body)
            self.rules[rule.id] = body
            for head in rule.heads:
                bodies.setdefault(head, []).append(body)
                remaining[head] -= 1
                if not remaining[head]:
                    self._derived[head] = self.either(bodies[head])
        self.clashes = [self.formula(exclusion.formula) for exclusion in program.exclusions]
        if exclusions:
            self.clauses += [[-clash] for clash in self.clashes]

    def atom(self, atom: Atom) -> int:
        """Return the literal of an atom."""
        if self.program.is_question(atom):
            return self._answers[atom]
        return self._derived.get(atom, -self.true)

    def formula(self, formula: Formula) -> int:
        """Return a literal that is true exactly where the formula is."""
        if isinstance(formula, Literal):
            literal = self.atom(formula.atom)
            return literal if formula.positive else -literal
        if formula not in self._formulas:
            parts = [self.formula(part) for part in formula.parts]
            both = -self.either([-part for part in parts]) if isinstance(formula, AllOf) else self.either(parts)
            self._formulas[formula] = both
        return self._formulas[formula]

    def answer(self, question: str, code: int) -> tuple[int, ...]:
        """Return the literals that say that the question has the answer with this code."""
        if (question, code) not in self._coded:
            domain = self.program.domains[self.program.position[question]]
            self._coded[(question, code)] = tuple(
                self._answers[atom] if domain.has(code, atom[1]) else -self._answers[atom] for atom in domain.atoms
            )
        return self._coded[(question, code)]

    def literals_of(self, question: str) -> list[int]:
        """Return the variables that describe the answer to a question."""
        domain = self.program.domains[self.program.position[question]]
        return [self._answers[atom] for atom in domain.atoms]

    def row(self, model: Sequence[int]) -> Row:
        """Return the full answer set of a model (a literal for each variable, in order)."""
        return tuple(
            _decoded(domain, [model[self._answers[atom] - 1] > 0 for atom in domain.atoms])
            for domain in self.program.domains
        )

    def either(self, parts: list[int]) -> int:
        """Return a literal equivalent to the disjunction of `parts`; its clauses are added."""
        kept = [part for part in dict.fromkeys(parts) if part != -self.true]
        if self.true in kept:
            return self.true
        if len(kept) == 1:
            return kept[0]
        if not kept:
            return -self.true
        result = self.variables.new()
        self.clauses.append([-result, *kept])
        self.clauses.extend([result, -part] for part in kept)
        return result

    def _add_domain(self, domain: Domain) -> None:
        for atom in domain.atoms:
            self._answers[atom] = self.variables.new()
        found = [self._answers[atom] for atom in domain.atoms]
        if domain.question.type == "choice":
            self.clauses.append(found)
            self.clauses.extend([-a, -b] for i, a in enumerate(found) for b in found[:i])
        if domain.question.type == "number":
            low, high = domain.bounds
            for cut, variable in zip(domain.cuts, found, strict=True):
                if cut < low:
                    self.clauses.append([variable])
                if cut >= high:
                    self.clauses.append([-variable])
            self.clauses.extend([-above, below] for below, above in pairwise(found))


def _decoded(domain: Domain, held: list[bool]) -> int:
    """Return the code of an answer, given which of its atoms hold."""
    match domain.question.type:
        case "number":
            low, _ = domain.bounds
            return max([low, *(cut + 1 for cut, over in zip(domain.cuts, held, strict=True) if over)])
        case "yes_no":
            return 0 if held[0] else 1
        case "choice":
            return held.index(True)
        case _:
            return sum(1 << index for index, chosen in enumerate(held) if chosen)


def tied(first: Copy, second: Copy, selectors: Mapping[str, int]) -> Iterator[Clause]:
    """Yield clauses by which the selector of a question makes both copies answer it alike."""
    for question, selector in selectors.items():
        for a, b in zip(first.literals_of(question), second.literals_of(question), strict=True):
            yield [-selector, -a, b]
            yield [-selector, a, -b]


def differing(first: Copy, second: Copy, atoms: Iterable[Atom], variables: Variables) -> tuple[int, list[Clause]]:
    """Return a literal, and its clauses, that can be true only where the copies differ in one of `atoms`."""
    clauses: list[Clause] = []
    differences: list[int] = []
    for atom in atoms:
        a, b = first.atom(atom), second.atom(atom)
        difference = variables.new()
        clauses += [[-difference, a, b], [-difference, -a, -b]]
        differences.append(difference)
    some = variables.new()
    clauses.append([-some, *differences])
    return some, clauses
