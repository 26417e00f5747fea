"""The Advice: what follows from a case, with reasons, articles and what is still open."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from advisor.inference.case import Party
from advisor.knowledge.instrument import Status
from advisor.knowledge.shape import Authority, Provenance
from advisor.plain_data import UNLESS_DEFAULT, UNWRITTEN
from advisor.reasoning.circumstance import Circumstance
from advisor.text import Text
from advisor.understanding.reading import Answer

Value = bool | str | tuple[str, ...] | None
"""What a conclusion says: true or false, one value, or a list; None where it is open or nothing is said."""

INADMISSIBLE = "inadmissible"


@dataclass(frozen=True, slots=True)
class Caveat:
    """How firm a statement is: an open doubt about an article it rests on, or that its text was not read.

    `id` is that of the doubt, or of the instrument that was read in other sources only.
    """

    id: str
    text: Text


@dataclass(frozen=True, slots=True)
class Reason:
    """One rule behind a statement.

    `facts` are the given answers by which it holds, and nothing else: what was not answered is never a fact. An
    `alternative` is one of several rules of which one or another holds in any case, though none of them in every
    case. `direct` says whether the rule concludes the statement itself, and not something on which it rests.

    `telling` names those of `facts` that tell a reader something (not, again and again, who the parties are).
    `certain` says whether the rule holds whatever the open answers are. A background reason is said only when asked
    for. One that `doubts` says why the statement is contested, and not why it holds.
    """

    rule: str
    text: Text
    facts: Mapping[str, Answer]
    cites: tuple[str, ...]
    authority: Authority
    provenance: Provenance
    direct: bool
    see: tuple[str, ...] = field(default=(), metadata=UNLESS_DEFAULT)
    alternative: bool = field(default=False, metadata=UNLESS_DEFAULT)
    telling: frozenset[str] = field(default=frozenset(), metadata=UNWRITTEN)
    certain: bool = field(default=True, metadata=UNWRITTEN)
    background: bool = field(default=False, metadata=UNWRITTEN)
    doubts: bool = field(default=False, metadata=UNWRITTEN)


@dataclass(frozen=True, slots=True)
class Outcome:
    """One thing that can still come out, and why.

    `when` are sets of circumstances, each enough for it and with none to spare; `when_more` says that there are
    others. `because` are the rules that hold under one of the sets. For a list-valued conclusion `value` is one
    element of the list.
    """

    value: str
    when: tuple[tuple[Circumstance, ...], ...]
    when_more: bool
    because: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Conclusion:
    """One conclusion; see `advise` for the exact meaning of its parts.

    `certain` and `uncertain` are the values (of a list: the elements) that come out always, or only sometimes.
    """

    id: str = field(metadata=UNWRITTEN)
    value: Value
    possible: tuple[Value, ...] | None
    depends_on: tuple[str, ...]
    contested: bool | None
    certain: tuple[str, ...] = ()
    uncertain: tuple[str, ...] = ()
    reason: str | None = field(default=None, metadata=UNLESS_DEFAULT)
    because: tuple[Reason, ...] = ()
    contested_when: Outcome | None = field(default=None, metadata=UNLESS_DEFAULT)
    caveats: tuple[Caveat, ...] = field(default=(), metadata=UNLESS_DEFAULT)
    outcomes: tuple[Outcome, ...] = field(default=(), metadata=UNLESS_DEFAULT)

    @property
    def open(self) -> bool:
        """Whether unanswered questions can still change it."""
        return self.reason is None and (self.possible is None or len(self.possible) > 1)


@dataclass(frozen=True, slots=True)
class OtherRegime:
    """The council's part under the other government regulation.

    `begun` says that, by its answers, the cooperation may have begun under that regulation.
    """

    as_of: date
    instrument: str
    conclusion: Conclusion
    begun: bool = field(default=False, metadata=UNWRITTEN)


@dataclass(frozen=True, slots=True)
class Rejection:
    """Why a form is not the one to start with; an `alternative` is one of several of which one or another holds."""

    kind: str
    text: Text
    cites: tuple[str, ...]
    alternative: bool = field(default=False, metadata=UNLESS_DEFAULT)


@dataclass(frozen=True, slots=True)
class RejectedForm:
    """A form that is not recommended; `certain` is false where that still depends on open answers."""

    form: str
    certain: bool
    reasons: tuple[Rejection, ...]


@dataclass(frozen=True, slots=True)
class Demand:
    """What a form is measured by: the law of the day, a need, or a condition of readiness (`label`; None: the law).

    `met` says of each form that must meet it whether it does (None: open answers decide); `certain` says that it is
    needed whatever the open answers are.
    """

    kind: Literal["law", "need", "condition"]
    label: Text | None
    certain: bool
    met: Mapping[str, bool | None]


@dataclass(frozen=True, slots=True)
class FormLadder:
    """The forms, lightest first, and what they are measured by; `chosen` is the form to start with, if settled."""

    forms: tuple[str, ...]
    demands: tuple[Demand, ...]
    chosen: int | None


@dataclass(frozen=True, slots=True)
class Basis:
    """An article (by its id) of the legal basis, with its status on the day."""

    article: str
    instrument: str
    title: Text
    label: Text
    text: Text
    status: Status
    provenance: Provenance
    certain: bool


@dataclass(frozen=True, slots=True)
class AdvisedStep:
    """A step with the rules that ask for it; `applies` is None where open answers, or a conflict, leave it open.

    `done` says whether it lies behind the regions (None: an open answer decides). One with `to_prove` would lie
    behind them, but nothing shows that it was taken.
    """

    id: str
    label: Text
    certain: bool
    because: tuple[Reason, ...]
    actor: Text
    output: Text
    deadline: Text | None
    dprd_stage: bool
    applies: bool | None
    done: bool | None
    to_prove: bool = field(default=False, metadata=UNLESS_DEFAULT)
    contested: bool = field(default=False, metadata=UNLESS_DEFAULT)
    caveats: tuple[Caveat, ...] = field(default=(), metadata=UNLESS_DEFAULT)


@dataclass(frozen=True, slots=True)
class AdvisedTerm:
    """A document or notice with the rules that ask for it."""

    id: str
    label: Text
    certain: bool
    because: tuple[Reason, ...]
    text: Text
    contents: tuple[Text, ...] = field(default=(), metadata=UNLESS_DEFAULT)
    about: str | None = field(default=None, metadata=UNLESS_DEFAULT)
    caveats: tuple[Caveat, ...] = field(default=(), metadata=UNLESS_DEFAULT)


@dataclass(frozen=True, slots=True)
class SimilarCase:
    """A case of the study, with what agrees and what differs among the answers that both have.

    `score` is the share of agreeing answers among those that both have, 0 to 1.
    """

    case: str
    name: str
    score: float
    agrees: tuple[str, ...]
    differs: tuple[str, ...]
    outcome: Text
    lesson: Text
    cites: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Advice:
    """Everything that is said about a case."""

    version: str = field(metadata=UNWRITTEN)
    digest: str = field(metadata=UNWRITTEN)
    title: str
    as_of: date
    era: str
    limits: tuple[Text, ...]
    parties: tuple[Party, ...]
    answers: Mapping[str, Answer]
    notes: Mapping[str, str]
    unanswered: tuple[str, ...]
    conclusions: Mapping[str, Conclusion]
    other_regime: OtherRegime | None
    rejected_forms: tuple[RejectedForm, ...]
    legal_basis: tuple[Basis, ...]
    documents: tuple[AdvisedTerm, ...]
    steps: tuple[AdvisedStep, ...]
    notices: tuple[AdvisedTerm, ...]
    similar_cases: tuple[SimilarCase, ...]
    ladder: FormLadder | None = field(default=None, metadata=UNWRITTEN)
