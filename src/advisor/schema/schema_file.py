"""The schema files: one for each kind of file that people write, and one with the words that they share."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from advisor.escaping import json_escaped
from advisor.knowledge.case import RegistryFile, StudyCase
from advisor.knowledge.draft import BlankFile, DraftFile
from advisor.knowledge.exception import ExceptionFile
from advisor.knowledge.fact import ConclusionFile, FactFile, Manifest
from advisor.knowledge.instrument import InstrumentFile
from advisor.knowledge.library import Library
from advisor.knowledge.page_profile import PageFile
from advisor.knowledge.question import GroupFile, QuestionFile
from advisor.knowledge.roles import Roles
from advisor.knowledge.rule import ContradictionFile, DecisionFile
from advisor.knowledge.term import DoubtFile, FactorFile, GlossaryFile, StepFile, TermFile
from advisor.knowledge.timetable import HolidayFile, TimetableFile
from advisor.schema.condition_schema import condition_defs
from advisor.schema.dependence import dependences_of
from advisor.schema.node import DRAFT, VOCABULARY, Node
from advisor.schema.scenario_schema import SCENARIOS, scenario_schema
from advisor.schema.shape_schema import Refinement, shape_schema
from advisor.schema.vocabulary_schema import vocabulary_defs

SHAPES: dict[str, type[Any]] = {
    "kbase/knowledge.yaml": Manifest,
    "kbase/groups.yaml": GroupFile,
    "kbase/facts.yaml": FactFile,
    "kbase/conclusions.yaml": ConclusionFile,
    "kbase/roles.yaml": Roles,
    "kbase/questions/*.yaml": QuestionFile,
    "kbase/instruments/*.yaml": InstrumentFile,
    "kbase/terms/*.yaml": TermFile,
    "kbase/factors.yaml": FactorFile,
    "kbase/steps.yaml": StepFile,
    "kbase/glossary.yaml": GlossaryFile,
    "kbase/doubts.yaml": DoubtFile,
    "kbase/cases/*.yaml": StudyCase,
    "kbase/registry.yaml": RegistryFile,
    "kbase/blanks.yaml": BlankFile,
    "kbase/drafts/*.yaml": DraftFile,
    "kbase/exceptions.yaml": ExceptionFile,
    "kbase/timetable.yaml": TimetableFile,
    "kbase/holidays.yaml": HolidayFile,
    "kbase/papers.yaml": PageFile,
    "rules/*.yaml": DecisionFile,
    "rules/contradictions.yaml": ContradictionFile,
}
"""Which files have which shape."""


@dataclass(frozen=True)
class SchemaFile:
    """One schema: the name of its file and what stands in it."""

    name: str
    content: Node

    @property
    def text(self) -> str:
        """The content as JSON, always written the same way."""
        return json_escaped(json.dumps(_sorted(self.content), indent=2, ensure_ascii=False)) + "\n"


def schema_files(library: Library) -> Iterator[SchemaFile]:
    """Yield the schemas of all kinds of files, with the words of `library` in them."""
    yield SchemaFile(VOCABULARY, {"$schema": DRAFT, "title": "Vocabulary", "$defs": _shared(library)})
    refinement = Refinement(dependences_of(library))
    for files, shape in SHAPES.items():
        schema = shape_schema(shape, refinement)
        yield SchemaFile(name_of(files), {**schema, "$schema": DRAFT, "title": files})
    scenarios = {**scenario_schema(library), "$schema": DRAFT, "title": SCENARIOS}
    yield SchemaFile(name_of(SCENARIOS), scenarios)


def name_of(files: str) -> str:
    """Return the name of the schema for some files: `instruments.schema.json` for kbase/instruments/*.yaml."""
    stem = files.removesuffix("/*.yaml").removesuffix(".yaml").rpartition("/")[2]
    return f"{stem}.schema.json"


def _shared(library: Library) -> dict[str, Node]:
    return vocabulary_defs(library) | condition_defs(library)


def _sorted(node: Any, keep: bool = False) -> Any:
    """Return a node with its keys sorted, but for the names of properties: editors offer them in their order."""
    if isinstance(node, list):
        return [_sorted(item) for item in node]
    if not isinstance(node, dict):
        return node
    keys = list(node) if keep else sorted(node)
    return {key: _sorted(node[key], keep=key == "properties" and not keep) for key in keys}
