"""The receipt of an advice: on what it stood, so that it can be replayed years later.

A receipt is one JSON object. Nothing in it depends on when or where it was written, so the same answers and the
same knowledge give the same bytes.

    schema          "receipt/1"
    knowledge       {version, digest}: of the knowledge that was used
    as_of, title    the day of the advice, and the case's title ("" where it has none)
    answers         the answers that were given, as an answers file writes them, in the order of the questions
    era             the regime of law on the day
    conclusions     ID -> {value, possible, certain, uncertain, depends_on, contested, reason}, as in the advice
    other_regime    {as_of, instrument, id, conclusion}: what is shown for comparison under other law, or null
    items           steps, documents, notices, legal_basis: each ID -> {certain}, of steps also {applies} (left out
                    where that is open) and of the legal basis {status} on the day. The legal basis is all
                    articles on which a conclusion stands (certain) or may stand, in the order of the law
    firings         [{rule, concluded, matched}], in running order: the rules that fire in every admissible
                    completion of the answers (those that fired, where all is answered; all completions count where
                    none is admissible), and the facts on which they stood
    rules           ID -> {fires, concludes, meaning, wording, cites, authority, provenance, [see, order, part_of]}
                    of every rule of that day's knowledge: whether it fires in all, some or no completions;
                    fingerprints of its meaning (condition and conclusions) and of its sentence; its place in a
                    policy of which the first fitting rule speaks; the ranking, shortfall or copy it is part of
    articles        REFERENCE -> {status, text, [in_force, revoked]} of all that rules or the advice cite and of all
                    on whose being in force a rule depends; `text` is a fingerprint, dates are left out where open
    questions       ID -> {type, wording, [options, min, max]} of every question
    contradictions  ID -> {questions, meaning, wording} of what cannot be answered together
    terms           table -> ID -> fingerprint of the texts of all terms that the advice names
    seal            SHA-256 over all the rest in canonical form

Facts are written `name=value`. A fingerprint is the beginning of a SHA-256. The seal shows that a file was changed
by accident or by hand; it is no signature, since whoever knows this description can make another one.

What an advice says of circumstances, rejected forms and similar cases is not in a receipt: the first two follow
from the rules that are, and the last is no conclusion.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from advisor.advice.advice import Advice, Conclusion, OtherRegime, Value
from advisor.inference.case import Case
from advisor.inference.domain import Answer
from advisor.knowledge.instrument import Status
from advisor.knowledge.library import ARTICLES, CONCLUSIONS, Library
from advisor.knowledge_base import Knowledge
from advisor.receipt.firing_record import Fired, FiringRecord
from advisor.receipt.mark import (
    ArticleMark,
    ContradictionMark,
    QuestionMark,
    RuleMark,
    article_mark,
    contradiction_mark,
    question_mark,
    rule_mark,
    term_mark,
)
from advisor.receipt.standing import legal_basis
from advisor.receipt.statement import statements

SCHEMA = "receipt/1"


@dataclass(frozen=True, slots=True)
class KnowledgeMark:
    """Which knowledge was used."""

    version: str
    digest: str


@dataclass(frozen=True, slots=True)
class Stated:
    """What the advice said of one conclusion."""

    value: Value
    possible: tuple[Value, ...] | None
    certain: tuple[str, ...]
    uncertain: tuple[str, ...]
    depends_on: tuple[str, ...]
    contested: bool | None
    reason: str | None


@dataclass(frozen=True, slots=True)
class OtherStated:
    """What the advice said for comparison, under the law of another day."""

    as_of: date
    instrument: str
    id: str
    conclusion: Stated


@dataclass(frozen=True, slots=True)
class Item:
    """A step, document, notice or article of the advice; `applies` speaks of steps (None: open)."""

    certain: bool
    applies: bool | None = None
    status: Status | None = None


@dataclass(frozen=True, slots=True)
class Items:
    """What the advice lists beside its conclusions, by kind."""

    steps: Mapping[str, Item]
    documents: Mapping[str, Item]
    notices: Mapping[str, Item]
    legal_basis: Mapping[str, Item]


@dataclass(frozen=True)
class Receipt:
    """On what an advice stood; see this module for its parts."""

    knowledge: KnowledgeMark
    as_of: date
    title: str
    answers: Mapping[str, Answer]
    era: str
    conclusions: Mapping[str, Stated]
    other_regime: OtherStated | None
    items: Items
    firings: tuple[Fired, ...]
    rules: Mapping[str, RuleMark]
    articles: Mapping[str, ArticleMark]
    questions: Mapping[str, QuestionMark]
    contradictions: Mapping[str, ContradictionMark]
    terms: Mapping[str, Mapping[str, str]]


def receipt_of(knowledge: Knowledge, case: Case, advice: Advice) -> Receipt:
    """Return the receipt of `advice`, which was given on `case` from `knowledge`."""
    bare = bare_receipt(knowledge, case)
    return replace(
        bare,
        conclusions={name: stated(conclusion) for name, conclusion in advice.conclusions.items()},
        other_regime=_other(advice.other_regime),
        items=replace(
            bare.items,
            steps={item.id: Item(item.certain, item.applies) for item in advice.steps},
            documents={item.id: Item(item.certain) for item in advice.documents},
            notices={item.id: Item(item.certain) for item in advice.notices},
        ),
        terms=_terms(knowledge.library, advice),
    )


def bare_receipt(knowledge: Knowledge, case: Case) -> Receipt:
    """Return the receipt of a case without what its advice says: the rules, how they fire, and the law."""
    library = knowledge.library
    rules = statements(knowledge.rulebase)
    record = FiringRecord(knowledge, case, rules)
    basis = legal_basis(record)
    cited = {reference for rule in rules.values() for reference in (*rule.grounds.cites, *rule.references)}
    era = library.manifest.era
    constants = record.program.constants
    return Receipt(
        knowledge=KnowledgeMark(knowledge.version, knowledge.digest),
        as_of=case.as_of,
        title=case.title,
        answers=case.answers,
        era=next((value for value in library.values(era) if constants.get((era, value))), ""),
        conclusions={},
        other_regime=None,
        items=Items(
            steps={},
            documents={},
            notices={},
            legal_basis={name: Item(sure, None, library.status(name, case.as_of)) for name, sure in basis.items()},
        ),
        firings=record.firings,
        rules={name: rule_mark(rule, record.fires[name]) for name, rule in sorted(rules.items())},
        articles={name: article_mark(library, name, case.as_of) for name in sorted(cited | set(basis))},
        questions={name: question_mark(question) for name, question in library.questions.items()},
        contradictions={e.shape.id: contradiction_mark(e) for e in knowledge.rulebase.exclusions},
        terms={},
    )


def _other(other: OtherRegime | None) -> OtherStated | None:
    if other is None:
        return None
    return OtherStated(other.as_of, other.instrument, other.conclusion.id, stated(other.conclusion))


def stated(conclusion: Conclusion) -> Stated:
    """Return what a conclusion says, without its reasons."""
    return Stated(
        value=conclusion.value,
        possible=conclusion.possible,
        certain=conclusion.certain,
        uncertain=conclusion.uncertain,
        depends_on=conclusion.depends_on,
        contested=conclusion.contested,
        reason=conclusion.reason,
    )


def _terms(library: Library, advice: Advice) -> dict[str, dict[str, str]]:
    """Return the fingerprint of every term that the advice names, table by table."""
    named: dict[str, set[str]] = {}
    for fact, value in _named(library, advice):
        table = library.all_facts[fact].table
        if table is not None and table not in (ARTICLES, CONCLUSIONS):
            named.setdefault(table, set()).add(value)
    return {
        table: {name: term_mark(library, table, name) for name in sorted(named[table])} for table in sorted(named)
    }


def _named(library: Library, advice: Advice) -> Iterator[tuple[str, str]]:
    """Yield each value that the advice says something has or may have."""
    for conclusion in advice.conclusions.values():
        for value in elements(stated(conclusion)):
            if value in library.values(conclusion.id):
                yield conclusion.id, value
    for fact, items in (("steps", advice.steps), ("documents", advice.documents), ("notices", advice.notices)):
        for item in items:
            yield fact, item.id


def elements(statement: Stated) -> tuple[str, ...]:
    """Return all values that something is said to have or to be able to have, one by one."""
    listed = [part for value in (statement.value, *(statement.possible or ())) for part in _words(value)]
    return tuple(dict.fromkeys((*listed, *statement.certain, *statement.uncertain)))


def certainty(statement: Stated) -> dict[str, bool]:
    """Return each value that something has or can have, with whether it certainly has it."""
    possible = [_words(value) for value in statement.possible or ()]
    return {
        value: value in statement.certain or (bool(possible) and all(value in words for words in possible))
        for value in elements(statement)
    }


def _words(value: Value) -> tuple[str, ...]:
    if isinstance(value, tuple):
        return value
    if isinstance(value, bool):
        return ("yes" if value else "no",)
    return () if value is None else (value,)
