"""The rule base of a day as a generated Python function, for one full case or for many side by side.

The truth of an atom in many cases is one integer with a bit for each, so one case and a thousand run the same code.
What a person is shown comes from experta. Generated names are numbered: no text of a rule file becomes code.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final, assert_never, cast

from advisor.inference.firing import Firing, Result
from advisor.inference.formula import AllOf, AnyOf, AtLeast, Atom, Formula, Literal, holds
from advisor.inference.program import Program, Row

MOST_JOINED: Final = 100

Column = int
"""Where something is true: the bit of each case in which it is."""

Evaluation = tuple[tuple[Column, ...], tuple[Column, ...]]
"""Where each rule fires (in rule order), and where each derived atom is true (in the order of `atoms`)."""


class GeneratedProgram:
    """Runs a program on rows; built once a program."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self.rule_ids = tuple(rule.id for rule in program.rules)
        self.atoms: tuple[Atom, ...] = tuple(program.producers)
        self.answers: tuple[Atom, ...] = tuple(atom for domain in program.domains for atom in domain.atoms)
        self._names = {atom: f"q{number}" for number, atom in enumerate(self.answers)}
        self._names |= {atom: f"a{number}" for number, atom in enumerate(self.atoms)}
        self._bits: list[dict[int, tuple[Column, ...]]] = [{} for _ in program.domains]
        namespace: dict[str, object] = {}
        exec(compile(self._source(), "<rule base>", "exec"), namespace)  # noqa: S102
        self._evaluate = cast("Callable[[Sequence[Column], Column], Evaluation]", namespace["evaluate"])
        self._clashes = cast("Callable[[Sequence[Column], Column], tuple[Column, ...]]", namespace["clashes"])

    def evaluate(self, answers: Sequence[Column], everywhere: Column) -> Evaluation:
        """Return what follows in many cases.

        `answers` say where each atom of `self.answers` is true; `everywhere` has the bit of every case.
        """
        return self._evaluate(answers, everywhere)

    def evaluate_row(self, row: Row) -> Evaluation:
        """Return what follows from one full case; every column is 0 or 1."""
        return self._evaluate(self._answers(row), 1)

    def _answers(self, row: Row) -> list[Column]:
        found: list[Column] = []
        for domain, code, known in zip(self.program.domains, row, self._bits, strict=True):
            if code not in known:
                known[code] = tuple(int(domain.has(code, value)) for _, value in domain.atoms)
            found += known[code]
        return found

    def run(self, row: Row) -> Result:
        """Return what follows from `row`."""
        bodies, truths = self.evaluate_row(row)
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
        bodies, truths = self.evaluate_row(row)
        true = {atom for atom, column in zip(self.atoms, truths, strict=True) if column}

        def truth(atom: Atom) -> bool:
            return self.program.answer_holds(atom, row) if self.program.is_question(atom) else atom in true

        for rule, fired in zip(self.program.rules, bodies, strict=True):
            if fired:
                found = list(_true_literals(rule.body, truth))
                matched = dict.fromkeys(literal.atom for literal in found if literal.positive)
                absent = dict.fromkeys(literal.atom for literal in found if not literal.positive)
                yield Firing(rule.id, tuple(matched), tuple(absent), rule.heads)

    def contradictions(self, row: Row) -> tuple[int, ...]:
        """Return the indexes of the exclusions that `row` runs into."""
        return tuple(index for index, clash in enumerate(self.clashes(self._answers(row), 1)) if clash)

    def clashes(self, answers: Sequence[Column], everywhere: Column) -> tuple[Column, ...]:
        """Return where each exclusion is run into; see `evaluate`."""
        return self._clashes(answers, everywhere)

    def _source(self) -> str:
        """Return both functions, which take the columns of the answers (q0, q1, ...) and that of every case (e)."""
        answers = "".join(f"{self._names[atom]}, " for atom in self.answers)
        start = f"(answers, e):\n {answers} = answers\n" if answers else "(answers, e):\n"
        lines = [f"def evaluate{start}"]
        body_of = {rule.id: f"r{number}" for number, rule in enumerate(self.program.rules)}
        written: set[Atom] = set()
        for rule in self.program.rules:
            body = self._expression(rule.body, lines)
            lines.append(f" {body_of[rule.id]} = {body}")
            for head in rule.heads:
                earlier = f"{self._names[head]} | " if head in written else ""
                lines.append(f" {self._names[head]} = {earlier}{body_of[rule.id]}")
                written.add(head)
        bodies = "".join(f"{name}, " for name in body_of.values())
        truths = "".join(f"{self._names[atom]}, " for atom in self.atoms)
        lines.append(f" return ({bodies}), ({truths})")
        lines.append(f"def clashes{start}")
        clashes = [f"{self._expression(exclusion.formula, lines)}, " for exclusion in self.program.exclusions]
        lines.append(f" return ({''.join(clashes)})")
        return "\n".join(lines)

    def _expression(self, formula: Formula, lines: list[str]) -> str:
        """Return a formula as an expression; what has to be worked out before is added to the lines."""
        match formula:
            case Literal():
                # What no rule of the day concludes is false.
                asked = self.program.is_question(formula.atom)
                name = self._names[formula.atom] if asked else self._names.get(formula.atom, "0")
                return name if formula.positive else f"(e ^ {name})"
            case AllOf(()):
                return "e"
            case AnyOf(()):
                return "0"
            case AllOf():
                return _joined(" & ", [self._expression(part, lines) for part in formula.parts])
            case AnyOf():
                return _joined(" | ", [self._expression(part, lines) for part in formula.parts])
            case AtLeast():
                return self._counted(formula, lines)
            case _ as unreachable:
                assert_never(unreachable)

    def _counted(self, formula: AtLeast, lines: list[str]) -> str:
        """Return where enough parts hold: `cN_2` is where two of them do, or more, among those so far."""
        columns = [self._expression(part, lines) for part in formula.parts]
        prefix = f"c{len(lines)}_"  # no other formula is written from this line on
        for so_far, column in enumerate(columns, start=1):
            lines.append(f" p = {column}")
            to_come = len(columns) - so_far
            for count in range(min(so_far, formula.enough), max(formula.enough - to_come, 1) - 1, -1):
                gained = f"{prefix}{count - 1} & p" if count > 1 else "p"
                lines.append(f" {prefix}{count} {'|=' if count < so_far else '='} {gained}")
        return f"{prefix}{formula.enough}"


def _joined(joint: str, parts: list[str]) -> str:
    """Return the parts joined; many of them in groups, since the compiler calls itself for each joint of a row."""
    while len(parts) > MOST_JOINED:
        parts = [_joined(joint, parts[start : start + MOST_JOINED]) for start in range(0, len(parts), MOST_JOINED)]
    return f"({joint.join(parts)})"


def _true_literals(formula: Formula, truth: Callable[[Atom], bool]) -> Iterator[Literal]:
    """Yield the literals by which a true formula is true: of a disjunction those of every part that is."""
    if isinstance(formula, Literal):
        yield formula
        return
    for part in formula.parts:
        if isinstance(formula, AllOf) or holds(part, truth):
            yield from _true_literals(part, truth)
