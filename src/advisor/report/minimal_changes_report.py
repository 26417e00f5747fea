"""The report on what would have to change."""

from __future__ import annotations

from advisor.explain.minimal_changes import Changes, MinimalChanges
from advisor.inference.case import Case
from advisor.knowledge_base import Knowledge
from advisor.papers.document import Document
from advisor.papers.paper import Paper
from advisor.report.explanation import changed, write_head
from advisor.report.infeasibility_section import write_barriers
from advisor.report.wording import Wording
from advisor.text import Language


def minimal_changes_report(knowledge: Knowledge, case: Case, told: MinimalChanges, language: Language) -> Document:
    """Write the smallest changes, those within reach first, or what stands in the way of all."""
    paper, wording = Paper(language), Wording(knowledge.library, language, case.as_of)
    target = told.target
    conclusion = wording.conclusion(target.conclusion)
    value = wording.text(knowledge.library.label(target.conclusion, target.value))
    title = wording.say("explain.reach_title", conclusion=conclusion.upper(), value=value)
    write_head(paper, wording, knowledge, title)
    if told.size is None:
        paper.paragraph(wording.say("explain.verdict.impossible"), tone="strong")
        write_barriers(paper, wording, told.barriers)
        return paper.document
    if told.size == 0:
        paper.paragraph(wording.say("explain.reach_now"), tone="strong")
        return paper.document
    paper.paragraph(wording.say("explain.reach_size", size=told.size), tone="strong")
    number = 1
    for controllable, key in ((True, "controllable"), (False, "given")):
        group = [change for change in told.changes if change.controllable is controllable]
        if group:
            paper.heading(wording.say(f"explain.reach_group.{key}"))
        for change in group:
            _write_change(paper, wording, case, change, number)
            number += 1
    if told.more:
        paper.paragraph(wording.say("explain.reach_more"))
    return paper.document


def _write_change(paper: Paper, wording: Wording, case: Case, change: Changes, number: int) -> None:
    for index, (question, answer) in enumerate(change.set.items()):
        control = wording.say(f"explain.control.{wording.library.questions[question].control}")
        mark = f"{number}." if index == 0 else " " * len(f"{number}.")
        paper.bullet(changed(wording, question, case.answers.get(question), answer), control, mark=mark)
