"""The picture of the rules shows what depends on what, marks what fired for a case alone, and is readable.

Readable is measured: on A3 no text is smaller than seven points, none leaves its box or the page, no two overlap,
and no line runs through a box.
"""

from __future__ import annotations

import random
import re
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
import yaml
from advisor.inference.inquiry import Inquiry

from advisor import cli
from advisor.advice.conclusions import conclude
from advisor.commands import common
from advisor.commands.common import DONE, UNUSABLE
from advisor.folders import built_in
from advisor.graph.content import pictures_of_case, pictures_of_rules
from advisor.graph.dependency import dependencies
from advisor.graph.flow import layers, without_cycles, without_shortcuts
from advisor.graph.graphviz_layout import dot_graph, graphviz_svg, is_available
from advisor.graph.measure import Run, Type, width_of, wrapped
from advisor.graph.node import DependencyGraph, Node
from advisor.graph.page import page_of
from advisor.graph.palette import OFF_PATH, ON_PATH, OPEN
from advisor.graph.path import Path as CasePath
from advisor.graph.picture import Picture
from advisor.graph.svg import svg_of
from advisor.graph.trace import fired_path
from advisor.inference.case import Case, CaseReader
from advisor.inference.day import Day
from advisor.inference.formula import Atom, Formula, atoms
from advisor.inference.program import Program, Row
from advisor.knowledge_base import Knowledge
from advisor.loading import load_knowledge
from advisor.text import LANGUAGES, Language

CASES = ("barlingmascakeb", "kartamantul", "kedungsepur", "kunci-bersama", "wonosobo")
SVG = "{http://www.w3.org/2000/svg}"
A3_MM, POINT_MM = 420, 25.4 / 72


def _parsed(drawn: str) -> ElementTree.Element:
    return ElementTree.fromstring(drawn)  # noqa: S314 - what the program wrote a moment ago


# -- the graph ----------------------------------------------------------------------------------------------


def _graph(knowledge: Knowledge, day: Day) -> DependencyGraph:
    return dependencies(knowledge.rulebase.decisions, day.program)


def _asked(program: Program, formula: Formula) -> set[Atom]:
    """Return what a formula asks for, with helper facts spelt back into the conditions behind them."""
    found: set[Atom] = set()
    for atom in atoms(formula):
        if atom[0] in program.position or atom[0] in program.facts:
            found.add(atom)
        else:
            for rule in program.producers.get(atom, ()):
                found |= _asked(program, rule.body)
    return found


def test_there_is_an_edge_for_what_a_rule_asks_and_for_nothing_else(knowledge: Knowledge, day: Day) -> None:
    program, graph = day.program, _graph(knowledge, day)
    expected: dict[tuple[Node, Node], set[str]] = {}
    for rule in program.rules:
        for head in rule.heads:
            if head[0] not in program.facts:
                continue
            for atom in _asked(program, rule.body):
                if atom[0] in program.position:
                    sources = {Node(atom[0])}
                else:
                    sources = {Node(atom[0], other.decision) for other in program.producers.get(atom, ())}
                for source in sources:
                    expected.setdefault((source, Node(head[0], rule.decision)), set()).add(rule.id)

    assert expected == {ends: set(edge.rules) for ends, edge in graph.by_ends.items()}


def test_every_conclusion_of_a_rule_is_a_statement_of_its_decision(knowledge: Knowledge, day: Day) -> None:
    concluded = {
        (Node(head[0], rule.decision), head[1])
        for rule in day.program.rules
        for head in rule.heads
        if head[0] in day.program.facts
    }
    graph = _graph(knowledge, day)

    assert concluded == {(node, value) for node in graph.statements for value in graph.values[node]}
    assert {node.name for node in graph.statements} >= set(knowledge.library.conclusions)
    assert set(knowledge.library.questions) == {node.name for node in graph.questions}


def _rows(day: Day, count: int) -> Iterator[Row]:
    """Yield random answers that do not contradict each other."""
    draw = random.Random(4)  # noqa: S311 - the same answers each time
    while count:
        row = tuple(draw.choice(domain.cells) for domain in day.program.domains)
        if not day.generated.contradictions(row):
            count -= 1
            yield row


