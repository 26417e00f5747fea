"""What a cooperation is called: by its title, its parties, or the field that it is about."""

from __future__ import annotations

from advisor.advice.advice import Advice
from advisor.report.wording import Wording


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


def cooperation(wording: Wording, advice: Advice) -> str:
    """Return what the cooperation is called within a sentence: its title, its field, and its parties."""
    field = wording.library.roles.field
    answer = advice.answers.get(field) if field is not None else None
    if advice.title:
        named = wording.say("memo.cooperation.titled", title=advice.title)
    elif field is not None and answer is not None:
        named = wording.say("memo.cooperation.field", field=wording.lowered(wording.answer(field, answer)))
    else:
        named = wording.say("memo.cooperation")
    names = parties_named(advice)
    if not names:
        return named
    return wording.say("memo.cooperation.between", cooperation=named, parties=wording.joined(names))
