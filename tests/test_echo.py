"""What was understood is said before the next question, and it is what the session holds."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from advisor.interview.interviewer import Interviewer
from advisor.interview.session import Session
from advisor.interview.turn import Offer
from advisor.knowledge.question import Question
from advisor.knowledge_base import Knowledge
from advisor.text import LANGUAGES, Language
from advisor.understanding.reading import UNKNOWN, Answer
from interviews import DAY, begun, choose, shown, talked

QUESTIONS = 6
YES_NO: dict[Language, dict[str, str]] = {
    "id": {"yes": "ya", "no": "tidak"},
    "en": {"yes": "yes", "no": "no"},
}
NOT_KNOWN: dict[Language, tuple[str, ...]] = {
    "id": ("tidak tahu", "entah", "0"),
    "en": ("unknown", "not sure", "0"),
}


@dataclass(frozen=True)
class Step:
    """A question, what is typed, and what is meant."""

    question: Question
    typed: str
    answer: Answer

    def echo(self, language: Language) -> str:
        """Return the sentence that says it."""
        short = self.question.short.in_language(language)
        return f"✓ {short}: {self._told(language)}."

    def _told(self, language: Language) -> str:
        question, answer = self.question, self.answer
        if answer == UNKNOWN:
            return {"id": "tidak tahu", "en": "not known"}[language]
        if question.type == "yes_no":
            return YES_NO[language][str(answer)]
        if question.type == "number":
            unit = question.unit.in_language(language) if question.unit else ""
            return f"{answer} {unit}".rstrip()
        labels = {option.id: option.label.in_language(language) for option in question.options}
        chosen = answer if isinstance(answer, tuple) else (str(answer),)
        return ", ".join(labels[option] for option in chosen) or {"id": "tidak ada", "en": "none"}[language]


def _steps(knowledge: Knowledge, drawn: random.Random, language: Language) -> Iterator[Step]:
    """Yield the first questions with answers drawn from what is offered, written in one way or another."""
    interviewer, session = Interviewer(knowledge), Session(DAY)
    for _ in range(QUESTIONS):
        name = interviewer.turn(session, "diagnosis").question
        if name is None:
            return
        question, offer = knowledge.library.questions[name], interviewer.offer(session, name)
        step = _step(question, offer, drawn, language)
        while not (step.answer == UNKNOWN or interviewer.allows(name, step.answer, session)):
            step = _step(question, offer, drawn, language)
        yield step
        session = session.answered(name, step.answer)


def _step(question: Question, offer: Offer, drawn: random.Random, language: Language) -> Step:
    if drawn.random() < 0.15:
        typed = drawn.choice(NOT_KNOWN[language][:2] if question.type == "number" else NOT_KNOWN[language])
        return Step(question, typed, UNKNOWN)
    if question.type == "number":
        number = drawn.randint(offer.low, min(offer.high, offer.low + 20))
        return Step(question, str(number), number)
    labels = {option.id: option.label.in_language(language) for option in question.options} or YES_NO[language]
    if question.type == "choices":
        chosen = tuple(option for option in offer.options if drawn.random() < 0.3)
        if not chosen and not offer.nothing:
            chosen = offer.options[:1]
        typed = ", ".join(_written(option, offer, labels, drawn) for option in chosen) or "-"
        return Step(question, typed, chosen)
    option = drawn.choice(offer.options)
    return Step(question, _written(option, offer, labels, drawn), option)


def _written(option: str, offer: Offer, labels: dict[str, str], drawn: random.Random) -> str:
    """Return an option by its number, its id or its label."""
    return drawn.choice([str(offer.options.index(option) + 1), option, labels[option], labels[option].upper()])


seeds = pytest.mark.parametrize(
    "seeds", [range(2), pytest.param(range(2, 60), marks=pytest.mark.heavy)], ids=["few", "many"]
)


@seeds
def test_line_by_line_every_answer_is_said_as_it_is_kept(seeds: range, knowledge: Knowledge) -> None:
    for seed in seeds:
        language = LANGUAGES[seed % 2]
        steps = tuple(_steps(knowledge, random.Random(seed), language))  # noqa: S311
        interview = begun(knowledge, stage="diagnosis")

        text = talked(interview, *(step.typed for step in steps), language=language)

        assert {step.question.id: step.answer for step in steps} == interview.session.given
        echoes = [line[line.index("✓") :] for line in text.splitlines() if "✓" in line]
        assert [step.echo(language) for step in steps] == echoes


@seeds
def test_on_the_screen_every_answer_is_said_as_it_is_kept(seeds: range, knowledge: Knowledge) -> None:
    for seed in seeds:
        language = LANGUAGES[seed % 2]
        interview = begun(knowledge, stage="diagnosis")
        given: dict[str, Answer] = {}
        with shown(interview, 300, 40, language=language) as driver:
            driver.press("1", "enter")
            for step in _steps(knowledge, random.Random(1000 + seed), language):  # noqa: S311
                driver.paste(step.typed)
                driver.press("enter")
                if isinstance(step.answer, tuple) and step.answer:  # what is marked is entered once more
                    driver.press("enter")
                given[step.question.id] = step.answer

                assert given == interview.session.given
                assert step.echo(language) in driver.text


def test_what_a_person_goes_to_or_marks_is_said_too(knowledge: Knowledge) -> None:
    interview = begun(knowledge)
    with shown(interview) as driver:
        driver.press("1", "enter", "down", "down", "enter")
        assert "✓ Pemrakarsa: Kabupaten." in driver.text

        choose(driver, "tidak tahu")
        assert "✓ Bidang: tidak tahu." in driver.text

        driver.press("down", "space", "enter")
        first = knowledge.library.questions["activities"].options[0].label.id
        assert f"✓ Kegiatan: {first}." in driver.text


def test_an_answer_that_is_changed_is_said_with_what_was_dropped_for_it(knowledge: Knowledge) -> None:
    session = Session(DAY, {"counterparts": ("regency_city_same_province",), "region_count": 2})
    told = (
        "✓ Mitra kerja sama: Kabupaten/kota dalam provinsi yang sama, Provinsi sendiri, Provinsi lain. "
        "Jawaban yang tidak berlaku lagi dan dihapus: Jumlah daerah."
    )
    typed = "regency_city_same_province, own_province, other_province"
    assert told in talked(begun(knowledge, session), "jawaban 1", typed)
    with shown(begun(knowledge, session)) as driver:
        driver.press("f2", "up", "enter")
        driver.paste(typed)
        driver.press("enter", "enter")

        assert told in driver.text


def test_nothing_is_said_of_what_was_not_taken(knowledge: Knowledge) -> None:
    session = Session(DAY, {"initiator": "province", **dict.fromkeys(("sector", "activities"), UNKNOWN)})
    interview = begun(knowledge, session.answered("operating_party", UNKNOWN))

    assert "✓" not in talked(interview, "xyz", "99", "kab", "", "provinsi sendiri", "kosong")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_day_a_note_and_a_party_are_said_as_they_are_kept(language: Language, knowledge: Knowledge) -> None:
    expected = {
        "id": ("sekarang: 1 Juni 2013.", "✓ Catatan untuk “Pemrakarsa”: menurut PU", "✓ Pihak: Kota Solok."),
        "en": ("is now 1 June 2013.", "✓ Note on “Initiator”: menurut PU", "✓ Party: Kota Solok."),
    }[language]

    text = talked(begun(knowledge), "hari 1/6/2013", "c menurut  PU", "nama Kota Solok", "", "", language=language)

    assert [] == [sentence for sentence in expected if sentence not in text]
