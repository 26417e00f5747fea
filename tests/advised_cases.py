"""The cases on which every kind of paper is tried: those of the study, real ones, extreme ones, and drawn ones."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, Final

from advisor.inference.case import Case, CaseReader
from advisor.knowledge_base import Knowledge
from advisor.scenario.scenario_reader import read_scenarios
from drawn_cases import drawn_cases

REAL: Final = Path(__file__).parent / "scenarios" / "real.yaml"
LONG: Final = "Kerja Sama Pengelolaan dan Pengembangan Infrastruktur Persampahan Terpadu Lintas Wilayah "
PARTY: Final = "Pemerintah Kabupaten dengan Nama yang Panjang Sekali Nomor "

EXTREME: Final[dict[str, dict[str, Any]]] = {
    "nothing answered": {"as_of": date(2026, 11, 24), "answers": {}},
    "nothing answered under GR 50/2007": {"as_of": date(2010, 1, 1), "answers": {}},
    "all don't know": {"as_of": date(2026, 11, 24), "answers": {"initiator": "unknown", "sector": "unknown"}},
    "long names": {
        "as_of": date(2027, 5, 1),
        "title": LONG * 40,
        "parties": [
            {"name": PARTY + str(n), "office": "Bupati", "signatory": "Nama yang Panjang"} for n in range(10)
        ],
        "answers": {"initiator": "regency", "counterparts": ["regency_city_same_province"], "region_count": 10},
    },
    "inadmissible": {
        "as_of": date(2026, 11, 24),
        "answers": {
            "initiator": "city",
            "counterparts": ["regency_city_same_province"],
            "region_count": 2,
            "lawful_object": "no",
            "within_authority": "no",
            "in_development_plan": "no",
            "plan_exceptions": [],
        },
    },
    "two articles conflict": {
        "as_of": date(2013, 6, 1),
        "answers": {
            "counterparts": ["regency_city_same_province"],
            "region_count": 2,
            "within_authority": "yes",
            "lawful_object": "yes",
            "burdens_budget": "no",
            "uses_regional_assets": "yes",
            "within_agency_duties": "yes",
        },
    },
    "abroad": {
        "as_of": date(2026, 11, 24),
        "answers": {
            "initiator": "city",
            "counterparts": ["foreign_government"],
            "activities": ["train_staff", "exchange_information"],
            "foreign_conditions_met": "yes",
            "within_authority": "yes",
            "lawful_object": "yes",
            "in_development_plan": "yes",
        },
    },
    "with a ministry": {
        "as_of": date(2026, 11, 24),
        "answers": {
            "initiator": "province",
            "counterparts": ["ministry_agency"],
            "activities": ["plan_jointly"],
            "within_authority": "yes",
            "lawful_object": "yes",
        },
    },
}
"""Answers at the edges of what a paper has to hold."""


def study_cases(knowledge: Knowledge) -> Iterator[tuple[str, Case]]:
    """Yield the cases of the study under their names, with their members as parties."""
    reader = CaseReader(knowledge.library, knowledge.rulebase)
    for name, case in knowledge.library.cases.items():
        answers = {q: list(v) if isinstance(v, tuple) else v for q, v in case.answers.items()}
        parties = [{"name": member.name} for member in case.members]
        data = {"as_of": case.as_of, "title": case.name, "parties": parties, "answers": answers}
        yield name, reader.data(data)


def real_cases(knowledge: Knowledge) -> Iterator[tuple[str, Case]]:
    """Yield the real cooperations of tests/scenarios/real.yaml whose answers are accepted."""
    reader = CaseReader(knowledge.library, knowledge.rulebase)
    for scenario in read_scenarios(knowledge, [REAL]):
        if scenario.refused is None:
            yield scenario.id, reader.data(scenario.data)


def extreme_cases(knowledge: Knowledge) -> Iterator[tuple[str, Case]]:
    """Yield the cases at the edges."""
    reader = CaseReader(knowledge.library, knowledge.rulebase)
    for name, data in EXTREME.items():
        yield name, reader.data(data)


def drawn(knowledge: Knowledge, count: int, seed: int) -> Iterator[tuple[str, Case]]:
    """Yield drawn cases under numbers."""
    for number, case in enumerate(drawn_cases(knowledge, count, seed)):
        yield f"drawn {seed}.{number}", case
