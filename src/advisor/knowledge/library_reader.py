"""Reading kbase/ into a library, with every reference checked."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from typing import Any

from advisor.knowledge.case import RegistryFile, StudyCase
from advisor.knowledge.document import Document, Key
from advisor.knowledge.exception import MARKABLE, ExceptionFile
from advisor.knowledge.fact import ConclusionFile, FactFile, Manifest
from advisor.knowledge.instrument import InstrumentFile
from advisor.knowledge.library import Library
from advisor.knowledge.question import GroupFile, QuestionFile
from advisor.knowledge.reading import Read, Reader
from advisor.knowledge.role_check import role_problems
from advisor.knowledge.roles import Roles
from advisor.knowledge.term import DoubtFile, FactorFile, GlossaryFile, StepFile, TermFile
from advisor.problem import Problem, nearest

CITATION_KEYS = frozenset(
    {"cites", "covered_from_cites", "see", "source", "evidence_cites", "remedy_cites", "about", "revoked_by"}
)

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
}


class LibraryReader:
    """Reads kbase/; every finding is noted in `problems`, not only the first."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.reader = Reader()
        self.cases: tuple[Document, ...] = ()
        self._seen: dict[tuple[str, str], str] = {}

    @property
    def problems(self) -> list[Problem]:
        """The findings so far."""
        return self.reader.problems

    def read(self) -> Library | None:
        """Return the library, or None where kbase/ is too broken to go on (see `problems`)."""
        root, file, folder = self.folder, self.reader.file, self.reader.folder
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
        marked = root / "exceptions.yaml"
        exceptions = file(marked, ExceptionFile) if marked.exists() else None
        if not (manifest and groups and facts and conclusions and roles and factors and steps):
            return None
        if not (glossary and doubts and registry and not self.problems):
            # What follows from a file that could not be read would only hide it.
            return None
        library = Library(
            manifest=manifest.shape,
            topics=tuple(sorted((t.shape for t in topics), key=lambda t: t.order)),
            groups=groups.shape.groups,
            facts=facts.shape.facts,
            conclusion_file=conclusions.shape,
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
        )
        read_files: list[Read[Any]] = [*topics, *instruments, *terms, *cases]
        read_files += [manifest, groups, facts, conclusions, roles, factors, steps, glossary, doubts, registry]
        documents = [read.document for read in read_files]
        for document in documents:
            self._check_ids(document)
            self._check_references(document, library)
        for topic in topics:
            self._check_questions(topic.document, topic.shape)
        self._check_facts(facts.document, "facts", library)
        self._check_facts(conclusions.document, "conclusions", library)
        self._check_groups(groups.document, groups.shape, library)
        self._check_manifest(manifest.document, library)
        self._check_conclusions(conclusions.document, library)
        self.problems.extend(role_problems(roles.document, library))
        for terms_read in terms:
            self._check_covers(terms_read.document, terms_read.shape, library)
        for case in cases:
            self._check_readings(case.document, case.shape)
        if exceptions:
            self._check_exceptions(exceptions.document, exceptions.shape)
        self.cases = tuple(case.document for case in cases)
        return library

    def _check_manifest(self, document: Document, library: Library) -> None:
        manifest = library.manifest
        self._known(document, ("era",), manifest.era, library.all_facts, "fact.unknown")
        if manifest.era in library.all_facts:
            for index, regime in enumerate(manifest.other_regimes):
                key: Key = ("other_regimes", index)
                for number, era in enumerate(regime.eras):
                    values = library.values(manifest.era)
                    self._known(document, (*key, "eras", number), era, values, "era.unknown")
                self._known(
                    document, (*key, "instrument"), regime.instrument, library.instruments, "instrument.unknown"
                )
        name = manifest.other_regime_conclusion
        self._known(document, ("other_regime_conclusion",), name, library.conclusions, "fact.unknown")

    def _check_conclusions(self, document: Document, library: Library) -> None:
        file = library.conclusion_file
        self._known(document, ("gate",), file.gate, library.conclusions, "fact.unknown")
        self._known(document, ("contested",), file.contested, library.all_facts, "fact.unknown")
        for index, name in enumerate(file.details):
            self._known(document, ("details", index), name, library.all_facts, "fact.unknown")

    def _check_covers(self, document: Document, shape: TermFile, library: Library) -> None:
        known = {name for values in library.tables.values() for name in values}
        for index, term in enumerate(shape.terms):
            for number, name in enumerate(term.covers):
                key: Key = ("terms", index, "covers", number)
                self._known(document, key, name, known, "term.covers_unknown")

    def _check_readings(self, document: Document, shape: StudyCase) -> None:
        for name in shape.reading:
            self._known(document, ("reading", name, "#key"), name, shape.answers, "reading.without_answer")

    def _check_exceptions(self, document: Document, shape: ExceptionFile) -> None:
        for index, marked in enumerate(shape.exceptions):
            key: Key = ("exceptions", index)
            self._known(document, (*key, "finding"), marked.finding, MARKABLE, "exception.finding_unknown")
            place = document.place((*key, "of"))
            first = self._seen.setdefault((f"exceptions to {marked.finding}", marked.of), str(place))
            if first != str(place):
                self.problems.append(Problem(place, "id.duplicate", {"name": marked.of, "first": first}))

    def _known(self, document: Document, key: Key, name: str, known: Collection[str], message: str) -> None:
        if name not in known:
            values = {"name": name, "near": nearest(name, known)}
            self.problems.append(Problem(document.place(key), message, values))

    def _check_ids(self, document: Document) -> None:
        for key, space, name in _identified(document):
            place = document.place(key)
            first = self._seen.setdefault((space, name), str(place))
            if first != str(place):
                self.problems.append(Problem(place, "id.duplicate", {"name": name, "first": first}))

    def _check_references(self, document: Document, library: Library) -> None:
        for key, citation in _citations(document.data, ()):
            if citation not in library.articles:
                near = nearest(citation, library.articles)
                place = document.place(key)
                self.problems.append(Problem(place, "citation.unknown", {"name": citation, "near": near}))
        for key, doubt in _listed(document.data, (), "doubts"):
            if isinstance(doubt, str) and doubt not in library.doubts:
                values = {"name": doubt, "near": nearest(doubt, library.doubts)}
                self.problems.append(Problem(document.place(key), "doubt.unknown", values))

    def _check_questions(self, document: Document, shape: QuestionFile) -> None:
        for index, question in enumerate(shape.questions):
            place = document.place(("questions", index))
            if question.type in ("choice", "choices") and len(question.options) < 2:
                self.problems.append(Problem(place, "question.options", {"name": question.id}))
            if question.type == "number" and (question.min is None or question.max is None):
                self.problems.append(Problem(place, "question.bounds", {"name": question.id}))
            if question.min is not None and question.max is not None and question.min > question.max:
                self.problems.append(Problem(place, "question.bounds_order", {"name": question.id}))
            doubled = {o.id for o in question.options if question.option_ids.count(o.id) > 1}
            for option in sorted(doubled):
                self.problems.append(Problem(place, "id.duplicate", {"name": option, "first": question.id}))

    def _check_facts(self, document: Document, part: str, library: Library) -> None:
        facts = library.facts if part == "facts" else library.conclusion_file.conclusions
        for index, fact in enumerate(facts):
            if fact.kind == "flag" or (fact.values and fact.table is None):
                continue
            if fact.table is not None and fact.table in library.tables:
                for number, value in enumerate(fact.values):
                    key: Key = (part, index, "values", number)
                    self._known(document, key, value, library.tables[fact.table], "fact.value_unknown")
            else:
                near = nearest(fact.table or "", library.tables)
                values = {"name": str(fact.table), "near": near}
                self.problems.append(Problem(document.place((part, index)), "table.unknown", values))

    def _check_groups(self, document: Document, shape: GroupFile, library: Library) -> None:
        for index, group in enumerate(shape.groups):
            question = library.questions.get(group.question)
            place = document.place(("groups", index))
            if question is None:
                values = {"name": group.question, "near": nearest(group.question, library.questions)}
                self.problems.append(Problem(place, "name.unknown", values))
                continue
            if group.id in question.option_ids:
                self.problems.append(Problem(place, "id.duplicate", {"name": group.id, "first": question.id}))
            for option in group.options:
                if option not in question.option_ids:
                    near = nearest(option, question.option_ids)
                    values = {"name": group.question, "value": option, "near": near}
                    self.problems.append(Problem(place, "value.unknown", values))


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


def _citations(data: Any, key: Key) -> Iterator[tuple[Key, str]]:
    """Yield every citation that stands in a list of citations (or as `revoked_by`)."""
    for name in CITATION_KEYS:
        for where, item in _listed(data, key, name):
            if isinstance(item, str):
                yield where, item


def _listed(data: Any, key: Key, name: str) -> Iterator[tuple[Key, Any]]:
    """Yield the items of every list called `name`, at any depth (and the value of `revoked_by`)."""
    children: Iterable[tuple[str | int, Any]] = ()
    if isinstance(data, dict):
        children = data.items()
        if name in data:
            value = data[name]
            if isinstance(value, list):
                for index, item in enumerate(value):
                    yield (*key, name, index), item
            elif name == "revoked_by" and isinstance(value, str):
                yield (*key, name), value
    elif isinstance(data, list):
        children = enumerate(data)
    for step, child in children:
        yield from _listed(child, (*key, step), name)
