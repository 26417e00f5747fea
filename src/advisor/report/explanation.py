"""What reports of explanations share."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from advisor.advice.advice import Conclusion
from advisor.explain.minimal_changes import Changes
from advisor.inference.formula import Atom, cut_of
from advisor.knowledge_base import Knowledge
from advisor.papers.paper import Paper
from advisor.reasoning.circumstance import Circumstance
from advisor.report.wording import Wording
from advisor.understanding.reading import Answer


def write_head(paper: Paper, wording: Wording, knowledge: Knowledge, title: str) -> None:
    """Write the title, and under which law and knowledge it is said."""
    paper.title(title)
    day = wording.day(wording.as_of) if wording.as_of else ""
    values = {"day": day, "version": knowledge.version, "digest": knowledge.digest[:12]}
    paper.paragraph(wording.say("explain.screening", **values), tone="quiet")


def outcome(wording: Wording, conclusion: Conclusion) -> str:
    """Return the value of a conclusion, or what is still possible; of a list what is certain and what is not."""
    if conclusion.reason is not None:
        return wording.say("report.inadmissible")
    if not conclusion.open:
        return wording.value(conclusion.id, conclusion.value)
    if conclusion.possible is None or any(isinstance(value, tuple) for value in conclusion.possible):
        certain, uncertain = (
            wording.value(conclusion.id, part) for part in (conclusion.certain, conclusion.uncertain)
        )
        key = "explain.list_open" if conclusion.certain else "explain.list_uncertain"
        return wording.say(key, certain=certain, uncertain=uncertain)
    named = " / ".join(wording.value(conclusion.id, value) for value in conclusion.possible)
    return wording.say("explain.still_possible", values=named)


def answered(wording: Wording, question: str, answer: Answer | None) -> str:
    """Return an answer, or that there is none yet."""
    return wording.say("explain.unknown_answer") if answer is None else wording.answer(question, answer)


def given(wording: Wording, parts: Iterable[Circumstance]) -> str:
    """Return what answers say, joined."""
    return "; ".join(wording.circumstance(part) for part in parts)


def needed(wording: Wording, atom: Atom, *, positive: bool) -> str:
    """Return what the answer to a question would have to say."""
    question, value = atom
    asked = wording.library.questions[question]
    if asked.type == "number":
        return wording.circumstance(
            Circumstance(question, "over" if positive else "at_most", (str(cut_of(value)),))
        )
    if asked.type == "choices":
        return wording.circumstance(Circumstance(question, "includes" if positive else "excludes", (value,)))
    if asked.type == "yes_no":
        value = value if positive else {"yes": "no", "no": "yes"}[value]
        return wording.circumstance(Circumstance(question, "is", (value,)))
    return wording.circumstance(Circumstance(question, "is" if positive else "is_not", (value,)))


def changes(wording: Wording, change: Changes, before: Mapping[str, Answer]) -> str:
    """Return what has to change, in one sentence part."""
    parts = [changed(wording, question, before.get(question), now) for question, now in change.set.items()]
    return wording.say("report.and").join(parts)


def changed(wording: Wording, question: str, before: Answer | None, after: Answer) -> str:
    """Return how one answer changes: of a list what comes and what goes."""
    name = wording.question(question)
    if isinstance(after, tuple) and isinstance(before, tuple):
        added = ", ".join(wording.option(question, o) for o in after if o not in before)
        removed = ", ".join(wording.option(question, o) for o in before if o not in after)
        if added and removed:
            return wording.say("explain.change.swap", question=name, added=added, removed=removed)
        key = "explain.change.add" if added else "explain.change.remove"
        return wording.say(key, question=name, options=added or removed)
    return wording.say("explain.change.to", question=name, answer=wording.answer(question, after))