def test_a_fact_changes_only_with_the_questions_from_which_a_way_leads_to_it(knowledge: Knowledge) -> None:
    day = knowledge.on(knowledge.library.cases["kartamantul"].as_of)
    graph = _graph(knowledge, day)
    before: dict[Node, set[Node]] = {}
    for edge in graph.edges:
        before.setdefault(edge.target, set()).add(edge.source)

    @cache
    def questions(node: Node) -> frozenset[str]:
        return frozenset().union(
            *({n.name} if n.is_question else questions(n) for n in before.get(node, set()) - {node})
        )

    changes = 0
    for row in _rows(day, 40):
        facts = day.generated.run(row).facts
        for position, domain in enumerate(day.program.domains):
            other = (*row[:position], domain.cells[-1], *row[position + 1 :])
            others = day.generated.run(other).facts
            for fact in {*facts, *others}:
                if facts.get(fact) != others.get(fact):
                    changes += 1
                    assert any(domain.id in questions(n) for n in graph.statements if n.name == fact), fact

    assert changes > 300


# -- the path of a case -------------------------------------------------------------------------------------


def _case(knowledge: Knowledge, name: str, share: float = 1.0) -> Case:
    """Return a case of the study, or its first answers."""
    known = knowledge.library.cases[name]
    kept = list(known.answers.items())[: round(len(known.answers) * share)]
    answers = {question: list(a) if isinstance(a, tuple) else a for question, a in kept}
    return CaseReader(knowledge.library, knowledge.rulebase).data({"as_of": known.as_of, "answers": answers})


def _inquiry(knowledge: Knowledge, case: Case, known: Mapping[str, int] | None = None) -> Inquiry:
    readers = knowledge.on(case.as_of).readers.fresh()
    codes = case.codes if known is None else known
    return Inquiry(readers, codes, knowledge.library.conclusion_file.gate, knowledge.library.conclusions)


def _path(knowledge: Knowledge, case: Case) -> tuple[DependencyGraph, CasePath]:
    graph = _graph(knowledge, knowledge.on(case.as_of))
    return graph, fired_path(graph, _inquiry(knowledge, case))


SHARES = pytest.mark.parametrize("share", [1.0, 0.5, 0.0])
NAMES = pytest.mark.parametrize("name", CASES)


@NAMES
@SHARES
def test_what_is_certain_holds_in_every_completion_of_the_marked_answers_alone(
    knowledge: Knowledge, name: str, share: float
) -> None:
    case = _case(knowledge, name, share)
    _, path = _path(knowledge, case)
    known = {question: code for question, code in case.codes.items() if Node(question) in path.nodes}

    whole, marked = _inquiry(knowledge, case), _inquiry(knowledge, case, known)

    assert path.fired
    for rule in path.fired:
        assert whole.holds_always(whole.readers.sat.rule(rule), ""), rule
        assert marked.holds_always(marked.readers.sat.rule(rule), ""), rule
    for node, finding in path.findings.items():
        for value in finding.certain:
            assert marked.holds_always(marked.readers.sat.literal((node.name, value)), node.name), node


@NAMES
@SHARES
def test_only_what_fired_or_is_certain_is_marked_and_what_that_stands_on(
    knowledge: Knowledge, name: str, share: float
) -> None:
    case = _case(knowledge, name, share)
    graph, path = _path(knowledge, case)
    by_id = knowledge.on(case.as_of).program.by_id
    fired = {Node(head[0], by_id[rule].decision) for rule in path.fired for head in by_id[rule].heads}
    fired |= {node for node, finding in path.findings.items() if finding.certain}
    after: dict[Node, set[Node]] = {}
    for source, target in path.edges:
        after.setdefault(source, set()).add(target)

    def leads_to_fired(node: Node, seen: frozenset[Node] = frozenset()) -> bool:
        return node in fired or any(leads_to_fired(n, seen | {node}) for n in after.get(node, set()) - seen)

    assert fired & set(graph.statements) <= path.nodes
    assert path.edges <= set(graph.by_ends)
    assert all(leads_to_fired(node) for node in path.nodes)
    assert {node.name for node in path.nodes if node.is_question} <= set(case.answers)


