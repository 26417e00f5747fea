"""Findings of knowledge that cannot be loaded: cycles, missing translations, rules without an article."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from advisor.knowledge.document import Document, Key, read_document
from advisor.problem import InputError, KnowledgeError, Problem
from advisor.text import LANGUAGES
from advisor.verify.check.files import subject_of
from advisor.verify.check.finding import Finding


def refused(error: KnowledgeError) -> tuple[Finding, ...] | None:
    """Return why knowledge was refused as findings, or None where something else is wrong with it too.

    Nothing can be proved of knowledge that cannot be loaded; so these are all the findings there are.
    """
    documents: dict[str, Document] = {}
    found = [_finding(problem, documents) for problem in error.problems]
    findings = tuple(finding for finding in found if finding is not None)
    return findings if len(findings) == len(found) else None


def _finding(problem: Problem, documents: dict[str, Document]) -> Finding | None:
    name = problem.values.get("name", "")
    if problem.key == "rules.cycle":
        names = problem.values["names"].split(" -> ")
        return Finding("cycle", names[0], problem.place, "check.cycle", {"names": " → ".join(names)})
    if problem.key not in ("key.missing", "value.text", "value.empty") or name not in (*LANGUAGES, "cites"):
        return None
    file = problem.place.file
    try:
        document = documents.get(file) or read_document(Path(file), pipes=False)
    except InputError:
        return None
    documents[file] = document
    key = _key(document, problem, name)
    if key is None:
        return None
    subject = subject_of(document, key)
    if name in LANGUAGES:
        told = {"name": subject, "wanted": name}
        return Finding("translation", subject, problem.place, "check.translation.missing", told)
    return Finding("uncited", subject, problem.place, "check.uncited.rule", {"name": subject})


def _key(document: Document, problem: Problem, name: str) -> Key | None:
    """Return the key of the text, or the thing, in which `name` is missing or empty; None where it is neither."""
    for key, place in document.places.items():
        if place != problem.place or (key and key[-1] == "#key"):
            continue
        around = key if problem.key == "key.missing" else key[:-1]
        data: Any = document.data
        for step in around:
            data = data[step]
        if isinstance(data, dict) and _lacks(data, name):
            return around
    return None


def _lacks(data: dict[str, object], name: str) -> bool:
    """Whether `name` is missing or empty, and should be there: a text beside its other language, or citations."""
    if data.get(name):
        return False
    return bool(data) and set(data) <= set(LANGUAGES) if name in LANGUAGES else "because" in data
