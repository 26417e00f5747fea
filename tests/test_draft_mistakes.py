"""Every mistake in kbase/drafts and kbase/blanks.yaml is found with its place."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from advisor.loading import load_knowledge
from advisor.problem import KnowledgeError
from knowledge_copy import Copy

STUDY, BLANKS = "kbase/drafts/study.yaml", "kbase/blanks.yaml"
CAPACITY = "items: [3], cites: ["
MISTAKES = [
    (STUDY, "  - of: feasibility_study", "  - of: feasibility", "value.unknown"),
    (STUDY, '"{demand}"', '"{demands}"', "draft.place"),
    (STUDY, '"{demand}"', '"{demand"', "text.braces"),
    (STUDY, '"{demand}"', '"{signatory}"', "draft.each"),
    (STUDY, CAPACITY, "items: [4], cites: [", "draft.item"),
    (STUDY, "- {of: [feasibility_study], cites", "- {of: [work_plan], cites", "draft.elsewhere"),
    (STUDY, "uu23-2014:366-3", "uu23-2014:366-33", "citation.unknown"),
    (STUDY, "when: {in_development_plan: yes}", "when: {in_development_plans: yes}", "name.unknown"),
    (STUDY, "heading: Kebutuhan dan permintaan layanan\n        usual: yes", "heading: Kebutuhan", "draft.never"),
    (STUDY, "- id: demand", "- id: background", "id.duplicate"),
    (STUDY, "layout: chapters", "layout: chapter", "value.choice"),
    (BLANKS, "answer: sector", "answer: sectors", "answers.unknown_question"),
    (BLANKS, "conclusion: operator", "conclusion: operators", "fact.unknown"),
    (BLANKS, "given: title", "given: titles", "value.choice"),
    (BLANKS, "given: title", "given: title\n    answer: sector", "blank.sources"),
    (BLANKS, "      roads: penyelenggaraan", "      road: penyelenggaraan", "value.unknown"),
    (BLANKS, "own: [province]", "own: [provinces]", "value.unknown"),
    (BLANKS, "- id: validity", "- id: findings", "id.duplicate"),
]  # fmt: skip


@pytest.mark.parametrize(("file", "old", "new", "key"), MISTAKES)
def test_a_mistake_is_refused_in_its_file(file: str, old: str, new: str, key: str, tmp_path: Path) -> None:
    copy = Copy.made(tmp_path)
    copy.replace(file, old, new)

    with pytest.raises(KnowledgeError) as caught:
        load_knowledge(copy.path("kbase"), copy.path("rules"))

    found = [(Path(problem.place.file).name, problem.key) for problem in caught.value.problems]
    assert (Path(file).name, key) in found
    assert all(problem.place.line for problem in caught.value.problems)


def test_knowledge_without_drafts_is_knowledge_all_the_same(tmp_path: Path) -> None:
    copy = Copy.made(tmp_path)
    shutil.rmtree(copy.path("kbase/drafts"))
    copy.path(BLANKS).unlink()

    library = load_knowledge(copy.path("kbase"), copy.path("rules")).library

    assert ((), None) == (library.drafts, library.blanks)
