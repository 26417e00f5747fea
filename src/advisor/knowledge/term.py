"""Terms: the values that conclusions may have, by table (forms, operators, funding schemes, needs, ...)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from advisor.knowledge.shape import FEW, LISTED, Citation, Cites, Constraint, Defined, Id, Shape, Told
from advisor.problem import LONGEST_NAME
from advisor.text import Text


@dataclass(frozen=True, kw_only=True)
class Parallel(Shape):
    """What the literature calls the same thing."""

    text: Text
    cites: Cites


@dataclass(frozen=True, kw_only=True)
class Term(Shape):
    """One value of a table; `covers` names the terms of another table that it can do.

    `cites` are the articles that its text states, where it states law.
    """

    id: Annotated[str, Constraint(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.:-]*$", max_length=LONGEST_NAME)]
    label: Text
    text: Text
    sentence: Annotated[Text | None, Told("schema.term.sentence")] = None
    covers: Annotated[tuple[Annotated[Id, Defined("term")], ...], FEW, Told("schema.term.covers")] = ()
    parallels: Annotated[tuple[Parallel, ...], Told("schema.term.parallels")] = ()
    contents: tuple[Text, ...] = ()
    cites: Annotated[tuple[Citation, ...], Told("schema.key.cites")] = ()
    about: Annotated[Id | None, Defined("conclusion")] = None


@dataclass(frozen=True, kw_only=True)
class TermFile(Shape):
    """The content of one file of kbase/terms/: one table, its terms in the order of the vocabulary."""

    table: Id
    title: Text
    terms: Annotated[tuple[Term, ...], LISTED]


@dataclass(frozen=True, kw_only=True)
class Step(Shape):
    """One step on the way to a signed and running cooperation.

    It is done once the text that `done_by` names is signed; one that needs `proof` is not taken for done then,
    since signing does not show that it was taken. `cites` are the articles that its texts state.
    """

    id: Id
    label: Text
    actor: Text
    output: Text
    deadline: Text | None = None
    brief_deadline: Annotated[Text | None, Told("schema.step.brief_deadline")] = None
    dprd: bool = False
    done_by: Annotated[Id | None, Defined("term"), Told("schema.step.done_by")] = None
    proof: Annotated[bool, Told("schema.step.proof")] = False
    cites: Annotated[tuple[Citation, ...], Told("schema.key.cites")] = ()


@dataclass(frozen=True, kw_only=True)
class StepFile(Shape):
    """The content of kbase/steps.yaml, in the order in which steps are taken."""

    steps: Annotated[tuple[Step, ...], FEW]


@dataclass(frozen=True, kw_only=True)
class Factor(Shape):
    """A success or risk factor with the study's evidence and a remedy; `risk` is its name where it is a risk."""

    id: Id
    label: Text
    risk: Annotated[Text | None, Told("schema.factor.risk")] = None
    text: Text
    evidence: Text
    evidence_cites: Cites
    remedy: Text | None = None
    remedy_cites: tuple[Citation, ...] = ()
    brief: Annotated[Text | None, Told("schema.factor.brief")] = None
    weight: Annotated[int, Constraint(ge=0, le=9), Told("schema.factor.weight")] = 0
    judgement: bool = False


@dataclass(frozen=True, kw_only=True)
class FactorFile(Shape):
    """The content of kbase/factors.yaml."""

    factors: Annotated[tuple[Factor, ...], FEW]


@dataclass(frozen=True, kw_only=True)
class GlossaryTerm(Shape):
    """A word that a planner meets, explained."""

    id: Id
    term: Text
    text: Text
    cites: Annotated[tuple[Citation, ...], Told("schema.key.cites")] = ()


@dataclass(frozen=True, kw_only=True)
class GlossaryFile(Shape):
    """The content of kbase/glossary.yaml."""

    terms: tuple[GlossaryTerm, ...]


@dataclass(frozen=True, kw_only=True)
class Doubt(Shape):
    """An open doubt about the law or the model; `short` is said beside what it bites."""

    id: Annotated[str, Constraint(pattern=r"^D[0-9]+$")]
    title: Text
    short: Annotated[Text | None, Told("schema.doubt.short")] = None
    text: Text
    about: tuple[Citation, ...] = ()


@dataclass(frozen=True, kw_only=True)
class DoubtFile(Shape):
    """The content of kbase/doubts.yaml."""

    doubts: tuple[Doubt, ...]
