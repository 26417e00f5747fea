"""The answers of a scenario: its own, laid over those of what it is based on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from advisor.inference.case import CaseReader
from advisor.knowledge_base import Knowledge
from advisor.problem import ContradictionError, InputError, Place, Problem, nearest
from advisor.scenario.scenario_files import Entry, ScenarioFiles
from advisor.scenario.scenario_shape import NO_DAY

CASE: Final = "case:"
"""How the name of a base begins that is a case of the study."""


@dataclass(frozen=True, slots=True)
class Given:
    """The day and the answers of a scenario; no day where neither it nor its bases name one.

    `unknown` are the questions that it says are not known; `followed` says whether it and all its bases were found
    and could be read.
    """

    as_of: date | None
    answers: Mapping[str, Any]
    unknown: frozenset[str] = frozenset()
    followed: bool = True


LOST = Given(None, {}, followed=False)
"""What is given by a base that is not found or cannot be read; why is told once."""


class AnswerChain:
    """Follows `based_on`; findings are added to `problems`, each once."""

    def __init__(self, knowledge: Knowledge, files: ScenarioFiles, problems: list[Problem]) -> None:
        self.library = knowledge.library
        self.files = files
        self.problems = problems
        self._reader = CaseReader(knowledge.library, knowledge.rulebase)
        self._given: dict[Place, Given] = {}

    def of(self, entry: Entry) -> Given:
        """Return what is given in a scenario."""
        # Down to a base of which it is known what is given in it, and up again; a chain may be of any length.
        chain: dict[str, Entry] = {}
        base: Entry | Given = entry
        while isinstance(base, Entry):
            if base.place() in self._given:
                base = self._given[base.place()]
                break
            self.problems += base.problems
            self._check_answers(base)
            chain[base.id] = base
            base = self._base(base, chain)
        for above in reversed(chain.values()):
            base = self._given[above.place()] = self._over(above, base)
        return base

    def _base(self, entry: Entry, chain: Mapping[str, Entry]) -> Entry | Given:
        """Return the scenario on which one is based or, where it is based on none, what is given without it.

        `chain` are the scenarios by which this one was reached, and itself, by their ids.
        """
        if "based_on" not in entry.raw:
            return Given(None, {})
        name = entry.text("based_on")
        if not name:
            return LOST
        if name.startswith(CASE):
            return self._case(entry, name.removeprefix(CASE))
        if name in chain:
            ids = list(chain)
            self._problem(entry, "scenario.circle", names=" -> ".join((*ids[ids.index(name) :], name)))
            return LOST
        try:
            base = self.files.find(name, entry.path)
        except InputError as error:
            self.problems += error.problems
            return LOST
        if base is None:
            near = nearest(name, (known for known in self.files.ids() if known != entry.id))
            self._problem(entry, "scenario.base_unknown", name=name, near=near)
            return LOST
        return base

    def _case(self, entry: Entry, name: str) -> Given:
        case = self.library.cases.get(name)
        if case is None:
            self._problem(entry, "scenario.case_unknown", name=name, near=nearest(name, self.library.cases))
            return LOST
        answers = {q: list(a) if isinstance(a, tuple) else a for q, a in case.answers.items()}
        return Given(case.as_of, answers)

    def _check_answers(self, entry: Entry) -> None:
        """Note questions and options that there are not."""
        try:
            self._reader.document(entry.answers_file(), self._reader.covered_from)
        except ContradictionError:
            pass  # whether answers are refused is what a scenario may be about
        except InputError as error:
            self.problems += error.problems

    def _over(self, entry: Entry, base: Given) -> Given:
        """Return what is given in an entry, laid over its base; of names that are those of no question was told."""
        shape = entry.shape
        if shape is None:
            return LOST
        named = {self._reader.question(name, entry.place()): value for name, value in shape.answers.items()}
        own = {name: value for name, value in named.items() if isinstance(name, str)}
        answers = {name: value for name, value in {**base.answers, **own}.items() if name not in shape.unknown}
        unknown = (base.unknown - own.keys()) | set(shape.unknown)
        return Given(base.as_of if shape.as_of == NO_DAY else shape.as_of, answers, unknown, base.followed)

    def _problem(self, entry: Entry, message: str, **values: str) -> None:
        self.problems.append(Problem(entry.place("based_on"), message, values))
