"""The timetable: which steps are put on which days, and what decides the day of signing."""

from __future__ import annotations

import io
import json
import re
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from zipfile import ZipFile

import docx
import pytest
from icalendar import Calendar

from advisor.advice.advice import Advice
from advisor.advice.advising import advise
from advisor.inference.case import Case
from advisor.knowledge.library import Library
from advisor.knowledge.timetable import TimetableFile
from advisor.knowledge_base import Knowledge
from advisor.papers.document import Timeline
from advisor.papers.docx_writer import docx_of
from advisor.papers.html_writer import html_of
from advisor.papers.text_writer import write_text
from advisor.report.timetable_calendar import timetable_calendar
from advisor.report.timetable_report import timeline_block, timetable_report
from advisor.report.wording import Wording
from advisor.text import LANGUAGES, Language
from advisor.timetable.as_data import timetable_data
from advisor.timetable.schedule import timetable
from advisor.timetable.spans import Terms
from advisor.timetable.timetable import Days, Timetable
from advisor.timetable.waiting import order_of, way_to, without
from advisor.timetable.working_days import CalendarEndsError, WorkingDays
from explained import case_of, drawn_case, study_case
from pseudo import CASES, WIDE, Said, in_a_report, stray

pytestmark = pytest.mark.knowledge

TODAY = date(2026, 11, 30)
DOMESTIC = {
    "initiator": "regency",
    "counterparts": ["regency_city_same_province"],
    "region_count": 3,
    "bordering": "no",
    "urban_area": "no",
    "sector": "health",
    "lawful_object": "yes",
    "within_authority": "yes",
    "in_development_plan": "yes",
    "activities": ["operate_service"],
    "charges_users": "no",
    "burdens_budget": "yes",
    "burdens_public": "yes",
    "budgeted": "no",
    "uses_regional_assets": "no",
    "leader_commitment": "strong",
    "coordination": "high",
    "agreement": "none",
    "existing_cooperation": "none",
}
"""A cooperation between regencies that the DPRD must approve, under each law."""

FOREIGN = {
    "initiator": "regency",
    "counterparts": ["foreign_government"],
    "lawful_object": "yes",
    "within_authority": "yes",
    "in_development_plan": "yes",
    "foreign_conditions_met": "yes",
    "agreement": "none",
}


@pytest.fixture(scope="module")
def told(knowledge: Knowledge) -> TimetableFile:
    found = knowledge.library.timetable
    assert found is not None
    return found


def _advice(knowledge: Knowledge, as_of: date, answers: dict[str, Any], **more: Any) -> Advice:
    return advise(knowledge, case_of(knowledge, {"as_of": as_of, "answers": answers, **more}))


def _made(knowledge: Knowledge, advice: Advice, start: date | None = None, **more: Any) -> Timetable:
    made = timetable(knowledge, advice, start, today=TODAY, **more)
    assert made is not None
    return made


def _days(knowledge: Knowledge) -> WorkingDays:
    holidays = knowledge.library.holidays
    assert holidays is not None
    return WorkingDays(holidays, "stops")


# -- the periods of the law ---------------------------------------------------------------------------------


def test_the_two_rounds_of_the_dprd_are_those_of_government_regulation_50_of_2007(
    knowledge: Knowledge, told: TimetableFile
) -> None:
    # PP 50/2007 Pasal 12: 45 working days to assess (1); comments 15 from receipt (2); resubmission 14 (3); 15 for
    # the second look (4). Received Mon 2 September 2013. SKB 2013: off are 14 and 15 October, 5 November.
    # 45: 4 to 6 Sep, 5 a week to 11 Oct (29), 3 (32), 5 (37), 5 (42), then 4, 6 and 7 November.
    # 15: to Mon 23 September; 14 more: to Fri 11 October; 15 more: 3, 5, 5, then 4 and 6 November.
    # Where the comments come only on 7 November: 14 more to 27 November, 15 more to 18 December.
    period = next(period for period in told.periods if period.step == "p50-dprd")
    terms = Terms(knowledge.library, date(2013, 9, 2), {}, _days(knowledge), {})
    (span,) = period.takes
    received = date(2013, 9, 2)
    latest = terms.latest(span, received)

    assert date(2013, 11, 7) == latest
    assert {
        "comments": date(2013, 9, 23),
        "resubmission": date(2013, 10, 11),
        "second-look": date(2013, 11, 6),
        "late-resubmission": date(2013, 11, 27),
        "late-second-look": date(2013, 12, 18),
    } == {part.id: part.latest for part in terms.parts(span, Days(received, latest))}
    assert ("pp50-2007:12-1",) == span.cites


