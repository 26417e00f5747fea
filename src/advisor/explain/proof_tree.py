"""A proof tree: the rules behind a conclusion, down to the answers that they stand on."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal as OneOf

from advisor.inference.formula import Atom
from advisor.inference.ground import HelperRole
from advisor.knowledge.shape import Authority, Provenance
from advisor.plain_data import UNWRITTEN
from advisor.reasoning.circumstance import Circumstance, Relation
from advisor.text import Text


@dataclass(frozen=True, slots=True)
class Given:
    """What the answer to one question says that matters here."""

    node: OneOf["answer"] = field(init=False, default="answer")
    question: str
    relation: Relation
    values: tuple[str, ...]

    @property
    def circumstance(self) -> Circumstance:
        """The same as a circumstance."""
        return Circumstance(self.question, self.relation, self.values)


@dataclass(frozen=True, slots=True)
class Absent:
    """A fact that had to be absent: an earlier rule that does not fit, another candidate that is not better.

    `text` is the sentence of the rule that would have brought it about; None where no rule does so on the day.
    `role` says whether the fact stands for a rule that fits, or for a candidate that is beaten.
    """

    node: OneOf["absent"] = field(init=False, default="absent")
    fact: Atom
    text: Text | None
    because: tuple[Circumstance, ...]
    role: HelperRole = field(default="fact", metadata=UNWRITTEN)


@dataclass(frozen=True, slots=True)
class Fired:
    """A rule that fires, and what it stands on; `again` where that was told before."""

    node: OneOf["rule"] = field(init=False, default="rule")
    rule: str
    text: Text
    cites: tuple[str, ...]
    authority: Authority
    provenance: Provenance
    concluded: tuple[Atom, ...]
    because: tuple[Node, ...]
    again: bool = False


@dataclass(frozen=True, slots=True)
class Supposed:
    """A condition of one of several rules that need not always hold."""

    node: OneOf["supposed"] = field(init=False, default="supposed")
    fact: Atom
    holds: bool


@dataclass(frozen=True, slots=True)
class Either:
    """One of these facts always holds, though not always the same, or not always by the same of the rules."""

    node: OneOf["either"] = field(init=False, default="either")
    facts: tuple[Atom, ...]
    rules: tuple[Fired, ...]
    because: tuple[Circumstance, ...]


Node = Given | Absent | Fired | Either | Supposed


def from_the_answers_up(nodes: tuple[Node, ...]) -> list[Fired]:
    """Return the rules of a tree from the answers up: each after those that it stands on, none twice."""
    found: dict[str, Fired] = {}

    def visit(node: Node) -> None:
        if isinstance(node, Fired):
            for below in node.because:
                visit(below)
            if not node.again:
                found.setdefault(node.rule, node)
        elif isinstance(node, Either):
            for rule in node.rules:
                for below in rule.because:
                    visit(below)

    for node in nodes:
        visit(node)
    return list(found.values())
