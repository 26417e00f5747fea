"""A signed agreement is judged by the law of its own day: the interview asks for that day and assumes none."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from pathlib import Path

import pytest
import yaml
from prompt_toolkit.input import Input
from prompt_toolkit.output import Output

from advisor.commands.interview import run_interview
from advisor.inference.case import CaseReader
from advisor.interview.answers_file import write_answers_file
from advisor.interview.interview import Interview
from advisor.interview.interviewer import Interviewer
from advisor.interview.session import Session
from advisor.interview.store import Saved, SessionStore
from advisor.knowledge_base import Knowledge
from advisor.problem import AnswersError
from advisor.report.wording import Wording
from advisor.terminal.interview_screen import InterviewScreen
from advisor.terminal.plain_interview import PlainInterview
from advisor.terminal.shell import Shell
from advisor.text import LANGUAGES, Language
from advisor.understanding.reading import UNKNOWN
from driver import Driver, driven

TODAY, SIGNED = date(2026, 1, 1), date(2013, 6, 1)
ASKED = {
    "id": "Naskah kerja sama sudah ditandatangani. Pada tanggal berapa",
    "en": "The agreement has already been signed. On which day",
}
WRONG = ("2013-06", "2013-13-01", "31-06-2013", "1999-01-01", "kemarin")


def _interview(knowledge: Knowledge, agreement: str, keep: Callable[[Saved], object], **given: str) -> Interview:
    """Return an interview in which all is answered and nobody named the day."""
    answers = {**dict.fromkeys(knowledge.library.questions, UNKNOWN), **given, "agreement": agreement}
    session = Session(TODAY, answers, assumed_day=True)
    return Interview(Interviewer(knowledge), session, "try", keep, "diagnosis")


def _signed(knowledge: Knowledge, keep: Callable[[Saved], object] = lambda saved: None) -> Interview:
    return _interview(knowledge, "signed_written", keep)


def _talked(knowledge: Knowledge, interview: Interview, *lines: str, language: Language = "id") -> str:
    target, source = io.StringIO(), io.StringIO("".join(f"{line}\n" for line in lines))
    PlainInterview(interview, Wording(knowledge.library, language), source, target).run()
    return target.getvalue()


def _written(interview: Interview, path: Path) -> dict[str, object]:
    write_answers_file(interview, path)
    found: dict[str, object] = yaml.safe_load(path.read_text("utf-8"))
    return found


# -- what the interview wants -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "agreement", ["none", "handshake", "declaration", "memorandum_signed", "draft_written", UNKNOWN]
)
def test_no_day_is_asked_for_where_no_agreement_is_signed(agreement: str, knowledge: Knowledge) -> None:
    assert not _interview(knowledge, agreement, lambda saved: None).wants_day


def test_a_signed_agreement_asks_for_its_day_before_anything_else(knowledge: Knowledge) -> None:
    session = Session(TODAY, {"initiator": "city"}, assumed_day=True)
    interview = Interview(Interviewer(knowledge), session, "try", lambda saved: None)
    before = interview.question
    interview.go_to("initiator")
    interview.stay()
    assert (before, False) == (interview.question, interview.wants_day)

    signed = Interview(
        Interviewer(knowledge), session.answered("agreement", "signed_written"), "try", lambda saved: None
    )
    assert (None, True) == (signed.question, signed.wants_day)

    signed.on_day(SIGNED)
    assert (SIGNED, False) == (signed.session.as_of, signed.wants_day)
    assert signed.question is not None


def test_a_day_that_was_named_is_not_asked_for_again(knowledge: Knowledge) -> None:
    named = Session(TODAY, {"agreement": "signed_written"})

    assert not Interview(Interviewer(knowledge), named, "try", lambda saved: None).wants_day


def test_an_answers_file_that_is_written_meanwhile_names_no_day(tmp_path: Path, knowledge: Knowledge) -> None:
    interview = _signed(knowledge)
    path = tmp_path / "answers.yaml"

    assert "as_of" not in _written(interview, path)
    interview.back()
    assert "as_of" not in _written(interview, path), "also while the answer is looked at again"
    with pytest.raises(AnswersError) as caught:
        CaseReader(knowledge.library, knowledge.rulebase).file(path)
    assert ["answers.own_day"] == [problem.key for problem in caught.value.problems]

    interview.stay()
    interview.on_day(SIGNED)
    assert SIGNED == _written(interview, path)["as_of"]
    assert TODAY == _written(_interview(knowledge, "draft_written", lambda saved: None), path)["as_of"]


# -- line by line -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_plain_interview_asks_for_the_day_and_takes_it(language: Language, knowledge: Knowledge) -> None:
    kept: list[Saved] = []
    interview = _signed(knowledge, kept.append)

    text = _talked(knowledge, interview, "2013-06-01", language=language)

    assert 1 == text.count(ASKED[language])
    assert Session(SIGNED, interview.session.given) == interview.session == kept[-1].session
    assert not interview.wants_day


def test_the_plain_interview_also_takes_the_day_behind_its_word(knowledge: Knowledge) -> None:
    interview = _signed(knowledge)
    _talked(knowledge, interview, "hari", "hari 2013-06-01")

    assert SIGNED == interview.session.as_of


def test_the_plain_interview_takes_no_wrong_day_and_goes_on_asking(knowledge: Knowledge) -> None:
    interview = _signed(knowledge)

    text = _talked(knowledge, interview, *WRONG, "")

    assert interview.wants_day
    assert TODAY == interview.session.as_of
    assert 4 == text.count("bukan tanggal. Tulislah misalnya")
    assert "1 Januari 1999 tidak tercakup" in text


def test_back_looks_at_the_answer_that_asks_for_the_day(knowledge: Knowledge) -> None:
    interview = _signed(knowledge)
    # The questions follow in the order of the knowledge: the document is the last but one.
    text = _talked(knowledge, interview, "kembali", "", "kembali", "kembali", "rancangan")

    assert 2 == text.count(ASKED["id"])
    assert "Jawaban sekarang: Perjanjian ditandatangani" in text
    assert ("draft_written", False) == (interview.session.given["agreement"], interview.wants_day)
    assert interview.session.assumed_day


def test_other_words_than_a_day_do_there_what_they_do_elsewhere(knowledge: Knowledge) -> None:
    interview = _signed(knowledge)

    text = _talked(knowledge, interview, "simpan TPA Bersama", "bantuan", "jawaban", "jawaban 1", "", "saran")

    assert "TPA Bersama" == interview.session.title
    assert 3 == text.count(ASKED["id"])
    assert "Jawaban sekarang: tidak tahu" in text
    assert "SARAN KERJA SAMA ANTARDAERAH" in text
    assert "bukan tanggal" not in text


# -- on the whole screen ------------------------------------------------------------------------------------


@pytest.fixture
def screen(knowledge: Knowledge) -> Iterator[Driver]:
    interview = _signed(knowledge)

    def make(host_of: Interview, source: Input, target: Output) -> Shell:
        wording = Wording(knowledge.library, "id")
        return Shell(lambda host: InterviewScreen(host, host_of, wording), wording.say, source, target)

    with driven(partial(make, interview), 80, 24) as driver:
        yield driver


def _of(driver: Driver) -> Interview:
    assert isinstance(driver.shell.base, InterviewScreen)
    return driver.shell.base.interview


def test_the_screen_asks_for_the_day_and_takes_it(screen: Driver) -> None:
    assert ASKED["id"] in screen.text

    screen.press("1", "enter")
    assert "2026" not in " ".join(screen.rows[3:-2]), "the day that was assumed is not offered"
    screen.press(*"2013-06-01", "enter")

    assert "Tanggal penandatanganan sekarang: 1 Juni 2013." in screen.text
    assert ASKED["id"] not in screen.text
    assert (SIGNED, False) == (_of(screen).session.as_of, _of(screen).wants_day)


@pytest.mark.parametrize("day", WRONG)
def test_the_screen_takes_no_wrong_day(day: str, screen: Driver) -> None:
    screen.press("f6", *day, "enter")
    assert f"› {day}" in screen.text

    screen.press("escape")
    assert ASKED["id"] in screen.text
    assert _of(screen).wants_day


def test_an_empty_day_is_not_taken_on_the_screen(screen: Driver) -> None:
    screen.press("1", "enter", "enter", "escape")

    assert ASKED["id"] in screen.text
    assert (TODAY, True) == (_of(screen).session.as_of, _of(screen).wants_day)


def test_on_the_screen_back_looks_at_the_answer_and_escape_asks_for_the_day_again(screen: Driver) -> None:
    screen.press("left", "left")
    assert "› 6. Perjanjian ditandatangani" in screen.text

    screen.press("escape")
    assert ASKED["id"] in screen.text

    screen.press("2", "enter", "up", "enter", "5", "enter")
    assert "draft_written" == _of(screen).session.given["agreement"]
    assert ASKED["id"] not in screen.text


def test_a_day_that_stands_in_the_field_is_replaced_by_what_is_typed(screen: Driver) -> None:
    screen.press("f6", *"2013-06-01", "enter", "f6", *"2014-10-02", "enter")

    assert date(2014, 10, 2) == _of(screen).session.as_of


# -- from one sitting to the next ---------------------------------------------------------------------------


@pytest.fixture
def sat(
    tmp_path: Path, knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., str]:
    """Sits down to an interview: types lines, and returns what was written."""
    store = SessionStore(tmp_path / "sessions")

    def sit(*lines: str, resume: str | None = None, file: Path | None = None, as_of: date | None = None) -> str:
        monkeypatch.setattr("sys.stdin", io.StringIO("".join(f"{line}\n" for line in lines)))
        run_interview(knowledge, "id", file, as_of, resume, tmp_path / "out.yaml", plain=True, store=store)
        return capsys.readouterr().out

    return sit


@pytest.fixture
def signed_file(tmp_path: Path) -> Path:
    path = tmp_path / "answers.yaml"
    path.write_text("answers: {initiator: city, agreement: signed_written}\n", "utf-8")
    return path


def test_who_quits_before_naming_the_day_is_asked_again(
    sat: Callable[..., str], signed_file: Path, tmp_path: Path
) -> None:
    first = sat("keluar", file=signed_file)
    (saved,) = SessionStore(tmp_path / "sessions").all()
    meanwhile = yaml.safe_load((tmp_path / "out.yaml").read_text("utf-8"))

    second = sat("2013-06-01", "keluar", resume=saved.name)
    third = sat("keluar", resume=saved.name)

    assert [1, 1, 0] == [text.count(ASKED["id"]) for text in (first, second, third)]
    assert saved.session.assumed_day
    assert {"answers": {"initiator": "city", "agreement": "signed_written"}} == meanwhile
    assert SIGNED == yaml.safe_load((tmp_path / "out.yaml").read_text("utf-8"))["as_of"]


def test_the_day_of_the_command_line_or_of_the_file_is_named(sat: Callable[..., str], signed_file: Path) -> None:
    assert ASKED["id"] in sat("keluar", file=signed_file)
    assert ASKED["id"] not in sat("keluar", file=signed_file, as_of=SIGNED)

    signed_file.write_text(f"as_of: 2013-06-01\n{signed_file.read_text('utf-8')}", "utf-8")
    assert ASKED["id"] not in sat("keluar", file=signed_file)


def test_a_file_without_a_day_asks_for_it_once_the_agreement_is_signed(
    sat: Callable[..., str], tmp_path: Path
) -> None:
    draft = tmp_path / "draft.yaml"
    draft.write_text("answers: {agreement: draft_written}\n", "utf-8")

    text = sat("jawaban 1", "perjanjian ditandatangani", "keluar", file=draft)

    assert 1 == text.count(ASKED["id"])
    assert "as_of" not in yaml.safe_load((tmp_path / "out.yaml").read_text("utf-8"))
