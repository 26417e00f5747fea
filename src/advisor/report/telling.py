"""Telling a statement once: where it was told before on the same paper, the paper only points there."""

from __future__ import annotations

from collections.abc import Iterable

from advisor.advice.advice import Caveat, Reason
from advisor.papers.paper import Paper
from advisor.report.wording import Wording


def tell(
    paper: Paper,
    wording: Wording,
    text: str,
    source: str = "",
    indent: int = 2,
    mark: str = "•",
    note: str = "",
) -> None:
    """Write a statement with a note and its source; of what was said before only the rest, or where it stands."""
    fresh, place = paper.fresh(text), paper.where(text)
    if not fresh:
        here = place == paper.place
        told = wording.say("report.as_above") if here else wording.say("report.as_under", place=place)
    elif place and paper.said(text):
        told = wording.say("report.continued", place=place, text=fresh)
    else:
        told = fresh
    paper.bullet(told + note, source, indent, mark)


def tell_direct(paper: Paper, wording: Wording, reasons: Iterable[Reason], indent: int = 2) -> None:
    """Write the rules that conclude a statement itself, then those of which one or another does."""
    found = tuple(reasons)
    for reason in found:
        if reason.direct and not reason.alternative:
            tell(paper, wording, wording.text(reason.text), wording.grounds(reason), indent)
    tell_alternatives(paper, wording, found, indent)


def tell_alternatives(paper: Paper, wording: Wording, reasons: Iterable[Reason], indent: int = 2) -> None:
    """Write the rules of which one or another makes a statement hold, whatever the open answers are."""
    alternatives = [reason for reason in reasons if reason.alternative]
    if alternatives:
        paper.paragraph(wording.say("report.alternatives"), indent)
    for reason in alternatives:
        tell(paper, wording, wording.text(reason.text), wording.grounds(reason), indent + 3, "◦")


def tell_caveats(paper: Paper, wording: Wording, caveats: Iterable[Caveat], indent: int = 2) -> None:
    """Write how firm a statement is; each caveat once in a report, beside the first statement that it bites."""
    for caveat in caveats:
        paper.once(caveat.id, wording.say("report.caveat", text=wording.text(caveat.text)), indent)
