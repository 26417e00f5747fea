"""What is kept between two starts of the program is what would be made, or it is made anew."""

from __future__ import annotations

import os
import shutil
from datetime import date
from pathlib import Path

import pytest

from advisor import cache as cache_module
from advisor import knowledge_base
from advisor.advice.advising import advise
from advisor.advice.as_data import advice_data
from advisor.cache import Cache
from advisor.folders import built_in
from advisor.inference import generated
from advisor.knowledge_base import Knowledge
from advisor.knowledge_cache import kept_knowledge
from advisor.problem import KnowledgeError
from rows import drawn_answers


class Made(str):
    """A thing that takes a while to make."""

    __slots__ = ()


class Maker:
    """Counts how often it makes a thing."""

    def __init__(self, thing: str = "thing") -> None:
        self.thing = thing
        self.times = 0

    def __call__(self) -> Made:
        self.times += 1
        return Made(self.thing)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "cache"


def _only_file(folder: Path) -> Path:
    (found,) = folder.glob("*.pickle")
    return found


def test_what_follows_from_the_same_is_made_once(folder: Path) -> None:
    maker = Maker()

    found = [Cache(folder).get(Made, maker, "digest", 1) for _ in range(3)]

    assert ([Made("thing")] * 3, 1) == (found, maker.times)


def test_what_follows_from_something_else_is_made_anew(folder: Path) -> None:
    maker = Maker()

    for follows in (("digest", 1), ("digest", 2), ("other", 1)):
        Cache(folder).get(Made, maker, *follows)

    assert 3 == maker.times


def test_other_code_makes_it_anew(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    maker = Maker()
    Cache(folder).get(Made, maker, "digest")
    monkeypatch.setattr(cache_module, "_code", lambda: "other code")

    Cache(folder).get(Made, maker, "digest")

    assert 2 == maker.times


@pytest.mark.parametrize("content", [b"", b"no pickle", b"\x80\x05K\x01."], ids=["empty", "no pickle", "a number"])
def test_a_file_that_cannot_be_used_is_made_anew(folder: Path, content: bytes) -> None:
    maker = Maker()
    Cache(folder).get(Made, maker, "digest")
    _only_file(folder).write_bytes(content)

    found = [Cache(folder).get(Made, maker, "digest") for _ in range(2)]

    assert (["thing", "thing"], 2) == (found, maker.times)


@pytest.mark.skipif(not hasattr(os, "getuid"), reason="files have no owner here")
def test_a_file_of_somebody_else_is_not_run(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    maker = Maker()
    Cache(folder).get(Made, maker, "digest")
    monkeypatch.setattr(cache_module.os, "getuid", lambda: _only_file(folder).stat().st_uid + 1)

    Cache(folder).get(Made, maker, "digest")

    assert 2 == maker.times


def test_a_folder_that_cannot_be_used_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    maker = Maker()

    found = [Cache(tmp_path / "file" / "cache").get(Made, maker, "digest") for _ in range(2)]

    assert (["thing", "thing"], 2) == (found, maker.times)


def test_no_more_than_a_few_of_a_kind_are_kept(folder: Path) -> None:
    for number in range(20):
        Cache(folder).get(Made, Maker(), number)

    assert cache_module.KEEP == len(list(folder.iterdir()))


def test_kept_knowledge_gives_the_same_advice(knowledge: Knowledge, folder: Path) -> None:
    first, again = (kept_knowledge(cache=Cache(folder)) for _ in range(2))

    case = knowledge.library.cases["kartamantul"]
    answers = {name: list(value) if isinstance(value, tuple) else value for name, value in case.answers.items()}
    data = {"as_of": case.as_of.isoformat(), "answers": answers}
    expected = advice_data(advise(knowledge, data), "id")
    assert knowledge.digest == first.digest == again.digest
    assert [expected] * 2 == [advice_data(advise(kept, data), "id") for kept in (first, again)]


def test_the_rule_base_of_the_day_of_keeping_is_at_hand(
    knowledge: Knowledge, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept_knowledge(cache=Cache(folder))
    again = kept_knowledge(cache=Cache(folder))
    row = drawn_answers(1, knowledge.on(date.today()))
    expected = knowledge.on(date.today()).generated.run(row)

    monkeypatch.setattr(knowledge_base, "program_of", None)
    monkeypatch.setattr(generated, "compile", None, raising=False)

    assert expected == again.on(date.today()).generated.run(row)


def test_a_changed_rule_is_read(tmp_path: Path, folder: Path) -> None:
    rules = tmp_path / "rules"
    shutil.copytree(built_in("rules"), rules)
    before = kept_knowledge(rules=rules, cache=Cache(folder))
    era = rules / "era.yaml"
    era.write_text(era.read_text("utf-8") + "\n# read again\n", "utf-8")

    after = kept_knowledge(rules=rules, cache=Cache(folder))

    assert before.digest != after.digest
    assert 2 == len(list(folder.glob("keptknowledge-*.pickle")))


def test_the_places_of_kept_knowledge_are_right_in_whatever_folder_one_works(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for work in (built_in("rules").parent, folder.parent):
        monkeypatch.chdir(work)
        rule = kept_knowledge(cache=Cache(folder)).rulebase.rules[0]
        assert Path(rule.place.file).is_file()


def test_knowledge_with_findings_is_refused_every_time(tmp_path: Path, folder: Path) -> None:
    rules = tmp_path / "rules"
    shutil.copytree(built_in("rules"), rules)
    (rules / "era.yaml").write_text("decision: era\n", "utf-8")

    for _ in range(2):
        with pytest.raises(KnowledgeError):
            kept_knowledge(rules=rules, cache=Cache(folder))

    assert not folder.exists()
