"""The report on why a value did not come out."""

from __future__ import annotations

from advisor.explain.form_comparison import FormComparison, Row
from advisor.explain.why_not import Obstacle, Way, WhyNot
from advisor.inference.case import Case
from advisor.knowledge_base import Knowledge
from advisor.papers.document import Document
from advisor.papers.paper import Paper
from advisor.report.explanation import changes, given, needed, outcome, write_head
from advisor.report.infeasibility_section import write_barriers
from advisor.report.wording import Wording
from advisor.text import Language


def why_not_report(knowledge: Knowledge, case: Case, told: WhyNot, language: Language) -> Document:
    """Write why a value did not come out, what would have to change, and the duel of two forms."""
    paper, wording = Paper(language), Wording(knowledge.library, language, case.as_of)
    target = told.target
    conclusion = wording.conclusion(target.conclusion)
    value = wording.text(knowledge.library.label(target.conclusion, target.value))
    title = wording.say("explain.why_not_title", conclusion=conclusion.upper(), value=value)
    write_head(paper, wording, knowledge, title)
    now = outcome(wording, told.conclusion)
    paper.paragraph(wording.say(f"explain.verdict.{told.verdict}", value=now), tone="strong")
    if told.when:
        circumstances = wording.circumstances(told.when, more=told.when_more)
        paper.paragraph(wording.say("explain.when", circumstances=circumstances))
    for way in told.ways:
        _write_way(paper, wording, case, way)
    if told.comparison is not None:
        _write_comparison(paper, wording, told.comparison)
    if told.reach is not None and told.reach.size:
        paper.blank()
        example = changes(wording, told.reach.changes[0], case.answers)
        paper.paragraph(wording.say("explain.reach_example", size=told.reach.size, changes=example))
    if told.verdict == "impossible":
        write_barriers(paper, wording, told.barriers)
        _write_stretch(paper, wording, told)
    return paper.document


def _write_stretch(paper: Paper, wording: Wording, told: WhyNot) -> None:
    if told.days is None:
        return
    first, last = told.days
    paper.blank()
    if last is None:
        paper.paragraph(wording.say("explain.stretch_open", first=wording.day(first)))
    else:
        paper.paragraph(wording.say("explain.stretch", first=wording.day(first), last=wording.day(last)))


def _write_way(paper: Paper, wording: Wording, case: Case, way: Way) -> None:
    text = wording.say("explain.way", text=wording.text(way.text))
    paper.blank()
    paper.bullet(text, wording.source(way.cites, way.authority), indent=0)
    for obstacle in way.obstacles:
        source = wording.source(obstacle.cites, obstacle.authority) if obstacle.kind == "excluded_by" else ""
        paper.bullet(_obstacle(wording, obstacle), source, indent=3, mark="✗")
        if obstacle.cure is None:
            paper.bullet(wording.say("explain.no_cure"), indent=6, mark="→")
        else:
            cure = changes(wording, obstacle.cure, case.answers)
            paper.bullet(wording.say("explain.cure", changes=cure), indent=6, mark="→")


def _obstacle(wording: Wording, obstacle: Obstacle) -> str:
    said = given(wording, obstacle.given)
    if obstacle.kind == "excluded_by":
        return wording.say("explain.beaten_by", text=wording.text(obstacle.text), given=said)
    if obstacle.kind == "together":
        return wording.say("explain.not_together", given=said)
    asks = needed(wording, obstacle.needs.fact, positive=obstacle.needs.holds)
    through = [fact for fact in map(wording.fact, obstacle.through) if fact]
    if not through:
        return wording.say("explain.needs_answer", needed=asks, given=said)
    return wording.say("explain.needs_answer_for", fact=through[-1], needed=asks, given=said)


def _write_comparison(paper: Paper, wording: Wording, found: FormComparison) -> None:
    start = wording.library.roles.forms.start
    names = [wording.text(wording.library.label(start, form)) for form in (found.chosen, found.asked)]
    paper.heading(wording.say("explain.duel", chosen=names[0], asked=names[1]))
    rows = [(_aspect(wording, found, row), *_marks(wording, row)) for row in found.rounds]
    paper.table(["", *names], rows, indent=2)


def _aspect(wording: Wording, found: FormComparison, row: Row) -> str:
    name, roles = "", wording.library.roles.forms
    if row.aspect == "covers":
        name = wording.text(wording.library.label(roles.needs, row.name))
    elif row.aspect == "ready":
        name = wording.text(wording.library.label(next(iter(roles.unmet.values())), row.name))
    return wording.say(f"explain.duel.{row.aspect}", name=name)


def _marks(wording: Wording, row: Row) -> tuple[str, ...]:
    pairs = zip((row.chosen, row.asked), row.required, strict=True)
    return tuple(wording.say(f"explain.duel.{_word(won) if required else 'not_asked'}") for won, required in pairs)


def _word(won: bool | None) -> str:
    return "unknown" if won is None else ("yes" if won else "no")
