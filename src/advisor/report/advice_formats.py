"""The formats in which an advice can be written."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Final, cast

from advisor.advice.advice import Advice
from advisor.advice.as_data import advice_data
from advisor.knowledge.library import Library
from advisor.output import opened, write_json
from advisor.papers.formats import JSON, Format, write_document
from advisor.report.advice_report import advice_report
from advisor.text import Language

ENDINGS: Final[Mapping[str, str]] = MappingProxyType(
    {"docx": ".docx", "html": ".html", "text": ".txt", "md": ".md", JSON: ".json"}
)
"""The ending of a file in each format, by what `--format` calls it."""


def write_advice(library: Library, advice: Advice, language: Language, form: str, path: Path | None) -> None:
    """Write an advice in the format `form` to a file, or to standard output. Raises `CannotWriteError`."""
    if form == JSON:
        with opened(path) as stream:
            write_json(advice_data(advice, language), stream)
    else:
        write_document(advice_report(library, advice, language), cast("Format", form), path)
