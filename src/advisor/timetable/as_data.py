"""The timetable as plain data: the shape of `steps --format json`."""

from __future__ import annotations

from typing import Any, Final

from advisor.knowledge_base import Knowledge
from advisor.plain_data import plain
from advisor.text import Language
from advisor.timetable.timetable import Timetable

SCHEMA: Final = "timetable/1"

Data = dict[str, Any]


def timetable_data(knowledge: Knowledge, told: Timetable, language: Language) -> Data:
    """Return a timetable as data that JSON can hold; texts in `language`."""
    data: Data = plain(told, language)
    data["calendar"]["decrees"] = [
        {"year": year.year, "decree": year.decree.in_language(language), "source": year.source}
        for year in told.calendar.decrees
    ]
    version = knowledge.library.manifest.version
    return {"schema": SCHEMA, "knowledge": {"version": version, "digest": knowledge.digest}, **data}