@pytest.mark.parametrize(
    ("as_of", "answers", "step", "measure", "cites"),
    [
        # PP 50/2007 Pasal 12 ayat (1).
        (date(2013, 6, 3), DOMESTIC, "p50-dprd", 45, ("pp50-2007:12-1",)),
        # PP 28/2018 Pasal 30 ayat (4), alone until 21 May 2020.
        (date(2019, 6, 3), FOREIGN, "f-dprd", 45, ("pp28-2018:30-4",)),
        # Permendagri 25/2020 Pasal 17 ayat (2), from 22 May 2020.
        (date(2024, 6, 3), FOREIGN, "f-dprd-2020", 45, ("permendagri25-2020:17-2",)),
        # PP 12/2019 Pasal 92 ayat (4): together with the signing of KUA and PPAS.
        (date(2024, 6, 3), {**DOMESTIC, "activities": ["build_facility"]}, "multi-year", None, ("pp12-2019:92-4",)),
    ],
)
def test_a_period_that_the_law_sets_names_its_article(
    as_of: date,
    answers: dict[str, Any],
    step: str,
    measure: int | None,
    cites: tuple[str, ...],
    knowledge: Knowledge,
) -> None:
    entry = _made(knowledge, _advice(knowledge, as_of, answers)).entry(step)

    assert (True, measure, cites) == (entry.statutory, entry.amount, entry.cites)


def test_the_dprd_has_no_period_in_law_for_domestic_cooperation_today(knowledge: Knowledge) -> None:
    # PP 28/2018 Pasal 6 and 19 set none (doubt D1): the 45 working days are an estimate, and say so.
    entry = _made(knowledge, _advice(knowledge, date(2024, 6, 3), DOMESTIC)).entry("c-dprd")

    assert (45, False, "judgement", ()) == (entry.amount, entry.statutory, entry.authority, entry.cites)
    assert entry.reason is not None


def test_the_governor_passes_the_papers_of_a_regency_on_within_five_working_days(knowledge: Knowledge) -> None:
    # Permendagri 25/2020 Pasal 18 ayat (4) and 20 ayat (4); a province hands its own papers in.
    regency = _made(knowledge, _advice(knowledge, date(2024, 6, 3), FOREIGN))
    province = _made(knowledge, _advice(knowledge, date(2024, 6, 3), {**FOREIGN, "initiator": "province"}))
    before = _made(knowledge, _advice(knowledge, date(2019, 6, 3), FOREIGN))

    for step in ("f-verification", "f-draft"):
        (part,) = regency.entry(step).parts
        assert ("governor", 5, False) == (part.id, part.working_days, part.possible)
        assert () == province.entry(step).parts == before.entry(step).parts


@pytest.mark.parametrize(("initiator", "latest"), [("regency", date(2025, 1, 7)), ("province", date(2025, 1, 14))])
def test_the_yearly_report_falls_into_the_first_or_second_week_of_january(
    initiator: str, latest: date, knowledge: Knowledge
) -> None:
    # Permendagri 25/2020 Pasal 35 (regent or mayor: first week) and 36 (governor: second week).
    advice = _advice(
        knowledge, date(2024, 2, 1), {**FOREIGN, "initiator": initiator, "agreement": "signed_written"}
    )

    assert latest == _made(knowledge, advice, date(2024, 2, 1)).entry("f-report-2020").latest


def test_every_step_has_a_period_and_every_estimate_a_reason(told: TimetableFile, knowledge: Knowledge) -> None:
    assert set(knowledge.library.steps) == {period.step for period in told.periods}
    for period in told.periods:
        for span in period.takes:
            assert (span.authority == "judgement") == (span.reason is not None), period.step


# -- what is scheduled --------------------------------------------------------------------------------------


