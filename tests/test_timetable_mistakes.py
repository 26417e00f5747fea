"""Every mistake in kbase/timetable.yaml and kbase/holidays.yaml is found with its place and what was expected."""

from __future__ import annotations

import pytest

from knowledge_copy import Copy, assert_told

TIMETABLE = "kbase/timetable.yaml"
HOLIDAYS = "kbase/holidays.yaml"

FIRST_WAITS = "[f-sign]\n    takes:\n      - {working_days: 15, authority: judgement, reason: offer}"
"""What the first step of foreign cooperation waits for once it is made to wait for the last."""

MISTAKES = [
    # file, what is replaced, by what, the point where the finding is (a text that stands once), its key
    (TIMETABLE, "  - step: c-offer\n", "  - step: c-ofer\n", "c-ofer", "timetable.step_unknown"),
    (TIMETABLE, "    after: [c-mapping]\n", "    after: [c-maping]\n", "c-maping", "timetable.step_unknown"),
    (TIMETABLE, "step: c-offer\n", "step: c-mapping\n", "c-mapping\n    after: [c-prep", "timetable.twice"),
    (TIMETABLE, "cites: [pp50-2007:12-1]", "cites: [pp50-2007:120]", "pp50-2007:120]", "citation.unknown"),
    (TIMETABLE, "joint_leave: stops", "joint_leave: stop", "stop\n#", "value.choice"),
    (
        TIMETABLE,
        "{working_days: 10, authority: judgement, reason: commitment}",
        "{working_days: 10, months: 1, authority: judgement, reason: commitment}",
        "{working_days: 10, months",
        "timetable.one_measure",
    ),
    (
        TIMETABLE,
        "{working_days: 10, authority: judgement, reason: commitment}",
        "{authority: judgement, reason: commitment}",
        "{authority: judgement, reason: commitment}",
        "timetable.one_measure",
    ),
    (
        TIMETABLE,
        "{working_days: 10, authority: judgement, reason: commitment}",
        "{working_days: 0, authority: judgement, reason: commitment}",
        "0, authority: judgement, reason: commitment",
        "timetable.days",
    ),
    (
        TIMETABLE,
        "{working_days: 10, authority: judgement, reason: commitment}",
        "{working_days: 10, authority: judgement}",
        "{working_days: 10, authority: judgement}",
        "timetable.no_reason",
    ),
    (
        TIMETABLE,
        "{working_days: 10, authority: judgement, reason: commitment}",
        "{working_days: 10, authority: law, reason: commitment}",
        "{working_days: 10, authority: law",
        "timetable.no_article",
    ),
    (
        TIMETABLE,
        "{working_days: 10, authority: judgement, reason: commitment}",
        "{working_days: 10, authority: judgement, reason: comitment}",
        "comitment",
        "timetable.unknown",
    ),
    (TIMETABLE, "{milestone: rkpd,", "{milestone: rkpdd,", "rkpdd", "timetable.unknown"),
    (TIMETABLE, "            after: comments\n", "            after: coments\n", "coments", "timetable.unknown"),
    (TIMETABLE, "{initiator: [regency, city]}", "{initiator: [regencies]}", "regencies", "value.unknown"),
    (TIMETABLE, "needed_where: {burdens_budget: [yes]", "needed_where: {budget: [yes]", "budget: [yes]",
     "answers.unknown_question"),
    (TIMETABLE, "due: {month: 8, week: 1}", "due: {month: 8, week: 6}", "{month: 8, week: 6}", "timetable.no_day"),
    (TIMETABLE, "due: {month: 8, week: 1}", "due: {month: 13, day: 1}", "{month: 13, day: 1}", "timetable.no_day"),
    (TIMETABLE, "due: {month: 8, week: 1}", "due: {year: 1}", "{year: 1}\n", "timetable.no_day"),
    (TIMETABLE, "  - step: f-initiative\n", "  - step: f-initiative\n    after: [f-sign]\n", FIRST_WAITS,
     "timetable.cycle"),
    (HOLIDAYS, "last_year: 2045", "last_year: 2099", "2099", "timetable.years"),
    (HOLIDAYS, "- year: 2027", "- year: 2025", "2025\n    decree:\n      id: Keputusan bersama tiga menteri t",
     "timetable.years_order"),
    (HOLIDAYS, "day: 2027-03-10", "day: 2026-03-10", "2026-03-10", "timetable.other_year"),
    (HOLIDAYS, "day: 2027-03-10", "day: soon", "soon", "value.day"),
]  # fmt: skip


@pytest.mark.parametrize(("file", "old", "new", "point", "key"), MISTAKES, ids=lambda part: str(part)[:40])
def test_a_mistake_is_found_at_its_place(file: str, old: str, new: str, point: str, key: str, copy: Copy) -> None:
    copy.replace(file, old, new)

    found = [problem for problem in copy.problems() if problem.key == key]

    assert found, [str(problem) for problem in copy.problems()]
    assert copy.place(file, point) in [problem.place for problem in found]
    for problem in found:
        assert_told(problem)


def test_the_steps_that_wait_for_each_other_are_named(copy: Copy) -> None:
    copy.replace(TIMETABLE, "  - step: f-initiative\n", "  - step: f-initiative\n    after: [f-statement]\n")

    (problem,) = [problem for problem in copy.problems() if problem.key == "timetable.cycle"]

    assert "f-initiative → f-statement → f-exploration → f-initiative" in problem.in_language("id")
