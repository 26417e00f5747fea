"""Caveats: which doubts, and which instruments that were not read themselves, bite a statement."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date

from advisor.advice.advice import Caveat, Reason
from advisor.catalogue import say
from advisor.knowledge.library import Library
from advisor.knowledge.term import Doubt
from advisor.text import LANGUAGES, Text


class Caveats:
    """Finds the caveats of statements on one day."""

    def __init__(self, library: Library, as_of: date) -> None:
        self.library = library
        self.as_of = as_of
        self._doubts = _doubts_by_article(library)

    def of(self, reasons: Iterable[Reason], cites: Iterable[str] = ()) -> tuple[Caveat, ...]:
        """Return the caveats of a statement by the rules that conclude it and by the articles that it states.

        Of the doubts those about an article that is in force; of the instruments those of which an article that is
        cited was not read in the instrument's own text.
        """
        cited = [citation for reason in reasons if reason.direct for citation in reason.cites]
        found: dict[str, Caveat] = {}
        unread: dict[str, Caveat] = {}
        for citation in dict.fromkeys((*cited, *cites)):
            if self.library.status(citation, self.as_of) not in ("in_force", "unknown"):
                continue
            for doubt in self._doubts.get(citation, ()):
                found[doubt.id] = Caveat(doubt.id, doubt.short or doubt.title)
            if self.library.articles[citation].provenance != "verified":
                instrument = self.library.instrument_of(citation)
                unread[instrument.id] = Caveat(instrument.id, _unread(instrument.short))
        return (*found.values(), *unread.values())


def _doubts_by_article(library: Library) -> Mapping[str, list[Doubt]]:
    """Return the doubts by the article that they are about."""
    found: defaultdict[str, list[Doubt]] = defaultdict(list)
    for doubt in library.doubts.values():
        for citation in doubt.about:
            found[citation].append(doubt)
    for citation, article in library.articles.items():
        for name in article.doubts:
            if library.doubts[name] not in found[citation]:
                found[citation].append(library.doubts[name])
    return found


def _unread(short: Text) -> Text:
    """Return the sentence on an instrument that was not read itself."""
    said = {language: say("report.unread", language, name=short.in_language(language)) for language in LANGUAGES}
    return Text(**said)
