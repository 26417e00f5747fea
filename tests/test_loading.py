"""Every defect of a knowledge base is found when it is loaded, with its place, its name and the nearest name."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from advisor.advice.advising import advise
from advisor.folders import built_in
from advisor.inference.rulebase_reader import RuleBaseReader
from advisor.knowledge.document import MAX_BYTES, MAX_DEPTH
from advisor.knowledge_base import Knowledge
from advisor.loading import load_knowledge
from advisor.problem import KnowledgeError, Place, Problem

EXTRA = "rules/extra.yaml"
RULE = """\
decision: extra
title: {id: Tambahan, en: Extra}
rules:
  - id: extra.rule
    when: {sector: roads}
    then: {needs: talk}
    because: {id: Ada alasannya., en: There is a reason.}
    cites: [prasetya-2013:10]
    authority: study
    provenance: verified
"""


@dataclass(frozen=True)
class Copy:
    """A copy of the built-in folders, to be broken."""

    root: Path

    def path(self, name: str) -> Path:
        return self.root / name

    def replace(self, name: str, old: str, new: str) -> None:
        source = self.path(name).read_text("utf-8")
        assert old in source, f"{name} no longer holds {old!r}"
        self.path(name).write_text(source.replace(old, new, 1), "utf-8")

    def append(self, name: str, text: str) -> None:
        source = self.path(name).read_text("utf-8")
        self.path(name).write_text(source.rstrip("\n") + "\n" + text, "utf-8")

    def place(self, name: str, point: str) -> Place:
        """Return where `point`, which stands once in the file, begins."""
        source = self.path(name).read_text("utf-8")
        assert 1 == source.count(point), f"{point!r} must stand once in {name}"
        before = source[: source.index(point)]
        return Place(str(self.path(name)), before.count("\n") + 1, len(before) - before.rfind("\n"))

    def load(self) -> Knowledge:
        return load_knowledge(self.path("kbase"), self.path("rules"))

    def problems(self) -> list[Problem]:
        with pytest.raises(KnowledgeError) as caught:
            self.load()
        return list(caught.value.problems)


@pytest.fixture
def copy(tmp_path: Path) -> Copy:
    for name in ("kbase", "rules"):
        shutil.copytree(built_in(name), tmp_path / name)
    return Copy(tmp_path)


@pytest.fixture
def ruled(copy: Copy) -> Copy:
    """A copy with one more rule, which is sound."""
    copy.path(EXTRA).write_text(RULE, "utf-8")
    return copy


@pytest.fixture
def rules(tmp_path: Path) -> Copy:
    """A folder of rules alone: two decisions of which one is built in; both are sound."""
    (tmp_path / "rules").mkdir()
    shutil.copy(built_in("rules") / "era.yaml", tmp_path / "rules")
    (tmp_path / EXTRA).write_text(RULE, "utf-8")
    return Copy(tmp_path)


def _rule_problems(rules: Copy, knowledge: Knowledge) -> list[Problem]:
    """Read the rules alone, for a library that is sound."""
    reader = RuleBaseReader(rules.path("rules"), knowledge.library)
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


def _assert_told(problem: Problem) -> None:
    """Both languages say it, differently, at its place, with the nearest name and nothing left to fill in."""
    texts = {problem.in_language("id"), problem.in_language("en")}

    assert 2 == len(texts)
    for text in texts:
        assert text.startswith(f"{problem.place}: ")
        assert problem.values.get("near", "") in text
        assert "{near}" not in text


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
    Break("tab", "    when", "\twhen", "\twhen", "yaml.syntax"),
    Break("colon", "title: {", "title: a: {", ": {id: Tambahan", "yaml.syntax"),
    Break("two documents", "rules:", "---\nrules:", "rules:", "yaml.several_documents"),
)


def test_the_built_in_knowledge_loads(knowledge: Knowledge) -> None:
    assert 14 == len(knowledge.library.conclusions)


def test_a_sound_additional_rule_loads(ruled: Copy) -> None:
    loaded = ruled.load()

    assert "extra.rule" in loaded.rulebase.by_id


@pytest.mark.parametrize("broken", RULE_BREAKS, ids=lambda broken: broken.name)
def test_a_defect_of_a_rule_is_the_one_finding_and_stands_at_its_place(
    rules: Copy, knowledge: Knowledge, broken: Break
) -> None:
    rules.replace(EXTRA, broken.old, broken.new)

    problems = _rule_problems(rules, knowledge)

    assert [(rules.place(EXTRA, broken.point), broken.key)] == [(p.place, p.key) for p in problems]
    assert broken.values == {name: problems[0].values[name] for name in broken.values}
    _assert_told(problems[0])


def test_a_cycle_through_several_rules_names_them(rules: Copy, knowledge: Knowledge) -> None:
    second = (
        RULE.partition("rules:\n")[2].replace("extra.rule", "extra.back").replace("{sector: roads}", "{kept: yes}")
    )
    rules.replace(EXTRA, "{needs: talk}", "{kept: yes}")
    rules.replace(EXTRA, "{sector: roads}", "{needs: {not: talk}}")
    rules.append(EXTRA, second)

    (problem,) = _rule_problems(rules, knowledge)

    assert "rules.cycle" == problem.key
    names = problem.values["names"].split(" -> ")
    assert names[0] == names[-1]
    assert rules.place(EXTRA, names[0]) == problem.place
    assert {"extra.rule", "extra.back"} == set(names)


@pytest.mark.parametrize("condition", ["in_force: pp28-2018", "era: C", "urban: yes"])
def test_a_contradiction_stands_between_answers_alone(copy: Copy, knowledge: Knowledge, condition: str) -> None:
    name = condition.partition(":")[0]
    line = f"{{initiator: city, {condition}}}"
    with copy.path("rules/contradictions.yaml").open("a", encoding="utf-8") as stream:
        stream.write(
            f"  - id: extra\n    when: {line}\n    message: {{id: Tidak dapat., en: It cannot be.}}\n"
            "    authority: judgement\n"
        )

    (problem,) = copy.problems()

    assert ("contradiction.not_answers", name) == (problem.key, problem.values["name"])
    assert copy.place("rules/contradictions.yaml", line) == problem.place
    _assert_told(problem)


def test_the_first_place_of_a_duplicate_id_is_named(rules: Copy, knowledge: Knowledge) -> None:
    rules.replace(EXTRA, "extra.rule", "era.b")

    (problem,) = _rule_problems(rules, knowledge)

    places = (rules.place(EXTRA, "era.b"), rules.place("rules/era.yaml", "era.b"))
    assert {str(place) for place in places} == {str(problem.place), problem.values["first"]}


def test_nesting_beyond_the_limit_is_refused_where_it_goes_too_deep(rules: Copy, knowledge: Knowledge) -> None:
    rules.replace(EXTRA, "{sector: roads}", "[" * 60 + "]" * 60)
    first = rules.place(EXTRA, "[" * 60)
    outside = 3  # the file, its list of rules and the rule

    (problem,) = _rule_problems(rules, knowledge)

    assert "yaml.too_deep" == problem.key
    assert Place(first.file, first.line, first.column + MAX_DEPTH - outside) == problem.place
    assert str(MAX_DEPTH) == problem.values["most"]
    _assert_told(problem)


def test_endless_nesting_is_refused_in_one_finding(rules: Copy, knowledge: Knowledge) -> None:
    rules.replace(EXTRA, "{sector: roads}", "[" * 100_000)

    (problem,) = _rule_problems(rules, knowledge)

    assert problem.key in ("yaml.too_deep", "yaml.syntax")
    assert str(rules.path(EXTRA)) == problem.place.file


def test_a_file_over_the_stated_size_is_refused_unread(rules: Copy, knowledge: Knowledge) -> None:
    size = MAX_BYTES + 1
    rules.path(EXTRA).write_text(RULE + "#" * (size - len(RULE)))

    (problem,) = _rule_problems(rules, knowledge)

    assert (Place(str(rules.path(EXTRA))), "file.too_large") == (problem.place, problem.key)
    assert {"size": str(size), "most": str(MAX_BYTES)} == problem.values
    _assert_told(problem)


def test_a_file_of_exactly_the_stated_size_is_read(ruled: Copy) -> None:
    ruled.path(EXTRA).write_text(RULE + "#" * (MAX_BYTES - len(RULE)))

    assert "extra.rule" in ruled.load().rulebase.by_id


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

    (problem,) = _rule_problems(rules, knowledge)

    assert (Place(str(rules.path(EXTRA)), line, column), key) == (problem.place, problem.key)
    _assert_told(problem)


def test_a_folder_named_like_a_file_is_refused(rules: Copy, knowledge: Knowledge) -> None:
    rules.path("rules/folder.yaml").mkdir()

    (problem,) = _rule_problems(rules, knowledge)

    assert (Place(str(rules.path("rules/folder.yaml"))), "file.is_folder") == (problem.place, problem.key)
    _assert_told(problem)


KBASE_ADDITIONS = (
    (
        "kbase/glossary.yaml",
        "  - id: extra-word\n    term: {id: Kata, en: Word}\n    text: {id: Arti., en: Meaning.}\n"
        "    cites: [prasetya-2013:160]\n",
        "prasetya-2013:160",
        "citation.unknown",
        "prasetya-2013:16",
    ),
    (
        "kbase/doubts.yaml",
        "  - id: D999\n    title: {id: Ragu, en: Doubt}\n    text: {id: Ragu., en: Doubt.}\n"
        "    about: [prasetya-2013:10, prasetya-2013:160]\n",
        "prasetya-2013:160",
        "citation.unknown",
        "prasetya-2013:16",
    ),
    (
        "kbase/facts.yaml",
        "  - {id: bordering, kind: flag, label: {id: Berbatasan, en: Adjoining}}\n",
        "bordering,",
        "id.duplicate",
        "",
    ),
    (
        "kbase/facts.yaml",
        "  - {id: extra, kind: many, table: need, label: {id: Tambahan, en: Extra}}\n",
        "{id: extra",
        "table.unknown",
        "needs",
    ),
    (
        "kbase/facts.yaml",
        "  - {id: extra, kind: flags, label: {id: Tambahan, en: Extra}}\n",
        "flags",
        "value.choice",
        "flag",
    ),
    (
        "kbase/facts.yaml",
        "  - {id: extra, kind: flag, label: {id: Tambahan}}\n",
        "{id: Tambahan",
        "key.missing",
        "",
    ),
    (
        "kbase/facts.yaml",
        "  - {id: extra, kind: flag, label: {id: Tambahan, en: Extra}, labell: x}\n",
        "labell: x",
        "key.unknown",
        "label",
    ),
    (
        "kbase/groups.yaml",
        "  - id: extra\n    question: counterparts\n    label: {id: Lain, en: Other}\n"
        "    options: [foundation, fondation]\n    source: [prasetya-2013:10]\n",
        "id: extra",
        "value.unknown",
        "foundation",
    ),
    (
        "kbase/groups.yaml",
        "  - id: extra\n    question: counterpart\n    label: {id: Lain, en: Other}\n"
        "    options: [foundation]\n    source: [prasetya-2013:10]\n",
        "counterpart\n    label: {id: Lain",
        "answers.unknown_question",
        "counterparts",
    ),
)


@pytest.mark.parametrize(
    ("name", "text", "point", "key", "near"),
    KBASE_ADDITIONS,
    ids=[f"{n}-{k}" for n, _, _, k, _ in KBASE_ADDITIONS],
)
def test_a_defect_of_the_knowledge_is_the_one_finding_and_stands_at_its_place(
    copy: Copy, name: str, text: str, point: str, key: str, near: str
) -> None:
    copy.append(name, text)

    (problem,) = copy.problems()

    assert (copy.place(name, point), key, near) == (
        problem.place,
        problem.key,
        problem.values.get("near", ""),
    )
    _assert_told(problem)


QUESTION = """\
topic: extra
order: 99
title: {id: Tambahan, en: Extra}
questions:
  - id: extra_question
    type: TYPE
    text: {id: Apa?, en: What?}
    short: {id: Apa, en: What}
    help: {id: Tolong., en: Help.}
    source: [prasetya-2013:10]
    control: given
