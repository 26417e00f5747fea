"""Templates: names are replaced, and nothing that a file can write does anything else."""

from __future__ import annotations

import ast
import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisor import catalogue
from advisor.folders import built_in
from advisor.inference.rulebase_reader import RuleBaseReader
from advisor.knowledge_base import Knowledge
from advisor.problem import Problem
from advisor.snapshot import Snapshot
from advisor.template import TemplateError, filled, places
from advisor.text import Text
from knowledge_copy import Copy, assert_told

SOURCE = Path(catalogue.__file__).parents[1]
RANKING = "rules/institutional_form.yaml"
CHOSEN = {"id": "Di antara bentuk yang sudah dapat dimulai, {winner} memenuhi", "en": "start, the {winner} covers"}

PIECES = st.sampled_from(
    ["{", "}", "{{", "}}", "{winner}", "{loser}", "{winner:>9}", "{winner!r}", "{winner.a}", "{0}", "{}", "a", " "]
)
TEMPLATES = st.lists(st.one_of(PIECES, st.text(max_size=4))).map("".join)
VALUES = st.dictionaries(st.sampled_from(["winner", "loser", "need"]), st.text(max_size=9))


def _meant(template: str, values: dict[str, str]) -> str | None:
    """Return what a template says, read letter by letter; None where it is none or lacks a value."""
    said = ""
    while template:
        if template[:2] in ("{{", "}}"):
            said, template = said + template[0], template[2:]
        elif template[0] == "{":
            name, closed, template = template[1:].partition("}")
            if not closed or name not in values:
                return None
            said += values[name]
        elif template[0] == "}":
            return None
        else:
            said, template = said + template[0], template[1:]
    return said


@given(template=TEMPLATES, values=VALUES)
def test_a_template_is_filled_by_replacing_names_and_anything_else_is_refused(
    template: str, values: dict[str, str]
) -> None:
    expected = _meant(template, values)
    if expected is None:
        with pytest.raises(TemplateError) as refused:
            filled(template, values)
        assert refused.value.part in template
        return

    said = filled(template, values)

    assert expected == said
    assert len(said) <= len(template) + len(template) * max(map(len, values.values()), default=0)


@given(template=TEMPLATES, values=VALUES)
def test_whoever_checked_a_template_and_gives_its_names_can_fill_it(template: str, values: dict[str, str]) -> None:
    try:
        names = places(template)
    except TemplateError:
        return

    assert isinstance(filled(template, {**dict.fromkeys(names, "-"), **values}), str)


@given(text=st.text())
def test_a_text_with_its_braces_doubled_is_itself(text: str) -> None:
    doubled = text.replace("{", "{{").replace("}", "}}")

    assert (frozenset(), text) == (places(doubled), filled(doubled, {}))


@given(value=TEMPLATES)
def test_what_stands_in_a_value_is_no_template(value: str) -> None:
    assert f"<{value}>" == filled("<{winner}>", {"winner": value, "loser": "?"})


@pytest.mark.parametrize(
    "part",
    [
        *("{winner:>900000000}", "{winner!r}", "{winner.id}", "{winner[id]}", "{winner:{loser}}", "{Winner}"),
        *("{", "}", "{}", "{0}", "{winner", "{ winner }", "{winner}}"),
    ],
)
def test_anything_but_a_name_in_braces_is_refused(part: str) -> None:
    template = f"Satu {part} dua"
    with pytest.raises(TemplateError) as checked:
        places(template)
    with pytest.raises(TemplateError) as refused:
        filled(template, {"winner": "W", "loser": "L"})

    assert checked.value.part == refused.value.part
    assert checked.value.part in template


def test_a_text_is_filled_language_by_language() -> None:
    text = Text(id="{need} kurang", en="lacking {need}")

    assert Text(id="uang kurang", en="lacking money") == text.filled(need=Text(id="uang", en="money"))


# -- in the knowledge ---------------------------------------------------------------------------------------


@pytest.fixture
def ranking(tmp_path: Path) -> Copy:
    """A folder of rules with the rankings alone."""
    (tmp_path / "rules").mkdir()
    shutil.copy(built_in("rules") / "institutional_form.yaml", tmp_path / "rules")
    return Copy(tmp_path)


def _findings(ranking: Copy, knowledge: Knowledge) -> list[Problem]:
    reader = RuleBaseReader(Snapshot.of(ranking.path("rules")), knowledge.library)
    assert reader.read() is None
    return reader.problems


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize(
    ("written", "key", "told"),
    [
        ("{winner:>900000000}", "text.braces", {"part": "{winner:>900000000} "}),
        ("{winner!z}", "text.braces", {"part": "{winner!z} "}),
        ("{winner.label}", "text.braces", {"part": "{winner.label} "}),
        ("{winner", "text.braces", {"part": "{winner "}),
        ("winner}", "text.braces", {"part": "} "}),
        ("{winner} {loser}", "text.place", {"name": "loser", "known": "winner"}),
        ("{{winner}}", "text.place_missing", {"name": "winner"}),
    ],
)
def test_a_template_of_a_ranking_is_checked_in_each_language_at_its_place(
    written: str, key: str, told: dict[str, str], language: str, ranking: Copy, knowledge: Knowledge
) -> None:
    good = CHOSEN[language]
    ranking.replace(RANKING, good, good.replace("{winner}", written))

    (problem,) = _findings(ranking, knowledge)

    assert_told(problem)
    point = f"{language}: {good[:5]}" if language == "id" else "en: Of the forms that can"
    place = ranking.place(RANKING, point)
    assert (key, place.line, place.column + 4) == (problem.key, problem.place.line, problem.place.column)
    for name, value in told.items():
        assert problem.values[name].startswith(value)


def test_where_nothing_is_filled_in_a_place_to_fill_in_is_a_mistake(ranking: Copy, knowledge: Knowledge) -> None:
    ranking.replace(RANKING, "No form that covers a need may start yet", "No {winner} may start yet")

    (problem,) = _findings(ranking, knowledge)

    assert ("text.no_place", "winner") == (problem.key, problem.values["name"])
    assert_told(problem)


def test_a_text_that_grows_too_long_when_it_is_filled_in_is_refused(ranking: Copy, knowledge: Knowledge) -> None:
    for good in CHOSEN.values():
        ranking.replace(RANKING, good, good.replace("{winner}", "{winner} " * 450))

    (problem,) = _findings(ranking, knowledge)

    assert "text.too_long" == problem.key
    assert_told(problem)


# -- in the code --------------------------------------------------------------------------------------------


def test_no_text_is_filled_in_by_pythons_own_formatting() -> None:
    calls = (
        (path, node)
        for path in sorted(SOURCE.rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call)
    )
    formatting = {"format", "format_map", "vformat", "Formatter", "Template", "substitute"}
    names = ((path, node.lineno, getattr(node.func, "attr", getattr(node.func, "id", ""))) for path, node in calls)

    assert [] == [(path.name, line) for path, line, name in names if name in formatting]
