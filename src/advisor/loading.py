"""Loading kbase/ and rules/: read, checked and cross-checked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from advisor.folders import knowledge_folders
from advisor.inference.addressees import read_addressees
from advisor.inference.case import CaseReader
from advisor.inference.draft_conditions import check_draft_conditions
from advisor.inference.rulebase import RuleBase
from advisor.inference.rulebase_reader import RuleBaseReader
from advisor.inference.size import MOST_TESTS_OVER_TIME, size_of
from advisor.knowledge.document import Document
from advisor.knowledge.library import Library
from advisor.knowledge.library_reader import LibraryReader
from advisor.knowledge_base import Knowledge
from advisor.problem import InputError, KnowledgeError, Problem
from advisor.snapshot import Snapshot, digest_of, read_together


def load_knowledge(kbase: Path | str | None = None, rules: Path | str | None = None) -> Knowledge:
    """Load the knowledge base from the folders `kbase` and `rules` (default: the built-in ones).

    Raises `KnowledgeError` with every finding where something in them is wrong.
    """
    return knowledge_in(*read_together(*knowledge_folders(kbase, rules)))


def knowledge_in(kbase: Snapshot, rules: Snapshot) -> Knowledge:
    """Return the knowledge base that stands in two folders, as they were when they were read.

    Raises `KnowledgeError` as `load_knowledge` does.
    """
    reader = LibraryReader(kbase)
    library = reader.read()
    if library is None:
        raise KnowledgeError([*reader.problems, *rules.unreadable.values()])
    rule_reader = RuleBaseReader(rules, library)
    rulebase = rule_reader.read()
    problems: list[Problem] = [*reader.problems, *rule_reader.problems]
    read_addressees(library, reader.instruments, problems)
    check_draft_conditions(library, reader.drafts, problems)
    if rulebase is not None:
        problems += _case_problems(library, rulebase, reader.cases)
    if problems or rulebase is None:
        raise KnowledgeError(problems)
    _refuse_too_large(Knowledge(library, rulebase, ""))
    return Knowledge(library, rulebase, digest_of((kbase, rules)))


def _refuse_too_large(knowledge: Knowledge) -> None:
    """Raise `KnowledgeError`, naming the largest, where there are too many rules for so many changes of law."""
    rules, stretches = knowledge.rulebase.rules, len(knowledge.stretches())
    tests = sum(map(size_of, rules))
    if tests * stretches > MOST_TESTS_OVER_TIME:
        largest = max(rules, key=size_of)
        told = {"name": largest.source, "tests": str(tests), "stretches": str(stretches)}
        told["most"] = str(MOST_TESTS_OVER_TIME)
        raise KnowledgeError([Problem(largest.place, "rules.too_large_over_time", told)])


def _case_problems(library: Library, rulebase: RuleBase, documents: Iterable[Document]) -> Iterator[Problem]:
    """Yield what is wrong with the answers of the study's cases."""
    cases = CaseReader(library, rulebase)
    for document in documents:
        answers = {key: document.data[key] for key in ("as_of", "answers")}
        try:
            cases.document(Document(document.path, answers, document.places))
        except InputError as error:
            yield from error.problems
