"""A lesson in plain mode, line by line and over a pipe."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys

import pytest

from advisor.knowledge_base import Knowledge
from advisor.report.wording import Wording
from advisor.teach.lesson import Lesson
from advisor.teach.teacher import Teacher
from advisor.terminal.plain_lesson import PlainLesson
from advisor.text import LANGUAGES, Language
from lessons import SEEDS, every_library_case


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_whole_of_kartamantul_over_a_pipe(
    language: Language, kartamantul_lesson: Lesson, knowledge: Knowledge
) -> None:
    words = {"id": ("lanjut", "keluar"), "en": ("next", "quit")}[language]
    lines = [words[0]] * (2 * len(kartamantul_lesson.steps) + 1)
    done = subprocess.run(
        [sys.executable, "-m", "advisor", "teach", "kartamantul", "--lang", language],
        input="\n".join([*lines, words[1]]),
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
        env={**os.environ, "PYTHONUTF8": "1"},
        check=False,
    )
    text = done.stdout

    assert (0, "") == (done.returncode, done.stderr)
    study = kartamantul_lesson.taught.study
    assert study is not None
    assert all(reading.text.in_language(language) in text for reading in study.reading.values())
    assert all(s.text.in_language(language) in text for step in kartamantul_lesson.steps for s in step.sayings)
    assert study.outcome.in_language(language) in text
    assert study.lesson.in_language(language) in text
    questions = [c.question.in_language(language) for c in knowledge.library.conclusions.values()]
    assert all(question in text for question in questions)
    # What is asked comes before what comes out.
    approval = {rule.id for rule in knowledge.rulebase.rules if "dprd_approval" in dict(rule.heads)}
    said = next(s for step in kartamantul_lesson.steps for s in step.sayings if s.rule in approval)
    assert text.index(questions[2]) < text.index(said.text.in_language(language))


def _talk(knowledge: Knowledge, lesson: Lesson, *lines: str, language: Language = "id") -> str:
    target = io.StringIO()
    wording = Wording(knowledge.library, language, lesson.taught.case.as_of)
    source = io.StringIO("".join(f"{line}\n" for line in lines))
    PlainLesson(Teacher(knowledge), lesson, wording, source, target).run()
    return target.getvalue()


def test_back_shows_the_page_before_and_stops_at_the_beginning(
    kartamantul_lesson: Lesson, knowledge: Knowledge
) -> None:
    text = _talk(knowledge, kartamantul_lesson, "", "kembali", "kembali", "back")

    assert 2 == text.count("Fakta kasus ini")
    assert 2 == text.count("Ini awal pelajaran.")


def test_words_that_are_not_known_are_named(kartamantul_lesson: Lesson, knowledge: Knowledge) -> None:
    text = _talk(knowledge, kartamantul_lesson, "loncat")

    assert '"loncat" tidak dikenal di sini.' in text


def test_an_answer_is_changed_line_by_line(kartamantul_lesson: Lesson, knowledge: Knowledge) -> None:
    number = list(kartamantul_lesson.taught.case.answers).index("duration") + 1
    text = _talk(
        knowledge, kartamantul_lesson, f"change {number}", "1 year", "yes", "change", "0", "quit", language="en"
    )

    assert "Funding scheme: before routine dues; now agencies' own budgets" in text
    assert "Operator: still no service is run" in text
    assert "The lesson goes on with Duration: Up to one year." in text
    assert "The answers of the case are used again." in text


def test_a_contradiction_is_refused_with_its_sentence_line_by_line(
    kartamantul_lesson: Lesson, knowledge: Knowledge
) -> None:
    number = list(kartamantul_lesson.taught.case.answers).index("region_count") + 1
    text = _talk(knowledge, kartamantul_lesson, f"ubah {number}", "1", "keluar")

    assert "Jawaban ini tidak dapat diambil (Mitra kerja sama, Jumlah daerah). Jumlah daerah dihitung" in text


@every_library_case
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_of_every_case_can_be_written(lesson: Lesson, language: Language, knowledge: Knowledge) -> None:
    pages = [""] * (2 * len(lesson.steps) + 1)
    text = _talk(knowledge, lesson, *pages, "hasil", "fakta", language=language)

    assert all(f" {step.number} " in text for step in lesson.steps)
    assert not re.search(r"\{\w*\}", text)


@pytest.mark.parametrize("lesson", SEEDS, indirect=True)
def test_every_page_of_a_drawn_case_can_be_written(lesson: Lesson, knowledge: Knowledge) -> None:
    text = _talk(knowledge, lesson, *[""] * (2 * len(lesson.steps) + 1))

    assert "Ini akhir pelajaran" in text
