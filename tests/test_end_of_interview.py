"""The end of an interview: what is settled and open, what is written, what is tried, going on, and deleting."""

from __future__ import annotations

import io
import json
import random
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import docx
import pytest

from advisor import cli
from advisor.advice.advising import advise
from advisor.advice.as_data import advice_data
from advisor.catalogue import say
from advisor.drafts.draft import drafts_for
from advisor.inference.case import CaseReader
from advisor.interview.interview import Interview
from advisor.interview.interviewer import Interviewer
from advisor.interview.store import Saved, SessionStore
from advisor.knowledge_base import Knowledge
from advisor.papers.text_writer import write_text
from advisor.report.advice_formats import ENDINGS
from advisor.report.advice_report import advice_report
from advisor.report.wording import Wording
from advisor.terminal.interview_files import kinds
from advisor.text import LANGUAGES, Language
from advisor.understanding.reading import UNKNOWN
from interviews import Desk, begun, choose, shown, talked
from pseudo import finished, half_known

SETTLED = {"id": "Sudah pasti", "en": "Settled"}
OPEN = {"id": "Masih terbuka", "en": "Still open"}
TO_FIND_OUT = {"id": "Yang perlu dicari", "en": "Still to be found out"}


def _words(text: str) -> str:
    return " ".join(text.split())


# -- where the interview stands -----------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_end_says_what_is_settled_what_is_open_and_which_answers_would_settle_it(
    language: Language, knowledge: Knowledge
) -> None:
    interview = begun(knowledge, half_known(knowledge))
    lines = _words(talked(interview, language=language).replace("\n- ", " • "))
    with shown(interview, 99, 90, language=language) as driver:
        page = driver.text

    wording = Wording(knowledge.library, language)
    conclusions = interview.turn.conclusions.values()
    assert {True, False} == {one.open for one in conclusions}
    for text in (lines, page):
        settled = text[text.index(SETTLED[language]) : text.index(OPEN[language])]
        opened = text[text.index(OPEN[language]) : text.rindex(TO_FIND_OUT[language])]
        wanted = text[text.rindex(TO_FIND_OUT[language]) :]
        for one in conclusions:
            name = f"• {wording.conclusion(one.id)}{' – ' if one.open else ': '}"
            assert [not one.open, one.open] == [name in part for part in (settled, opened)]
            if not one.open:
                assert f"{name}{wording.value(one.id, one.value)}" in settled
            for question in one.depends_on:
                hanging = [other.id for other in conclusions if question in other.depends_on]
                line = {"question": wording.question(question), "conclusions": wording.conclusions(hanging)}
                assert wording.say("interview.decides", **line) in wanted


def test_where_everything_is_settled_nothing_is_said_to_be_open(knowledge: Knowledge) -> None:
    interview = begun(knowledge, finished(knowledge, "kartamantul"))

    text = talked(interview)

    assert (True, False, False) == tuple(part["id"] in text for part in (SETTLED, OPEN, TO_FIND_OUT))
    with shown(interview) as driver:
        assert "Baca apa yang masih perlu dicari" not in driver.text


def test_who_goes_on_is_asked_for_the_diagnosis(knowledge: Knowledge) -> None:
    session, asked = finished(knowledge, "kartamantul").without("rivalry"), "rivalry"
    text = knowledge.library.questions[asked].text.id
    kept: list[Saved] = []
    for go_on in (lambda i: talked(i, "ya"), _go_on_screen):
        interview = begun(knowledge, session, kept.append)
        assert None is interview.question

        assert text in _words(go_on(interview))
        assert ("diagnosis", asked) == (interview.stage, interview.question)
        assert ("diagnosis", session) == (kept[-1].stage, kept[-1].session)


def _go_on_screen(interview: Interview) -> str:
    with shown(interview) as driver:
        choose(driver, "Lanjut ke diagnosis")
        return driver.text


# -- files --------------------------------------------------------------------------------------------------


def _write_line(interview: Interview, label: str, name: str) -> str:
    number = [kind.label for kind in kinds(_wording(interview))].index(label) + 1
    return talked(interview, f"tulis {number}", name)


def _write_on_screen(interview: Interview, label: str, name: str) -> str:
    with shown(interview) as driver:
        choose(driver, "Tulis ke berkas")
        choose(driver, label)
        driver.press("c-u", *name, "enter")
        return driver.text


def _wording(interview: Interview) -> Wording:
    return Wording(interview.interviewer.library, "id", interview.session.as_of)


def _is_written(told: str) -> bool:
    """Whether a text says that a file was written; its path may be broken at any letter."""
    return "Ditulis ke " in _words(told)


def _label(name: str) -> str:
    return say(f"interview.file.{name}", "id")


