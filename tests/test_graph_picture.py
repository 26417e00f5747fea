"""The picture of the rules shows what depends on what, marks what fired for a case alone, and is readable."""

from __future__ import annotations

from dataclasses import replace

import pytest

from advisor.graph.content import MOST_VALUES, pictures_of_case, pictures_of_rules
from advisor.graph.page import svg_of
from advisor.graph.style import OFF_PATH, ON_PATH, OPEN
from advisor.inference.day import Day
from advisor.knowledge_base import Knowledge
from advisor.report.wording import Wording
from advisor.text import LANGUAGES, Language
from drawing import ALLOWED, SVG, assert_readable, groups, parsed
from graphs import CASES, SEEDS, case_of, drawn, full_case, graph_of, path_of, pictures

pytestmark = pytest.mark.knowledge

SHOWN = pytest.mark.parametrize(
    ("name", "share"),
    [(name, share) for name in CASES for share in (1.0, 0.5)]
    + [("kartamantul", 0.0), (None, 0.0), (None, 0.25), (None, 1.0)],
)


@SHOWN
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_picture_is_readable_on_a3(
    knowledge: Knowledge, name: str | None, share: float, language: Language
) -> None:
    picture = drawn(knowledge, name, share, language)

    assert_readable(parsed(picture))
    assert picture.isascii()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("seed", SEEDS)
def test_the_picture_of_a_case_that_answers_every_question_is_readable_on_a3(
    seed: int, language: Language, knowledge: Knowledge
) -> None:
    case = full_case(knowledge, seed)
    graph, path = path_of(knowledge, case)

    assert set(knowledge.library.questions) == set(case.answers)
    assert_readable(parsed(svg_of(pictures_of_case(knowledge, graph, case, path, "x", language))))


def test_of_many_options_that_were_chosen_some_are_shown_and_the_tooltip_has_all(knowledge: Knowledge) -> None:
    case = case_of(knowledge, "kartamantul")
    graph, path = path_of(knowledge, case)
    chosen = case.answers["activities"]
    assert isinstance(chosen, tuple)
    assert MOST_VALUES[-1] < len(chosen)
    wording = Wording(knowledge.library, "id", case.as_of)
    for most, picture in zip(MOST_VALUES, pictures_of_case(knowledge, graph, case, path, "x", "id"), strict=True):
        (line,) = (line for topic in picture.topics for line in topic.lines if line.id == "activities")
        shown = wording.answer("activities", chosen[:most])
        more = f", dan {len(chosen) - most} lagi" if len(chosen) > most else ""

        assert shown + more == line.answer
        assert wording.answer("activities", chosen) in line.details.splitlines()


def test_all_questions_and_statements_are_in_the_picture(knowledge: Knowledge, day: Day) -> None:
    graph = graph_of(knowledge, day)
    date_of_day = next(date for date, found in knowledge._by_date.items() if found is day)
    (picture, *others) = pictures_of_rules(knowledge, graph, date_of_day, "id")
    root = parsed(svg_of([picture, *others]))
    numbers = {line.number: line.id for topic in picture.topics for line in topic.lines}
    lines = {tuple(name.split(":")) for name in groups(root, "flow")}

    assert set(knowledge.library.questions) == set(groups(root, "question"))
    assert {decision.id for decision in graph.decisions} == set(groups(root, "decision"))
    for decision, group in groups(root, "decision").items():
        rows = {
            g.attrib["class"].partition(":")[2] for g in group.iter(f"{SVG}g") if "statement:" in g.get("class", "")
        }
        assert {n.name for n in graph.statements if n.decision == decision} == rows
    for box in picture.boxes:
        into = [edge.source for edge in graph.edges if edge.target.decision == box.id]
        assert {n.name for n in into if n.is_question} == {numbers[asked.number] for asked in box.asks}
        used = {n.decision for n in into if not n.is_question} - {box.id}
        assert len(used) == len(box.uses) + sum(target == box.id for _, target in lines)
    assert lines <= set(graph.flows)


def test_conclusions_stand_out_and_headline_conclusions_most(knowledge: Knowledge) -> None:
    (picture, *_) = pictures(knowledge, None, 1.0, "id")
    conclusions = knowledge.library.conclusions

    for line in (line for box in picture.boxes for line in box.statements):
        expected = (
            ("headline" if conclusions[line.fact].headline else "conclusion")
            if line.fact in conclusions
            else "fact"
        )
        assert expected == line.rank


