"""`advisor replay`: a receipt held against today's knowledge."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from advisor.commands.common import DONE, NEGATIVE, knowledge_of
from advisor.knowledge.document import MAX_BYTES
from advisor.output import opened
from advisor.problem import AnswersError, Problem, place_of
from advisor.receipt.receipt_reader import read_receipt
from advisor.receipt.replay import replay
from advisor.receipt.replay_data import replay_data
from advisor.report.replay_report import write_replay
from advisor.text import Language


def run(arguments: argparse.Namespace, language: Language) -> int:
    """Write what became of the advice; the status is 0 where all that it says, and every firing, is the same."""
    raw = _content(arguments.file)
    knowledge = knowledge_of(arguments)
    receipt = read_receipt(raw, arguments.file, knowledge.library.manifest.covered_from)
    found = replay(knowledge, receipt)
    with opened(None) as stream:
        if arguments.format == "json":
            json.dump(replay_data(found, language), stream, ensure_ascii=False, indent=2)
            stream.write("\n")
        else:
            write_replay(knowledge, found, language, stream)
    return NEGATIVE if found.differs else DONE


def _content(path: Path) -> bytes:
    """Return what stands in the file; never much more than a receipt may have. Raises `AnswersError`."""
    try:
        if path.is_dir():
            raise AnswersError([Problem(place_of(path), "file.is_folder")])
        with path.open("rb") as stream:
            return stream.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise AnswersError([Problem(place_of(path), "file.unreadable", {"reason": reason})]) from error
