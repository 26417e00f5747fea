"""The opening: the first turn of an interview that begins with no answers."""

from __future__ import annotations

from dataclasses import dataclass

from advisor.interview.turn import Offer, Turn


@dataclass(frozen=True)
class Opening:
    """The turn before anything is answered, and what can be answered to its question.

    It is the same for everybody on a day, and takes the longest of all turns to work out; so it is kept between
    one start of the program and the next.
    """

    turn: Turn
    offer: Offer
