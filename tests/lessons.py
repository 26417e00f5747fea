"""Lessons that several tests teach: on the cases of the library and on drawn ones; each is made once."""

from __future__ import annotations

import random
from datetime import date

import pytest

from advisor.inference.case import Case
from advisor.inference.day import Day
from advisor.knowledge_base import Knowledge
from advisor.teach.case_file import TaughtCaseReader
from advisor.teach.lesson import Lesson
from advisor.teach.taught_case import TaughtCase
from advisor.teach.teacher import Teacher
from rows import drawn_answers

CASES = ("barlingmascakeb", "kartamantul", "kedungsepur", "kunci-bersama", "wonosobo")
SEEDS = range(6)
DAYS = (date(2009, 5, 22), date(2016, 1, 1), date(2024, 5, 31))
CASE_KINDS = [*CASES, *SEEDS]


def day_of(seed: int) -> date:
    return DAYS[seed % len(DAYS)]


def library_case(knowledge: Knowledge, name: str) -> TaughtCase:
    return TaughtCaseReader(knowledge).of_library(knowledge.library.cases[name])


def drawn_case(knowledge: Knowledge, seed: int) -> TaughtCase:
    """Return part of a full set of answers; for odd seeds of answers by which the cooperation is admissible."""
    day, drawn = knowledge.on(day_of(seed)), random.Random(seed)  # noqa: S311
    compiled, gate = day.generated, day.generated.atoms.index(("admissible", "yes"))
    while True:
        row = drawn_answers(drawn.randrange(2**32), day)
        if not compiled.contradictions(row) and (seed % 2 == 0 or compiled.evaluate_row(row)[1][gate]):
            break
    share = drawn.random()
    codes = {d.id: code for d, code in zip(day.program.domains, row, strict=True) if drawn.random() < share}
    return TaughtCase(str(seed), case_on(day, day_of(seed), codes))


def case_on(day: Day, as_of: date, codes: dict[str, int]) -> Case:
    program = day.program
    return Case(as_of, {q: program.domains[program.position[q]].decode(code) for q, code in codes.items()}, codes)


_LESSONS: dict[str | int, Lesson] = {}


def lesson_of(knowledge: Knowledge, kind: str | int) -> Lesson:
    if kind not in _LESSONS:
        taught = library_case(knowledge, kind) if isinstance(kind, str) else drawn_case(knowledge, kind)
        _LESSONS[kind] = Teacher(knowledge).lesson(taught)
    return _LESSONS[kind]


every_case = pytest.mark.parametrize("lesson", CASE_KINDS, indirect=True, ids=str)
every_library_case = pytest.mark.parametrize("lesson", CASES, indirect=True)
