"""What a fact is to the program stands in kbase/roles.yaml, and a role that does not fit its fact is refused."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from advisor import cli
from advisor.advice.advising import advise
from advisor.advice.as_data import answers_data
from advisor.commands import common
from advisor.inference.case import CaseReader
from advisor.knowledge_base import Knowledge
from knowledge_copy import Copy

ROLES = "kbase/roles.yaml"

SLIPS = {
    "a fact that is not there": ("notices: notices", "notices: notice\n", "notice\n", "fact.unknown"),
    "a fact where a conclusion is needed": ("to_target: next_", "to_target: needs # ", "needs #", "fact.unknown"),
    "one value where a list is needed": ("steps: steps", "steps: operator", "operator\ndocuments", "role.kind"),
    "a list where one value is needed": ("target: target_form", "target: kinds", "kinds\n  needs", "role.kind"),
    "a list where a flag is needed": ("where: has_region", "where: needs", "needs\n  unmet", "role.kind"),
    "values of another table": ("risks: risks", "risks: models", "models}", "role.table"),
    "a gate that cannot hold": ("gate: admissible", "gate: operator", "operator\ncontested", "value.unknown"),
    "a value that is not there": ("required: required", "required: requird", "requird,", "value.unknown"),
    "a form that is not there": ("    joint_secretariat:", "    joint_office:", "joint_office", "value.unknown"),
}


@pytest.mark.parametrize("slip", SLIPS)
def test_a_role_that_does_not_fit_its_fact_is_a_finding_at_its_place(slip: str, copy: Copy) -> None:
    old, new, point, key = SLIPS[slip]
    copy.replace(ROLES, old, new)

    (problem,) = copy.problems()

    assert (copy.place(ROLES, point), key) == (problem.place, problem.key)


def _renamed(copy: Copy) -> None:
    """Give the fact whose values are notices another name, everywhere but among the roles."""
    for path in copy.root.rglob("*.yaml"):
        if path.name != Path(ROLES).name:
            path.write_text(re.sub(r"\bnotices\b", "warnings", path.read_text("utf-8")), "utf-8")


@pytest.mark.parametrize("command", [["check"], ["advise", "kartamantul"]], ids=str)
def test_a_fact_cannot_be_renamed_without_its_role(
    command: list[str], copy: Copy, kartamantul: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _renamed(copy)
    words = [str(kartamantul) if word == "kartamantul" else word for word in command]

    status = cli.main([*words, "--kbase", str(copy.path("kbase")), "--rules", str(copy.path("rules"))])

    assert common.UNUSABLE == status
    assert str(copy.place(ROLES, "notices\nlegal")) in capsys.readouterr().err


def test_a_fact_that_is_renamed_with_its_role_serves_as_before(copy: Copy, knowledge: Knowledge) -> None:
    _renamed(copy)
    copy.replace(ROLES, "notices: notices", "notices: warnings")
    renamed, study = copy.load(), knowledge.library.cases["kartamantul"]
    data = {"as_of": study.as_of, "answers": answers_data(study.answers)}

    before, after = (
        advise(known, CaseReader(known.library, known.rulebase).data(data)) for known in (knowledge, renamed)
    )

    assert before.notices
    assert [notice.id for notice in before.notices] == [notice.id for notice in after.notices]
