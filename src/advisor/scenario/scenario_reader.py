"""Reading scenario files, with every mistake placed in its file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from advisor.knowledge_base import Knowledge
from advisor.problem import MOST_FINDINGS, InputError, Place, Problem
from advisor.scenario.answer_chain import AnswerChain
from advisor.scenario.expectation_reader import ExpectationReader
from advisor.scenario.naming import scenario_words
from advisor.scenario.scenario import Scenario
from advisor.scenario.scenario_files import Entry, ScenarioFiles, files_of

NOTHING: Final[Mapping[str, Any]] = MappingProxyType({})


def read_scenarios(
    knowledge: Knowledge, paths: Iterable[Path], completed: Mapping[str, Any] = NOTHING
) -> tuple[Scenario, ...]:
    """Return the scenarios of files, and of folders with all that is in them, in the order of the files.

    `completed` are answers for scenarios that leave these questions open without saying that they are unknown.
    Raises `InputError` with every finding.
    """
    return ScenarioReader(knowledge, completed).read(paths)


class ScenarioReader:
    """Reads scenario files for a knowledge base; a file is read once, however often it is asked for."""

    def __init__(self, knowledge: Knowledge, completed: Mapping[str, Any] = NOTHING) -> None:
        self.knowledge = knowledge
        self.completed = completed
        self.files = ScenarioFiles(scenario_words(knowledge.library))
        self._places: dict[str, Place] = {}

    def read(self, paths: Iterable[Path]) -> tuple[Scenario, ...]:
        """Return the scenarios of files and folders. Raises `InputError` with every finding.

        No id may stand twice among all that this reader has read.
        """
        problems: list[Problem] = []
        entries: list[Entry] = []
        for path in files_of(paths):
            try:
                entries += self.files.entries(path)
            except InputError as error:
                problems += error.problems
        reading = _Reading(self.knowledge, self.files, self._places, problems, self.completed)
        scenarios = []
        for entry in entries:
            if len(problems) >= MOST_FINDINGS:
                break
            scenarios.append(reading.scenario(entry))
        if problems:
            # What is wrong with a base is found by each scenario that is based on it.
            raise InputError(dict.fromkeys(problems))
        return tuple(scenario for scenario in scenarios if scenario is not None)


class _Reading:
    """Reads entries; findings are added to `problems`."""

    def __init__(
        self,
        knowledge: Knowledge,
        files: ScenarioFiles,
        places: dict[str, Place],
        problems: list[Problem],
        completed: Mapping[str, Any],
    ) -> None:
        self.completed = completed
        self.places = places
        self.problems = problems
        self.chain = AnswerChain(knowledge, files, problems)
        self.expectations = ExpectationReader(knowledge.library, files.words, problems)

    def scenario(self, entry: Entry) -> Scenario | None:
        """Return the scenario of an entry; None, with findings noted, where that fails."""
        given = self.chain.of(entry)
        expectations = tuple(self.expectations.read(entry))
        self._check_id(entry)
        self._check_purpose(entry)
        if "as_of" not in entry.raw and given.as_of is None and (given.followed or "based_on" not in entry.raw):
            self._problem(entry, (), "scenario.no_day")
        shape = entry.shape
        if shape is None or given.as_of is None:
            return None
        return Scenario(
            id=shape.id,
            name=shape.name,
            source=shape.source,
            why=shape.why,
            as_of=given.as_of,
            answers={q: a for q, a in self.completed.items() if q not in given.unknown} | dict(given.answers),
            expectations=expectations,
            refused=shape.refused or None,
            place=entry.place(),
            approved=shape.approved,
            refused_place=entry.place("refused", "#key") if shape.refused else None,
        )

    def _check_id(self, entry: Entry) -> None:
        """Note an id that stands elsewhere too."""
        if entry.id:
            place = entry.place("id")
            first = self.places.setdefault(entry.id, place)
            if first != place:
                self._problem(entry, ("id",), "id.duplicate", name=entry.id, first=str(first))

    def _check_purpose(self, entry: Entry) -> None:
        """Note a scenario that expects nothing, or what nobody can expect."""
        expecting = [key for key in ("expect", "never") if key in entry.raw]
        if "refused" not in entry.raw and not expecting:
            self._problem(entry, (), "scenario.nothing_expected")
        if "refused" in entry.raw and expecting:
            self._problem(entry, (expecting[0], "#key"), "scenario.refused_alone", name=expecting[0])

    def _problem(self, entry: Entry, key: tuple[str, ...], message: str, **values: str) -> None:
        self.problems.append(Problem(entry.place(*key), message, values))
