"""Rejected forms: why each other institutional form is not the one to start with."""

from __future__ import annotations

from collections.abc import Iterator

from advisor.advice.advice import Conclusion, RejectedForm, Rejection
from advisor.advice.reasons import Reasons
from advisor.catalogue import say
from advisor.inference.inquiry import Inquiry
from advisor.inference.program import Row
from advisor.inference.support import Support
from advisor.knowledge.library import Library
from advisor.knowledge.term import Term
from advisor.text import Text

FORM = "institutional_form"
TARGET = "target_form"
NEEDS = "needs"
UNAVAILABLE = "unavailable"


def rejected_forms(
    library: Library, inquiry: Inquiry, reasons: Reasons, chosen: Conclusion
) -> tuple[RejectedForm, ...]:
    """Return every form but the chosen one, lightest first, with its reasons.

    Where the choice is open each form that may be left out is there, with the reasons of a completion in which
    it is.
    """
    found = inquiry.range(FORM).values
    if chosen.reason is not None or not found:
        return ()
    forms = []
    for term in library.term_files[library.all_facts[FORM].table or ""].terms:
        row = next((row for value, row in found.items() if value != (term.id,)), None)
        if row is not None:
            certain = (term.id,) not in found
            why = tuple(_Rejections(library, reasons.support(row), row, term).all())
            forms.append(RejectedForm(term.id, certain, why))
    return tuple(forms)


class _Rejections:
    """The reasons against one form in one completion."""

    def __init__(self, library: Library, support: Support, row: Row, form: Term) -> None:
        self.library = library
        self.support = support
        self.row = row
        self.form = form

    def all(self) -> Iterator[Rejection]:
        result = self.support.result
        target = result.values(TARGET)[0]
        if result.values("has_region") == ():
            yield from self._from_rules("only_between_regions", TARGET, target)
            return
        if result.holds((UNAVAILABLE, self.form.id)):
            yield from self._from_rules("unavailable", UNAVAILABLE, self.form.id)
        elif self._order.index(self.form.id) > self._order.index(target):
            yield self._heavier(target)
            return
        yield from self._lacking()
        for condition in result.values(f"unmet_{self.form.id}"):
            yield from self._from_rules("not_ready", f"unmet_{self.form.id}", condition)

    @property
    def _order(self) -> tuple[str, ...]:
        return self.library.values(FORM)

    def _from_rules(self, kind: str, fact: str, value: str) -> Iterator[Rejection]:
        for rule in self.support.fired_for((fact, value))[:1]:
            yield Rejection(kind, rule.grounds.because, rule.grounds.cites)

    def _lacking(self) -> Iterator[Rejection]:
        lacking = [need for need in self.support.result.values(NEEDS) if need not in self.form.covers]
        if lacking:
            labels = [self.library.label(NEEDS, need) for need in lacking]
            rules = [rule for need in lacking for rule in self.support.fired_for((NEEDS, need))]
            cites = tuple(dict.fromkeys(cite for rule in rules for cite in rule.grounds.cites))
            yield Rejection("lacks", _both("rejected.lacks", self.form.label, labels), cites)

    def _heavier(self, target: str) -> Rejection:
        label = self.library.label(TARGET, target)
        cites = tuple(
            dict.fromkeys(c for rule in self.support.fired_for((TARGET, target)) for c in rule.grounds.cites)
        )
        return Rejection("heavier", _both("rejected.heavier", self.form.label, [label]), cites)


def _both(key: str, form: Text, others: list[Text]) -> Text:
    return Text(
        id=say(key, "id", form=form.id, others="; ".join(text.id for text in others)),
        en=say(key, "en", form=form.en, others="; ".join(text.en for text in others)),
    )
