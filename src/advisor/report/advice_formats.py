"""The formats in which an advice can be written."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final, TextIO

from advisor.advice.advice import Advice
from advisor.advice.as_data import advice_data
from advisor.knowledge.library import Library
from advisor.output import write_json
from advisor.report.text_report import write_text_report
from advisor.text import Language

AdviceWriter = Callable[[Library, Advice, Language, TextIO], None]


def _write_json(library: Library, advice: Advice, language: Language, stream: TextIO) -> None:
    write_json(advice_data(advice, language), stream)


ADVICE_FORMATS: Final[Mapping[str, AdviceWriter]] = MappingProxyType(
    {"text": write_text_report, "json": _write_json}
)
"""What writes an advice, by the format that `--format` names."""

ENDINGS: Final[Mapping[str, str]] = MappingProxyType({"text": ".txt", "json": ".json"})
"""The ending of a file in each format."""
