"""Whether the facts that have a role in the program are such as the program can use."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from advisor.knowledge.document import Document, Key
from advisor.knowledge.fact import FactKind
from advisor.knowledge.library import ARTICLES, CONCLUSIONS, FACTORS, STEPS, Library
from advisor.knowledge.roles import FormRoles
from advisor.problem import Problem, nearest


def role_problems(document: Document, library: Library) -> Iterator[Problem]:
    """Yield what is wrong with kbase/roles.yaml, each with its place."""
    yield from _RoleCheck(document, library).problems()


@dataclass(frozen=True)
class _RoleCheck:
    document: Document
    library: Library

    def problems(self) -> Iterator[Problem]:
        roles, terms = self.library.roles, tuple(self.library.term_files)
        yield from self._value(("gate",), roles.gate, "yes")
        yield from self._fact(("contested",), roles.contested, "many", (CONCLUSIONS,))
        yield from self._fact(("era",), roles.era, "one")
        yield from self._fact(("other_regime",), roles.other_regime, "one")
        yield from self._fact(("steps",), roles.steps, "many", (STEPS,))
        yield from self._fact(("documents",), roles.documents, "many", terms)
        yield from self._fact(("notices",), roles.notices, "many", terms)
        yield from self._fact(("legal_basis",), roles.legal_basis, "many", (ARTICLES,))
        yield from self._fact(("to_target",), roles.to_target, "many", terms)
        yield from self._fact(("funding", "scheme"), roles.funding.scheme, "one")
        yield from self._fact(("funding", "support"), roles.funding.support, "many")
        yield from self._fact(("diagnosis", "strengths"), roles.diagnosis.strengths, "many", (FACTORS,))
        yield from self._fact(("diagnosis", "risks"), roles.diagnosis.risks, "many", (FACTORS,))
        yield from self._fact(("approval", "conclusion"), roles.approval.conclusion, "one")
        yield from self._value(("approval", "required"), roles.approval.conclusion, roles.approval.required)
        yield from self._value(("approval", "not_required"), roles.approval.conclusion, roles.approval.not_required)
        yield from self._forms(roles.forms, terms)

    def _forms(self, forms: FormRoles, terms: tuple[str, ...]) -> Iterator[Problem]:
        start = self.library.all_facts.get(forms.start)
        table = (start.table,) if start is not None and start.table in terms else terms
        yield from self._fact(("forms", "start"), forms.start, "one", table)
        yield from self._fact(("forms", "target"), forms.target, "one", table)
        yield from self._fact(("forms", "needs"), forms.needs, "many", terms)
        yield from self._fact(("forms", "available"), forms.available, "many", table)
        yield from self._fact(("forms", "unavailable"), forms.unavailable, "many", table)
        yield from self._fact(("forms", "weighed_where"), forms.weighed_where, "flag")
        for form, fact in forms.unmet.items():
            yield from self._value(("forms", "unmet", form, "#key"), forms.start, form)
            yield from self._fact(("forms", "unmet", form), fact, "many", terms)

    # -- one role -------------------------------------------------------------------------------------------

    def _fact(
        self, key: Key, name: str, kind: FactKind, tables: tuple[str, ...] | None = None
    ) -> Iterator[Problem]:
        """Yield what is wrong with a fact that there is; of a name that there is not, its shape tells."""
        fact = self.library.all_facts.get(name)
        if fact is None:
            return
        if fact.kind != kind:
            yield self._problem(key, "role.kind", name=name, wanted=kind, given=fact.kind)
        elif tables is not None and fact.table not in tables:
            yield self._problem(key, "role.table", name=name, wanted=" | ".join(tables), given=fact.table or "-")

    def _value(self, key: Key, fact: str, value: str) -> Iterator[Problem]:
        if fact in self.library.all_facts and value not in self.library.values(fact):
            near = nearest(value, self.library.values(fact))
            yield self._problem(key, "value.unknown", name=fact, value=value, near=near)

    def _problem(self, key: Key, message: str, **values: str) -> Problem:
        return Problem(self.document.place(key), message, values)
