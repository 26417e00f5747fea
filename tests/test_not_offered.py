"""Options that contradict other answers: they are named as not offered, and whoever writes one is told why not."""

from __future__ import annotations

import random

import pytest

from advisor.interview.interviewer import Interviewer
from advisor.interview.session import Session
from advisor.knowledge_base import Knowledge
from advisor.report.wording import Wording
from advisor.terminal.interview_talk import not_offered
from advisor.text import LANGUAGES, Language
from advisor.understanding.reading import UNKNOWN
from interviews import DAY, begun, shown, talked
from rows import drawn_answers

BY_PROVINCE = Session(
    DAY, {"initiator": "province", **dict.fromkeys(("sector", "activities", "operating_party"), UNKNOWN)}
)
"""Here the interview asks for the partners, among whom the initiator itself cannot be."""

NAMED: dict[Language, str] = {
    "id": "Tidak ditawarkan, karena bertentangan dengan jawaban lain: Provinsi sendiri.",
    "en": "Not offered, because other answers contradict it: Own province.",
}
REFUSED: dict[Language, str] = {
    "id": "Jawaban ini tidak dicatat karena bertentangan dengan jawaban atas: Pemrakarsa.",
    "en": "This answer was not recorded, as it contradicts the answer to: Initiator.",
}
WRITTEN = ("provinsi sendiri", "own_province", "kabupaten/kota di provinsi lain, provinsi sendiri")


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_not_offered_is_named_and_refused_with_the_questions_line_by_line(
    language: Language, knowledge: Knowledge
) -> None:
    interview = begun(knowledge, BY_PROVINCE)

    text = talked(interview, *WRITTEN, language=language)

    assert (1, len(WRITTEN)) == (text.count(NAMED[language]), text.count(REFUSED[language]))
    assert BY_PROVINCE == interview.session


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_not_offered_is_named_and_refused_with_the_questions_on_the_screen(
    language: Language, knowledge: Knowledge
) -> None:
    interview = begun(knowledge, BY_PROVINCE)
    with shown(interview, language=language) as driver:
        assert NAMED[language] in driver.text
        for written in WRITTEN:
            driver.paste(written)
            driver.press("enter")
            assert REFUSED[language] in driver.text

            driver.press("escape")
    assert BY_PROVINCE == interview.session


def test_options_that_only_together_contradict_another_answer_are_refused_with_the_question(
    knowledge: Knowledge,
) -> None:
    session = Session(DAY, {"region_count": 2, **BY_PROVINCE.given, "initiator": "regency"})
    told = "Jawaban ini tidak dicatat karena bertentangan dengan jawaban atas: Jumlah daerah."
    interview = begun(knowledge, session)

    assert told in talked(interview, "own_province, other_province")
    with shown(interview) as driver:
        driver.paste("own_province, other_province")
        driver.press("enter", "enter")
        assert told in driver.text
    assert session == interview.session


def test_who_changes_an_answer_may_choose_what_contradicts_later_ones_and_is_told_what_gives_way(
    knowledge: Knowledge,
) -> None:
    session = Session(DAY, {"initiator": "regency", "counterparts": ("own_province",)})
    interview = begun(knowledge, session)

    text = talked(interview, "jawaban 1", "provinsi")

    assert "Tidak ditawarkan, karena bertentangan dengan jawaban lain: Provinsi." in text
    assert "✓ Pemrakarsa: Provinsi. Jawaban yang tidak berlaku lagi dan dihapus: Mitra kerja sama." in text
    assert {"initiator": "province"} == interview.session.given


@pytest.mark.parametrize(
    "seeds", [range(2), pytest.param(range(2, 30), marks=pytest.mark.heavy)], ids=["few", "many"]
)
def test_exactly_the_options_that_cannot_stand_beside_the_answers_are_named(
    seeds: range, knowledge: Knowledge
) -> None:
    interviewer, wording, day = Interviewer(knowledge), Wording(knowledge.library, "id", DAY), knowledge.on(DAY)
    encoding = day.encoding()
    for seed in seeds:
        drawn = random.Random(seed)  # noqa: S311
        while day.generated.contradictions(row := drawn_answers(drawn.randrange(2**32), day)):
            pass
        codes = {domain.id: code for domain, code in zip(day.program.domains, row, strict=True)}
        given = {name: day.program.domain(name).decode(codes[name]) for name in drawn.sample(sorted(codes), 25)}
        for question in knowledge.library.questions.values():
            others = encoding.answers({name: codes[name] for name in given if name != question.id})
            closed = []
            for option in () if question.type == "number" else question.option_ids:
                if question.type == "choices":
                    chosen = [encoding.atom((question.id, option))]
                else:
                    chosen = [*encoding.answer(question.id, day.program.domain(question.id).encode(option))]
                if not encoding.solver.satisfiable([*others, *chosen]):
                    closed.append(wording.option(question.id, option))
            told = not_offered(question, interviewer.offer(Session(DAY, given), question.id), wording)

            assert ", ".join(closed) == told.partition("lain: ")[2].removesuffix("."), question.id
