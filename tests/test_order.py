"""The order of answers, of rules and of files changes nothing."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import pytest
import yaml

from advisor.advice.advising import advise
from advisor.advice.as_data import advice_data
from advisor.folders import built_in
from advisor.knowledge_base import Knowledge
from advisor.loading import load_knowledge

pytestmark = pytest.mark.knowledge

CASES = ("kartamantul", "barlingmascakeb", "wonosobo", "kedungsepur", "kunci-bersama")


def _answers(knowledge: Knowledge, name: str) -> dict[str, object]:
    answers = knowledge.library.cases[name].answers
    return {q: list(a) if isinstance(a, tuple) else a for q, a in answers.items()}


@pytest.mark.parametrize("name", CASES)
def test_the_order_of_answers_and_of_list_elements_changes_nothing(name: str, knowledge: Knowledge) -> None:
    answers = _answers(knowledge, name)
    as_of = knowledge.library.cases[name].as_of
    shuffled = list(answers.items())
    random.Random(7).shuffle(shuffled)  # noqa: S311
    turned = {q: list(reversed(a)) if isinstance(a, list) else a for q, a in shuffled}

    expected = advice_data(advise(knowledge, {"as_of": as_of, "answers": answers}), "id")
    found = advice_data(advise(knowledge, {"as_of": as_of, "answers": turned}), "id")

    assert expected == found


def test_the_order_of_rule_files_and_of_rules_without_precedence_changes_nothing(
    tmp_path: Path, knowledge: Knowledge
) -> None:
    shuffled = _shuffled_rules(tmp_path)
    for name in CASES:
        data = {"as_of": knowledge.library.cases[name].as_of, "answers": _answers(knowledge, name)}

        expected = advice_data(advise(knowledge, data), "en") | {"knowledge": None}
        found = advice_data(advise(shuffled, data), "en") | {"knowledge": None}

        assert _unordered(expected) == _unordered(found)


def _shuffled_rules(folder: Path) -> Knowledge:
    """Return the knowledge with files renamed and rules shuffled, save where the first that fits speaks."""
    drawn = random.Random(3)  # noqa: S311
    paths = sorted(built_in("rules").glob("*.yaml"))
    names = [path.name for path in paths if path.name != "contradictions.yaml"]
    drawn.shuffle(names)
    for path in paths:
        if path.name == "contradictions.yaml":
            shutil.copy(path, folder / path.name)
            continue
        data = yaml.load(path.read_text("utf-8"), Loader=yaml.CSafeLoader)
        first = set(data.get("first", ()))
        ordered = [rule for rule in data.get("rules", []) if first & set(rule["then"])]
        free = [rule for rule in data.get("rules", []) if not first & set(rule["then"])]
        drawn.shuffle(free)
        data["rules"] = [*free, *ordered]
        target = folder / names.pop()
        target.write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False), "utf-8")
    return load_knowledge(rules=folder)


def _unordered(value: object) -> object:
    """Return data in which the reasons of a statement stand in one fixed order."""
    if isinstance(value, dict):
        return {key: _unordered(part) for key, part in value.items()}
    if isinstance(value, list):
        parts = [_unordered(part) for part in value]
        if parts and all(isinstance(part, dict) and "rule" in part for part in parts):
            return sorted(parts, key=lambda part: (not part["direct"], part["rule"]))
        return parts
    return value
