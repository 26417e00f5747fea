"""Roles: which fact is what to the program. Code never names a fact of the domain; it asks here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

from advisor.knowledge.case import Aspect, CaseList
from advisor.knowledge.shape import Defined, Id, Shape, Told

FactId = Annotated[Id, Defined("fact")]
ConclusionId = Annotated[Id, Defined("conclusion")]


@dataclass(frozen=True, kw_only=True)
class FormRoles(Shape):
    """The choice of an institutional form.

    `start` and `target` are the conclusions, `needs` is what a form must cover, `available` and `unavailable` hold
    the forms that the law of the day allows and refuses, and `unmet` names, for each form with conditions, the fact
    that holds those that are not met. Forms are weighed only where the flag `weighed_where` holds.
    """

    start: ConclusionId
    target: ConclusionId
    needs: FactId
    available: FactId
    unavailable: FactId
    weighed_where: FactId
    unmet: Annotated[Mapping[str, FactId], Told("schema.roles.unmet")]


@dataclass(frozen=True, kw_only=True)
class ApprovalRole(Shape):
    """The conclusion on the council's approval, and its values that say that it is, or is not, required."""

    conclusion: ConclusionId
    required: str
    not_required: str


@dataclass(frozen=True, kw_only=True)
class FundingRoles(Shape):
    """The conclusions on the funding scheme and on what supports it."""

    scheme: ConclusionId
    support: ConclusionId


@dataclass(frozen=True, kw_only=True)
class RunningRoles(Shape):
    """The conclusions on who runs the service and through what, and the value that says that nobody does."""

    operator: ConclusionId
    vehicle: ConclusionId
    nobody: str


@dataclass(frozen=True, kw_only=True)
class DiagnosisRoles(Shape):
    """The conclusions on strengths and risks, whose values are factors."""

    strengths: ConclusionId
    risks: ConclusionId


@dataclass(frozen=True, kw_only=True)
class Roles(Shape):
    """The content of kbase/roles.yaml.

    `gate` must hold before the other conclusions are spoken of; `contested` is the fact that names contested
    conclusions. `era` is the law of the day, `other_regime` the conclusion that is shown under another law, too.
    `with_headline` are facts that are no conclusions but that the interview settles with the headline.

    `signed` holds the texts that have been signed: the steps that these finish are done. `steps`, `documents` and
    `notices` are facts whose values the advice lists, `legal_basis` is a fact whose values
    are articles. `to_target` is the conclusion on what must change before the target form may start, `summary` are
    conclusions that a report names beside its main answers. `lists_of_findings` says which lists of a study case
    speak of the same matter as one of its findings. `deciding` are the conclusions whose reasons come first where a
    report has room for few; `field` is the question by whose answer a cooperation without a title is called.
    """

    gate: Annotated[ConclusionId, Told("schema.roles.gate")]
    contested: Annotated[FactId, Told("schema.roles.contested")]
    era: Annotated[FactId, Told("schema.roles.era")]
    other_regime: Annotated[ConclusionId, Told("schema.roles.other_regime")]
    with_headline: Annotated[tuple[FactId, ...], Told("schema.roles.with_headline")] = ()
    signed: Annotated[FactId, Told("schema.roles.signed")]
    steps: FactId
    documents: FactId
    notices: FactId
    legal_basis: FactId
    to_target: ConclusionId
    summary: tuple[ConclusionId, ...]
    lists_of_findings: Annotated[Mapping[Aspect, tuple[CaseList, ...]], Told("schema.roles.lists_of_findings")]
    deciding: Annotated[tuple[ConclusionId, ...], Told("schema.roles.deciding")] = ()
    forms: FormRoles
    approval: ApprovalRole
    funding: FundingRoles
    diagnosis: DiagnosisRoles
    running: RunningRoles | None = None
    field: Annotated[Annotated[Id, Defined("question")] | None, Told("schema.roles.field")] = None

    @property
    def lists(self) -> Mapping[str, str]:
        """The facts whose values an advice lists, by the key of the list in its JSON."""
        return {
            "steps": self.steps,
            "documents": self.documents,
            "notices": self.notices,
            "legal_basis": self.legal_basis,
        }
