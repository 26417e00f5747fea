"""The ladder of forms: what each institutional form can do, and what it still waits for, beside what is needed."""

from __future__ import annotations

from collections.abc import Iterator

from advisor.advice.advice import Demand, FormLadder
from advisor.reasoning.entailment import Entailment


def form_ladder(entailment: Entailment) -> FormLadder | None:
    """Return the ladder of a case; None where no form is weighed, or nothing can be said of forms.

    Of a need or a condition that open answers decide, a form that does not meet it is open.
    """
    library, roles = entailment.library, entailment.library.roles.forms
    start = entailment.range(roles.start)
    if start.values == () or entailment.range(roles.weighed_where).values == (("no",),):
        return None
    forms = library.values(roles.start)
    chosen = start.settled[0] if start.settled else None
    rows = (_allowed(entailment), *_needs(entailment), *_conditions(entailment))
    return FormLadder(forms, tuple(rows), forms.index(chosen) if chosen in forms else None)


def _allowed(entailment: Entailment) -> Demand:
    roles = entailment.library.roles.forms
    allowed = entailment.elements(roles.available)
    met = {form: allowed.get(form, False) or (None if form in allowed else False) for form in _forms(entailment)}
    return Demand("law", None, True, met)


def _needs(entailment: Entailment) -> Iterator[Demand]:
    library, roles = entailment.library, entailment.library.roles.forms
    table = library.all_facts[roles.start].table or ""
    for need, certain in entailment.elements(roles.needs).items():
        short = False if certain else None
        met = {form: need in library.term(table, form).covers or short for form in _forms(entailment)}
        yield Demand("need", library.label(roles.needs, need), certain, met)


def _conditions(entailment: Entailment) -> Iterator[Demand]:
    """Yield the conditions of readiness that some form has, each with the forms that have it."""
    library, unmet = entailment.library, entailment.library.roles.forms.unmet
    found = {form: entailment.elements(fact) for form, fact in unmet.items()}
    for condition in dict.fromkeys(value for fact in unmet.values() for value in library.values(fact)):
        asking = [form for form, fact in unmet.items() if entailment.producers((fact, condition))]
        if not asking:
            continue
        lacking = {form: found[form][condition] for form in asking if condition in found[form]}
        met = {form: (False if lacking[form] else None) if form in lacking else True for form in asking}
        yield Demand("condition", library.label(unmet[asking[0]], condition), True, met)


def _forms(entailment: Entailment) -> tuple[str, ...]:
    return entailment.library.values(entailment.library.roles.forms.start)
