"""What several tests share."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, Phase, settings

from advisor import catalogue
from advisor.commands import common
from advisor.folders import built_in
from advisor.inference.day import Day
from advisor.knowledge import document
from advisor.knowledge_base import Knowledge
from advisor.loading import load_knowledge
from advisor.scenario.result import ScenarioResult
from advisor.scenario.running import run_scenario
from advisor.teach.lesson import Lesson
from advisor.text import LANGUAGES, Text
from advisor.verify.check.check import Check, check
from broken_knowledge import Break, Broken
from interviews import Desk
from knowledge_copy import EXTRA, RULE, Copy
from lessons import lesson_of
from parsing import Parsed
from pseudo import InAlphabet, Said
from scenario_runs import HEAD, Run, written
from scenario_texts import Write

# Shrinking a failing case of forty answers takes longer than reading it; the failing case itself is printed.
settings.register_profile(
    "advisor",
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example],
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    print_blob=True,
)
settings.load_profile("advisor")

# Both sides of days on which law changed that rules tell apart, the first day covered, and a day of today's law.
DAYS = (
    date(2007, 8, 22),
    date(2009, 5, 21),
    date(2009, 5, 22),
    date(2014, 10, 1),
    date(2014, 10, 2),
    date(2018, 7, 12),
    date(2018, 7, 13),
    date(2020, 5, 21),
    date(2020, 5, 22),
    date(2020, 11, 1),
    date(2020, 11, 2),
    date(2022, 1, 4),
    date(2022, 1, 5),
    date(2022, 12, 25),
    date(2022, 12, 26),
    date(2022, 12, 29),
    date(2022, 12, 30),
    date(2025, 10, 9),
    date(2025, 10, 10),
    date(2026, 1, 1),
)


@pytest.fixture(scope="session", autouse=True)
def _parsed_once() -> Iterator[None]:
    """Parse the same content once, in however many copies of the knowledge it stands."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(document, "parse_document", Parsed())
        yield


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    """The built-in knowledge base, loaded once."""
    return load_knowledge()


@pytest.fixture(params=DAYS, ids=str, scope="session")
def day(request: pytest.FixtureRequest, knowledge: Knowledge) -> Day:
    """The rule base of each day."""
    return knowledge.on(request.param)


@pytest.fixture(scope="session")
def shipped(knowledge: Knowledge) -> Check:
    """The check of the built-in knowledge base, made once."""
    return check(knowledge, built_in("kbase"), built_in("rules"))


@pytest.fixture(scope="session")
def broken(tmp_path_factory: pytest.TempPathFactory) -> Break:
    """Breaks knowledge by name, each once for all tests."""
    made: dict[str, Broken] = {}

    def of(name: str) -> Broken:
        if name not in made:
            made[name] = Broken.made(name, tmp_path_factory.mktemp(name) / "knowledge")
        return made[name]

    return of


@pytest.fixture
def lesson(request: pytest.FixtureRequest, knowledge: Knowledge) -> Lesson:
    """The lesson on a case of the library (by its name), or on a drawn one (by its seed)."""
    return lesson_of(knowledge, request.param)


@pytest.fixture
def kartamantul_lesson(knowledge: Knowledge) -> Lesson:
    """The lesson on KARTAMANTUL."""
    return lesson_of(knowledge, "kartamantul")


@pytest.fixture(scope="session")
def kartamantul(knowledge: Knowledge, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The answers file of a case of the study."""
    path = tmp_path_factory.mktemp("answers") / "kartamantul.yaml"
    case = knowledge.library.cases["kartamantul"]
    answers = {name: list(value) if isinstance(value, tuple) else value for name, value in case.answers.items()}
    path.write_text(yaml.safe_dump({"as_of": case.as_of, "answers": answers}), "utf-8")
    return path


@pytest.fixture
def loaded(knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let commands that are run in this process use the knowledge that is loaded already."""
    monkeypatch.setattr(common, "kept_knowledge", lambda kbase, rules: knowledge)


@pytest.fixture
def copy(tmp_path: Path) -> Copy:
    """A copy of the built-in folders."""
    return Copy.made(tmp_path)


@pytest.fixture
def ruled(copy: Copy) -> Copy:
    """A copy with one more rule, which is sound."""
    copy.path(EXTRA).write_text(RULE, "utf-8")
    return copy


@pytest.fixture
def desk(
    knowledge: Knowledge, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Desk:
    """Where somebody sits down to interviews."""
    return Desk(knowledge, tmp_path, monkeypatch, capsys)


@pytest.fixture
def write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Write:
    """Writes a scenario file into an empty working directory."""
    monkeypatch.chdir(tmp_path)

    def written(text: str, name: str = "a.yaml") -> Path:
        path = Path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
        return path

    return written


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty working directory."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def ran(files: Path, knowledge: Knowledge) -> Run:
    """Runs the scenario that stands first in a text."""

    def run(text: str, with_knowledge: Knowledge = knowledge) -> ScenarioResult:
        return run_scenario(with_knowledge, written(with_knowledge, HEAD + text)[0])

    return run


@pytest.fixture
def said(knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch) -> Said:
    """Pseudolocalises the texts of the program and, once it is loaded, those of the knowledge."""
    found = Said()
    monkeypatch.setattr(catalogue, "messages", lambda: found)
    for language in LANGUAGES:
        monkeypatch.setattr(Text, language, InAlphabet(language), raising=False)
    return found
