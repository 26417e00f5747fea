"""Loading the knowledge, sooner where it was loaded before."""

from __future__ import annotations

import marshal
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from advisor.cache import Cache
from advisor.folders import digest_of, knowledge_folders
from advisor.inference.day import Day
from advisor.inference.generated import GeneratedProgram
from advisor.inference.program import Program
from advisor.knowledge_base import Knowledge
from advisor.problem import InputError, place_of


@dataclass(frozen=True)
class KeptKnowledge:
    """Knowledge as it is kept: with the rule base of the day of keeping, on which most questions will be asked.

    It shares nearly all of its formulas with the knowledge, so reading it back takes less than a millisecond;
    building and compiling it takes fifteen. `code` is compiled code, as `marshal` writes it.
    """

    knowledge: Knowledge
    in_force: frozenset[str]
    program: Program
    code: bytes

    @classmethod
    def of(cls, knowledge: Knowledge, day: date) -> KeptKnowledge:
        """Return `knowledge` with the rule base of `day`."""
        rules = knowledge.on(day)
        return cls(knowledge, knowledge.in_force(day), rules.program, marshal.dumps(rules.generated.code))

    def restored(self) -> Knowledge:
        """Return the knowledge, with the rule base of that day at hand."""
        code = marshal.loads(self.code)  # noqa: S302 - from the same file as the pickle around it
        return self.knowledge.with_day(self.in_force, Day(self.program, GeneratedProgram(self.program, code)))


def kept_knowledge(
    kbase: Path | str | None = None, rules: Path | str | None = None, cache: Cache | None = None
) -> Knowledge:
    """Return what `load_knowledge` returns for the same folders.

    Raises `KnowledgeError` like `load_knowledge`; knowledge with findings is never kept.
    """
    kbase_folder, rules_folder = knowledge_folders(kbase, rules)

    def load() -> Knowledge:
        # Imported late: validating takes a library that is not needed where the knowledge was kept.
        from advisor.loading import load_knowledge

        return load_knowledge(kbase_folder, rules_folder)

    def make() -> KeptKnowledge:
        return KeptKnowledge.of(load(), date.today())

    try:
        content = digest_of([kbase_folder, rules_folder])
    except InputError:
        return load()  # which says of every file what is wrong with it
    # The places count because findings and sources name files as they are found from the working directory.
    places = place_of(kbase_folder), place_of(rules_folder)
    return (cache or Cache()).get(KeptKnowledge, make, content, *places).restored()
