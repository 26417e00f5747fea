"""What people type means the same everywhere, as the table says that it is meant."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import product

import pytest

from advisor.inference.case import CaseReader
from advisor.interview.turn import Offer
from advisor.knowledge.question import Question
from advisor.knowledge_base import Knowledge
from advisor.report.wording import Wording
from advisor.terminal.interview_talk import taken
from advisor.terminal.reply import Command, read_reply
from advisor.understanding.answer import LONGEST, choices_of, read_answer
from advisor.understanding.reading import Meant
from advisor.understanding.words import vocabulary
from replies import (
    DAY_OF_SIGNING,
    Heard,
    Remembering,
    Row,
    heard_by_what_if,
    heard_in_a_file,
    heard_in_plain_mode,
    heard_on_the_screen,
    read_table,
)

ROWS = read_table()
UNLISTED = tuple(row for row in ROWS if not row.listed)
ASKED_BACK = tuple(row for row in ROWS if row.is_asked_back)
DONE = tuple(row for row in ROWS if not row.is_asked_back)
ALL = pytest.param(1, marks=pytest.mark.heavy)
"""What follows from an answer, and is drawn, takes a while: by default only every so many rows are tried."""

LONG = {
    "one word": "kota" * LONGEST,
    "words": "kota " * LONGEST,
    "digits": "1" * LONGEST * 9,
    "a list": "membangun, " * LONGEST,
    "numbers": "1 " * LONGEST,
    "commas": "," * LONGEST * 9,
    "stops and quotes": '."' * LONGEST,
}


MOST_SAID = 1300
"""In letters; as many as on the small screen, which is shown where another one opened."""


@pytest.fixture(scope="module")
def interviewer(knowledge: Knowledge) -> Remembering:
    """An interviewer for all rows."""
    return Remembering(knowledge)


@pytest.fixture(scope="module")
def wording(knowledge: Knowledge) -> Wording:
    """How things are said in Indonesian."""
    return Wording(knowledge.library, "id")


def _misheard(heard: Iterable[Heard], wording: Wording, *, talks: bool) -> list[str]:
    """Return the rows of which something else became than the table says.

    Who `talks` repeats what it understood, and calls options by their labels; who does not, by their ids.
    """
    found: list[str] = []
    for one in heard:
        row = one.row
        said = [wording.option(row.question, option) if talks else option for option in row.asks]
        if talks and row.stored is not None and row.question != DAY_OF_SIGNING:
            said.append(taken(row.question, one.stored, wording))  # type: ignore[arg-type]
        missing = [words for words in said if words not in one.said]
        refused = wording.say("interview.not_understood", given=row.text.strip()) in one.said
        silent = row.stored is None and not row.command and not one.said
        if one.stored != row.stored or missing or silent or (row.command and talks and refused):
            found.append(f"{row}: stored {one.stored!r}, said {one.said!r}")
    return found


def test_the_table_has_hundreds_of_replies_in_both_languages(knowledge: Knowledge) -> None:
    found = {row.question: set[str]() for row in ROWS}
    for row in ROWS:
        found[row.question].add(row.text)

    assert len(ROWS) == sum(map(len, found.values()))
    assert len(ROWS) >= 2000
    assert {*knowledge.library.questions, DAY_OF_SIGNING} == set(found)
    assert {"provinsi", "tidak", "belum ada", "1 Mei 2026"} <= set().union(*found.values())
    assert {"province", "not sure", "none", "1 May 2026"} <= set().union(*found.values())


@pytest.mark.parametrize("step", [12, ALL])
def test_a_reply_means_in_plain_mode_what_the_table_says(
    step: int, interviewer: Remembering, wording: Wording
) -> None:
    rows = (*ASKED_BACK, *DONE[::step])

    assert [] == _misheard(heard_in_plain_mode(interviewer, rows), wording, talks=True)


def test_a_reply_means_in_an_answers_file_what_the_table_says(knowledge: Knowledge, wording: Wording) -> None:
    reader = CaseReader(knowledge.library, knowledge.rulebase)

    assert [] == _misheard(heard_in_a_file(reader, UNLISTED), wording, talks=False)


def test_a_reply_means_to_what_if_what_the_table_says(knowledge: Knowledge, wording: Wording) -> None:
    assert [] == _misheard(heard_by_what_if(knowledge, UNLISTED), wording, talks=False)


@pytest.mark.parametrize("step", [90, ALL])
def test_a_reply_means_on_the_whole_screen_what_the_table_says(
    step: int, interviewer: Remembering, wording: Wording
) -> None:
    assert [] == _misheard(heard_on_the_screen(interviewer, ROWS[::step]), wording, talks=True)


@pytest.mark.parametrize("text", LONG.values(), ids=LONG)
def test_a_text_that_nobody_means_as_an_answer_is_asked_back_in_a_short_sentence(
    text: str, interviewer: Remembering
) -> None:
    rows = [
        Row(question, text) for question in ("sector", "activities", "bordering", "region_count", DAY_OF_SIGNING)
    ]

    heard = [*heard_in_plain_mode(interviewer, rows), *heard_on_the_screen(interviewer, rows)]

    assert [] == [one for one in heard if one.stored is not None or not 0 < len(one.said) < MOST_SAID]


# -- every label of every question --------------------------------------------------------------------------

NEGATIONS = ("tidak", "tak", "belum", "bukan", "tanpa", "kurang", "selain", "not", "no", "without", "never")
LONGEST_CUT = 6
"""Of a word inside a label, in letters."""


def _plain(text: str) -> str:
    """Return a text as words with one blank between them."""
    return " ".join(re.findall(r"[^\W_]+(?:['’][^\W_]+)?", text.casefold()))


def _labels(question: Question) -> list[tuple[str, str]]:
    """Return the options, each with its label in each language."""
    return [(choice.id, _plain(label)) for choice in choices_of(question) for label in choice.labels]


def _meant(text: str, question: Question) -> set[str]:
    """Return the options that a text is taken for."""
    reading = read_answer(text, question)
    answer = reading.answer if isinstance(reading, Meant) else ()
    return set(answer) if isinstance(answer, tuple) else {str(answer)}


def _possible(text: str, question: Question) -> set[str]:
    """Return the options that a careful person can mean: by an id, a whole label, or what it or a word begins with.

    What stands behind a negation means the opposite without it.
    """
    labels = _labels(question)
    others = {(one.id, _plain(alias)) for one in choices_of(question) for alias in one.aliases}
    found = {option for option, label in (*labels, *others) if text in (_plain(option), label)}
    for option, label in () if found else labels:
        before, inside, _ = f" {label}".partition(f" {text}")
        if inside and not set(before.split()) & set(NEGATIONS):
            found.add(option)
    return found


def _beginnings(label: str) -> Iterator[str]:
    """Yield the beginnings of a label, and of its words up to the end of a word or to a few letters of one."""
    yield from (label[:end] for end in range(1, len(label) + 1))
    for start in (found.end() for found in re.finditer(" ", label)):
        rest = label[start:]
        yield from (rest[:end] for end in range(1, LONGEST_CUT))
        yield from (rest[: found.start()] for found in re.finditer(" |$", rest))


def test_no_beginning_of_a_label_is_taken_for_what_a_careful_person_would_not_mean(knowledge: Knowledge) -> None:
    wrong = []
    for question in knowledge.library.questions.values():
        for text in {begun.strip() for _, label in _labels(question) for begun in _beginnings(label)}:
            meant, possible = _meant(text, question), _possible(text, question)
            if meant and meant != possible:
                wrong.append((question.id, text, meant, possible))

    assert [] == wrong


def test_of_labels_that_contain_each_other_each_is_meant_by_the_whole_of_it_alone(knowledge: Knowledge) -> None:
    pairs, wrong = set(), []
    for question in knowledge.library.questions.values():
        labels = _labels(question)
        for (one, inner), (other, outer) in product(labels, labels):
            if one == other or inner not in outer:
                continue
            pairs.add((inner, outer))
            if ({one}, {other}) != (_meant(inner, question), _meant(outer, question)):
                wrong.append((question.id, inner, outer))
            begun = {inner[:end].strip() for end in range(1, len(inner))}
            wrong += [(question.id, text, outer) for text in begun if other in _meant(text, question)]

    assert [] == wrong
    assert ("provinsi lain", "kabupaten kota di provinsi lain") in pairs


def test_nothing_is_taken_for_what_stands_inside_a_word(knowledge: Knowledge) -> None:
    wrong = []
    for question in knowledge.library.questions.values():
        for _, label in _labels(question):
            inside = [found.start() for found in re.finditer(r"(?<=\w)\w", label)]
            texts = {label[start:].partition(" ")[0] for start in inside} | {label[start:] for start in inside}
            wrong += [
                (question.id, text, label)
                for text in texts
                if _meant(text, question) and not _possible(text, question)
            ]

    assert [] == wrong


LITTLE_WORDS = """
    di ke dari pada untuk dengan dan atau yang ini itu ada apa siapa aku kami saya dia akan bisa saja juga
    lagi lain sama satu dua per me pe se ber ter mem men pem
    a an the of to in on at by for or and as is it its be do go he me my so up us we use who what other same one two
