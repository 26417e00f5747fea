"""The rule base of a day: the rules that hold on it, with what the calendar settles already settled."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from types import MappingProxyType

from advisor.inference.dependence import Dependence
from advisor.inference.domain import Code, Domain
from advisor.inference.formula import FALSE, IN_FORCE, TRUE, Atom, Formula, atoms, resolved
from advisor.inference.ground import GroundRule
from advisor.inference.rulebase import Exclusion, RuleBase
from advisor.inference.time_limit import deciding
from advisor.knowledge.fact import Fact
from advisor.knowledge.library import Library
from advisor.problem import Place
from advisor.read_only import ReadOnly

Row = tuple[Code, ...]
"""A full answer set: one code a question, in the order of the domains."""


@dataclass(frozen=True)
class Program(ReadOnly):
    """Ground rules in running order, the domains of the questions, and the facts they speak of."""

    rules: tuple[GroundRule, ...]
    exclusions: tuple[Exclusion, ...]
    domains: tuple[Domain, ...]
    facts: Mapping[str, Fact]
    values: Mapping[str, tuple[str, ...]]
    constants: Mapping[Atom, bool] = field(default_factory=dict)

    @cached_property
    def position(self) -> Mapping[str, int]:
        """The place of each question in a row."""
        return MappingProxyType({domain.id: index for index, domain in enumerate(self.domains)})

    @cached_property
    def producers(self) -> Mapping[Atom, tuple[GroundRule, ...]]:
        """The rules that conclude each derived atom."""
        found: dict[Atom, list[GroundRule]] = {}
        for rule in self.rules:
            for head in rule.heads:
                found.setdefault(head, []).append(rule)
        return MappingProxyType({atom: tuple(rules) for atom, rules in found.items()})

    @cached_property
    def by_id(self) -> Mapping[str, GroundRule]:
        """The rules of the day by id."""
        return MappingProxyType({rule.id: rule for rule in self.rules})

    def domain(self, question: str) -> Domain:
        """Return the domain of a question; KeyError where there is none such."""
        return self.domains[self.position[question]]

    def is_question(self, atom: Atom) -> bool:
        """Whether the atom speaks of an answer (and not of a derived fact)."""
        return atom[0] in self.position

    def deciding(self, about: Iterable[Atom]) -> AbstractContextManager[None]:
        """Say that the solver is asked about some facts; see `time_limit`."""
        names = tuple(dict.fromkeys(name for name, _ in about))
        return deciding("fact", self.places.get(names[0]) if names else None, *names)

    @cached_property
    def places(self) -> Mapping[str, Place]:
        """Where the first rule stands that concludes each fact."""
        found: dict[str, Place] = {}
        for rule in self.rules:
            for name, _ in rule.heads:
                found.setdefault(name, rule.place)
        return MappingProxyType(found)

    def answer_holds(self, atom: Atom, row: Row) -> bool:
        """Whether an atom about a question is true under the answers `row`."""
        index = self.position[atom[0]]
        return self.domains[index].has(row[index], atom[1])

    def is_helper(self, atom: Atom) -> bool:
        """Whether an atom only serves to spell out a policy or a ranking: no file of the knowledge names it."""
        return atom[0] not in self.facts and atom[0] not in self.position

    @cached_property
    def support(self) -> Mapping[Atom, frozenset[str]]:
        """The questions on which each derived atom can depend at all (by the shape of the rules)."""
        sets: dict[Atom, set[str]] = {}
        for rule in self.rules:
            asked: set[str] = set()
            for atom in atoms(rule.body):
                asked |= {atom[0]} if self.is_question(atom) else sets.get(atom, set())
            for head in rule.heads:
                sets.setdefault(head, set()).update(asked)
        return MappingProxyType({atom: frozenset(asked) for atom, asked in sets.items()})

    @cached_property
    def dependence(self) -> Dependence:
        """Which facts can depend on which."""
        return Dependence(self.rules)

    @cached_property
    def support_of(self) -> Mapping[str, frozenset[str]]:
        """The questions on which each fact can depend at all."""
        return MappingProxyType(
            {
                fact: frozenset().union(*(self.support.get((fact, value), ()) for value in values))
                for fact, values in self.values.items()
            }
        )


def program_of(rulebase: RuleBase, library: Library, day: date) -> Program:
    """Return the rule base as it holds on `day`.

    A rule of authority law or ministerial holds only while all that it cites of the law is in force; what is
    true by the calendar alone is settled here, and rules that can then never fire are left out.
    """
    alive = {reference: library.status(reference, day) == "in_force" for reference in rulebase.references}
    return specialised(rulebase, library, alive)


def specialised(rulebase: RuleBase, library: Library, alive: Mapping[str, bool]) -> Program:
    """Return the rule base where exactly the references with a true value in `alive` are in force."""
    constants: dict[Atom, bool] = {(IN_FORCE, reference): value for reference, value in alive.items()}
    kept: list[GroundRule] = []
    open_heads: set[Atom] = set()

    def known(atom: Atom) -> bool | None:
        if atom in constants:
            return constants[atom]
        if atom[0] in library.questions or atom in open_heads:
            return None
        return False

    for rule in rulebase.rules:
        if not all(alive[reference] for reference in rule.law):
            continue
        body = resolved(rule.body, known)
        if body == FALSE:
            continue
        kept.append(replace(rule, body=_without_calendar(rule.body, constants)))
        for head in rule.heads:
            if body == TRUE:
                constants[head] = True
                open_heads.discard(head)
            elif head not in constants:
                open_heads.add(head)
    return Program(
        rules=tuple(kept),
        exclusions=rulebase.exclusions,
        domains=rulebase.domains,
        facts=library.all_facts,
        values={name: library.values(name) for name in library.all_facts},
        constants=constants,
    )


def _without_calendar(body: Formula, constants: Mapping[Atom, bool]) -> Formula:
    """Return the body with the in_force atoms settled; other constants stay, so that firings show them."""
    return resolved(body, lambda atom: constants[atom] if atom[0] == IN_FORCE else None)
