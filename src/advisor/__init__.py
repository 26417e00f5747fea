"""Penasihat Kerja Sama: an expert system for cooperation between Indonesian regions.

from advisor import load_knowledge, advise
advice = advise(load_knowledge(), {"as_of": "2024-05-31", "answers": {"initiator": "city"}})
print(advice.conclusions["dprd_approval"].possible)
"""

from __future__ import annotations

# Nothing is imported that is not used: `typing` alone would keep Ctrl+C from the program's hands for a while.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from advisor.advice.advice import Advice, Conclusion
    from advisor.advice.advising import advise
    from advisor.advice.as_data import advice_data
    from advisor.batch.bulk import conclude_many
    from advisor.knowledge_base import Knowledge
    from advisor.loading import load_knowledge
    from advisor.problem import AnswersError, ContradictionError, InputError, KnowledgeError

__all__ = [
    "Advice",
    "AnswersError",
    "Conclusion",
    "ContradictionError",
    "InputError",
    "Knowledge",
    "KnowledgeError",
    "advice_data",
    "advise",
    "conclude_many",
    "load_knowledge",
]

# Names are looked up when they are used, so that the command line need not load everything to start.
_HOMES = {
    "Advice": "advisor.advice.advice",
    "Conclusion": "advisor.advice.advice",
    "advise": "advisor.advice.advising",
    "advice_data": "advisor.advice.as_data",
    "conclude_many": "advisor.batch.bulk",
    "Knowledge": "advisor.knowledge_base",
    "load_knowledge": "advisor.loading",
    "AnswersError": "advisor.problem",
    "ContradictionError": "advisor.problem",
    "InputError": "advisor.problem",
    "KnowledgeError": "advisor.problem",
}


def __getattr__(name: str) -> Any:
    from importlib import import_module

    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