def test_what_lies_behind_is_not_scheduled(knowledge: Knowledge) -> None:
    signed = {**DOMESTIC, "agreement": "memorandum_signed"}
    before, after = (_made(knowledge, _advice(knowledge, date(2024, 6, 3), a)) for a in (DOMESTIC, signed))
    done = {"c-preparation", "c-offer", "c-agreement-draft", "c-agreement-sign"}

    assert done <= {entry.step for entry in before.entries}
    assert not done & {entry.step for entry in after.entries}
    assert len(done) == after.done
    # The memorandum being signed, the DPRD is asked first.
    assert after.start == after.entry("c-dprd").begins
    assert after.signing is not None
    assert before.signing is not None
    assert after.signing.first < before.signing.first


def test_a_signed_agreement_leaves_the_proof_of_the_approval_and_what_comes_after(knowledge: Knowledge) -> None:
    advice = _advice(knowledge, date(2024, 6, 3), {**DOMESTIC, "agreement": "signed_written"})
    made = _made(knowledge, advice)

    assert made.signing is None
    assert ("proof", 10) == (made.entry("c-dprd").state, made.entry("c-dprd").amount)
    assert "c-pks-sign" not in {entry.step for entry in made.entries}
    assert made.start == made.entry("c-run").begins


def test_what_the_dprd_need_not_approve_does_not_wait_for_it(knowledge: Knowledge) -> None:
    # PP 28/2018 Pasal 6 ayat (2): budgeted, and no burden on the public.
    answers = {**DOMESTIC, "budgeted": "yes", "burdens_public": "no"}
    made = _made(knowledge, _advice(knowledge, date(2024, 6, 3), answers))

    assert "c-dprd" not in {entry.step for entry in made.entries}
    assert ("c-agreement-sign",) == made.entry("c-pks-draft").waits_for


def test_where_the_dprd_may_have_to_approve_both_days_are_given(knowledge: Knowledge) -> None:
    answers = {name: answer for name, answer in DOMESTIC.items() if name not in ("budgeted", "burdens_public")}
    made = _made(knowledge, _advice(knowledge, date(2024, 6, 3), answers), date(2024, 6, 3))

    assert made.signing is not None
    assert made.signing.day is not None
    assert "possible" == made.entry("c-dprd").state
    # 45 working days lie between: the period of the DPRD alone.
    assert 45 == _days(knowledge).count(made.signing.day, made.signing.with_possible)
    draft = made.entry("c-pks-draft")
    assert ("c-agreement-sign",) == draft.waits_for
    assert draft.with_possible is not None
    assert made.entry("c-dprd").latest == draft.with_possible.begins


def test_in_doubt_nothing_is_taken_for_signed(knowledge: Knowledge) -> None:
    answers = {name: answer for name, answer in DOMESTIC.items() if name != "agreement"}
    made = _made(knowledge, _advice(knowledge, date(2024, 6, 3), answers))

    assert made.unsigned_assumed
    assert "certain" == made.entry("c-preparation").state


def test_the_longest_steps_on_the_way_decide(knowledge: Knowledge) -> None:
    made = _made(knowledge, _advice(knowledge, date(2024, 6, 3), DOMESTIC))

    assert made.signing is not None
    assert "c-dprd" in made.signing.decided_by
    assert all(made.entry(step).decisive for step in made.signing.decided_by)


def test_a_second_round_of_the_dprd_puts_the_signing_off(knowledge: Knowledge) -> None:
    # PP 50/2007 Pasal 12 ayat (3), (4): 14 and 15 working days beyond the 45.
    made = _made(knowledge, _advice(knowledge, date(2013, 6, 3), DOMESTIC))

    assert made.signing is not None
    assert made.signing.delayed is not None
    assert 29 == _days(knowledge).count(made.signing.first, made.signing.delayed)


def test_a_statement_of_intent_that_would_lapse_is_told(knowledge: Knowledge) -> None:
    # Permendagri 25/2020 Pasal 13 ayat (3): one year at most from its signing. With all estimates the text is
    # signed in time; where everything takes twice as long it is not.
    advice = _advice(knowledge, date(2024, 6, 3), FOREIGN)
    told = knowledge.library.timetable
    assert told is not None
    limit = replace(told.limits[0], months=3)
    hasty = Knowledge(
        replace(knowledge.library, timetable=replace(told, limits=(limit,))), knowledge.rulebase, knowledge.digest
    )

    assert () == _made(knowledge, advice).missed
    (missed,) = _made(hasty, advice).missed
    assert ("f-sign", "f-statement", ("permendagri25-2020:13-3",)) == (missed.step, missed.after, missed.cites)


