"""Two knowledge bases differ where some answers tell them apart, and nowhere else."""

from __future__ import annotations

import io
import json
import random
import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import get_args

import pytest

from advisor import cli
from advisor.advice.advising import advise
from advisor.commands import diff as command
from advisor.folders import built_in
from advisor.inference.bit_parallel import Table, evaluated
from advisor.inference.case import Case
from advisor.knowledge_base import Knowledge
from advisor.papers.text_writer import write_text
from advisor.report.advice_report import advice_report
from advisor.scenario.running import run_scenario
from advisor.scenario.scenario import Scenario
from advisor.scenario.scenario_reader import read_scenarios
from advisor.scenario.sorted_scenarios import sorted_scenarios
from advisor.text import Text
from advisor.verify.difference.content import ContentChange, Kind, content_changes
from advisor.verify.difference.difference import FactDifference, KnowledgeDifference, difference_of
from advisor.verify.difference.flips import flips_of
from advisor.verify.difference.form import differing_rules
from broken_knowledge import Broken
from receipts import Changed, rule_source
from rows import drawn_answers

pytestmark = pytest.mark.knowledge

Part = tuple[str, str, str]
"""A kind of thing, its id, and a part of it."""

CONTENTS: Part = ("term", "documents.plan_and_analysis", "contents.3")


@dataclass(frozen=True)
class Reworded:
    """What is replaced by what in a file, and which part of what thing says something else by it."""

    file: str
    old: str
    new: str
    thing: Part


REWORDED = (
    Reworded(
        "rules/notices.yaml",
        "Check the DPRD's\n        rules of procedure",
        "Look up the DPRD's\n        rules of procedure",
        ("rule", "notice.no-deadline", "because"),
    ),
    Reworded(
        "rules/parties.yaml", "cites: [pp50-2007:1-2]", "cites: [pp50-2007:1-2, pp50-2007:2]",
        ("rule", "parties.region.old", "cites"),
    ),
    Reworded(
        "rules/contradictions.yaml", "needs at least one partner, but", "needs one partner, but",
        ("contradiction", "no-counterpart", "message"),
    ),
    Reworded(
        "kbase/steps.yaml", "en: A plan of cooperation with seven items", "en: A plan with seven items",
        ("step", "f-plan", "output"),
    ),
    Reworded(
        "kbase/steps.yaml", "45 working days to assess", "Forty-five working days to assess",
        ("step", "p50-dprd", "deadline"),
    ),
    Reworded(
        "kbase/terms/documents.yaml", "en: a measurable benefit-cost analysis", "en: what it costs and brings",
        ("term", "documents.plan_and_analysis", "contents.3"),
    ),
    Reworded(
        "kbase/instruments/pp59-2022.yaml", "59/2022 on Urban Areas", "59/2022 about Urban Areas",
        ("instrument", "pp59-2022", "title"),
    ),
    Reworded(
        "kbase/instruments/uu38-2004.yaml", "The part of its road powers", "That part of its road powers",
        ("article", "uu38-2004:16-4", "text"),
    ),
    Reworded(
        "kbase/factors.yaml", "felt, while KEDUNGSEPUR", "felt, whereas KEDUNGSEPUR",
        ("factor", "shared_need", "evidence"),
    ),
    Reworded(
        "kbase/doubts.yaml", 'en: What "burdens" means today', 'en: What "burdens" means now',
        ("doubt", "D2", "title"),
    ),
    Reworded(
        "kbase/questions/50-commitment.yaml", "Meetings or a caucus", "A caucus or meetings",
        ("question", "existing_cooperation", "options.forum.help"),
    ),
    Reworded(
        "kbase/knowledge.yaml", "could not be read; what", "was not read; what",
        ("knowledge", "", "limits.1.text"),
    ),
)  # fmt: skip

INSTRUMENT = """\
id: extra-1
rank: statute
short: {id: Tambahan 1, en: Extra 1}
title: {id: Undang-Undang Tambahan, en: An extra law}
in_force: 2030-01-01
provenance: verified
source: a made-up law
articles:
  - id: extra-1:1
    label: {id: Pasal 1, en: Article 1}
    text: {id: Tidak ada isinya., en: It says nothing.}
    provenance: verified
    source: a made-up law
"""

FEW = ["--scenarios", str(built_in("scenarios") / "needs.yaml")]


