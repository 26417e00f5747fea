"""The formats in which an advice can be written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Final, cast

from advisor.advice.advice import Advice
from advisor.advice.as_data import advice_data
from advisor.knowledge.library import Library
from advisor.knowledge.page_profile import PageProfile
from advisor.output import opened, write_json
from advisor.papers.formats import JSON, Format, write_document
from advisor.report.advice_report import advice_report
from advisor.report.memo import memo
from advisor.text import Language

ENDINGS: Final[Mapping[str, str]] = MappingProxyType(
    {"docx": ".docx", "html": ".html", "text": ".txt", "md": ".md", JSON: ".json"}
)
"""The ending of a file in each format, by what `--format` calls it."""


WITH_ANNEXES: Final = ("html", "docx")
"""The formats that have the annexes in any case."""


@dataclass(frozen=True, slots=True)
class Layout:
    """What is written: with `full` the annexes too, with `memo` the staff memo in place of the page.

    A DOCX is always a memo. Its look comes from the DOCX file `template`, or else from `page` of kbase/papers.yaml.
    """

    full: bool = False
    memo: bool = False
    template: Path | None = None
    page: PageProfile | None = None


def write_advice(
    library: Library,
    advice: Advice,
    language: Language,
    form: str,
    path: Path | None,
    layout: Layout = Layout(full=True),
) -> None:
    """Write an advice in the format `form` to a file, or to standard output. Raises `CannotWriteError`."""
    if form == JSON:
        with opened(path) as stream:
            write_json(advice_data(advice, language), stream)
        return
    if layout.memo or form == "docx":
        document = memo(library, advice, language, letterhead=layout.template is not None)
    else:
        document = advice_report(library, advice, language, full=layout.full or form in WITH_ANNEXES)
    page = layout.page or next(iter(library.pages), None)
    write_document(document, cast("Format", form), path, layout.template, page)
