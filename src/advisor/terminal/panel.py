"""The panel beside the questions: the conclusions as they narrow."""

from __future__ import annotations

from collections.abc import Iterable

from advisor.advice.advice import Conclusion
from advisor.interview.turn import possible
from advisor.report.wording import Wording
from advisor.terminal.lines import Lines, StyledLine
from advisor.terminal.summary import outcome

SETTLED, OPEN = "✓", "?"


def draw_panel(wording: Wording, conclusions: Iterable[Conclusion], lines: Lines) -> None:
    """Draw the conclusions.

    Where not everything fits, the conclusions with most that is still possible say only how many values that are.
    """
    shown = list(conclusions)
    drawn = {one.id: _drawn(wording, one, outcome(wording, one), lines.width) for one in shown}
    several = [one for one in shown if len(possible(one)) > 1]
    for longest in sorted(several, key=lambda one: (not one.open, -len(outcome(wording, one)))):
        if sum(map(len, drawn.values())) <= lines.height:
            break
        count = wording.say(
            "interview.outcomes" if longest.open else "interview.elements", count=len(possible(longest))
        )
        drawn[longest.id] = _drawn(wording, longest, count, lines.width)
    for one in shown:
        lines.lines += drawn[one.id]


def _drawn(wording: Wording, conclusion: Conclusion, said: str, width: int) -> list[StyledLine]:
    lines = Lines(width)
    style, mark = ("", OPEN) if conclusion.open else ("class:settled", SETTLED)
    lines.add(wording.conclusion(conclusion.id), f"{style} bold", f" {mark} ")
    lines.add(said, style, "   ")
    return lines.lines