@NAMES
@SHARES
def test_the_values_shown_are_those_of_the_advice(knowledge: Knowledge, name: str, share: float) -> None:
    case = _case(knowledge, name, share)
    _, path = _path(knowledge, case)

    for conclusion in conclude(knowledge, case).values():
        if knowledge.library.all_facts[conclusion.id].kind == "many" or conclusion.possible is None:
            continue
        found = [path.findings[node] for node in path.findings if node.name == conclusion.id]
        shown = {value for finding in found for value in (*finding.certain, *finding.uncertain)}
        written = {True: "yes", False: "no"}
        assert {written.get(value, value) for value in conclusion.possible} == shown
        assert conclusion.open == any(finding.uncertain for finding in found)


def test_the_joint_secretariat_of_kartamantul_is_marked_and_no_unmarked_answer_changes_it(
    knowledge: Knowledge,
) -> None:
    case = _case(knowledge, "kartamantul")
    _, path = _path(knowledge, case)
    node = Node("institutional_form", "institutional_form")
    unmarked = [question for question in case.codes if Node(question) not in path.nodes]
    domains = {domain.id: domain for domain in knowledge.on(case.as_of).program.domains}

    assert node in path.nodes
    assert ("joint_secretariat",) == path.findings[node].certain
    assert unmarked
    for question in unmarked:
        for code in domains[question].cells:
            changed = _inquiry(knowledge, case, {**case.codes, question: code})
            if changed.passable:
                assert changed.always(("institutional_form", "joint_secretariat"), "institutional_form")


def test_of_what_is_not_admissible_nothing_more_is_said(knowledge: Knowledge) -> None:
    reader = CaseReader(knowledge.library, knowledge.rulebase)
    case = reader.data({"as_of": "2024-05-31", "answers": {"lawful_object": "no", "sector": "roads"}})
    graph, path = _path(knowledge, case)
    (picture, *_) = pictures_of_case(knowledge, graph, case, path, "x", "en")
    shown = {line.fact: line for box in picture.boxes for line in box.statements}

    assert ("no",) == path.findings[Node("admissible", "admissible")].certain
    assert "not discussed" == shown["institutional_form"].value
    assert not shown["institutional_form"].marked
    assert shown["admissible"].marked


# -- the picture --------------------------------------------------------------------------------------------


def _picture(knowledge: Knowledge, name: str | None, share: float, language: Language) -> tuple[Picture, ...]:
    if name is None:
        day = knowledge.library.cases["kartamantul"].as_of.replace(year=round(2013 + 13 * share))
        graph = _graph(knowledge, knowledge.on(day))
        return tuple(pictures_of_rules(knowledge, graph, day, language))
    case = _case(knowledge, name, share)
    return tuple(pictures_of_case(knowledge, *_with_case(knowledge, case), name, language))


def _with_case(knowledge: Knowledge, case: Case) -> tuple[DependencyGraph, Case, CasePath]:
    graph, path = _path(knowledge, case)
    return graph, case, path


_DRAWN: dict[tuple[str | None, float, Language], str] = {}


def _drawn(knowledge: Knowledge, name: str | None, share: float, language: Language) -> str:
    """Return a picture as SVG; each is drawn once."""
    key = (name, share, language)
    if key not in _DRAWN:
        _DRAWN[key] = svg_of(page_of(_picture(knowledge, name, share, language)))
    return _DRAWN[key]


@dataclass(frozen=True)
class Box:
    """Where something stands."""

    left: float
    top: float
    right: float
    bottom: float

    def within(self, other: Box) -> bool:
        return (
            other.left <= self.left
            and self.right <= other.right
            and other.top <= self.top
            and self.bottom <= other.bottom
        )

    def meets(self, other: Box) -> bool:
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )


def _of_text(text: ElementTree.Element) -> Box:
    """Return the room of a text: `textLength` wide, as high as capitals above the line and tails below it."""
    x, y, size, width = (float(text.attrib[key]) for key in ("x", "y", "font-size", "textLength"))
    return Box(x, y - 0.73 * size, x + width, y + 0.22 * size)


def _of_rect(rect: ElementTree.Element) -> Box:
    x, y, width, height = (float(rect.attrib[key]) for key in ("x", "y", "width", "height"))
    return Box(x, y, x + width, y + height)


