"""Terms: the values that conclusions may have, by table (forms, operators, funding schemes, needs, ...)."""

from __future__ import annotations

from pydantic import Field

from advisor.knowledge.shape import Citation, Id, Shape
from advisor.text import Text


class Parallel(Shape):
    """What the literature calls the same thing."""

    text: Text
    cites: tuple[Citation, ...] = Field(min_length=1)


class Term(Shape):
    """One value of a table; `covers` names the terms of another table that it can do."""

    id: str = Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.:-]*$")
    label: Text
    text: Text
    covers: tuple[Id, ...] = ()
    parallels: tuple[Parallel, ...] = ()
    contents: tuple[Text, ...] = ()
    about: Id | None = None


class TermFile(Shape):
    """The content of one file of kbase/terms/: one table, its terms in the order of the vocabulary."""

    table: Id
    title: Text
    terms: tuple[Term, ...] = Field(min_length=1)


class Step(Shape):
    """One step on the way to a signed and running cooperation."""

    id: Id
    label: Text
    actor: Text
    output: Text
    deadline: Text | None = None
    dprd: bool = False


class StepFile(Shape):
    """The content of kbase/steps.yaml, in the order in which steps are taken."""

    steps: tuple[Step, ...]


class Factor(Shape):
    """A success or risk factor with the study's evidence and a remedy."""

    id: Id
    label: Text
    text: Text
    evidence: Text
    evidence_cites: tuple[Citation, ...] = Field(min_length=1)
    remedy: Text | None = None
    remedy_cites: tuple[Citation, ...] = ()
    judgement: bool = False


class FactorFile(Shape):
    """The content of kbase/factors.yaml."""

    factors: tuple[Factor, ...]


class GlossaryTerm(Shape):
    """A word that a planner meets, explained."""

    id: Id
    term: Text
    text: Text
    cites: tuple[Citation, ...] = ()


class GlossaryFile(Shape):
    """The content of kbase/glossary.yaml."""

    terms: tuple[GlossaryTerm, ...]


class Doubt(Shape):
    """An open doubt about the law or the model."""

    id: str = Field(pattern=r"^D[0-9]+$")
    title: Text
    text: Text
    about: tuple[Citation, ...] = ()


class DoubtFile(Shape):
    """The content of kbase/doubts.yaml."""

    doubts: tuple[Doubt, ...]
