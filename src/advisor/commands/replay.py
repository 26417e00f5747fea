"""`advisor replay`: a receipt advised anew, from the knowledge in it and from the knowledge at hand."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any, Final

from advisor.commands.common import DONE, NEGATIVE, format_of, knowledge_of, write_result
from advisor.folders import content_of
from advisor.plain_data import plain
from advisor.receipt.receipt_reader import MOST_BYTES, bundled_knowledge, read_receipt
from advisor.receipt.replay import replay
from advisor.report.replay_report import replay_report
from advisor.text import Language

SCHEMA: Final = "replay/2"


def run(arguments: argparse.Namespace, language: Language) -> int:
    """Write what became of the advice; the status is 0 where this program and this knowledge say the same.

    Raises `InputError` where the receipt cannot be used, and `KnowledgeError` where the knowledge at hand cannot.
    """
    format_of(arguments, language)  # what cannot be written is refused before the work
    path: Path = arguments.file
    receipt = read_receipt(content_of(path, MOST_BYTES + 1, pipes=True), path)
    at_hand = knowledge_of(arguments)
    bundled = bundled_knowledge(receipt, path, at_hand)
    found = replay(receipt, bundled, at_hand, path)

    def data() -> dict[str, Any]:
        refused = [problem.sentence(language) for problem in found.refused]
        return {"schema": SCHEMA, "verdict": found.verdict, "refused": refused, **plain(found, language)}

    write_result(arguments, language, lambda: replay_report(found, bundled, at_hand, language), data)
    return NEGATIVE if found.differs else DONE