# -- from which day, under which law ------------------------------------------------------------------------


def test_without_a_start_it_begins_today_or_on_the_day_of_a_law_that_holds_no_more(knowledge: Knowledge) -> None:
    now = _made(knowledge, _advice(knowledge, date(2024, 6, 3), DOMESTIC))
    then = _made(knowledge, _advice(knowledge, date(2013, 6, 3), DOMESTIC))
    asked = _made(knowledge, _advice(knowledge, date(2013, 6, 3), DOMESTIC), date(2026, 2, 2))

    assert (TODAY, "today") == (now.start, now.start_reason)
    assert (date(2013, 6, 3), "day_of_law") == (then.start, then.start_reason)
    assert (date(2026, 2, 2), "asked") == (asked.start, asked.start_reason)
    assert "C" == asked.other_law


def test_a_start_on_a_holiday_moves_to_the_next_working_day(knowledge: Knowledge) -> None:
    # SKB 1497, 2, 5/2025: Wed 18 to Tue 24 March 2026 are off.
    made = _made(knowledge, _advice(knowledge, date(2026, 6, 3), DOMESTIC), date(2026, 3, 18))

    assert date(2026, 3, 25) == made.start


def test_a_planned_day_that_cannot_be_met_is_told(knowledge: Knowledge) -> None:
    planned = date(2027, 1, 29)
    made = _made(knowledge, _advice(knowledge, planned, DOMESTIC))

    assert made.signing is not None
    assert made.late_by == _days(knowledge).count(planned, made.signing.first)
    assert _made(knowledge, _advice(knowledge, date(2029, 1, 29), DOMESTIC)).late_by is None


@pytest.mark.parametrize("start", [date(2006, 1, 2), date(2045, 12, 1), date(9999, 12, 31), date(1, 1, 1)])
def test_days_beyond_the_known_holidays_are_refused(start: date, knowledge: Knowledge) -> None:
    with pytest.raises(CalendarEndsError):
        _made(knowledge, _advice(knowledge, date(2024, 6, 3), DOMESTIC), start)


def test_knowledge_without_periods_has_no_timetable(knowledge: Knowledge) -> None:
    bare = Knowledge(replace(knowledge.library, timetable=None), knowledge.rulebase, knowledge.digest)

    assert timetable(bare, _advice(knowledge, date(2024, 6, 3), DOMESTIC), today=TODAY) is None


# -- the budget ---------------------------------------------------------------------------------------------


def _cycles(knowledge: Knowledge, as_of: date, start: date) -> dict[str, dict[str, date]]:
    made = _made(knowledge, _advice(knowledge, as_of, DOMESTIC), start)
    assert made.budget is not None
    return {
        cycle.id: {m.id: m.latest for m in cycle.milestones} | {"money": cycle.money_from}
        for cycle in made.budget.cycles
    }


def test_the_budget_of_today_is_that_of_government_regulation_12_of_2019(knowledge: Knowledge) -> None:
    # PP 12/2019 Pasal 90 (second week of July, of August), 104 (60 working days before 30 November, Pasal 1 angka
    # 85), 106 (one month before the year), 117 (31 December); 169, 177, 179 and 180-181 for the change. By hand
    # for 2026: 14 July is a Tuesday, 14 August a Friday, 7 August a Friday, 14 September a Monday; from Wed 30
    # September 18 working days lead to Mon 26 October.
    cycles = _cycles(knowledge, date(2026, 7, 1), date(2026, 7, 1))

    assert {
        "rkpd": date(2026, 7, 14),
        "kua-draft": date(2026, 7, 14),
        "kua-agreed": date(2026, 8, 14),
        "apbd-draft": date(2026, 9, 7),
        "apbd-agreed": date(2026, 11, 30),
        "apbd-enacted": date(2026, 12, 31),
        "money": date(2027, 1, 1),
    } == cycles["ordinary-2019"]
    assert {
        "changed-kua-draft": date(2026, 8, 7),
        "changed-kua-agreed": date(2026, 8, 14),
        "changed-draft": date(2026, 9, 14),
        "changed-agreed": date(2026, 9, 30),
        "changed-evaluated": date(2026, 10, 26),
        "money": date(2026, 10, 26),
    } == cycles["changed-2019"]


