"""Results become JSON in one way."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

import pytest

from advisor.plain_data import UNLESS_DEFAULT, UNWRITTEN, plain
from advisor.text import Text


@dataclass(frozen=True)
class Inner:
    text: Text
    note: str | None = field(default=None, metadata=UNLESS_DEFAULT)
    names: tuple[str, ...] = field(default=(), metadata=UNLESS_DEFAULT)
    secret: object = field(default=None, metadata=UNWRITTEN)


@dataclass(frozen=True)
class Outer:
    day: date
    inner: tuple[Inner, ...]
    found: frozenset[str]
    by_name: dict[str, bool | None]


def test_a_dataclass_becomes_an_object_with_its_fields_in_order() -> None:
    thing = Outer(date(2026, 11, 30), (Inner(Text(id="ya", en="yes")),), frozenset("ba"), {"x": None, "y": True})

    found = plain(thing, "id")

    assert found == {
        "day": "2026-11-30",
        "inner": [{"text": "ya"}],
        "found": ["a", "b"],
        "by_name": {"x": None, "y": True},
    }
    assert list(found) == ["day", "inner", "found", "by_name"]


def test_texts_are_written_in_the_language_that_is_asked_for() -> None:
    assert plain(Text(id="ya", en="yes"), "en") == "yes"


def test_a_field_may_be_left_out_always_or_at_its_default() -> None:
    text = Text(id="a", en="b")

    assert plain(Inner(text, secret=object()), "id") == {"text": "a"}
    assert plain(Inner(text, note="n", names=("x",)), "id") == {"text": "a", "note": "n", "names": ["x"]}


def test_what_json_cannot_hold_is_refused_by_name() -> None:
    with pytest.raises(TypeError, match="object has no form in JSON"):
        plain([object()], "id")
