"""The section on what stands in the way of a value that no answers give on a day."""

from __future__ import annotations

from collections.abc import Iterable

from advisor.explain.infeasibility import Barrier
from advisor.papers.paper import Paper
from advisor.report.explanation import needed
from advisor.report.wording import Wording


def write_barriers(paper: Paper, wording: Wording, barriers: Iterable[Barrier]) -> None:
    """Write the rules that stand in the way, each with what it needs."""
    paper.heading(wording.say("explain.barriers"))
    for barrier in barriers:
        _write(paper, wording, barrier, 2)


def _write(paper: Paper, wording: Wording, barrier: Barrier, indent: int) -> None:
    text = _said(wording, barrier)
    if text:
        # Where law that is not in force is the barrier, the sentence names its articles already.
        told = barrier.cites and barrier.kind != "law"
        paper.bullet(text, wording.source(barrier.cites, barrier.authority) if told else "", indent=indent)
        indent += 3
    for below in barrier.below:
        _write(paper, wording, below, indent)


def _said(wording: Wording, barrier: Barrier) -> str:
    fact = ""
    if barrier.fact is not None:
        question = barrier.fact[0] in wording.library.questions
        fact = needed(wording, barrier.fact, positive=True) if question else wording.fact(barrier.fact)
        if not fact:
            return ""  # an internal fact of a policy or a ranking: what is below it says why
    text = wording.text(barrier.text) if barrier.text else ""
    articles = wording.citations(barrier.articles)
    return wording.say(f"explain.barrier.{barrier.kind}", text=text, fact=fact, articles=articles)