def test_a_cycle_that_has_begun_is_passed_over_for_the_next(knowledge: Knowledge) -> None:
    # On 15 July 2026 the drafts of KUA and PPAS are a day late: the APBD of 2028 is the next.
    cycles = _cycles(knowledge, date(2026, 7, 15), date(2026, 7, 15))

    assert date(2028, 1, 1) == cycles["ordinary-2019"]["money"]
    assert date(2026, 10, 26) == cycles["changed-2019"]["money"]


@pytest.mark.parametrize(
    ("as_of", "cycles"),
    [
        # UU 17/2003 Pasal 18, 20 with UU 32/2004 Pasal 181, 183, then with UU 23/2014 Pasal 312, 317.
        (date(2013, 6, 3), {"ordinary-2004", "changed-2004"}),
        (date(2014, 10, 1), {"ordinary-2004", "changed-2004"}),
        (date(2014, 10, 2), {"ordinary-2014", "changed-2014"}),
        (date(2019, 3, 11), {"ordinary-2014", "changed-2014"}),
        # PP 12/2019 is in force from 12 March 2019.
        (date(2019, 3, 12), {"ordinary-2019", "changed-2019"}),
    ],
)
def test_the_cycle_is_that_of_the_law_of_the_day(as_of: date, cycles: set[str], knowledge: Knowledge) -> None:
    assert cycles == set(_cycles(knowledge, as_of, as_of))


def test_the_budget_of_2013_is_that_of_law_17_of_2003(knowledge: Knowledge) -> None:
    # UU 17/2003 Pasal 18 ayat (1): mid June (15 June 2013 is a Saturday, so 14 June); 20 ayat (1): first week of
    # October (7 October is a Monday); 20 ayat (4): one month before the year (30 November is a Saturday).
    assert {
        "rkpd": date(2013, 6, 14),
        "kua-draft": date(2013, 6, 14),
        "apbd-draft": date(2013, 10, 7),
        "apbd-agreed": date(2013, 11, 29),
        "money": date(2014, 1, 1),
    } == _cycles(knowledge, date(2013, 6, 3), date(2013, 6, 3))["ordinary-2004"]


def test_the_budget_is_shown_only_where_a_cost_waits_for_it(knowledge: Knowledge) -> None:
    day = date(2024, 6, 3)
    unknown = {name: answer for name, answer in DOMESTIC.items() if name != "budgeted"}
    made = _made(knowledge, _advice(knowledge, day, unknown))

    assert made.budget is not None
    assert (False, ("budgeted",)) == (made.budget.certain, made.budget.depends_on)
    for settled in ({"budgeted": "yes"}, {"burdens_budget": "no"}):
        assert _made(knowledge, _advice(knowledge, day, {**DOMESTIC, **settled})).budget is None


# -- whatever the answers -----------------------------------------------------------------------------------

NOTHING: dict[str, Any] = {"as_of": "2026-11-30", "answers": {}}
DRAWN = 60


ADVISED: dict[str | int, Advice] = {}
"""The advice on each of the cases, worked out once."""


def _case(knowledge: Knowledge, name: str | int) -> Case:
    if name == "nothing":
        return case_of(knowledge, NOTHING)
    return drawn_case(name, knowledge) if isinstance(name, int) else study_case(knowledge, name)


def _advised(knowledge: Knowledge, name: str | int) -> Advice:
    if name not in ADVISED:
        ADVISED[name] = advise(knowledge, _case(knowledge, name))
    return ADVISED[name]


EVERY = [*CASES, "nothing", *range(DRAWN)]


@pytest.mark.parametrize("name", EVERY)
def test_steps_follow_what_they_wait_for(name: str | int, knowledge: Knowledge) -> None:
    made = _made(knowledge, _advised(knowledge, name))

    assert [*range(1, len(made.entries) + 1)] == [entry.number for entry in made.entries]
    for entry in made.entries:
        assert made.start <= entry.begins
        assert entry.latest is None or entry.begins <= entry.latest
        for before in map(made.entry, entry.waits_for):
            days = before.with_possible if entry.state == "possible" and before.with_possible else before
            assert days.latest is None or days.latest <= entry.begins
        if entry.with_possible is not None:
            assert "possible" != entry.state
            assert entry.begins <= entry.with_possible.begins
    if made.signing is not None:
        assert made.signing.first <= made.signing.with_possible
        assert made.signing.delayed is None or made.signing.first < made.signing.delayed
    taken = [step.id for step in _advised(knowledge, name).steps if not step.done and step.applies is not False]
    assert sorted(taken) == sorted(entry.step for entry in made.entries)


