"""Instruments by name: those on which an advice rests, and which of them were not read themselves."""

from __future__ import annotations

from collections.abc import Iterator

from advisor.advice.advice import Advice, Reason
from advisor.knowledge.instrument import RANKS
from advisor.report.wording import Wording


def law_named(wording: Wording, advice: Advice) -> list[str]:
    """Return the instruments in force on which something certain rests, highest rank first.

    Those on which the headline rests stand before others of their rank.
    """
    library = wording.library
    found = {b.instrument for b in advice.legal_basis if b.certain and b.status == "in_force"}
    headline = {
        citation.partition(":")[0]
        for name, conclusion in advice.conclusions.items()
        if library.conclusions[name].headline
        for reason in conclusion.because
        for citation in reason.cites
    }
    order = {name: number for number, name in enumerate(dict.fromkeys(b.instrument for b in advice.legal_basis))}
    ranked = sorted(
        found,
        key=lambda name: (RANKS.index(library.instruments[name].rank), name not in headline, order[name]),
    )
    return [wording.text(library.instruments[name].short) for name in ranked]


def unread_named(wording: Wording, advice: Advice) -> list[str]:
    """Return the instruments in force on which something rests, but whose article was not read in its own text."""
    library = wording.library
    unread = {
        citation.partition(":")[0]: None
        for citation in _cited(wording, advice)
        if library.articles[citation].provenance != "verified"
        and library.status(citation, advice.as_of) in ("in_force", "unknown")
    }
    return [wording.text(library.instruments[name].short) for name in unread]


def _cited(wording: Wording, advice: Advice) -> Iterator[str]:
    """Yield the articles that certain conclusions, steps and documents cite, or state in their own text."""
    library = wording.library
    for conclusion in advice.conclusions.values():
        yield from _by(conclusion.because)
    for step in advice.steps:
        if step.certain and not step.done:
            yield from (*_by(step.because), *library.steps[step.id].cites)
    for document in advice.documents:
        if document.certain:
            table = library.all_facts[library.roles.documents].table or ""
            yield from (*_by(document.because), *library.term(table, document.id).cites)


def _by(reasons: tuple[Reason, ...]) -> Iterator[str]:
    for reason in reasons:
        yield from reason.cites
