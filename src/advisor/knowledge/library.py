"""The library: everything that kbase/ says, read, cross-checked and immutable."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from types import MappingProxyType

from advisor.knowledge.case import RegistryEntry, StudyCase
from advisor.knowledge.draft import BlankFile, DraftFile
from advisor.knowledge.exception import MARKABLE, MarkedException
from advisor.knowledge.fact import Conclusion, Fact, Manifest
from advisor.knowledge.instrument import Article, Instrument, Status
from advisor.knowledge.page_profile import PageProfile
from advisor.knowledge.question import Group, Question, QuestionFile
from advisor.knowledge.roles import Roles
from advisor.knowledge.term import Doubt, Factor, GlossaryTerm, Step, Term, TermFile
from advisor.knowledge.timetable import HolidayFile, TimetableFile
from advisor.knowledge.words import Words
from advisor.read_only import ReadOnly
from advisor.text import Text

FACTORS = "factors"
STEPS = "steps"
ARTICLES = "articles"
CONCLUSIONS = "conclusions"

Entry = Term | Factor | Step | Article | Conclusion
"""What can stand in a table and be a value of a fact."""


@dataclass(frozen=True)
class Library(ReadOnly):
    """What is known, before any rule: questions, law, terms, cases."""

    manifest: Manifest
    topics: tuple[QuestionFile, ...]
    groups: tuple[Group, ...]
    facts: tuple[Fact, ...]
    conclusions: Mapping[str, Conclusion]
    roles: Roles
    instruments: Mapping[str, Instrument]
    term_files: Mapping[str, TermFile]
    factors: Mapping[str, Factor]
    steps: Mapping[str, Step]
    glossary: tuple[GlossaryTerm, ...]
    doubts: Mapping[str, Doubt]
    cases: Mapping[str, StudyCase]
    registry: tuple[RegistryEntry, ...]
    exceptions: tuple[MarkedException, ...] = ()
    timetable: TimetableFile | None = None
    holidays: HolidayFile | None = None
    blanks: BlankFile | None = None
    drafts: tuple[DraftFile, ...] = ()
    pages: tuple[PageProfile, ...] = ()

    @cached_property
    def questions(self) -> Mapping[str, Question]:
        """All questions by id, in the order of the interview's topics."""
        return MappingProxyType({question.id: question for topic in self.topics for question in topic.questions})

    @cached_property
    def articles(self) -> Mapping[str, Article]:
        """All articles by citation."""
        return MappingProxyType({article.id: article for i in self.instruments.values() for article in i.articles})

    @cached_property
    def all_facts(self) -> Mapping[str, Fact]:
        """Intermediate facts and conclusions by id."""
        return MappingProxyType({fact.id: fact for fact in (*self.facts, *self.conclusions.values())})

    @cached_property
    def shown(self) -> tuple[str, ...]:
        """The ids of all facts that a report shows: the conclusions, then the others."""
        return (*self.conclusions, *(fact.id for fact in self.facts if fact.shown))

    @cached_property
    def entries(self) -> Mapping[str, Mapping[str, Entry]]:
        """What stands in each table, by id and in order, be it one of kbase/terms or one that the program makes."""
        files = {name: {term.id: term for term in file.terms} for name, file in self.term_files.items()}
        made: dict[str, Mapping[str, Entry]] = {
            FACTORS: self.factors,
            STEPS: self.steps,
            ARTICLES: self.articles,
            CONCLUSIONS: self.conclusions,
        }
        return MappingProxyType(files | made)

    @cached_property
    def tables(self) -> Mapping[str, tuple[str, ...]]:
        """The ids of the entries of each table, in order."""
        return MappingProxyType({name: tuple(entries) for name, entries in self.entries.items()})

    def term(self, table: str, value: str) -> Term:
        """Return a term; KeyError where the table or the term is unknown."""
        for term in self.term_files[table].terms:
            if term.id == value:
                return term
        raise KeyError(value)

    def label(self, fact_id: str, value: str) -> Text:
        """Return the label of a value of a fact, of a risk its name as a risk; a value of no table is its own.

        KeyError where the fact or, in its table, the value is unknown.
        """
        table = self.all_facts[fact_id].table
        if table is None:
            return Text(id=value, en=value)
        entry = self.entries[table][value]
        if fact_id == self.roles.diagnosis.risks and isinstance(entry, Factor):
            return entry.risk or entry.label
        return entry.label

    def values(self, fact_id: str) -> tuple[str, ...]:
        """Return the values that a fact can have, in the order of the vocabulary."""
        fact = self.all_facts[fact_id]
        if fact.kind == "flag":
            return ("yes", "no")
        return fact.values or self.tables.get(fact.table or "", ())

    def instrument_of(self, citation: str) -> Instrument:
        """Return the instrument of a citation or of an instrument id; KeyError where it is unknown."""
        return self.instruments[citation.partition(":")[0]]

    def status(self, reference: str, day: date) -> Status:
        """Return whether an article or instrument is in force on `day`."""
        return self.instrument_of(reference).status(self.articles.get(reference), day)

    def standing(self, citations: tuple[str, ...], day: date) -> tuple[str, ...]:
        """Return those citations that are of the study or in force on `day`; all, where none is."""
        return tuple(c for c in citations if self.status(c, day) in ("in_force", "study")) or citations

    def boundaries(self, reference: str) -> set[date]:
        """Return the days from which the status of an article or instrument is another."""
        instrument, article = self.instrument_of(reference), self.articles.get(reference)
        days = {instrument.in_force, instrument.revoked}
        if article is not None:
            days |= {article.in_force, article.revoked}
        return {day for day in days if day is not None}


def words_of(library: Library) -> dict[str, Words]:
    """Return the words that files may use, by the names that their shapes give them."""
    words = {
        "article": Words(library.articles, "citation.unknown"),
        "conclusion": Words(library.conclusions, "fact.unknown"),
        "doubt": Words(library.doubts, "doubt.unknown"),
        "fact": Words(library.all_facts, "fact.unknown"),
        "fact_with_terms": Words(library.all_facts, "fact.unknown"),
        "finding": Words(MARKABLE, "exception.finding_unknown"),
        "instrument": Words(library.instruments, "instrument.unknown"),
        "question": Words(library.questions, "answers.unknown_question"),
        "step": Words(library.steps, "timetable.step_unknown"),
        "term": Words({name for names in library.tables.values() for name in names}, "term.covers_unknown"),
    }
    if library.roles.era in library.all_facts:
        words["era"] = Words(library.values(library.roles.era), "era.unknown")
    return words
