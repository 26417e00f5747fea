"""The reader whose conclusions people see: the rule base of a day run by experta, firings recorded.

Every ground rule becomes one experta rule; a disjunction or cardinality inside a condition becomes a helper fact
with one rule a branch, which concludes it once enough of them have fired, so that experta never has to multiply
conditions out. What is known to go wrong in experta is
kept out by construction: one pattern in a NOT, a fact class for each question and fact, words instead of
booleans, salience by stratum, nothing modified or retracted, one engine in one thread.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from advisor.inference.agenda import StrictStrategy
from advisor.inference.experta_shim import NOT, Fact, KnowledgeEngine, P, Rule
from advisor.inference.firing import Firing, Result
from advisor.inference.formula import AllOf, AnyOf, AtLeast, Atom, Formula, Literal, atoms, cut_of, holds
from advisor.inference.matcher import DirectMatcher
from advisor.inference.program import Program, Row

HELPER = "helper"
MOST_PATTERNS = 50
"""How many patterns a rule may have: experta calls itself some times for each."""

SINGLE = ("choice", "yes_no", "number")


@dataclass
class _Plan:
    """One experta rule before it is built."""

    id: str
    heads: tuple[Atom, ...]
    present: list[tuple[str, Any]] = field(default_factory=list)
    absent: list[Atom] = field(default_factory=list)
    level: int = 0


@dataclass
class _Log:
    """What one firing matched."""

    matched: dict[Atom, None] = field(default_factory=dict)
    absent: dict[Atom, None] = field(default_factory=dict)


class ExpertaReader:
    """Runs a program on rows with one engine; safe to call from several threads, one at a time."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self._lock = threading.Lock()
        self._classes: dict[str, Any] = {}
        self._predicates: dict[Formula, Any] = {}
        self._levels: dict[Atom, int] = {}
        self._log: dict[str, _Log] = {}
        self._firing_order: list[str] = []

    def run(self, row: Row) -> Result:
        """Return what experta concludes from `row`, with the firings in the order in which they happened."""
        with self._lock:
            engine = self._engine
            self._log, self._firing_order = {}, []
            engine.reset()
            engine.declare(self._class("case")(value="case"), *self._answers(row))
            engine.run()
            facts = self._facts(engine)
            return Result(facts, self._fired(), tuple(self._firings()))

    def _answers(self, row: Row) -> Iterator[Any]:
        for domain, code in zip(self.program.domains, row, strict=True):
            answer = domain.decode(code)
            for value in answer if isinstance(answer, tuple) else (answer,):
                yield self._class(domain.id)(value=value)

    def _facts(self, engine: Any) -> dict[str, tuple[str, ...]]:
        true = {(self._names[type(f)], f["value"]) for f in engine.facts.values() if type(f) in self._names}
        present = {name for name, _ in true}
        return {
            name: tuple(value for value in values if (name, value) in true)
            for name, values in self.program.values.items()
            if name in present
        }

    @cached_property
    def _names(self) -> dict[Any, str]:
        return {cls: name for name, cls in self._classes.items()}

    def _fired(self) -> frozenset[str]:
        return frozenset(rule for rule in self._firing_order if rule in self.program.by_id)

    def _firings(self) -> Iterator[Firing]:
        for rule_id in self._firing_order:
            rule = self.program.by_id.get(rule_id)
            if rule is not None:
                matched: dict[Atom, None] = {}
                absent: dict[Atom, None] = {}
                self._gather(rule_id, matched, absent)
                yield Firing(rule_id, tuple(matched), tuple(absent), rule.heads)

    def _gather(self, plan_id: str, matched: dict[Atom, None], absent: dict[Atom, None]) -> None:
        """Add what a firing matched, with helper facts replaced by what they in turn matched."""
        log = self._log[plan_id]
        absent.update(log.absent)
        for atom in log.matched:
            if atom[0] == HELPER:
                for branch in self._branches[atom]:
                    if branch in self._log:
                        self._gather(branch, matched, absent)
            elif atom[0] != "case":
                matched[atom] = None

    def _enough(self, plan: _Plan) -> bool:
        """Whether a plan that fires concludes: a helper fact follows when enough of its branches have fired."""
        helper = plan.heads[0]
        if helper[0] != HELPER:
            return True
        return sum(branch in self._log for branch in self._branches[helper]) >= self._needed[helper]

    @cached_property
    def _engine(self) -> Any:
        self._branches: dict[Atom, list[str]] = {}
        self._needed: dict[Atom, int] = {}
        self._helpers: dict[Formula, Atom] = {}
        plans: list[_Plan] = []
        for rule in self.program.rules:
            plans += self._plans(rule.id, rule.heads, rule.body)
        namespace: dict[str, Any] = {"__strategy__": StrictStrategy, "__matcher__": DirectMatcher}
        for rank, plan in enumerate(plans):
            namespace[f"r_{rank}"] = self._rule(plan, rank)
        return type("RuleBaseOfTheDay", (KnowledgeEngine,), namespace)()

    def _plans(self, plan_id: str, heads: tuple[Atom, ...], body: Formula) -> list[_Plan]:
        """Return the plan of a rule, its helpers first."""
        plans: list[_Plan] = []
        plan = _Plan(plan_id, heads)
        for part in _grouped(body.parts) if isinstance(body, AllOf) else (body,):
            if not self._simple(plan, part):
                helper, needed = self._helper(part)
                plans += needed
                self._require(plan, helper, helper[1])
        if not plan.present:
            plan.present.append(("case", "case"))
        for head in heads:
            self._levels[head] = max(self._levels.get(head, 0), plan.level)
        return [*plans, plan]

    def _helper(self, formula: Formula) -> tuple[Atom, list[_Plan]]:
        """Return the helper fact that stands for a formula, and its plans where it is new."""
        if formula in self._helpers:
            return self._helpers[formula], []
        helper = (HELPER, f"h{len(self._helpers)}")
        self._helpers[formula] = helper
        self._branches[helper] = []
        plans: list[_Plan] = []
        branches: tuple[Formula, ...] = (formula,)
        self._needed[helper] = 1
        if isinstance(formula, (AnyOf, AtLeast)) and not self._one_attribute(formula):
            branches, self._needed[helper] = formula.parts, formula.enough
        for number, branch in enumerate(branches):
            branch_id = f"{helper[1]}.{number}"
            self._branches[helper].append(branch_id)
            if self._one_attribute(branch):
                plans.append(self._any_value(branch_id, helper, branch))
            else:
                plans += self._plans(branch_id, (helper,), branch)
        return helper, plans

    def _any_value(self, plan_id: str, helper: Atom, formula: Formula) -> _Plan:
        """Return the plan of a helper that asks for one of several values of a fact with many values.

        It may fire once a value; as a helper it does so alone, and not joined with what else a rule asks.
        """
        plan = _Plan(plan_id, (helper,))
        plan.level = max(self._levels.get(atom, 0) + 1 for atom in atoms(formula))
        (name,) = {atom[0] for atom in atoms(formula)}
        plan.present.append((name, self._one_of(frozenset(value for _, value in atoms(formula)))))
        self._levels[helper] = max(self._levels.get(helper, 0), plan.level)
        return plan

    def _one_attribute(self, formula: Formula) -> bool:
        """Whether the formula asks for one of several values of one fact."""
        if not isinstance(formula, AnyOf) or len({atom[0] for atom in atoms(formula)}) != 1:
            return False
        return all(isinstance(part, Literal) and part.positive for part in formula.parts)

    def _simple(self, plan: _Plan, part: Formula) -> bool:
        """Put `part` into the plan as one pattern where that can be done."""
        names = {atom[0] for atom in atoms(part)}
        if len(names) == 1:
            (name,) = names
            position = self.program.position.get(name)
            if position is not None and self.program.domains[position].question.type in SINGLE:
                plan.present.append((name, self._predicate(part)))
                return True
        if not isinstance(part, Literal):
            return False
        if part.positive:
            self._require(plan, part.atom, part.atom[1])
        else:
            plan.level = max(plan.level, self._levels.get(part.atom, 0) + 1)
            plan.absent.append(part.atom)
        return True

    def _require(self, plan: _Plan, atom: Atom, value: Any) -> None:
        plan.level = max(plan.level, self._levels.get(atom, 0) + 1)
        plan.present.append((atom[0], value))

    def _predicate(self, formula: Formula) -> Any:
        """Return a test of one answer; the same formula always gives the same object (experta keeps tests)."""
        if formula not in self._predicates:
            (name,) = {atom[0] for atom in atoms(formula)}
            domain = self.program.domains[self.program.position[name]]
            if domain.question.type == "number":
                self._predicates[formula] = P(_number_test(formula))
            else:
                fitting = (
                    domain.decode(code)
                    for code in domain.cells
                    if holds(formula, lambda atom, code=code: domain.has(code, atom[1]))  # type: ignore[misc]
                )
                self._predicates[formula] = P(frozenset(fitting).__contains__)
        return self._predicates[formula]

    def _one_of(self, values: frozenset[str]) -> Any:
        key = AnyOf(tuple(Literal(("one of", value)) for value in sorted(values)))
        if key not in self._predicates:
            self._predicates[key] = P(values.__contains__)
        return self._predicates[key]

    def _class(self, name: str) -> Any:
        if name not in self._classes:
            self._classes[name] = type(f"F_{len(self._classes)}", (Fact,), {})
        return self._classes[name]

    def _rule(self, plan: _Plan, rank: int) -> Any:
        """Build the experta rule of a plan."""
        patterns = [f"f{i}" << self._class(name)(value=value) for i, (name, value) in enumerate(plan.present)]
        absences = [NOT(self._class(name)(value=value)) for name, value in plan.absent]
        conclusions = [self._class(name)(value=value) for name, value in plan.heads]
        names = [name for name, _ in plan.present]

        def fire(*engines: Any, **bound: Any) -> None:
            # A rule is bound to its engine, and the network hands the engine over once more.
            engine = engines[-1]
            if plan.id not in self._log:
                self._log[plan.id] = _Log(absent=dict.fromkeys(plan.absent))
                self._firing_order.append(plan.id)
            for index, name in enumerate(names):
                self._log[plan.id].matched[(name, _word(bound[f"f{index}"]["value"]))] = None
            if self._enough(plan):
                for fact in conclusions:
                    engine.declare(fact.copy())

        fire.rank = rank  # type: ignore[attr-defined]
        return Rule(*patterns, *absences, salience=-plan.level)(fire)


def _grouped(parts: tuple[Formula, ...]) -> tuple[Formula, ...]:
    """Return the parts of a conjunction, taken together where there are more than one rule may have."""
    while len(parts) > MOST_PATTERNS:
        parts = tuple(AllOf(parts[start : start + MOST_PATTERNS]) for start in range(0, len(parts), MOST_PATTERNS))
    return parts


def _number_test(formula: Formula) -> Callable[[object], bool]:
    def test(value: object) -> bool:
        return isinstance(value, int) and holds(formula, lambda atom: value > cut_of(atom[1]))

    return test


def _word(value: object) -> str:
    return value if isinstance(value, str) else str(value)