both_ways = pytest.mark.parametrize("write", [_write_line, _write_on_screen], ids=["plain", "screen"])
Write = Callable[[Interview, str, str], str]


def test_the_advice_is_written_in_every_format_that_the_command_knows(
    knowledge: Knowledge, capsys: pytest.CaptureFixture[str]
) -> None:
    assert 0 == cli.main(["advise", "--help"])
    (known,) = re.findall(r"--format \{([a-z,]+)\}", capsys.readouterr().out)[:1]
    offered = {kind.label for kind in kinds(Wording(knowledge.library, "id"))}

    assert set(known.split(",")) == set(ENDINGS)
    assert {say(f"interview.advice_as.{name}", "id") for name in ENDINGS} < offered


@both_ways
def test_what_is_written_is_what_the_commands_say(write: Write, knowledge: Knowledge, files: Path) -> None:
    interview = begun(knowledge, half_known(knowledge))
    case = interview.interviewer.case(interview.session)
    advice = advise(knowledge, case)
    names = {}
    for kind in kinds(_wording(interview)):
        name = names[kind.label] = f"berkas{len(names)}{kind.ending}"
        told = write(interview, kind.label, name)
        assert "Ditulis ke " in _words(told) or "rancangan ditulis ke folder" in _words(told)
        assert name in told

    answers, word, page, text, mark, data, dated, drafts, wanted = (Path(name) for name in names.values())
    assert case == CaseReader(knowledge.library, knowledge.rulebase).file(answers)
    assert json.loads(json.dumps(advice_data(advice, "id"))) == json.loads(data.read_text("utf-8"))
    report = io.StringIO()
    write_text(advice_report(knowledge.library, advice, "id"), report)
    assert report.getvalue() == text.read_text("utf-8")
    assert page.read_text("utf-8").startswith("<!DOCTYPE html>")
    assert mark.read_text("utf-8").startswith("# SARAN KERJA SAMA")
    assert "TELAAHAN STAF" in {paragraph.text for paragraph in docx.Document(str(word)).paragraphs}
    assert "JADWAL LANGKAH" in docx.Document(str(dated)).paragraphs[0].text
    called_for = [f"{draft.stem}.docx" for draft in drafts_for(knowledge, case, advice)]
    assert called_for == sorted(path.name for path in drafts.iterdir())
    assert called_for
    assert "YANG PERLU DICARI" in docx.Document(str(wanted)).paragraphs[0].text


@both_ways
def test_the_timetable_goes_into_a_calendar_where_its_name_says_so(
    write: Write, knowledge: Knowledge, files: Path
) -> None:
    interview = begun(knowledge, half_known(knowledge))

    assert _is_written(write(interview, _label("timetable"), "jadwal.ics"))
    assert Path("jadwal.ics").read_text("utf-8").startswith("BEGIN:VCALENDAR")


@both_ways
def test_where_nothing_can_be_drafted_that_is_said_and_no_folder_appears(
    write: Write, knowledge: Knowledge, files: Path
) -> None:
    session = finished(knowledge, "kartamantul")
    barred = replace(session, given={**session.given, "lawful_object": "no"})

    told = _words(write(begun(knowledge, barred), _label("drafts"), "berkas"))

    assert "Tidak ada rancangan, sebab kerja sama ini tidak dapat dilaksanakan" in told
    assert [] == list(files.iterdir())


@both_ways
@pytest.mark.parametrize("known", ["no years at all", "other years"])
def test_a_timetable_beyond_the_known_holidays_is_refused_in_a_sentence(
    write: Write, known: str, knowledge: Knowledge, files: Path
) -> None:
    assert knowledge.library.holidays is not None
    later = replace(knowledge.library.holidays, first_year=2020) if known == "other years" else None
    changed = replace(knowledge, library=replace(knowledge.library, holidays=later))
    reason = "Hari libur hanya diketahui untuk tahun 2020 sampai" if later else "tidak memuat jadwal"

    assert reason in _words(write(begun(changed, finished(changed, "kartamantul")), _label("timetable"), "berkas"))
    assert [] == list(files.iterdir())


def test_f3_offers_to_write_the_advice_to_a_file(knowledge: Knowledge, files: Path) -> None:
    interview = begun(knowledge, half_known(knowledge))
    with shown(interview) as driver:
        driver.press("f3")
        choose(driver, "Tulis ke berkas")
        choose(driver, say("interview.advice_as.docx", "id"))
        driver.press("c-u", *"telaahan.docx", "enter")

        assert _is_written(driver.text)
    assert Path("telaahan.docx").read_bytes().startswith(b"PK")


