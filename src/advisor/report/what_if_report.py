"""The report on what other answers change."""

from __future__ import annotations

from advisor.advice.advice import Conclusion
from advisor.explain.what_if import WhatIf
from advisor.inference.case import Case
from advisor.knowledge_base import Knowledge
from advisor.papers.document import Document
from advisor.papers.paper import Paper
from advisor.report.explanation import answered, outcome, write_head
from advisor.report.telling import tell_direct
from advisor.report.wording import Wording
from advisor.text import Language


def what_if_report(knowledge: Knowledge, case: Case, told: WhatIf, language: Language) -> Document:
    """Write the answers that change, the conclusions before and after with their reasons, and those that stay."""
    paper, wording = Paper(language), Wording(knowledge.library, language, case.as_of)
    write_head(paper, wording, knowledge, wording.say("explain.what_if_title"))
    if not told.changed:
        paper.paragraph(wording.say("explain.nothing_changed"))
    else:
        paper.heading(wording.say("explain.changed_answers"))
        for question, (before, after) in told.changed.items():
            values = {"before": answered(wording, question, before), "after": answered(wording, question, after)}
            paper.bullet(wording.say("explain.from_to", name=wording.question(question), **values))
    paper.heading(wording.say("explain.differences"))
    if not told.differences:
        paper.paragraph(wording.say("explain.no_differences"))
    for difference in told.differences:
        paper.subheading(wording.conclusion(difference.before.id))
        if outcome(wording, difference.before) == outcome(wording, difference.after):
            same = difference.before.possible == difference.after.possible
            paper.paragraph(wording.say("explain.same_outcomes" if same else "explain.same_elements"), 2, "quiet")
            continue
        _write_side(paper, wording, "explain.before", difference.before)
        _write_side(paper, wording, "explain.after", difference.after)
    paper.heading(wording.say("explain.same"))
    paper.pairs([(wording.conclusion(c.id), outcome(wording, c)) for c in told.same], indent=2)
    return paper.document


def _write_side(paper: Paper, wording: Wording, key: str, conclusion: Conclusion) -> None:
    paper.bullet(wording.say(key, value=outcome(wording, conclusion)), mark="→")
    tell_direct(paper, wording, (reason for reason in conclusion.because if not reason.background), indent=5)
