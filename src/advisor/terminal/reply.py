"""What a person wrote in plain mode: a command, or an answer to the question."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from advisor.interview.turn import Offer
from advisor.knowledge.question import Question
from advisor.report.wording import Wording
from advisor.understanding.reading import UNKNOWN, Answer

Command = Literal["why", "back", "answers", "advice", "save", "day", "help", "quit"]

# Words of both languages are understood in both, so that nobody has to remember which one runs.
COMMANDS: dict[str, Command] = {
    "mengapa": "why", "why": "why", "?": "why",
    "kembali": "back", "back": "back", "<": "back",
    "jawaban": "answers", "answers": "answers",
    "saran": "advice", "advice": "advice",
    "simpan": "save", "save": "save",
    "hari": "day", "day": "day",
    "bantuan": "help", "help": "help",
    "keluar": "quit", "quit": "quit", "exit": "quit",
}  # fmt: skip
UNKNOWN_WORDS = frozenset({"tidak tahu", "unknown", "tt", "0"})
EMPTY_WORDS = frozenset({"kosong", "empty", "[]", "-"})
YES_NO = {"ya": "yes", "y": "yes", "yes": "yes", "tidak": "no", "t": "no", "n": "no", "no": "no"}


@dataclass(frozen=True)
class Reply:
    """A command with what stands behind it, an answer, or a message that says what was wrong."""

    command: Command | None = None
    argument: str = ""
    answer: Answer | None = None
    message: str = ""


def read_reply(line: str, question: Question, offer: Offer, wording: Wording) -> Reply:
    """Return what a line means as a reply to `question`."""
    text = " ".join(line.split())
    word, _, rest = text.partition(" ")
    if text.lower() in UNKNOWN_WORDS:
        return Reply(answer=UNKNOWN)
    if word.lower() in COMMANDS and not _is_option(text, question, offer):
        return Reply(command=COMMANDS[word.lower()], argument=rest)
    if question.type == "number":
        return _number(text, offer, wording)
    if question.type == "choices":
        return _several(text, question, offer, wording)
    if question.type == "yes_no" and text.lower() in YES_NO:
        return Reply(answer=YES_NO[text.lower()])
    return _option(text, question, offer, wording)


def _is_option(text: str, question: Question, offer: Offer) -> bool:
    return question.type != "number" and text.lower() in offer.options


def number_in(text: str, offer: Offer) -> int | None:
    """Return the number that a text says; None where it says none between the bounds of the offer."""
    number = int(text) if re.fullmatch(r"[0-9]{1,9}", text) else None
    return number if number is not None and offer.low <= number <= offer.high else None


def bounds(question: Question, offer: Offer, wording: Wording) -> str:
    """Return between which numbers the answer to a question must be."""
    return wording.say("interview.number", low=offer.low, high=offer.high, unit=wording.unit(question))


def _number(text: str, offer: Offer, wording: Wording) -> Reply:
    number = number_in(text, offer)
    if number is not None:
        return Reply(answer=number)
    return Reply(message=wording.say("interview.number_wanted", given=text, low=offer.low, high=offer.high))


def _several(text: str, question: Question, offer: Offer, wording: Wording) -> Reply:
    if text.lower() in EMPTY_WORDS:
        return Reply(answer=())
    chosen: set[str] = set()
    for part in text.split(","):
        reply = _option(part.strip(), question, offer, wording)
        if not isinstance(reply.answer, str):
            return reply
        chosen.add(reply.answer)
    return Reply(answer=tuple(option for option in question.option_ids if option in chosen))


def _option(text: str, question: Question, offer: Offer, wording: Wording) -> Reply:
    """Return the option meant by a number, an id, or the beginning of a label."""
    if text.isdigit() and 1 <= int(text) <= len(offer.options):
        return Reply(answer=offer.options[int(text) - 1])
    lowered = text.lower()
    if lowered in offer.options:
        return Reply(answer=lowered)
    labels = {option: wording.option(question.id, option).lower() for option in offer.options}
    exact = [option for option, label in labels.items() if label == lowered]
    fitting = exact or [option for option, label in labels.items() if lowered and lowered in label]
    if len(fitting) == 1:
        return Reply(answer=fitting[0])
    if fitting:
        names = ", ".join(wording.option(question.id, option) for option in fitting)
        return Reply(message=wording.say("interview.ambiguous", given=text, options=names))
    return Reply(message=wording.say("interview.not_understood", given=text))