@pytest.fixture(scope="module")
def moved(tmp_path_factory: pytest.TempPathFactory) -> Broken:
    """Knowledge in which more than three regions, not two, need officers of their own."""
    changed = Broken.whole(tmp_path_factory.mktemp("moved"))
    changed.change("rules/needs.yaml", "region_count: {over: 2}", "region_count: {over: 3}")
    return changed


@pytest.fixture(scope="module")
def reworded(tmp_path_factory: pytest.TempPathFactory) -> Broken:
    """Knowledge that concludes the same and says some of it in other words."""
    changed = Broken.whole(tmp_path_factory.mktemp("reworded"))
    for change in REWORDED:
        changed.change(change.file, change.old, change.new)
    return changed


PROVED: dict[tuple[str, str], KnowledgeDifference] = {}


def _difference(old: Knowledge, new: Knowledge) -> KnowledgeDifference:
    """Return what is proved to differ, worked out once for all tests."""
    pair = (old.digest, new.digest)
    if pair not in PROVED:
        PROVED[pair] = difference_of(old, new)
    return PROVED[pair]


@pytest.fixture(scope="module")
def found(moved: Broken, knowledge: Knowledge) -> KnowledgeDifference:
    return _difference(moved.knowledge, knowledge)


@pytest.fixture
def proved(moved: Broken, reworded: Broken, knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch) -> None:
    """Lets the command load and prove nothing that was loaded or proved already."""
    by_folder = {one.folders[0]: one.knowledge for one in (moved, reworded)}
    monkeypatch.setattr(command, "kept_knowledge", lambda kbase, rules: by_folder[kbase])
    monkeypatch.setattr(command, "knowledge_of", lambda arguments: knowledge)
    monkeypatch.setattr(command, "difference_of", _difference)


def test_a_copy_is_proved_to_conclude_the_same(knowledge: Knowledge, tmp_path: Path) -> None:
    difference = difference_of(Broken.whole(tmp_path).knowledge, knowledge)

    assert not difference.differs
    assert not difference.rules
    assert not difference.questions
    assert set(knowledge.library.shown) - {"contested"} == set(difference.same)


def test_the_same_in_other_words_is_concluded_alike(reworded: Broken, knowledge: Knowledge) -> None:
    difference = _difference(reworded.knowledge, knowledge)

    assert not difference.differs
    # What a rule cites belongs to its form, though here nothing hangs on it.
    assert (("parties.region.old",), (), ()) == (
        difference.rules.changed, difference.rules.added, difference.rules.removed,
    )  # fmt: skip


def test_the_rule_that_changed_is_named(found: KnowledgeDifference) -> None:
    assert ("needs.staff.operating",) == found.rules.changed
    assert () == found.rules.added == found.rules.removed
    assert not found.questions


def test_what_rests_on_the_changed_rule_differs_and_the_rest_is_proved_the_same(
    found: KnowledgeDifference,
) -> None:
    differing = {difference.fact for difference in found.differences}

    assert {"needs", "target_form", "institutional_form"} <= differing
    assert {"admissible", "kinds", "dprd_approval", "models", "operator", "supporting_funding"} <= set(found.same)


def test_the_answers_named_tell_the_two_apart_whatever_the_others_are(
    moved: Broken, knowledge: Knowledge, found: KnowledgeDifference
) -> None:
    for difference in found.differences:
        rows = _completions(knowledge, difference)
        before, after = (
            _values(one, difference.case.as_of, rows, difference) for one in (moved.knowledge, knowledge)
        )

        assert all(old != new for old, new in zip(before, after, strict=True))
        assert len(rows) > 20


def test_no_named_answer_can_be_left_out(moved: Broken, knowledge: Knowledge, found: KnowledgeDifference) -> None:
    needs = next(d for d in found.differences if d.fact == "needs")

    assert {"region_count", "duration", "activities", "counterparts"} <= set(needs.case.answers)
    assert 3 == needs.case.answers["region_count"]


def test_what_is_proved_the_same_is_the_same_in_random_cases(
    moved: Broken, knowledge: Knowledge, found: KnowledgeDifference
) -> None:
    drawn = random.Random(2)  # noqa: S311
    days = [first for first, _ in knowledge.stretches()]
    cases = [(day, drawn_answers(seed, knowledge.on(day))) for seed in range(400) for day in [drawn.choice(days)]]
    columns = [
        evaluated(one.rulebase, Table(one.library, one.rulebase.domains, cases))
        for one in (moved.knowledge, knowledge)
    ]

    for fact in found.same:
        for value in knowledge.library.values(fact):
            assert columns[0].atom((fact, value)) == columns[1].atom((fact, value))


