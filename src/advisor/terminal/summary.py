"""A conclusion in one line."""

from __future__ import annotations

from advisor.advice.advice import Conclusion
from advisor.report.wording import Wording


def said(wording: Wording, conclusion: Conclusion) -> str:
    """Return the name of a conclusion and its value, or what is still possible."""
    name = wording.conclusion(conclusion.id)
    if conclusion.reason is not None:
        return wording.say("interview.summary", conclusion=name, value=wording.say("report.inadmissible"))
    if conclusion.open:
        return wording.say("interview.summary_open", conclusion=name, values=_possible(wording, conclusion))
    return wording.say("interview.summary", conclusion=name, value=wording.value(conclusion.id, conclusion.value))


def _possible(wording: Wording, conclusion: Conclusion) -> str:
    """Return the values that are still possible; of lists the elements that they can have."""
    found: dict[str, None] = dict.fromkeys((*conclusion.certain, *conclusion.uncertain))
    for value in conclusion.possible or ():
        if not isinstance(value, tuple):
            return " / ".join(wording.value(conclusion.id, one) for one in conclusion.possible or ())
        found.update(dict.fromkeys(value))
    return wording.value(conclusion.id, tuple(found))