@pytest.mark.parametrize("name", CASES)
def test_only_the_path_is_coloured(knowledge: Knowledge, name: str) -> None:
    case = case_of(knowledge, name)
    graph, path = path_of(knowledge, case)
    root = parsed(svg_of(pictures_of_case(knowledge, graph, case, path, name, "id")))
    numbers = {question: next(g.iter(f"{SVG}text")) for question, g in groups(root, "question").items()}
    strokes = {pair: next(g.iter(f"{SVG}path")) for pair, g in groups(root, "flow").items()}
    flowed = {f"{a.decision}:{b.decision}" for a, b in path.edges}

    assert {q for q, text in numbers.items() if text.attrib["fill"] == ON_PATH.strong} == {
        node.name for node in path.nodes if node.is_question
    }
    assert {OFF_PATH.strong, ON_PATH.strong} >= {text.attrib["fill"] for text in numbers.values()}
    assert {pair for pair, line in strokes.items() if line.attrib["stroke"] == ON_PATH.flow} == flowed & set(
        strokes
    )


def test_what_is_open_is_marked_as_open(knowledge: Knowledge) -> None:
    case = case_of(knowledge, "kartamantul", 0.3)
    graph, path = path_of(knowledge, case)
    (picture, *_) = pictures_of_case(knowledge, graph, case, path, "x", "en")
    root = parsed(svg_of([picture]))
    lines = {line.fact: line for box in picture.boxes for line in box.statements}
    unanswered = {line.id for topic in picture.topics for line in topic.lines if not line.answered}

    assert "open: " in lines["institutional_form"].open
    assert not lines["institutional_form"].value
    assert set(knowledge.library.questions) - set(case.answers) == unanswered
    for question, group in groups(root, "question").items():
        assert (question in unanswered) is any(t.attrib["fill"] == OPEN for t in group.iter(f"{SVG}text"))


def test_tooltips_name_the_rules_and_mark_those_that_fired(knowledge: Knowledge) -> None:
    case = case_of(knowledge, "kartamantul")
    graph, path = path_of(knowledge, case)
    (picture, *_) = pictures_of_case(knowledge, graph, case, path, "x", "id")
    fired = set()
    for box, decision in zip(picture.boxes, graph.decisions, strict=True):
        lines = [line.removeprefix("● ") for line in box.details.splitlines()]
        assert list(decision.rules) == [line.partition(" (")[0] for line in lines]
        fired |= {line.removeprefix("● ").partition(" (")[0] for line in box.details.splitlines() if "● " in line}

    assert path.fired == fired


def test_both_languages_are_spoken(knowledge: Knowledge) -> None:
    shown = {language: drawn(knowledge, "kartamantul", 0.5, language) for language in LANGUAGES}

    assert "Persetujuan DPRD" in shown["id"]
    assert "DPRD approval" in shown["en"]
    assert "belum dijawab" not in shown["en"]
    assert "not answered" not in shown["id"]


@SHOWN
def test_a_picture_needs_nothing_else(knowledge: Knowledge, name: str | None, share: float) -> None:
    picture = drawn(knowledge, name, share, "id")
    root = parsed(picture)

    assert ALLOWED >= {element.tag.removeprefix(SVG) for element in root.iter()}
    assert not [key for element in root.iter() for key in element.attrib if "href" in key or key.startswith("on")]
    assert 1 == picture.count("http")  # the name of the format
    assert "url(" not in picture


def test_the_same_case_gives_the_same_picture(knowledge: Knowledge) -> None:
    first, second = (svg_of(pictures(knowledge, "wonosobo", 0.5, "id")) for _ in range(2))

    assert first == second


@pytest.mark.heavy
def test_more_than_fits_on_a3_goes_on_a_larger_page_of_the_same_shape(knowledge: Knowledge) -> None:
    picture = pictures(knowledge, "kartamantul", 0.5, "id")[-1]
    names = {box.id: f"{box.id}-again" for box in picture.boxes}
    more = tuple(replace(box, id=names[box.id]) for box in picture.boxes)
    flows = tuple(replace(flow, source=names[flow.source], target=names[flow.target]) for flow in picture.flows)
    root = parsed(svg_of([replace(picture, boxes=picture.boxes + more, flows=picture.flows + flows)]))

    assert float(root.attrib["viewBox"].split()[2]) > 1680
    assert set(names) | set(names.values()) == set(groups(root, "decision"))
    assert_readable(root, on_a3=False)
