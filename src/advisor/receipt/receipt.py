"""A receipt: all that it takes to give an advice again years later, in one file.

A receipt is one JSON object. Nothing in it depends on when or where it was written: the same answers, knowledge,
language and program give the same bytes.

    schema      "receipt/2"
    versions    name -> version: of this program, of Python and of the packages that draw conclusions
    knowledge   {version, digest}: of the knowledge that was used
    language    "id" or "en": in which the sentences of the advice are
    case        {as_of, title, answers}: the day of the advice and the answers that were given, as an answers file
                has them, with its parties and notes
    advice      the advice, as `advise --format json` writes it
    files       kbase/ and rules/ themselves: a .tar.gz as base64, with the YAML files alone
                (`jq -r .files R.json | base64 -d | tar xz` lays them out)
    seal        SHA-256 (hex) over all the rest in canonical form

The seal shows that a file was changed by accident or by hand. It is no signature: whoever knows this description
can make another one.
"""

from __future__ import annotations

import hashlib
import json
import platform
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, Final

from advisor.advice.as_data import answers_data
from advisor.escaping import json_escaped
from advisor.inference.case import Case
from advisor.knowledge.shape import Shape
from advisor.knowledge_base import Knowledge
from advisor.receipt.bundle import packed
from advisor.text import Language

SCHEMA: Final = "receipt/2"
SEAL: Final = "seal"
PROGRAM: Final = "kerjasama-advisor"
PACKAGES: Final = (PROGRAM, "experta", "python-sat")


@dataclass(frozen=True, kw_only=True)
class KnowledgeVersion(Shape):
    """Which knowledge it is: the version that kbase/ states, and the digest of its content."""

    version: str
    digest: str


@dataclass(frozen=True, kw_only=True)
class Receipt(Shape):
    """A receipt that was read back; see this module for its parts."""

    schema: str
    versions: Mapping[str, str]
    knowledge: KnowledgeVersion
    language: Language
    case: Mapping[str, Any]
    advice: Mapping[str, Any]
    files: str
    seal: str


def receipt_text(
    knowledge: Knowledge, case: Case, advice: Mapping[str, Any], language: Language, folders: Sequence[Path]
) -> str:
    """Return the content of the receipt of `advice`, which was given as data in `language`.

    `folders` are the kbase/ and the rules/ from which the knowledge was loaded. Raises `InputError` where they
    have changed since, or cannot be kept in a receipt.
    """
    data = {
        "schema": SCHEMA,
        "versions": versions(),
        "knowledge": {"version": knowledge.version, "digest": knowledge.digest},
        "language": language,
        "case": _case_data(case),
        "advice": advice,
        "files": packed(folders, knowledge.digest),
    }
    # ASCII alone, so that no mail or editor that takes it for another encoding breaks the seal.
    return json_escaped(json.dumps({**data, SEAL: seal_of(data)}, indent=1)) + "\n"


def _case_data(case: Case) -> dict[str, Any]:
    """Return a case as an answers file, with the parties and notes that it has."""
    data: dict[str, Any] = {"as_of": case.as_of.isoformat(), "title": case.title}
    if case.parties:
        data["parties"] = [{key: text for key, text in asdict(party).items() if text} for party in case.parties]
    if case.notes:
        data["notes"] = dict(case.notes)
    return data | {"answers": answers_data(case.answers)}


def seal_of(data: Mapping[str, Any]) -> str:
    """Return the seal of a receipt's data: keys sorted, no spaces, ASCII alone; a seal in it is left out."""
    content = {key: value for key, value in data.items() if key != SEAL}
    canonical = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256(canonical.encode("ascii")).hexdigest()


def versions() -> dict[str, str]:
    """Return the versions of Python and of the packages that draw conclusions, of those that are here."""
    found = {"python": platform.python_version()}
    for package in PACKAGES:
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            continue
    return found
