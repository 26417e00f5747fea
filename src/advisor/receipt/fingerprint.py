"""Fingerprints: short names of content, by which two things are told apart without keeping either."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from advisor.inference.formula import AllOf, Atom, Formula, Literal
from advisor.text import Text

LENGTH = 16


def fingerprint(*parts: str) -> str:
    """Return the first hexadecimal digits of the SHA-256 over the parts."""
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:LENGTH]


def of_texts(*texts: Text | None) -> str:
    """Return the fingerprint of texts in both languages."""
    return fingerprint(*(part for text in texts for part in ((text.id, text.en) if text else ("", ""))))


def seal_of(data: dict[str, Any]) -> str:
    """Return the SHA-256 over plain data in its canonical form: keys sorted, no spaces, ASCII alone."""
    canonical = json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256(canonical.encode("ascii")).hexdigest()


def written(atom: Atom) -> str:
    """Return an atom as a receipt writes it: `sector=roads`."""
    return f"{atom[0]}={atom[1]}"


def normalised(formula: Formula) -> str:
    """Return a condition as text that does not depend on the order in which its parts were written."""
    if isinstance(formula, Literal):
        return written(formula.atom) if formula.positive else f"!{written(formula.atom)}"
    joint = "&" if isinstance(formula, AllOf) else "|"
    return f"{joint}({','.join(sorted(normalised(part) for part in formula.parts))})"
