"""Every mistake in a file of rules is found with its place, its name and the nearest name."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from advisor.folders import built_in
from advisor.inference.rulebase_reader import RuleBaseReader
from advisor.knowledge.document import MAX_BYTES, MAX_DEPTH
from advisor.knowledge_base import Knowledge
from advisor.problem import KnowledgeError, Place, Problem
from advisor.snapshot import Snapshot
from knowledge_copy import EXTRA, RULE, Copy, assert_told


@pytest.fixture
def rules(tmp_path: Path) -> Copy:
    """A folder of rules alone: two decisions of which one is built in; both are sound."""
    (tmp_path / "rules").mkdir()
    shutil.copy(built_in("rules") / "era.yaml", tmp_path / "rules")
    (tmp_path / EXTRA).write_text(RULE, "utf-8")
    return Copy(tmp_path)


def rule_problems(rules: Copy, knowledge: Knowledge) -> list[Problem]:
    """Read the rules alone, for a library that is sound."""
    reader = RuleBaseReader(Snapshot.of(rules.path("rules")), knowledge.library)
    assert reader.read() is None
    return list(KnowledgeError(reader.problems).problems)


@dataclass(frozen=True)
class Break:
    """One defect: what is replaced by what, and the finding that must follow at `point`."""

    name: str
    old: str
    new: str
    point: str
    key: str
    values: dict[str, str] = field(default_factory=dict)


RULE_BREAKS = (
    Break("question in a condition", "sector: roads", "sectr: roads", "sectr", "name.unknown", {"near": "sector"}),
    Break(
        "question deep in a condition",
        "{sector: roads}",
        "{any: [{sector: roads}, {not: {bordring: yes}}]}",
        "bordring",
        "name.unknown",
        {"near": "bordering"},
    ),
    Break("option", "sector: roads", "sector: raods", "raods", "value.unknown", {"near": "roads"}),
    Break(
        "option among several",
        "sector: roads",
        "sector: [solid_waste, raods]",
        "raods",
        "value.unknown",
        {"near": "roads"},
    ),
    Break(
        "number compared with a word", "sector: roads", "region_count: 3", "3}\n    then", "condition.number", {}
    ),
    Break(
        "operator",
        "sector: roads",
        "region_count: {above: 3}",
        "3}}\n    then",
        "condition.operator",
        {"operator": "above"},
    ),
    Break(
        "over with a decimal",
        "sector: roads",
        "region_count: {over: 2.5}",
        "2.5",
        "condition.over",
        {"name": "region_count", "given": "2.5", "low": "1", "high": "599"},
    ),
    Break(
        "over with quotation marks",
        "sector: roads",
        "region_count: {over: '2'}",
        "'2'",
        "condition.over",
        {"given": "'2'"},
    ),
    Break(
        "over beyond every number",
        "sector: roads",
        "region_count: {over: 600}",
        "600",
        "condition.never",
        {"low": "1", "high": "599"},
    ),
    Break("yes in Indonesian", "sector: roads", "bordering: ya", "ya}", "value.unknown", {"near": "yes"}),
    Break("no in Indonesian", "sector: roads", "bordering: {not: Tidak}", "Tidak", "value.unknown", {"near": "no"}),
    Break(
        "yes in Indonesian for a fact", "sector: roads", "has_region: ya", "ya}", "value.unknown", {"near": "yes"}
    ),
    Break("empty list of values", "sector: roads", "sector: []", "[]", "condition.empty_list"),
    Break("condition as a list", "{sector: roads}", "[sector, roads]", "[sector", "condition.not_mapping"),
    Break("any without a list", "{sector: roads}", "{any: roads}", "roads}", "condition.not_list"),
    Break(
        "instrument in force",
        "sector: roads",
        "in_force: pp59-20222",
        "pp59-20222",
        "citation.unknown",
        {"near": "pp59-2022"},
    ),
    Break(
        "article cited",
        "prasetya-2013:10",
        "prasetya-2013:160",
        "prasetya-2013:160",
        "citation.unknown",
        {"near": "prasetya-2013:16"},
    ),
    Break(
        "article to see",
        "    authority",
        "    see: [prasetya-2013:160]\n    authority",
        "prasetya-2013:160",
        "citation.unknown",
        {"near": "prasetya-2013:16"},
    ),
    Break("conclusion", "{needs: talk}", "{nedes: talk}", "nedes", "fact.unknown", {"near": "needs"}),
    Break("value of a conclusion", "needs: talk", "needs: tallk", "tallk", "value.unknown", {"near": "talk"}),
    Break(
        "fact copied from",
        "needs: talk",
        "needs: {from: availble}",
        "availble",
        "fact.unknown",
        {"near": "available"},
    ),
    Break(
        "two values for one",
        "needs: talk",
        "operator: [member_agency, joint_enterprise]",
        "[member_agency",
        "value.single",
        {"name": "operator"},
    ),
    Break("key", "    authority", "    silnt: yes\n    authority", "silnt", "key.unknown", {"near": "silent"}),
    Break(
        "key of the file",
        "rules:\n",
        "backgrond: yes\nrules:\n",
        "backgrond",
        "key.unknown",
        {"near": "background"},
    ),
    Break("missing key", "    provenance: verified\n", "", "id: extra.rule", "key.missing", {"name": "provenance"}),
    Break("flag of a wrong type", "    authority", "    silent: maybe\n    authority", "maybe", "value.truth"),
    Break("word for a list", "[prasetya-2013:10]", "prasetya-2013:10", "prasetya", "value.list", {"name": "cites"}),
    Break("empty list of citations", "[prasetya-2013:10]", "[]", "[]", "value.empty", {"name": "cites"}),
    Break("number for a word", "id: extra.rule", "id: 5", "5", "value.text", {"name": "id"}),
    Break("authority", "authority: study", "authority: lawful", "lawful", "value.choice", {"near": "law"}),
    Break("text in no language", "{id: Ada alasannya., en: There is a reason.}", "Ada", "Ada", "value.mapping"),
    Break("missing English", ", en: There is a reason.", "", "{id: Ada", "key.missing", {"name": "en"}),
    Break("missing Indonesian", "id: Ada alasannya., ", "", "{en: There", "key.missing", {"name": "id"}),
    Break("empty English", "There is a reason.", '" "', '" "', "value.text", {"name": "en"}),
    Break(
        "provenance",
        "provenance: verified",
        "provenance: recalled",
        "recalled",
        "provenance.differs",
        {"given": "recalled", "expected": "verified"},
    ),
    Break("authority law without law", "study", "law", "law", "authority.without_law", {"authority": "law"}),
    Break(
        "authority ministerial without law",
        "study",
        "ministerial",
        "ministerial",
        "authority.without_law",
        {"authority": "ministerial"},
    ),
    Break("id used in another file", "id: extra.rule", "id: era.a", "era.a", "id.duplicate", {"name": "era.a"}),
    Break(
        "positive cycle",
        "sector: roads",
        "needs: talk",
        "extra.rule",
        "rules.cycle",
        {"names": "extra.rule -> extra.rule"},
    ),
    Break(
        "negation cycle",
        "sector: roads",
        "needs: {not: talk}",
        "extra.rule",
        "rules.cycle",
        {"names": "extra.rule -> extra.rule"},
    ),
    Break("duplicate key", "    authority", "    cites: []\n    authority", "cites: []", "yaml.duplicate_key"),
    Break("anchor", "needs: talk", "needs: &talk talk", "&talk", "yaml.alias", {"name": "talk"}),
    Break(
        "alias bomb",
        "decision",
        "a: &lol [0, 0]\nb: &lot [*lol, *lol]\nc: [*lot, *lot]\ndecision",
        "&lol",
        "yaml.alias",
        {"name": "lol"},
    ),
    Break("tag", "needs: talk", "needs: !!python/name:os.system talk", "!!python", "yaml.tag"),
    Break("date that does not exist", "needs: talk", "needs: 2024-02-30", "2024-02-30", "yaml.value"),
    Break("tab", "    when", "\twhen", "\twhen", "yaml.syntax.tab"),
    Break("colon", "title: {", "title: a: {", ": {id: Tambahan", "yaml.syntax.colon"),
    Break("two documents", "rules:", "---\nrules:", "rules:", "yaml.several_documents"),
)


@pytest.mark.parametrize("broken", RULE_BREAKS, ids=lambda broken: broken.name)
def test_a_defect_of_a_rule_is_the_one_finding_and_stands_at_its_place(
    rules: Copy, knowledge: Knowledge, broken: Break
) -> None:
    rules.replace(EXTRA, broken.old, broken.new)

    problems = rule_problems(rules, knowledge)

    assert [(rules.place(EXTRA, broken.point), broken.key)] == [(p.place, p.key) for p in problems]
    assert broken.values == {name: problems[0].values[name] for name in broken.values}
    assert_told(problems[0])


def test_a_cycle_through_several_rules_names_them(rules: Copy, knowledge: Knowledge) -> None:
    second = (
        RULE.partition("rules:\n")[2].replace("extra.rule", "extra.back").replace("{sector: roads}", "{kept: yes}")
    )
    rules.replace(EXTRA, "{needs: talk}", "{kept: yes}")
    rules.replace(EXTRA, "{sector: roads}", "{needs: {not: talk}}")
    rules.append(EXTRA, second)

    (problem,) = rule_problems(rules, knowledge)

    assert "rules.cycle" == problem.key
    names = problem.values["names"].split(" -> ")
    assert names[0] == names[-1]
    assert rules.place(EXTRA, names[0]) == problem.place
    assert {"extra.rule", "extra.back"} == set(names)


def test_the_first_place_of_a_duplicate_id_is_named(rules: Copy, knowledge: Knowledge) -> None:
    rules.replace(EXTRA, "extra.rule", "era.b")

    (problem,) = rule_problems(rules, knowledge)

    places = (rules.place(EXTRA, "era.b"), rules.place("rules/era.yaml", "era.b"))
    assert {str(place) for place in places} == {str(problem.place), problem.values["first"]}


@pytest.mark.parametrize(
    ("file", "spelt_out"),
    [
        ("institutional_form.yaml", "uncovered.talk"),
        ("institutional_form.yaml", "target.joint_secretariat"),
        ("institutional_form.yaml", "target.otherwise"),
        ("readiness.yaml", "readiness.body.secretariat.dedicated_staff"),
    ],
    ids=["shortfall", "ranking", "fallback of a ranking", "copy of a fact"],
)
def test_an_id_that_something_is_spelt_out_into_cannot_be_that_of_another_rule(
    rules: Copy, knowledge: Knowledge, file: str, spelt_out: str
) -> None:
    shutil.copy(built_in("rules") / file, rules.path("rules"))
    rules.replace(EXTRA, "extra.rule", spelt_out)

    (problem,) = rule_problems(rules, knowledge)

    assert ("id.duplicate", spelt_out) == (problem.key, problem.values["name"])
    places = {str(problem.place), problem.values["first"]}
    assert str(rules.place(EXTRA, spelt_out)) in places
    assert any(place.startswith(str(rules.path(f"rules/{file}"))) for place in places)
    assert_told(problem)


def test_nesting_beyond_the_limit_is_refused_where_it_goes_too_deep(rules: Copy, knowledge: Knowledge) -> None:
    rules.replace(EXTRA, "{sector: roads}", "[" * 60 + "]" * 60)
    first = rules.place(EXTRA, "[" * 60)
    outside = 3  # the file, its list of rules and the rule

    (problem,) = rule_problems(rules, knowledge)

    assert "yaml.too_deep" == problem.key
    assert Place(first.file, first.line, first.column + MAX_DEPTH - outside) == problem.place
    assert str(MAX_DEPTH) == problem.values["most"]
    assert_told(problem)


def test_endless_nesting_is_refused_in_one_finding(rules: Copy, knowledge: Knowledge) -> None:
    rules.replace(EXTRA, "{sector: roads}", "[" * 100_000)

    (problem,) = rule_problems(rules, knowledge)

    assert problem.key in ("yaml.too_deep", "yaml.syntax")
    assert str(rules.path(EXTRA)) == problem.place.file


def test_a_file_over_the_stated_size_is_refused_unread(rules: Copy, knowledge: Knowledge) -> None:
    size = MAX_BYTES + 1
    rules.path(EXTRA).write_text(RULE + "#" * (size - len(RULE)))

    (problem,) = rule_problems(rules, knowledge)

    assert (Place(str(rules.path(EXTRA))), "file.too_large") == (problem.place, problem.key)
    assert {"size": str(size), "most": str(MAX_BYTES)} == problem.values
    assert_told(problem)


@pytest.mark.parametrize(
    ("content", "line", "column", "key"),
    [
        (b"", 0, 0, "file.empty"),
        (b"# only a comment\n", 0, 0, "file.empty"),
        (b"- a\n- b\n", 1, 1, "value.mapping"),
        (b"a word", 1, 1, "value.mapping"),
        (b"decision: x\n# caf\xe9\n", 2, 1, "file.not_utf8"),
    ],
)
def test_a_file_that_is_no_decision_at_all_is_one_finding(
    rules: Copy, knowledge: Knowledge, content: bytes, line: int, column: int, key: str
) -> None:
    rules.path(EXTRA).write_bytes(content)

    (problem,) = rule_problems(rules, knowledge)

    assert (Place(str(rules.path(EXTRA)), line, column), key) == (problem.place, problem.key)
    assert_told(problem)


def test_a_folder_named_like_a_file_is_refused(rules: Copy, knowledge: Knowledge) -> None:
    rules.path("rules/folder.yaml").mkdir()

    (problem,) = rule_problems(rules, knowledge)

    assert (Place(str(rules.path("rules/folder.yaml"))), "file.is_folder") == (problem.place, problem.key)
    assert_told(problem)
