"""The facts that a scenario may name."""

from __future__ import annotations

from collections.abc import Iterator

from advisor.knowledge.fact import Fact
from advisor.knowledge.library import Library

OTHER = ".other"
"""What stands behind the name of a conclusion where its answer under the other regime is meant."""


def fact_names(library: Library) -> Iterator[str]:
    """Yield every name that an expectation may use: all facts, and the conclusion of the other regime."""
    yield from library.all_facts
    yield library.manifest.other_regime_conclusion + OTHER


def fact_named(library: Library, name: str) -> Fact | None:
    """Return the fact behind a name; None where there is none."""
    if name == library.manifest.other_regime_conclusion + OTHER:
        name = library.manifest.other_regime_conclusion
    return library.all_facts.get(name)


def is_conclusion(library: Library, name: str) -> bool:
    """Return whether a name is that of a conclusion (and not of a fact on the way to one)."""
    return name.removesuffix(OTHER) in library.conclusions


def is_truth(library: Library, fact: Fact) -> bool:
    """Return whether a fact is written as true or false."""
    return fact.kind != "many" and library.values(fact.id) == ("yes", "no")
