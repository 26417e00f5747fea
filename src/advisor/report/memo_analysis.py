"""The analysis of a memo: why each thing is concluded, in paragraphs, each statement with its source."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Final

from advisor.advice.advice import Advice, Conclusion, Reason
from advisor.knowledge.case import Aspect
from advisor.knowledge.term import Term
from advisor.papers.document import Passage
from advisor.papers.paper import Paper
from advisor.papers.sentences import sentences
from advisor.report.annexes import risk_annex
from advisor.report.choosing import greatest_risks
from advisor.report.shortening import listed
from advisor.report.wording import Wording

ASPECTS: Final[Mapping[str, Aspect]] = MappingProxyType(
    {
        "memo.about.legal_base": "legal_base",
        "memo.about.form": "form",
        "memo.about.scope": "scope",
        "memo.about.funding": "funding",
    }
)
"""The subjects of the analysis before the council's approval and the risks: by what they are called, the aspect."""
APPROVAL: Final = "memo.about.approval"
RISK: Final = "memo.about.risks"
NOTICES: Final = 2
"""How many notices stand beside the reasons of one subject; the annex has all."""
RISKS: Final = 5
QUESTIONS: Final = 5

Statement = tuple[str, str]
"""A text, and its source."""


def write_analysis(paper: Paper, wording: Wording, advice: Advice) -> None:
    """Write on each subject, a paragraph for each conclusion: its reasons, why it is contested, what to watch."""
    letters = iter("abcdefghijklmnop")
    for key, names in _subjects(wording):
        parts = [_told(wording, advice, name) for name in names]
        if key == APPROVAL:
            parts += [_approval(wording, advice), _notices(wording, advice, names)]
        elif ASPECTS[key] == "form":
            parts = [_form_needs(wording, advice), *parts, _not_ready(wording, advice)]
        elif ASPECTS[key] == "funding":
            parts.append(_notices(wording, advice, names))
        _subject(paper, wording, key, parts, letters)
    _subject(paper, wording, RISK, [_risks(wording, advice)], letters)


def _subjects(wording: Wording) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield the subjects in their order, each with its conclusions: by aspect, and the council's approval alone."""
    library, roles = wording.library, wording.library.roles
    approval = roles.approval.conclusion
    diagnosis = (roles.diagnosis.strengths, roles.diagnosis.risks)
    for key, aspect in ASPECTS.items():
        names = (name for name, known in library.conclusions.items() if known.aspect == aspect)
        yield key, tuple(name for name in names if name != approval and name not in diagnosis)
    yield APPROVAL, (approval,)


def _subject(
    paper: Paper, wording: Wording, key: str, parts: Sequence[Iterable[Statement]], letters: Iterator[str]
) -> None:
    """Write the name of a subject, and each part as a paragraph; nothing where no part says anything."""
    seen: set[str] = set()
    told = [list(_once(paper, part, seen)) for part in parts]
    if not any(told):
        return
    paper.passage(Passage((wording.say(key),), mark=f"{next(letters)}.", look="strong", holds=True))
    for statements in filter(None, told):
        words: list[str] = []
        for text, source in statements:
            words += [" "] if words else []
            words += [text, f" [{source}]" if source else ""]
        paper.passage(Passage(tuple(words), indent=4))


def _once(paper: Paper, told: Iterable[Statement], seen: set[str]) -> Iterator[Statement]:
    """Yield the statements, each sentence once: without those that stand before on the paper, or were seen."""
    for text, source in told:
        new = [sentence for sentence in sentences(paper.fresh(text)) if sentence not in seen]
        seen.update(new)
        if new:
            yield " ".join(new), source


def _told(wording: Wording, advice: Advice, name: str) -> Iterator[Statement]:
    conclusion = advice.conclusions[name]
    if conclusion.open:
        if wording.library.conclusions[name].headline:
            yield _open(wording, conclusion), ""
        return
    yield from _meaning(wording, conclusion)
    reasons = [r for r in conclusion.because if r.direct and not r.background and not r.alternative]
    yield from (_statement(wording, reason) for reason in reasons if not reason.doubts)
    yield from (_statement(wording, reason) for reason in reasons if reason.doubts)


def _meaning(wording: Wording, conclusion: Conclusion) -> Iterator[Statement]:
    """Yield what the value of a conclusion means, where it is one of a table."""
    library = wording.library
    if isinstance(conclusion.value, str):
        term = library.entries.get(library.conclusions[conclusion.id].table or "", {}).get(conclusion.value)
        if isinstance(term, Term):
            said = wording.text(term.text)
            if conclusion.id != library.roles.approval.conclusion:
                told = {"name": wording.conclusion(conclusion.id), "value": term.label, "meaning": term.text}
                said = wording.say("memo.meaning", **told)
            yield said, wording.citations(term.cites)


def _open(wording: Wording, conclusion: Conclusion) -> str:
    name = wording.lowered(wording.conclusion(conclusion.id))
    asked = [wording.question(question) for question in conclusion.depends_on]
    return wording.say("memo.open", name=name, questions=listed(wording, asked, QUESTIONS))


def _notices(wording: Wording, advice: Advice, names: Sequence[str]) -> Iterator[Statement]:
    found = [notice for notice in advice.notices if notice.about in names and notice.certain]
    for notice in found[:NOTICES]:
        yield from (_statement(wording, reason) for reason in notice.because if reason.direct)


def _statement(wording: Wording, reason: Reason) -> Statement:
    return wording.text(reason.text), wording.grounds(reason)


def _form_needs(wording: Wording, advice: Advice) -> Iterator[Statement]:
    needs = [d.label for d in advice.ladder.demands if d.kind == "need" and d.certain] if advice.ladder else []
    names = [wording.text(label) for label in needs if label is not None]
    if names:
        yield wording.say("memo.needs", needs=wording.joined(names)), ""


def _not_ready(wording: Wording, advice: Advice) -> Iterator[Statement]:
    conclusion = advice.conclusions[wording.library.roles.to_target]
    if conclusion.certain:
        conditions = [wording.text(wording.library.label(conclusion.id, value)) for value in conclusion.certain]
        yield wording.say("memo.not_ready", conditions=wording.joined(conditions)), ""


def _approval(wording: Wording, advice: Advice) -> Iterator[Statement]:
    """Yield the council's part under the other regulation, where that differs."""
    library, approval = wording.library, wording.library.roles.approval
    own = advice.conclusions[approval.conclusion]
    other = advice.other_regime
    if other is not None and other.conclusion.reason is None and other.conclusion.value != own.value:
        law = library.instruments[other.instrument].short
        said = wording.in_short(other.conclusion, len(library.values(approval.conclusion)))
        yield wording.say("memo.other_law", law=law, answer=said), ""


def _risks(wording: Wording, advice: Advice) -> Iterator[Statement]:
    library = wording.library
    risks = library.roles.diagnosis.risks
    names = [wording.value(risks, name) for name, certain in greatest_risks(library, advice, RISKS) if certain]
    if names:
        told = "; ".join(wording.lowered(name) for name in names)
        yield wording.say("memo.risks", risks=told, annex=risk_annex(wording, advice)), ""
    possible = len(advice.conclusions[risks].outcomes)
    if possible:
        yield wording.say("memo.risks_open" if names else "memo.risks_all_open", count=possible), ""
