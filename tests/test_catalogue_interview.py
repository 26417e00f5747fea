"""What the interview says, line by line and on the whole screen, comes from a catalogue."""

from __future__ import annotations

import errno
import io
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from prompt_toolkit.input import Input
from prompt_toolkit.output import Output

from advisor.interview.interviewer import Interviewer
from advisor.interview.session import Session
from advisor.knowledge_base import Knowledge
from advisor.report.wording import Wording
from advisor.terminal.interview_screen import InterviewScreen
from advisor.terminal.plain_interview import PlainInterview
from advisor.terminal.shell import Shell
from advisor.text import LANGUAGES, Language
from driver import Driver, driven
from pseudo import (
    CASES,
    DAY,
    MARKED,
    NAME,
    UP_TO_PARTNERS,
    Said,
    all_unknown,
    finished,
    in_a_report,
    interview_of,
    pseudo,
    signed_on_no_day,
    stray,
)

# -- the interview, line by line ----------------------------------------------------------------------------


def _talk(knowledge: Knowledge, lines: Iterable[str], session: Session, language: Language) -> str:
    """Return what the interview writes while these lines are typed."""
    target, source = io.StringIO(), io.StringIO("".join(f"{line}\n" for line in lines))
    interview = interview_of(knowledge, session)
    PlainInterview(interview, Wording(knowledge.library, language), source, target).run()
    return target.getvalue()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_command_of_the_plain_interview_answers_in_words_of_a_catalogue(
    language: Language, said: Said, knowledge: Knowledge
) -> None:
    days = ["hari", "hari 13", "hari 1999-01-01", "hari 2013-06-01"]
    lines = [
        "kembali",
        "jawaban",
        *("tidak tahu" for _ in UP_TO_PARTNERS),
        "99",
        pseudo("a", language),
        "kosong",
        *days,
        "mengapa",
        "bantuan",
        "simpan 2024",
    ]

    text = _talk(knowledge, [*lines, "keluar"], Session(DAY), language)

    assert [] == stray(text, language)
    assert {
        "interview.welcome", "interview.words", "interview.progress", "interview.option", "interview.several",
        "interview.prompt", "interview.first", "interview.answers_none", "interview.not_understood",
        "interview.ambiguous", "interview.never", "interview.day_hint", "interview.not_a_day",
        "answers.not_covered", "interview.day_now", "interview.why", "interview.saved",
    } <= said.keys_said  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_changed_and_contradicting_answers_are_spoken_of_in_words_of_a_catalogue(
    language: Language, said: Said, knowledge: Knowledge
) -> None:
    lines = ["1,2", "1", "jawaban", "jawaban 1", "999999", "", "jawaban 6", "1,2,3", "jawaban 2", "keluar"]

    text = _talk(knowledge, lines, Session(DAY, {"region_count": 2, **UP_TO_PARTNERS}), language)

    assert [] == stray(text, language)
    assert {
        "interview.contradicts", "interview.dropped", "interview.answers_hint", "interview.number",
        "interview.number_wanted", "interview.now", "interview.one",
    } <= said.keys_said  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_question_is_asked_and_explained_in_words_of_a_catalogue(
    language: Language, said: Said, knowledge: Knowledge
) -> None:
    session = all_unknown(knowledge)
    looks = [[f"jawaban {number}", "bantuan", "mengapa", ""] for number in range(1, len(session.given) + 1)]

    text = _talk(knowledge, [line for look in looks for line in look], session, language)

    assert [] == stray(text, language)
    for question in knowledge.library.questions.values():
        assert question.text.in_language(language) in text
        assert question.hint is not None
        assert question.hint.in_language(language) in text
    assert {"interview.stop_headline", "interview.why_settled", "interview.unknown"} <= said.keys_said


@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_stop_line_and_the_diagnosis_are_said_in_words_of_a_catalogue(
    name: str, language: Language, said: Said, knowledge: Knowledge
) -> None:
    text = _talk(knowledge, ["13", "jawaban", "saran", "ya"], finished(knowledge, name), language)

    assert [] == stray(text, language, in_a_report(knowledge, language))
    assert {
        "interview.stop_headline", "interview.go_on", "interview.not_now", "interview.stop_done",
        "interview.summary",
    } <= said.keys_said  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_day_of_a_signed_agreement_is_asked_for_in_words_of_a_catalogue(
    language: Language, said: Said, knowledge: Knowledge
) -> None:
    lines = ["bantuan", "13", "1999-01-01", "hari", "jawaban", "simpan 2024", "kembali", "", "2013-06-01", "keluar"]

    text = _talk(knowledge, lines, signed_on_no_day(knowledge), language)

    assert [] == stray(text, language)
    assert {
        "interview.own_day",
        "interview.not_a_day",
        "answers.not_covered",
        "interview.day_now",
    } <= said.keys_said


# -- the interview on the whole screen ----------------------------------------------------------------------


class _Screen:
    """The interview on the whole screen; after every key there is a look at what it shows."""

    def __init__(self, driver: Driver, language: Language) -> None:
        self.driver = driver
        self.language = language
        self.allowed = {MARKED}
        self.look()

    def look(self) -> None:
        """Fail where something is shown that is not in a catalogue."""
        assert [] == stray(self.driver.text, self.language, self.allowed)

    def press(self, *keys: str) -> None:
        """Press keys: names of keys, or characters."""
        for key in keys:
            self.driver.press(key)
            self.look()


