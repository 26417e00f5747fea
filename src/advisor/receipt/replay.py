"""A receipt replayed on today's knowledge: the same day and the same answers, and what comes out otherwise."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from advisor.advice.advising import advise
from advisor.inference.case import CaseReader
from advisor.inference.domain import Answer
from advisor.knowledge_base import Knowledge
from advisor.problem import AnswersError, ContradictionError, Problem
from advisor.receipt.cause import Causes, fact
from advisor.receipt.change import (
    ArticleChange,
    Cause,
    ContradictionChange,
    QuestionChange,
    RuleChange,
    TermChange,
)
from advisor.receipt.comparison import Comparison, contradiction_changes, question_changes
from advisor.receipt.gap import gaps
from advisor.receipt.mark import contradiction_mark, question_mark
from advisor.receipt.receipt import (
    Item,
    KnowledgeMark,
    OtherStated,
    Receipt,
    Stated,
    bare_receipt,
    receipt_of,
)
from advisor.receipt.statement import statements

Kind = Literal["steps", "documents", "notices", "legal_basis"]
KINDS: tuple[Kind, ...] = ("steps", "documents", "notices", "legal_basis")
Verdict = Literal["identical", "same", "different"]


@dataclass(frozen=True, slots=True)
class ConclusionDifference:
    """A conclusion that says something else (None: there was, or is, no such conclusion), and why."""

    id: str
    before: Stated | None
    now: Stated | None
    because: tuple[Cause, ...]


@dataclass(frozen=True, slots=True)
class OtherDifference:
    """What is shown for comparison under other law says something else."""

    before: OtherStated | None
    now: OtherStated | None
    because: tuple[Cause, ...]


@dataclass(frozen=True, slots=True)
class EraDifference:
    """Another regime of law on the day."""

    before: str
    now: str
    because: tuple[Cause, ...]


@dataclass(frozen=True, slots=True)
class ItemDifference:
    """A step, document, notice or article of the legal basis that came, went, or is said otherwise."""

    kind: Kind
    id: str
    before: Item | None
    now: Item | None
    because: tuple[Cause, ...]


@dataclass(frozen=True, slots=True)
class Counts:
    """How much was held against each other."""

    conclusions: int
    items: int
    firings: int
    articles: int


@dataclass(frozen=True)
class Replay:
    """What today's knowledge makes of a receipt.

    `era`, `conclusions`, `other_regime`, `items` and `firings` are differences of the advice. The rest leaves it as
    it is: `questions` (answered ones), `rules`, `articles` and `terms` are those of this advice that were
    changed without consequence, `elsewhere` is what was changed and has no part in it. `refused` says why the
    answers cannot stand together any more, and `contradictions` which rules say so; nothing can then be replayed.
    `without_value` names conclusions to which today's rules give no value; only firings are then compared.
    """

    before: KnowledgeMark
    now: KnowledgeMark
    as_of: date
    title: str
    counts: Counts
    questions: tuple[QuestionChange, ...] = ()
    refused: tuple[Problem, ...] = ()
    without_value: tuple[str, ...] = ()
    era: EraDifference | None = None
    conclusions: tuple[ConclusionDifference, ...] = ()
    other_regime: OtherDifference | None = None
    items: tuple[ItemDifference, ...] = ()
    firings: tuple[RuleChange, ...] = ()
    rules: tuple[RuleChange, ...] = ()
    articles: tuple[ArticleChange, ...] = ()
    terms: tuple[TermChange, ...] = ()
    contradictions: tuple[ContradictionChange, ...] = ()
    elsewhere: tuple[Cause, ...] = ()

    @property
    def differs(self) -> bool:
        """Whether the advice itself came out otherwise."""
        return bool(self.refused or self.era or self.conclusions or self.other_regime or self.items or self.firings)

    @property
    def dropped(self) -> dict[str, Answer]:
        """The answers, or parts of answers, that today's knowledge does not know any more."""
        return {change.question: change.dropped for change in self.questions if change.dropped is not None}

    @property
    def verdict(self) -> Verdict:
        """Identical: all of it, to the word. Same: something that it names was changed, without consequence."""
        if self.differs:
            return "different"
        return "same" if self.rules or self.articles or self.terms or self.questions else "identical"


