"""The answers of a scenario: its own, laid over those of what it is based on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from advisor.inference.case import DAY, CaseReader
from advisor.knowledge_base import Knowledge
from advisor.problem import ContradictionError, InputError, Problem, nearest
from advisor.scenario.entry import Entry
from advisor.scenario.scenario_files import ScenarioFiles
from advisor.scenario.spelling import shown

CASE = "case:"
"""How the name of a base begins that is a case of the study."""


@dataclass(frozen=True, slots=True)
class Given:
    """The day and the answers of a scenario; no day where neither it nor its bases name one that can be used.

    `followed` says whether all its bases were found.
    """

    as_of: date | None
    answers: Mapping[str, Any]
    followed: bool = True


LOST = Given(None, {}, followed=False)
"""What is given by a base that is not found."""


class AnswerChain:
    """Follows `based_on`; findings are added to `problems`, each once."""

    def __init__(self, knowledge: Knowledge, files: ScenarioFiles, problems: list[Problem]) -> None:
        self.library = knowledge.library
        self.files = files
        self.problems = problems
        self._reader = CaseReader(knowledge.library, knowledge.rulebase)
        self._given: dict[tuple[str, str], Given] = {}

    def of(self, entry: Entry) -> Given:
        """Return what is given in a scenario."""
        return self._of(entry, ())

    def _of(self, entry: Entry, above: tuple[str, ...]) -> Given:
        """`above` are the ids by which this entry was reached."""
        key = (str(entry.path), entry.id or str(entry.place()))
        if key not in self._given:
            base = self._base(entry, (*above, entry.id))
            answers = {**base.answers, **self._own(entry)}
            for question in self._unknown(entry):
                answers.pop(question, None)
            self._given[key] = Given(self._day(entry) or base.as_of, answers, base.followed)
        return self._given[key]

    def _base(self, entry: Entry, above: tuple[str, ...]) -> Given:
        if "based_on" not in entry.raw:
            return Given(None, {})
        name = entry.raw["based_on"]
        if not isinstance(name, str):
            self._problem(entry, ("based_on",), "scenario.text", name="based_on")
            return LOST
        if name.startswith(CASE):
            return self._case(entry, name.removeprefix(CASE))
        if name in above:
            circle = " -> ".join((*above[above.index(name) :], name))
            self._problem(entry, ("based_on",), "scenario.circle", names=circle)
            return LOST
        try:
            base = self.files.find(name, entry.path)
        except InputError as error:
            self.problems.extend(error.problems)
            return LOST
        if base is None:
            near = nearest(name, [known for known in self.files.ids() if known != entry.id])
            self._problem(entry, ("based_on",), "scenario.base_unknown", name=name, near=near)
            return LOST
        return self._of(base, above)

    def _case(self, entry: Entry, name: str) -> Given:
        case = self.library.cases.get(name)
        if case is None:
            near = nearest(name, self.library.cases)
            self._problem(entry, ("based_on",), "scenario.case_unknown", name=name, near=near)
            return LOST
        answers = {q: list(a) if isinstance(a, tuple) else a for q, a in case.answers.items()}
        return Given(case.as_of, answers)

    def _own(self, entry: Entry) -> Mapping[str, Any]:
        """Return the answers that stand in the entry itself; note questions and options that there are not."""
        own = entry.raw.get("answers")
        if own is None:
            return {}
        if not isinstance(own, dict):
            self._problem(entry, ("answers",), "scenario.not_mapping")
            return {}
        try:
            self._reader.document(entry.answers_file(), self._reader.covered_from)
        except ContradictionError:
            pass  # whether answers are refused is what a scenario may be about
        except InputError as error:
            self.problems.extend(error.problems)
        return own

    def _unknown(self, entry: Entry) -> list[str]:
        given = entry.raw.get("unknown", [])
        if not isinstance(given, list):
            self._problem(entry, ("unknown",), "scenario.not_list", name="unknown")
            return []
        for index, name in enumerate(given):
            if name not in self.library.questions:
                near = nearest(str(name), self.library.questions)
                self._problem(entry, ("unknown", index), "answers.unknown_question", name=name, near=near)
        return [name for name in given if isinstance(name, str)]

    def _day(self, entry: Entry) -> date | None:
        if "as_of" not in entry.raw:
            return None
        value = entry.raw["as_of"]
        if isinstance(value, date) and not isinstance(value, datetime):
            return value
        if isinstance(value, str) and DAY.fullmatch(value):
            try:
                return date.fromisoformat(value)
            except ValueError:
                pass
        self._problem(entry, ("as_of",), "answers.not_a_day", given=shown(value))
        return None

    def _problem(self, entry: Entry, key: tuple[str | int, ...], message: str, **values: object) -> None:
        told = {name: shown(value) if name == "name" else str(value) for name, value in values.items()}
        self.problems.append(Problem(entry.place(*key), message, told))