def _groups(root: ElementTree.Element, kind: str) -> dict[str, ElementTree.Element]:
    """Return the groups of a kind (decision, question, statement, flow) by name."""
    found = {g.attrib["class"]: g for g in root.iter(f"{SVG}g") if "class" in g.attrib}
    return {name.partition(":")[2]: g for name, g in found.items() if name.startswith(f"{kind}:")}


def _on_line(path: ElementTree.Element) -> Iterator[tuple[float, float]]:
    """Yield points of a line made of curves."""
    start, *curves = [
        [(float(x), float(y)) for x, y in re.findall(r"([-\d.]+),([-\d.]+)", part)]
        for part in re.split("[MC]", path.attrib["d"])[1:]
    ]
    point = start[0]
    for a, b, end in curves:
        for step in range(13):
            t = step / 12
            weights = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3)
            corners = (point, a, b, end)
            yield (
                sum(w * c[0] for w, c in zip(weights, corners, strict=True)),
                sum(w * c[1] for w, c in zip(weights, corners, strict=True)),
            )
        point = end


def _assert_readable(root: ElementTree.Element, *, on_a3: bool = True) -> None:
    _, _, width, height = map(float, root.attrib["viewBox"].split())
    page = Box(0, 0, width, height)
    texts = list(root.iter(f"{SVG}text"))
    rooms = [_of_text(text) for text in texts]
    smallest = min(float(text.attrib["font-size"]) for text in texts)
    decisions = {name: _of_rect(next(g.iter(f"{SVG}rect"))) for name, g in _groups(root, "decision").items()}

    assert 2**0.5 == pytest.approx(width / height, abs=0.001)
    if on_a3:
        assert smallest * A3_MM / width / POINT_MM >= 7
    assert all(room.within(page) for room in rooms)
    ordered = sorted(zip(rooms, texts, strict=True), key=lambda pair: pair[0].top)
    for index, (room, text) in enumerate(ordered):
        for other, other_text in ordered[index + 1 :]:
            if other.top >= room.bottom:
                break
            assert not room.meets(other), (text.text, other_text.text)
    for name, group in _groups(root, "decision").items():
        assert all(_of_text(text).within(decisions[name]) for text in group.iter(f"{SVG}text")), name
    for first, second in combinations(decisions.values(), 2):
        assert not first.meets(second)
    for name, flow in _groups(root, "flow").items():
        for x, y in _on_line(next(flow.iter(f"{SVG}path"))):
            inside = [
                d for d, b in decisions.items() if b.left + 1 < x < b.right - 1 and b.top + 1 < y < b.bottom - 1
            ]
            assert not inside, (name, inside)


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
    drawn = _drawn(knowledge, name, share, language)

    _assert_readable(_parsed(drawn))
    assert drawn.isascii()


def test_all_questions_and_statements_are_in_the_picture(knowledge: Knowledge, day: Day) -> None:
    graph = _graph(knowledge, day)
    date_of_day = next(date for date, found in knowledge._by_date.items() if found is day)
    pictures = tuple(pictures_of_rules(knowledge, graph, date_of_day, "id"))
    root = _parsed(svg_of(page_of(pictures)))
    numbers = {line.number: line.id for topic in pictures[0].topics for line in topic.lines}
    drawn = {tuple(name.split(":")) for name in _groups(root, "flow")}

    assert set(knowledge.library.questions) == set(_groups(root, "question"))
    assert {decision.id for decision in graph.decisions} == set(_groups(root, "decision"))
    for decision, group in _groups(root, "decision").items():
        rows = {
            g.attrib["class"].partition(":")[2] for g in group.iter(f"{SVG}g") if "statement:" in g.get("class", "")
        }
        assert {n.name for n in graph.statements if n.decision == decision} == rows
    for box in pictures[0].boxes:
        into = [edge.source for edge in graph.edges if edge.target.decision == box.id]
        assert {n.name for n in into if n.is_question} == {numbers[asked.number] for asked in box.asks}
        used = {n.decision for n in into if not n.is_question} - {box.id}
        assert len(used) == len(box.uses) + sum(target == box.id for _, target in drawn)
    assert drawn <= set(graph.flows)


