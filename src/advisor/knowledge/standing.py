"""Which clauses stand in a draft by the law of a day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from advisor.knowledge.draft import Clause, Ground
from advisor.knowledge.library import Library


def all_in_force(library: Library, citations: Iterable[str], day: date) -> bool:
    """Whether all articles are in force on a day, or pages of the study."""
    return all(library.status(citation, day) in ("in_force", "study") for citation in citations)


def grounds_of(library: Library, clause: Clause, document: str, day: date) -> tuple[Ground, ...]:
    """Return the grounds on which a clause is asked for, on a day, in the draft of a document."""
    return tuple(g for g in clause.asked if document in g.of and all_in_force(library, g.cites, day))


def stands(library: Library, clause: Clause, document: str, day: date) -> bool:
    """Whether a clause stands, on a day, in the draft of a document."""
    return clause.stands_in(document) and (clause.usual or bool(grounds_of(library, clause, document, day)))
