"""A derivation: the firings behind a conclusion, down to the answers that they stand on."""

from __future__ import annotations

from dataclasses import dataclass

from advisor.advice.advice import Circumstance
from advisor.inference.formula import Atom
from advisor.knowledge.shape import Authority, Provenance
from advisor.text import Text


@dataclass(frozen=True, slots=True)
class Given:
    """What the answer to one question says that matters here."""

    part: Circumstance


@dataclass(frozen=True, slots=True)
class Absent:
    """A fact that had to be absent: an earlier rule that does not fit, another candidate that is not better.

    `text` is the sentence of the rule that would have brought it about; None where no rule does so on the day.
    """

    atom: Atom
    text: Text | None
    because: tuple[Circumstance, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """A rule that fires, and what it stands on; `again` where that was told before."""

    rule: str
    concluded: tuple[Atom, ...]
    text: Text
    cites: tuple[str, ...]
    see: tuple[str, ...]
    authority: Authority
    provenance: Provenance
    because: tuple[Node, ...]
    again: bool = False


@dataclass(frozen=True, slots=True)
class Supposed:
    """A condition of one of several rules that need not always hold."""

    atom: Atom
    positive: bool


@dataclass(frozen=True, slots=True)
class Either:
    """One of these facts always holds, though not always the same, or not always by the same of the rules."""

    atoms: tuple[Atom, ...]
    rules: tuple[Step, ...]
    because: tuple[Circumstance, ...]


Node = Given | Absent | Step | Either | Supposed


def steps_up(nodes: tuple[Node, ...]) -> list[Step]:
    """Return the steps of a tree from the answers up: each after those that it stands on, none twice."""
    found: dict[str, Step] = {}

    def visit(node: Node) -> None:
        if isinstance(node, Step):
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