@pytest.fixture
def on_screen(knowledge: Knowledge) -> Iterator[Callable[..., _Screen]]:
    """Shows interviews on screens of many columns, and of so many rows that there is room for everything."""
    with ExitStack() as open_screens:

        def show(session: Session, language: Language, rows: int = 200) -> _Screen:
            interview, wording = interview_of(knowledge, session), Wording(knowledge.library, language)

            def make(source: Input, target: Output) -> Shell:
                return Shell(lambda host: InterviewScreen(host, interview, wording), wording.say, source, target)

            return _Screen(open_screens.enter_context(driven(make, 400, rows)), language)

        yield show


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_question_its_reasons_and_its_filter_are_shown_in_words_of_a_catalogue(
    language: Language, said: Said, on_screen: Callable[..., _Screen]
) -> None:
    screen = on_screen(Session(DAY), language)

    screen.press("f1", "f1", "?", "escape", "left", "f2", "escape", pseudo("a", language), "escape")
    screen.press("space", "down", "space", "enter", "f2", "enter", "left", "?", "escape")

    assert {
        "interview.title", "interview.progress", "interview.filter", "interview.first", "interview.answers_none",
        "interview.why", "interview.why_settled", "interview.unknown_option", "report.given_answers",
        "interview.keys.question", "interview.keys.pager", "interview.keys.list",
    } <= said.keys_said  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_low_screen_counts_in_words_of_a_catalogue(
    language: Language, said: Said, on_screen: Callable[..., _Screen]
) -> None:
    on_screen(Session(DAY), language, rows=16)

    assert "interview.outcomes" in said.keys_said


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_number_and_refused_answers_are_shown_in_words_of_a_catalogue(
    language: Language, said: Said, on_screen: Callable[..., _Screen]
) -> None:
    screen = on_screen(Session(DAY, {"region_count": 2, **UP_TO_PARTNERS}), language)

    screen.press("space", "down", "space", "enter")
    screen.press(
        "space", "enter", "f2", *5 * ["up"], "enter", *"999999", "enter", "down", "up", *6 * ["backspace"], "enter"
    )
    screen.press("f1", "left", "f2", "enter")
    screen.press("down", "space", "down", "space", "enter")

    assert {
        "interview.contradicts", "interview.dropped", "interview.number", "interview.choose_first",
        "interview.number_wanted",
    } <= said.keys_said  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_fields_for_a_title_and_a_day_are_shown_in_words_of_a_catalogue(
    language: Language, said: Said, on_screen: Callable[..., _Screen]
) -> None:
    screen = on_screen(Session(DAY), language)

    screen.press("f5", *"2024", "enter")
    screen.press("f6", *10 * ["backspace"], *"1999-01-01", *10 * ["backspace"], *"2013-06-01", "enter")

    assert {
        "interview.title_wanted", "interview.saved", "interview.day_wanted", "interview.not_a_day",
        "answers.not_covered", "interview.day_now", "interview.keys.field",
    } <= said.keys_said  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_day_of_a_signed_agreement_is_asked_for_on_the_screen_in_words_of_a_catalogue(
    language: Language, said: Said, on_screen: Callable[..., _Screen], knowledge: Knowledge
) -> None:
    screen = on_screen(signed_on_no_day(knowledge), language)

    screen.press("2", "enter", "escape", "1", "enter", *"13", "enter", "escape", "left", "escape", "1", "enter")
    screen.press(*"2013-06-01", "enter")

    assert {
        "interview.own_day",
        "interview.do.name_day",
        "interview.not_a_day",
        "interview.day_now",
    } <= said.keys_said


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_stop_line_and_what_can_be_done_there_are_shown_in_words_of_a_catalogue(
    language: Language,
    said: Said,
    on_screen: Callable[..., _Screen],
    knowledge: Knowledge,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    screen = on_screen(finished(knowledge, "kartamantul"), language)
    # The file that is proposed, also while it is erased, and what the system says where there is no such folder.
    name = f"{NAME}.yaml"
    screen.allowed |= {name, *(name[:end] for end in range(len(NAME), len(name))), os.strerror(errno.ENOENT)}

    screen.press("3", "enter", "escape", "4", "enter", "enter", "4", "enter", "escape")
    screen.press("4", "enter", *len(name) * ["backspace"], *"9/9", "enter", "1", "enter")

    assert (tmp_path / name).exists()
    assert {
        "interview.stop_headline", "interview.do.go_on", "interview.do.quit", "interview.file_wanted",
        "interview.answers_written", "interview.file_exists", "cli.cannot_write", "interview.stop_done",
        "interview.unknown",
    } <= said.keys_said  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_advice_is_shown_over_the_interview_in_words_of_a_catalogue(
    language: Language, said: Said, on_screen: Callable[..., _Screen], knowledge: Knowledge
) -> None:
    screen = on_screen(finished(knowledge, "kartamantul"), language)
    screen.allowed |= in_a_report(knowledge, language)

    screen.press("f3")
    for _ in ("all of it", "how one conclusion comes about"):
        screen.press("enter")
        waiting = screen.driver.text
        screen.driver.wait(lambda text, waiting=waiting: text != waiting)
        screen.look()
        screen.press("escape", "down")

    assert {"interview.working", "report.title", "explain.how_title", "explain.steps"} <= said.keys_said


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_that_cannot_be_worked_out_says_so_in_words_of_a_catalogue(
    language: Language, said: Said, on_screen: Callable[..., _Screen], monkeypatch: pytest.MonkeyPatch
) -> None:
    screen = on_screen(Session(DAY), language)
    # What went wrong is said as Python says it.
    screen.allowed |= {"ZeroDivisionError"}

    def broken(interviewer: Interviewer, session: Session) -> None:
        raise ZeroDivisionError("9")

    monkeypatch.setattr(Interviewer, "case", broken)

    screen.press("f3", "enter")
    screen.driver.wait(lambda text: "ZeroDivisionError" in text)
    screen.look()
    screen.press("escape", "escape")

    assert "interview.failed" in said.keys_said
