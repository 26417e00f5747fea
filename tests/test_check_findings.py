"""`advisor check` finds all that it says it looks for, and passes over what is marked with a reason."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import pytest

from advisor.catalogue import messages
from advisor.folders import built_in
from advisor.knowledge.exception import Kind
from advisor.knowledge_base import Knowledge
from advisor.problem import KnowledgeError
from advisor.verify.check.check import Check
from advisor.verify.check.files import Files
from advisor.verify.check.marking import marked_apart
from broken_knowledge import NAMES, Break, Broken, described, told

pytestmark = pytest.mark.knowledge

SAID_ALONE = {"related", "example", "marked", "marked_count", "why", "none", "found", "stopped", "extent"}
"""The texts of the report that are no findings."""


@pytest.mark.parametrize("name", [name for name in NAMES if name != "stale-exception"])
def test_knowledge_broken_on_purpose_has_exactly_the_findings_that_follow(name: str, broken: Break) -> None:
    assert broken(name).expected == [told(finding) for finding in broken(name).found]


@pytest.mark.heavy
@pytest.mark.parametrize("name", NAMES)
def test_knowledge_broken_on_purpose_has_no_findings_of_other_kinds(name: str, broken: Break) -> None:
    assert broken(name).expected == [told(finding) for finding in broken(name).check.findings]


def test_every_kind_of_finding_and_each_of_its_messages_is_broken_on_purpose() -> None:
    findings = [finding for name in NAMES for finding in described(name)["findings"]]

    assert set(get_args(Kind)) == {finding["kind"] for finding in findings}
    keys = {key for key in messages() if key.startswith("check.")} - {f"check.{name}" for name in SAID_ALONE}
    assert keys == {finding["key"] for finding in findings}


def test_the_shipped_knowledge_has_no_finding_outside_its_exceptions(shipped: Check) -> None:
    assert () == shipped.findings


def test_a_rule_of_law_is_never_outdated_since_it_ends_with_what_it_cites(tmp_path: Path) -> None:
    copy = Broken.made("outdated", tmp_path / "knowledge")
    copy.change("rules/extra.yaml", "authority: judgement", "authority: law")

    assert () == copy.found


# -- exceptions ---------------------------------------------------------------------------------------------


def test_an_exception_that_no_finding_needs_is_a_finding_itself(broken: Break, shipped: Check) -> None:
    copy = broken("stale-exception")
    findings = [marked.finding for marked in shipped.marked]

    left, _ = marked_apart(findings, copy.knowledge.library.exceptions, Files.read(*copy.folders))

    assert copy.expected == [told(finding) for finding in left]


def test_every_exception_is_needed_and_says_why(knowledge: Knowledge, shipped: Check) -> None:
    exceptions = knowledge.library.exceptions

    needed = {(marked.finding.kind, marked.finding.subject): marked.reason for marked in shipped.marked}
    assert {(exception.finding, exception.of): exception.reason for exception in exceptions} == needed


def test_without_its_exception_a_finding_is_back_and_no_other(knowledge: Knowledge, shipped: Check) -> None:
    files = Files.read(built_in("kbase"), built_in("rules"))
    findings = [marked.finding for marked in shipped.marked]
    exceptions = knowledge.library.exceptions
    assert len(exceptions) > 40

    for index, exception in enumerate(exceptions):
        rest = (*exceptions[:index], *exceptions[index + 1 :])
        left, marked = marked_apart(findings, rest, files)

        assert {(exception.finding, exception.of)} == {(finding.kind, finding.subject) for finding in left}
        assert len(findings) == len(left) + len(marked)


@pytest.mark.parametrize(
    ("entry", "key", "near"),
    [
        ("finding: unreed\n    of: sector=other", "exception.finding_unknown", "unread"),
        ("finding: cycle\n    of: parties.region.old", "exception.finding_unknown", ""),
        ("finding: unread\n    of: sector=other", "id.duplicate", None),
    ],
)
def test_an_exception_that_cannot_be_one_is_refused_when_it_is_read(
    entry: str, key: str, near: str | None, tmp_path: Path
) -> None:
    copy = Broken.whole(tmp_path / "knowledge")
    reason = "    reason: {id: Ada alasannya., en: There is a reason.}\n"
    copy.change("kbase/exceptions.yaml", "exceptions:\n", f"exceptions:\n  - {entry}\n{reason}")

    with pytest.raises(KnowledgeError) as caught:
        _ = copy.knowledge

    (problem,) = caught.value.problems
    assert (key, near) == (problem.key, problem.values.get("near"))


def test_knowledge_without_a_file_of_exceptions_has_none(tmp_path: Path) -> None:
    copy = Broken.whole(tmp_path / "knowledge")
    (copy.root / "kbase" / "exceptions.yaml").unlink()

    assert () == copy.knowledge.library.exceptions
