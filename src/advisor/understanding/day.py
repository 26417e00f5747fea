"""Days: 2026-11-24, 24/11/2026, 24-11-2026 and 24 November 2026."""

from __future__ import annotations

import re
from datetime import date

from advisor.understanding.answer import bare
from advisor.understanding.words import vocabulary

ISO = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
WRITTEN = re.compile(r"([0-9]{1,2})([/-])([0-9]{1,2})\2([0-9]{4})")
SPOKEN = re.compile(r"([0-9]{1,2})\s+([a-z]+)\.?\s+([0-9]{4})")


def read_day(text: str) -> date | None:
    """Return the day that a text names, the day of the month first unless the year is; None where it names none.

    Relative words ("besok"), other orders, and days that no calendar has name none.
    """
    text = bare(text).casefold()
    if found := ISO.fullmatch(text):
        year, month, day = map(int, found.groups())
    elif found := WRITTEN.fullmatch(text):
        day, month, year = int(found[1]), int(found[3]), int(found[4])
    elif found := SPOKEN.fullmatch(text):
        day, month, year = int(found[1]), vocabulary().months.get(found[2], 0), int(found[3])
    else:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None
