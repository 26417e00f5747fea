"""Putting an advice together from what the readers of the rule base say."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from advisor.advice.advice import (
    Advice,
    AdviceItem,
    Basis,
    Conclusion,
    OtherRegime,
    Outcome,
    Reason,
)
from advisor.advice.circumstances import circumstances
from advisor.advice.conclusions import bare_conclusion, era_of
from advisor.advice.reasons import Reasons
from advisor.advice.rejected import rejected_forms
from advisor.advice.similar import similar_cases
from advisor.inference.case import Case, CaseReader
from advisor.inference.inquiry import Inquiry
from advisor.knowledge.instrument import RANKS
from advisor.knowledge.library import STEPS, Library
from advisor.knowledge_base import Knowledge
from advisor.problem import ContradictionError, Problem, place_of

MOST_OUTCOMES = 64


def advise(knowledge: Knowledge, case: Case | Mapping[str, Any]) -> Advice:
    """Return the advice for a case (or for plain data of the shape of an answers file).

    For each conclusion `possible` is the set of its values over all completions of the answers (for other
    conclusions than the gate: over those in which the gate holds), `value` the only one of them if there is
    only one, `depends_on` the unanswered questions that can change it alone, and `contested` what all those
    completions agree on. Every value that is named was concluded by experta in at least one completion.

    Raises `AnswersError` where the data cannot be used, `ContradictionError` where the answers contradict each
    other.
    """
    checked = case if isinstance(case, Case) else CaseReader(knowledge.library, knowledge.rulebase).data(case)
    return _Adviser(knowledge, checked).advice()


def advise_on(
    knowledge: Knowledge, case: Case, names: Iterable[str], *, outcomes: bool = True
) -> dict[str, Conclusion]:
    """Return some conclusions of the advice for a case: settled ones with reasons, open ones with `outcomes`."""
    adviser = _Adviser(knowledge, case)
    return {name: adviser.conclusion(name, outcomes=outcomes) for name in names}


class _Adviser:
    """Assembles the advice for one case."""

    def __init__(self, knowledge: Knowledge, case: Case) -> None:
        self.knowledge = knowledge
        self.library: Library = knowledge.library
        self.case = case
        self.day = knowledge.on(case.as_of)
        gate = self.library.conclusion_file.gate
        self.inquiry = Inquiry(self.day.readers.fresh(), case.codes, gate, self.library.conclusions)
        self.reasons = Reasons(knowledge, case.as_of, self.day, self.inquiry)

    def advice(self) -> Advice:
        if not self.inquiry.consistent:
            raise ContradictionError([Problem(place_of("answers"), "answers.no_completion")], self.case.answers)
        conclusions = {name: self.conclusion(name) for name in self.library.conclusions}
        steps = self._items("steps", conclusions)
        return Advice(
            version=self.knowledge.version,
            digest=self.knowledge.digest,
            title=self.case.title,
            as_of=self.case.as_of,
            era=era_of(self.knowledge, self.day),
            answers=self.case.answers,
            unanswered=self.inquiry.open,
            conclusions=conclusions,
            other_regime=self._other_regime(),
            rejected_forms=rejected_forms(
                self.library, self.inquiry, self.reasons, conclusions["institutional_form"]
            ),
            legal_basis=tuple(self._legal_basis(conclusions)),
            documents=self._items("documents", conclusions),
            steps=steps,
            notices=self._items("notices", conclusions),
            similar_cases=similar_cases(self.knowledge, self.case.answers),
        )

    # -- conclusions ----------------------------------------------------------------------------------------

    def conclusion(self, name: str, *, outcomes: bool = True) -> Conclusion:
        """Return one conclusion."""
        bare = bare_conclusion(self.library, self.inquiry, name)
        if bare.reason is not None or (bare.open and not outcomes):
            return bare
        bare = replace(bare, contested_when=self._contested_when(bare))
        if bare.open:
            return replace(bare, outcomes=tuple(self._outcomes(name)))
        settled, row = next(iter((self.inquiry.range(name).values or {}).items()))
        atoms = [(name, value) for value in settled]
        if bare.contested:
            atoms.append((self.library.conclusion_file.contested, name))
        return replace(bare, because=self.reasons.of(self.reasons.row_with(name, settled, row), atoms, name))

    def _contested_when(self, conclusion: Conclusion) -> Outcome | None:
        """Return when a conclusion is contested, where that depends on open answers."""
        if conclusion.contested is not None:
            return None
        atom = (self.library.conclusion_file.contested, conclusion.id)
        sat = self.inquiry.readers.sat
        where = [sat.literal(part) for part in (atom, *self.inquiry.scope(conclusion.id))]
        row = sat.completion(self.inquiry.known, where, near=self.inquiry.base)
        if row is None:
            return None
        when = circumstances(self.inquiry, conclusion.id, atom, row)
        return Outcome(conclusion.id, when, tuple(r for r in self.reasons.of(row, [atom]) if r.direct))

    def _outcomes(self, name: str) -> Iterator[Outcome]:
        """Yield what can still come out: the values, or of a list the elements that are not certain."""
        found = self.inquiry.range(name)
        listed = self.library.all_facts[name].kind == "many"
        if listed:
            rows = self.inquiry.elements(name)
            candidates = [(element, row) for element, (always, row) in rows.items() if not always]
        else:
            candidates = [(value[0], row) for value, row in (found.values or {}).items()]
        for value, found_row in candidates[:MOST_OUTCOMES]:
            # One completion shows many elements of a list; running experta on it once is enough for all of them.
            row = self.reasons.row_having((name, value), found_row) if listed else found_row
            when = circumstances(self.inquiry, name, (name, value), row)
            yield Outcome(value, when, self.reasons.of(row, [(name, value)]))

    # -- the rest -------------------------------------------------------------------------------------------

    def _other_regime(self) -> OtherRegime | None:
        manifest = self.library.manifest
        for regime in manifest.other_regimes:
            if era_of(self.knowledge, self.day) in regime.eras:
                case = Case(regime.as_of, self.case.answers, self.case.codes)
                conclusion = _Adviser(self.knowledge, case).conclusion(manifest.other_regime_conclusion)
                return OtherRegime(regime.as_of, regime.instrument, conclusion)
        return None

    def _items(self, fact: str, conclusions: Mapping[str, Conclusion]) -> tuple[AdviceItem, ...]:
        table = self.library.all_facts[fact].table or ""
        items = []
        for element, (certain, row) in self.inquiry.elements(fact).items():
            because = self.reasons.of(row, [(fact, element)], fact if certain else None)
            if table == STEPS:
                step = self.library.steps[element]
                applies = _dprd_applies(conclusions) if step.dprd else True
                items.append(AdviceItem(element, step, certain, because, applies))
            else:
                items.append(AdviceItem(element, self.library.term(table, element), certain, because))
        return tuple(items)

    def _legal_basis(self, conclusions: Mapping[str, Conclusion]) -> Iterator[Basis]:
        certain: dict[str, bool] = {}
        for conclusion in conclusions.values():
            for reason in conclusion.because:
                self._note(certain, reason, conclusion.id)
            for outcome in conclusion.outcomes:
                for reason in outcome.because:
                    self._note(certain, reason, conclusion.id)
        for element, (always, _) in self.inquiry.elements("basis").items():
            certain[element] = certain.get(element, False) or always
        for citation in sorted(certain, key=self._rank):
            instrument = self.library.instrument_of(citation)
            if instrument.rank != "study":
                status = self.library.status(citation, self.case.as_of)
                yield Basis(self.library.articles[citation], instrument, status, certain[citation])

    def _note(self, certain: dict[str, bool], reason: Reason, fact: str) -> None:
        """Note the articles of a reason; they are certain where its rule fires whatever the open answers are."""
        for citation in reason.cites:
            if not certain.get(citation):
                literal = self.inquiry.readers.sat.rule(reason.rule)
                certain[citation] = not reason.assumed or self.inquiry.holds_always(literal, fact)

    def _rank(self, citation: str) -> tuple[int, date, str, list[tuple[int, str]]]:
        instrument = self.library.instrument_of(citation)
        begin = instrument.in_force or instrument.enacted or date.max
        parts = re.findall(r"\d+|\D+", citation.partition(":")[2])
        natural = [(int(part), "") if part.isdigit() else (0, part) for part in parts]
        return RANKS.index(instrument.rank), begin, instrument.id, natural


def _dprd_applies(conclusions: Mapping[str, Conclusion]) -> bool | None:
    """Return whether the DPRD's stage applies; None where that is open or two articles conflict."""
    return {"required": True, "not_required": False}.get(str(conclusions["dprd_approval"].value))
