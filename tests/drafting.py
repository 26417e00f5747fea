"""Drafts in tests: answers files of each kind and regime, and what their drafts say."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from advisor.advice.advising import advise
from advisor.drafts.draft import Draft, drafts_for
from advisor.drafts.drafting import draft_document
from advisor.inference.case import Case, CaseReader
from advisor.knowledge_base import Knowledge
from advisor.papers.document import Document
from advisor.papers.passages import passages_of, text_of_words

A, B, C = date(2013, 6, 1), date(2016, 6, 1), date(2026, 6, 1)
"""A day under each regime: Law 32/2004 and GR 50/2007, Law 23/2014 and GR 50/2007, Law 23/2014 and GR 28/2018."""

ADMISSIBLE = {
    "sector": "solid_waste",
    "within_authority": True,
    "lawful_object": True,
    "in_development_plan": True,
    "cross_border_effects": True,
    "cheaper_together": True,
    "activities": ["operate_service"],
    "duration": "five_years_or_more",
    "burdens_budget": True,
    "burdens_public": True,
    "budgeted": False,
    "uses_regional_assets": True,
    "within_agency_duties": False,
}
WITH: Mapping[str, Mapping[str, Any]] = {
    "region": {"initiator": "regency", "counterparts": ["regency_city_same_province"], "region_count": 2},
    "other_province": {"initiator": "regency", "counterparts": ["regency_city_other_province"], "region_count": 2},
    "third_party": {"initiator": "city", "counterparts": ["private_company"], "procurement_only": False},
    "ministry": {"initiator": "regency", "counterparts": ["ministry_agency"]},
    "foreign": {"initiator": "city", "counterparts": ["foreign_government"], "foreign_conditions_met": True},
}
"""Who cooperates."""


def case_of(knowledge: Knowledge, day: date, answers: Mapping[str, Any], **more: Any) -> Case:
    """Return the case of some answers on a day."""
    reader = CaseReader(knowledge.library, knowledge.rulebase)
    return reader.data({"as_of": day, "answers": dict(answers), **more})


def drafts_of(knowledge: Knowledge, case: Case) -> list[tuple[Draft, Document]]:
    """Return the drafts of a case as documents."""
    advice = advise(knowledge, case)
    return [
        (draft, draft_document(knowledge, case, advice, draft)) for draft in drafts_for(knowledge, case, advice)
    ]


def lines_of(document: Document) -> list[str]:
    """Return the paragraphs of a draft, each behind its mark."""
    return [" ".join(filter(None, (p.mark, text_of_words(p)))) for p in passages_of(document)]


def text_of(document: Document) -> str:
    """Return the text of a draft, a line for each paragraph."""
    return "\n".join(lines_of(document))
