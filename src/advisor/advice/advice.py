"""The Advice: what follows from a case, with reasons, articles and what is still open."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from advisor.inference.domain import Answer
from advisor.knowledge.case import StudyCase
from advisor.knowledge.instrument import Article, Instrument, Status
from advisor.knowledge.shape import Authority, Provenance
from advisor.knowledge.term import Step, Term
from advisor.text import Text

# What a conclusion says: true or false, one value, or a list; None where it is open or there is none.
Value = bool | str | tuple[str, ...] | None
INADMISSIBLE = "inadmissible"


@dataclass(frozen=True, slots=True)
class Reason:
    """One rule that fired for a statement.

    `facts` are the known answers it stood on; `assumed` are answers that are not known and that it stood on in
    the completion in which it was seen to fire; `telling` names those of both that tell a reader something (not,
    again and again, who the parties are). A background reason is said only when asked for.
    """

    rule: str
    text: Text
    facts: Mapping[str, Answer]
    assumed: Mapping[str, Answer]
    telling: frozenset[str]
    cites: tuple[str, ...]
    see: tuple[str, ...]
    authority: Authority
    provenance: Provenance
    decision: str
    direct: bool
    background: bool


@dataclass(frozen=True, slots=True)
class Circumstance:
    """What the answer to one open question would have to be: is, includes, excludes, over, at_most."""

    question: str
    relation: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Circumstances:
    """Sets of circumstances, each enough by itself and with none to spare; `more` says that there are others."""

    sets: tuple[tuple[Circumstance, ...], ...]
    more: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """One thing that can still come out, circumstances that suffice for it, and why it then does.

    For a list-valued conclusion `value` is one element of the list.
    """

    value: str
    when: Circumstances
    because: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Conclusion:
    """One conclusion; see `advise` for the exact meaning of its parts."""

    id: str
    value: Value
    possible: tuple[Value, ...] | None
    depends_on: tuple[str, ...]
    contested: bool | None
    because: tuple[Reason, ...]
    certain: tuple[str, ...] = ()
    uncertain: tuple[str, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    contested_when: Outcome | None = None
    reason: str | None = None

    @property
    def open(self) -> bool:
        """Whether unanswered questions can still change it."""
        return self.reason is None and (self.possible is None or len(self.possible) > 1)


@dataclass(frozen=True, slots=True)
class OtherRegime:
    """The DPRD's part under the other government regulation."""

    as_of: date
    instrument: str
    conclusion: Conclusion


@dataclass(frozen=True, slots=True)
class Rejection:
    """Why a form is not the one to start with."""

    kind: str
    text: Text
    cites: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RejectedForm:
    """A form that is not recommended; `certain` is false where that still depends on open answers."""

    form: str
    certain: bool
    reasons: tuple[Rejection, ...]


@dataclass(frozen=True, slots=True)
class Basis:
    """An article of the legal basis with its status on the day."""

    article: Article
    instrument: Instrument
    status: Status
    certain: bool


@dataclass(frozen=True, slots=True)
class AdviceItem:
    """A step, document or notice with the rule that asks for it."""

    id: str
    term: Term | Step
    certain: bool
    because: tuple[Reason, ...]
    applies: bool | None = True


@dataclass(frozen=True, slots=True)
class SimilarCase:
    """A case of the study, with what agrees and what differs among the answers that both have."""

    case: StudyCase
    agrees: tuple[str, ...]
    differs: tuple[str, ...]

    @property
    def score(self) -> float:
        """The share of agreeing answers among those that both have, 0 to 1."""
        compared = len(self.agrees) + len(self.differs)
        return len(self.agrees) / compared if compared else 0.0


@dataclass(frozen=True, slots=True)
class Advice:
    """Everything that is said about a case."""

    version: str
    digest: str
    title: str
    as_of: date
    era: str
    answers: Mapping[str, Answer]
    unanswered: tuple[str, ...]
    conclusions: Mapping[str, Conclusion]
    other_regime: OtherRegime | None
    rejected_forms: tuple[RejectedForm, ...]
    legal_basis: tuple[Basis, ...]
    documents: tuple[AdviceItem, ...]
    steps: tuple[AdviceItem, ...]
    notices: tuple[AdviceItem, ...]
    similar_cases: tuple[SimilarCase, ...]
