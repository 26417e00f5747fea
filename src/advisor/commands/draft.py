"""`advisor draft`: the drafts of the papers that the advice on an answers file calls for."""

from __future__ import annotations

import argparse

from advisor.advice.advising import advise
from advisor.commands.common import DONE, case_of, knowledge_of
from advisor.drafts.draft_files import told_of_drafts, write_drafts
from advisor.output import opened
from advisor.report.wording import Wording
from advisor.text import Language


def run(arguments: argparse.Namespace, language: Language) -> int:
    """Write one file for each draft, and say what it still lacks. Raises `UsageError` where one is there."""
    knowledge = knowledge_of(arguments)
    case = case_of(arguments, knowledge)
    files = write_drafts(knowledge, case, advise(knowledge, case), language, arguments.output)
    with opened(None) as stream:
        for line in told_of_drafts(files, Wording(knowledge.library, language)):
            stream.write(f"{line}\n")
    return DONE
