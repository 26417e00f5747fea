"""What a person types after something else was typed, marked or answered is what counts, and never both at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from advisor import cli
from advisor.interview.interview import Interview
from advisor.interview.session import Session
from advisor.knowledge_base import Knowledge
from advisor.understanding.reading import UNKNOWN, Answer
from interviews import DAY, begun, choose, shown, talked
from program import on_a_terminal
from pseudo import finished

MARKED: Answer = ("build_facility", "operate_service")
BEFORE: dict[str, Answer] = {"initiator": "city", "sector": "solid_waste"}


def _looked_at(knowledge: Knowledge, question: str, answer: Answer) -> Session:
    """Return a session in which all up to a question is answered, and that question last."""
    order = list(knowledge.library.questions)
    before = dict.fromkeys(order[: order.index(question)], UNKNOWN)
    return Session(DAY, {**before, **BEFORE, question: answer})


# -- numbers ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("typed", "answer"), [("3", 3), ("12", 12), ("tiga", UNKNOWN), ("3 daerah", UNKNOWN)])
def test_a_number_typed_over_not_known_is_the_answer_and_what_is_no_number_is_refused(
    typed: str, answer: Answer, knowledge: Knowledge
) -> None:
    interview = begun(knowledge, _looked_at(knowledge, "region_count", UNKNOWN))
    interview.go_to("region_count")
    with shown(interview) as driver:
        driver.paste(typed)
        driver.press("enter")

        assert answer == interview.session.given["region_count"]
        assert (answer == UNKNOWN) == interview.revisiting
        assert answer != UNKNOWN or "bukan bilangan bulat" in driver.text


def test_enter_alone_leaves_not_known_as_it_is(knowledge: Knowledge) -> None:
    interview = begun(knowledge, _looked_at(knowledge, "region_count", UNKNOWN))
    interview.go_to("region_count")
    with shown(interview) as driver:
        driver.press("enter")

        assert UNKNOWN == interview.session.given["region_count"]
        assert not interview.revisiting


def test_the_bounds_that_are_named_are_those_that_other_answers_leave(knowledge: Knowledge) -> None:
    session = _looked_at(knowledge, "region_count", 3)
    partners: Answer = ("regency_city_same_province", "other_province")
    interview = begun(knowledge, Session(DAY, {**session.given, "counterparts": partners}))
    interview.go_to("region_count")
    offer = interview.interviewer.offer(interview.session, "region_count")

    text = talked(interview, "1", "tiga")

    assert offer.low > 1
    assert 2 == text.count(f"dari {offer.low} sampai dengan {offer.high}, ") + text.count(
        f"bilangan dari {offer.low} sampai dengan {offer.high}."
    )


def test_a_bare_number_is_no_option_yet_where_it_may_be_an_amount(knowledge: Knowledge) -> None:
    session = _looked_at(knowledge, "duration", UNKNOWN)
    interview = begun(knowledge, session)
    interview.go_to("duration")

    told = talked(interview, "5", "tidak", "5", "ya")
    asked_again = begun(knowledge, session)
    asked_again.go_to("duration")
    talked(asked_again, "5", "5 tahun")

    assert 2 == told.count('"5" belum jelas; mungkin maksudnya: 5. Terus-menerus.')
    assert "permanent" == interview.session.given["duration"]
    assert "five_years_or_more" == asked_again.session.given["duration"]


def test_on_the_screen_such_a_number_is_gone_to_and_taken_with_one_more_enter(knowledge: Knowledge) -> None:
    interview = begun(knowledge, _looked_at(knowledge, "duration", UNKNOWN))
    interview.go_to("duration")
    with shown(interview) as driver:
        driver.press("5", "enter")

        assert UNKNOWN == interview.session.given["duration"]
        assert "Enter sekali lagi mencatatnya" in driver.text
        driver.press("enter")
        assert "permanent" == interview.session.given["duration"]


# -- marks --------------------------------------------------------------------------------------------------


def test_what_is_typed_is_marked_beside_the_earlier_answer_and_all_of_it_is_named(knowledge: Knowledge) -> None:
    interview = begun(knowledge, _looked_at(knowledge, "activities", MARKED))
    interview.go_to("activities")
    with shown(interview) as driver:
        driver.press(*"pelatihan", "enter")
        assert "ditandai: Melatih aparatur, Membangun fasilitas, Menjalankan layanan. Enter" in driver.text
        driver.press("enter")

    assert ("train_staff", *MARKED) == interview.session.given["activities"]


def test_line_by_line_what_is_gone_of_an_earlier_answer_is_said(knowledge: Knowledge) -> None:
    interview = begun(knowledge, _looked_at(knowledge, "activities", MARKED))
    interview.go_to("activities")

    text = talked(interview, "pelatihan")

    assert "✓ Kegiatan: Melatih aparatur. (Sebelumnya: Membangun fasilitas, Menjalankan layanan.)" in text


@pytest.mark.parametrize(("keys", "answer"), [(["up"], UNKNOWN), (["up", "up"], ())])
def test_not_known_and_none_of_them_are_no_answer_yet_where_something_is_marked(
    keys: list[str], answer: Answer, knowledge: Knowledge
) -> None:
    interview = begun(knowledge, _looked_at(knowledge, "sharing", ("benefit",)), stage="diagnosis")
    interview.go_to("sharing")
    with shown(interview) as driver:
        driver.press(*keys, "enter")
        assert "Semua tanda dihapus." in driver.text
        assert ("benefit",) == interview.session.given["sharing"]
        driver.press("enter")

    assert answer == interview.session.given["sharing"]


def test_all_that_is_marked_is_named_before_it_is_the_answer(knowledge: Knowledge) -> None:
    interview = begun(knowledge, Session(DAY, BEFORE))
    with shown(interview, 70, 20) as driver:
        driver.press("down", "space", *"pelatihan", "enter")
        assert "Yang ditandai: Bertukar informasi, Melatih aparatur. Enter" in driver.text
        driver.press("enter")

    assert ("exchange_information", "train_staff") == interview.session.given["activities"]


def test_none_of_them_is_no_answer_yet_where_something_is_marked(knowledge: Knowledge) -> None:
    before = dict.fromkeys(list(knowledge.library.questions), UNKNOWN)
    interview = begun(knowledge, Session(DAY, {**before, **BEFORE, "sharing": UNKNOWN}), stage="diagnosis")
    interview.go_to("sharing")
    with shown(interview) as driver:
        driver.press("down", "space")
        driver.paste("tidak satu pun")
        driver.press("enter")
        assert "Semua tanda dihapus." in driver.text
        assert UNKNOWN == interview.session.given["sharing"]
        driver.press("enter")

    assert () == interview.session.given["sharing"]


# -- what was typed -----------------------------------------------------------------------------------------


def test_what_was_refused_goes_where_something_else_is_typed(knowledge: Knowledge) -> None:
    interview = begun(knowledge, Session(DAY, {}))
    with shown(interview) as driver:
        driver.press("1", "enter", *"xyz", "enter", *"kota", "enter")

    assert {"initiator": "city"} == interview.session.given


@pytest.mark.parametrize("key", ["escape", "left"])
def test_what_is_typed_is_taken_away_before_the_question_is_left(key: str, knowledge: Knowledge) -> None:
    interview = begun(knowledge, Session(DAY, {"initiator": "city"}))
    with shown(interview) as driver:
        driver.press(*"jal", key)
        assert "Ketikan" not in driver.text
        assert not interview.revisiting
        driver.press("left")
        assert interview.revisiting


def test_a_number_that_is_taken_away_leaves_the_earlier_one(knowledge: Knowledge) -> None:
    interview = begun(knowledge, _looked_at(knowledge, "region_count", 4))
    interview.go_to("region_count")
    with shown(interview) as driver:
        driver.press("7", "escape", "enter")

    assert 4 == interview.session.given["region_count"]


# -- what could be meant ------------------------------------------------------------------------------------


def test_the_one_option_that_may_be_meant_is_taken_once_the_person_says_so(knowledge: Knowledge) -> None:
    asked = Session(DAY, {**BEFORE, "activities": ("operate_service",)})
    yes, no, other = begun(knowledge, asked), begun(knowledge, asked), begun(knowledge, asked)
    question = '"bumd" belum jelas; mungkin maksudnya: 3. BUMD milik satu anggota.\nItu yang dimaksud?'

    assert question in talked(yes, "bumd", "ya")
    assert "✓" not in talked(no, "bumd", "tidak")
    talked(other, "bumd", "provinsi lain", "belum ditentukan")

    assert ["member_enterprise", None, "undecided"] == [
        interview.session.given.get("operating_party") for interview in (yes, no, other)
    ]


def test_on_the_screen_the_one_option_that_may_be_meant_is_gone_to(knowledge: Knowledge) -> None:
    interview = begun(knowledge, Session(DAY, {**BEFORE, "activities": ("operate_service",)}))
    with shown(interview) as driver:
        driver.press(*"bumd", "enter")
        assert "› 3. BUMD milik satu anggota" in driver.text
        assert "operating_party" not in interview.session.given
        driver.press("enter")

    assert "member_enterprise" == interview.session.given["operating_party"]


@pytest.mark.parametrize("typed", ["belum", "blm", "belum ada"])
def test_not_yet_is_asked_back_where_yes_or_no_is_asked_for(typed: str, knowledge: Knowledge) -> None:
    order = list(knowledge.library.questions)
    before = dict.fromkeys(order[: order.index("bordering")], UNKNOWN)
    interview = begun(knowledge, Session(DAY, {**before, "region_count": 3}), stage="diagnosis")
    interview.go_to("region_count")
    interview.stay()
    text = talked(interview, typed)

    assert "bordering" == interview.question
    assert f'"{typed}" dapat berarti tidak atau tidak tahu' in text.replace("“", '"')


# -- a list has its own prompt ------------------------------------------------------------------------------


@pytest.mark.parametrize("lines", [["jawaban", "2"], ["nama", "2"], ["saran", "2"]], ids=" ".join)
def test_a_number_behind_a_list_answers_no_question(lines: list[str], knowledge: Knowledge) -> None:
    interview = begun(knowledge, Session(DAY, BEFORE))

    talked(interview, *lines)

    assert BEFORE == dict(interview.session.given)


def test_behind_a_list_a_command_does_what_it_does_elsewhere(knowledge: Knowledge) -> None:
    interview = begun(knowledge, Session(DAY, BEFORE))

    talked(interview, "jawaban", "hari 1 Juni 2013", "jawaban", "kembali", "nama", "keluar", "provinsi")

    assert (BEFORE, "2013-06-01") == (dict(interview.session.given), interview.session.as_of.isoformat())


def test_an_answer_is_looked_at_again_by_the_words_of_its_question(knowledge: Knowledge) -> None:
    interview = begun(knowledge, Session(DAY, BEFORE))

    talked(interview, "jawaban bidang", "jalan")

    assert "roads" == interview.session.given["sector"]


def test_the_question_is_shown_again_where_much_was_said_or_it_is_asked_for(knowledge: Knowledge) -> None:
    question = knowledge.library.questions["initiator"].text.id

    for lines in (["mengapa"], ["bantuan"], ["jawaban"], ["ulang"]):
        assert 2 == talked(begun(knowledge), *lines).count(f"\n{question}\n"), lines
    assert 1 == talked(begun(knowledge), "c menurut PU", "simpan TPA", "xyz").count(f"\n{question}\n")


# -- parties ------------------------------------------------------------------------------------------------


def test_a_party_is_named_by_the_command_changed_and_left_as_it_is(knowledge: Knowledge) -> None:
    interview = begun(knowledge, Session(DAY, {"initiator": "city"}))
    with shown(interview) as driver:
        driver.paste("nama Kab Magelang")
        driver.press("enter", *"Bupati A", "enter", "enter")
        driver.press("up", "enter", "1", "enter", "c-u", *"Kabupaten Magelang", "enter", "enter", "enter")
        assert "1. Kabupaten Magelang (Bupati A)" in driver.text
        driver.press("up", "enter", "1", "enter", "escape")
        assert "1. Kabupaten Magelang (Bupati A)" in driver.text

    (party,) = interview.session.parties
    assert ("Kabupaten Magelang", "Bupati A", "") == (party.name, party.signatory, party.office)


def test_line_by_line_a_number_is_a_party_to_change_and_a_command_ends_the_naming(knowledge: Knowledge) -> None:
    interview = begun(knowledge)

    talked(interview, "nama Kota A", "Wali Kota A", "", "nama", "1", "Kota B", "", "", "nama Kota C", "kembali")

    assert ["Kota B"] == [party.name for party in interview.session.parties]


# -- lines --------------------------------------------------------------------------------------------------


def test_a_head_that_does_not_fit_says_so(knowledge: Knowledge) -> None:
    interview = begun(knowledge, Session(DAY, {"initiator": "city"}, title="Kerja sama " * 20))
    with shown(interview, 60, 20) as driver:
        assert driver.rows[0].rstrip().endswith("…")


def test_on_a_terminal_lines_break_between_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    text = on_a_terminal("interview", "--plain")

    assert max(map(len, text.splitlines())) <= 80
    assert "dalam 15 menit" in " ".join(text.split())


@pytest.mark.usefixtures("loaded")
@pytest.mark.parametrize(
    "words",
    [
        ["--how", "Persetujuan DPRD"],
        ["--how", "DPRD approval"],
        ["--why-not", "Bentuk untuk memulai=Badan kerja sama"],
        ["--reach", "Kelayakan menurut hukum=tidak"],
    ],
    ids=" ".join,
)
def test_a_conclusion_and_its_value_are_named_by_their_labels_too(
    words: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("as_of: 2024-05-31\nanswers: {sector: solid_waste}\n", "utf-8")

    assert 0 == cli.main(["explain", str(path), *words])
    assert capsys.readouterr().out


def test_at_the_end_a_command_does_what_it_does_at_a_question(knowledge: Knowledge) -> None:
    interview = begun(knowledge, Session(DAY, {"lawful_object": "no", "counterparts": ("cooperative",)}))
    with shown(interview) as driver:
        driver.press(*"tulis", "enter")
        assert "Apa yang ditulis ke berkas?" in driver.text
        driver.press("escape")
        driver.paste("simpan TPA")
        driver.press("enter")

    assert "TPA" == interview.session.title


def test_a_number_that_no_line_has_is_said_and_goes_where_another_is_typed(knowledge: Knowledge) -> None:
    interview = begun(knowledge, Session(DAY, BEFORE))
    with shown(interview) as driver:
        driver.press("f2", "9", "9", "enter")
        assert "99" in driver.text
        assert "nomornya 1 sampai dengan 2" in driver.text
        driver.press("2", "enter")

        assert "Bidang apa yang akan ditangani" in driver.text


def test_the_page_keys_go_through_a_long_list(knowledge: Knowledge) -> None:
    interview = begun(knowledge, Session(DAY, {"initiator": "city"}))
    with shown(interview, 80, 24) as driver:
        driver.press("down", "pagedown")
        assert "› 9. " in driver.text
        driver.press("pagedown", "pagedown", "pagedown")
        assert "› 0. tidak tahu" in driver.text
        driver.press("pageup", "pageup", "pageup", "enter")

    assert "solid_waste" == interview.session.given["sector"]


def test_a_file_is_called_by_the_title_and_gets_the_ending_that_was_left_out(
    knowledge: Knowledge, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    interview = begun(knowledge, Session(DAY, BEFORE, "TPA Regional: Magelang/Temanggung"))

    assert "TPA-Regional-Magelang-Temanggung.yaml" in talked(interview, "tulis 1", "")
    talked(interview, "tulis 1", "jawaban")

    assert {"TPA-Regional-Magelang-Temanggung.yaml", "jawaban.yaml"} == {path.name for path in tmp_path.iterdir()}


# -- questions that were not asked --------------------------------------------------------------------------


def _at_its_end(knowledge: Knowledge) -> Interview:
    """Return an interview in which all is answered that was asked; what the study does not say is not known."""
    interview = begun(knowledge, Session(DAY))
    answers = finished(knowledge, "barlingmascakeb").given
    while interview.question is not None:
        interview.answer(answers[interview.question])
    return interview


def test_a_question_that_was_not_asked_is_answered_from_the_list_of_answers(knowledge: Knowledge) -> None:
    interview = _at_its_end(knowledge)
    name = next(name for name in interview.interviewer.domains if name not in interview.session.given)
    with shown(interview) as driver:
        assert "dapat menentukan langkah, naskah, atau jadwal" in " ".join(driver.text.split())
        driver.press("f2")
        choose(driver, interview.interviewer.library.questions[name].short.id)
        assert "tidak ditanyakan, karena tidak menentukan simpulan" in driver.text
        driver.press("0", "enter")

        assert UNKNOWN == interview.session.given[name]
        assert not interview.revisiting


def test_line_by_line_it_is_answered_there_too_or_left(knowledge: Knowledge) -> None:
    interview = _at_its_end(knowledge)
    names = [name for name in interview.interviewer.domains if name not in interview.session.given]
    short = interview.interviewer.library.questions[names[0]].short.id

    told = talked(interview, f"jawaban {short}", "", f"jawaban {short}", "belum tahu")

    assert f"{len(names)} pertanyaan lain tidak menentukan simpulan" in told
    assert UNKNOWN == interview.session.given[names[0]]
    assert 1 == told.count("✓")
