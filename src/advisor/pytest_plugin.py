"""A pytest plugin: one test a scenario.

A project asks for it with `-p advisor.pytest_plugin`, on the command line or in `addopts` of its pytest settings;
no other project is touched by it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from advisor.catalogue import say
from advisor.escaping import on_one_line
from advisor.knowledge_base import Knowledge
from advisor.knowledge_cache import kept_knowledge
from advisor.problem import InputError
from advisor.report.scenario_report import described
from advisor.scenario.result import ScenarioResult
from advisor.scenario.running import run_scenario
from advisor.scenario.scenario import Scenario
from advisor.scenario.scenario_reader import ScenarioReader
from advisor.text import LANGUAGES, Language

FOLDER = "scenarios"
SCENARIOS = "advisor_scenarios"
KBASE = "advisor_kbase"
RULES = "advisor_rules"
LANG = "advisor_lang"
LIST = re.compile(r"^[{\s]*[\"']?scenarios[\"']?\s*:", re.MULTILINE)
"""How a file of scenarios can be told from the files of other programs."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the settings that a project may make."""
    parser.addini(SCENARIOS, say("scenario.ini_scenarios", "en"), type="linelist")
    parser.addini(KBASE, say("scenario.ini_kbase", "en"), default="")
    parser.addini(RULES, say("scenario.ini_rules", "en"), default="")
    parser.addini(LANG, say("scenario.ini_lang", "en"), default="id")


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> ScenarioFile | None:
    """Collect a scenario file."""
    if file_path.suffix != ".yaml" or file_path.name.startswith(".") or not _is_meant(file_path, parent.config):
        return None
    found: ScenarioFile = ScenarioFile.from_parent(parent, path=file_path)
    return found


class ScenarioFile(pytest.File):
    """A file of scenarios."""

    def collect(self) -> Iterator[ScenarioTest]:
        """Yield a test for each scenario. Raises `CollectError` with every finding where the file is broken."""
        language = _language(self.config)
        try:
            scenarios = _setting(self.config).reader.read([self.path])
        except InputError as error:
            raise self.CollectError(error.in_language(language)) from error
        for scenario in scenarios:
            yield ScenarioTest.from_parent(self, name=scenario.id, scenario=scenario)


class ScenarioTest(pytest.Item):
    """One scenario, run through both readers of the rule base."""

    def __init__(self, *, scenario: Scenario, **arguments: Any) -> None:
        super().__init__(**arguments)
        self.scenario = scenario
        if not scenario.approved:
            waiting = say("scenario.waiting", _setting(self.config).language)
            self.add_marker(pytest.mark.skip(reason=waiting))

    def runtest(self) -> None:
        """Run the scenario. Raises `ScenarioFailedError` where an expectation is not met."""
        result = run_scenario(_setting(self.config).knowledge, self.scenario)
        if result.status == "failed":
            raise ScenarioFailedError(result)

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """Return what was expected and what was found; for anything else what pytest says."""
        if not isinstance(excinfo.value, ScenarioFailedError):
            return super().repr_failure(excinfo, style)
        setting = _setting(self.config)
        diff = described(setting.knowledge.library, excinfo.value.result, setting.language)
        return f"{self.scenario.place}: {on_one_line(self.scenario.name)}\n{diff}"

    def reportinfo(self) -> tuple[Path, int, str]:
        """Return where the scenario stands."""
        return self.path, max(self.scenario.place.line - 1, 0), self.name


class ScenarioFailedError(Exception):
    """A scenario of which an expectation is not met."""

    def __init__(self, result: ScenarioResult) -> None:
        super().__init__(result.scenario.id)
        self.result = result


@dataclass(frozen=True)
class _Setting:
    """What all scenarios of a run share."""

    knowledge: Knowledge
    reader: ScenarioReader
    language: Language


_SETTING = pytest.StashKey[_Setting]()
_MEANT = pytest.StashKey[frozenset[Path]]()


def _is_meant(path: Path, config: pytest.Config) -> bool:
    """Return whether a file is one of scenarios.

    The project's own patterns name it; without patterns it lies in a folder that is called so and begins a list of
    scenarios, because other programs call theirs so too.
    """
    patterns = config.getini(SCENARIOS)
    if not patterns:
        return path.parent.name == FOLDER and _holds_scenarios(path)
    if _MEANT not in config.stash:
        found = (file.resolve() for pattern in patterns for file in config.rootpath.glob(pattern))
        config.stash[_MEANT] = frozenset(found)
    return path.resolve() in config.stash[_MEANT]


def _holds_scenarios(path: Path) -> bool:
    try:
        return path.is_file() and LIST.search(path.read_text("utf-8", errors="replace")) is not None
    except OSError:
        return False


def _setting(config: pytest.Config) -> _Setting:
    """Return the knowledge that the project's settings name, loaded once. Raises `InputError`."""
    if _SETTING not in config.stash:
        knowledge = kept_knowledge(_folder(config, KBASE), _folder(config, RULES))
        config.stash[_SETTING] = _Setting(knowledge, ScenarioReader(knowledge), _language(config))
    return config.stash[_SETTING]


def _folder(config: pytest.Config, name: str) -> Path | None:
    found: str = config.getini(name)
    return config.rootpath / found if found else None


def _language(config: pytest.Config) -> Language:
    """Return the language that the project asks for. Raises `CollectError` where there is no such language."""
    asked = config.getini(LANG)
    for language in LANGUAGES:
        if language == asked:
            return language
    told = say("scenario.ini_lang_unknown", "id", name=LANG, given=asked, known=", ".join(LANGUAGES))
    raise pytest.Collector.CollectError(told)