def replay(knowledge: Knowledge, receipt: Receipt) -> Replay:
    """Return what today's knowledge gives for the day and the answers of a receipt, held against it."""
    library = knowledge.library
    known, dropped = _known(knowledge, receipt)
    marks = {name: question_mark(question) for name, question in library.questions.items()}
    questions = question_changes(receipt.questions, marks, dropped)
    try:
        case = CaseReader(library, knowledge.rulebase).data(_data(receipt, known))
        without_value = gaps(knowledge, case)
        now = (
            bare_receipt(knowledge, case) if without_value else receipt_of(knowledge, case, advise(knowledge, case))
        )
    except ContradictionError as error:
        today = {e.shape.id: contradiction_mark(e) for e in knowledge.rulebase.exclusions}
        return Replay(
            before=receipt.knowledge,
            now=KnowledgeMark(knowledge.version, knowledge.digest),
            as_of=receipt.as_of,
            title=receipt.title,
            counts=_counts(receipt),
            questions=tuple(c for c in questions.values() if c.question in receipt.answers),
            refused=error.problems,
            contradictions=tuple(contradiction_changes(receipt.contradictions, today).values()),
        )
    comparison = Comparison(library, statements(knowledge.rulebase), receipt, now, questions)
    return _Differences(knowledge, comparison, without_value).replay()


class _Differences:
    """Gathers the differences between a receipt and the one that today's knowledge gives."""

    def __init__(self, knowledge: Knowledge, comparison: Comparison, without_value: tuple[str, ...]) -> None:
        self.knowledge = knowledge
        self.comparison = comparison
        self.without_value = without_value
        self.then, self.now = comparison.then, comparison.now
        file = knowledge.library.conclusion_file
        self.causes = Causes(comparison, file.gate, file.contested)

    def replay(self) -> Replay:
        conclusions = tuple(self._conclusions())
        other = None if self.without_value else self._other()
        era = self._era()
        terms = tuple(self._terms())
        items = () if self.without_value else tuple(self._items(terms))
        firings = tuple(self.comparison.rule(name) for name in self._differing_firings())
        told: set[Cause] = set(firings)
        for differing in (era, *conclusions, other, *items):
            told.update(differing.because if differing else ())
        rules = tuple(change for change in self._fired_and_changed() if change not in told)
        articles = tuple(change for change in self._cited_and_changed() if change not in told)
        questions = tuple(c for c in self.comparison.questions.values() if c.question in self.then.answers)
        told |= {*rules, *articles, *questions}
        return Replay(
            before=self.then.knowledge,
            now=self.now.knowledge,
            as_of=self.then.as_of,
            title=self.then.title,
            counts=_counts(self.then),
            questions=questions,
            without_value=self.without_value,
            era=era,
            conclusions=conclusions,
            other_regime=other,
            items=items,
            firings=firings,
            rules=rules,
            articles=articles,
            terms=tuple(term for term in terms if term not in told),
            elsewhere=tuple(change for change in self._all_changed() if change not in told),
        )

    # -- differences of the advice --------------------------------------------------------------------------

    def _conclusions(self) -> Iterator[ConclusionDifference]:
        then, now = self.then.conclusions, self.now.conclusions
        # Knowledge with gaps gives no advice; what it leaves without a value is all that can be compared.
        for name in dict.fromkeys((*now, *then)) if not self.without_value else self.without_value:
            before, after = then.get(name), now.get(name)
            if before != after:
                because = self.causes.of_conclusion(name, before, after)
                if self.without_value and not because:
                    # It has a value on the day itself, and none under the law shown for comparison.
                    because = self.causes.by_shape(name)
                yield ConclusionDifference(name, before, after, because)

    def _other(self) -> OtherDifference | None:
        before, after = self.then.other_regime, self.now.other_regime
        if before == after:
            return None
        return OtherDifference(before, after, self.causes.of_other(before, after))

    def _era(self) -> EraDifference | None:
        before, after = self.then.era, self.now.era
        if before == after:
            return None
        name = self.knowledge.library.manifest.era
        roots = [fact(f"{name}={value}") for value in (before, after)]
        return EraDifference(before, after, self.causes.of_nodes(roots))

    def _items(self, terms: tuple[TermChange, ...]) -> Iterator[ItemDifference]:
        for kind in KINDS:
            then: Mapping[str, Item] = getattr(self.then.items, kind)
            now: Mapping[str, Item] = getattr(self.now.items, kind)
            for name in dict.fromkeys((*now, *then)):
                before, after = then.get(name), now.get(name)
                if before != after:
                    yield ItemDifference(kind, name, before, after, self._why(kind, name, before, after, terms))

    def _why(
        self, kind: Kind, name: str, before: Item | None, now: Item | None, terms: tuple[TermChange, ...]
    ) -> tuple[Cause, ...]:
        if kind == "legal_basis":
            return self.causes.of_citation(name)
        if before and now and before.certain is now.certain:
            # Only whether a step applies is another: by what it is itself, or by the conclusion it hangs on.
            conclusion = self.knowledge.library.manifest.other_regime_conclusion
            stated = [receipt.conclusions.get(conclusion) for receipt in (self.then, self.now)]
            own = tuple(term for term in terms if (term.table, term.id) == (kind, name))
            return own if stated[0] == stated[1] else self.causes.of_conclusion(conclusion, *stated)
        return self.causes.of_item(kind, name)

    def _differing_firings(self) -> Iterator[str]:
        names = dict.fromkeys((*self.comparison.fired_now, *self.comparison.fired_then))
        return (name for name in names if self.comparison.refires(name))

    # -- what was changed without consequence ---------------------------------------------------------------

    def _fired_and_changed(self) -> Iterator[RuleChange]:
        """Yield the rules that can fire for these answers and were changed in any way."""
        for name in self.comparison.all_rules:
            change = self.comparison.rule(name)
            if change.aspects and {change.before, change.now} != {"never"}:
                yield change

    def _cited_and_changed(self) -> Iterator[ArticleChange]:
        cited = dict.fromkeys((*self.then.items.legal_basis, *self.now.items.legal_basis))
        for receipt in (self.then, self.now):
            for firing in receipt.firings:
                cited.update(
                    dict.fromkeys(receipt.rules[firing.rule].cites if firing.rule in receipt.rules else ())
                )
        for citation in cited:
            change = self.comparison.article(citation)
            if change is not None:
                yield change

    def _terms(self) -> Iterator[TermChange]:
        for table, marks in self.then.terms.items():
            for name, mark in marks.items():
                if self.now.terms.get(table, {}).get(name, mark) != mark:
                    yield TermChange(table, name)

    def _all_changed(self) -> Iterator[Cause]:
        for name in self.comparison.all_rules:
            rule = self.comparison.rule(name)
            if rule.aspects:
                yield rule
        for reference in self.then.articles:
            article = self.comparison.article(reference)
            if article is not None:
                yield article
        yield from self.comparison.questions.values()
        yield from self.comparison.contradictions.values()


