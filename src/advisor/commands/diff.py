"""`advisor diff`: what two knowledge bases conclude differently."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from advisor.catalogue import say
from advisor.commands.common import DONE, NEGATIVE, format_of, knowledge_of, refuse_beside, write_result
from advisor.folders import built_in
from advisor.knowledge_base import Knowledge
from advisor.knowledge_cache import kept_knowledge
from advisor.plain_data import plain
from advisor.problem import InputError, UsageError
from advisor.report.difference_report import difference_report
from advisor.scenario.scenario import Scenario
from advisor.scenario.scenario_reader import read_scenarios
from advisor.text import Language
from advisor.verify.difference.content import content_changes
from advisor.verify.difference.difference import difference_of
from advisor.verify.difference.flips import flips_of

SCHEMA: Final = "difference/1"


def run(arguments: argparse.Namespace, language: Language) -> int:
    """Write the difference; the status is 1 where anything is concluded or said differently or a scenario flips.

    Raises `KnowledgeError` where one of the two cannot be loaded, and `UsageError` where one of them does not know
    the words of a scenario or where other knowledge is named twice.
    """
    if arguments.new is not None:
        given = {"--kbase": arguments.kbase, "--rules": arguments.rules}
        refuse_beside(say("cli.place.new", language), given, language)
    format_of(arguments, language)  # what cannot be written is refused before the work
    old = _in_folder(arguments.old)
    new = _in_folder(arguments.new) if arguments.new is not None else knowledge_of(arguments)
    paths = arguments.scenarios or [built_in("scenarios")]
    for_old = _scenarios(old, paths, say("difference.old_cannot_read", language), language)
    for_new = for_old
    if old.digest != new.digest:
        for_new = _scenarios(new, paths, say("difference.new_cannot_read", language), language)
    flips = flips_of(old, new, for_old, for_new)
    found = difference_of(old, new)
    said = content_changes(old, new, for_old, for_new)

    def data() -> dict[str, Any]:
        told = {"content": plain(said, language), "scenarios": plain(flips, language)}
        return {"schema": SCHEMA, **plain(found, language), **told}

    write_result(arguments, language, lambda: difference_report(old, new, found, said, flips, language), data)
    return NEGATIVE if found.differs or said or flips.flips else DONE


def _scenarios(
    knowledge: Knowledge, paths: Sequence[Path], complaint: str, language: Language
) -> tuple[Scenario, ...]:
    try:
        return read_scenarios(knowledge, paths)
    except InputError as error:
        raise UsageError(f"{complaint}\n{error.in_language(language)}") from error


def _in_folder(folder: Path) -> Knowledge:
    return kept_knowledge(folder / "kbase", folder / "rules")
