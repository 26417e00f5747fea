"""A step of a lesson: one rule that fires, with all that made it fire and all that it left aside."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from advisor.advice.advice import Conclusion
from advisor.inference.formula import Atom
from advisor.knowledge.shape import Authority, Provenance
from advisor.reasoning.competition import Candidate, Need
from advisor.text import Text

StepKind = Literal["fires", "either", "none", "open"]


@dataclass(frozen=True, slots=True)
class Saying:
    """What a rule says, and on what it stands."""

    rule: str
    text: Text
    cites: tuple[str, ...]
    authority: Authority
    provenance: Provenance


@dataclass(frozen=True, slots=True)
class FactIn:
    """A fact that a rule matched; `steps` are the numbers of the steps that concluded it, () for an answer."""

    name: str
    values: tuple[str, ...]
    steps: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Absent:
    """A fact that had to be absent: these values of it (`every`: all that it can have).

    `lacks` says, for each rule that could have concluded it, what that rule lacked; it is empty for an answer.
    """

    name: str
    values: tuple[str, ...]
    every: bool
    lacks: tuple[tuple[Need, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Ready:
    """A rule on the agenda: all it asks for is there. `withdrawn`: a fact to come will take it off again.

    `name` is the fact about which it would say something. A helper only prepares another rule.
    """

    rule: str
    name: str
    helper: bool = False
    withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """One step.

    `fires`: a rule fires, whatever the open answers are. `either`: a fact is certain although it depends on open
    answers which of several rules concludes it. `none`: no rule concludes anything about a conclusion. `open`: a
    conclusion stays open.

    `agenda` are the rules that are ready at that moment, the one that fires first before the others. `helpers` are
    the silent rules that fired for this one alone. `whatever` are open questions on which it depends how, but not
    whether, the rule fires. `expected` are the values that can come out, where the step is about a conclusion.
    """

    number: int
    kind: StepKind
    name: str
    decision: str
    background: bool
    headline: bool
    expected: tuple[str, ...]
    out: tuple[Atom, ...] = ()
    sayings: tuple[Saying, ...] = ()
    helpers: tuple[Saying, ...] = ()
    facts_in: tuple[FactIn, ...] = ()
    absent: tuple[Absent, ...] = ()
    candidates: tuple[Candidate, ...] = ()
    whatever: tuple[str, ...] = ()
    agenda: tuple[Ready, ...] = ()
    conclusion: Conclusion | None = None
    considered: int = 0
