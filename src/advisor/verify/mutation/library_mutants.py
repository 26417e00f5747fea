"""Mutants of kbase/ on which rules stand: the days on which law holds, and what a form is able to do."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, Literal, TypeVar

from advisor.inference.rulebase import RuleBase
from advisor.knowledge.instrument import Article, Instrument
from advisor.knowledge.library import Library
from advisor.knowledge.term import Term
from advisor.problem import Place, place_of
from advisor.verify.mutation.mutant import Change, Mutant

DateField = Literal["in_force", "revoked"]
DATES: tuple[DateField, ...] = ("in_force", "revoked")
Dated = TypeVar("Dated", Instrument, Article)


def library_mutants(library: Library, rulebase: RuleBase) -> Iterator[Mutant]:
    """Yield the mutants: each date on which a rule hangs moved by a day, each ability of a candidate dropped."""
    instruments = dict.fromkeys(library.instrument_of(ref).id for ref in sorted(rulebase.references))
    for name in instruments:
        yield from _moved_dates(library, library.instruments[name], rulebase.references)
    tables = {library.all_facts[r.shape.among].table: None for s in rulebase.sources for r in s.rankings}
    for table in tables:
        yield from _dropped_abilities(library, table or "")


def _moved_dates(library: Library, instrument: Instrument, references: frozenset[str]) -> Iterator[Mutant]:
    for field, before, moved in _moved(instrument):
        yield _dated(library, instrument.id, field, before, moved)
    for index, article in enumerate(instrument.articles):
        if article.id not in references:
            continue
        for field, before, changed in _moved(article):
            articles = (*instrument.articles[:index], changed, *instrument.articles[index + 1 :])
            yield _dated(library, article.id, field, before, replace(instrument, articles=articles))


def _moved(dated: Dated) -> Iterator[tuple[DateField, tuple[date, date], Dated]]:
    """Yield each date moved by a day either way: its field, the day before and after the change, and the whole."""
    for field in DATES:
        day: date | None = getattr(dated, field)
        if day is not None:
            for other in (day - timedelta(days=1), day + timedelta(days=1)):
                change: dict[str, Any] = {field: other}
                yield field, (day, other), replace(dated, **change)


def _dated(library: Library, subject: str, field: DateField, days: tuple[date, date], moved: Instrument) -> Mutant:
    told = {"field": field, "before": days[0].isoformat(), "after": days[1].isoformat()}
    changed = replace(library, instruments={**library.instruments, moved.id: moved})
    return Mutant("move_date", subject, _file(f"instruments/{moved.id}.yaml"), told, Change(library=changed))


def _dropped_abilities(library: Library, table: str) -> Iterator[Mutant]:
    file = library.term_files[table]
    for index, term in enumerate(file.terms):
        for need in term.covers:
            less = replace(term, covers=tuple(other for other in term.covers if other != need))
            terms: tuple[Term, ...] = (*file.terms[:index], less, *file.terms[index + 1 :])
            changed = replace(library, term_files={**library.term_files, table: replace(file, terms=terms)})
            place = _file(f"terms/{table}.yaml")
            yield Mutant("drop_ability", term.id, place, {"need": need}, Change(library=changed))


def _file(name: str) -> Place:
    """Return the place of a file of kbase/ (the library keeps no line numbers)."""
    return place_of(f"kbase/{name}")
