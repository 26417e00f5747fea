"""Reading a receipt back: what it must be, and where it is wrong."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

from advisor.knowledge.document import MAX_BYTES, Document, parse_document
from advisor.problem import AnswersError, InputError, Problem, place_of
from advisor.receipt.fingerprint import seal_of
from advisor.receipt.receipt import SCHEMA, Receipt
from advisor.receipt.shaped import Finding, Shaper, shown

SEAL = "seal"


def read_receipt(raw: bytes, path: Path, covered_from: date) -> Receipt:
    """Return the receipt whose file holds `raw`; `path` is only named in messages.

    Raises `AnswersError` where it is no receipt, is damaged, was changed after it was written, or speaks of a day
    before `covered_from`.
    """
    data = _parsed(raw, path)
    if not isinstance(data, dict) or "schema" not in data:
        raise AnswersError([Problem(place_of(path), "receipt.not_a_receipt")])
    if data["schema"] != SCHEMA:
        raise _error(
            raw, path, [(("schema",), "receipt.other_schema", {"given": shown(data["schema"]), "known": SCHEMA})]
        )
    content = {key: value for key, value in data.items() if key not in ("schema", SEAL)}
    shaper = Shaper()
    receipt: Receipt = shaper.read(Receipt, content)
    findings = list(shaper.findings)
    if SEAL not in data:
        findings.append(((), "key.missing", {"name": SEAL}))
    if not findings and data[SEAL] != seal_of({"schema": SCHEMA, **content}):
        findings.append(((SEAL,), "receipt.broken_seal", {}))
    if not findings and receipt.as_of < covered_from:
        values = {"day": receipt.as_of.isoformat(), "first": covered_from.isoformat()}
        findings.append((("as_of",), "answers.not_covered", values))
    if findings:
        raise _error(raw, path, findings)
    return receipt


def _error(raw: bytes, path: Path, findings: Iterable[Finding]) -> AnswersError:
    """Return the findings at their places; JSON that YAML cannot read has no other place than the file."""
    try:
        document = parse_document(raw, path)
    except InputError:
        document = Document(path, None, {})
    return AnswersError(Problem(document.place(key), message, values) for key, message, values in findings)


class _DuplicateKeyError(Exception):
    """A key that stands twice in one object."""


def _parsed(raw: bytes, path: Path) -> Any:
    if len(raw) > MAX_BYTES:
        values = {"size": str(len(raw)), "most": str(MAX_BYTES)}
        raise AnswersError([Problem(place_of(path), "file.too_large", values)])
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise AnswersError([Problem(place_of(path, line, 1), "file.not_utf8")]) from error
    if not text.strip():
        raise AnswersError([Problem(place_of(path), "file.empty")])
    try:
        return json.loads(text, object_pairs_hook=_unique, parse_constant=_refused)
    except _DuplicateKeyError as error:
        raise AnswersError(_duplicates(raw, path, str(error))) from error
    except json.JSONDecodeError as error:
        place = place_of(path, error.lineno, error.colno)
        raise AnswersError([Problem(place, "receipt.not_json")]) from error
    except (ValueError, RecursionError) as error:
        raise AnswersError([Problem(place_of(path), "receipt.not_json")]) from error


def _unique(pairs: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise _DuplicateKeyError(key)
        found[key] = value
    return found


def _refused(constant: str) -> None:
    raise ValueError(constant)


def _duplicates(raw: bytes, path: Path, name: str) -> Iterable[Problem]:
    """Return the finding about a key that stands twice, at its place where that can be found."""
    try:
        parse_document(raw, path)
    except InputError as error:
        found = [problem for problem in error.problems if problem.key == "yaml.duplicate_key"]
        if found:
            return found
    return [Problem(place_of(path), "yaml.duplicate_key", {"name": name[:40]})]
