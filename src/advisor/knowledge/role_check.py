"""Whether the facts that have a role in the program are such as the program can use."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from advisor.knowledge.document import Document, Key
from advisor.knowledge.fact import Fact, FactKind
from advisor.knowledge.library import ARTICLES, CONCLUSIONS, FACTORS, STEPS, Library
from advisor.problem import Problem, nearest


def role_problems(document: Document, library: Library) -> Iterator[Problem]:
    """Yield what is wrong with kbase/roles.yaml, each with its place."""
    yield from _RoleCheck(document, library).problems()


@dataclass(frozen=True)
class _RoleCheck:
    document: Document
    library: Library

    def problems(self) -> Iterator[Problem]:
        roles = self.library.roles
        terms = tuple(self.library.term_files)
        yield from self._fact(("steps",), roles.steps, "many", (STEPS,))
        yield from self._fact(("documents",), roles.documents, "many", terms)
        yield from self._fact(("notices",), roles.notices, "many", terms)
        yield from self._fact(("legal_basis",), roles.legal_basis, "many", (ARTICLES,))
        yield from self._conclusion(("to_target",), roles.to_target, "many", terms)
        for index, name in enumerate(roles.summary):
            yield from self._known(("summary", index), name, conclusion=True)
        yield from self._conclusion(("funding", "scheme"), roles.funding.scheme, "one")
        yield from self._conclusion(("funding", "support"), roles.funding.support, "many")
        yield from self._conclusion(("diagnosis", "strengths"), roles.diagnosis.strengths, "many", (FACTORS,))
        yield from self._conclusion(("diagnosis", "risks"), roles.diagnosis.risks, "many", (FACTORS,))
        yield from self._approval()
        yield from self._forms()

    def _approval(self) -> Iterator[Problem]:
        approval = self.library.roles.approval
        found = list(self._conclusion(("approval", "conclusion"), approval.conclusion, "one"))
        yield from found
        if not found:
            for part, value in (("required", approval.required), ("not_required", approval.not_required)):
                yield from self._value(("approval", part), approval.conclusion, value)

    def _forms(self) -> Iterator[Problem]:
        forms = self.library.roles.forms
        found = list(self._conclusion(("forms", "start"), forms.start, "one", tuple(self.library.term_files)))
        yield from found
        if found:
            return
        table = (self.library.all_facts[forms.start].table or "",)
        yield from self._conclusion(("forms", "target"), forms.target, "one", table)
        yield from self._fact(("forms", "needs"), forms.needs, "many", tuple(self.library.term_files))
        yield from self._fact(("forms", "available"), forms.available, "many", table)
        yield from self._fact(("forms", "unavailable"), forms.unavailable, "many", table)
        yield from self._fact(("forms", "weighed_where"), forms.weighed_where, "flag")
        for form, fact in forms.unmet.items():
            yield from self._value(("forms", "unmet", form, "#key"), forms.start, form)
            yield from self._fact(("forms", "unmet", form), fact, "many", tuple(self.library.term_files))

    # -- one role -------------------------------------------------------------------------------------------

    def _conclusion(
        self, key: Key, name: str, kind: FactKind, tables: tuple[str, ...] | None = None
    ) -> Iterator[Problem]:
        unknown = list(self._known(key, name, conclusion=True))
        yield from unknown or self._fitting(key, self.library.conclusions[name], kind, tables)

    def _fact(
        self, key: Key, name: str, kind: FactKind, tables: tuple[str, ...] | None = None
    ) -> Iterator[Problem]:
        unknown = list(self._known(key, name, conclusion=False))
        yield from unknown or self._fitting(key, self.library.all_facts[name], kind, tables)

    def _known(self, key: Key, name: str, *, conclusion: bool) -> Iterator[Problem]:
        known = self.library.conclusions if conclusion else self.library.all_facts
        if name not in known:
            message = "role.no_conclusion" if name in self.library.all_facts else "fact.unknown"
            yield self._problem(key, message, name=name, near=nearest(name, known))

    def _fitting(self, key: Key, fact: Fact, kind: FactKind, tables: tuple[str, ...] | None) -> Iterator[Problem]:
        if fact.kind != kind:
            yield self._problem(key, "role.kind", name=fact.id, wanted=kind, given=fact.kind)
        elif tables is not None and fact.table not in tables:
            wanted = " | ".join(name for name in tables if name != CONCLUSIONS)
            yield self._problem(key, "role.table", name=fact.id, wanted=wanted, given=fact.table or "-")

    def _value(self, key: Key, fact: str, value: str) -> Iterator[Problem]:
        values = self.library.values(fact)
        if value not in values:
            yield self._problem(key, "value.unknown", name=fact, value=value, near=nearest(value, values))

    def _problem(self, key: Key, message: str, **values: str) -> Problem:
        return Problem(self.document.place(key), message, values)
