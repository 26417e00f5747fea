"""Coverage as one HTML page, complete in itself: every rule with its conditions, every article, every option."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from itertools import groupby
from typing import TextIO

from advisor.catalogue import say
from advisor.inference.condition import written
from advisor.knowledge_base import Knowledge
from advisor.report.coverage_report import share_text
from advisor.text import Language
from advisor.verify.coverage.coverage import Coverage, RuleCoverage, Side

CONDITION_COLUMNS = ("coverage.column_condition", "coverage.column_held", "coverage.column_failed")
ARTICLE_COLUMNS = ("coverage.column_article", "coverage.column_rules", "coverage.column_scenarios")

STYLE = """
:root { color-scheme: light dark; --line: #bbb; --good: #1a7f37; --bad: #cf222e; --quiet: #6e7781; }
body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 72rem; padding: 0 1rem; }
h2 { margin-top: 2.5rem; border-bottom: 1px solid var(--line); }
h3 { font-size: 1rem; margin: 1.2rem 0 0.2rem; font-family: ui-monospace, monospace; }
table { border-collapse: collapse; table-layout: fixed; width: 100%; margin: 0.3rem 0 0.8rem; }
th, td { text-align: left; vertical-align: top; padding: 0.2rem 0.6rem; border-bottom: 1px solid var(--line); }
th { font-weight: 600; }
td:first-child { font-family: ui-monospace, monospace; width: 44%; overflow-wrap: anywhere; }
.place, .quiet { color: var(--quiet); font-size: 0.85rem; }
.good { color: var(--good); } .bad { color: var(--bad); font-weight: 600; }
#shares td:first-child { font-family: inherit; }
#only:checked ~ .rule.done, #only:checked ~ table tr.done, #only:checked ~ h3.done { display: none; }
"""


def write_coverage_page(knowledge: Knowledge, coverage: Coverage, language: Language, stream: TextIO) -> None:
    """Write the page."""
    page = _Page(knowledge, coverage, language)
    stream.writelines(f"{line}\n" for line in page.lines())


class _Page:
    def __init__(self, knowledge: Knowledge, coverage: Coverage, language: Language) -> None:
        self.titles = {d.decision: d.title.in_language(language) for d in knowledge.rulebase.decisions}
        self.library = knowledge.library
        self.coverage = coverage
        self.language: Language = language

    def _say(self, key: str, **values: object) -> str:
        return escape(say(key, self.language, **values))

    def lines(self) -> Iterator[str]:
        """Yield the lines of the page."""
        title = self._say("coverage.title")
        yield f'<!doctype html>\n<html lang="{self.language}">\n<head><meta charset="utf-8">'
        yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
        yield f"<title>{title}</title>\n<style>{STYLE}</style></head>\n<body>\n<h1>{title}</h1>"
        yield f"<p>{self._say('coverage.cases', count=self.coverage.cases)} {self._say('coverage.explained')}</p>"
        yield from self._shares()
        yield f'<input type="checkbox" id="only"> <label for="only">{self._say("coverage.only_missing")}</label>'
        for decision, rules in groupby(self.coverage.rules, key=lambda rule: rule.decision):
            yield f"<h2>{escape(self.titles[decision])}</h2>"
            for rule in rules:
                yield from self._rule(rule)
        yield f"<h2>{self._say('coverage.articles')}</h2>"
        yield from self._articles()
        yield f"<h2>{self._say('coverage.options')}</h2>"
        yield from self._options()
        yield "</body>\n</html>"

    def _shares(self) -> Iterator[str]:
        rows = []
        for name, share in self.coverage.shares.items():
            told = escape(share_text(share, self.language))
            rows.append((self._say(f"coverage.{name}"), _marked(told, good=share.complete)))
        yield from _table((), rows, name="shares")

    def _rule(self, rule: RuleCoverage) -> Iterator[str]:
        done = " done" if rule.scenarios and not any(side.missing for side in rule.sides) else ""
        fired = (
            self._say("coverage.fired", count=rule.scenarios, example=rule.example)
            if rule.scenarios
            else _marked(self._say("coverage.never_fired"), good=False)
        )
        yield f'<div class="rule{done}"><h3>{escape(rule.id)}</h3>'
        yield f'<div><span class="place">{escape(str(rule.place))}</span> · {fired}</div>'
        if rule.conditions:
            heads = tuple(map(self._say, CONDITION_COLUMNS))
            rows = [(escape(written(c.test)), self._side(c.held), self._side(c.failed)) for c in rule.conditions]
            yield from _table(heads, rows)
        yield "</div>"

    def _side(self, side: Side) -> str:
        if side.scenarios:
            told = self._say("coverage.side", count=side.scenarios, example=side.example)
            return _marked(told, good=True)
        if side.possible:
            return _marked(self._say("coverage.side_missing"), good=False)
        return f'<span class="quiet">{self._say("coverage.side_impossible")}</span>'

    def _articles(self) -> Iterator[str]:
        heads = tuple(map(self._say, ARTICLE_COLUMNS))
        articles = self.library.articles
        rows = [
            (
                f"{escape(a.article)}<br>{escape(articles[a.article].label.in_language(self.language))}",
                escape(", ".join(a.rules)),
                _count(a.scenarios),
            )
            for a in self.coverage.articles
        ]
        yield from _table(heads, rows, done=[a.scenarios > 0 for a in self.coverage.articles])

    def _options(self) -> Iterator[str]:
        heads = (self._say("coverage.column_option"), self._say("coverage.column_scenarios"))
        for question, listed in groupby(self.coverage.options, key=lambda option: option.question):
            options = list(listed)
            done = "done" if all(option.scenarios for option in options) else ""
            yield f'<h3 class="{done}">{escape(question)}</h3>'
            rows = [(escape(option.option), _count(option.scenarios)) for option in options]
            yield from _table(heads, rows, done=[option.scenarios > 0 for option in options])


def _marked(html: str, *, good: bool) -> str:
    return f'<span class="{"good" if good else "bad"}">{html}</span>'


def _count(number: int) -> str:
    return _marked(str(number), good=number > 0)


def _table(
    heads: Sequence[str], rows: Iterable[Sequence[str]], *, name: str = "", done: Sequence[bool] = ()
) -> Iterator[str]:
    """Yield a table; its cells are HTML already, and rows that are `done` can be hidden."""
    yield f'<table id="{name}">' if name else "<table>"
    if heads:
        yield "<tr>" + "".join(f"<th>{head}</th>" for head in heads) + "</tr>"
    for index, row in enumerate(rows):
        mark = ' class="done"' if done and done[index] else ""
        yield f"<tr{mark}>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>"
    yield "</table>"
