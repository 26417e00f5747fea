"""The report on several views of one cooperation."""

from __future__ import annotations

from string import ascii_uppercase

from advisor.explain.compare import AnswerRow, Comparison
from advisor.knowledge_base import Knowledge
from advisor.papers.document import Document
from advisor.papers.paper import Paper
from advisor.report.explanation import answered, outcome
from advisor.report.wording import Wording
from advisor.text import Language


def comparison_report(knowledge: Knowledge, told: Comparison, language: Language) -> Document:
    """Write the answers that differ and to what that matters, then the conclusions side by side."""
    paper, wording = Paper(language), Wording(knowledge.library, language)
    letters = [ascii_uppercase[index % 26] * (1 + index // 26) for index in range(len(told.names))]
    paper.title(wording.say("explain.compare_title"))
    for letter, name, day in zip(letters, told.names, told.days, strict=True):
        paper.paragraph(wording.say("explain.compare.view", letter=letter, name=name, day=wording.day(day)))
    differing = [row for row in told.answers if row.differs]
    paper.heading(wording.say("explain.compare.answers"))
    if not differing:
        paper.paragraph(wording.say("explain.compare.no_answers"))
    for row in sorted(differing, key=lambda row: not row.matters):
        _write_answers(paper, wording, letters, row)
    if told.day_matters:
        names = wording.conclusions(told.day_matters)
        paper.paragraph(wording.say("explain.compare.day", conclusions=names), tone="warning")
    same = len(told.answers) - len(differing)
    paper.paragraph(wording.say("explain.compare.same_answers", count=same), tone="quiet")
    paper.heading(wording.say("explain.compare.conclusions"))
    for line in told.conclusions:
        outcomes = [outcome(wording, view) for view in line.views]
        if not line.differs:
            same_value = wording.say("explain.compare.same", value=outcomes[0])
            paper.subheading(wording.conclusion(line.conclusion), same_value)
            continue
        paper.subheading(wording.conclusion(line.conclusion))
        paper.pairs(list(zip(letters, outcomes, strict=True)), indent=2)
    return paper.document


def _write_answers(paper: Paper, wording: Wording, letters: list[str], row: AnswerRow) -> None:
    key = "explain.compare.matters" if row.matters else "explain.compare.matters_not"
    note = wording.say(key, conclusions=wording.conclusions(row.matters))
    paper.subheading(wording.question(row.question), note=note)
    answers = [answered(wording, row.question, answer) for answer in row.answers]
    paper.pairs(list(zip(letters, answers, strict=True)), indent=2)
