"""Templates of offices: DOCX files whose page, header, footer and styles a paper takes over."""

from __future__ import annotations

from pathlib import Path

from advisor.text import Language


def refuse_unusable(template: Path, language: Language) -> None:
    """Raise `InputError` where a template cannot be read, and `UsageError` where it is no DOCX file."""
    from advisor.papers.docx_base import emptied_template  # imported late: few papers have a template

    emptied_template(template, language)
