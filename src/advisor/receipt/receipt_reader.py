"""Reading a receipt back: what it must be, where it is wrong, and the knowledge that is in it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from pydantic import TypeAdapter, ValidationError

from advisor.knowledge.document import Document, DuplicateKeyError, parse_document, text_in, without_duplicates
from advisor.knowledge.reading import findings
from advisor.knowledge_base import Knowledge
from advisor.loading import knowledge_in
from advisor.problem import AnswersError, InputError, KnowledgeError, Problem, place_of
from advisor.receipt.advice_record import advice_record
from advisor.receipt.bundle import BundleError, unpacked
from advisor.receipt.receipt import PROGRAM, SCHEMA, SEAL, Receipt, seal_of
from advisor.snapshot import Snapshot, digest_of

MOST_BYTES: Final = 8_000_000
"""Of a receipt; one with the built-in knowledge has about 400,000."""
MOST_FINDINGS: Final = 20
OLD_SCHEMA: Final = "receipt/1"


def read_receipt(raw: bytes, path: Path) -> Receipt:
    """Return the receipt whose file holds `raw`; `path` is only named in messages.

    Raises `AnswersError` where it is no receipt, is one of an older form, is damaged or was changed by hand.
    """
    data = _parsed(raw, path)
    if not isinstance(data, dict) or "schema" not in data:
        raise AnswersError([Problem(place_of(path), "receipt.not_a_receipt")])
    if data["schema"] != SCHEMA:
        key = "receipt.old_schema" if data["schema"] == OLD_SCHEMA else "receipt.other_schema"
        values = {"given": ascii(data["schema"])[:40], "known": SCHEMA}
        raise AnswersError([Problem(_document(raw, path, data).place(("schema",)), key, values)])
    try:
        receipt = TypeAdapter(Receipt).validate_python(data)
    except ValidationError as error:
        raise _refusal(error, _document(raw, path, data)) from error
    if receipt.seal != seal_of(data):
        raise AnswersError([Problem(_document(raw, path, data).place((SEAL,)), "receipt.broken_seal")])
    try:
        advice_record(receipt.advice)
    except ValidationError as error:
        whole = _document(raw, path, data)
        places = {key[1:]: place for key, place in whole.places.items() if key[:1] == ("advice",)}
        raise _refusal(error, Document(path, data["advice"], places)) from error
    return receipt


def bundled_knowledge(receipt: Receipt, path: Path, at_hand: Knowledge) -> Knowledge:
    """Return the knowledge in a receipt: loaded anew, or `at_hand` where that has the same content.

    Raises `AnswersError` where it cannot be unpacked or loaded, or is not what the receipt says that it is.
    """
    # Windows may have a file open still, for a virus scanner say, when it is to be removed.
    with TemporaryDirectory(prefix="advisor-receipt-", ignore_cleanup_errors=True) as name:
        try:
            kbase, rules = map(Snapshot.of, unpacked(receipt.files, Path(name)))
        except BundleError as error:
            raise _unusable(path, "receipt.bad_bundle") from error
        if not (kbase.unreadable or rules.unreadable):
            if digest_of((kbase, rules)) != receipt.knowledge.digest:
                raise _unusable(path, "receipt.other_digest")
            if receipt.knowledge.digest == at_hand.digest:
                return at_hand
        try:
            return knowledge_in(kbase, rules)
        except KnowledgeError as error:
            version = receipt.versions.get(PROGRAM, "?")
            first = Problem(place_of(path), "receipt.knowledge_unreadable", {"version": version})
            within = (_within(path, problem, Path(name)) for problem in error.problems[:MOST_FINDINGS])
            raise AnswersError([first, *within]) from error


def _within(path: Path, problem: Problem, folder: Path) -> Problem:
    """Return a finding in an unpacked file as one in the receipt."""
    file = problem.place.file.rpartition(folder.name)[2].lstrip("/\\")
    return replace(problem, place=replace(problem.place, file=f"{place_of(path).file}: {file}"))


def _unusable(path: Path, key: str) -> AnswersError:
    return AnswersError([Problem(place_of(path), key)])


def _document(raw: bytes, path: Path, data: Any) -> Document:
    """Return the data with its places; JSON that YAML cannot read has no other place than the file."""
    try:
        return parse_document(raw, path, MOST_BYTES)
    except InputError:
        return Document(path, data, {})


def _refusal(error: ValidationError, document: Document) -> AnswersError:
    return AnswersError(islice(findings(error, document, Receipt), MOST_FINDINGS))


# -- JSON ---------------------------------------------------------------------------------------------------


def _parsed(raw: bytes, path: Path) -> Any:
    """Return the data of JSON. Raises `AnswersError`."""
    try:
        text = text_in(raw, path, MOST_BYTES)
    except InputError as error:
        raise AnswersError(error.problems) from error
    if not text.strip():
        raise _unusable(path, "file.empty")
    try:
        return json.loads(text, object_pairs_hook=without_duplicates, parse_constant=_refused)
    except DuplicateKeyError as error:
        raise AnswersError(_duplicates(raw, path, str(error))) from error
    except json.JSONDecodeError as error:
        raise AnswersError([Problem(place_of(path, error.lineno, error.colno), "receipt.not_json")]) from error
    except (ValueError, RecursionError) as error:
        raise _unusable(path, "receipt.not_json") from error


def _refused(constant: str) -> None:
    raise ValueError(constant)


def _duplicates(raw: bytes, path: Path, name: str) -> Iterable[Problem]:
    """Return the finding about a key that stands twice, at its place where that can be found."""
    try:
        parse_document(raw, path, MOST_BYTES)
    except InputError as error:
        found = [problem for problem in error.problems if problem.key == "yaml.duplicate_key"]
        if found:
            return found
    return [Problem(place_of(path), "yaml.duplicate_key", {"name": name[:40]})]