@pytest.mark.parametrize("name", EVERY)
def test_who_begins_later_never_signs_earlier(name: str | int, knowledge: Knowledge) -> None:
    advice = _advised(knowledge, name)
    signed = [
        _made(knowledge, advice, date(2026, 1, 5) + timedelta(number)).signing for number in range(0, 260, 37)
    ]

    days = [(signing.first, signing.with_possible) for signing in signed if signing is not None]
    assert len(days) in (0, len(signed))
    for part in (0, 1):
        assert sorted(day[part] for day in days) == [day[part] for day in days]


@pytest.mark.parametrize("name", EVERY)
def test_joint_leave_that_counts_brings_no_later_day(name: str | int, knowledge: Knowledge) -> None:
    advice = _advised(knowledge, name)
    stops = _made(knowledge, advice, date(2026, 1, 5)).signing
    counts = _made(knowledge, advice, date(2026, 1, 5), joint_leave="counts").signing

    assert (stops is None) == (counts is None)
    if stops is not None and counts is not None:
        assert counts.first <= stops.first
        assert counts.with_possible <= stops.with_possible


@pytest.mark.parametrize("name", EVERY)
def test_the_calendar_has_the_days_of_the_data(name: str | int, knowledge: Knowledge) -> None:
    advice = _advised(knowledge, name)
    made = _made(knowledge, advice)
    data = json.loads(json.dumps(timetable_data(knowledge, made, "id")))
    events = Calendar.from_ical(timetable_calendar(knowledge.library, advice, made, "id")).walk("VEVENT")

    found = {
        str(event["uid"]).partition("@")[0].partition("-")[2]: (
            event.decoded("dtstart"),
            event.decoded("dtend") - timedelta(1),
        )
        for event in events
    }
    expected = {}
    for entry in data["entries"]:
        if entry["latest"] is not None:
            expected[entry["step"]] = entry["begins"], entry["latest"]
        for part in entry.get("parts", ()):
            expected[f"{entry['step']}.{part['id']}"] = part["begins"], part["latest"]
    for cycle in (data["budget"] or {"cycles": ()})["cycles"]:
        for day in cycle["milestones"]:
            expected[f"{cycle['id']}.{day['id']}"] = day["latest"], day["latest"]
    assert len(found) == len(events)
    assert expected == {event: (first.isoformat(), last.isoformat()) for event, (first, last) in found.items()}


@pytest.mark.parametrize("name", [*CASES, "nothing", *range(12)])
@pytest.mark.parametrize("language", LANGUAGES)
def test_text_page_and_paper_say_the_same(name: str | int, language: Language, knowledge: Knowledge) -> None:
    advice = _advised(knowledge, name)
    made = _made(knowledge, advice)
    plain, drawn = (
        timetable_report(knowledge.library, advice, made, language, pictures=pictures) for pictures in (False, True)
    )
    stream = io.StringIO()
    write_text(plain, stream, WIDE)
    paper = docx.Document(io.BytesIO(docx_of(drawn)))
    texts = {
        "text": stream.getvalue(),
        "page": re.sub(r"<[^>]+>", " ", html_of(plain)).replace("&amp;", "&").replace("&#x27;", "'"),
        "paper": "\n".join(node.text or "" for node in paper.element.body.iter() if node.tag.endswith("}t")),
    }
    wording = Wording(knowledge.library, language, advice.as_of)
    for entry in made.entries:
        for said in (wording.text(entry.label), wording.text(entry.actor), wording.text(entry.output)):
            for kind, text in texts.items():
                assert _words(said) <= _words(text), kind
    pictures = [block for block in drawn.blocks if isinstance(block, Timeline)]
    assert [timeline_block(wording, made)] == pictures or not pictures


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text))


