"""The advice as plain data: the shape of `advise --format json`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from advisor.advice.advice import (
    Advice,
    AdviceItem,
    Basis,
    Circumstance,
    Conclusion,
    Outcome,
    Reason,
    RejectedForm,
    SimilarCase,
    Value,
)
from advisor.inference.domain import Answer
from advisor.knowledge.term import Step
from advisor.text import Language

SCHEMA = "advice/1"
Data = dict[str, Any]


def advice_data(advice: Advice, language: Language) -> Data:
    """Return the whole advice as data that JSON can hold; texts in `language`."""
    other = advice.other_regime
    return {
        "schema": SCHEMA,
        "knowledge": {"version": advice.version, "digest": advice.digest},
        "title": advice.title,
        "as_of": advice.as_of.isoformat(),
        "era": advice.era,
        "answers": answers_data(advice.answers),
        "unanswered": list(advice.unanswered),
        "conclusions": {
            name: conclusion_data(conclusion, language) for name, conclusion in advice.conclusions.items()
        },
        "other_regime": other
        and {
            "as_of": other.as_of.isoformat(),
            "instrument": other.instrument,
            other.conclusion.id: conclusion_data(other.conclusion, language),
        },
        "rejected_forms": [_rejected(form, language) for form in advice.rejected_forms],
        "legal_basis": [_basis(basis, language) for basis in advice.legal_basis],
        "documents": [_item(item, language) for item in advice.documents],
        "steps": [_item(item, language) for item in advice.steps],
        "notices": [_item(item, language) for item in advice.notices],
        "similar_cases": [_similar(case, language) for case in advice.similar_cases],
    }


def conclusion_data(conclusion: Conclusion, language: Language, *, explain: bool = True) -> Data:
    """Return one conclusion as data; without its reasons where `explain` is false."""
    possible = conclusion.possible
    data: Data = {
        "value": _value(conclusion.value),
        "possible": None if possible is None else [_value(value) for value in possible],
        "depends_on": list(conclusion.depends_on),
        "contested": conclusion.contested,
    }
    if possible is None:
        data |= {"certain": list(conclusion.certain), "uncertain": list(conclusion.uncertain)}
    if conclusion.reason is not None:
        data["reason"] = conclusion.reason
    if explain:
        data["because"] = _reasons(conclusion.because, language)
        if conclusion.contested_when:
            data["contested_when"] = _outcome(conclusion.contested_when, language)
        if conclusion.outcomes:
            data["outcomes"] = [_outcome(outcome, language) for outcome in conclusion.outcomes]
    return data


def answers_data(answers: Mapping[str, Answer]) -> Data:
    """Return answers as an answers file writes them."""
    return {name: list(value) if isinstance(value, tuple) else value for name, value in answers.items()}


def _value(value: Value) -> Any:
    return list(value) if isinstance(value, tuple) else value


def _reasons(reasons: Iterable[Reason], language: Language) -> list[Data]:
    return [_reason(reason, language) for reason in reasons]


def _reason(reason: Reason, language: Language) -> Data:
    data: Data = {
        "rule": reason.rule,
        "text": reason.text.in_language(language),
        "facts": answers_data(reason.facts),
        "cites": list(reason.cites),
        "authority": reason.authority,
        "provenance": reason.provenance,
        "direct": reason.direct,
    }
    if reason.see:
        data["see"] = list(reason.see)
    if reason.assumed:
        data["assumed"] = answers_data(reason.assumed)
    return data


def _circumstance(circumstance: Circumstance) -> Data:
    return {
        "question": circumstance.question,
        "relation": circumstance.relation,
        "values": list(circumstance.values),
    }


def _outcome(outcome: Outcome, language: Language) -> Data:
    return {
        "value": outcome.value,
        "when": [[_circumstance(part) for part in parts] for parts in outcome.when.sets],
        "when_more": outcome.when.more,
        "because": _reasons(outcome.because, language),
    }


def _rejected(form: RejectedForm, language: Language) -> Data:
    return {
        "form": form.form,
        "certain": form.certain,
        "reasons": [
            {"kind": reason.kind, "text": reason.text.in_language(language), "cites": list(reason.cites)}
            for reason in form.reasons
        ],
    }


def _basis(basis: Basis, language: Language) -> Data:
    return {
        "article": basis.article.id,
        "instrument": basis.instrument.id,
        "title": basis.instrument.title.in_language(language),
        "label": basis.article.label.in_language(language),
        "text": basis.article.text.in_language(language),
        "status": basis.status,
        "provenance": basis.article.provenance,
        "certain": basis.certain,
    }


def _item(item: AdviceItem, language: Language) -> Data:
    data: Data = {
        "id": item.id,
        "label": item.term.label.in_language(language),
        "certain": item.certain,
        "because": _reasons((reason for reason in item.because if reason.direct), language),
    }
    if isinstance(item.term, Step):
        deadline = item.term.deadline
        data |= {
            "actor": item.term.actor.in_language(language),
            "output": item.term.output.in_language(language),
            "deadline": deadline and deadline.in_language(language),
            "dprd_stage": item.term.dprd,
            "applies": item.applies,
        }
    else:
        data["text"] = item.term.text.in_language(language)
        if item.term.contents:
            data["contents"] = [content.in_language(language) for content in item.term.contents]
        if item.term.about:
            data["about"] = item.term.about
    return data


def _similar(similar: SimilarCase, language: Language) -> Data:
    return {
        "case": similar.case.id,
        "name": similar.case.name,
        "score": round(similar.score, 3),
        "agrees": list(similar.agrees),
        "differs": list(similar.differs),
        "outcome": similar.case.outcome.in_language(language),
        "lesson": similar.case.lesson.in_language(language),
        "cites": list(similar.case.cites),
    }