def test_a_law_that_begins_sooner_differs_on_the_days_between_alone(knowledge: Knowledge, tmp_path: Path) -> None:
    sooner = Broken.whole(tmp_path)
    days = "enacted: 2022-12-26\nin_force: 2022-12-26"
    sooner.change("kbase/instruments/pp59-2022.yaml", days, days.replace("26", "20"))

    difference = difference_of(sooner.knowledge, knowledge)

    spans = {span for d in difference.differences for span in d.days}
    assert {(date(2022, 12, 20), date(2022, 12, 25))} == spans


def test_a_question_with_one_option_more_is_compared_on_the_options_of_both(
    knowledge: Knowledge, tmp_path: Path
) -> None:
    more = Broken.whole(tmp_path)
    more.change(
        "kbase/questions/40-money.yaml",
        "      - id: weak\n",
        "      - {id: bankrupt, label: {id: Bangkrut, en: Bankrupt}}\n      - id: weak\n",
    )

    difference = difference_of(knowledge, more.knowledge)

    assert ("fiscal_capacity",) == difference.questions.changed
    assert not difference.differs


@pytest.mark.usefixtures("proved")
def test_the_command_tells_differences_and_scenarios_that_flip(
    moved: Broken, capsys: pytest.CaptureFixture[str]
) -> None:
    status = cli.main(["diff", str(moved.root), *FEW, "--lang", "en"])

    told = " ".join(capsys.readouterr().out.split())
    assert 1 == status
    assert "changed: needs.staff.operating" in told
    assert "region_count: 3" in told
    assert "fails with the old one and passes with the new one" in told
    assert "Proved to be always the same: admissible" in told


