"""Putting an advice together from what is entailed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from advisor.advice.advice import Advice, AdvisedStep, AdvisedTerm, Basis, Conclusion, OtherRegime, Outcome, Reason
from advisor.advice.caveats import Caveats
from advisor.advice.conclusions import bare_conclusion, era_of
from advisor.advice.ladder import form_ladder
from advisor.advice.reasons import Reasons
from advisor.advice.rejected import rejected_forms
from advisor.advice.similar import similar_cases
from advisor.inference.case import Case, CaseReader
from advisor.inference.formula import Atom, Literal
from advisor.knowledge.instrument import RANKS
from advisor.knowledge.library import Library
from advisor.knowledge_base import Knowledge
from advisor.reasoning.completions import Scope
from advisor.reasoning.confirmation import confirmed
from advisor.reasoning.entailment import entailment_of
from advisor.reasoning.sufficiency import circumstances
from advisor.text import Text

MOST_OUTCOMES = 64


def advise(knowledge: Knowledge, case: Case | Mapping[str, Any]) -> Advice:
    """Return the advice for a case (or for plain data of the shape of an answers file).

    For each conclusion `possible` is the set of its values over all completions of the answers (for other
    conclusions than the gate: over those in which the gate holds), `value` the only one of them if there is
    only one, `depends_on` the unanswered questions that can change it alone, and `contested` what all those
    completions agree on. Experta draws the conclusions of one completion, which must be those of the other readers.

    Raises `AnswersError` where the data cannot be used, `ContradictionError` where the answers contradict each
    other, `DisagreementError` where the readers differ (a defect of this program).
    """
    checked = case if isinstance(case, Case) else CaseReader(knowledge.library, knowledge.rulebase).data(case)
    adviser = _Adviser(knowledge, checked)
    confirmed(adviser.entailment.day, adviser.entailment.example)
    return adviser.advice()


def advise_on(
    knowledge: Knowledge, case: Case, names: Iterable[str], *, outcomes: bool = True
) -> dict[str, Conclusion]:
    """Return some conclusions of the advice for a case: settled ones with reasons, open ones with `outcomes`.

    Raises like `advise`.
    """
    adviser = _Adviser(knowledge, case)
    confirmed(adviser.entailment.day, adviser.entailment.example)
    return {name: adviser.conclusion(name, outcomes=outcomes) for name in names}


class _Adviser:
    """Assembles the advice for one case."""

    def __init__(self, knowledge: Knowledge, case: Case) -> None:
        self.knowledge = knowledge
        self.library: Library = knowledge.library
        self.case = case
        self.entailment = entailment_of(knowledge, case)
        self.reasons = Reasons(knowledge, case, self.entailment)
        self.caveats = Caveats(self.library, case.as_of)

    def advice(self) -> Advice:
        roles = self.library.roles
        conclusions = {name: self.conclusion(name) for name in self.library.conclusions}
        return Advice(
            version=self.knowledge.version,
            digest=self.knowledge.digest,
            title=self.case.title,
            as_of=self.case.as_of,
            era=era_of(self.knowledge, self.entailment.day),
            limits=tuple(self._limits()),
            parties=self.case.parties,
            answers=self.case.answers,
            notes=self.case.notes,
            unanswered=self.entailment.open,
            conclusions=conclusions,
            other_regime=self._other_regime(),
            rejected_forms=rejected_forms(self.reasons, conclusions[roles.forms.start]),
            legal_basis=tuple(self._legal_basis(conclusions)),
            documents=tuple(self._terms(roles.documents)),
            steps=tuple(self._steps(conclusions)),
            notices=tuple(self._terms(roles.notices)),
            similar_cases=similar_cases(self.knowledge, self.case.answers),
            ladder=form_ladder(self.entailment),
        )

    # -- conclusions ----------------------------------------------------------------------------------------

    def conclusion(self, name: str, *, outcomes: bool = True) -> Conclusion:
        """Return one conclusion."""
        bare = bare_conclusion(self.entailment, name)
        if bare.reason is not None or (bare.open and not outcomes):
            return bare
        bare = replace(bare, contested_when=self._contested_when(bare))
        if bare.open:
            found = tuple(self._outcomes(bare))
            said = [reason for outcome in found for reason in outcome.because]
            return replace(bare, caveats=self.caveats.of(said), outcomes=found)
        atoms = [(name, value) for value in bare.certain]
        if bare.contested:
            atoms.append((self.library.roles.contested, name))
        because = self.reasons.of(atoms, self.entailment.scope(name))
        doubting = self._rules_for([(self.library.roles.contested, name)]) - self._rules_for(
            atoms[: len(bare.certain)]
        )
        because = tuple(replace(reason, doubts=reason.rule in doubting) for reason in because)
        return replace(bare, because=because, caveats=self.caveats.of(because))

    def _rules_for(self, atoms: Iterable[Atom]) -> set[str]:
        """Return the rules of the day that conclude one of some atoms."""
        return {rule.id for atom in atoms for rule in self.entailment.producers(atom)}

    def _contested_when(self, conclusion: Conclusion) -> Outcome | None:
        """Return when a conclusion is contested, where that depends on open answers."""
        if conclusion.contested is not None:
            return None
        atom = (self.library.roles.contested, conclusion.id)
        return self._outcome(conclusion.id, conclusion.id, atom, deep=False)

    def _outcomes(self, conclusion: Conclusion) -> Iterator[Outcome]:
        """Yield what can still come out: the values, or of a list the elements that are not certain."""
        for value in conclusion.uncertain[:MOST_OUTCOMES]:
            yield self._outcome(value, conclusion.id, (conclusion.id, value), deep=True)

    def _outcome(self, value: str, name: str, atom: Atom, *, deep: bool) -> Outcome:
        scope = self.entailment.scope(name)
        when = circumstances(self.entailment, atom, scope)
        because: dict[str, Reason] = {}
        for parts in when.sets:
            for reason in self.reasons.of([atom], self.entailment.supposed(scope, parts), deep=deep):
                because.setdefault(reason.rule, reason)
        return Outcome(value, when.sets, when.more, tuple(because.values()))

    # -- the rest -------------------------------------------------------------------------------------------

    def _other_regime(self) -> OtherRegime | None:
        for regime in self.library.manifest.other_regimes:
            if era_of(self.knowledge, self.entailment.day) in regime.eras:
                case = replace(self.case, as_of=regime.as_of)
                conclusion = _Adviser(self.knowledge, case).conclusion(self.library.roles.other_regime)
                begun = any(self._says(name, values) for name, values in (regime.begun_where or {}).items())
                return OtherRegime(regime.as_of, regime.instrument, conclusion, begun)
        return None

    def _says(self, question: str, values: Iterable[str]) -> bool:
        """Whether the answer to a question is, or names, one of some values."""
        answer = self.case.answers.get(question, ())
        given = answer if isinstance(answer, tuple) else (answer,)
        return any(value in given for value in values)

    def _limits(self) -> Iterator[Text]:
        """Yield what was not read of the law in force on the day."""
        for limit in self.library.manifest.limits:
            if self.library.status(limit.instrument, self.case.as_of) == "in_force":
                yield limit.text

    def _steps(self, conclusions: Mapping[str, Conclusion]) -> Iterator[AdvisedStep]:
        approval = self.library.roles.approval
        applies = {approval.required: True, approval.not_required: False}
        decided = conclusions[approval.conclusion]
        signed = self.entailment.elements(self.library.roles.signed)
        for element, certain, because in self._items(self.library.roles.steps):
            step = self.library.steps[element]
            done = (signed[step.done_by] or None) if step.done_by in signed else False
            needless = step.dprd and decided.value == approval.not_required
            to_prove = done is True and step.proof and not needless
            yield AdvisedStep(
                id=element,
                label=step.label,
                certain=certain,
                because=because,
                actor=step.actor,
                output=step.output,
                deadline=step.deadline,
                dprd_stage=step.dprd,
                applies=applies.get(str(decided.value)) if step.dprd else True,
                done=False if to_prove else done,
                to_prove=to_prove,
                contested=step.dprd and bool(decided.contested),
                caveats=self.caveats.of(because, step.cites),
            )

    def _terms(self, fact: str) -> Iterator[AdvisedTerm]:
        table = self.library.all_facts[fact].table or ""
        for element, certain, because in self._items(fact):
            term = self.library.term(table, element)
            caveats = self.caveats.of(because, term.cites)
            yield AdvisedTerm(element, term.label, certain, because, term.text, term.contents, term.about, caveats)

    def _items(self, fact: str) -> Iterator[tuple[str, bool, tuple[Reason, ...]]]:
        """Yield the elements that a list-valued fact can have, whether each always is there, and why."""
        scope = self.entailment.scope(fact)
        for element, certain in self.entailment.elements(fact).items():
            atom = (fact, element)
            within: Scope = scope if certain else (*scope, Literal(atom))
            yield element, certain, self.reasons.of([atom], within, deep=False)

    def _legal_basis(self, conclusions: Mapping[str, Conclusion]) -> Iterator[Basis]:
        """Yield the articles that the reasons of the conclusions name, and those of the basis itself."""
        certain: dict[str, bool] = {}
        for conclusion in conclusions.values():
            for reason in (*conclusion.because, *(r for outcome in conclusion.outcomes for r in outcome.because)):
                for citation in reason.cites:
                    certain[citation] = certain.get(citation, False) or reason.certain
        for element, always in self.entailment.elements(self.library.roles.legal_basis).items():
            certain[element] = certain.get(element, False) or always
        for citation in sorted(certain, key=self._rank):
            article, instrument = self.library.articles[citation], self.library.instrument_of(citation)
            if instrument.rank != "study":
                yield Basis(
                    article=citation,
                    instrument=instrument.id,
                    title=instrument.title,
                    label=article.label,
                    text=article.text,
                    status=self.library.status(citation, self.case.as_of),
                    provenance=article.provenance,
                    certain=certain[citation],
                )

    def _rank(self, citation: str) -> tuple[int, date, str, list[tuple[int, str]]]:
        instrument = self.library.instrument_of(citation)
        begin = instrument.in_force or instrument.enacted or date.max
        parts = re.findall(r"\d+|\D+", citation.partition(":")[2])
        natural = [(int(part), "") if part.isdigit() else (0, part) for part in parts]
        return RANKS.index(instrument.rank), begin, instrument.id, natural
