"""Reading scenario files, with every mistake placed in its file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from advisor.knowledge.document import Key
from advisor.knowledge_base import Knowledge
from advisor.problem import InputError, Place, Problem, nearest
from advisor.scenario.answer_chain import AnswerChain, Given
from advisor.scenario.entry import Entry
from advisor.scenario.expectation_reader import ExpectationReader
from advisor.scenario.refusal import DAY
from advisor.scenario.scenario import Scenario
from advisor.scenario.scenario_files import ScenarioFiles, files_of
from advisor.scenario.spelling import shown

ID = re.compile(r"[a-z0-9][a-z0-9_.-]*")
KEYS = (
    "id", "name", "source", "why", "based_on", "as_of", "answers", "unknown", "expect", "never", "refused",
    "approved",
)  # fmt: skip


def read_scenarios(knowledge: Knowledge, paths: Iterable[Path]) -> tuple[Scenario, ...]:
    """Return the scenarios of files, and of folders with all that is in them, in the order of the files.

    Raises `InputError` with every finding.
    """
    return ScenarioReader(knowledge).read(paths)


class ScenarioReader:
    """Reads scenario files for a knowledge base; a file is read once, however often it is asked for."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.knowledge = knowledge
        self.files = ScenarioFiles()
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
        reading = _Reading(self.knowledge, self.files, self._places, problems)
        scenarios = [reading.scenario(entry) for entry in entries]
        if problems:
            # What is wrong with a base is found by each scenario that is based on it.
            raise InputError([p for i, p in enumerate(problems) if p not in problems[:i]])
        return tuple(scenario for scenario in scenarios if scenario is not None)


class _Reading:
    """Reads entries; findings are added to `problems`."""

    def __init__(
        self, knowledge: Knowledge, files: ScenarioFiles, places: dict[str, Place], problems: list[Problem]
    ) -> None:
        self.library = knowledge.library
        self.places = places
        self.problems = problems
        self.chain = AnswerChain(knowledge, files, problems)
        self.expectations = ExpectationReader(knowledge.library, problems)

    def scenario(self, entry: Entry) -> Scenario | None:
        """Return the scenario of an entry; None, with findings noted, where that fails."""
        before = len(self.problems)
        for key in entry.raw:
            if key not in KEYS:
                self._problem(entry, (key, "#key"), "key.unknown", name=key, near=nearest(key, KEYS))
        given = self.chain.of(entry)
        name, why = self._text(entry, "name"), self._text(entry, "why")
        scenario_id, source = self._id(entry), tuple(self._source(entry))
        expectations, refused = tuple(self.expectations.read(entry)), self._refused(entry)
        approved = self._approved(entry)
        self._check_purpose(entry)
        day = self._day(entry, given)
        if len(self.problems) > before or day is None:
            return None
        return Scenario(
            id=scenario_id,
            name=name,
            source=source,
            why=why,
            as_of=day,
            answers=given.answers,
            expectations=expectations,
            refused=refused,
            place=entry.place(),
            approved=approved,
            refused_place=entry.place("refused", "#key") if refused is not None else None,
        )

    def _text(self, entry: Entry, key: str) -> str:
        found = entry.raw.get(key)
        if isinstance(found, str) and found.strip():
            return found.strip()
        if key in entry.raw:
            self._problem(entry, (key,), "scenario.text", name=key)
        else:
            self._problem(entry, (), "key.missing", name=key)
        return ""

    def _id(self, entry: Entry) -> str:
        if "id" not in entry.raw:
            self._problem(entry, (), "key.missing", name="id")
        elif not ID.fullmatch(entry.id):
            self._problem(entry, ("id",), "scenario.id", name=shown(entry.raw["id"]))
        else:
            place = entry.place("id")
            first = self.places.setdefault(entry.id, place)
            if first != place:
                self._problem(entry, ("id",), "id.duplicate", name=entry.id, first=str(first))
        return entry.id

    def _source(self, entry: Entry) -> Iterator[str]:
        for index, citation in self._filled(entry, "source", needed=True):
            if isinstance(citation, str) and citation in self.library.articles:
                yield citation
            else:
                near = nearest(str(citation), self.library.articles)
                self._problem(entry, ("source", index), "citation.unknown", name=shown(citation), near=near)

    def _refused(self, entry: Entry) -> tuple[str, ...] | None:
        if "refused" not in entry.raw:
            return None
        known = (DAY, *self.library.questions)
        named = self._filled(entry, "refused")
        for index, name in named:
            if name not in known:
                near = nearest(str(name), known)
                self._problem(entry, ("refused", index), "scenario.refused_name", name=shown(name), near=near)
        return tuple(str(name) for _, name in named)

    def _approved(self, entry: Entry) -> bool:
        found = entry.raw.get("approved", True)
        if not isinstance(found, bool):
            self._problem(entry, ("approved",), "scenario.truth", name="approved", given=shown(found))
        return found is not False

    def _check_purpose(self, entry: Entry) -> None:
        """Note a scenario that expects nothing, or what nobody can expect."""
        expecting = [key for key in ("expect", "never") if key in entry.raw]
        if "refused" not in entry.raw and not expecting:
            self._problem(entry, (), "scenario.nothing_expected")
        if "refused" in entry.raw and expecting:
            self._problem(entry, (expecting[0], "#key"), "scenario.refused_alone", name=expecting[0])

    def _day(self, entry: Entry, given: Given) -> date | None:
        if given.as_of is None and given.followed and "as_of" not in entry.raw:
            self._problem(entry, (), "scenario.no_day")
        return given.as_of

    def _filled(self, entry: Entry, key: str, *, needed: bool = False) -> list[tuple[int, Any]]:
        """Return the elements of a list that must not be empty, with their numbers."""
        found = entry.raw.get(key)
        if key not in entry.raw and needed:
            self._problem(entry, (), "key.missing", name=key)
        elif not isinstance(found, list):
            self._problem(entry, (key,), "scenario.not_list", name=key)
        elif not found:
            self._problem(entry, (key,), "scenario.list_empty", name=key)
        return list(enumerate(found)) if isinstance(found, list) else []

    def _problem(self, entry: Entry, key: Key, message: str, **values: str) -> None:
        self.problems.append(Problem(entry.place(*key), message, values))
