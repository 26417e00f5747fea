"""Texts pseudolocalised: what a person is shown that comes from no catalogue is found.

For the time of a test every letter of the catalogues, that of the program and that of the knowledge, becomes a
letter of an alphabet in which nothing else is written, another one for each language. What is then shown in Latin
letters was written in the code, and what is shown in the other alphabet was taken in the wrong language. What may
remain is listed where it is allowed, with the reason.
"""

from __future__ import annotations

import re
import string
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any

from advisor import catalogue
from advisor.inference.case import CaseReader
from advisor.interview.interview import Interview
from advisor.interview.interviewer import Interviewer
from advisor.interview.session import Session
from advisor.knowledge.case import RegistryEntry, StudyCase
from advisor.knowledge.library import Library
from advisor.knowledge_base import Knowledge
from advisor.report.source_section import grouped
from advisor.text import LANGUAGES, Language, Text
from advisor.understanding.reading import UNKNOWN

CATALOGUE = catalogue.messages()
CASES = ("barlingmascakeb", "kartamantul", "kedungsepur", "kunci-bersama", "wonosobo")
DAY = date(2024, 5, 31)
UP_TO_PARTNERS = dict.fromkeys(("initiator", "sector", "activities", "operating_party"), UNKNOWN)
"""Answers after which the interview asks who the partners are, with options of which several can be taken."""
NAME = "2024-05-31-1"
"""The name of a session: a day and a number, so no letter of it can be taken for a text."""
WIDE = 4000
"""Columns enough that nothing is wrapped in the middle of what is allowed to remain."""

FIRST = {"id": 0x400, "en": 0x1360}
"""Where the alphabet of a language begins, less the code of "A": Cyrillic and Cherokee, every letter one column."""
PLACES = re.compile(r"({{|}}|{[^{}]*})")


def _letters(language: Language) -> dict[int, str]:
    return {ord(letter): chr(FIRST[language] + ord(letter)) for letter in string.ascii_letters}


ALPHABETS = {language: _letters(language) for language in LANGUAGES}


@cache
def pseudo(text: str, language: Language) -> str:
    """Return a text in the alphabet of its language; what is to be filled in stays as it is."""
    parts = PLACES.split(text)
    return "".join(part if part[:1] == "{" else part.translate(ALPHABETS[language]) for part in parts)


class Said(dict[str, dict[str, str]]):
    """The pseudolocalised catalogue; remembers what was asked of it."""

    def __init__(self) -> None:
        super().__init__(
            {key: {lang: pseudo(texts[lang], lang) for lang in LANGUAGES} for key, texts in CATALOGUE.items()}
        )
        self.keys_said: set[str] = set()

    def __getitem__(self, key: str) -> dict[str, str]:
        self.keys_said.add(key)
        return super().__getitem__(key)

    def __repr__(self) -> str:
        return f"{sorted(self.keys_said)}"


class Made(str):
    """One language of a `Text` that was made while texts were pseudolocalised: its parts are so already."""

    __slots__ = ()


class InAlphabet:
    """Stands for `Text.id` and `Text.en`, so that a text is pseudolocalised however it is read."""

    def __init__(self, language: Language) -> None:
        self.language = language

    def __get__(self, text: Text | None, owner: type[Text]) -> Any:
        if text is None:
            return self
        found: str = text.__dict__[self.language]
        return found if isinstance(found, Made) else pseudo(found, self.language)

    def __set__(self, text: Text, value: str) -> None:
        text.__dict__[self.language] = Made(value)


def stray(text: str, language: Language, allowed: Iterable[str] = ()) -> list[str]:
    """Return the words that are not in the alphabet of the language, but for the phrases that may remain."""
    phrases = "|".join(re.escape(phrase) for phrase in sorted(allowed, key=len, reverse=True))
    text = re.sub(rf"(?<!\w)({phrases})(?!\w)", "", " ".join(text.split()))
    other = "".join(letter for lang in LANGUAGES if lang != language for letter in ALPHABETS[lang].values())
    return re.findall(rf"[\w.-]*[A-Za-z{other}][\w.-]*", text)


# -- what may remain ----------------------------------------------------------------------------------------

MARKED = "[x]"
"""The mark before an option that was chosen; no word."""

ANSWERS_FILE = {"as_of:", "answers:", "unknown"}
"""The words in which an answers file is written; they are the same in every language."""


def names(library: Library) -> set[str]:
    """Names of cooperations and of regions as the study prints them; names are not translated."""
    cooperations: list[StudyCase | RegistryEntry] = [*library.cases.values(), *library.registry]
    names = {cooperation.name for cooperation in cooperations}
    for member in (member for cooperation in cooperations for member in cooperation.members):
        names |= {member.name, member.printed or member.name}
    return names


def in_a_report(knowledge: Knowledge) -> set[str]:
    """What a report may say beside its texts."""
    library = knowledge.library
    return {
        # By these the knowledge behind a report is found again: a version and a digest.
        *(knowledge.version, knowledge.digest[:12], *grouped(knowledge.digest).split()),
        *(case.name for case in library.cases.values()),
        # Marks of a numbered list, and of its sections.
        *(f"{mark}." for mark in "abcdefg"),
        *(f"{mark}." for mark in ("I", "II", "III", "IV", "V", "VI")),
    }


# -- sessions -----------------------------------------------------------------------------------------------


def answers_of(case: StudyCase) -> dict[str, Any]:
    """Return the answers of a case as an answers file has them."""
    return {name: list(value) if isinstance(value, tuple) else value for name, value in case.answers.items()}


def interview_of(knowledge: Knowledge, session: Session) -> Interview:
    return Interview(Interviewer(knowledge), session, NAME, lambda saved: None)


def all_unknown(knowledge: Knowledge) -> Session:
    """Return a session in which every question was answered "tidak tahu": nothing is left to ask."""
    return Session(DAY, dict.fromkeys(knowledge.library.questions, UNKNOWN))


def signed_on_no_day(knowledge: Knowledge) -> Session:
    """Return a session in which an agreement is signed and nobody named the day."""
    return Session(DAY, {**all_unknown(knowledge).given, "agreement": "signed_written"}, assumed_day=True)


def finished(knowledge: Knowledge, name: str) -> Session:
    """Return a session with the answers of a case and "tidak tahu" for the rest."""
    case = knowledge.library.cases[name]
    read = CaseReader(knowledge.library, knowledge.rulebase).data(
        {"as_of": case.as_of, "answers": answers_of(case)}
    )
    return Session(case.as_of, {**dict.fromkeys(knowledge.library.questions, UNKNOWN), **read.answers})


def half_known(knowledge: Knowledge) -> Session:
    """Return a session at whose end some conclusions are settled, and others hang on what is not known."""
    unknown = dict.fromkeys(("initiator", "region_count"), UNKNOWN)
    session = finished(knowledge, "barlingmascakeb")
    return replace(session, given={**session.given, **unknown}, notes={"budgeted": "7"})
