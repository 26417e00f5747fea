"""A receipt replayed: its answers advised anew, from the knowledge in it and from the knowledge at hand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any, Final, Literal

from advisor.advice.advising import advise
from advisor.advice.as_data import advice_data
from advisor.inference.case import Case, CaseReader
from advisor.knowledge_base import Knowledge
from advisor.plain_data import UNWRITTEN
from advisor.problem import AnswersError, KnowledgeError, Problem, place_of
from advisor.receipt.advice_record import (
    ITEM_KINDS,
    AdviceRecord,
    Difference,
    OtherRegimeRecord,
    advice_record,
    differences,
)
from advisor.receipt.cause import Causes
from advisor.receipt.change import Change, ChangeName, Fires, changes_between
from advisor.receipt.known_answers import case_data, known_answers
from advisor.receipt.receipt import KnowledgeVersion, Receipt, versions
from advisor.understanding.reading import Answer

Verdict = Literal["identical", "same", "different"]
Changes = Mapping[ChangeName, Change]
FIRES: Final[Mapping[bool | None, Fires]] = {True: "always", None: "sometimes", False: "never"}
NO_SINGLE_VALUE: Final = ("knowledge.gap", "knowledge.conflict")


@dataclass(frozen=True, slots=True)
class KnowledgeVersions:
    """The knowledge in the receipt, and the one at hand."""

    before: KnowledgeVersion
    now: KnowledgeVersion


@dataclass(frozen=True, slots=True)
class Counts:
    """How much was compared: conclusions, other things that the advice lists, and rules behind its conclusions."""

    conclusions: int
    items: int
    rules: int


@dataclass(frozen=True, slots=True)
class ProgramReplay:
    """What this program says otherwise than that of the receipt, from the very knowledge of the receipt.

    `before` and `now` are the versions of the packages that draw conclusions; `reworded` are other keys of the
    advice's JSON in which something is written otherwise.
    """

    before: Mapping[str, str]
    now: Mapping[str, str]
    reworded: tuple[str, ...]
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class Unchanged:
    """Changes of what this advice names or asks, without consequence for it."""

    questions: tuple[Change, ...] = ()
    rules: tuple[Change, ...] = ()
    articles: tuple[Change, ...] = ()
    terms: tuple[Change, ...] = ()

    def all(self) -> tuple[Change, ...]:
        """Return all of them."""
        return (*self.questions, *self.rules, *self.articles, *self.terms)


@dataclass(frozen=True)
class Replay:
    """What became of an advice.

    `era`, `conclusions`, `other_regime` and `items` are what the knowledge at hand says otherwise than that of the
    receipt, both under this program; `causes` are the changes behind. `elsewhere` are changes that have no part in
    it. `dropped_answers` are answers, or parts of lists, that the knowledge at hand does not know.

    `refused` says why it does not accept the other answers any more; nothing is then compared with it.
    `without_value` names what it gives no single value, so that it gives no advice; nothing else is then compared.
    """

    knowledge: KnowledgeVersions
    as_of: date
    title: str
    compared: Counts
    program: ProgramReplay
    dropped_answers: Mapping[str, Answer]
    refused: tuple[Problem, ...] = field(default=(), metadata=UNWRITTEN)
    without_value: tuple[str, ...] = ()
    causes: tuple[Change, ...] = ()
    era: Difference | None = None
    conclusions: tuple[Difference, ...] = ()
    other_regime: Difference | None = None
    items: tuple[Difference, ...] = ()
    unchanged_result: Unchanged = Unchanged()
    elsewhere: tuple[Change, ...] = ()

    @property
    def differences(self) -> tuple[Difference, ...]:
        """What the knowledge at hand says otherwise, in the order of a report."""
        return tuple(filter(None, (self.era, *self.conclusions, self.other_regime, *self.items)))

    @property
    def differs(self) -> bool:
        """Whether anything is said otherwise."""
        return bool(self.program.differences or self.refused or self.without_value or self.differences)

    @property
    def verdict(self) -> Verdict:
        """Identical: to the word. Same: something that it names was changed, without consequence."""
        if self.differs:
            return "different"
        touched = self.program.reworded or self.dropped_answers or self.unchanged_result.all()
        return "same" if touched else "identical"


def replay(receipt: Receipt, bundled: Knowledge, at_hand: Knowledge, path: Path) -> Replay:
    """Return what this program says of a receipt, from the knowledge in it and from the knowledge at hand.

    `path` is what messages call the receipt. Raises `AnswersError` where its own knowledge does not accept its
    answers or gives no advice on them.
    """
    case = CaseReader(bundled.library, bundled.rulebase).data(dict(receipt.case), str(path))
    try:
        redone = advice_data(advise(bundled, case), receipt.language)
    except KnowledgeError as error:
        raise AnswersError([Problem(place_of(path), "receipt.no_advice")]) from error
    stored, before = advice_record(receipt.advice), advice_record(redone)
    by_program = tuple(differences(stored, before))
    reworded = tuple(_reworded(receipt.advice, redone, by_program))
    answers, dropped = known_answers(at_hand, case)
    found = Replay(
        knowledge=KnowledgeVersions(
            receipt.knowledge, KnowledgeVersion(version=at_hand.version, digest=at_hand.digest)
        ),
        as_of=case.as_of,
        title=case.title,
        compared=_counts(stored),
        program=ProgramReplay(receipt.versions, versions(), reworded, by_program),
        dropped_answers=dropped,
    )
    if bundled.digest == at_hand.digest:
        return found
    changes = changes_between(bundled, at_hand)
    try:
        now_case = CaseReader(at_hand.library, at_hand.rulebase).data(case_data(case, answers))
    except AnswersError as error:
        blamed = [name for name, c in changes.items() if name.kind == "contradiction" and c.effective]
        blamed += [ChangeName("question", name) for name in dropped]
        return _with_changes(replace(found, refused=error.problems), changes, blamed)
    consequences = _Consequences(bundled, at_hand, case, now_case, changes)
    try:
        now = advice_record(advice_data(advise(at_hand, now_case), receipt.language))
    except KnowledgeError as error:
        names = tuple(p.values["name"] for p in error.problems if p.key in NO_SINGLE_VALUE)
        if not names:
            raise
        lost = [Difference("conclusions", name, before.conclusions.get(name), None) for name in names]
        return consequences.told(replace(found, without_value=names), lost, [before])
    return consequences.told(found, differences(before, now), [before, now])


def _reworded(stored: Mapping[str, Any], redone: Mapping[str, Any], told: Iterable[Difference]) -> Iterator[str]:
    """Yield the keys of an advice that are written otherwise, though nothing that is compared differs in them."""
    kinds = {difference.kind for difference in told}
    for key in dict.fromkeys((*stored, *redone)):
        if stored.get(key) != redone.get(key) and key not in kinds:
            yield key


def _counts(record: AdviceRecord) -> Counts:
    rules = {rule for conclusion in record.conclusions.values() for rule in conclusion.because}
    items = sum(len(record.items(kind)) for kind in ITEM_KINDS)
    return Counts(len(record.conclusions), items, len(rules))


def _with_changes(
    found: Replay, changes: Changes, causes: Iterable[ChangeName], touching: Iterable[ChangeName] = ()
) -> Replay:
    """Return a replay with all changes in it: the causes in order, others that touch the advice, and the rest."""
    named = dict.fromkeys(causes)
    touched = set(touching) - named.keys()
    of_kind: dict[str, list[Change]] = {}
    for name, change in changes.items():
        if name in touched:
            of_kind.setdefault(name.kind, []).append(change)
    return replace(
        found,
        causes=tuple(changes[name] for name in named),
        unchanged_result=Unchanged(*(tuple(of_kind.get(kind, ())) for kind in ("question", "rule", "law", "term"))),
        elsewhere=tuple(change for name, change in changes.items() if name not in named and name not in touched),
    )


class _Consequences:
    """Holds the changes of the knowledge against what came out of them in a case."""

    def __init__(self, bundled: Knowledge, at_hand: Knowledge, before: Case, now: Case, changes: Changes) -> None:
        self.bundled, self.at_hand = bundled, at_hand
        self.before, self.now = before, now
        self.changes = changes
        self._by_day: dict[date, Causes] = {}

    def told(self, found: Replay, said: Iterable[Difference], records: Sequence[AdviceRecord]) -> Replay:
        """Return a replay with the differences that were found between `records`, and all changes in it."""
        days = [self.before.as_of, *(record.other_regime.as_of for record in records if record.other_regime)]
        explained = [replace(difference, because=self._because(difference, days)) for difference in said]
        one_of_kind = {d.kind: d for d in explained if d.kind in ("era", "other_regime")}
        changes, touching = dict(self.changes), set(self._named(records))
        touching |= {name for name in changes if any(self._on(day).takes_part(name) for day in days)}
        for name, change in self.changes.items():
            if name.kind == "rule":
                before, now = self._on(days[0]).speaks(name.id)
                changes[name] = replace(change, before=FIRES[before], now=FIRES[now])
        complete = replace(
            found,
            era=one_of_kind.get("era"),
            conclusions=tuple(d for d in explained if d.kind == "conclusions"),
            other_regime=one_of_kind.get("other_regime"),
            items=tuple(d for d in explained if d.kind in ITEM_KINDS),
        )
        return _with_changes(complete, changes, (name for d in explained for name in d.because), touching)

    def _on(self, day: date) -> Causes:
        if day not in self._by_day:
            before, now = (replace(case, as_of=day) for case in (self.before, self.now))
            self._by_day[day] = Causes(self.bundled, self.at_hand, before, now, self.changes)
        return self._by_day[day]

    def _because(self, difference: Difference, days: Sequence[date]) -> tuple[ChangeName, ...]:
        """Return what stands behind a difference, on the day on which it was concluded."""
        before, now = difference.before, difference.now
        if (
            isinstance(before, OtherRegimeRecord)
            and isinstance(now, OtherRegimeRecord)
            and before.as_of == now.as_of
        ):
            return self._on(now.as_of).of(difference)
        if difference.kind == "other_regime":
            # Another law, or none, is shown beside, because the regime of the day itself is another.
            return self._on(days[0]).of(Difference("era", "era", None, None))
        # What has no value may have one on the day of the case, and none under the law shown for comparison.
        looked_at = days if now is None else days[:1]
        return next(filter(None, (self._on(day).of(difference) for day in looked_at)), ())

    def _named(self, records: Iterable[AdviceRecord]) -> Iterator[ChangeName]:
        """Yield the questions that were answered, and the law and the terms that the advices name."""
        yield from (ChangeName("question", name) for name in self.before.answers)
        facts = {**self.bundled.library.all_facts, **self.at_hand.library.all_facts}
        for record in records:
            for reference in record.legal_basis:
                yield from (ChangeName("law", name) for name in (reference, reference.partition(":")[0]))
            named = [(name, word) for name, said in record.conclusions.items() for word in said.certainty()]
            lists = self.at_hand.library.roles.lists
            named += [(lists[kind], name) for kind in ITEM_KINDS for name in record.items(kind)]
            yield from (ChangeName("term", f"{facts[fact].table}:{word}") for fact, word in named if fact in facts)
