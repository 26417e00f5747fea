"""Circumstances: the smallest sets of open answers that are enough for an outcome."""

from __future__ import annotations

from advisor.advice.advice import Circumstance, Circumstances
from advisor.inference.domain import Domain
from advisor.inference.formula import Atom
from advisor.inference.inquiry import Inquiry
from advisor.inference.program import Row

MOST_ALTERNATIVES = 3


def circumstances(
    inquiry: Inquiry, fact: str, atom: Atom, first: Row, most: int = MOST_ALTERNATIVES
) -> Circumstances:
    """Return up to `most` smallest sets of circumstances under which `atom` certainly holds.

    `first` is a completion in which it does. Each set is enough within the completions over which `fact`
    ranges, and stops being enough when any one of its parts is dropped.
    """
    sat = inquiry.readers.sat
    scope = [sat.literal(part) for part in inquiry.scope(fact)]
    wanted = sat.literal(atom)
    fixed = [*sat.assumed(inquiry.known), *scope, -wanted]
    asked = [q for q in inquiry.open if q in inquiry.program.support.get(atom, frozenset())]
    found: list[tuple[Circumstance, ...]] = []
    switches: list[int] = []
    row: Row | None = first
    while row is not None and len(found) < most:
        core = sat.core(fixed, [literal for question in asked for literal in _literals(inquiry, question, row)])
        if not core:
            row = None
            break
        found.append(_described(inquiry, set(core), row))
        switches.append(sat.clause([-literal for literal in core]))
        row = sat.completion(inquiry.known, [*scope, wanted, *switches], near=inquiry.base)
    for switch in switches:
        sat.retire(switch)
    return Circumstances(tuple(found), more=row is not None)


def _literals(inquiry: Inquiry, question: str, row: Row) -> list[int]:
    """Return what the completion answers to a question, as literals; of a choice only the chosen option."""
    position = inquiry.program.position[question]
    literals = inquiry.readers.sat.answer_literals(question, row[position])
    if inquiry.program.domains[position].question.type == "choice":
        return [literal for literal in literals if literal > 0]
    return literals


def _described(inquiry: Inquiry, core: set[int], row: Row) -> tuple[Circumstance, ...]:
    found: list[Circumstance] = []
    for question in inquiry.open:
        position = inquiry.program.position[question]
        domain = inquiry.program.domains[position]
        literals = inquiry.readers.sat.answer_literals(question, row[position])
        used = [atom for atom, literal in zip(domain.atoms, literals, strict=True) if literal in core]
        if used:
            found += described_answer(domain, row[position], used)
    return tuple(found)


def described_answer(domain: Domain, code: int, used: list[Atom]) -> list[Circumstance]:
    """Return what an answer (by its code) says about the atoms `used` of its question."""
    match domain.question.type:
        case "choice" | "yes_no":
            return [Circumstance(domain.id, "is", (domain.question.option_ids[code],))]
        case "number":
            over = [int(value[1:]) for _, value in used if domain.has(code, value)]
            at_most = [int(value[1:]) for _, value in used if not domain.has(code, value)]
            found = [Circumstance(domain.id, "over", (str(max(over)),))] if over else []
            return found + ([Circumstance(domain.id, "at_most", (str(min(at_most)),))] if at_most else [])
        case _:
            chosen = tuple(value for _, value in used if domain.has(code, value))
            left_out = tuple(value for _, value in used if not domain.has(code, value))
            found = [Circumstance(domain.id, "includes", chosen)] if chosen else []
            return found + ([Circumstance(domain.id, "excludes", left_out)] if left_out else [])
