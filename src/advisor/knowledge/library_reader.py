"""Reading kbase/ into a library, with every reference checked."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

from advisor.knowledge.case import RegistryFile, StudyCase
from advisor.knowledge.document import Document, Key
from advisor.knowledge.draft import BlankFile, DraftFile
from advisor.knowledge.draft_check import blank_problems, draft_problems
from advisor.knowledge.exception import ExceptionFile
from advisor.knowledge.fact import ConclusionFile, Fact, FactFile, Manifest
from advisor.knowledge.instrument import InstrumentFile
from advisor.knowledge.library import Library, words_of
from advisor.knowledge.page_profile import PageFile
from advisor.knowledge.question import GroupFile, Question, QuestionFile
from advisor.knowledge.reading import FolderReader, Read, S
from advisor.knowledge.role_check import role_problems
from advisor.knowledge.roles import Roles
from advisor.knowledge.term import DoubtFile, FactorFile, GlossaryFile, StepFile, TermFile
from advisor.knowledge.timetable import HolidayFile, TimetableFile
from advisor.knowledge.timetable_check import holiday_problems, timetable_problems
from advisor.problem import Problem, nearest
from advisor.snapshot import Snapshot
from advisor.template import TemplateError, places
from advisor.text import LANGUAGES, Text

# Which lists of a file hold things with ids, and the space in which those ids must be unique.
ID_SPACES = {
    "topic": "topics",
    "questions": "questions and facts",
    "facts": "questions and facts",
    "conclusions": "questions and facts",
    "articles": "articles",
    "factors": "factors",
    "steps": "steps",
    "doubts": "doubts",
    "entries": "registry",
    "profiles": "page profiles",
}


MOST_QUESTIONS: Final = 200
MOST_OPTIONS: Final = 2_000
"""The options of all questions together; the built-in knowledge has 44 questions with 127 options."""


class LibraryReader:
    """Reads kbase/; every finding is noted in `problems`, not only the first."""

    def __init__(self, source: Snapshot) -> None:
        self.source = source
        self.reader = FolderReader(source)
        self.cases: tuple[Document, ...] = ()
        self.instruments: tuple[Document, ...] = ()
        self.drafts: tuple[Document, ...] = ()

    @property
    def problems(self) -> list[Problem]:
        """The findings so far."""
        return self.reader.problems

    def read(self) -> Library | None:
        """Return the library, or None where kbase/ is too broken to go on (see `problems`)."""
        root, file, folder = self.source.folder, self.reader.file, self.reader.folder
        if root in self.source.unreadable:
            return None
        manifest = file(root / "knowledge.yaml", Manifest)
        topics = list(folder(root / "questions", QuestionFile))
        groups = file(root / "groups.yaml", GroupFile)
        facts = file(root / "facts.yaml", FactFile)
        conclusions = file(root / "conclusions.yaml", ConclusionFile)
        roles = file(root / "roles.yaml", Roles)
        instruments = list(folder(root / "instruments", InstrumentFile))
        terms = list(folder(root / "terms", TermFile))
        factors = file(root / "factors.yaml", FactorFile)
        steps = file(root / "steps.yaml", StepFile)
        glossary = file(root / "glossary.yaml", GlossaryFile)
        doubts = file(root / "doubts.yaml", DoubtFile)
        cases = list(folder(root / "cases", StudyCase))
        registry = file(root / "registry.yaml", RegistryFile)
        exceptions = self._where_it_is(root / "exceptions.yaml", ExceptionFile)
        pages = self._where_it_is(root / "papers.yaml", PageFile)
        timetable = self._where_it_is(root / "timetable.yaml", TimetableFile)
        holidays = self._where_it_is(root / "holidays.yaml", HolidayFile)
        # Knowledge may have no drafts: that of an old receipt, say.
        blanks = self._where_it_is(root / "blanks.yaml", BlankFile)
        drafts = list(folder(root / "drafts", DraftFile)) if self.source.files(root / "drafts") else []
        if not (manifest and groups and facts and conclusions and roles and factors and steps and glossary):
            return None
        if not (doubts and registry) or self.problems:
            # What follows from a file that could not be read would only hide it.
            return None
        library = Library(
            manifest=manifest.shape,
            topics=tuple(sorted((t.shape for t in topics), key=lambda t: t.order)),
            groups=groups.shape.groups,
            facts=facts.shape.facts,
            conclusions={c.id: c for c in conclusions.shape.conclusions},
            roles=roles.shape,
            instruments={i.shape.id: i.shape for i in instruments},
            term_files={t.shape.table: t.shape for t in terms},
            factors={f.id: f for f in factors.shape.factors},
            steps={s.id: s for s in steps.shape.steps},
            glossary=glossary.shape.terms,
            doubts={d.id: d for d in doubts.shape.doubts},
            cases={c.shape.id: c.shape for c in cases},
            registry=registry.shape.entries,
            exceptions=exceptions.shape.exceptions if exceptions else (),
            timetable=timetable.shape if timetable else None,
            holidays=holidays.shape if holidays else None,
            blanks=blanks.shape if blanks else None,
            drafts=tuple(sorted((d.shape for d in drafts), key=lambda d: d.order)),
            pages=pages.shape.profiles if pages else (),
        )
        read_files: list[Read[Any]] = [*topics, *instruments, *terms, *cases, *drafts]
        read_files += [blanks] if blanks else []
        read_files += [manifest, groups, facts, conclusions, roles, factors, steps, glossary, doubts, registry]
        if pages:
            read_files.append(pages)
        documents = [read.document for read in read_files]
        for document in documents:
            self._check_ids(document)
        self._check_words([*read_files, *(read for read in (exceptions, timetable) if read)], library)
        self._check_extent(topics)
        for topic in topics:
            self._check_questions(topic.document, topic.shape)
        for instrument in instruments:
            self._check_days(instrument.document, instrument.shape)
        self._check_facts(facts.document, "facts", facts.shape.facts, library)
        self._check_facts(conclusions.document, "conclusions", conclusions.shape.conclusions, library)
        self._check_sentences(conclusions.document, conclusions.shape)
        self._check_begun(manifest.document, manifest.shape, library)
        self._check_groups(groups.document, groups.shape, library)
        self.problems.extend(role_problems(roles.document, library))
        for case in cases:
            self._check_readings(case.document, case.shape)
        if exceptions:
            self._check_exceptions(exceptions.document, exceptions.shape)
        if timetable:
            self.problems.extend(timetable_problems(timetable.document, timetable.shape, library))
        if holidays:
            self.problems.extend(holiday_problems(holidays.document, holidays.shape))
        if blanks:
            self.problems.extend(blank_problems(blanks, library))
        for draft in drafts:
            self.problems.extend(draft_problems(draft, library))
        self.cases = tuple(case.document for case in cases)
        self.instruments = tuple(instrument.document for instrument in instruments)
        self.drafts = tuple(draft.document for draft in drafts)
        return library

    def _where_it_is(self, path: Path, shape: type[S]) -> Read[S] | None:
        """Read a file that need not be there; None where it is not, or cannot be read."""
        return self.reader.file(path, shape) if path in self.source.files(self.source.folder) else None

    def _check_words(self, files: Iterable[Read[Any]], library: Library) -> None:
        """Note words that name nothing: only now it is known which there are."""
        words = words_of(library)
        for read in files:
            self.reader.part(read.document, type(read.shape), words=words)

    def _check_readings(self, document: Document, shape: StudyCase) -> None:
        for name in shape.reading:
            self._known(document, ("reading", name, "#key"), name, shape.answers, "reading.without_answer")

    def _check_exceptions(self, document: Document, shape: ExceptionFile) -> None:
        for index, marked in enumerate(shape.exceptions):
            self.reader.unique(document, ("exceptions", index, "of"), f"exceptions to {marked.finding}", marked.of)

    def _known(self, document: Document, key: Key, name: str, known: Collection[str], message: str) -> None:
        if name not in known:
            self.problems.append(document.problem(key, message, name=name, near=nearest(name, known)))

    def _check_ids(self, document: Document) -> None:
        for key, space, name in _identified(document):
            self.reader.unique(document, key, space, name)

    def _check_extent(self, topics: Iterable[Read[QuestionFile]]) -> None:
        """Note the first question with which there are too many questions, or too many options."""
        questions = options = 0
        for topic in topics:
            for index, question in enumerate(topic.shape.questions):
                questions, options = questions + 1, options + len(question.options)
                if questions > MOST_QUESTIONS or options > MOST_OPTIONS:
                    told = {"questions": str(MOST_QUESTIONS), "options": str(MOST_OPTIONS)}
                    problem = topic.document.problem(("questions", index), "question.too_many", **told)
                    self.problems.append(problem)
                    return

    def _check_questions(self, document: Document, shape: QuestionFile) -> None:
        for index, question in enumerate(shape.questions):
            for message, values in _wrong_with(question):
                self.problems.append(document.problem(("questions", index), message, **values))

    def _check_days(self, document: Document, shape: InstrumentFile) -> None:
        """Note days of an instrument, or of one of its articles, that are not in their order."""
        self._in_order(
            document, (), {"enacted": shape.enacted, "in_force": shape.in_force, "revoked": shape.revoked}
        )
        for index, article in enumerate(shape.articles):
            days = {"in_force": article.in_force, "revoked": article.revoked}
            self._in_order(document, ("articles", index), days)

    def _in_order(self, document: Document, key: Key, days: Mapping[str, date | None]) -> None:
        given = [(name, day) for name, day in days.items() if day is not None]
        for (first, before), (then, after) in pairwise(given):
            if after < before:
                told = {"first_day": before.isoformat(), "then_day": after.isoformat()}
                place = (*key, then)
                self.problems.append(document.problem(place, "instrument.order", first=first, then=then, **told))

    def _check_facts(self, document: Document, part: str, facts: Iterable[Fact], library: Library) -> None:
        for index, fact in enumerate(facts):
            if fact.kind == "flag" or (fact.values and fact.table is None):
                continue
            table = library.tables.get(fact.table or "")
            if table is None:
                near = nearest(fact.table or "", library.tables)
                problem = document.problem((part, index), "table.unknown", name=str(fact.table), near=near)
                self.problems.append(problem)
                continue
            for number, value in enumerate(fact.values):
                self._known(document, (part, index, "values", number), value, table, "fact.value_unknown")

    def _check_sentences(self, document: Document, shape: ConclusionFile) -> None:
        for index, conclusion in enumerate(shape.conclusions):
            if not _has_place(conclusion.sentence, "value"):
                self.problems.append(
                    document.problem(("conclusions", index, "sentence"), "text.only_place", name="value")
                )

    def _check_begun(self, document: Document, shape: Manifest, library: Library) -> None:
        for index, regime in enumerate(shape.other_regimes):
            for name, values in (regime.begun_where or {}).items():
                known = library.questions[name].option_ids if name in library.questions else values
                for number, value in enumerate(values):
                    if value not in known:
                        key = ("other_regimes", index, "begun_where", name, number)
                        told = {"name": name, "value": value, "near": nearest(value, known)}
                        self.problems.append(document.problem(key, "value.unknown", **told))

    def _check_groups(self, document: Document, shape: GroupFile, library: Library) -> None:
        for index, group in enumerate(shape.groups):
            question, key = library.questions.get(group.question), ("groups", index)
            if question is None:
                continue
            if group.id in question.option_ids:
                self.problems.append(document.problem(key, "id.duplicate", name=group.id, first=question.id))
            for option in group.options:
                if option not in question.option_ids:
                    told = {"value": option, "near": nearest(option, question.option_ids)}
                    self.problems.append(document.problem(key, "value.unknown", name=question.id, **told))


def _wrong_with(question: Question) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield the message on each thing that is wrong with a question, and what the message needs."""
    if question.type in ("choice", "choices") and len(question.options) < 2:
        yield "question.options", {"name": question.id}
    if question.type == "number" and (question.min is None or question.max is None):
        yield "question.bounds", {"name": question.id}
    if question.min is not None and question.max is not None and question.min > question.max:
        yield "question.bounds_order", {"name": question.id}
    yield from _wrong_telling(question)
    for option in sorted({o for o in question.option_ids if question.option_ids.count(o) > 1}):
        yield "id.duplicate", {"name": option, "first": question.id}