def test_the_command_finds_nothing_between_equals(
    knowledge: Knowledge, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    same = Broken.whole(tmp_path)

    status = cli.main(["diff", str(same.root), str(same.root), *FEW, "--format", "json"])

    data = json.loads(capsys.readouterr().out)
    assert 0 == status
    assert [] == data["differences"] == data["scenarios"]["flips"]
    assert data["scenarios"]["run"] > 20


def test_the_flips_are_those_that_both_readers_find(moved: Broken, knowledge: Knowledge) -> None:
    paths = [Path(path) for path in FEW[1:]]
    for_old, for_new = (read_scenarios(one, paths) for one in (moved.knowledge, knowledge))
    before, after = (
        {scenario.id: run_scenario(one, scenario).status for scenario in scenarios}
        for one, scenarios in ((moved.knowledge, for_old), (knowledge, for_new))
    )

    found = flips_of(moved.knowledge, knowledge, for_old, for_new)

    assert found.flips
    assert {name for name in before if before[name] != after[name]} == {flip.scenario for flip in found.flips}
    assert {("failed", "passed")} == {(flip.old, flip.new) for flip in found.flips}
    assert len(before) == found.run


@pytest.mark.usefixtures("proved")
def test_the_command_writes_what_differs_as_json(moved: Broken, capsys: pytest.CaptureFixture[str]) -> None:
    status = cli.main(["diff", str(moved.root), *FEW, "--format", "json"])

    data = json.loads(capsys.readouterr().out)
    assert 1 == status
    assert ["schema", "days", "rules", "questions", "differences", "same", "content", "scenarios"] == list(data)
    assert ("difference/1", ["2007-08-22", None]) == (data["schema"], data["days"])
    assert {"added": [], "removed": [], "changed": ["needs.staff.operating"]} == data["rules"]
    needs = next(difference for difference in data["differences"] if difference["fact"] == "needs")
    assert ["fact", "part", "days", "case", "old", "new"] == list(needs)
    assert ("value", {"as_of", "answers"}) == (needs["part"], set(needs["case"]))
    assert {"scenario": "needs-staff-works", "old": "failed", "new": "passed"} in data["scenarios"]["flips"]


# -- what is said differently -------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def scenarios(knowledge: Knowledge) -> tuple[Scenario, ...]:
    return read_scenarios(knowledge, [Path(path) for path in FEW[1:]])


def _changed(old: Knowledge, new: Knowledge, scenarios: tuple[Scenario, ...] = ()) -> dict[Part, ContentChange]:
    """Return what is said differently, by kind, id and part."""
    changes = content_changes(old, new, scenarios, scenarios)
    return {(change.kind, change.id, change.part): change for change in changes}


def _english(leaf: Text | str | None) -> str:
    return leaf.en if isinstance(leaf, Text) else str(leaf)


def test_whatever_is_said_in_other_words_is_told_with_the_old_and_the_new_and_nothing_else_is(
    reworded: Broken, knowledge: Knowledge
) -> None:
    changes = _changed(knowledge, reworded.knowledge)

    assert {change.thing for change in REWORDED} == set(changes)
    for change in REWORDED:
        told = changes[change.thing]
        old, new = (" ".join(text.split()).removeprefix("en: ") for text in (change.old, change.new))
        if change.thing[2] == "cites":
            assert ("pp50-2007:1-2", "pp50-2007:1-2, pp50-2007:2") == (told.old, told.new)
        else:
            assert old in _english(told.old)
            assert new in _english(told.new)
            assert _english(told.old).replace(old, new) == _english(told.new)


def test_what_is_told_stands_kind_by_kind(reworded: Broken, knowledge: Knowledge) -> None:
    kinds = [kind for kind, _, _ in _changed(knowledge, reworded.knowledge)]

    assert sorted(kinds, key=get_args(Kind).index) == kinds


def test_days_and_whole_things_that_come_or_go_are_told(knowledge: Knowledge, tmp_path: Path) -> None:
    other = Changed.copied(tmp_path, knowledge)
    other.in_entry(
        "kbase/instruments/uu38-2004.yaml", "uu38-2004:16-4", "revoked: 2022-01-12", "revoked: 2022-01-13"
    )
    other.replace("kbase/instruments/pp59-2022.yaml", ("enacted: 2022-12-26\n", "enacted: 2022-12-25\n"))
    other.replace("rules/funding_scheme.yaml", ("rules:\n", "rules:\n" + rule_source("funding.first")))
    (other.root / "kbase/instruments/extra.yaml").write_text(INSTRUMENT, "utf-8")
    there = other.load()

    changes = _changed(knowledge, there)
    back = _changed(there, knowledge)

    days = {
        ("article", "uu38-2004:16-4", "revoked"): ("2022-01-12", "2022-01-13"),
        ("instrument", "pp59-2022", "enacted"): ("2022-12-26", "2022-12-25"),
    }
    whole = {
        ("rule", "funding.first", ""): "There is a reason.",
        ("article", "extra-1:1", ""): "Article 1",
        ("instrument", "extra-1", ""): "Extra 1",
    }
    assert days | {thing: ("None", name) for thing, name in whole.items()} == {
        thing: (_english(change.old), _english(change.new)) for thing, change in changes.items()
    }
    assert {thing: (change.new, change.old) for thing, change in back.items()} == {
        thing: (change.old, change.new) for thing, change in changes.items()
    }


def test_whose_reports_read_differently_is_told_with_one_of_them(
    reworded: Broken, knowledge: Knowledge, scenarios: tuple[Scenario, ...]
) -> None:
    scenarios = scenarios[::3]
    full = sorted_scenarios(knowledge, scenarios).full
    reports = {scenario.id: _report(knowledge, case) for scenario, case in full}
    changes = _changed(knowledge, reworded.knowledge, scenarios)

    factor = knowledge.library.factors["shared_need"]
    assert factor.risk is not None
    for thing, *shown in (
        (("rule", "notice.no-deadline", "because"), changes["rule", "notice.no-deadline", "because"].old),
        (("step", "f-plan", "output"), knowledge.library.steps["f-plan"].label),
        (CONTENTS, changes[CONTENTS].old),
        (("factor", "shared_need", "evidence"), factor.label, factor.risk),
    ):
        readers = changes[thing].readers
        assert readers is not None
        read = {name for name, text in reports.items() if any(_english(part) in text for part in shown)}
        assert (len(read), len(full)) == (readers.reports, readers.of), thing
        assert readers.example in read if read else readers.example is None
    assert changes["question", "existing_cooperation", "options.forum.help"].readers is None


def _report(knowledge: Knowledge, case: Case) -> str:
    stream = io.StringIO()
    write_text(advice_report(knowledge.library, advise(knowledge, case), "en"), stream, 100)
    return " ".join(stream.getvalue().split())


@pytest.mark.usefixtures("proved")
def test_the_command_tells_what_is_said_differently_and_ends_with_status_1(
    reworded: Broken, capsys: pytest.CaptureFixture[str]
) -> None:
    status = cli.main(["diff", str(reworded.root), *FEW, "--lang", "en"])

    told = " ".join(capsys.readouterr().out.split())
    assert 1 == status
    assert "It is proved that both conclude the same from all answers" in told
    assert "What is said differently" in told
    assert "+ GR 28/2018 sets no deadline and knows no deemed approval for domestic cooperation. Check" in told
    assert "− GR 28/2018 sets no deadline and knows no deemed approval for domestic cooperation. Look up" in told
    assert re.search(r"f-plan – read in the reports? on", told)


@pytest.mark.usefixtures("proved")
def test_the_command_writes_what_is_said_differently_as_json(
    reworded: Broken, capsys: pytest.CaptureFixture[str]
) -> None:
    status = cli.main(["diff", str(reworded.root), *FEW, "--format", "json", "--lang", "en"])

    content = json.loads(capsys.readouterr().out)["content"]
    assert 1 == status
    step = next(change for change in content if change["id"] == "f-plan")
    assert {"kind", "id", "part", "old", "new", "readers"} == set(step)
    assert ("step", "output", "A plan with seven items", "A plan of cooperation with seven items") == (
        step["kind"], step["part"], step["old"], step["new"],
    )  # fmt: skip
    assert {"reports", "of", "example"} == set(step["readers"])


def test_equals_are_told_to_be_so_without_a_proof(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    same = Broken.whole(tmp_path)

    assert 0 == cli.main(["diff", str(same.root), *FEW, "--lang", "en"])

    assert "Both have exactly the same content" in " ".join(capsys.readouterr().out.split())


def test_a_rule_is_not_changed_by_one_that_comes_before_it_in_its_policy_nor_by_the_order_of_its_conditions(
    knowledge: Knowledge, tmp_path: Path
) -> None:
    more = Broken.whole(tmp_path)
    more.change("rules/funding_scheme.yaml", "rules:\n", "rules:\n" + rule_source("funding.first"))
    more.change(
        "rules/collective_action.yaml",
        "{coordination: high, interests: common}",
        "{interests: common, coordination: high}",
    )

    names = differing_rules(knowledge.rulebase, more.knowledge.rulebase)

    assert (("funding.first",), (), ()) == (names.added, names.removed, names.changed)


def test_it_is_told_which_of_the_two_does_not_know_a_word(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    fewer = Broken.whole(tmp_path / "fewer")
    text = (built_in("scenarios") / "operator.yaml").read_text("utf-8").replace("operator:", "operators:")
    (tmp_path / "operator.yaml").write_text(text, "utf-8")
    (tmp_path / "base.yaml").write_text((built_in("scenarios") / "base.yaml").read_text("utf-8"), "utf-8")

    words = ["diff", str(fewer.root), "--scenarios", str(tmp_path / "operator.yaml"), "--lang", "en"]
    assert 2 == cli.main(words)
    assert "The old knowledge base does not know all words" in capsys.readouterr().err


def test_a_folder_without_knowledge_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert 2 == cli.main(["diff", str(tmp_path), "--lang", "en"])
    assert str(tmp_path / "kbase") in capsys.readouterr().err


def _completions(knowledge: Knowledge, difference: FactDifference) -> list[tuple[int, ...]]:
    """Return random completions of the answers that tell the two apart."""
    day = knowledge.on(difference.case.as_of)
    domains = knowledge.rulebase.domains
    given = {domain.id: domain.encode(a) for domain in domains if (a := difference.case.answers.get(domain.id))}
    given |= {domain.id: domain.encode(()) for domain in domains if difference.case.answers.get(domain.id) == ()}
    rows = []
    for seed in range(200):
        drawn = drawn_answers(seed, day)
        row = tuple(given.get(domain.id, code) for domain, code in zip(domains, drawn, strict=True))
        if not day.generated.contradictions(row):
            rows.append(row)
    return rows


def _values(
    knowledge: Knowledge, day: date, rows: list[tuple[int, ...]], difference: FactDifference
) -> list[frozenset[str]]:
    table = Table(knowledge.library, knowledge.rulebase.domains, [(day, row) for row in rows])
    columns = evaluated(knowledge.rulebase, table)
    fact, values = difference.fact, knowledge.library.values(difference.fact)
    if difference.part == "contested":
        fact, values = knowledge.library.roles.contested, (difference.fact,)
    return [
        frozenset(value for value in values if columns.atom((fact, value)) >> index & 1)
        for index in range(len(rows))
    ]
