"""The articles on which a case stands, or may stand, whatever examples a report happens to show.

A report takes its reasons from some completion or other, so which articles it shows for what is still open depends
on the examples. A receipt names all of them: it can then be compared.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from advisor.inference.formula import Atom, literals
from advisor.knowledge.library import Library
from advisor.receipt.firing_record import FiringRecord
from advisor.receipt.statement import Statement

BASIS = "basis"


def legal_basis(record: FiringRecord) -> dict[str, bool]:
    """Return the articles behind the conclusions of a case, each with whether it is certain to stand behind one.

    They are those cited by rules that fire in some completion, conclude a conclusion or what such a rule asks for,
    and those that rules name as a basis outright.
    """
    library = record.knowledge.library
    found: dict[str, bool] = {}
    for name in _bearing(record):
        certain = record.fires[name] == "always"
        for citation in _cited(library, record.rules[name], record.case.as_of):
            found[citation] = found.get(citation, False) or certain
    for citation, (certain, _) in record.inquiry.elements(BASIS).items():
        found[citation] = found.get(citation, False) or certain
    return {citation: found[citation] for citation in library.articles if citation in found}


def _bearing(record: FiringRecord) -> Iterator[str]:
    """Yield the rules that can fire and conclude a conclusion, or what one of these rules asks for."""
    library = record.knowledge.library
    producers = _producers(record.rules)
    contested = library.conclusion_file.contested
    todo: list[Atom] = [(name, value) for name in library.conclusions for value in library.values(name)]
    todo += [(contested, name) for name in library.conclusions]
    seen = set(todo)
    passed: set[str] = set()
    while todo:
        for name in producers.get(todo.pop(), ()):
            if name in passed or record.fires[name] == "never":
                continue
            passed.add(name)
            yield name
            asked = {literal.atom for literal in literals(record.rules[name].body) if literal.positive}
            todo += asked - seen
            seen |= asked


def _producers(rules: Mapping[str, Statement]) -> dict[Atom, list[str]]:
    found: dict[Atom, list[str]] = {}
    for rule in rules.values():
        for head in rule.heads:
            found.setdefault(head, []).append(rule.id)
    return found


def _cited(library: Library, rule: Statement, day: date) -> list[str]:
    """Return what a rule cites of the law: what is in force, or all where nothing is."""
    law = [citation for citation in rule.grounds.cites if library.instrument_of(citation).rank != "study"]
    return [citation for citation in law if library.status(citation, day) == "in_force"] or law