@both_ways
@pytest.mark.parametrize(
    ("name", "beginning"),
    [("a.txt", "═"), ("a.md", "# "), ("a.HTML", "<!DOCTYPE html>"), ("a", "PK"), ("a.docx", "PK")],
)
def test_the_ending_of_its_name_says_what_a_paper_is_written_in(
    write: Write, knowledge: Knowledge, files: Path, name: str, beginning: str
) -> None:
    interview = begun(knowledge, half_known(knowledge))

    assert _is_written(write(interview, "daftar yang perlu dicari", name))
    (written,) = files.iterdir()
    assert written.name == (name if "." in name else f"{name}.docx")
    assert written.read_bytes().startswith(beginning.encode())


@both_ways
@pytest.mark.parametrize("name", ["a.pdf", "a.doc", "a.json"])
def test_a_paper_is_not_written_under_the_ending_of_what_it_is_not(
    write: Write, knowledge: Knowledge, files: Path, name: str
) -> None:
    told = _words(write(begun(knowledge, half_known(knowledge)), "daftar yang perlu dicari", name))

    assert f"tidak dapat ditulis sebagai {name[2:]}; pilihannya: text, md, html, docx" in told
    assert [] == list(files.iterdir())


@both_ways
def test_a_file_that_exists_is_not_overwritten_and_a_place_that_cannot_be_written_is_said(
    write: Write, knowledge: Knowledge, files: Path
) -> None:
    kept: list[Saved] = []
    interview = begun(knowledge, finished(knowledge, "kartamantul"), kept.append)
    label = "daftar yang perlu dicari"
    Path("ada.txt").write_text("lama", "utf-8")

    assert "ada.txt sudah ada dan tidak ditimpa" in _words(write(interview, label, "ada.txt"))
    assert "lama" == Path("ada.txt").read_text("utf-8")
    for folder in ("tidak", "ada.txt"):
        assert f'Tidak ada folder "{folder}"' in _words(write(interview, label, f"{folder}/isi.txt"))
    assert ["ada.txt"] == [path.name for path in files.iterdir()]
    assert [] == kept


def test_a_name_that_is_free_is_proposed(knowledge: Knowledge, files: Path) -> None:
    interview = begun(knowledge, finished(knowledge, "kartamantul"))

    text = talked(interview, "tulis 1", "", "tulis 1", "", "tulis", "1", "")

    assert 3 == text.count("Ditulis ke")
    assert {"2024-05-31-1.yaml", "2024-05-31-1-2.yaml", "2024-05-31-1-3.yaml"} == {p.name for p in files.iterdir()}


# -- what if ------------------------------------------------------------------------------------------------


@pytest.fixture
def settled(knowledge: Knowledge) -> Interview:
    """The interview on KARTAMANTUL at its end, and nothing to keep."""

    def keep(saved: Saved) -> None:
        raise AssertionError("what is only tried is not kept")

    return begun(knowledge, finished(knowledge, "kartamantul"), keep)


def _tried_by_line(interview: Interview, question: str, answer: str) -> str:
    number = list(interview.session.given).index(question) + 1
    return talked(interview, f"jika {number}", answer)


def _tried_on_screen(interview: Interview, question: str, answer: str) -> str:
    number = list(interview.session.given).index(question) + 1
    with shown(interview, 120, 90) as driver:
        driver.press("f4", *str(number), "enter")
        driver.paste(answer)
        driver.press("enter")
        driver.wait(lambda text: "Sedang disusun" not in text)
        return driver.text


try_both_ways = pytest.mark.parametrize("attempt", [_tried_by_line, _tried_on_screen], ids=["plain", "screen"])
Attempt = Callable[[Interview, str, str], str]


@try_both_ways
@pytest.mark.parametrize(
    ("answer", "told"),
    [
        ("belum disepakati", "Pembagian biaya: Disepakati pada pokoknya → Belum disepakati "),
        ("tidak tahu", "Pembagian biaya: Disepakati pada pokoknya → belum diketahui "),
    ],
)
def test_another_answer_is_tried_with_what_is_now_and_what_would_be(
    answer: str, told: str, attempt: Attempt, settled: Interview
) -> None:
    before = settled.session

    text = _words(attempt(settled, "cost_sharing", answer))

    tried = text[text.index(told) :]
    assert "Skema pendanaan → sebelum: iuran rutin" in tried
    assert "→ sesudah: " in tried
    assert "Bentuk yang dituju sekretariat bersama" in tried, "what stays is said too"
    assert before == settled.session


