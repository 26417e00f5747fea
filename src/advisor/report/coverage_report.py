"""The report on coverage: four shares, then everything that no scenario has tried, with its place."""

from __future__ import annotations

from collections.abc import Iterator

from advisor.catalogue import say
from advisor.inference.condition import written
from advisor.knowledge.library import Library
from advisor.papers.document import Document
from advisor.papers.paper import Paper
from advisor.report.wording import Wording, decimal
from advisor.text import Language
from advisor.verify.coverage.coverage import Coverage, Share

MOST_OPEN = 5


def coverage_report(library: Library, coverage: Coverage, language: Language) -> Document:
    """Write what the scenarios have tried, and what not."""
    paper, wording = Paper(language), Wording(library, language)
    paper.title(wording.say("coverage.title"))
    paper.paragraph(wording.say("coverage.cases", count=coverage.cases))
    for question in coverage.open[:MOST_OPEN]:
        told = {"question": question.question, "count": question.scenarios, "alone": question.alone}
        paper.bullet(wording.say("coverage.open", **told))
    paper.blank()
    shares = coverage.shares.items()
    paper.pairs([(wording.say(f"coverage.{name}"), share_text(share, language)) for name, share in shares], 2)
    missing = list(_missing(wording, coverage))
    if not missing:
        paper.blank()
        paper.paragraph(wording.say("coverage.complete"), tone="good")
        return paper.document
    paper.heading(wording.say("coverage.missing"))
    for line in missing:
        paper.bullet(line)
    return paper.document


def share_text(share: Share, language: Language) -> str:
    """Return a share in words: how many of how many, and in per cent."""
    percent = decimal(share.percent, language)
    return say("coverage.share", language, covered=share.covered, all=share.all, percent=percent)


def _missing(wording: Wording, coverage: Coverage) -> Iterator[str]:
    for rule in coverage.rules:
        if not rule.scenarios:
            yield wording.say("coverage.rule_missing", place=rule.place, rule=rule.id)
        for condition in rule.conditions:
            told = {"place": condition.test.place, "rule": rule.id, "condition": written(condition.test)}
            if condition.held.missing:
                yield wording.say("coverage.held_missing", **told)
            if condition.failed.missing:
                yield wording.say("coverage.failed_missing", **told)
    for article in coverage.articles:
        if not article.scenarios:
            rules = ", ".join(article.rules)
            yield wording.say("coverage.article_missing", citation=article.article, rules=rules)
    for option in coverage.options:
        if not option.scenarios:
            yield wording.say("coverage.option_missing", question=option.question, option=option.option)
