"""The rule base of a day as generated Python functions.

Used where many full answer sets are run (`batch`, searches for witnesses); what a person is shown comes from
experta. Generated names are numbered, so no text of a rule file ever becomes code.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import cast

from advisor.inference.domain import Domain
from advisor.inference.firing import Firing, Result
from advisor.inference.formula import AllOf, Atom, Formula, Literal, cut_of, holds
from advisor.inference.program import Program, Row

Evaluation = tuple[tuple[bool, ...], tuple[bool, ...]]


class GeneratedProgram:
    """Runs a program on rows; built once a program."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self.rule_ids = tuple(rule.id for rule in program.rules)
        self.atoms: tuple[Atom, ...] = tuple(program.producers)
        self.index = {atom: number for number, atom in enumerate(self.atoms)}
        self._evaluate = self._compile()

    def evaluate(self, row: Row) -> Evaluation:
        """Return the truth of each rule body (in rule order) and of each derived atom (in `atoms` order)."""
        return self._evaluate(row)

    def run(self, row: Row) -> Result:
        """Return what follows from `row`."""
        bodies, truths = self._evaluate(row)
        true = {atom for atom, truth in zip(self.atoms, truths, strict=True) if truth}
        facts: dict[str, tuple[str, ...]] = {}
        for name in {atom[0] for atom in true}:
            ordered = self.program.values.get(name)
            if ordered is not None:
                facts[name] = tuple(value for value in ordered if (name, value) in true)
        fired = frozenset(rule for rule, body in zip(self.rule_ids, bodies, strict=True) if body)
        return Result(facts, fired)

    def trace(self, row: Row) -> Result:
        """Return what follows from `row`, with the firings: what each rule matched by its condition."""
        result = self.run(row)
        return Result(result.facts, result.fired, tuple(self._firings(row)))

    def _firings(self, row: Row) -> Iterator[Firing]:
        bodies, truths = self._evaluate(row)

        def truth(atom: Atom) -> bool:
            if self.program.is_question(atom):
                return self.program.answer_holds(atom, row)
            return atom in self.index and truths[self.index[atom]]

        for rule, fired in zip(self.program.rules, bodies, strict=True):
            if fired:
                found = list(_true_literals(rule.body, truth))
                matched = dict.fromkeys(literal.atom for literal in found if literal.positive)
                absent = dict.fromkeys(literal.atom for literal in found if not literal.positive)
                yield Firing(rule.id, tuple(matched), tuple(absent), rule.heads)

    def contradictions(self, row: Row) -> tuple[int, ...]:
        """Return the indexes of the exclusions that `row` runs into."""
        return tuple(index for index, clash in enumerate(self._clashes(row)) if clash)

    def _compile(self) -> Callable[[Row], Evaluation]:
        questions = ", ".join(f"q{i}" for i in range(len(self.program.domains)))
        lines = [f"def evaluate(row):\n ({questions},) = row"]
        body_of = {rule.id: f"r{number}" for number, rule in enumerate(self.program.rules)}
        written: set[Atom] = set()
        for rule in self.program.rules:
            lines.append(f" {body_of[rule.id]} = {self._expression(rule.body)}")
            for head in rule.heads:
                name = f"a{self.index[head]}"
                lines.append(
                    f" {name} = {name} or {body_of[rule.id]}"
                    if head in written
                    else f" {name} = {body_of[rule.id]}"
                )
                written.add(head)
        bodies = ", ".join(body_of.values())
        truths = ", ".join(f"a{number}" for number in range(len(self.atoms)))
        lines.append(f" return ({bodies},), ({truths},)")
        clashes = ", ".join(self._expression(exclusion.formula) for exclusion in self.program.exclusions)
        lines.append(f"def clashes(row):\n ({questions},) = row\n return ({clashes + ',' if clashes else ''})")
        namespace: dict[str, object] = {}
        exec(compile("\n".join(lines), "<rule base>", "exec"), namespace)  # noqa: S102
        self._clashes = cast("Callable[[Row], tuple[bool, ...]]", namespace["clashes"])
        return cast("Callable[[Row], Evaluation]", namespace["evaluate"])

    def _expression(self, formula: Formula) -> str:
        if isinstance(formula, Literal):
            text = self._atom(formula.atom)
            return text if formula.positive else f"(not {text})"
        if not formula.parts:
            return "True" if isinstance(formula, AllOf) else "False"
        joint = " and " if isinstance(formula, AllOf) else " or "
        return "(" + joint.join(self._expression(part) for part in formula.parts) + ")"

    def _atom(self, atom: Atom) -> str:
        if self.program.is_question(atom):
            position = self.program.position[atom[0]]
            return _answer_expression(self.program.domains[position], f"q{position}", atom[1])
        return f"a{self.index[atom]}" if atom in self.index else "False"


def _true_literals(formula: Formula, truth: Callable[[Atom], bool]) -> Iterator[Literal]:
    """Yield the literals by which a true formula is true: of a disjunction those of every part that is."""
    if isinstance(formula, Literal):
        yield formula
        return
    for part in formula.parts:
        if isinstance(formula, AllOf) or holds(part, truth):
            yield from _true_literals(part, truth)


def _answer_expression(domain: Domain, variable: str, value: str) -> str:
    match domain.question.type:
        case "number":
            return f"({variable} > {cut_of(value)})"
        case "choices":
            return f"({variable} >> {domain.question.option_ids.index(value)} & 1 == 1)"
        case _:
            return f"({variable} == {domain.question.option_ids.index(value)})"
