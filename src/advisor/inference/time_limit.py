"""How long the solver may work on one thing, and what is said where that is not enough.

Whether rules can fire together is a question that can take longer than anybody lives. Whoever asks the solver says
first what is being decided, so that the message names it.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import cache
from time import process_time
from typing import Final, Self
from typing import Literal as OneOf

from advisor.problem import InputError, Place, Problem

VARIABLE: Final = "ADVISOR_TIME_LIMIT"
"""The environment variable that sets the limit, in seconds."""

DEFAULT: Final = 60.0
"""Seconds; the built-in knowledge takes a tenth of one for its hardest question."""

MOST_NAMED: Final = 5
"""How many names a message lists."""

About = OneOf["rule", "fact", "question", "answers"]

MESSAGES: Final[Mapping[About, str]] = {
    "rule": "limit.rule",
    "fact": "limit.fact",
    "question": "limit.question",
    "answers": "limit.answers",
}


class OutOfTimeError(InputError):
    """The knowledge is too hard: the solver was stopped. The one problem names what it was deciding."""


@dataclass(slots=True)
class _Matter:
    """What is being decided, and for how many seconds a processor has worked on it."""

    about: About = "answers"
    name: str = ""
    place: Place = field(default_factory=lambda: Place("rules"))
    spent: float = 0.0


_matter: ContextVar[_Matter | None] = ContextVar("matter", default=None)


@contextmanager
def deciding(about: About, place: Place | None, *names: str) -> Iterator[None]:
    """Say of what the solver is asked meanwhile; the limit holds for all of it together.

    `names` are the ids of rules, facts or questions; `place` is where the first of them stands, if that is known.
    """
    listed = ", ".join(names[:MOST_NAMED]) + (", …" if len(names) > MOST_NAMED else "")
    token = _matter.set(_Matter(about, listed, place or Place("rules")))
    try:
        yield
    finally:
        _matter.reset(token)


class Clock:
    """Measures, as a context, the work on what is being decided; after the limit it cannot be entered any more.

    The time of the processor counts, so that a machine that is busy with something else refuses nothing.
    """

    def __init__(self) -> None:
        self._matter = _matter.get() or _Matter()
        self._limit = time_limit()

    def __enter__(self) -> Self:
        """Go on; raises `OutOfTimeError` after the limit."""
        if self._matter.spent >= self._limit:
            raise self.error()
        self._since = process_time()
        return self

    def __exit__(self, *_: object) -> None:
        """Stop."""
        self._matter.spent += process_time() - self._since

    @property
    def over(self) -> bool:
        """Whether the limit is reached."""
        return self._matter.spent + process_time() - self._since >= self._limit

    def error(self) -> OutOfTimeError:
        """Return the error that says so."""
        told = {"name": self._matter.name, "seconds": f"{self._limit:g}", "variable": VARIABLE}
        return OutOfTimeError([Problem(self._matter.place, MESSAGES[self._matter.about], told)])


def time_limit() -> float:
    """Return the limit in seconds. Raises `InputError` where the environment holds something else than a number."""
    return _seconds(os.environ.get(VARIABLE, ""))


@cache
def _seconds(given: str) -> float:
    if not given:
        return DEFAULT
    if not re.fullmatch(r"[0-9]{1,9}(\.[0-9]{1,9})?", given) or float(given) == 0:
        raise InputError([Problem(Place(VARIABLE), "limit.not_seconds", {"given": given})])
    return float(given)
