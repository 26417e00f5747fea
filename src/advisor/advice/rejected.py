"""Rejected forms: why each other institutional form is not the one to start with."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal as OneOf

from advisor.advice.advice import Conclusion, RejectedForm, Rejection
from advisor.advice.reasons import Reasons
from advisor.catalogue import say
from advisor.inference.formula import AllOf, Atom, Literal
from advisor.inference.ground import GroundRule
from advisor.knowledge.term import Term
from advisor.reasoning.completions import Scope
from advisor.reasoning.derivation import Derivation
from advisor.text import Text

Kind = OneOf["only_between_regions", "unavailable", "heavier", "not_ready", "lacks"]


def rejected_forms(reasons: Reasons, chosen: Conclusion) -> tuple[RejectedForm, ...]:
    """Return every form but the chosen one, lightest first, with its reasons.

    Where the choice is open, each form that may be left out is there, with the reasons that hold wherever it is.
    """
    library, entailment = reasons.library, reasons.entailment
    start = library.roles.forms.start
    found = entailment.range(start).values
    if chosen.reason is not None or not found:
        return ()
    forms = []
    for term in library.term_files[library.all_facts[start].table or ""].terms:
        if found != ((term.id,),):
            certain = (term.id,) not in found
            left_out = () if certain else (Literal((start, term.id), positive=False),)
            scope = (*entailment.scope(start), *left_out)
            forms.append(RejectedForm(term.id, certain, _Rejections(reasons, scope, term).all()))
    return tuple(forms)


@dataclass(frozen=True, slots=True)
class _Ground:
    """Why a form may be left out: `literals` hold together; `about` is the form or condition that tells."""

    kind: Kind
    literals: Scope
    about: Atom


class _Rejections:
    """The reasons against one form within a scope."""

    def __init__(self, reasons: Reasons, scope: Scope, form: Term) -> None:
        self.reasons = reasons
        self.library = reasons.library
        self.roles = reasons.library.roles.forms
        self.scope = scope
        self.form = form

    def all(self) -> tuple[Rejection, ...]:
        """Return the reasons that hold in all of the scope; else those of which one or another does."""
        entailment = self.reasons.entailment
        truths = [(ground, entailment.truth(AllOf(ground.literals), self.scope)) for ground in self._grounds()]
        certain = [rejection for ground, truth in truths if truth for rejection in self._told(ground)]
        if certain:
            return tuple(dict.fromkeys(certain))
        possible = [rejection for ground, truth in truths if truth is None for rejection in self._told(ground)]
        return tuple(dict.fromkeys(replace(rejection, alternative=True) for rejection in possible))

    def _grounds(self) -> Iterator[_Ground]:
        roles, form = self.roles, self.form.id
        weighed, allowed = Literal((roles.weighed_where, "yes")), Literal((roles.unavailable, form), positive=False)
        for target in self.library.values(roles.target):
            outside = Literal(weighed.atom, positive=False)
            yield _Ground(
                "only_between_regions", (outside, Literal((roles.target, target))), (roles.target, target)
            )
        yield _Ground("unavailable", (weighed, Literal((roles.unavailable, form))), (roles.unavailable, form))
        for target in self._lighter:
            yield _Ground("heavier", (weighed, allowed, Literal((roles.target, target))), (roles.target, target))
        weighty = [Literal((roles.target, target), positive=False) for target in self._lighter]
        unmet = roles.unmet.get(form)
        conditions = [(unmet, name) for name in self.library.values(unmet)] if unmet is not None else []
        for condition in conditions:
            yield _Ground("not_ready", (weighed, allowed, *weighty, Literal(condition)), condition)
        ready = [Literal(condition, positive=False) for condition in conditions]
        for start in self._lighter:
            literals = (weighed, allowed, *weighty, *ready, Literal((roles.start, start)))
            yield _Ground("heavier", literals, (roles.start, start))
        for start in self._heavier:
            literals = (weighed, allowed, *weighty, Literal((roles.start, start)))
            yield _Ground("lacks", literals, (roles.start, start))

    @property
    def _lighter(self) -> tuple[str, ...]:
        order = self.library.values(self.roles.start)
        return order[: order.index(self.form.id)]

    @property
    def _heavier(self) -> tuple[str, ...]:
        order = self.library.values(self.roles.start)
        return order[order.index(self.form.id) + 1 :]

    def _told(self, ground: _Ground) -> Iterator[Rejection]:
        derivation = self.reasons.derivations[(*self.scope, *ground.literals)]
        match ground.kind:
            case "heavier":
                yield self._enough(derivation, ground.about[1])
            case "lacks":
                yield from self._lacking(derivation, ground.about[1])
            case _:
                yield from self._by_rule(derivation, ground.kind, ground.about)

    def _by_rule(self, derivation: Derivation, kind: Kind, atom: Atom) -> Iterator[Rejection]:
        certain = derivation.best_for(atom)
        for rule in (certain,) if certain else derivation.covering(atom):
            if certain and rule.heads[0] == atom and self._copied(derivation, rule):
                for behind in derivation.derived(rule):
                    yield from self._by_rule(derivation, kind, behind)
            else:
                yield Rejection(kind, rule.grounds.because, rule.grounds.cites)

    def _copied(self, derivation: Derivation, rule: GroundRule) -> bool:
        """Whether a rule only hands on the same value of another fact (its reason is then the other's)."""
        derived = derivation.derived(rule)
        return len(derived) == 1 and derived[0][1] == rule.heads[0][1]

    def _lacking(self, derivation: Derivation, chosen: str) -> Iterator[Rejection]:
        able = self.library.term(self.library.all_facts[self.roles.start].table or "", chosen).covers
        name = self.roles.needs
        needs = [need for need in self.library.values(name) if derivation.truth(Literal((name, need)))]
        lacking = [need for need in needs if need not in self.form.covers]
        telling = [need for need in lacking if need in able] or lacking
        if telling:
            labels = [self.library.label(name, need) for need in telling]
            atoms = [(name, need) for need in telling]
            yield Rejection("lacks", _both("rejected.lacks", self.form.label, labels), _cited(derivation, atoms))

    def _enough(self, derivation: Derivation, lighter: str) -> Rejection:
        label = self.library.label(self.roles.target, lighter)
        atoms = [(self.roles.target, lighter), (self.roles.start, lighter)]
        return Rejection("heavier", _both("rejected.heavier", self.form.label, [label]), _cited(derivation, atoms))


def _cited(derivation: Derivation, atoms: list[Atom]) -> tuple[str, ...]:
    """Return what the rules cite by which atoms hold."""
    rules = (rule for atom in atoms for rule in derivation.rules_for(atom))
    return tuple(dict.fromkeys(citation for rule in rules for citation in rule.grounds.cites))


def _both(key: str, form: Text, others: list[Text]) -> Text:
    return Text(
        id=say(key, "id", form=form.id, others="; ".join(text.id for text in others)),
        en=say(key, "en", form=form.en, others="; ".join(text.en for text in others)),
    )
