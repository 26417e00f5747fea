"""The names that a scenario may use."""

from __future__ import annotations

from collections.abc import Iterator

from advisor.knowledge.fact import Fact
from advisor.knowledge.library import Library, words_of
from advisor.knowledge.words import YES_NO, Words

DAY = "as_of"
"""What `refused` names where it is the day that is not accepted."""

OTHER = ".other"
"""What stands behind the name of a conclusion where its answer under the other regime is meant."""


def fact_names(library: Library) -> Iterator[str]:
    """Yield every name that an expectation may use: all facts, and the conclusion of the other regime."""
    yield from library.all_facts
    yield library.roles.other_regime + OTHER


def fact_named(library: Library, name: str) -> Fact | None:
    """Return the fact behind a name; None where there is none."""
    if name == library.roles.other_regime + OTHER:
        name = library.roles.other_regime
    return library.all_facts.get(name)


def is_conclusion(library: Library, name: str) -> bool:
    """Return whether a name is that of a conclusion (and not of a fact on the way to one)."""
    return name.removesuffix(OTHER) in library.conclusions


def is_truth(library: Library, fact: Fact) -> bool:
    """Return whether a fact is written as true or false."""
    return fact.kind != "many" and library.values(fact.id) == YES_NO


def whole_articles(library: Library) -> Iterator[str]:
    """Yield the articles that kbase/ knows by their parts alone: a scenario may ask for any part of them."""
    seen = set(library.articles)
    for citation in library.articles:
        instrument, _, article = citation.partition(":")
        parts = article.split("-")
        for count in range(1, len(parts)):
            whole = f"{instrument}:{'-'.join(parts[:count])}"
            if whole not in seen:
                seen.add(whole)
                yield whole


def scenario_words(library: Library) -> dict[str, Words]:
    """Return the words that scenario files may use, by the names that their shapes give them."""
    citations = dict.fromkeys([*library.articles, *whole_articles(library)])
    return {
        **words_of(library),
        "expectable": Words(dict.fromkeys(fact_names(library)), "fact.unknown"),
        "citation": Words(citations, "citation.unknown"),
        "refusable": Words((DAY, *library.questions), "scenario.refused_name"),
    }


def values_of(library: Library, name: str, fact: Fact) -> dict[str, Words]:
    """Return the words of one fact: what may be expected of it under `name`."""
    values = Words(library.values(fact.id), "value.unknown", name)
    return {"value": values, "element": values}
