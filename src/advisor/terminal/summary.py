"""A conclusion in few words."""

from __future__ import annotations

from advisor.advice.advice import Conclusion
from advisor.interview.turn import possible
from advisor.report.wording import Wording


def said(wording: Wording, conclusion: Conclusion) -> str:
    """Return the name of a conclusion and its value, or what is still possible."""
    key = "interview.summary_open" if conclusion.open and conclusion.reason is None else "interview.summary"
    name = wording.conclusion(conclusion.id)
    return wording.say(key, conclusion=name, outcome=outcome(wording, conclusion))


def outcome(wording: Wording, conclusion: Conclusion) -> str:
    """Return the value of a conclusion, or the values that are still possible."""
    if conclusion.reason is not None:
        return wording.say("report.inadmissible")
    if conclusion.open:
        text = " / ".join(wording.value(conclusion.id, one) for one in possible(conclusion))
    else:
        text = wording.value(conclusion.id, conclusion.value)
    if conclusion.contested is False or (conclusion.open and conclusion.contested is None):
        return text
    return f"{text} ({wording.say('report.contested' if conclusion.contested else 'interview.contested_open')})"
