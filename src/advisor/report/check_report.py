"""The report of `advisor check`: the findings, the exceptions, and how much was proved."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict

from advisor.catalogue import say
from advisor.papers.document import Document
from advisor.papers.paper import Paper
from advisor.text import Language
from advisor.verify.check.check import Check, Extent
from advisor.verify.check.finding import Finding
from advisor.verify.check.marking import Marked


def check_report(check: Check, language: Language, *, all_exceptions: bool = False) -> Document:
    """Return each finding as `file:line:column: sentence [kind subject]`, with its example as an answers file.

    The exceptions are only counted, unless `all_exceptions` asks for them: they must not push what was found off
    the screen. Lines are not wrapped, so that editors find the places in them.
    """
    paper = Paper(language)
    paper.title(say("paper.check", language), on_screen=False)
    for finding in check.findings:
        paper.verbatim(_finding(finding, language))
    if check.marked and not all_exceptions:
        paper.verbatim([say("check.marked_count", language, count=len(check.marked))])
    elif check.marked:
        paper.verbatim([say("check.marked", language, count=len(check.marked))])
        for marked in check.marked:
            paper.verbatim(_marked(marked, language))
        paper.blank()
    paper.verbatim(_summary(check, language))
    return paper.document


def _finding(finding: Finding, language: Language) -> Iterator[str]:
    yield f"{finding.in_language(language)} [{finding.kind} {finding.subject}]"
    for other in finding.others:
        yield "    " + say("check.related", language, place=other.place, name=other.name)
    if finding.example is not None:
        yield "    " + say("check.example", language)
        yield from (f"      {line}" for line in finding.example.text.splitlines())
    yield ""


def _marked(marked: Marked, language: Language) -> Iterator[str]:
    finding = marked.finding
    yield f"  {finding.in_language(language)} [{finding.kind} {finding.subject}]"
    yield "    " + say("check.why", language, why=marked.reason.in_language(language))


def _summary(check: Check, language: Language) -> Iterator[str]:
    if check.findings:
        yield say("check.found", language, count=len(check.findings))
    else:
        yield say("check.none", language)
    if check.extent is None:
        yield say("check.stopped", language)
    else:
        yield _extent(check.extent, language)


def _extent(extent: Extent, language: Language) -> str:
    return say("check.extent", language, **asdict(extent))
