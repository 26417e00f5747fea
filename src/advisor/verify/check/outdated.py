"""Outdated rules: rules and contradictions that still speak when all the law that they cite is gone."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date

from advisor.inference.cnf import Lit
from advisor.inference.encoding import answers_alone
from advisor.inference.formula import Atom
from advisor.inference.ground import GroundRule
from advisor.inference.rulebase import Exclusion
from advisor.inference.time_limit import deciding
from advisor.knowledge.library import Library
from advisor.knowledge.term import Step, Term
from advisor.verify.check.files import Files
from advisor.verify.check.finding import Finding
from advisor.verify.proof.days import Days, Found, Stretch
from advisor.verify.proof.example import example_of


def outdated(days: Days, files: Files) -> Iterator[Finding]:
    """Yield rules that cite nothing but law and can fire on a day on which none of it is in force any more.

    Rules of authority law or ministerial cannot: they exist only while all that they cite is in force. A day
    counts where nothing that is cited is in force and something of it was revoked. Contradictions hold on every
    day.
    """
    told: set[str] = set()
    for rule in days.knowledge.rulebase.rules:
        if rule.source not in told and not rule.only_fits:
            for finding in _rule(days, files, rule):
                told.add(rule.source)
                yield finding
    for exclusion in days.knowledge.rulebase.exclusions:
        yield from _contradiction(days, files, exclusion)


def _rule(days: Days, files: Files, rule: GroundRule) -> Iterator[Finding]:
    library, cites = days.knowledge.library, rule.grounds.cites
    gone = _days_gone(library, cites, (stretch.first for stretch in days.every))

    def fires(stretch: Stretch) -> Sequence[Lit] | None:
        return [stretch.encoding.fires(rule.id)] if _within(stretch, gone) else None

    with deciding("rule", rule.place, rule.id):
        found = days.find(fires) if gone else None
    if found is not None:
        day = _within(found.stretch, gone)[0]
        values = {"name": rule.source, "day": day.isoformat(), "articles": ", ".join(cites)}
        place = files.of_rule(rule.place)
        yield Finding("outdated", rule.source, place, "check.outdated", values, found.example(day))


def _contradiction(days: Days, files: Files, exclusion: Exclusion) -> Iterator[Finding]:
    cites, name = exclusion.shape.cites, exclusion.shape.id
    gone = _days_gone(days.knowledge.library, cites, (stretch.first for stretch in days.every))
    if not gone:
        return
    encoding = answers_alone(days.knowledge.rulebase)
    shown = encoding.formula(exclusion.formula)
    with deciding("rule", exclusion.place, name):
        model = encoding.solver.model([shown])
    example = example_of(encoding, model, shown, gone[0]) if model else None
    values = {"name": name, "day": gone[0].isoformat(), "articles": ", ".join(cites)}
    place = files.of_rule(exclusion.place)
    yield Finding("outdated", name, place, "check.outdated.contradiction", values, example)


def outdated_texts(days: Days, files: Files) -> Iterator[Finding]:
    """Yield steps and terms that come out on a day on which all the law that their own texts state is gone."""
    library = days.knowledge.library
    for name in dict.fromkeys(library.roles.lists.values()):
        table = library.all_facts[name].table or ""
        for value, entry in library.entries[table].items():
            cites = entry.cites if isinstance(entry, (Step, Term)) else ()
            gone = _days_gone(library, cites, (stretch.first for stretch in days.every))
            found = _comes_out(days, (name, value), gone) if gone else None
            if found is not None:
                day = _within(found.stretch, gone)[0]
                told = {"name": value, "day": day.isoformat(), "articles": ", ".join(cites)}
                place = files.of_term(table, value)
                yield Finding(
                    "outdated", f"{table}.{value}", place, "check.outdated.text", told, found.example(day)
                )


def _comes_out(days: Days, atom: Atom, gone: Sequence[date]) -> Found | None:
    with days.deciding(atom[0]):
        return days.find(lambda stretch: [stretch.encoding.atom(atom)] if _within(stretch, gone) else None)


def _days_gone(library: Library, cites: Collection[str], firsts: Iterator[date]) -> tuple[date, ...]:
    """Return, newest first, a day of each stretch of days on which all the law that is cited is gone."""
    if not cites or any(library.instrument_of(citation).rank == "study" for citation in cites):
        return ()
    boundaries = set().union(*(library.boundaries(citation) for citation in cites))
    covered = library.manifest.covered_from
    known = sorted({*firsts, *(day for day in boundaries if day >= covered)}, reverse=True)
    return tuple(day for day in known if _all_gone(library, cites, day))


def _all_gone(library: Library, cites: Collection[str], day: date) -> bool:
    found = {library.status(citation, day) for citation in cites}
    return found <= {"revoked", "not_yet"} and "revoked" in found


def _within(stretch: Stretch, known: Sequence[date]) -> list[date]:
    return [day for day in known if stretch.first <= day and (stretch.last is None or day <= stretch.last)]
