"""Gaps: conclusions to which a knowledge gives no value, as a rule that was changed may leave them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from advisor.advice.conclusions import era_of
from advisor.inference.case import Case
from advisor.knowledge_base import Knowledge


def gaps(knowledge: Knowledge, case: Case) -> tuple[str, ...]:
    """Return the facts of exactly one value that have none in some admissible completion of a case.

    Such knowledge can give no advice on the case. The era counts among them, and what is shown for comparison.
    """
    manifest = knowledge.library.manifest
    constants = knowledge.on(case.as_of).program.constants
    if not any(constants.get((manifest.era, value)) for value in knowledge.library.values(manifest.era)):
        return (manifest.era,)
    found = dict.fromkeys(_gaps(knowledge, case, tuple(knowledge.library.conclusions)))
    era = era_of(knowledge, knowledge.on(case.as_of))
    for regime in manifest.other_regimes:
        if era in regime.eras:
            other = replace(case, as_of=regime.as_of)
            found.update(dict.fromkeys(_gaps(knowledge, other, (manifest.other_regime_conclusion,))))
    return tuple(found)


def _gaps(knowledge: Knowledge, case: Case, names: tuple[str, ...]) -> Iterator[str]:
    library = knowledge.library
    sat = knowledge.on(case.as_of).readers.sat.fresh()
    gate = library.conclusion_file.gate
    for name in names:
        if library.all_facts[name].kind == "one":
            scope = [] if name == gate else [sat.literal((gate, "yes"))]
            none = [-sat.literal((name, value)) for value in library.values(name)]
            if sat.completion(case.codes, [*scope, *none]) is not None:
                yield name
