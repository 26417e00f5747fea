"""Loading the knowledge, sooner where it was loaded before."""

from __future__ import annotations

from pathlib import Path

from advisor.cache import Cache
from advisor.folders import digest_of, knowledge_folders
from advisor.knowledge_base import Knowledge
from advisor.problem import InputError, place_of


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

    try:
        content = digest_of([kbase_folder, rules_folder])
    except InputError:
        return load()  # which says of every file what is wrong with it
    # The places count because findings and sources name files as they are found from the working directory.
    return (cache or Cache()).get(Knowledge, load, content, place_of(kbase_folder), place_of(rules_folder))
