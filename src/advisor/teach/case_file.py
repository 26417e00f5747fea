"""Reading what is taught: a case of the library, a trainer's own case file, or an answers file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, replace
from datetime import date
from pathlib import Path

from advisor.advice.as_data import answers_data
from advisor.inference.case import KEYS, CaseReader
from advisor.knowledge.case import StudyCase
from advisor.knowledge.document import Document, Key, read_document
from advisor.knowledge.reading import Reader
from advisor.knowledge_base import Knowledge
from advisor.problem import AnswersError, InputError, Problem, nearest
from advisor.teach.taught_case import TaughtCase

CASE_KEYS = frozenset(field.name for field in fields(StudyCase)) - frozenset(KEYS)
"""What a case file has and an answers file has not."""


class TaughtCaseReader:
    """Reads cases to teach for one knowledge base."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.library = knowledge.library
        self.cases = CaseReader(knowledge.library, knowledge.rulebase)

    def of_library(self, study: StudyCase, as_of: date | None = None) -> TaughtCase:
        """Return a case of the library. Raises `AnswersError` where `as_of` is not covered."""
        data = {"as_of": study.as_of, "answers": answers_data(study.answers)}
        case = self.cases.data(data, study.id, as_of)
        return TaughtCase(study.id, replace(case, id=study.id), study)

    def of_file(self, path: Path, as_of: date | None = None) -> TaughtCase:
        """Read a case file or an answers file; `as_of` replaces its day. Raises `AnswersError` (every finding)."""
        try:
            document = read_document(path)
            if isinstance(document.data, dict) and CASE_KEYS & document.data.keys():
                return self._case_file(document, as_of)
            return TaughtCase(path.stem, self.cases.document(document, as_of))
        except AnswersError:
            raise
        except InputError as error:
            raise AnswersError(error.problems) from error

    def _case_file(self, document: Document, as_of: date | None) -> TaughtCase:
        reader = Reader()
        read = reader.part(document, StudyCase)
        problems = list(reader.problems)
        if read is not None:
            problems += self._references(read.shape, document)
        answers = {key: document.data[key] for key in ("as_of", "answers") if key in document.data}
        try:
            case = self.cases.document(Document(document.path, answers, document.places), as_of)
        except InputError as error:
            placed = {problem.place for problem in problems}
            raise AnswersError([*problems, *(p for p in error.problems if p.place not in placed)]) from error
        if problems or read is None:
            raise AnswersError(problems)
        return TaughtCase(read.shape.id, replace(case, id=read.shape.id), read.shape)

    def _references(self, study: StudyCase, document: Document) -> Iterator[Problem]:
        """Yield the articles and pages that do not exist, and the readings of questions that are not answered."""
        cited: list[tuple[Key, str]] = [(("cites", index), citation) for index, citation in enumerate(study.cites)]
        for name, reading in study.reading.items():
            cited += [(("reading", name, "cites", index), citation) for index, citation in enumerate(reading.cites)]
            if name not in study.answers:
                values = {"name": name, "near": nearest(name, study.answers)}
                yield Problem(document.place(("reading", name, "#key")), "reading.without_answer", values)
        for key, citation in cited:
            if citation not in self.library.articles:
                values = {"name": citation, "near": nearest(citation, self.library.articles)}
                yield Problem(document.place(key), "citation.unknown", values)
