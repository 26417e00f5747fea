"""Drafts against the law of each day: contents that no clause covers, and articles that never ask for a clause."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cache

from advisor.inference.time_limit import deciding
from advisor.knowledge.draft import Clause, DraftFile
from advisor.knowledge.library import Library
from advisor.knowledge.standing import all_in_force, stands
from advisor.knowledge.term import Term
from advisor.verify.check.files import Files
from advisor.verify.check.finding import Finding, Told
from advisor.verify.proof.days import Days, Stretch


def draft_findings(days: Days, files: Files) -> Iterator[Finding]:
    """Yield what is wrong with the drafts on days on which their documents can come out."""
    found = _Drafts(days, files)
    yield from found.uncovered()
    yield from found.unworded()
    yield from found.unasked()


class _Drafts:
    def __init__(self, days: Days, files: Files) -> None:
        self.days, self.files = days, files
        self.library: Library = days.knowledge.library
        self.fact = self.library.roles.documents
        self.table = self.library.all_facts[self.fact].table or ""
        self.first_days = cache(self._first_days)

    def uncovered(self) -> Iterator[Finding]:
        """Yield contents of documents that, on a day, stand in no clause of any of their drafts."""
        for document in dict.fromkeys(d.of for file in self.library.drafts for d in file.documents):
            term = self.library.entries[self.table][document]
            contents = term.contents if isinstance(term, Term) else ()
            for number, content in enumerate(contents, start=1):
                bare = next(
                    (day for day in self.first_days(document) if not self._covered(document, number, day)), None
                )
                if bare is not None:
                    told: Told = {"name": document, "content": content, "day": bare.isoformat()}
                    place = self.files.of_term(self.table, document)
                    yield Finding("uncovered", f"{document}.{number}", place, "check.uncovered", told)

    def unworded(self) -> Iterator[Finding]:
        """Yield places that are filled with an answer, and have no words for some options."""
        for blank in self.library.blanks.blanks if self.library.blanks else ():
            if blank.answer is None:
                continue
            said = {*(blank.words or {}), *blank.unsaid}
            left = [option for option in self.library.questions[blank.answer].option_ids if option not in said]
            if left:
                told: Told = {"name": blank.id, "values": ", ".join(left)}
                place = self.files.place("blanks", blank.id)
                yield Finding("uncovered", f"blanks.{blank.id}", place, "check.uncovered.words", told)

    def unasked(self) -> Iterator[Finding]:
        """Yield grounds whose articles are not all in force on any day on which the document comes out."""
        for file in self.library.drafts:
            for clause in (clause for part in file.parts for clause in part.clauses):
                for document, cites in self._silent(clause):
                    place = self.files.place("clauses", f"{file.draft}.{clause.id}")
                    told = {"name": clause.id, "document": document, "articles": ", ".join(cites)}
                    yield Finding("unasked", f"{file.draft}.{clause.id}.{document}", place, "check.unasked", told)

    def _silent(self, clause: Clause) -> Iterator[tuple[str, tuple[str, ...]]]:
        for ground in clause.asked:
            for document in ground.of:
                days = self.first_days(document)
                if not any(all_in_force(self.library, ground.cites, day) for day in days):
                    yield document, ground.cites

    def _covered(self, document: str, number: int, day: date) -> bool:
        return any(
            stands(self.library, clause, document, day)
            and any(document in ground.of and number in ground.items for ground in clause.asked)
            for file in self.library.drafts
            for clause in _clauses(file, document)
        )

    def _first_days(self, document: str) -> tuple[date, ...]:
        """Return a day of each stretch of the same law, be it of rules or drafts, on which a document comes out."""
        return tuple(
            day
            for stretch in self.days.stretches
            if self._comes_out(document, stretch)
            for day in self._of(stretch)
        )

    def _comes_out(self, document: str, stretch: Stretch) -> bool:
        with deciding("fact", stretch.program.places.get(self.fact), self.fact):
            asked = [*stretch.scope(self.fact), stretch.encoding.atom((self.fact, document))]
            return stretch.encoding.solver.model(asked) is not None

    def _of(self, stretch: Stretch) -> list[date]:
        """Return the days of a stretch on which the law that drafts cite begins to be another."""
        within = (
            day for day in self._boundaries if stretch.first < day and (not stretch.last or day <= stretch.last)
        )
        return [stretch.first, *sorted(within)]

    @property
    def _boundaries(self) -> set[date]:
        cited = {
            citation
            for file in self.library.drafts
            for part in file.parts
            for clause in part.clauses
            for ground in clause.asked
            for citation in ground.cites
        }
        return set().union(*(self.library.boundaries(citation) for citation in cited)) if cited else set()


def _clauses(file: DraftFile, document: str) -> tuple[Clause, ...]:
    return file.clauses_of(document) if any(drafted.of == document for drafted in file.documents) else ()
