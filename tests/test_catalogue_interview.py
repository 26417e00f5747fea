"""What the interview says, line by line and on the whole screen, comes from a catalogue."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from advisor.catalogue import say
from advisor.interview.interview import Interview
from advisor.interview.interviewer import Interviewer
from advisor.interview.session import Session
from advisor.interview.store import Saved
from advisor.knowledge_base import Knowledge
from advisor.report.wording import Wording
from advisor.terminal.interview_files import kinds
from advisor.text import LANGUAGES, Language, Text
from driver import Driver
from interviews import choose, shown, talked
from pseudo import (
    CASES,
    DAY,
    MARKED,
    NAME,
    UP_TO_PARTNERS,
    Said,
    all_unknown,
    finished,
    half_known,
    in_a_report,
    interview_of,
    pseudo,
    signed_on_no_day,
    stray,
)

pytestmark = pytest.mark.knowledge

# -- the interview, line by line ----------------------------------------------------------------------------


def _talk(knowledge: Knowledge, lines: Iterable[str], session: Session, language: Language) -> str:
    """Return what the interview writes while these lines are typed."""
    return talked(interview_of(knowledge, session), *lines, language=language)


AMBIGUOUS: dict[Language, str] = {"id": "Kabupaten", "en": "Regency"}
"""Beginnings of what several partners are called."""


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_command_of_the_plain_interview_answers_in_words_of_a_catalogue(
    language: Language, said: Said, knowledge: Knowledge
) -> None:
    days = ["hari", "hari 13", "hari 1999-01-01", "hari 2013-06-01"]
    lines = [
        "kembali",
        "jawaban",
        *("tidak tahu" for _ in UP_TO_PARTNERS),
        "",
        "99",
        pseudo("a", language),
        pseudo(AMBIGUOUS[language], language),
        "kosong",
        *days,
        "mengapa",
        "bantuan",
        "simpan",
        "simpan 2024",
    ]

    text = _talk(knowledge, [*lines, "keluar"], Session(DAY), language)

    assert [] == stray(text, language)
    assert {
        "interview.welcome", "interview.words", "interview.progress", "interview.option", "interview.several",
        "interview.prompt", "interview.first", "interview.answers_none", "interview.not_understood",
        "interview.ambiguous", "interview.never", "interview.day_hint", "interview.not_a_day",
        "interview.day_too_early", "interview.day_now", "interview.why",
        "interview.saved", "interview.saved_titled",
        "interview.start.title", "interview.start.what", "interview.start.long", "interview.start.unknown",
        "interview.answer_first", "interview.no_such_number", "interview.taken",
    } <= said.keys_said  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_changed_and_contradicting_answers_are_spoken_of_in_words_of_a_catalogue(
    language: Language, said: Said, knowledge: Knowledge
) -> None:
    lines = ["1,2", "1", "jawaban", "", "jawaban 1", "999999", "1", "", "jawaban 6", "1,2,3", "jawaban 2", "keluar"]

    text = _talk(knowledge, lines, Session(DAY, {"region_count": 2, **UP_TO_PARTNERS}), language)

    assert [] == stray(text, language)
    assert {
        "interview.contradicts", "interview.dropped", "interview.prompt_change", "interview.number",
        "interview.progress_again", "interview.now", "interview.one", "reading.out_of_bounds",
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


@pytest.mark.parametrize("language", LANGUAGES)
def test_parties_and_notes_are_spoken_of_in_words_of_a_catalogue(
    language: Language, said: Said, knowledge: Knowledge
) -> None:
    lines = [
        "nama",
        "",
        "nama X",
        "8",
        "7",
        "nama",
        "",
        "nama -5",
        "nama -1",
        "catatan",
        "c 5",
        "c",
        "c -",
        "jika",
        "",
        "tulis",
        "",
    ]

    text = _talk(knowledge, [*lines, "nama ...", "nama X; X", "keluar"], Session(DAY, UP_TO_PARTNERS), language)

    assert [] == stray(text, language, {"X"})
    assert {
        "interview.names_hint", "interview.prompt_signatory", "interview.prompt_office", "interview.party_signing",
        "interview.party_no_name", "interview.party_several",
        "interview.party_gone", "interview.no_such_action", "interview.note_hint", "interview.noted",
        "interview.note_now", "interview.note_gone", "interview.prompt_which", "interview.prompt_file",
        "interview.nothing_chosen",
    } <= said.keys_said  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_options_that_other_answers_leave_no_room_for_are_named_in_words_of_a_catalogue(
    language: Language, said: Said, knowledge: Knowledge
) -> None:
    text = _talk(knowledge, [], Session(DAY, {**UP_TO_PARTNERS, "initiator": "province"}), language)

    assert [] == stray(text, language)
    assert "interview.not_offered" in said.keys_said


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_can_be_done_at_the_end_line_by_line_is_said_in_words_of_a_catalogue(
    language: Language, said: Said, knowledge: Knowledge, files: Path
) -> None:
    write = ["tulis", "1", "", "tulis 1", f"{NAME}.yaml", "tulis 99", "tulis 4", "9/9"]
    tried = ["jika", "", "jika 99", "jika 1", "", "jika 1", "99", "", "jika 1", "?", "jika 1", "0"]
    called = {f"{NAME}-{kind.called}{kind.ending}" for kind in kinds(Wording(knowledge.library, language))}
    allowed = {f"{NAME}.yaml", f"{NAME}-2.yaml", str(files)} | called

    lines = [*write, *tried, "hapus", "", "hapus", "ya"]
    text = _talk(knowledge, lines, half_known(knowledge), language)

    assert [] == stray(text, language, in_a_report(knowledge) | allowed)
    assert (files / f"{NAME}.yaml").exists()
    assert {
        "interview.settled", "interview.open", "interview.to_find_out", "interview.decides",
        "interview.file_proposed", "interview.prompt_name", "interview.written", "interview.file_exists",
        "interview.no_folder", "interview.what_if", "interview.prompt_what_if", "interview.delete",
        "interview.prompt_yes_no", "interview.kept",
    } <= said.keys_said  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_has_to_be_found_out_is_written_in_words_of_a_catalogue(
    language: Language, said: Said, knowledge: Knowledge, files: Path
) -> None:
    session = half_known(knowledge)
    number = len(kinds(Wording(knowledge.library, language)))
    _talk(knowledge, [f"tulis {number}", "1.txt"], session, language)
    _talk(knowledge, [f"tulis {number}", "2.txt"], finished(knowledge, "kartamantul"), language)

    assert [[], []] == [stray((files / f"{n}.txt").read_text("utf-8"), language) for n in (1, 2)]
    assert {
        "wanted.title", "wanted.what", "wanted.answer", "wanted.number", "wanted.decides", "wanted.settles",
        "wanted.note", "wanted.nothing",
    } <= said.keys_said  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_said_of_saving_is_said_in_words_of_a_catalogue(
    language: Language, said: Said, knowledge: Knowledge
) -> None:
    reasons = [OSError("9"), OSError("9")]

    def keep(saved: Saved) -> None:
        if reasons:
            raise reasons.pop()

    interview = Interview(Interviewer(knowledge), Session(DAY), NAME, keep)
    text = talked(interview, "1", "simpan", "1", "1", "keluar", language=language)
    interview.unkept = Text(id="9", en="9")
    text += talked(interview, "keluar", language=language)

    assert [] == stray(text, language)
    assert {"interview.unkept", "interview.saved", "interview.welcome_unkept"} <= said.keys_said


@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_stop_line_and_the_diagnosis_are_said_in_words_of_a_catalogue(
    name: str, language: Language, said: Said, knowledge: Knowledge
) -> None:
    text = _talk(knowledge, ["13", "jawaban", "", "saran", "", "ya"], finished(knowledge, name), language)

    assert [] == stray(text, language, in_a_report(knowledge))
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
        "interview.day_too_early",
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

    def choose(self, key: str) -> None:
        """Choose the line of a list that a key of the catalogue says."""
        choose(self.driver, say(key, self.language))
        self.look()

    def wait_for_more(self) -> None:
        """Wait until what is worked out is there."""
        waiting = say("interview.working", self.language)
        self.driver.wait(lambda text: waiting not in text)
        self.look()


@pytest.fixture
def on_screen(knowledge: Knowledge) -> Iterator[Callable[..., _Screen]]:
    """Shows interviews on screens of many columns, and of so many rows that there is room for everything."""
    with ExitStack() as open_screens:

        def show(session: Session, language: Language, rows: int = 200, *, start: bool = True) -> _Screen:
            interview = interview_of(knowledge, session)
            driver = open_screens.enter_context(shown(interview, 400, rows, language=language))
            screen = _Screen(driver, language)
            if start and not session.given:
                screen.press("1", "enter")
            return screen

        yield show


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_start_page_is_shown_in_words_of_a_catalogue(
    language: Language, said: Said, on_screen: Callable[..., _Screen]
) -> None:
    screen = on_screen(Session(DAY), language, start=False)
    screen.allowed |= {"X"}

    screen.press("enter", "9", "backspace", "f7", "f4", "escape")
    screen.press("2", "enter", "enter", "enter", *"X", "enter", "enter", "enter")
    screen.press("1", "enter", "2", "enter", "escape")

    assert {
        "interview.start.title", "interview.start.what", "interview.start.long", "interview.start.unknown",
        "interview.start.private_unkept", "interview.do.start", "interview.do.name_parties", "interview.do.title",
        "interview.do.change_day", "interview.do.quit", "interview.keys.start", "interview.choose_action",
        "interview.no_such_action", "interview.key_unused", "interview.parties", "interview.parties_none",
        "interview.do.one_more_party",
        "interview.party_wanted", "interview.type_first", "interview.signatory_wanted", "interview.office_wanted",
        "interview.party_named", "interview.party_gone",
        "interview.do.change_party", "interview.do.drop_party",
    } <= said.keys_said  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_question_its_reasons_and_what_is_typed_are_shown_in_words_of_a_catalogue(
    language: Language, said: Said, on_screen: Callable[..., _Screen]
) -> None:
    screen = on_screen(Session(DAY), language)

    screen.press("f1", "f1", "?", "escape", "left", "f2", "escape", pseudo("a", language), "escape")
    screen.press("down", "enter", "f2", "enter", "left", "?", "escape")

    assert {
        "interview.title", "interview.progress", "interview.typed", "interview.first", "interview.answers_none",
        "interview.why", "interview.why_settled", "interview.unknown_option", "report.given_answers",
        "interview.keys.choice", "interview.keys.pager", "interview.keys.list",
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

    screen.press("enter", "f12", "9", "9", "escape", *pseudo(AMBIGUOUS[language], language), "enter", "escape")
    screen.press(*"1,2", "enter", "enter", "left", "escape", "down", "space", "enter", "enter")
    screen.press("f2", *5 * ["up"], "enter", *"999999", "enter", *6 * ["backspace"], "enter", "1", "enter")
    screen.press("down", "up", "escape", "escape", "f2", "enter")
    screen.press(*"1,2,3", "enter", "enter", "left", "enter")

    assert {
        "interview.contradicts", "interview.dropped", "interview.number", "interview.mark_first",
        "interview.marked",
        "interview.number_wanted", "interview.number_first", "interview.no_such_number", "interview.key_unused",
        "interview.ambiguous", "reading.out_of_bounds", "interview.taken",
    } <= said.keys_said  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_note_and_another_answer_are_tried_in_words_of_a_catalogue(
    language: Language, said: Said, on_screen: Callable[..., _Screen], knowledge: Knowledge
) -> None:
    screen = on_screen(Session(DAY, UP_TO_PARTNERS), language)
    screen.allowed |= in_a_report(knowledge)

    screen.press("f7", "5", "enter", "f7", "backspace", "enter")
    screen.press("f4", "1", "enter", "enter", "f12", "9", "escape", "2", "enter")
    screen.wait_for_more()
    screen.press("escape", "f4", "3", "enter", "enter")

    assert {
        "interview.note_wanted", "interview.noted", "interview.note_now", "interview.note_gone",
        "interview.what_if_which", "interview.what_if", "interview.choose_first", "interview.mark_first",
        "interview.working", "interview.keys.several",
    } <= said.keys_said  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_fields_for_a_title_and_a_day_are_shown_in_words_of_a_catalogue(
    language: Language, said: Said, on_screen: Callable[..., _Screen]
) -> None:
    screen = on_screen(Session(DAY), language)

    screen.press("f5", *"2024", "enter")
    screen.press("f6", *"1999-01-01", *10 * ["backspace"], *"2013-06-01", "enter", "f6", "tab", "escape")

    assert {
        "interview.title_wanted", "interview.saved_titled", "interview.day_wanted", "interview.not_a_day",
        "interview.day_too_early", "interview.day_now", "interview.keys.field",
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
    screen = on_screen(half_known(knowledge), language)
    # The file that is proposed, also while it is erased, and what the system says where there is no such folder.
    name = f"{NAME}.yaml"
    other = f"{NAME}-2.yaml"
    endings = {full[:end] for full in (name, other) for end in range(len(NAME), len(full) + 1)}
    screen.allowed |= {*endings, str(tmp_path)}

    screen.choose("interview.do.answers")
    screen.press("enter", "escape")
    for typed in (
        (),
        (*len(other) * ["backspace"], *name, "enter", "escape"),
        (*len(other) * ["backspace"], *"9/9"),
    ):
        screen.choose("interview.do.write")
        screen.choose("interview.file.answers")
        screen.press(*typed, "enter")
    screen.press("escape")
    screen.choose("interview.do.wanted")
    screen.wait_for_more()
    screen.press("escape")
    screen.choose("interview.do.delete")
    screen.choose("interview.do.keep")
    screen.choose("interview.do.go_on")

    assert (tmp_path / name).exists()
    assert {
        "interview.stop_headline", "interview.do.go_on", "interview.do.quit", "interview.do.what_if",
        "interview.file_what", "interview.file_wanted", "interview.written", "interview.file_exists",
        "interview.no_folder", "interview.stop_done", "interview.unknown", "interview.settled", "interview.open",
        "interview.to_find_out", "interview.decides", "interview.delete", "interview.do.delete_now",
        "interview.keys.stop", "wanted.title",
    } <= said.keys_said  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_session_that_cannot_be_saved_or_deleted_is_told_of_in_words_of_a_catalogue(
    language: Language, said: Said, knowledge: Knowledge
) -> None:
    def refuse(of: object) -> None:
        raise OSError("9")

    session = finished(knowledge, "wonosobo")
    interview = Interview(Interviewer(knowledge), session, NAME, refuse, "headline", refuse)
    with shown(interview, 400, 200, language=language) as driver:
        screen = _Screen(driver, language)
        screen.choose("interview.do.go_on")
        screen.choose("interview.do.delete")
        screen.choose("interview.do.delete_now")

    assert {"interview.unkept", "interview.unkept_mark", "interview.not_deleted"} <= said.keys_said


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_advice_is_shown_over_the_interview_in_words_of_a_catalogue(
    language: Language, said: Said, on_screen: Callable[..., _Screen], knowledge: Knowledge
) -> None:
    screen = on_screen(finished(knowledge, "kartamantul"), language)
    screen.allowed |= in_a_report(knowledge)

    screen.press("f3")
    for _ in ("all of it", "how one conclusion comes about"):
        screen.press("enter")
        screen.wait_for_more()
        screen.press("escape", "down", "down")  # beyond the line that writes files

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
