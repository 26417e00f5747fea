"""Writes the approved texts of explanations: python tests/snapshots.py

One text of each kind for each case of the study, in both languages. Whoever writes them anew reads what changed.
"""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from advisor.explain.compare import compare
from advisor.explain.how import how
from advisor.explain.minimal_changes import minimal_changes
from advisor.explain.target import read_target
from advisor.explain.what_if import read_changes, what_if
from advisor.explain.why_not import why_not
from advisor.inference.case import Case, CaseReader
from advisor.knowledge_base import Knowledge
from advisor.loading import load_knowledge
from advisor.papers.document import Document
from advisor.papers.text_writer import write_text
from advisor.report.compare_report import comparison_report
from advisor.report.how_report import how_report
from advisor.report.minimal_changes_report import minimal_changes_report
from advisor.report.what_if_report import what_if_report
from advisor.report.why_not_report import why_not_report
from advisor.text import LANGUAGES, Language

FOLDER: Final = Path(__file__).resolve().parent / "snapshots"
WIDTH: Final = 100

# What is asked about each case: a conclusion, a value that did not come out, other answers, a value to reach.
ASKED: Final = {
    "barlingmascakeb": ("institutional_form", "institutional_form=joint_secretariat", "cost_sharing=formula_agreed",
                        "institutional_form=joint_secretariat"),
    "kartamantul": ("funding_scheme", "institutional_form=cooperation_body", "cost_sharing=not_agreed",
                    "institutional_form=cooperation_body"),
    "kedungsepur": ("operator", "funding_scheme=routine_dues", "burdens_budget=yes",
                    "funding_scheme=cost_sharing_formula"),
    "kunci-bersama": ("kinds", "kinds=inter_regional_mandatory", "coordination=high",
                      "institutional_form=coordination_team"),
    "wonosobo": ("institutional_form", "dprd_approval=required", "uses_regional_assets=yes",
                 "institutional_form=coordination_team"),
}  # fmt: skip


def study_case(knowledge: Knowledge, name: str) -> Case:
    """Return a case of the study as an answers file would give it."""
    case = knowledge.library.cases[name]
    answers = {q: list(a) if isinstance(a, tuple) else a for q, a in case.answers.items()}
    data = {"as_of": case.as_of, "title": case.name, "answers": answers}
    return CaseReader(knowledge.library, knowledge.rulebase).data(data)


def texts(knowledge: Knowledge) -> Iterator[tuple[str, str]]:
    """Yield the name of each approved text, and what the program writes now."""
    for language in LANGUAGES:
        for name, asked in ASKED.items():
            for kind, report in _reports(knowledge, study_case(knowledge, name), asked, language).items():
                yield f"{name}.{kind}.{language}.txt", _written(report)
        cases = [study_case(knowledge, name) for name in ASKED]
        for one, other in zip(cases, [*cases[1:], cases[0]], strict=True):
            told = compare(knowledge, [one, other], [one.title, other.title])
            name = f"{one.title.lower().replace(' ', '-')}.compare.{language}.txt"
            yield name, _written(comparison_report(knowledge, told, language))


def _reports(
    knowledge: Knowledge, case: Case, asked: tuple[str, str, str, str], language: Language
) -> dict[str, Document]:
    conclusion, missing, change, target = asked
    library = knowledge.library
    told = how(knowledge, case, conclusion)
    excluded = why_not(knowledge, case, read_target(missing, library))
    tried = what_if(knowledge, case, read_changes([change], knowledge))
    found = minimal_changes(knowledge, case, read_target(target, library))
    return {
        "how": how_report(knowledge, case, told, language),
        "why-not": why_not_report(knowledge, case, excluded, language),
        "what-if": what_if_report(knowledge, case, tried, language),
        "reach": minimal_changes_report(knowledge, case, found, language),
    }


def _written(report: Document) -> str:
    """Return a report as text, without the digest of the knowledge, which every edit changes."""
    stream = io.StringIO()
    write_text(report, stream, WIDTH)
    return re.sub(r"(sidik|digest) [0-9a-f]{12}", r"\1 …", stream.getvalue())


def main() -> int:
    """Write all of them."""
    FOLDER.mkdir(exist_ok=True)
    for name, text in texts(load_knowledge()):
        (FOLDER / name).write_text(text, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
