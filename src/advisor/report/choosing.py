"""What comes first where there is room for three only: reasons, steps, risks and open questions.

Nothing is weighed here: the order of conclusions, the weight of risks and who can answer a question are data.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain, zip_longest
from typing import Final, get_args

from advisor.advice.advice import Advice, AdvisedStep, Conclusion, Reason
from advisor.knowledge.library import Library
from advisor.knowledge.shape import Authority

AUTHORITIES: Final[Sequence[Authority]] = get_args(Authority)
"""From law down to judgement."""


def deciding_reasons(library: Library, advice: Advice, most: int) -> tuple[Reason, ...]:
    """Return the reasons that decide, law before judgement.

    Each of the conclusions that `deciding` in kbase/roles.yaml names gives its firmest reason, in that order, then
    each its next one. Where the cooperation cannot be entered into, what bars it is all there is to say.
    """
    roles = library.roles
    names = roles.deciding or tuple(name for name, known in library.conclusions.items() if known.headline)
    gate = advice.conclusions[roles.gate]
    barred = gate.value is False
    columns = [_direct(advice.conclusions[name]) for name in ((roles.gate,) if barred else names)]
    found: dict[str, Reason] = {}
    for reason in chain.from_iterable(zip_longest(*columns)):
        if reason is not None and reason.text.id not in {other.text.id for other in found.values()}:
            found.setdefault(reason.rule, reason)
    return tuple(sorted(list(found.values())[:most], key=_rank))


def _direct(conclusion: Conclusion) -> list[Reason]:
    """Return the rules that conclude something themselves, law before judgement, and last why it is contested."""
    shown = [r for r in conclusion.because if r.direct and not r.alternative and not r.background]
    return sorted(shown, key=lambda reason: (reason.doubts, _rank(reason)))


def _rank(reason: Reason) -> int:
    return AUTHORITIES.index(reason.authority)


def ahead(advice: Advice) -> tuple[AdvisedStep, ...]:
    """Return the steps that do not lie behind, in order; first those whose taking must only be proved."""
    steps = [step for step in advice.steps if not step.done]
    return (*(step for step in steps if step.to_prove), *(step for step in steps if not step.to_prove))


def next_steps(advice: Advice, most: int) -> tuple[AdvisedStep, ...]:
    """Return the next steps of which no open answer decides whether they are asked for.

    Where it is not known whether one lies behind the regions already it is taken for one that does not, as in the
    timetable.
    """
    return tuple(step for step in ahead(advice) if step.certain and step.applies)[:most]


def greatest_risks(library: Library, advice: Advice, most: int) -> tuple[tuple[str, bool], ...]:
    """Return the heaviest risks, each with whether it is certain: the certain ones first, then by weight."""
    risks = advice.conclusions[library.roles.diagnosis.risks]
    possible = (*risks.certain, *(outcome.value for outcome in risks.outcomes))
    ranked = sorted(dict.fromkeys(possible), key=lambda name: (name not in risks.certain, -weight(library, name)))
    return tuple((name, name in risks.certain) for name in ranked[:most])


def weight(library: Library, risk: str) -> int:
    """Return how heavily a risk weighs."""
    return library.factors[risk].weight


def asked_first(library: Library, advice: Advice) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return the open questions on which conclusions hang, with these: first those on which the headline does.

    Among them the order of the questionnaire stays, which is that of the interview. Before them stands what is
    signed already, where it is not known which steps that leaves.
    """
    found: list[tuple[str, tuple[str, ...]]] = []
    signing = (library.manifest.own_day_where or {}) if any(step.done is None for step in advice.steps) else {}
    first = tuple((question, ()) for question in advice.unanswered if question in signing)
    for question in advice.unanswered:
        hanging = tuple(c.id for c in advice.conclusions.values() if question in c.depends_on)
        if hanging and question not in signing:
            found.append((question, hanging))
    return (
        *first,
        *sorted(found, key=lambda pair: not any(library.conclusions[name].headline for name in pair[1])),
    )
