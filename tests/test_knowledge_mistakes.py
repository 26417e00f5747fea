"""Every mistake in kbase/, or between it and rules/, is found with its place, its name and the nearest name."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from advisor.folders import built_in
from advisor.knowledge_base import Knowledge
from advisor.loading import load_knowledge
from advisor.problem import KnowledgeError, Place
from knowledge_copy import Copy, assert_told

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
    assert_told(problem)


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
    assert_told(problem)


def test_an_instrument_that_stands_in_two_files_is_found_with_each_of_its_articles(copy: Copy) -> None:
    original, double = "kbase/instruments/uu20-2003.yaml", "kbase/instruments/uu20-2003b.yaml"
    shutil.copy(copy.path(original), copy.path(double))

    problems = copy.problems()

    points = ("uu20-2003\n", "uu20-2003:50-4\n")
    assert [(copy.place(double, point), "id.duplicate") for point in points] == [(p.place, p.key) for p in problems]
    assert [str(copy.place(original, point)) for point in points] == [p.values["first"] for p in problems]


DAYS_OUT_OF_ORDER = {
    "enacted after it is in force": (
        "\nenacted: 2003-07-08\n", "\nenacted: 2003-07-09\n", "2003-07-08\nprovenance",
        ("enacted", "2003-07-09", "in_force", "2003-07-08"),
    ),
    "revoked before it is in force": (
        "in_force: 2003-07-08\n", "in_force: 2003-07-08\nrevoked: 2003-07-07\n", "2003-07-07",
        ("in_force", "2003-07-08", "revoked", "2003-07-07"),
    ),
    "revoked before it is enacted": (
        "in_force: 2003-07-08\n", "revoked: 2003-07-07\n", "2003-07-07",
        ("enacted", "2003-07-08", "revoked", "2003-07-07"),
    ),
    "an article that is revoked before it is in force": (
        "  - id: uu20-2003:50-4\n", "  - id: uu20-2003:50-4\n    in_force: 2010-01-01\n    revoked: 2009-12-31\n",
        "2009-12-31", ("in_force", "2010-01-01", "revoked", "2009-12-31"),
    ),
}  # fmt: skip
"""Days that are not in their order: what is replaced by what, where it is found, and what is said."""


@pytest.mark.parametrize("name", DAYS_OUT_OF_ORDER)
def test_days_that_are_not_in_their_order_are_found_at_the_later_one(copy: Copy, name: str) -> None:
    file = "kbase/instruments/uu20-2003.yaml"
    old, new, point, told = DAYS_OUT_OF_ORDER[name]
    copy.replace(file, old, new)

    (problem,) = copy.problems()

    assert (copy.place(file, point), "instrument.order") == (problem.place, problem.key)
    assert told == tuple(problem.values[key] for key in ("first", "first_day", "then", "then_day"))
    assert_told(problem)


def test_what_is_revoked_on_the_day_on_which_it_begins_was_never_in_force_and_is_no_mistake(copy: Copy) -> None:
    copy.replace("kbase/instruments/uu20-2003.yaml", "in_force: 2003", "revoked: 2003-07-08\nin_force: 2003")

    assert "revoked" == copy.load().library.status("uu20-2003:50-4", date(2003, 7, 8))


@pytest.mark.parametrize(
    ("condition", "key", "point"),
    [
        ("{counterparts: regin}", "value.unknown", "regin"),
        ("{has_region: yes}", "addressee.not_answers", "{has_region"),
        ("{any: [{counterparts: region}, {era: C}]}", "addressee.not_answers", "{any"),
        ("{region_count: {over: 2}}", "addressee.not_answers", "{region_count"),
    ],
)
def test_whom_an_article_addresses_is_a_condition_on_answers_alone(
    copy: Copy, condition: str, key: str, point: str
) -> None:
    file = "kbase/instruments/uu20-2003.yaml"
    copy.replace(file, "50-4\n", f"50-4\n    applies_to: {condition}\n")

    (problem,) = copy.problems()

    assert (copy.place(file, point), key) == (problem.place, problem.key)
    assert_told(problem)


def test_a_doubt_that_is_not_listed_is_a_finding(copy: Copy) -> None:
    name = "kbase/instruments/uu20-2003.yaml"
    copy.replace(name, "articles:", "doubts: [Doubt]\narticles:")

    (problem,) = copy.problems()

    assert (copy.place(name, "Doubt]"), "doubt.unknown") == (problem.place, problem.key)
    assert_told(problem)


WORDS = {
    "the era": ("kbase/roles.yaml", "era: era", "era: eras", "eras\n", "fact.unknown", "era"),
    "an era": ("kbase/knowledge.yaml", "eras: [C", "eras: [Z", "Z", "era.unknown", ""),
    "the gate": (
        "kbase/roles.yaml",
        "gate: admissible",
        "gate: admisible",
        "admisible",
        "fact.unknown",
        "admissible",
    ),
    "an article": (
        "kbase/glossary.yaml",
        "cites: [",
        "cites: [prasetya-2013:160, ",
        "prasetya-2013:160",
        "citation.unknown",
        "prasetya-2013:16",
    ),
    "what a term is about": (
        "kbase/terms/readiness.yaml",
        "terms:\n  - id: ",
        "terms:\n  - about: modls\n    id: ",
        "modls",
        "fact.unknown",
        "models",
    ),
    "a kind of finding": (
        "kbase/exceptions.yaml",
        "finding: unread\n",
        "finding: unreed\n",
        "unreed",
        "exception.finding_unknown",
        "unread",
    ),
}
"""A word in kbase/ that names nothing: what is replaced by what, where, and what must be said, with the nearest."""


@pytest.mark.parametrize("kind", WORDS)
def test_a_word_that_names_nothing_is_found_where_it_stands(copy: Copy, kind: str) -> None:
    name, old, new, point, key, near = WORDS[kind]
    copy.replace(name, old, new)

    (problem,) = copy.problems()

    assert (copy.place(name, point), key, near) == (problem.place, problem.key, problem.values["near"])
    assert_told(problem)


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
    assert_told(problem)


@pytest.mark.parametrize("name", ["rules", "kbase/terms", "kbase/questions", "kbase/instruments", "kbase/cases"])
@pytest.mark.parametrize("gone", [False, True], ids=["empty", "gone"])
def test_a_folder_without_files_is_a_finding(copy: Copy, name: str, gone: bool) -> None:
    shutil.rmtree(copy.path(name))
    if not gone:
        copy.path(name).mkdir()

    (problem,) = copy.problems()

    assert (Place(str(copy.path(name))), "folder.empty") == (problem.place, problem.key)
    assert_told(problem)


def test_a_missing_file_is_a_finding(copy: Copy) -> None:
    copy.path("kbase/steps.yaml").unlink()

    (problem,) = copy.problems()

    assert (Place(str(copy.path("kbase/steps.yaml"))), "file.unreadable") == (problem.place, problem.key)
    assert_told(problem)


def test_every_file_that_is_missing_is_listed_and_not_only_the_first(tmp_path: Path) -> None:
    (tmp_path / "kbase").mkdir()

    with pytest.raises(KnowledgeError) as caught:
        load_knowledge(tmp_path / "kbase")

    assert 14 == len(caught.value.problems)
    assert {"folder.empty", "file.unreadable"} == {problem.key for problem in caught.value.problems}


# -- what tells answers and conclusions in sentences ------------------------------------------------------------


@pytest.mark.parametrize(
    ("file", "old", "new", "told"),
    [
        (
            "questions/40-money.yaml",
            "      yes:\n        id: Ada biaya",
            "      none:\n        id: Ada biaya",
            '"burdens_budget"',
        ),
        ("questions/40-money.yaml", "di antara anggota: {answer}.", "di antara anggota: {cost}.", '"cost_sharing"'),
        ("conclusions.yaml", "Kerja sama ini {value}.", "Kerja sama ini.", "{value}"),
        ("knowledge.yaml", "existing_cooperation: [technical_agreements", "existing_cooperation: [old", '"old"'),
    ],
)
def test_sentences_without_their_place_and_answers_that_are_not_there_are_found(
    file: str, old: str, new: str, told: str, tmp_path: Path
) -> None:
    shutil.copytree(built_in("kbase"), tmp_path / "kbase")
    shutil.copytree(built_in("rules"), tmp_path / "rules")
    path = tmp_path / "kbase" / file
    source = path.read_text("utf-8")
    assert 1 == source.count(old)
    path.write_text(source.replace(old, new), "utf-8")

    with pytest.raises(KnowledgeError) as refused:
        load_knowledge(tmp_path / "kbase", tmp_path / "rules")

    (problem,) = refused.value.problems
    assert told in problem.sentence("en")
    assert problem.place.line > 0
