"""Marking: which findings are meant to be as they are, by kbase/exceptions.yaml."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from advisor.knowledge.exception import MarkedException
from advisor.problem import Place
from advisor.text import Text
from advisor.verify.check.files import EXCEPTIONS, Files
from advisor.verify.check.finding import Finding


@dataclass(frozen=True, slots=True)
class Marked:
    """A finding that is a deliberate exception, and why."""

    finding: Finding
    reason: Text


def marked_apart(
    findings: Iterable[Finding], exceptions: Iterable[MarkedException], files: Files
) -> tuple[tuple[Finding, ...], tuple[Marked, ...]]:
    """Return the findings that are no exceptions, and those that are, each in the order of the files.

    An exception that no finding needs is a finding itself.
    """
    reasons = {(exception.finding, exception.of): exception.reason for exception in exceptions}
    ordered = sorted(findings, key=lambda finding: finding.order)
    left = [f for f in ordered if (f.kind, f.subject) not in reasons]
    marked = [Marked(f, reasons[(f.kind, f.subject)]) for f in ordered if (f.kind, f.subject) in reasons]
    needed = {(m.finding.kind, m.finding.subject) for m in marked}
    for kind, subject in reasons:
        if (kind, subject) not in needed:
            told = {"kind": kind, "subject": subject}
            place = _place(files, kind, subject)
            left.append(Finding("stale_exception", f"{kind}:{subject}", place, "check.stale_exception", told))
    return tuple(left), tuple(marked)


def _place(files: Files, kind: str, subject: str) -> Place:
    """Return where an exception stands."""
    document = next(document for document in files.kbase if document.path.name == EXCEPTIONS)
    entries = [(entry["finding"], entry["of"]) for entry in document.data["exceptions"]]
    return document.place(("exceptions", entries.index((kind, subject)), "of"))
