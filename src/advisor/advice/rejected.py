"""Rejected forms: why each other institutional form is not the one to start with."""

from __future__ import annotations

from collections.abc import Iterator

from advisor.advice.advice import Conclusion, RejectedForm, Rejection
from advisor.advice.reasons import Reasons
from advisor.catalogue import say
from advisor.inference.ground import GroundRule
from advisor.inference.inquiry import Inquiry
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
    sure = frozenset(need for need, (always, _) in inquiry.elements(NEEDS).items() if always)
    forms = []
    for term in library.term_files[library.all_facts[FORM].table or ""].terms:
        row = next((row for value, row in found.items() if value != (term.id,)), None)
        if row is not None:
            certain = (term.id,) not in found
            why = _Rejections(library, reasons.support(row), sure, term).all()
            forms.append(RejectedForm(term.id, certain, tuple(dict.fromkeys(why))))
    return tuple(forms)


class _Rejections:
    """The reasons against one form in one completion."""

    def __init__(self, library: Library, support: Support, sure: frozenset[str], form: Term) -> None:
        self.library = library
        self.support = support
        self.form = form
        needs = support.result.values(NEEDS)
        # Needs that only open answers bring about are not held against a form, unless there are no others.
        self.needs = [need for need in needs if need in sure] or list(needs)

    def all(self) -> Iterator[Rejection]:
        result = self.support.result
        target, chosen = result.values(TARGET)[0], result.values(FORM)[0]
        if result.values("has_region") == ():
            yield from self._from_rules("only_between_regions", TARGET, target)
            return
        if result.holds((UNAVAILABLE, self.form.id)):
            yield from self._from_rules("unavailable", UNAVAILABLE, self.form.id)
            return
        if self._heavier_than(target):
            yield self._enough(target)
            return
        conditions = result.values(f"unmet_{self.form.id}")
        for condition in conditions:
            yield from self._from_rules("not_ready", f"unmet_{self.form.id}", condition)
        if not conditions and self._heavier_than(chosen):
            yield self._enough(chosen)
        elif not conditions or not self._heavier_than(chosen):
            yield from self._lacking(chosen)

    @property
    def _order(self) -> tuple[str, ...]:
        return self.library.values(FORM)

    def _heavier_than(self, other: str) -> bool:
        return self._order.index(self.form.id) > self._order.index(other)

    def _from_rules(self, kind: str, fact: str, value: str) -> Iterator[Rejection]:
        rule = self.support.best_for((fact, value))
        if rule.heads[0][0] != fact or not self._copied(rule):
            yield Rejection(kind, rule.grounds.because, rule.grounds.cites)
            return
        for atom in self.support.derived(rule):
            yield from self._from_rules(kind, *atom)

    def _copied(self, rule: GroundRule) -> bool:
        """Whether a rule only hands on the same value of another fact (its reason is then the other's)."""
        derived = self.support.derived(rule)
        return len(derived) == 1 and derived[0][1] == rule.heads[0][1]

    def _lacking(self, chosen: str) -> Iterator[Rejection]:
        able = self.library.term(self.library.all_facts[FORM].table or "", chosen).covers
        lacking = [need for need in self.needs if need not in self.form.covers]
        telling = [need for need in lacking if need in able] or lacking
        if telling:
            labels = [self.library.label(NEEDS, need) for need in telling]
            rules = [rule for need in telling for rule in self.support.fired_for((NEEDS, need))]
            cites = tuple(dict.fromkeys(cite for rule in rules for cite in rule.grounds.cites))
            yield Rejection("lacks", _both("rejected.lacks", self.form.label, labels), cites)

    def _enough(self, lighter: str) -> Rejection:
        label = self.library.label(TARGET, lighter)
        rules = [rule for fact in (TARGET, FORM) for rule in self.support.fired_for((fact, lighter))]
        cites = tuple(dict.fromkeys(cite for rule in rules for cite in rule.grounds.cites))
        return Rejection("heavier", _both("rejected.heavier", self.form.label, [label]), cites)


def _both(key: str, form: Text, others: list[Text]) -> Text:
    return Text(
        id=say(key, "id", form=form.id, others="; ".join(text.id for text in others)),
        en=say(key, "en", form=form.en, others="; ".join(text.en for text in others)),
    )