"""


@pytest.mark.parametrize(
    ("kind", "more", "key"),
    [
        ("choice", "", "question.options"),
        ("choices", "    options: [{id: one, label: {id: Satu, en: One}}]\n", "question.options"),
        ("number", "", "question.bounds"),
        ("number", "    min: 1\n", "question.bounds"),
        (
            "choice",
            "    options: [{id: one, label: {id: a, en: b}}, {id: one, label: {id: a, en: b}}]\n",
            "id.duplicate",
        ),
    ],
)
def test_a_question_that_cannot_be_asked_is_a_finding(copy: Copy, kind: str, more: str, key: str) -> None:
    name = "kbase/questions/90-extra.yaml"
    copy.path(name).write_text(QUESTION.replace("TYPE", kind) + more, "utf-8")

    (problem,) = copy.problems()

    assert (copy.place(name, "id: extra_question"), key) == (problem.place, problem.key)
    _assert_told(problem)


def test_an_instrument_that_stands_in_two_files_is_found_with_each_of_its_articles(copy: Copy) -> None:
    original, double = "kbase/instruments/uu20-2003.yaml", "kbase/instruments/uu20-2003b.yaml"
    shutil.copy(copy.path(original), copy.path(double))

    problems = copy.problems()

    points = ("uu20-2003\n", "uu20-2003:50-4\n")
    assert [(copy.place(double, point), "id.duplicate") for point in points] == [(p.place, p.key) for p in problems]
    assert [str(copy.place(original, point)) for point in points] == [p.values["first"] for p in problems]


def test_a_doubt_that_is_not_listed_is_a_finding(copy: Copy) -> None:
    name = "kbase/instruments/uu20-2003.yaml"
    copy.replace(name, "articles:", "doubts: [Doubt]\narticles:")

    (problem,) = copy.problems()

    assert (copy.place(name, "Doubt]"), "doubt.unknown") == (problem.place, problem.key)
    _assert_told(problem)


@pytest.mark.parametrize("name", ["rules", "kbase/terms", "kbase/questions", "kbase/instruments", "kbase/cases"])
@pytest.mark.parametrize("gone", [False, True], ids=["empty", "gone"])
def test_a_folder_without_files_is_a_finding(copy: Copy, name: str, gone: bool) -> None:
    shutil.rmtree(copy.path(name))
    if not gone:
        copy.path(name).mkdir()

    (problem,) = copy.problems()

    assert (Place(str(copy.path(name))), "folder.empty") == (problem.place, problem.key)
    _assert_told(problem)


def test_a_missing_file_is_a_finding(copy: Copy) -> None:
    copy.path("kbase/steps.yaml").unlink()

    (problem,) = copy.problems()

    assert (Place(str(copy.path("kbase/steps.yaml"))), "file.unreadable") == (problem.place, problem.key)
    _assert_told(problem)


def test_every_file_that_is_missing_is_listed_and_not_only_the_first(tmp_path: Path) -> None:
    (tmp_path / "kbase").mkdir()

    with pytest.raises(KnowledgeError) as caught:
        load_knowledge(tmp_path / "kbase")

    assert 13 == len(caught.value.problems)
    assert {"folder.empty", "file.unreadable"} == {problem.key for problem in caught.value.problems}


def test_every_finding_is_listed_and_not_only_the_first(ruled: Copy) -> None:
    ruled.replace(EXTRA, "sector: roads", "sectr: roads")
    ruled.replace(EXTRA, "needs: talk", "needs: tallk")
    ruled.path("rules/second.yaml").write_text(RULE.replace("extra.rule", "second.rule").replace("study", "law"))
    ruled.append("kbase/facts.yaml", "  - {id: bordering, kind: flag, label: {id: Berbatasan, en: Adjoining}}\n")

    problems = ruled.problems()

    expected = [
        (ruled.place("kbase/facts.yaml", "bordering,"), "id.duplicate"),
        (ruled.place(EXTRA, "sectr"), "name.unknown"),
        (ruled.place(EXTRA, "tallk"), "value.unknown"),
        (ruled.place("rules/second.yaml", "law"), "authority.without_law"),
    ]
    assert expected == [(problem.place, problem.key) for problem in problems]


def test_findings_stand_in_the_order_of_the_file(ruled: Copy) -> None:
    ruled.replace(EXTRA, "prasetya-2013:10", "prasetya-2013:160")
    ruled.replace(EXTRA, "sector: roads", "sectr: roads")

    problems = ruled.problems()

    assert ["sectr", "prasetya-2013:160"] == [problem.values["name"] for problem in problems]


def test_a_file_is_named_relative_to_the_working_directory(ruled: Copy, monkeypatch: pytest.MonkeyPatch) -> None:
    ruled.replace(EXTRA, "sector: roads", "sectr: roads")
    monkeypatch.chdir(ruled.root)

    (problem,) = ruled.problems()

    assert Place(EXTRA, 5, 12) == problem.place


def test_the_error_itself_reads_in_english(ruled: Copy) -> None:
    ruled.replace(EXTRA, "sector: roads", "sectr: roads")

    with pytest.raises(KnowledgeError) as caught:
        ruled.load()

    assert caught.value.in_language("en") == str(caught.value)
    assert 'unknown question or fact "sectr"; do you mean "sector"?' in str(caught.value)
    assert 'pertanyaan atau fakta "sectr" tidak dikenal; maksudnya "sector"?' in caught.value.in_language("id")


def test_the_digest_is_of_the_content_wherever_the_folders_lie(copy: Copy) -> None:
    elsewhere = Copy(copy.root / "elsewhere")
    for name in ("kbase", "rules"):
        shutil.copytree(copy.path(name), elsewhere.path(name))

    assert copy.load().digest == elsewhere.load().digest


def test_any_change_of_a_file_changes_the_digest(copy: Copy) -> None:
    before = copy.load().digest
    copy.append("rules/era.yaml", "# one more comment\n")

    assert before != copy.load().digest


def test_a_folder_may_be_named_by_a_word(ruled: Copy) -> None:
    loaded = load_knowledge(str(ruled.path("kbase")), str(ruled.path("rules")))

    assert "extra.rule" in loaded.rulebase.by_id


# -- rules that give a conclusion no value, or several -------------------------------------------------------


def _told(copy: Copy, case: dict[str, object]) -> Problem:
    """Return why no advice can be given on a case by these rules."""
    knowledge = copy.load()
    with pytest.raises(KnowledgeError) as caught:
        advise(knowledge, case)
    (problem,) = caught.value.problems
    return problem


WONOSOBO = {
    "initiator": "regency",
    "counterparts": ["regency_city_same_province"],
    "activities": ["exchange_information"],
}


def test_a_conclusion_that_the_rules_leave_without_a_value_is_said_to_be_a_gap(copy: Copy) -> None:
    # Agency budgets are what funds a cooperation where no other scheme fits; without the rule nothing does.
    then = "then: {funding_scheme: agency_budgets}"
    copy.replace("rules/funding_scheme.yaml", then, f"when: {{sector: roads}}\n    {then}")
    case = {"as_of": "2013-06-01", "answers": {**WONOSOBO, "sector": "trade_investment", "burdens_budget": "no"}}

    problem = _told(copy, case)

    assert ("knowledge.gap", "funding_scheme") == (problem.key, problem.values["name"])
    _assert_told(problem)


def test_a_conclusion_to_which_the_rules_give_two_values_is_said_to_be_a_conflict(copy: Copy) -> None:
    with copy.path("rules/collective_action.yaml").open("a", encoding="utf-8") as stream:
        stream.write(
            "  - id: extra\n    then: {collective_action: riot}\n    because: {id: Selalu., en: Always.}\n"
            "    cites: [prasetya-2013:5]\n    authority: judgement\n    provenance: verified\n"
        )
    case = {"as_of": "2013-06-01", "answers": {**WONOSOBO, "interests": "common", "coordination": "high"}}

    problem = _told(copy, case)

    assert ("knowledge.conflict", "collective_action") == (problem.key, problem.values["name"])
    assert "riot" in problem.values["values"]
    _assert_told(problem)
