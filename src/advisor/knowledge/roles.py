"""Roles: which fact is what to the program. Code never names a fact of the domain; it asks here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from advisor.knowledge.shape import Id, Shape


@dataclass(frozen=True, kw_only=True)
class FormRoles(Shape):
    """The choice of an institutional form.

    `start` and `target` are the conclusions, `needs` is what a form must cover, `available` and `unavailable` hold
    the forms that the law of the day allows and refuses, and `unmet` names, for each form with conditions, the fact
    that holds those that are not met. Forms are weighed only where the flag `weighed_where` holds.
    """

    start: Id
    target: Id
    needs: Id
    available: Id
    unavailable: Id
    weighed_where: Id
    unmet: Mapping[str, Id]


@dataclass(frozen=True, kw_only=True)
class ApprovalRole(Shape):
    """The conclusion on the council's approval, and its values that say that it is, or is not, required."""

    conclusion: Id
    required: str
    not_required: str


@dataclass(frozen=True, kw_only=True)
class FundingRoles(Shape):
    """The conclusions on the funding scheme and on what supports it."""

    scheme: Id
    support: Id


@dataclass(frozen=True, kw_only=True)
class DiagnosisRoles(Shape):
    """The conclusions on strengths and risks, whose values are factors."""

    strengths: Id
    risks: Id


@dataclass(frozen=True, kw_only=True)
class Roles(Shape):
    """The content of kbase/roles.yaml.

    `steps`, `documents` and `notices` are facts whose values the advice lists, `legal_basis` is a fact whose values
    are articles. `to_target` is the conclusion on what must change before the target form may start, `summary` are
    conclusions that a report names beside its main answers.
    """

    steps: Id
    documents: Id
    notices: Id
    legal_basis: Id
    to_target: Id
    summary: tuple[Id, ...]
    forms: FormRoles
    approval: ApprovalRole
    funding: FundingRoles
    diagnosis: DiagnosisRoles

    @property
    def lists(self) -> Mapping[str, Id]:
        """The facts whose values an advice lists, by the key of the list in its JSON."""
        return {
            "steps": self.steps,
            "documents": self.documents,
            "notices": self.notices,
            "legal_basis": self.legal_basis,
        }
