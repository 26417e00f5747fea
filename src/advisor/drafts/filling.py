"""Filling the places of a draft: with an answer, a conclusion or a party, or with what is still to be filled in."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Final

from advisor.drafts.numerals import day_in_words, rank
from advisor.drafts.participant import Participant
from advisor.drafts.situation import Situation
from advisor.escaping import on_one_line
from advisor.knowledge.draft import Blank, Given
from advisor.papers.document import ToFill, Words
from advisor.papers.pictures import day_text
from advisor.template import filled
from advisor.text import Language

DRAFT_LANGUAGE: Final[Language] = "id"
"""Drafts are Indonesian official papers, whatever language their comments are in."""

PLACE: Final = re.compile(r"({[a-z][a-z0-9_]*})")
PARTY: Final = "PIHAK"


class Filling:
    """Fills the texts of one draft.

    `parties` are those that take part in it; `language` is that of the comments on what is missing.
    """

    def __init__(self, situation: Situation, parties: Sequence[Participant], language: Language) -> None:
        self.situation = situation
        self.parties = tuple(parties)
        self.language: Language = language

    @cached_property
    def blanks(self) -> Mapping[str, Blank]:
        """The places by their names."""
        return {blank.id: blank for blank in self.situation.blanks.blanks}

    def words(self, text: str, party: int | None = None) -> Words:
        """Return a text with its places filled, those of one party with the party of that number."""
        found: list[str | ToFill] = []
        for part in PLACE.split(text):
            if PLACE.fullmatch(part):
                found += self._value(self.blanks[part[1:-1]], party)
            elif part:
                found.append(filled(part, {}))
        return joined(found)

    def place(self, name: str) -> ToFill:
        """Return a place as one that is still to be filled in."""
        blank = self.blanks[name]
        return ToFill(blank.label.in_language(self.language), blank.missing.in_language(self.language))

    def title_of(self, index: int) -> str:
        """Return what a party is called in the draft: PIHAK KESATU."""
        return f"{PARTY} {rank(index + 1)}"

    def _value(self, blank: Blank, party: int | None) -> Words:
        if blank.given is not None:
            return self._given(blank.given, party, self.place(blank.id))
        values = self._values(blank)
        if not values:
            return (self.place(blank.id),)
        return (_listed(values),)

    def _values(self, blank: Blank) -> list[str]:
        """Return what an answer or a conclusion says, in the words of drafts; [] where it is not known."""
        case, library = self.situation.case, self.situation.library
        words = blank.words or {}
        if blank.answer is not None:
            answer = case.answers.get(blank.answer)
            listed = answer if isinstance(answer, tuple) else () if answer is None else (answer,)
            # What has no words is said by nobody but who fills in the draft.
            found = [words.get(value) if isinstance(value, str) else str(value) for value in listed]
            return [word for word in found if word] if all(found) else []
        if blank.conclusion is not None:
            concluded = self.situation.advice.conclusions[blank.conclusion]
            value = None if concluded.open else concluded.value
            said = value if isinstance(value, tuple) else (value,) if isinstance(value, str) else ()
            labels = {word: library.label(blank.conclusion, word).in_language(DRAFT_LANGUAGE) for word in said}
            return [words.get(word, labels[word]) for word in said]
        return []

    def _given(self, given: Given, party: int | None, missing: ToFill) -> Words:
        """Return what the case itself says."""
        own = self.parties[0] if self.parties else Participant()
        one = own if party is None else self.parties[party]
        day = self.situation.day
        match given:
            case "title":
                return _known(self.situation.case.title, missing)
            case "day" | "day_in_words" if self.situation.case.assumed_day:
                return (missing,)
            case "day":
                return (day_text(day, DRAFT_LANGUAGE),)
            case "day_in_words":
                return (day_in_words(day, day_text(day, DRAFT_LANGUAGE).split()[1]),)
            case "own_name":
                return _known(own.name, missing)
            case "own_head":
                return _head(own, missing)
            case "own_signatory":
                return _known(own.signatory, missing)
            case "own_government":
                return _known(own.government, missing)
            case "own_council":
                return _known(own.council, missing)
            case "name":
                return _known(one.name, missing)
            case "head":
                return _head(one, missing)
            case "signatory":
                return _known(one.signatory, missing)
            case "government":
                return _known(one.government, missing)
            case "party":
                return (self.title_of(party or 0),)
            case "all_parties":
                return (_listed([self.title_of(index) for index in range(len(self.parties))]),)
            case "partners":
                return _names([other for other in self.parties if other is not own], missing)
            case "parties":
                return _names(self.parties, missing)


def joined(parts: Sequence[str | ToFill]) -> Words:
    """Return words in which texts that follow each other are one, on one line."""
    found: list[str | ToFill] = []
    for part in parts:
        if isinstance(part, str) and found and isinstance(found[-1], str):
            found[-1] += on_one_line(part)
        else:
            found.append(on_one_line(part) if isinstance(part, str) else part)
    return tuple(found)


def upper(words: Words) -> Words:
    """Return words in capital letters."""
    return tuple(part.upper() if isinstance(part, str) else part for part in words)


def _known(value: str, missing: ToFill) -> Words:
    return (value,) if value else (missing,)


def _head(party: Participant, missing: ToFill) -> Words:
    """Return the title of who signs; the office alone where it is not known of what it is."""
    if not party.head:
        return (missing,)
    return (party.head,) if party.named else (f"{party.head} ", missing)


def _names(parties: Sequence[Participant], missing: ToFill) -> Words:
    """Return names as a sentence lists them, with a place for each that is not known."""
    names: list[Words] = [_known(party.name, missing) for party in parties] or [(missing,)]
    found: list[str | ToFill] = []
    for index, name in enumerate(names):
        last = index == len(names) - 1
        if index:
            found.append((", dan " if len(names) > 2 else " dan ") if last else ", ")
        found += name
    return joined(found)


def _listed(values: Sequence[str]) -> str:
    """Return texts as a sentence lists them: A, B, dan C."""
    if len(values) < 3:
        return " dan ".join(values)
    return f"{', '.join(values[:-1])}, dan {values[-1]}"