def _wrong_telling(question: Question) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield what is wrong with the sentences that tell the answers to a question."""
    told = question.told
    if told is None:
        return
    if question.type == "yes_no":
        missing = [key for key, text in (("yes", told.yes), ("no", told.no)) if text is None]
    else:
        missing = [] if told.answer is not None and _has_place(told.answer, "answer") else ["answer"]
        if question.type == "choices" and told.none is None:
            missing.append("none")
    if missing:
        yield "question.told", {"name": question.id, "keys": ", ".join(missing)}


def _has_place(text: Text | None, name: str) -> bool:
    """Whether a template has exactly this place in both languages; no template is taken for one that has."""
    try:
        return text is None or all(places(text.in_language(language)) == {name} for language in LANGUAGES)
    except TemplateError:
        return False


def _identified(document: Document) -> Iterator[tuple[Key, str, str]]:
    """Yield key, id space and id of everything in the document that carries an id of its own."""
    data = document.data
    for key, space in (("id", "files"), ("table", "tables"), ("topic", "topics")):
        if key in data:
            yield (key,), space if key != "id" else "instruments and cases", str(data[key])
    for part, items in data.items():
        if not isinstance(items, list):
            continue
        space = ID_SPACES.get(part, f"{part} of {data.get('table', document.path.name)}")
        for index, item in enumerate(items):
            if isinstance(item, dict) and "id" in item and not isinstance(item["id"], dict):
                name = str(item["id"])
                if part == "groups":
                    name = f"{item.get('question')}.{name}"
                yield (part, index, "id"), space, name
