"""Answers: what a text means as the answer to a question."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise

from advisor.knowledge.question import Question
from advisor.text import Text
from advisor.understanding.options import read_option
from advisor.understanding.reading import UNKNOWN, Ambiguous, Choice, Meant, NotUnderstood, Reading
from advisor.understanding.words import typed_words, vocabulary

QUOTES = "\"'“”‘’«»"
AT_END = ".,!;…"
DIGITS = re.compile(r"0|[1-9][0-9]{0,3}")
SEVERAL_DIGITS = re.compile(rf"(?:{DIGITS.pattern})(?:\s+(?:{DIGITS.pattern}))+")
MOST_PARTS = 40
LONGEST_NUMBER = 9
LONGEST = 2000
"""Of a text, in characters: more than all options of a question, written out."""


def read_answer(text: str, question: Question, listed: Sequence[str] | None = None) -> Reading:
    """Return what a text means as the answer to a question.

    `listed` are the options that stand before the person with numbers from 1 (then a number names one, and 0 says
    that the answer is not known); None where there is no such list.
    """
    if len(text.strip()) > LONGEST:
        return NotUnderstood("reading.too_long", {"most": str(LONGEST)})
    text = bare(text)
    if is_unknown(text):
        return Meant(UNKNOWN)
    if question.type == "number":
        return read_number(text, question)
    if listed is not None and text == "0":
        return Meant(UNKNOWN)
    choices = choices_of(question)
    if question.type == "choices":
        return _several(text, choices, question, listed)
    if question.type == "yes_no":
        return _yes_or_no(text, listed)
    reading = _single(text, choices, listed)
    if question.measured and DIGITS.fullmatch(text) and isinstance(reading, Meant):
        return Ambiguous(text, (str(reading.answer),))
    return reading


def read_yes_or_no(text: str) -> str | None:
    """Return `yes` or `no`, where a text says one of them; None where it says neither."""
    words = typed_words(bare(text))
    known = vocabulary()
    return "yes" if words in known.yes else "no" if words in known.no else None


def is_unknown(text: str) -> bool:
    """Whether a text says that something is not known."""
    return typed_words(bare(text)) in vocabulary().unknown


def choices_of(question: Question) -> tuple[Choice, ...]:
    """Return what can be chosen in answer to a question, by id and label."""
    if question.type == "yes_no":
        return (Choice("yes", Text(id="ya", en="yes")), Choice("no", Text(id="tidak", en="no")))
    return tuple(Choice(option.id, option.label, option.aliases) for option in question.options)


def bare(text: str) -> str:
    """Return a text without blanks and quotation marks around it and without a stop at its end.

    Of a text that is longer than any answer only the blanks go.
    """
    text, before = text.strip(), None
    while before != text and len(text) <= LONGEST:
        before = text
        text = text.strip().strip(QUOTES)
        if len(text) > 1 and text[-1] in AT_END:
            text = text[:-1]
    return text


def read_number(text: str, question: Question) -> Reading:
    """Return the number that a text writes in digits; `NotUnderstood` says why it is none that can be taken."""
    low, high = question.bounds
    values = {"given": text, "low": str(low), "high": str(high)}
    if not re.fullmatch(r"[0-9]+", text):
        return NotUnderstood("reading.digits_only", values)
    if len(text) > 1 and text[0] == "0":
        return NotUnderstood("reading.leading_zero", values)
    if len(text) > LONGEST_NUMBER or not low <= int(text) <= high:
        return NotUnderstood("reading.out_of_bounds", values)
    return Meant(int(text))


@cache
def _separator(*more: str) -> re.Pattern[str]:
    """Return what stands between several answers; `more` are other words that do."""
    joins = "|".join(map(re.escape, (*vocabulary().joins, *more)))
    return re.compile(rf"[,;\n]|(?<!\w)(?:[&+]|{joins})(?!\w)", re.IGNORECASE)


def parties_in(text: str) -> list[str]:
    """Return the parts of a text that may be the names of several parties."""
    return [part.strip() for part in _separator(*vocabulary().partners).split(text) if part.strip()]


def _yes_or_no(text: str, listed: Sequence[str] | None) -> Reading:
    answer = read_yes_or_no(text)
    if answer is not None:
        return Meant(answer)
    if DIGITS.fullmatch(text):
        return _numbered(text, listed)
    not_yet = typed_words(text)[:1] in vocabulary().not_yet
    return NotUnderstood("reading.not_yet" if not_yet else "reading.no_option", {"given": text})


def _single(text: str, choices: Sequence[Choice], listed: Sequence[str] | None) -> Reading:
    if DIGITS.fullmatch(text):
        return _numbered(text, listed)
    reading = read_option(text, choices)
    if isinstance(reading, Ambiguous) and typed_words(text) in vocabulary().not_yet:
        return Ambiguous(text, (*reading.candidates, UNKNOWN))
    return reading


def _numbered(text: str, listed: Sequence[str] | None) -> Reading:
    if listed is None:
        return NotUnderstood("reading.no_option", {"given": text})
    if 1 <= int(text) <= len(listed):
        return Meant(listed[int(text) - 1])
    return NotUnderstood("reading.no_such_number", {"given": text, "most": str(len(listed))})


def _several(text: str, choices: Sequence[Choice], question: Question, listed: Sequence[str] | None) -> Reading:
    """Return the options that a text names: as few parts as possible, each of which names one."""
    whole = _single(text, choices, listed)
    if not _separator().sub("", text).strip():
        return NotUnderstood("reading.no_option", {"given": text})
    if isinstance(whole, Meant):
        return _in_order([str(whole.answer)], question)
    if text == "-" or text == "[]" or typed_words(text) in vocabulary().nothing:
        return Meant(())
    if SEVERAL_DIGITS.fullmatch(text):
        parts = [_numbered(number, listed) for number in text.split()]
        return _joined(parts, question)
    between = [found.span() for found in _separator().finditer(text)]
    ends = [(0, 0), *between, (len(text), len(text))]
    if len(ends) > MOST_PARTS:
        return NotUnderstood("reading.too_many_parts", {"given": text[:40]})
    if len(ends) == 2:
        says_none = typed_words(text) in vocabulary().no or typed_words(text)[:1] in vocabulary().not_yet
        if isinstance(whole, NotUnderstood) and says_none:
            return NotUnderstood("reading.none_of_them", {"given": text})
        return whole
    return _best(text, ends, choices, question, listed)


def _best(
    text: str,
    ends: Sequence[tuple[int, int]],
    choices: Sequence[Choice],
    question: Question,
    listed: Sequence[str] | None,
) -> Reading:
    """Return what the fewest parts name; labels may hold a comma or an "and" themselves."""
    best: dict[int, list[tuple[str, ...]]] = {0: [()]}
    for last in range(1, len(ends)):
        found: list[tuple[str, ...]] = []
        for first in sorted(best, reverse=True):
            part = bare(text[ends[first][1] : ends[last][0]])
            reading = _single(part, choices, listed) if part else None
            if isinstance(reading, Meant):
                found += [(*before, str(reading.answer)) for before in best[first]]
        if found:
            fewest = min(map(len, found))
            best[last] = list(dict.fromkeys(way for way in found if len(way) == fewest))
    ways = {frozenset(way) for way in best.get(len(ends) - 1, ())}
    if len(ways) == 1:
        return _in_order(next(iter(ways)), question)
    if ways:
        candidates = tuple(option for option in question.option_ids if any(option in way for way in ways))
        return Ambiguous(text, candidates)
    return _first_wrong(text, ends, choices, listed)


def _first_wrong(
    text: str, ends: Sequence[tuple[int, int]], choices: Sequence[Choice], listed: Sequence[str] | None
) -> Reading:
    """Return the reading of the first part that names no option."""
    for (_, start), (end, _) in pairwise(ends):
        part = bare(text[start:end])
        reading = _single(part, choices, listed) if part else NotUnderstood("reading.empty_part", {"given": text})
        if not isinstance(reading, Meant):
            return reading
    return NotUnderstood("reading.no_option", {"given": text})


def _joined(readings: Sequence[Reading], question: Question) -> Reading:
    wrong: Iterator[Reading] = (reading for reading in readings if not isinstance(reading, Meant))
    first = next(wrong, None)
    return first or _in_order([str(reading.answer) for reading in readings if isinstance(reading, Meant)], question)


def _in_order(found: Sequence[str] | frozenset[str], question: Question) -> Reading:
    return Meant(tuple(option for option in question.option_ids if option in found))
