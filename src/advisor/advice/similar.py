"""Similar cases: the study's cooperations ranked by how far their answers agree with a case."""

from __future__ import annotations

from collections.abc import Mapping

from advisor.advice.advice import SimilarCase
from advisor.advice.as_data import answers_data
from advisor.inference.case import CaseReader
from advisor.knowledge_base import Knowledge
from advisor.understanding.reading import Answer


def similar_cases(knowledge: Knowledge, answers: Mapping[str, Answer]) -> tuple[SimilarCase, ...]:
    """Return the cases of the study, most alike first (ties by id), but for the one whose answers these are.

    Compared are the questions that both answer; a list agrees only where it is the same list.
    """
    reader = CaseReader(knowledge.library, knowledge.rulebase)
    found = []
    for case in knowledge.library.cases.values():
        theirs = reader.data({"as_of": case.as_of, "answers": answers_data(case.answers)}, case.id).answers
        if theirs == answers:
            continue
        common = [name for name in theirs if name in answers]
        agrees = tuple(name for name in common if theirs[name] == answers[name])
        found.append(
            SimilarCase(
                case=case.id,
                name=case.name,
                score=round(len(agrees) / len(common), 3) if common else 0.0,
                agrees=agrees,
                differs=tuple(name for name in common if theirs[name] != answers[name]),
                outcome=case.outcome,
                lesson=case.lesson,
                cites=case.cites,
            )
        )
    return tuple(sorted(found, key=lambda similar: (-similar.score, similar.case)))
