"""What a person wrote at a question: a command, or what it means as an answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from advisor.interview.turn import Offer
from advisor.knowledge.question import Question
from advisor.report.wording import Wording
from advisor.understanding.answer import bare, read_answer
from advisor.understanding.reading import UNKNOWN, Ambiguous, Meant, NotUnderstood, Reading, quoted
from advisor.understanding.words import vocabulary

WITH_MORE: Final = frozenset({"answers", "advice", "save", "day", "note", "names", "write", "what_if"})
"""The commands behind which more may stand."""

ASKED_BACK: Final = {
    "reading.no_option": "interview.not_understood",
    "reading.no_such_number": "interview.no_such_number",
}
"""What an interview says where nothing was understood, with what can be done; other reasons say that themselves."""


@dataclass(frozen=True, slots=True)
class Command:
    """A command of words.yaml, and what stands behind it as it was typed."""

    name: str
    argument: str = ""


def read_command(line: str) -> Command | None:
    """Return the command that a line gives; None where it gives none."""
    word, _, argument = " ".join(line.split()).partition(" ")
    known = vocabulary().commands
    name = known.get(word.casefold()) or known.get(bare(word).casefold())
    if name is None or (argument and name not in WITH_MORE):
        return None
    return Command(name, argument)


def read_reply(line: str, question: Question, offer: Offer) -> Command | Reading:
    """Return what a line means as a reply to `question`, whose offered options are numbered from 1.

    What can be an answer is never taken for a command.
    """
    reading = read_answer(line, question, offer.options)
    return (read_command(line) or reading) if isinstance(reading, NotUnderstood) else reading


def asked_back(reading: Ambiguous | NotUnderstood, question: Question, offer: Offer, wording: Wording) -> str:
    """Return the sentence that asks back where no answer was meant, or several can be."""
    if isinstance(reading, Ambiguous):
        names = "; ".join(_numbered(option, question, offer, wording) for option in reading.candidates)
        key = "interview.ambiguous" if len(reading.candidates) > 1 else "interview.perhaps"
        return wording.say(key, given=quoted(reading.text), options=names)
    values = {name: quoted(value) for name, value in reading.values.items()}
    if question.type == "number":
        values |= {"low": str(offer.low), "high": str(offer.high)}
    if reading.key in ASKED_BACK:
        return wording.say(ASKED_BACK[reading.key], **values)
    sentence = wording.say(reading.key, **values)
    return sentence[0].upper() + sentence[1:] + "."


def answer_in_bounds(text: str, question: Question, offer: Offer, wording: Wording) -> str:
    """Return what is wrong with a text as a number for `question`; "" where nothing is, or it is a command."""
    reply = read_reply(text, question, offer)
    if isinstance(reply, Ambiguous | NotUnderstood):
        return asked_back(reply, question, offer, wording)
    if isinstance(reply, Meant) and isinstance(reply.answer, int) and not offer.low <= reply.answer <= offer.high:
        return wording.say("interview.number_wanted", given=quoted(text), low=offer.low, high=offer.high)
    return ""


def bounds(question: Question, offer: Offer, wording: Wording) -> str:
    """Return between which numbers the answer to a question must be."""
    return wording.say("interview.number", low=offer.low, high=offer.high, unit=wording.unit(question))


def _numbered(option: str, question: Question, offer: Offer, wording: Wording) -> str:
    if option == UNKNOWN:
        return f"0. {wording.say('interview.unknown_option')}"
    label = wording.option(question.id, option)
    return f"{offer.options.index(option) + 1}. {label}" if option in offer.options else label
