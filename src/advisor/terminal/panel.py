"""The panel beside the questions: the conclusions as they narrow."""

from __future__ import annotations

from collections.abc import Iterable

from advisor.advice.advice import Conclusion
from advisor.report.wording import Wording
from advisor.terminal.lines import Lines, StyledLine
from advisor.terminal.summary import outcome, possible

SETTLED, OPEN = "✓", "?"


def draw_panel(wording: Wording, conclusions: Iterable[Conclusion], lines: Lines) -> None:
    """Draw the conclusions.

    Where not everything fits, the conclusions with most that is still possible say only how many values that are.
    """
    shown = list(conclusions)
    counted: set[str] = set()
    several = [c for c in shown if len(possible(c)) > 1]
    longest = sorted(several, key=lambda c: (not c.open, -len(outcome(wording, c))))
    drawn = _drawn(wording, shown, lines.width, counted)
    for conclusion in longest:
        if len(drawn) <= lines.height:
            break
        counted.add(conclusion.id)
        drawn = _drawn(wording, shown, lines.width, counted)
    lines.lines += drawn


def _drawn(wording: Wording, conclusions: Iterable[Conclusion], width: int, counted: set[str]) -> list[StyledLine]:
    lines = Lines(width)
    for conclusion in conclusions:
        mark = OPEN if conclusion.open else SETTLED
        said = outcome(wording, conclusion)
        if conclusion.id in counted:
            key = "interview.outcomes" if conclusion.open else "interview.elements"
            said = wording.say(key, count=len(possible(conclusion)))
        style = "" if conclusion.open else "class:settled"
        lines.add(wording.conclusion(conclusion.id), f"{style} bold", f" {mark} ")
        lines.add(said, style, "   ")
    return lines.lines
