"""Unreached: values of facts that no answers give, on no day."""

from __future__ import annotations

from collections.abc import Iterator

from advisor.knowledge.fact import Fact
from advisor.knowledge.library import ARTICLES, CONCLUSIONS, Library
from advisor.problem import Place
from advisor.verify.check.files import Files
from advisor.verify.check.finding import Finding, Told
from advisor.verify.proof.days import Days


def unreached(days: Days, files: Files) -> Iterator[Finding]:
    """Yield values of conclusions that never come out, and terms that no fact can have.

    Conclusions must come out where the cooperation is admissible (the gate everywhere). An intermediate fact owes
    only the values that it lists itself: a table is the vocabulary of all facts that use it, and each of its terms
    must come out in one of them. Facts that name articles or conclusions have no vocabulary of their own, and
    facts that no rule concludes are told of elsewhere.
    """
    library = days.knowledge.library
    heads = {head for rule in days.knowledge.rulebase.rules for head in rule.heads}
    concluded = {fact for fact, _ in heads}
    owing = [f for f in library.all_facts.values() if f.id in concluded and f.table not in (ARTICLES, CONCLUSIONS)]
    for fact in owing:
        for value in _owed(library, fact):
            if not _comes_out(days, fact.id, value):
                yield _finding(library, files, fact, value, concluded=(fact.id, value) in heads)
    yield from _terms(days, files, [fact for fact in owing if fact.table])


def _owed(library: Library, fact: Fact) -> tuple[str, ...]:
    if fact.kind == "flag":
        return ("yes",)
    return library.values(fact.id) if fact.id in library.conclusions else fact.values


def _comes_out(days: Days, fact: str, value: str) -> bool:
    library = days.knowledge.library
    gated = fact in library.conclusions and fact != library.roles.gate
    return days.comes_out((fact, value), admissibly=gated)


def _finding(library: Library, files: Files, fact: Fact, value: str, *, concluded: bool) -> Finding:
    label = fact.label if fact.kind == "flag" else library.label(fact.id, value) if fact.table else value
    told: Told = {"name": fact.id, "fact": fact.label, "value": value, "label": label}
    key = "check.unreached" if concluded else "check.unreached.nobody"
    return Finding("unreached", f"{fact.id}={value}", _place(files, fact, value), key, told)


def _place(files: Files, fact: Fact, value: str) -> Place:
    """Return where the value stands: with its terms, or else with the fact."""
    has_terms = fact.table and fact.kind != "flag"
    return files.of_term(fact.table or "", value) if has_terms else files.of_fact(fact.id)


def _terms(days: Days, files: Files, facts: list[Fact]) -> Iterator[Finding]:
    """Yield terms, factors and steps that come out in no fact; of conclusions with that value it was told."""
    library = days.knowledge.library
    for table, terms in library.tables.items():
        if table in (ARTICLES, CONCLUSIONS):
            continue
        users = [fact for fact in facts if fact.table == table]
        for term in terms:
            having = [fact for fact in users if term in library.values(fact.id)]
            owed = any(term in _owed(library, fact) for fact in having)
            if not owed and not any(_comes_out(days, fact.id, term) for fact in having):
                told = {"name": term, "table": table}
                place = files.of_term(table, term)
                yield Finding("unreached", f"{table}.{term}", place, "check.unreached.term", told)
