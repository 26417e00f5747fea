"""Cases of the study and its registry of cooperations."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal

from advisor.knowledge.shape import Cites, Defined, Id, Shape, Told
from advisor.text import Text

Aspect = Literal["form", "legal_base", "scope", "funding", "performance", "sustainability"]
"""What the study says something of in each case; see `Findings`."""

CaseList = Literal["strengths", "weaknesses", "opportunities", "threats", "issues"]
"""The lists of a case."""

AnswerValue = bool | int | str | tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Member(Shape):
    """A member region under its real name; `printed` where the study's print differs."""

    name: str
    kind: Literal["province", "regency", "city"] | None = None
    printed: Annotated[str | None, Told("schema.member.printed")] = None
    note: Text | None = None


@dataclass(frozen=True, kw_only=True)
class Reading(Shape):
    """How an answer was read from the study."""

    text: Text
    cites: Cites


@dataclass(frozen=True, kw_only=True)
class Since(Shape):
    """What came after the study."""

    text: Text
    cites: Cites


@dataclass(frozen=True, kw_only=True)
class Findings(Shape):
    """What the study found, aspect by aspect."""

    form: Text
    legal_base: Text
    scope: Text
    funding: Text
    performance: Text
    sustainability: Text


@dataclass(frozen=True, kw_only=True)
class StudyCase(Shape):
    """A cooperation that the study observed, as answers and as findings."""

    id: Id
    name: str
    title: Text
    location: Text
    members: tuple[Member, ...]
    as_of: Annotated[date, Told("schema.key.as_of")]
    answers: Annotated[dict[str, AnswerValue], Defined("answers")]
    reading: Annotated[dict[Annotated[str, Defined("question")], Reading], Told("schema.case.reading")]
    findings: Annotated[Findings, Told("schema.case.findings")]
    strengths: tuple[Text, ...]
    weaknesses: tuple[Text, ...]
    opportunities: tuple[Text, ...]
    threats: tuple[Text, ...]
    issues: tuple[Text, ...]
    outcome: Text
    lesson: Text
    since: Annotated[tuple[Since, ...], Told("schema.case.since")] = ()
    cites: Cites


@dataclass(frozen=True, kw_only=True)
class RegistryEntry(Shape):
    """A cooperation of the study's registry."""

    id: Id
    name: str
    kind: Literal["association", "regional", "abroad"]
    title: Text
    area: Text
    members: tuple[Member, ...]
    note: Text | None = None
    cites: Cites


@dataclass(frozen=True, kw_only=True)
class RegistryFile(Shape):
    """The content of kbase/registry.yaml."""

    entries: tuple[RegistryEntry, ...]
