"""A check as plain data, for JSON."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from advisor.problem import Place
from advisor.text import Language
from advisor.verify.check.check import Check
from advisor.verify.check.finding import Finding
from advisor.verify.proof.example import Example

Data = dict[str, Any]


def check_data(check: Check, language: Language) -> Data:
    """Return findings, exceptions and the extent of the check; sentences are in `language`."""
    return {
        "findings": [_finding(finding, language) for finding in check.findings],
        "exceptions": [
            _finding(marked.finding, language) | {"reason": marked.reason.in_language(language)}
            for marked in check.marked
        ],
        "proved": asdict(check.extent) if check.extent is not None else None,
    }


def _finding(finding: Finding, language: Language) -> Data:
    return {
        "kind": finding.kind,
        "subject": finding.subject,
        **_place(finding.place),
        "message": finding.sentence(language),
        "others": [{"name": other.name, **_place(other.place)} for other in finding.others],
        "example": _example(finding.example),
    }


def _place(place: Place) -> Data:
    return {"file": place.file, "line": place.line, "column": place.column}


def _example(example: Example | None) -> Data | None:
    return None if example is None else {**example.data, "as_of": example.as_of.isoformat()}
