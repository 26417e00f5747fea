"""The answers of a receipt, as far as another knowledge base still knows them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from advisor.advice.as_data import answers_data
from advisor.inference.case import Case, CaseReader
from advisor.knowledge_base import Knowledge
from advisor.problem import AnswersError, ContradictionError
from advisor.understanding.reading import Answer

Answers = Mapping[str, Answer]


def known_answers(knowledge: Knowledge, case: Case) -> tuple[Answers, Answers]:
    """Return the answers of a case that a knowledge base knows, and those and parts of lists that it does not.

    On a day that it does not cover no answer is to blame, and all are known.
    """
    reader = CaseReader(knowledge.library, knowledge.rulebase)
    known: dict[str, Answer] = {}
    dropped: dict[str, Answer] = {}
    if not _accepted(reader, case, {}):
        return case.answers, {}
    for name, answer in case.answers.items():
        if _accepted(reader, case, {name: answer}):
            known[name] = answer
            continue
        options = knowledge.library.questions[name].option_ids if name in knowledge.library.questions else ()
        kept = tuple(part for part in answer if part in options) if isinstance(answer, tuple) else ()
        dropped[name] = answer
        if isinstance(answer, tuple) and kept and _accepted(reader, case, {name: kept}):
            # The rest of a list is as true as it was; an empty rest would say that nothing was chosen.
            known[name], dropped[name] = kept, tuple(part for part in answer if part not in options)
    return known, dropped


def case_data(case: Case, answers: Answers) -> dict[str, Any]:
    """Return a case with other answers as an answers file has it."""
    return {"as_of": case.as_of, "title": case.title, "answers": answers_data(answers)}


def _accepted(reader: CaseReader, case: Case, answers: Answers) -> bool:
    try:
        reader.data(case_data(case, answers))
    except ContradictionError:
        return True
    except AnswersError:
        return False
    return True
