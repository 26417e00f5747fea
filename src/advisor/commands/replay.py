"""`advisor replay`: a receipt advised anew, from the knowledge in it and from the knowledge at hand."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Final

from advisor.commands.common import DONE, NEGATIVE, knowledge_of, write_json
from advisor.output import opened
from advisor.plain_data import plain
from advisor.problem import AnswersError, Problem, place_of
from advisor.receipt.receipt_reader import MOST_BYTES, bundled_knowledge, read_receipt
from advisor.receipt.replay import replay
from advisor.report.replay_report import write_replay
from advisor.text import Language

SCHEMA: Final = "replay/2"


def run(arguments: argparse.Namespace, language: Language) -> int:
    """Write what became of the advice; the status is 0 where this program and this knowledge say the same.

    Raises `AnswersError` where the receipt cannot be used, and `KnowledgeError` where the knowledge at hand cannot.
    """
    path: Path = arguments.file
    receipt = read_receipt(_content(path), path)
    at_hand = knowledge_of(arguments)
    bundled = bundled_knowledge(receipt, path, at_hand)
    found = replay(receipt, bundled, at_hand, path)
    with opened(None) as stream:
        if arguments.format == "json":
            refused = [problem.sentence(language) for problem in found.refused]
            data = {"schema": SCHEMA, "verdict": found.verdict, "refused": refused, **plain(found, language)}
            write_json(data, stream)
        else:
            write_replay(found, bundled, at_hand, language, stream)
    return NEGATIVE if found.differs else DONE


def _content(path: Path) -> bytes:
    """Return what stands in the file; never much more than a receipt may have. Raises `AnswersError`."""
    try:
        if path.is_dir():
            raise AnswersError([Problem(place_of(path), "file.is_folder")])
        with path.open("rb") as stream:
            return stream.read(MOST_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise AnswersError([Problem(place_of(path), "file.unreadable", {"reason": reason})]) from error
