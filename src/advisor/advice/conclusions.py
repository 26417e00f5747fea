"""Conclusions without their reasons: what the bulk reader and SAT say of a case."""

from __future__ import annotations

from collections.abc import Iterator

from advisor.advice.advice import INADMISSIBLE, Conclusion, Value
from advisor.inference.case import Case
from advisor.inference.firing import Result
from advisor.inference.inquiry import Inquiry
from advisor.inference.inquiry import Value as Values
from advisor.knowledge.library import Library
from advisor.knowledge_base import Day, Knowledge
from advisor.problem import KnowledgeError, Problem, place_of


def conclude(knowledge: Knowledge, case: Case) -> dict[str, Conclusion]:
    """Return every conclusion of a case, without reasons (for bulk work)."""
    day = knowledge.on(case.as_of)
    names = knowledge.library.conclusions
    if len(case.codes) == len(day.program.domains):
        row = tuple(case.codes[domain.id] for domain in day.program.domains)
        return dict(_settled(knowledge.library, day.readers.compiled.run(row)))
    inquiry = Inquiry(day.readers, case.codes, knowledge.library.conclusion_file.gate, names)
    return {name: bare_conclusion(knowledge.library, inquiry, name) for name in names}


def bare_conclusion(library: Library, inquiry: Inquiry, name: str) -> Conclusion:
    """Return one conclusion of a partly answered case, without reasons."""
    found = inquiry.range(name)
    if found.values == {}:
        return inadmissible(name)
    contested = inquiry.always((library.conclusion_file.contested, name), name)
    if found.settled is not None:
        value = written(library, name, found.settled)
        return Conclusion(name, value, (value,), (), contested, ())
    possible = None if found.values is None else tuple(written(library, name, v) for v in found.values)
    depends_on = inquiry.depends_on(name)
    return Conclusion(name, None, possible, depends_on, contested, (), found.certain, found.uncertain)


def inadmissible(name: str) -> Conclusion:
    """Return a conclusion of which nothing can be said, because the cooperation is not admissible."""
    return Conclusion(name, None, (), (), None, (), reason=INADMISSIBLE)


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
    fact = knowledge.library.manifest.era
    eras = tuple(v for v in knowledge.library.values(fact) if day.program.constants.get((fact, v)))
    return str(written(knowledge.library, fact, eras))


def _settled(library: Library, result: Result) -> Iterator[tuple[str, Conclusion]]:
    """Yield the conclusions of a fully answered case."""
    file = library.conclusion_file
    passes = result.holds((file.gate, "yes"))
    for name in library.conclusions:
        if not passes and name != file.gate:
            yield name, inadmissible(name)
            continue
        value = written(library, name, result.values(name))
        yield name, Conclusion(name, value, (value,), (), result.holds((file.contested, name)), ())
