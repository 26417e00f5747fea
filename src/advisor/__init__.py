"""Penasihat Kerja Sama: an expert system for cooperation between Indonesian regions.

from advisor import load_knowledge, advise
advice = advise(load_knowledge(), {"as_of": "2024-05-31", "answers": {"initiator": "city"}})
print(advice.conclusions["dprd_approval"].possible)
"""

from __future__ import annotations

from advisor.advice.advice import Advice, Conclusion
from advisor.advice.advising import advise
from advisor.advice.as_data import advice_data
from advisor.knowledge_base import Knowledge, load_knowledge
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
    "load_knowledge",
]
