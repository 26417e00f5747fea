"""Whether the facts that have a role in the program are such as the program can use."""

from __future__ import annotations

from collections.abc import Iterator
from operator import attrgetter

from advisor.knowledge.document import Document, Key
from advisor.knowledge.fact import FactKind
from advisor.knowledge.library import ARTICLES, CONCLUSIONS, FACTORS, STEPS, Library
from advisor.problem import Problem, nearest

Tables = tuple[str, ...] | None
"""The tables of which one must hold the values of a fact; None: any, or none."""


def role_problems(document: Document, library: Library) -> Iterator[Problem]:
    """Yield what is wrong with kbase/roles.yaml, each with its place; of unknown names the shape tells."""
    for key, name, kind, tables in _facts(library):
        fact = library.all_facts.get(name)
        if fact is not None and fact.kind != kind:
            yield document.problem(key, "role.kind", name=name, wanted=kind, given=fact.kind)
        elif fact is not None and tables is not None and fact.table not in tables:
            wanted = " | ".join(tables)
            yield document.problem(key, "role.table", name=name, wanted=wanted, given=fact.table or "-")
    for key, name, value in _values(library):
        if name in library.all_facts and value not in library.values(name):
            near = nearest(value, library.values(name))
            yield document.problem(key, "value.unknown", name=name, value=value, near=near)


def _facts(library: Library) -> Iterator[tuple[Key, str, FactKind, Tables]]:
    """Yield the key and the name of each fact, and of which kind and table it must be."""
    terms = tuple(library.term_files)
    start = library.all_facts.get(library.roles.forms.start)
    forms = (start.table,) if start is not None and start.table in terms else terms
    roles: dict[str, tuple[FactKind, Tables]] = {
        "contested": ("many", (CONCLUSIONS,)),
        "era": ("one", None),
        "other_regime": ("one", None),
        "signed": ("many", terms),
        "steps": ("many", (STEPS,)),
        "documents": ("many", terms),
        "notices": ("many", terms),
        "legal_basis": ("many", (ARTICLES,)),
        "to_target": ("many", terms),
        "funding.scheme": ("one", None),
        "funding.support": ("many", None),
        "diagnosis.strengths": ("many", (FACTORS,)),
        "diagnosis.risks": ("many", (FACTORS,)),
        "approval.conclusion": ("one", None),
        "forms.start": ("one", forms),
        "forms.target": ("one", forms),
        "forms.needs": ("many", terms),
        "forms.available": ("many", forms),
        "forms.unavailable": ("many", forms),
        "forms.weighed_where": ("flag", None),
    }
    for role, (kind, tables) in roles.items():
        yield tuple(role.split(".")), attrgetter(role)(library.roles), kind, tables
    running = library.roles.running
    if running is not None:
        yield ("running", "operator"), running.operator, "one", None
        yield ("running", "vehicle"), running.vehicle, "one", None
    for form, fact in library.roles.forms.unmet.items():
        yield ("forms", "unmet", form), fact, "many", terms


def _values(library: Library) -> Iterator[tuple[Key, str, str]]:
    """Yield the key, the fact and the value of each role that is a value of a fact."""
    roles = library.roles
    yield ("gate",), roles.gate, "yes"
    yield ("approval", "required"), roles.approval.conclusion, roles.approval.required
    yield ("approval", "not_required"), roles.approval.conclusion, roles.approval.not_required
    if roles.running is not None:
        yield ("running", "nobody"), roles.running.operator, roles.running.nobody
    for form in roles.forms.unmet:
        yield ("forms", "unmet", form, "#key"), roles.forms.start, form
