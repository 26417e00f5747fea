"""Cases to explain, and what their explanations are held against."""

from __future__ import annotations

import itertools
import random
from collections.abc import Mapping
from typing import Any, Final

from advisor.advice.conclusions import conclude
from advisor.explain.target import Target
from advisor.inference.case import Case, CaseReader
from advisor.inference.formula import Literal
from advisor.knowledge_base import Knowledge
from advisor.reasoning.entailment import Entailment
from advisor.understanding.reading import Answer
from conftest import DAYS
from rows import drawn_answers

CASES: Final = 400
"""Random cases in all; a heavy test takes them in `GROUPS` groups."""

GROUPS: Final = 10


def chance(seed: int) -> random.Random:
    return random.Random(seed)  # noqa: S311


def drawn_case(seed: int, knowledge: Knowledge) -> Case:
    """Return a case with random answers, of which up to a third are left open."""
    as_of = DAYS[seed % len(DAYS)]
    day = knowledge.on(as_of)
    for attempt in itertools.count():
        row = drawn_answers(seed + attempt * CASES, day)
        if not day.generated.contradictions(row):
            break
    drawn = chance(seed)
    open_share = drawn.choice((0, 0, 0.1, 0.3))
    pairs = zip(day.program.domains, row, strict=True)
    known = [(domain, code) for domain, code in pairs if drawn.random() >= open_share]
    answers = {domain.id: domain.decode(code) for domain, code in known}
    return Case(as_of, answers, {domain.id: code for domain, code in known})


def study_case(knowledge: Knowledge, name: str) -> Case:
    case = knowledge.library.cases[name]
    return case_of(knowledge, {"as_of": case.as_of, "answers": listed(case.answers)})


def case_of(knowledge: Knowledge, data: Any) -> Case:
    return CaseReader(knowledge.library, knowledge.rulebase).data(data)


def listed(answers: Mapping[str, Any]) -> dict[str, Any]:
    return {q: list(a) if isinstance(a, tuple) else a for q, a in answers.items()}


def changed(knowledge: Knowledge, case: Case, answers: Mapping[str, Answer]) -> Case:
    return case_of(knowledge, {"as_of": case.as_of, "answers": listed({**case.answers, **answers})})


def targets(knowledge: Knowledge) -> list[Target]:
    names = knowledge.library.conclusions
    return [Target(name, value) for name in names for value in knowledge.library.values(name)]


def has(knowledge: Knowledge, case: Case, target: Target) -> bool:
    """Whether a target certainly comes out."""
    found = conclude(knowledge, case)[target.conclusion]
    return found.reason is None and target.value in found.certain


def can_come_out(knowledge: Knowledge, case: Case, target: Target, codes: Mapping[str, int]) -> bool:
    """Whether a target comes out in some completion of these answers, on the day of a case."""
    entailment = Entailment(knowledge.library, knowledge.on(case.as_of), codes)
    completions = entailment.completions(entailment.scope(target.conclusion))
    return completions.first is not None and completions.truth(Literal(target.atom)) is not False