def test_conclusions_stand_out_and_headline_conclusions_most(knowledge: Knowledge) -> None:
    (picture, *_) = _picture(knowledge, None, 1.0, "id")
    conclusions = knowledge.library.conclusions

    for line in (line for box in picture.boxes for line in box.statements):
        expected = (
            ("headline" if conclusions[line.fact].headline else "conclusion")
            if line.fact in conclusions
            else "fact"
        )
        assert expected == line.rank


@NAMES
def test_only_the_path_is_coloured(knowledge: Knowledge, name: str) -> None:
    case = _case(knowledge, name)
    graph, path = _path(knowledge, case)
    root = _parsed(svg_of(page_of(pictures_of_case(knowledge, graph, case, path, name, "id"))))
    numbers = {question: next(g.iter(f"{SVG}text")) for question, g in _groups(root, "question").items()}
    strokes = {pair: next(g.iter(f"{SVG}path")) for pair, g in _groups(root, "flow").items()}
    flowed = {f"{a.decision}:{b.decision}" for a, b in path.edges}

    assert {q for q, text in numbers.items() if text.attrib["fill"] == ON_PATH.strong} == {
        node.name for node in path.nodes if node.is_question
    }
    assert {OFF_PATH.strong, ON_PATH.strong} >= {text.attrib["fill"] for text in numbers.values()}
    assert {pair for pair, line in strokes.items() if line.attrib["stroke"] == ON_PATH.flow} == flowed & set(
        strokes
    )


def test_what_is_open_is_marked_as_open(knowledge: Knowledge) -> None:
    case = _case(knowledge, "kartamantul", 0.3)
    graph, path = _path(knowledge, case)
    (picture, *_) = pictures_of_case(knowledge, graph, case, path, "x", "en")
    root = _parsed(svg_of(page_of([picture])))
    lines = {line.fact: line for box in picture.boxes for line in box.statements}
    unanswered = {line.id for topic in picture.topics for line in topic.lines if not line.answered}

    assert "open: " in lines["institutional_form"].open
    assert not lines["institutional_form"].value
    assert set(knowledge.library.questions) - set(case.answers) == unanswered
    for question, group in _groups(root, "question").items():
        assert (question in unanswered) is any(t.attrib["fill"] == OPEN for t in group.iter(f"{SVG}text"))


def test_tooltips_name_the_rules_and_mark_those_that_fired(knowledge: Knowledge) -> None:
    case = _case(knowledge, "kartamantul")
    graph, path = _path(knowledge, case)
    (picture, *_) = pictures_of_case(knowledge, graph, case, path, "x", "id")
    fired = set()
    for box, decision in zip(picture.boxes, graph.decisions, strict=True):
        lines = [line.removeprefix("● ") for line in box.details.splitlines()]
        assert list(decision.rules) == [line.partition(" (")[0] for line in lines]
        fired |= {line.removeprefix("● ").partition(" (")[0] for line in box.details.splitlines() if "● " in line}

    assert path.fired == fired


def test_both_languages_are_spoken(knowledge: Knowledge) -> None:
    shown = {language: _drawn(knowledge, "kartamantul", 0.5, language) for language in LANGUAGES}

    assert "Persetujuan DPRD" in shown["id"]
    assert "DPRD approval" in shown["en"]
    assert "belum dijawab" not in shown["en"]
    assert "not answered" not in shown["id"]


ALLOWED = {"svg", "title", "rect", "g", "text", "path", "polygon"}


@SHOWN
def test_a_picture_needs_nothing_else(knowledge: Knowledge, name: str | None, share: float) -> None:
    drawn = _drawn(knowledge, name, share, "id")
    root = _parsed(drawn)

    assert ALLOWED >= {element.tag.removeprefix(SVG) for element in root.iter()}
    assert not [key for element in root.iter() for key in element.attrib if "href" in key or key.startswith("on")]
    assert 1 == drawn.count("http")  # the name of the format
    assert "url(" not in drawn


def test_the_same_case_gives_the_same_picture(knowledge: Knowledge) -> None:
    first, second = (svg_of(page_of(_picture(knowledge, "wonosobo", 0.5, "id"))) for _ in range(2))

    assert first == second


