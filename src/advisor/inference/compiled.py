"""The bulk reader: the rule base of a day as one generated Python function.

Used where many full answer sets are run (`batch`, searches for witnesses); what a person is shown comes from
experta. Generated names are numbered, so no text of a rule file ever becomes code.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from advisor.inference.domain import Domain
from advisor.inference.firing import Result
from advisor.inference.formula import AllOf, Atom, Formula, Literal
from advisor.inference.program import Program, Row

Evaluation = tuple[tuple[bool, ...], tuple[bool, ...]]


class CompiledReader:
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


def _answer_expression(domain: Domain, variable: str, value: str) -> str:
    match domain.question.type:
        case "number":
            return f"({variable} > {int(value[1:])})"
        case "choices":
            return f"({variable} >> {domain.question.option_ids.index(value)} & 1 == 1)"
        case _:
            return f"({variable} == {domain.question.option_ids.index(value)})"
