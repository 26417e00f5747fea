"""The advice as plain data: the shape of `advise --format json`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from advisor.advice.advice import Advice, Conclusion
from advisor.plain_data import plain
from advisor.text import Language
from advisor.understanding.reading import Answer

SCHEMA: Final = "advice/1"

Data = dict[str, Any]


def advice_data(advice: Advice, language: Language) -> Data:
    """Return the whole advice as data that JSON can hold; texts in `language`."""
    other = advice.other_regime
    data = plain(advice, language)
    data["conclusions"] = {
        name: conclusion_data(conclusion, language) for name, conclusion in advice.conclusions.items()
    }
    if other is not None:
        data["other_regime"] = {
            "as_of": other.as_of.isoformat(),
            "instrument": other.instrument,
            other.conclusion.id: conclusion_data(other.conclusion, language),
        }
    return {"schema": SCHEMA, "knowledge": {"version": advice.version, "digest": advice.digest}, **data}


def conclusion_data(conclusion: Conclusion, language: Language, *, explain: bool = True) -> Data:
    """Return one conclusion as data; without its reasons where `explain` is false."""
    data: Data = plain(conclusion, language)
    if conclusion.possible is not None:
        # What is certain can be read off the lists that are possible.
        del data["certain"], data["uncertain"]
    if not explain:
        for key in ("because", "contested_when", "caveats", "outcomes"):
            data.pop(key, None)
    return data


def answers_data(answers: Mapping[str, Answer]) -> Data:
    """Return answers as an answers file writes them."""
    return {name: list(value) if isinstance(value, tuple) else value for name, value in answers.items()}
