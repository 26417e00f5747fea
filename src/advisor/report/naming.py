"""What a cooperation is called: by its title, its parties, or the field that it is about."""

from __future__ import annotations

from typing import Final

from advisor.advice.advice import Advice
from advisor.report.shortening import cut, listed
from advisor.report.wording import Wording

TITLE: Final = 200
NAME: Final = 80
"""How many characters of a title, and of a name, stand in a sentence; the annex has the whole."""


def subject(wording: Wording, advice: Advice) -> str:
    """Return what the advice is about: its title, else its parties, else its field."""
    named = wording.title(advice.title, advice.parties)
    if named:
        return named
    field = wording.library.roles.field
    answer = advice.answers.get(field) if field is not None else None
    if field is None or answer is None:
        return wording.say("report.untitled")
    return wording.say("report.titled_by_field", field=wording.lowered(wording.answer(field, answer)))


def parties_named(advice: Advice) -> list[str]:
    """Return the names of the parties; where one has none, its kind."""
    return [party.name or party.kind for party in advice.parties if party.name or party.kind]


def cooperation(wording: Wording, advice: Advice, parties: int = 0) -> str:
    """Return what the cooperation is called within a sentence: its title or its field, and some of its parties.

    Where it has no title, at least two parties are named.
    """
    field = wording.library.roles.field
    answer = advice.answers.get(field) if field is not None else None
    if advice.title:
        named = wording.say("memo.cooperation.titled", title=cut(advice.title, TITLE))
    elif field is not None and answer is not None:
        named = wording.say("memo.cooperation.field", field=wording.lowered(wording.answer(field, answer)))
    else:
        named = wording.say("memo.cooperation")
    names = [cut(name, NAME) for name in parties_named(advice)]
    most = parties or (0 if advice.title else 2)
    if not names or not most:
        return named
    return wording.say("memo.cooperation.between", cooperation=named, parties=listed(wording, names, most))