@try_both_ways
@pytest.mark.parametrize(
    ("question", "answer", "told"),
    [
        ("counterparts", "kosong", "Jawaban ini tidak dapat diambil (Mitra kerja sama)."),
        ("initiator", "xyz", '"xyz" bukan salah satu pilihan'),
        ("bordering", "mengapa", '"mengapa" bukan salah satu pilihan'),
    ],
)
def test_what_contradicts_other_answers_or_is_no_answer_is_refused(
    question: str, answer: str, told: str, attempt: Attempt, settled: Interview
) -> None:
    before = settled.session

    assert told in _words(attempt(settled, question, answer))
    assert before == settled.session


def test_a_number_that_contradicts_other_answers_is_refused(settled: Interview) -> None:
    plain = _words(_tried_by_line(settled, "region_count", "1"))
    assert "Jawaban ini tidak dapat diambil (Mitra kerja sama, Jumlah daerah)." in plain

    screen = _tried_on_screen(settled, "region_count", "1")
    assert '"1" tidak cocok dengan jawaban lain; isilah bilangan dari 2 sampai dengan 600.' in screen


def test_every_answer_that_was_given_can_be_tried_otherwise(settled: Interview) -> None:
    session, library = settled.session, settled.interviewer.library
    drawn = random.Random(1).sample(list(session.given.items()), 6)  # noqa: S311
    for name, now in drawn:
        offer = settled.interviewer.offer(session, name)
        other = next(one for one in (*offer.options, UNKNOWN) if one != now and (one,) != now)

        text = _words(_tried_by_line(settled, name, other))

        told = text[text.index("Seandainya jawabannya lain:") :]
        assert library.questions[name].text.id in told
        assert "Simpulan yang tetap" in told
    assert session == settled.session


def test_before_anything_was_answered_nothing_can_be_tried(knowledge: Knowledge) -> None:
    assert "Belum ada jawaban." in talked(begun(knowledge), "jika", "jika 1").partition("Jawaban: ")[2]
    with shown(begun(knowledge)) as driver:
        driver.press("1", "enter", "f4")
        assert "Belum ada jawaban." in driver.text


# -- deleting -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("last", [["hapus", "tidak"], ["hapus", ""], ["hapus", "entah"], ["hapus"]], ids=" ".join)
def test_a_session_is_only_deleted_by_who_says_so_twice(last: list[str], desk: Desk) -> None:
    text = desk.sit("2", *last)

    assert "Hapus sesi" in text
    assert "Sesi ini tetap disimpan." in text
    (saved,) = desk.store.all()
    assert {"initiator": "regency"} == saved.session.given


def test_a_deleted_session_is_gone_said_to_be_and_not_saved_again(desk: Desk) -> None:
    text = desk.sit("2", "nama Kota Solok", "", "", "hapus", "ya", "1")

    (name,) = re.findall(r"Sesi: (\S+) ", text)
    assert text.count(f"Sesi {name} sudah dihapus.") == 1
    assert "tersimpan" not in text.lower()
    assert {} == desk.on_disk
    assert {"initiator": "regency"} == desk.written["answers"], "what was asked for with -o is written all the same"


def test_a_session_that_was_resumed_is_deleted_too(desk: Desk) -> None:
    desk.sit("2", "simpan TPA")

    desk.sit("hapus", "ya", resume="TPA")

    assert {} == desk.on_disk


def test_on_the_screen_a_session_is_only_deleted_by_who_says_so_twice(knowledge: Knowledge, tmp_path: Path) -> None:
    store = SessionStore(tmp_path)
    session = finished(knowledge, "kartamantul")
    interview = Interview(Interviewer(knowledge), session, "tpa", store.save, "headline", store.delete, new=True)
    interview.save()
    with shown(interview) as driver:
        choose(driver, "Hapus sesi ini")
        assert "Hapus sesi tpa beserta semua jawabannya?" in driver.text
        driver.press("enter")
        assert "Pilih dahulu" in driver.text
        choose(driver, "Tidak, simpan")
        assert ["tpa"] == [saved.name for saved in store.all()]

        choose(driver, "Hapus sesi ini")
        choose(driver, "Ya, hapus")
        assert driver.shell.application.is_done
    interview.titled("TPA")

    assert (True, True, ()) == (interview.deleted, interview.save(), store.all())


def test_a_session_that_cannot_be_deleted_stays_and_that_is_said(knowledge: Knowledge) -> None:
    def refuse(name: str) -> None:
        raise PermissionError(13, "tidak boleh")

    def delete(interview: Interview) -> Iterator[str]:
        yield talked(interview, "hapus", "ya")
        with shown(interview) as driver:
            choose(driver, "Hapus sesi ini")
            choose(driver, "Ya, hapus")
            yield driver.text

    session = finished(knowledge, "kartamantul")
    interview = Interview(Interviewer(knowledge), session, "tpa", lambda saved: None, "headline", refuse)
    for text in delete(interview):
        assert "Sesi tpa tidak dapat dihapus: " in text
        assert not interview.deleted
