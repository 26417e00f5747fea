"""The knowledge base: kbase/ and rules/ loaded, checked and held together."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from advisor.folders import built_in
from advisor.inference.case import CaseReader
from advisor.inference.experta_reader import ExpertaReader
from advisor.inference.inquiry import Readers
from advisor.inference.program import Program, program_of
from advisor.inference.rulebase import RuleBase
from advisor.inference.rulebase_reader import RuleBaseReader
from advisor.knowledge.document import Document
from advisor.knowledge.library import Library
from advisor.knowledge.library_reader import LibraryReader
from advisor.problem import InputError, KnowledgeError, Problem


@dataclass
class Day:
    """The rule base of one day and its readers, each built when first asked for."""

    program: Program
    _readers: Readers | None = None
    _experta: ExpertaReader | None = None

    @property
    def readers(self) -> Readers:
        """The bulk reader and the SAT reader."""
        if self._readers is None:
            self._readers = Readers.of(self.program)
        return self._readers

    @property
    def experta(self) -> ExpertaReader:
        """The reader whose conclusions people see."""
        if self._experta is None:
            self._experta = ExpertaReader(self.program)
        return self._experta


@dataclass(frozen=True, repr=False)
class Knowledge:
    """All that the program knows. `digest` identifies its content: a SHA-256 over all files of both folders."""

    library: Library
    rulebase: RuleBase
    digest: str
    _days: dict[frozenset[str], Day] = field(default_factory=dict, repr=False, compare=False)
    _by_date: dict[date, Day] = field(default_factory=dict, repr=False, compare=False)

    def __repr__(self) -> str:
        return f"Knowledge(version={self.version!r}, digest={self.digest[:12]!r})"

    @property
    def version(self) -> str:
        """The version that kbase/knowledge.yaml states."""
        return self.library.manifest.version

    def on(self, day: date) -> Day:
        """Return the rule base of `day`; days on which the same law is in force share one."""
        if day not in self._by_date:
            self._by_date[day] = self._of_law_in_force(day)
        return self._by_date[day]

    def _of_law_in_force(self, day: date) -> Day:
        references = self.rulebase.references
        alive = frozenset(r for r in references if self.library.status(r, day) == "in_force")
        if alive not in self._days:
            self._days[alive] = Day(program_of(self.rulebase, self.library, day))
        return self._days[alive]


def load_knowledge(kbase: Path | str | None = None, rules: Path | str | None = None) -> Knowledge:
    """Load the knowledge base from the folders `kbase` and `rules` (default: the built-in ones).

    Raises `KnowledgeError` with every finding where something in them is wrong.
    """
    kbase_folder = Path(kbase) if kbase is not None else built_in("kbase")
    rules_folder = Path(rules) if rules is not None else built_in("rules")
    reader = LibraryReader(kbase_folder)
    library = reader.read()
    if library is None:
        raise KnowledgeError(reader.problems)
    rule_reader = RuleBaseReader(rules_folder, library)
    rulebase = rule_reader.read()
    problems: list[Problem] = [*reader.problems, *rule_reader.problems]
    if rulebase is not None:
        problems += _case_problems(library, rulebase, reader.cases)
    if problems or rulebase is None:
        raise KnowledgeError(problems)
    return Knowledge(library, rulebase, _digest([kbase_folder, rules_folder]))


def _case_problems(library: Library, rulebase: RuleBase, documents: Iterable[Document]) -> Iterator[Problem]:
    """Yield what is wrong with the answers of the study's cases."""
    cases = CaseReader(library, rulebase)
    for document in documents:
        answers = {key: document.data[key] for key in ("as_of", "answers")}
        try:
            cases.document(Document(document.path, answers, document.places))
        except InputError as error:
            yield from error.problems


def _digest(folders: Iterable[Path]) -> str:
    found = hashlib.sha256()
    for folder in folders:
        for path in sorted(folder.rglob("*.yaml")):
            content = path.read_bytes()
            found.update(f"{folder.name}/{path.relative_to(folder).as_posix()}\0{len(content)}\0".encode())
            found.update(content)
    return found.hexdigest()
