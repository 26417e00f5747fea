"""Answers as codes: those of the study's cases, and no more of them than prove something."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from advisor.inference.case import CaseReader
from advisor.inference.domain import Code
from advisor.knowledge_base import Knowledge
from advisor.understanding.reading import Answer

Codes = Mapping[str, Code]
"""Answers: question -> code."""


def fewest(codes: Codes, enough: Callable[[Codes], bool]) -> dict[str, Code]:
    """Return answers of which none can be left out without their not being `enough` any more.

    All of `codes` must be; the last questions are the first to be left out.
    """
    kept = dict(codes)
    for question in reversed(list(codes)):
        fewer = {name: code for name, code in kept.items() if name != question}
        if enough(fewer):
            kept = fewer
    return kept


def case_codes(knowledge: Knowledge) -> dict[str, Codes]:
    """Return the answers of each case of the study, by its id."""
    reader = CaseReader(knowledge.library, knowledge.rulebase)
    return {
        name: reader.data({"as_of": case.as_of, "answers": answers_data(case.answers)}).codes
        for name, case in knowledge.library.cases.items()
    }


def answers_data(answers: Mapping[str, Answer]) -> dict[str, Any]:
    """Return answers as an answers file has them."""
    return {name: list(answer) if isinstance(answer, tuple) else answer for name, answer in answers.items()}