"""
"""Words that name nothing, and syllables with which half of all words begin."""


def test_a_word_that_names_nothing_is_taken_for_nothing_but_the_whole_of_it(knowledge: Knowledge) -> None:
    wrong = []
    for question in knowledge.library.questions.values():
        whole = {name for option, label in _labels(question) for name in (option, label)}
        wrong += [
            (question.id, word) for word in LITTLE_WORDS.split() if word not in whole and _meant(word, question)
        ]

    assert [] == wrong


@pytest.mark.parametrize("negation", NEGATIONS)
def test_a_label_behind_a_negation_is_never_taken_for_its_option(negation: str, knowledge: Knowledge) -> None:
    wrong = []
    for question in knowledge.library.questions.values():
        texts = [(option, f"{negation} {label}") for option, label in _labels(question)]
        wrong += [(question.id, text) for option, text in texts if option in _meant(text, question)]

    assert [] == wrong


def test_no_word_for_a_command_takes_an_option_and_no_option_a_command(knowledge: Knowledge) -> None:
    wrong = []
    for question in knowledge.library.questions.values():
        offer = Offer.of(question)
        for word, name in vocabulary().commands.items():
            for text in (word, word.upper(), f" {word} "):
                if read_reply(text, question, offer) != Command(name):
                    wrong.append((question.id, text))
        for choice in choices_of(question):
            answer = (choice.id,) if question.type == "choices" else choice.id
            for name in (choice.id, *choice.labels):
                for text in (name, name.upper(), f"“{name}.”", name.replace(" ", "-")):
                    if read_reply(text, question, offer) != Meant(answer):
                        wrong.append((question.id, text))

    assert [] == wrong
