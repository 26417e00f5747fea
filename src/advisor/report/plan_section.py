"""The annex on steps: who acts, what comes out, until when, under which article; and the documents."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from advisor.advice.advice import Advice, AdvisedStep, AdvisedTerm
from advisor.papers.paper import Paper
from advisor.report.choosing import ahead
from advisor.report.detail import detailed, open_note, write_only_named
from advisor.report.telling import tell_caveats
from advisor.report.wording import Wording

HEADINGS: Final = (
    "report.number",
    "report.step",
    "report.actor",
    "report.output_until",
    "report.source",
)


def write_steps(paper: Paper, wording: Wording, advice: Advice, *, table: bool) -> None:
    """Write the steps that are to be taken, in order, one below the other or as a table.

    Those that lie behind are only named.
    """
    if not advice.steps:
        return
    steps = ahead(advice)
    shown = detailed(steps)
    if table:
        _as_table(paper, wording, shown)
    else:
        _one_by_one(paper, wording, shown)
    write_only_named(paper, wording, steps, shown)
    behind = "; ".join(wording.text(step.label) for step in advice.steps if step.done and step.applies is not False)
    if behind:
        paper.paragraph(wording.say("report.done", steps=behind), 2)


def _one_by_one(paper: Paper, wording: Wording, steps: Sequence[AdvisedStep]) -> None:
    for number, step in enumerate(steps, start=1):
        paper.subheading(f"{number}. {wording.text(step.label)}", note=wording.step_note(step))
        rows = [
            (wording.say("report.actor"), wording.text(step.actor)),
            (wording.say("report.output"), wording.text(step.output)),
        ]
        if step.deadline:
            rows.append((wording.say("report.deadline"), wording.text(step.deadline)))
        rows.append((wording.say("report.source"), _source(wording, step)))
        paper.pairs(rows, indent=3)
        tell_caveats(paper, wording, step.caveats, 3)


def _as_table(paper: Paper, wording: Wording, steps: Sequence[AdvisedStep]) -> None:
    rows = []
    for number, step in enumerate(steps, start=1):
        note = wording.step_note(step)
        label = wording.text(step.label) + (f" ({note})" if note else "")
        output = wording.text(step.output)
        if step.deadline:
            output = wording.say("report.until", output=output, deadline=step.deadline)
        told = (wording.text(step.actor), output, _source(wording, step))
        rows.append((str(number), label, *told))
    paper.table([wording.say(heading) for heading in HEADINGS], rows)
    for step in steps:
        tell_caveats(paper, wording, step.caveats)


def write_documents(paper: Paper, wording: Wording, advice: Advice) -> None:
    """Write the documents and what each must contain."""
    if not advice.documents:
        return
    paper.heading(wording.say("report.documents"))
    shown = detailed(advice.documents)
    for item in shown:
        text = f"{wording.text(item.label)}{open_note(wording, item)}: {wording.text(item.text)}"
        paper.bullet(text, _source(wording, item))
        if item.contents:
            contents = "; ".join(wording.text(content) for content in item.contents)
            paper.paragraph(wording.say("report.contains", contents=contents), 4, "quiet")
        tell_caveats(paper, wording, item.caveats, 4)
    write_only_named(paper, wording, advice.documents, shown)


def _source(wording: Wording, item: AdvisedStep | AdvisedTerm) -> str:
    sources = dict.fromkeys(wording.grounds(reason) for reason in item.because)
    return "; ".join(sources)
