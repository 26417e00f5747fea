"""Conclusions without their reasons."""

from __future__ import annotations

from advisor.advice.advice import INADMISSIBLE, Conclusion, Value
from advisor.inference.case import Case
from advisor.inference.day import Clauses, Day
from advisor.knowledge.library import Library
from advisor.knowledge_base import Knowledge
from advisor.problem import KnowledgeError, Problem, place_of
from advisor.reasoning.entailment import Entailment, entailment_of
from advisor.reasoning.enumeration import Value as Values


def conclude(knowledge: Knowledge, case: Case, clauses: Clauses | None = None) -> dict[str, Conclusion]:
    """Return every conclusion of a case, without reasons (for bulk work).

    `clauses` may be shared by many cases of one day.

    Raises `KnowledgeError`, and `ContradictionError` where the answers contradict each other.
    """
    entailment = entailment_of(knowledge, case, clauses)
    return {name: bare_conclusion(entailment, name) for name in knowledge.library.conclusions}


def bare_conclusion(entailment: Entailment, name: str) -> Conclusion:
    """Return one conclusion, without reasons. Raises `KnowledgeError` where the rules give it no single value."""
    library, found = entailment.library, entailment.range(name)
    if found.values == ():
        return inadmissible(name)
    contested = entailment.contested(name)
    possible = None if found.values is None else tuple(written(library, name, v) for v in found.values)
    value = possible[0] if possible is not None and len(possible) == 1 else None
    depends_on = () if found.settled is not None else entailment.depends_on(name)
    return Conclusion(name, value, possible, depends_on, contested, found.certain, found.uncertain)


def inadmissible(name: str) -> Conclusion:
    """Return a conclusion of which nothing can be said, because the cooperation is not admissible."""
    return Conclusion(name, None, (), (), None, reason=INADMISSIBLE)


def written(library: Library, name: str, values: Values) -> Value:
    """Return a value as the advice writes it: a truth value, a word, or a list.

    Raises `KnowledgeError` where the rules give a conclusion that must have one value none, or several.
    """
    if library.all_facts[name].kind == "many":
        return values
    if len(values) != 1:
        key = "knowledge.conflict" if values else "knowledge.gap"
        told = {"name": name, "values": ", ".join(values)}
        raise KnowledgeError([Problem(place_of("rules"), key, told)])
    if library.values(name) == ("yes", "no"):
        return values == ("yes",)
    return values[0]


def era_of(knowledge: Knowledge, day: Day) -> str:
    """Return the era of a day; it follows from the calendar alone. Raises `KnowledgeError` where there is none."""
    fact = knowledge.library.roles.era
    eras = tuple(v for v in knowledge.library.values(fact) if day.program.constants.get((fact, v)))
    return str(written(knowledge.library, fact, eras))