def test_more_than_fits_on_a3_goes_on_a_larger_page_of_the_same_shape(knowledge: Knowledge) -> None:
    picture = _picture(knowledge, "kartamantul", 0.5, "id")[-1]
    names = {box.id: f"{box.id}-again" for box in picture.boxes}
    more = tuple(replace(box, id=names[box.id]) for box in picture.boxes)
    flows = tuple(replace(flow, source=names[flow.source], target=names[flow.target]) for flow in picture.flows)
    page = page_of([replace(picture, boxes=picture.boxes + more, flows=picture.flows + flows)])

    assert page.width > 1680
    _assert_readable(_parsed(svg_of(page)), on_a3=False)


# -- parts of the layout ------------------------------------------------------------------------------------


def test_lines_that_lead_back_and_shortcuts_are_left_out() -> None:
    pairs = [("a", "b"), ("b", "c"), ("a", "c"), ("c", "a"), ("c", "d")]
    forward = without_cycles("abcd", pairs)

    assert [("a", "b"), ("b", "c"), ("c", "d"), ("a", "c")] == forward
    assert [("a", "b"), ("b", "c"), ("c", "d")] == without_shortcuts(forward)


@pytest.mark.parametrize("short", [True, False])
def test_every_line_leads_to_a_later_layer(knowledge: Knowledge, day: Day, *, short: bool) -> None:
    graph = _graph(knowledge, day)
    ids = [decision.id for decision in graph.decisions]
    pairs = without_shortcuts(without_cycles(ids, graph.flows))
    layer = layers(ids, pairs, short=short)

    assert all(layer[source] < layer[target] for source, target in pairs)
    assert all(number >= 0 for number in layer.values())


@pytest.mark.parametrize("text", ["a", "kerja sama antardaerah", "x" * 300, "日本語" * 40, "a b " * 50])
@pytest.mark.parametrize("width", [30.0, 120.0, 400.0])
def test_no_line_of_text_is_wider_than_it_may_be_and_none_is_lost(text: str, width: float) -> None:
    kind = Type(11, "#000000")
    lines = wrapped([Run(text, kind), Run(text, Type(11, "#000000", bold=True))], width, indent=5)

    assert all(piece.x + piece.width <= width for line in lines for piece in line)
    assert (text + text).replace(" ", "") == "".join(p.text for line in lines for p in line).replace(" ", "")
    assert 0 == width_of("", kind)
    assert not wrapped([Run("", kind)], width)


def test_a_number_is_not_parted_from_the_name_after_it() -> None:
    kind = Type(10, "#000000")
    runs = [part for n in range(10, 60) for part in (Run(f"{n}", kind, tied=True), Run(f"Name{n},", kind))]
    lines = [" ".join(piece.text for piece in line) for line in wrapped(runs, 150)]

    assert len(lines) > 10
    assert not [line for line in lines if line[-1].isdigit()]


# -- the command --------------------------------------------------------------------------------------------


