"""The answers of the study's cases, as codes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from advisor.inference.case import CaseReader
from advisor.knowledge_base import Knowledge
from advisor.verify.proof.answers import Codes


def case_codes(knowledge: Knowledge) -> dict[str, Codes]:
    """Return the answers of each case of the study: question -> code."""
    reader = CaseReader(knowledge.library, knowledge.rulebase)
    return {
        name: reader.data({"as_of": case.as_of, "answers": _listed(case.answers)}).codes
        for name, case in knowledge.library.cases.items()
    }


def _listed(answers: Mapping[str, Any]) -> dict[str, Any]:
    """Return answers as an answers file has them."""
    return {name: list(answer) if isinstance(answer, tuple) else answer for name, answer in answers.items()}
