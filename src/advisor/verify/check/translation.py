"""Texts that were not translated: the same in both languages."""

from __future__ import annotations

import re
from collections.abc import Iterator

from advisor.verify.check.files import Files, subject_of
from advisor.verify.check.finding import Finding

LETTER = re.compile(r"[^\W\d_]")
CITED = re.compile(r"[A-Z][a-z]+ (\d+/\d{4}|\(\d{4}\))")
"""How regulations and studies are cited by their short names: Permendagri 22/2009, Prasetya (2013)."""


def untranslated(files: Files) -> Iterator[Finding]:
    """Yield texts that are the same in both languages.

    Three things are the same by nature: numbers and signs, abbreviations in capitals, and the short names of
    regulations and studies. All else is translated, or marked as an exception.
    """
    for text in files.texts():
        if text.id == text.en and not _is_name(text.id):
            subject = subject_of(text.document, text.key)
            told = {"text": text.id if len(text.id) <= 60 else text.id[:57] + "..."}
            yield Finding("translation", subject, text.place, "check.translation", told)


def _is_name(text: str) -> bool:
    letters = "".join(LETTER.findall(text))
    return letters == letters.upper() or CITED.fullmatch(text) is not None