@pytest.fixture
def loaded(knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the command use the knowledge that is loaded already."""
    monkeypatch.setattr(common, "kept_knowledge", lambda kbase, rules: knowledge)


@pytest.fixture
def answers(knowledge: Knowledge, tmp_path: Path) -> Path:
    """The answers file of KARTAMANTUL."""
    path = tmp_path / "kartamantul.yaml"
    case = knowledge.library.cases["kartamantul"]
    given = {name: list(a) if isinstance(a, tuple) else a for name, a in case.answers.items()}
    path.write_text(yaml.safe_dump({"as_of": case.as_of, "answers": given}), "utf-8")
    return path


@pytest.fixture
def without_graphviz(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no program be found."""
    monkeypatch.setattr(shutil, "which", lambda name: None)


def _refused(capsys: pytest.CaptureFixture[str], *words: str | Path) -> str:
    status = cli.main([str(word) for word in ("graph", *words)])

    out, err = capsys.readouterr()
    assert (UNUSABLE, "") == (status, out)
    assert "Traceback" not in err
    return err


@pytest.mark.usefixtures("loaded", "without_graphviz")
@pytest.mark.parametrize("layout", [(), ("--layout", "auto"), ("--layout", "plain")])
def test_the_picture_is_drawn_where_graphviz_is_not(answers: Path, layout: tuple[str, ...]) -> None:
    target = answers.with_name("out.svg")

    assert DONE == cli.main(["graph", str(answers), "-o", str(target), *layout])
    _assert_readable(_parsed(target.read_text("utf-8")))
    assert "kartamantul.yaml" in target.read_text("utf-8")


@pytest.mark.usefixtures("loaded", "without_graphviz")
def test_the_picture_can_go_to_standard_output(capsys: pytest.CaptureFixture[str]) -> None:
    assert DONE == cli.main(["graph", "-o", "-", "--as-of", "2024-05-31"])
    _assert_readable(_parsed(capsys.readouterr().out))


@pytest.mark.usefixtures("loaded", "without_graphviz")
@pytest.mark.parametrize(("language", "words"), [("id", "tanpa keduanya pakailah"), ("en", "without them use")])
def test_who_asks_for_graphviz_where_it_is_not_is_told(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, language: str, words: str
) -> None:
    target = tmp_path / "out.svg"
    err = _refused(capsys, "-o", target, "--layout", "graphviz", "--lang", language)

    assert f"{words} --layout plain" in err
    assert not target.exists()


@pytest.mark.usefixtures("loaded", "without_graphviz")
@pytest.mark.parametrize("name", ["out.png", "out", "out.svg.gz", "svg", "answers.yaml"])
def test_a_picture_is_written_only_under_the_name_of_one(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, name: str
) -> None:
    assert "must end in .svg" in _refused(capsys, "-o", tmp_path / name, "--lang", "en")
    assert "harus berakhiran .svg" in _refused(capsys, "-o", tmp_path / name)
    assert not list(tmp_path.iterdir())


@pytest.mark.usefixtures("loaded", "without_graphviz")
def test_what_cannot_be_drawn_or_written_is_said(capsys: pytest.CaptureFixture[str], answers: Path) -> None:
    same = answers.rename(answers.with_suffix(".svg"))
    given = same.read_bytes()

    assert str(same) in _refused(capsys, same, "-o", same)
    assert given == same.read_bytes()
    assert "nowhere" in _refused(capsys, "-o", same.parent / "nowhere" / "out.svg")
    assert "2007-08-22" in _refused(capsys, "-o", same.with_name("out.svg"), "--as-of", "1999-01-01")
    assert "missing.yaml" in _refused(capsys, "missing.yaml", "-o", same.with_name("out.svg"))
    assert "-o" in _refused(capsys, same)
    assert [same] == list(same.parent.iterdir())


HOSTILE = '<script>alert(\'1\')</script> "quoted" & \\N \\" ]]> <!-- {brace}'


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Knowledge in which labels and titles are such as do harm where they are not escaped."""
    folder = tmp_path_factory.mktemp("hostile")
    for name in ("kbase", "rules"):
        shutil.copytree(built_in(name), folder / name)
    _changed(folder / "kbase" / "questions" / "10-parties.yaml", lambda data: data["questions"][0]["short"])
    _changed(folder / "kbase" / "questions" / "20-object.yaml", lambda data: data["title"])
    _changed(folder / "kbase" / "conclusions.yaml", lambda data: data["conclusions"][2]["label"])
    _changed(folder / "rules" / "operator.yaml", lambda data: data["title"])
    return folder / "kbase", folder / "rules"


def _changed(path: Path, text_of: Any) -> None:
    data = yaml.load(path.read_text("utf-8"), yaml.CBaseLoader)  # noqa: S506 - words alone, as the program reads it
    text_of(data).update(id=HOSTILE, en=HOSTILE)
    path.write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False), "utf-8")


@pytest.mark.usefixtures("without_graphviz")
def test_a_label_is_text_whatever_stands_in_it(hostile: tuple[Path, Path], answers: Path) -> None:
    kbase, rules = hostile
    target = answers.with_name("out.svg")
    title = {"title": HOSTILE + "\x07", **yaml.safe_load(answers.read_text("utf-8"))}
    answers.write_text(yaml.safe_dump(title), "utf-8")

    status = cli.main(["graph", str(answers), "-o", str(target), "--kbase", str(kbase), "--rules", str(rules)])
    root = _parsed(target.read_text("utf-8"))

    assert DONE == status
    _assert_readable(root)
    assert ALLOWED >= {element.tag.removeprefix(SVG) for element in root.iter()}
    shown = " ".join(text.text or "" for text in root.iter(f"{SVG}text"))
    assert shown.count("<script>") >= 4
    assert HOSTILE in "".join(title.text or "" for title in root.iter(f"{SVG}title"))


# -- graphviz -----------------------------------------------------------------------------------------------


def test_graphviz_is_given_a_cluster_for_each_decision_and_a_line_for_each_pair(knowledge: Knowledge) -> None:
    (picture, *_) = _picture(knowledge, "kartamantul", 1.0, "id")
    source = dot_graph(picture, 200).source

    assert len(picture.boxes) == source.count("subgraph cluster_decision")
    assert len(picture.flows) == source.count("lhead=")
    for line in (line for topic in picture.topics for line in topic.lines):
        assert line.label.split()[0] in source


def test_no_label_has_a_meaning_for_graphviz(hostile: tuple[Path, Path]) -> None:
    changed = load_knowledge(*hostile)
    (picture, *_) = _picture(changed, "kartamantul", 1.0, "id")
    source = dot_graph(picture, 200).source

    assert "&lt;script&gt;" in source
    assert "<script" not in source
    assert "\\" not in source


@pytest.mark.skipif(not is_available(), reason="Graphviz is not installed")
def test_graphviz_shows_a_label_as_it_stands(hostile: tuple[Path, Path]) -> None:
    drawn = graphviz_svg(_picture(load_knowledge(*hostile), "kartamantul", 1.0, "id"))
    root = _parsed(drawn)
    tooltips = [value for element in root.iter() for key, value in element.attrib.items() if key.endswith("title")]

    assert "∖N" in " ".join(text.text or "" for text in root.iter(f"{SVG}text"))
    assert any(HOSTILE.replace("\\", "∖") in tooltip for tooltip in tooltips)
    assert not list(root.iter(f"{SVG}script"))
    assert 2 == drawn.count("http")  # the names of the formats


def _dot(folder: Path, script: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Put a program `dot` before all others."""
    program = folder / "bin" / "dot"
    program.parent.mkdir()
    program.write_text(f"#!/bin/sh\n{script}\n", "utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(program.parent), prepend=":")


@pytest.mark.usefixtures("loaded")
@pytest.mark.parametrize("script", ["cat >/dev/null; exit 1", "cat >/dev/null; echo '<svg'"])
def test_where_dot_fails_the_plain_layout_stands_in_unless_graphviz_was_asked_for(
    answers: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], script: str
) -> None:
    _dot(answers.parent, script, monkeypatch)
    target = answers.with_name("out.svg")

    assert "--layout plain" in _refused(capsys, answers, "-o", target, "--layout", "graphviz")
    assert not target.exists()
    assert DONE == cli.main(["graph", str(answers), "-o", str(target)])
    _assert_readable(_parsed(target.read_text("utf-8")))


DRAWN = """cat >/dev/null; cat <<'END'
<?xml version="1.0" encoding="UTF-8" standalone="no"?>
<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">
<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="9pt" height="9pt">
<g class="graph" transform="scale(0.9 0.9)"><title>advisor</title></g></svg>
END"""


@pytest.mark.usefixtures("loaded")
def test_what_dot_draws_is_freed_of_what_is_on_the_network(answers: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _dot(answers.parent, DRAWN, monkeypatch)
    target = answers.with_name("out.svg")

    assert DONE == cli.main(["graph", str(answers), "-o", str(target)])
    drawn = target.read_text("utf-8")
    assert "DOCTYPE" not in drawn
    assert "<title>Jalur kasus: kartamantul.yaml</title>" in drawn


@pytest.mark.skipif(not is_available(), reason="Graphviz is not installed")
@pytest.mark.parametrize("name", [None, "kartamantul"])
def test_graphviz_draws_every_question_and_statement(knowledge: Knowledge, name: str | None) -> None:
    pictures = _picture(knowledge, name, 1.0, "en")
    root = _parsed(graphviz_svg(pictures))
    shown = " ".join(text.text or "" for text in root.iter(f"{SVG}text"))

    for line in (line for topic in pictures[0].topics for line in topic.lines):
        assert line.label.split()[0] in shown
    for box in pictures[0].boxes:
        assert box.title.split()[0] in shown
