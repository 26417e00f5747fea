"""What a schema says of a shape and of its keys: taken from the shape's docstring, else from the catalogue."""

from __future__ import annotations

import re
from collections.abc import Iterator

from advisor.schema.node import saying

CLAUSE = re.compile(r"(?<=[.;])\s+")
"""Where a docstring is cut: behind a full stop or a semicolon; a file name such as `steps.yaml` is not cut."""

EXPLAINED = {
    "as_of": "schema.key.as_of",
    "authority": "schema.key.authority",
    "because": "schema.key.because",
    "cites": "schema.key.cites",
    "confidence": "schema.key.confidence",
    "doubts": "schema.key.doubts",
    "in_force": "schema.key.in_force",
    "provenance": "schema.key.provenance",
    "see": "schema.key.see",
    "silent": "schema.key.silent",
    "source": "schema.key.source",
    "when": "schema.key.when",
}
"""Keys that mean the same wherever they stand and that no docstring speaks of."""


def title_of(shape: type[object]) -> str:
    """Return the name of a shape in words: `Instrument file`."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", shape.__name__).capitalize()


def summary_of(shape: type[object]) -> str:
    """Return the first sentence of the docstring of a shape."""
    first = (shape.__doc__ or "").split("\n\n")[0]
    return re.split(r"(?<=\.)\s", " ".join(first.split()))[0]


def meaning_of(shape: type[object], key: str) -> str:
    """Return what a key of a shape means: what the docstrings say of it, else the catalogue, else ""."""
    clauses = [clause for part in shape.__mro__ for clause in _clauses(part) if f"`{key}`" in clause]
    if clauses:
        return " ".join(dict.fromkeys(clauses))
    return saying(EXPLAINED[key]) if key in EXPLAINED else ""


def _clauses(shape: type[object]) -> Iterator[str]:
    if shape is object:
        return
    for clause in CLAUSE.split(" ".join((shape.__doc__ or "").split())):
        text = clause.rstrip(";.")
        yield text[:1].upper() + text[1:] + "."
