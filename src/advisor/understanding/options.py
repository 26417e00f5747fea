"""Options: which of several choices a text names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from advisor.understanding.reading import Ambiguous, Choice, Meant, NotUnderstood, Reading
from advisor.understanding.words import Words, typed_words, vocabulary, words_of

FEWEST_LETTERS = 2
"""Of the beginning of a word; one letter is a slip of the finger."""


def read_option(text: str, choices: Sequence[Choice], *, reserved: bool = True) -> Reading:
    """Return which choice a text names.

    It does so by its id, by a whole label in either language or a whole other word for it, or by the unambiguous
    beginning of a label or of one of its words: the words must follow each other in the label, and the last may be
    cut short. What stands behind a negation in a label is named only together with it. With `reserved`, words such
    as "kembali" are never taken for a beginning, and those such as "ya" never for sure.
    """
    words = typed_words(text)
    whole = [choice.id for choice in choices if words and words in _whole(choice)]
    if whole:
        return _one(text, whole)
    known = vocabulary()
    if not words or len("".join(words)) < FEWEST_LETTERS or (reserved and words in known.orders):
        return NotUnderstood("reading.no_option", {"given": text})
    found = [choice.id for choice in choices if any(begins(words, label) for label in choice.labels)]
    vague = _says_little(words) or (reserved and words in known.replies | known.not_yet)
    return Ambiguous(text, tuple(found)) if found and vague else _one(text, found)


def begins(words: Words, label: str) -> bool:
    """Return whether words are the beginning of a label or of one of its words, no negation before them."""
    of_label = words_of(label)
    return any(
        _follow(words, of_label[start:]) and not _negated(of_label[:start]) for start in range(len(of_label))
    )


def _says_little(words: Words) -> bool:
    """Return whether words are too vague to choose by, or break off in a negation."""
    known = vocabulary()
    return (
        words in known.vague
        or all((word,) in known.vague for word in words)
        or any(negation[0].startswith(words[0]) and words[0] != negation[0] for negation in known.negations)
    )


def _whole(choice: Choice) -> Iterator[Words]:
    yield words_of(choice.id)
    for label in (*choice.labels, *choice.aliases):
        yield words_of(label)


def _follow(words: Words, of_label: Words) -> bool:
    """Return whether words stand at the beginning of others, the last perhaps cut short."""
    *full, last = words
    if len(of_label) < len(words) or tuple(full) != of_label[: len(full)]:
        return False
    return of_label[len(full)].startswith(last)


def _negated(before: Words) -> bool:
    """Return whether a negation stands in the words before."""
    return any(
        before[start : start + len(negation)] == negation
        for negation in vocabulary().negations
        for start in range(len(before))
    )


def _one(text: str, found: Sequence[str]) -> Reading:
    if len(found) == 1:
        return Meant(found[0])
    return Ambiguous(text, tuple(found)) if found else NotUnderstood("reading.no_option", {"given": text})