@pytest.mark.parametrize("name", [*CASES, "nothing", *range(20)])
def test_a_timetable_says_nothing_that_is_not_in_a_catalogue(
    name: str | int, said: Said, knowledge: Knowledge
) -> None:
    advice = advise(knowledge, _case(knowledge, name))  # anew, in the letters of the catalogue
    made = _made(knowledge, advice)

    for language in LANGUAGES:
        # A library is called by its name.
        allowed = in_a_report(knowledge)
        stream = io.StringIO()
        write_text(timetable_report(knowledge.library, advice, made, language, pictures=True), stream, WIDE)
        assert [] == stray(stream.getvalue(), language, allowed)
        for event in Calendar.from_ical(timetable_calendar(knowledge.library, advice, made, language)).walk(
            "VEVENT"
        ):
            assert [] == stray(f"{event['summary']} {event['description']}", language, allowed)
    assert "steps.title" in said.keys_said


# -- the calendar and the picture ---------------------------------------------------------------------------


def test_the_same_events_keep_their_names_when_the_timetable_moves(knowledge: Knowledge) -> None:
    advice = _advice(knowledge, date(2024, 6, 3), DOMESTIC, title="TPA <bersama> & 😀")
    one, other = (_made(knowledge, advice, start) for start in (date(2026, 2, 2), date(2026, 3, 2)))
    calendars = [
        Calendar.from_ical(timetable_calendar(knowledge.library, advice, made, "id")) for made in (one, other)
    ]

    names = [{str(event["uid"]) for event in calendar.walk("VEVENT")} for calendar in calendars]
    assert names[0] == names[1]
    assert "TPA <bersama> & 😀" in str(calendars[0]["x-wr-calname"])
    assert {"20260202T000000Z"} == {event["dtstamp"].to_ical().decode() for event in calendars[0].walk("VEVENT")}


def test_the_same_timetable_gives_the_same_files(knowledge: Knowledge) -> None:
    advice = _advice(knowledge, date(2024, 6, 3), DOMESTIC)
    made = _made(knowledge, advice)
    report = timetable_report(knowledge.library, advice, made, "id", pictures=True)

    assert docx_of(report) == docx_of(report)
    assert timetable_calendar(knowledge.library, advice, made, "id") == timetable_calendar(
        knowledge.library, advice, made, "id"
    )
    assert any(name.endswith(".png") for name in ZipFile(io.BytesIO(docx_of(report))).namelist())


def test_limits_of_law_stand_out_in_the_picture(knowledge: Knowledge) -> None:
    advice = _advice(knowledge, date(2013, 6, 3), DOMESTIC)
    made = _made(knowledge, advice)
    block = timeline_block(Wording(knowledge.library, "id", advice.as_of), made)

    assert block is not None
    assert [f"{made.entry('p50-dprd').number}. Persetujuan DPRD"] == [bar.label for bar in block.bars if bar.fixed]


# -- what waits for what ------------------------------------------------------------------------------------


def test_who_waits_for_nobody_that_is_there_waits_for_what_they_wait_for() -> None:
    after = {"d": ("b", "c"), "b": ("a",), "c": ("a",)}

    assert {"a": (), "d": ("a",)} == order_of(("a", "d"), after)
    assert {"a": (), "b": ("a",), "d": ("b",)} == order_of(("a", "b", "d"), after)


def test_what_is_done_is_waited_for_no_more_nor_what_came_before_it() -> None:
    after = {"d": ("c",), "c": ("b", "a")}

    assert {"a": (), "d": ()} == order_of(("a", "d"), after, {"c"})
    assert {"b": (), "c": ("b",)} == order_of(("b", "c"), after, {"a"})


def test_who_waited_for_what_is_left_out_waits_for_all_that_it_waited_for() -> None:
    order = order_of(("a", "b", "c", "d"), {"d": ("c",), "c": ("a", "b")})

    assert {"a": (), "b": (), "d": ("a", "b")} == without(order, {"c"})


def test_the_way_goes_back_to_what_ends_last() -> None:
    order = order_of(("a", "b", "c"), {"c": ("a", "b")})
    ends = {"a": date(2026, 1, 5), "b": date(2026, 1, 6), "c": date(2026, 1, 7)}

    assert ("b", "c") == way_to("c", order, ends)


def test_every_milestone_has_its_own_name(told: TimetableFile, knowledge: Knowledge) -> None:
    library: Library = knowledge.library
    for cycle in told.budget.cycles:
        names = [milestone.id for milestone in cycle.milestones]
        assert len(names) == len(set(names))
        for milestone in cycle.milestones:
            assert all(citation in library.articles for citation in milestone.cites)
