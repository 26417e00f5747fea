"""Loading the knowledge, sooner where it was loaded before."""

from __future__ import annotations

import contextlib
import gc
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import orjson

from advisor.cache import Cache
from advisor.data_tables import from_tables, to_tables
from advisor.folders import PACKAGE, knowledge_folders
from advisor.inference.day import Day
from advisor.inference.program import Program
from advisor.inference.rulebase import RuleBase
from advisor.knowledge.library import Library
from advisor.knowledge_base import Knowledge
from advisor.problem import place_of
from advisor.snapshot import Snapshot, digest_of, read_together


@dataclass(frozen=True)
class KeptKnowledge:
    """Knowledge as it is kept: with the rule base of the day of keeping, on which most questions will be asked.

    That shares nearly all of its formulas with the knowledge, so reading it back takes less than a millisecond;
    working it out takes seven.
    """

    library: Library
    rulebase: RuleBase
    in_force: frozenset[str]
    program: Program

    @classmethod
    def of(cls, knowledge: Knowledge, day: date) -> KeptKnowledge:
        """Return `knowledge` with the rule base of `day`."""
        return cls(knowledge.library, knowledge.rulebase, knowledge.in_force(day), knowledge.on(day).program)

    def restored(self, digest: str) -> Knowledge:
        """Return the knowledge, which has this digest, with the rule base of that day at hand."""
        return Knowledge(self.library, self.rulebase, digest).with_day(self.in_force, Day(self.program))


def kept_knowledge(
    kbase: Path | str | None = None, rules: Path | str | None = None, cache: Cache | None = None
) -> Knowledge:
    """Return what `load_knowledge` returns for the same folders.

    Every file is read once: what is kept is found by a digest of the very bytes that would be parsed. Raises
    `KnowledgeError` like `load_knowledge`; knowledge with findings is never kept.
    """
    sources = read_together(*knowledge_folders(kbase, rules))
    if any(source.unreadable for source in sources):
        return _loaded(*sources)  # which says of every file what is wrong with it
    cache = cache or Cache()
    digest = digest_of(sources)
    # The places count because findings and sources name files as they are found from the working directory.
    key = _key(_code(), digest, *(place_of(source.folder) for source in sources))
    found = _restored(cache.get(key), digest)
    if found is None:
        found = _loaded(*sources)
        # What has no place in a table, or is nested too deeply, is loaded every time.
        with contextlib.suppress(TypeError, RecursionError), _no_collection():
            cache.put(key, orjson.dumps(to_tables(KeptKnowledge.of(found, date.today()))))
    return found


def _loaded(kbase: Snapshot, rules: Snapshot) -> Knowledge:
    # Imported late: validating takes a library that is not needed where the knowledge was kept.
    from advisor.loading import knowledge_in

    return knowledge_in(kbase, rules)


def _restored(content: bytes | None, digest: str) -> Knowledge | None:
    """Return the knowledge that was kept; None where there is none, or none that can be used."""
    if content is None:
        return None
    try:
        with _no_collection():
            found: Any = from_tables(orjson.loads(content))
    except (AttributeError, LookupError, TypeError, ValueError):
        return None
    return found.restored(digest) if isinstance(found, KeptKnowledge) else None


def _key(*follows_from: object) -> str:
    return hashlib.sha256("\0".join(map(str, follows_from)).encode()).hexdigest()[:32]


@cache
def _code() -> str:
    """Return a digest of the program's own files, which say what shape things have.

    Their sizes and times stand for what is in them: reading them all takes as long as reading back what was kept.
    """
    found = hashlib.sha256()
    for path in sorted(PACKAGE.rglob("*.py")):
        state = path.stat()
        line = f"{path}\0{state.st_size}\0{state.st_mtime_ns}\0{state.st_ctime_ns}\0"
        found.update(line.encode("utf-8", "surrogatepass"))
    return found.hexdigest()


@contextlib.contextmanager
def _no_collection() -> Iterator[None]:
    """Look for no garbage meanwhile: of many new things none is, and looking takes a third of the time."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()
