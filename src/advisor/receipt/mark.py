"""Marks: what a receipt keeps of rules, articles, questions and contradictions, so that changes show later."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from advisor.inference.formula import atoms
from advisor.inference.rulebase import Exclusion
from advisor.knowledge.instrument import Status
from advisor.knowledge.library import FACTORS, STEPS, Library
from advisor.knowledge.question import Question
from advisor.knowledge.shape import Authority, Provenance
from advisor.receipt.fingerprint import fingerprint, normalised, of_texts, written
from advisor.receipt.statement import Statement

Fires = Literal["always", "sometimes", "never"]


@dataclass(frozen=True, slots=True)
class RuleMark:
    """A rule: when it fires for the answers, what it concludes, and fingerprints of its meaning and its sentence.

    `order` is its place in a policy of which only the first fitting rule speaks; `part_of` names what was spelt out
    into it.
    """

    fires: Fires
    concludes: tuple[str, ...]
    meaning: str
    wording: str
    cites: tuple[str, ...]
    authority: Authority
    provenance: Provenance
    see: tuple[str, ...] = ()
    order: int | None = None
    part_of: str = ""


@dataclass(frozen=True, slots=True)
class ArticleMark:
    """An article or instrument: its status on the day, from when until when it holds, its text's fingerprint."""

    status: Status
    text: str
    in_force: date | None = None
    revoked: date | None = None


@dataclass(frozen=True, slots=True)
class QuestionMark:
    """A question: how it is answered, and the fingerprint of its texts."""

    type: str
    wording: str
    options: tuple[str, ...] = ()
    min: int | None = None
    max: int | None = None


@dataclass(frozen=True, slots=True)
class ContradictionMark:
    """Answers that cannot stand together: about which questions, and the fingerprints of meaning and sentence."""

    questions: tuple[str, ...]
    meaning: str
    wording: str


def rule_mark(statement: Statement, fires: Fires) -> RuleMark:
    """Return the mark of a rule that fires as `fires` says."""
    grounds = statement.grounds
    return RuleMark(
        fires=fires,
        concludes=tuple(written(head) for head in statement.heads),
        meaning=fingerprint(*sorted(written(head) for head in statement.heads), normalised(statement.body)),
        wording=of_texts(grounds.because),
        cites=grounds.cites,
        authority=grounds.authority,
        provenance=grounds.provenance,
        see=grounds.see,
        order=None if statement.earlier is None else len(statement.earlier),
        part_of=statement.part_of,
    )


def article_mark(library: Library, reference: str, day: date) -> ArticleMark:
    """Return the mark of an article or instrument."""
    instrument, article = library.instrument_of(reference), library.articles.get(reference)
    ends = [end for end in (instrument.revoked, article.revoked if article else None) if end]
    return ArticleMark(
        status=library.status(reference, day),
        text=of_texts(article.label, article.text) if article else of_texts(instrument.short, instrument.title),
        in_force=(article and article.in_force) or instrument.in_force,
        revoked=min(ends, default=None),
    )


def question_mark(question: Question) -> QuestionMark:
    """Return the mark of a question."""
    options = (part for option in question.options for part in (option.label, option.help))
    return QuestionMark(
        type=question.type,
        wording=of_texts(question.text, question.short, question.help, question.unit, *options),
        options=question.option_ids,
        min=question.min,
        max=question.max,
    )


def contradiction_mark(exclusion: Exclusion) -> ContradictionMark:
    """Return the mark of a contradiction."""
    return ContradictionMark(
        questions=tuple(dict.fromkeys(name for name, _ in atoms(exclusion.formula))),
        meaning=fingerprint(normalised(exclusion.formula)),
        wording=of_texts(exclusion.shape.message),
    )


def term_mark(library: Library, table: str, name: str) -> str:
    """Return the fingerprint of what is said of a term, step or factor.

    What a term covers is meaning, not wording, and shows in the rules that rank by it.
    """
    if table == STEPS:
        step = library.steps[name]
        return fingerprint(of_texts(step.label, step.actor, step.output, step.deadline), str(step.dprd))
    if table == FACTORS:
        factor = library.factors[name]
        return of_texts(factor.label, factor.text, factor.evidence, factor.remedy)
    term = library.term(table, name)
    parallels = (parallel.text for parallel in term.parallels)
    return fingerprint(of_texts(term.label, term.text), of_texts(*term.contents), of_texts(*parallels))
