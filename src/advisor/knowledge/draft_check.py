"""Whether drafts can be written as they stand: their documents, the places in their texts, what fills these."""

from __future__ import annotations

from collections.abc import Iterator

from advisor.knowledge.document import Document, Key
from advisor.knowledge.draft import Blank, BlankFile, Clause, DraftFile, Given
from advisor.knowledge.library import Library
from advisor.knowledge.reading import Read
from advisor.problem import Problem, nearest
from advisor.template import TemplateError, places

OF_ONE_PARTY: tuple[Given, ...] = ("party", "name", "head", "signatory", "government")
"""What is filled in only where a text is repeated for each party."""


def blank_problems(read: Read[BlankFile], library: Library) -> Iterator[Problem]:
    """Yield what is wrong with kbase/blanks.yaml; of unknown questions and conclusions the shape tells."""
    document, shape = read.document, read.shape
    for part, question in (("own", shape.questions.own), ("others", shape.questions.others)):
        known = library.questions[question].option_ids if question in library.questions else ()
        for index, kind in enumerate(shape.kinds):
            for number, option in enumerate(getattr(kind, part)):
                if option not in known:
                    told = {"name": question, "value": option, "near": nearest(option, known)}
                    yield document.problem(("kinds", index, part, number), "value.unknown", **told)
    for part, names in (("kinds", [k.id for k in shape.kinds]), ("blanks", [b.id for b in shape.blanks])):
        for index, name in enumerate(names):
            if name in names[:index]:
                first = str(document.place((part, names.index(name), "id")))
                yield document.problem((part, index, "id"), "id.duplicate", name=name, first=first)
    for index, blank in enumerate(shape.blanks):
        yield from _sources(document, ("blanks", index), blank, library)


def _sources(document: Document, key: Key, blank: Blank, library: Library) -> Iterator[Problem]:
    if sum(source is not None for source in (blank.answer, blank.conclusion, blank.given)) > 1:
        yield document.problem(key, "blank.sources", name=blank.id)
        return
    known: tuple[str, ...] = ()
    if blank.answer is not None and blank.answer in library.questions:
        known = library.questions[blank.answer].option_ids
    elif blank.conclusion is not None and blank.conclusion in library.conclusions:
        known = library.values(blank.conclusion)
    words = blank.words or {}
    for word in (*words, *blank.unsaid):
        if word not in known:
            told = {"name": blank.id, "value": word, "near": nearest(word, known)}
            yield document.problem((*key, "words"), "value.unknown", **told)


def draft_problems(read: Read[DraftFile], library: Library) -> Iterator[Problem]:
    """Yield what is wrong with a file of kbase/drafts/; of unknown articles the shape tells."""
    return _DraftCheck(read, library).problems()


class _DraftCheck:
    def __init__(self, read: Read[DraftFile], library: Library) -> None:
        self.document, self.shape = read.document, read.shape
        fact = library.roles.documents
        self.fact = fact
        self.table = (
            library.entries.get(library.all_facts[fact].table or "", {}) if fact in library.all_facts else {}
        )
        self.terms = library.term_files
        self.library = library
        self.own = tuple(drafted.of for drafted in self.shape.documents)
        blanks = library.blanks.blanks if library.blanks else ()
        self.blanks = {blank.id: blank for blank in blanks}

    def problems(self) -> Iterator[Problem]:
        """Yield what is wrong, from the top of the file to its end."""
        for index, drafted in enumerate(self.shape.documents):
            key: Key = ("documents", index)
            if drafted.of not in self.table:
                told = {"name": self.fact, "value": drafted.of, "near": nearest(drafted.of, self.table)}
                yield self.document.problem((*key, "of"), "value.unknown", **told)
            texts = {"title": drafted.title, "subject": drafted.subject, "addressee": drafted.addressee}
            for name, text in (texts | {"enclosures": drafted.enclosures}).items():
                yield from self._text((*key, name), text or "", each=False)
        ids: set[str] = set()
        for index, part in enumerate(self.shape.parts):
            key = ("parts", index)
            yield from self._among((*key, "only"), part.only)
            yield from self._text((*key, "lead"), part.lead or "", each=part.layout == "parties")
            for number, clause in enumerate(part.clauses):
                where = (*key, "clauses", number)
                if clause.id in ids:
                    told = {"name": clause.id, "first": str(self.document.path.name)}
                    yield self.document.problem((*where, "id"), "id.duplicate", **told)
                ids.add(clause.id)
                yield from self._clause(where, clause, each=part.layout == "parties")

    def _clause(self, key: Key, clause: Clause, *, each: bool) -> Iterator[Problem]:
        if not clause.asked and not clause.usual:
            yield self.document.problem((*key, "id"), "draft.never", name=clause.id)
        yield from self._among((*key, "only"), clause.only)
        yield from self._text((*key, "heading"), clause.heading or "", each=each)
        for index, ground in enumerate(clause.asked):
            where = (*key, "asked", index)
            yield from self._among((*where, "of"), ground.of)
            for name in ground.of:
                count = len(self._contents(name))
                for number, content in enumerate(ground.items):
                    if not 1 <= content <= count:
                        told = {"name": name, "count": str(count), "given": str(content)}
                        yield self.document.problem((*where, "items", number), "draft.item", **told)
        for index, provision in enumerate(clause.provisions):
            where = (*key, "provisions", index)
            repeated = each or provision.each is not None
            yield from self._text((*where, "text"), provision.text, each=repeated)
            for number, item in enumerate(provision.items):
                yield from self._text((*where, "items", number), item, each=repeated)

    def _contents(self, name: str) -> tuple[object, ...]:
        return getattr(self.table.get(name), "contents", ())

    def _among(self, key: Key, names: tuple[str, ...]) -> Iterator[Problem]:
        """Yield documents that the file does not draft."""
        for index, name in enumerate(names):
            if name not in self.own:
                told = {"name": name, "known": ", ".join(self.own)}
                yield self.document.problem((*key, index), "draft.elsewhere", **told)

    def _text(self, key: Key, text: str, *, each: bool) -> Iterator[Problem]:
        """Yield what is wrong with the places of a text; `each` says whether it is repeated for each party."""
        try:
            found = places(text)
        except TemplateError as error:
            yield self.document.problem(key, "text.braces", part=error.part)
            return
        for name in sorted(found):
            if name not in self.blanks:
                near = nearest(name, self.blanks)
                yield self.document.problem(key, "draft.place", name=name, near=near)
            elif self.blanks[name].given in OF_ONE_PARTY and not each:
                yield self.document.problem(key, "draft.each", name=name)
