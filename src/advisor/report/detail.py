"""How much is said of what is not certain: everything while it is little, names alone when it is much."""

from __future__ import annotations

from typing import TypeVar

from advisor.advice.advice import AdvisedStep, AdvisedTerm, Basis
from advisor.papers.paper import Paper
from advisor.report.wording import Wording

MOST_UNCERTAIN = 8

Item = TypeVar("Item", AdvisedStep, AdvisedTerm, Basis)


def detailed(items: tuple[Item, ...]) -> tuple[Item, ...]:
    """Return the items to write in full: all of them, or the certain ones where too many are not."""
    certain = tuple(item for item in items if item.certain)
    return items if len(items) - len(certain) <= MOST_UNCERTAIN else certain


def write_only_named(paper: Paper, wording: Wording, items: tuple[Item, ...], shown: tuple[Item, ...]) -> None:
    """Write the names of the items that are not written in full."""
    names = [wording.text(item.label) for item in items if item not in shown]
    if names:
        paper.paragraph(wording.say("report.uncertain_elements", values="; ".join(names)), 2, "warning")


def open_note(wording: Wording, item: AdvisedStep | AdvisedTerm) -> str:
    """Return the note behind the name of an item that is not certain; "" where it is."""
    return "" if item.certain else f" ({wording.say('report.step_open')})"
