"""`advisor schema`: JSON Schemas of the files that people write, for their editors."""

from __future__ import annotations

import argparse
from pathlib import Path

from advisor.commands.common import DONE
from advisor.folders import built_in
from advisor.knowledge.library import Library
from advisor.knowledge.library_reader import LibraryReader
from advisor.output import opened, writing_to
from advisor.problem import KnowledgeError
from advisor.schema.schema_file import schema_files
from advisor.snapshot import read_together
from advisor.text import Language


def run(arguments: argparse.Namespace, language: Language) -> int:
    """Write one schema for each kind of file into the folder, which is made where it is not there."""
    library = _library(arguments.kbase or built_in("kbase"))
    folder: Path = arguments.output
    with writing_to(folder):
        folder.mkdir(parents=True, exist_ok=True)
    for file in schema_files(library):
        with opened(folder / file.name) as stream:
            stream.write(file.text)
    return DONE


def _library(kbase: Path) -> Library:
    """Read kbase/ alone, so that a rule that is still wrong does not keep its editor from knowing the words.

    Raises `KnowledgeError` where kbase/ itself is wrong.
    """
    reader = LibraryReader(*read_together(kbase))
    library = reader.read()
    if library is None or reader.problems:
        raise KnowledgeError(reader.problems)
    return library
