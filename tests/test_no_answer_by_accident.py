"""Nobody answers by accident: what a person did not choose, mark or write is not taken, and that is said."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from advisor.interview.interview import Interview
from advisor.interview.session import Session
from advisor.knowledge_base import Knowledge
from advisor.understanding.reading import UNKNOWN, Answer
from driver import Driver
from interviews import DAY, begun, shown, talked
from pseudo import signed_on_no_day

SHARED: dict[str, Answer] = {"initiator": "regency", "counterparts": ("regency_city_same_province",)}
ASKED: dict[str, tuple[str, dict[str, Answer]]] = {
    "choice": ("initiator", {}),
    "choices": ("counterparts", {}),
    "number": ("region_count", SHARED),
    "yes_no": ("bordering", {**SHARED, "region_count": 3}),
}
"""For each type a question, and answers with which it is asked when all before it is not known."""

ACCIDENTS = {
    "Enter at once": ["enter"],
    "Enter twice": ["enter", "enter"],
    "a number of no option": ["9", "9", "9", "enter"],
    "a number, and more digits": ["1", "9", "9", "9", "enter"],
    "a raised number": ["²", "enter"],
    "a number of another script": ["٣", "enter"],
    "letters that mean nothing": [*"xyz", "enter"],
    "part of a word": [*"aten", "enter"],
    "a tab": ["tab", "enter"],
    "a page up": ["pageup", "enter"],
    "a key without meaning": ["f12", "enter"],
    "a blank": ["space", "enter"],
    "Escape": ["escape", "enter"],
    "delete": ["delete", "enter"],
}


def _asked(knowledge: Knowledge, kind: str) -> Interview:
    """Return an interview that asks a question of this type."""
    question, answers = ASKED[kind]
    order = list(knowledge.library.questions)
    before = dict.fromkeys(order[: order.index(question)], UNKNOWN)
    interview = begun(knowledge, Session(DAY, {**before, **answers}), stage="diagnosis")
    assert (question, kind) == (interview.question, knowledge.library.questions[question].type)
    return interview


@pytest.fixture
def on_screen() -> Iterator[ExitStack]:
    """What keeps a screen open."""
    with ExitStack() as stack:
        yield stack


def _screen(stack: ExitStack, interview: Interview) -> Driver:
    driver = stack.enter_context(shown(interview))
    if not interview.session.given:
        driver.press("1", "enter")
    return driver


def _told(driver: Driver) -> str:
    """Return what the screen says to the person: the sentence above the keys, and what is wrong with a number."""
    field = driver.shell.screen.field
    return driver.shell.message or ("" if field is None else field.wrong)


@pytest.mark.parametrize("kind", ASKED)
def test_on_the_screen_nothing_is_taken_and_what_is_expected_is_said(
    kind: str, knowledge: Knowledge, on_screen: ExitStack
) -> None:
    interview = _asked(knowledge, kind)
    before = interview.session
    driver = _screen(on_screen, interview)
    silent = []
    for accident, keys in ACCIDENTS.items():
        driver.press(*keys)
        told = _told(driver)
        if before != interview.session or not told or told not in driver.text:
            silent.append(accident)
        driver.press(*6 * ["backspace"])

    assert [] == silent


@pytest.mark.parametrize("kind", ASKED)
def test_nothing_is_chosen_when_a_question_is_asked(kind: str, knowledge: Knowledge, on_screen: ExitStack) -> None:
    driver = _screen(on_screen, _asked(knowledge, kind))

    chosen = [row for row in driver.rows if row.lstrip().startswith("›")]

    assert [] == [row for row in chosen if row.strip("› │").strip()] or kind == "number"
    assert "[x]" not in driver.text


@pytest.mark.parametrize("kind", ["choice", "yes_no"])
def test_a_stray_second_enter_answers_no_second_question(
    kind: str, knowledge: Knowledge, on_screen: ExitStack
) -> None:
    interview = _asked(knowledge, kind)
    count = len(interview.session.given)
    driver = _screen(on_screen, interview)

    driver.press("1", "enter", "enter", "enter")

    assert count + 1 == len(interview.session.given)
    assert _told(driver)


@pytest.mark.parametrize("number", ["0", "7"])
def test_a_number_that_means_something_else_never_says_yes(
    number: str, knowledge: Knowledge, on_screen: ExitStack
) -> None:
    for say_it in (lambda i: talked(i, number), lambda i: _screen(on_screen, i).press(number, "enter")):
        interview = _asked(knowledge, "yes_no")
        say_it(interview)

        assert interview.session.given.get("bordering", UNKNOWN) == UNKNOWN


LINES = ("", " ", "\t", "999", "²", "٣", "xyz", "aten", "1)", "kembali 2", "1 orang", "1,999")


@pytest.mark.parametrize("kind", ASKED)
def test_line_by_line_nothing_is_taken_and_what_is_expected_is_said(kind: str, knowledge: Knowledge) -> None:
    interview = _asked(knowledge, kind)
    before = interview.session

    text = talked(interview, *LINES)

    assert before == interview.session
    _, *told, _ = text.split("Jawaban: ")
    assert [] == [line for line, sentence in zip(LINES, told, strict=True) if len(sentence.split()) < 4]


BARRED = Session(DAY, {"lawful_object": "no", "counterparts": ("cooperative",)})


def test_at_the_end_and_where_the_day_is_asked_for_nothing_is_done_by_accident(
    knowledge: Knowledge, on_screen: ExitStack
) -> None:
    for session in (BARRED, signed_on_no_day(knowledge)):
        interview = begun(knowledge, session)
        driver = _screen(on_screen, interview)
        before = driver.text.partition(" 1. ")[0]
        for keys in (["enter"], ["0"], ["9", "9"], ["f7"], ["tab"], ["escape"], [*"xyz", "enter"]):
            driver.press(*keys)
            assert driver.shell.message, keys

            driver.press(*4 * ["backspace"])
            assert (session, False) == (interview.session, interview.revisiting), keys
            assert before == driver.text.partition(" 1. ")[0], keys


def test_line_by_line_an_empty_line_says_what_is_expected_at_the_end_and_where_the_day_is_asked_for(
    knowledge: Knowledge,
) -> None:
    assert "Tulis salah satu: saran, jawaban, jika" in talked(begun(knowledge, BARRED), "")
    assert 2 == talked(begun(knowledge, signed_on_no_day(knowledge)), "").count(
        "Naskah kerja sama sudah ditandatangani."
    )


@pytest.mark.parametrize("lines", [["jika", ""], ["jika 1", ""], ["tulis", ""]], ids=" ".join)
def test_what_is_left_open_is_said_to_be_nothing(lines: list[str], knowledge: Knowledge) -> None:
    interview = begun(knowledge, Session(DAY, {"initiator": "city"}))

    assert "Tidak ada yang dipilih." in talked(interview, *lines)