def _counts(receipt: Receipt) -> Counts:
    cited = set(receipt.items.legal_basis)
    for firing in receipt.firings:
        cited |= set(receipt.rules[firing.rule].cites) if firing.rule in receipt.rules else set()
    items = sum(len(getattr(receipt.items, kind)) for kind in KINDS)
    return Counts(len(receipt.conclusions), items, len(receipt.firings), len(cited))


def _known(knowledge: Knowledge, receipt: Receipt) -> tuple[dict[str, Answer], dict[str, Answer]]:
    """Return the answers that today's knowledge knows, and those, or parts of them, that it knows no more."""
    reader = CaseReader(knowledge.library, knowledge.rulebase)
    if _are_known(reader, receipt, receipt.answers):
        return dict(receipt.answers), {}
    known: dict[str, Answer] = {}
    dropped: dict[str, Answer] = {}
    for name, answer in receipt.answers.items():
        if _are_known(reader, receipt, {name: answer}):
            known[name] = answer
            continue
        options = knowledge.library.questions[name].option_ids if name in knowledge.library.questions else ()
        kept = tuple(part for part in answer if part in options) if isinstance(answer, tuple) else ()
        if isinstance(answer, tuple) and kept and _are_known(reader, receipt, {name: kept}):
            # The rest of a list is as true as it was; an empty rest would say that nothing was chosen.
            known[name] = kept
            dropped[name] = tuple(part for part in answer if part not in options)
        else:
            dropped[name] = answer
    return known, dropped


def _are_known(reader: CaseReader, receipt: Receipt, answers: Mapping[str, Answer]) -> bool:
    try:
        reader.data(_data(receipt, answers))
    except ContradictionError:
        return True
    except AnswersError:
        return False
    return True


def _data(receipt: Receipt, answers: Mapping[str, Answer]) -> dict[str, Any]:
    plain = {name: list(answer) if isinstance(answer, tuple) else answer for name, answer in answers.items()}
    return {"as_of": receipt.as_of, "title": receipt.title, "answers": plain}
