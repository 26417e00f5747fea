"""The formats in which a document can be written."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Final, Literal, get_args

from advisor.knowledge.page_profile import PageProfile
from advisor.output import opened, opened_bytes
from advisor.papers.document import Document

Format = Literal["text", "md", "html", "docx"]

FORMATS: Final[tuple[Format, ...]] = get_args(Format)
JSON: Final = "json"
RESULT_FORMATS: Final = (*FORMATS, JSON)
"""The formats of what can also be handed over as data."""
DRAWN: Final[tuple[Format, ...]] = ("html", "docx")
"""The formats in which pictures are drawn; in the others a table says the same."""

ENDINGS: Final[Mapping[str, Format]] = MappingProxyType(
    {".txt": "text", ".md": "md", ".html": "html", ".htm": "html", ".docx": "docx"}
)
"""What a file of this ending is written in, where nothing else is asked for."""

OTHERS: Final = frozenset({f".{JSON}", ".ics", ".doc", ".odt", ".pdf", ".rtf"})
"""Endings of what is written by few commands or none; a text under such a name opens nowhere."""

# The writers are imported late: most programs need one of them, and some none.


def named_format(path: Path) -> str | None:
    """Return the format that the ending of a name asks for, if only one of others; None where it asks for none."""
    ending = path.suffix.lower()
    return ending[1:] if ending in OTHERS else ENDINGS.get(ending)


def write_document(
    document: Document,
    form: Format,
    path: Path | None = None,
    template: Path | None = None,
    page: PageProfile | None = None,
) -> None:
    """Write a document to a file, or to standard output where `path` is None or "-".

    `template` is a DOCX file that gives a DOCX its look; without one `page` does. Raises `CannotWriteError`, and
    where the template cannot be used `InputError` or `UsageError`. The file appears only when all of it is written.
    """
    if form == "docx":
        from advisor.papers.docx_writer import docx_of

        content = docx_of(document, template, page)
        with opened_bytes(path) as stream:
            stream.write(content)
        return
    with opened(path) as text:
        if form == "text":
            from advisor.papers.text_writer import write_text

            write_text(document, text)
        else:
            text.write(_written(form)(document))


def _written(form: Format) -> Callable[[Document], str]:
    if form == "md":
        from advisor.papers.markdown_writer import markdown_of

        return markdown_of
    from advisor.papers.html_writer import html_of

    return html_of
