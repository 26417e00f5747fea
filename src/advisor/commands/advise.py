"""`advisor advise`: the advice for an answers file."""

from __future__ import annotations

import argparse
from pathlib import Path

from advisor.advice.advice import Advice
from advisor.advice.advising import advise
from advisor.advice.as_data import advice_data
from advisor.catalogue import say
from advisor.commands.common import DONE, case_of, format_of, hint_at, knowledge_of, refuse_same_file
from advisor.folders import built_in
from advisor.inference.case import Case
from advisor.knowledge.library import Library
from advisor.knowledge.page_profile import PageProfile
from advisor.knowledge_base import Knowledge
from advisor.output import opened
from advisor.papers.formats import JSON
from advisor.papers.letterhead import refuse_unusable
from advisor.paths import resolved
from advisor.problem import UsageError
from advisor.report.advice_formats import ENDINGS, Layout, write_advice
from advisor.text import Language


def run(arguments: argparse.Namespace, language: Language) -> int:
    """Write the advice as a report or as JSON, and its receipt where that is asked for."""
    form = format_of(arguments, language, tuple(ENDINGS))
    _refuse_look(arguments, form, language)
    knowledge = knowledge_of(arguments)
    layout = Layout(
        arguments.full, arguments.memo, arguments.template, _page(arguments, knowledge.library, language)
    )
    case = case_of(arguments, knowledge)
    refuse_same_file(arguments.file, arguments.output, language)
    refuse_same_file(arguments.file, arguments.receipt, language)
    _refuse_one_place(arguments.output, arguments.receipt, language)
    advice = advise(knowledge, case)
    if arguments.receipt is not None:
        # First, so that nobody reads an advice whose receipt could not be written.
        _write_receipt(knowledge, case, advice, arguments, language)
    write_advice(knowledge, advice, language, form, arguments.output, layout)
    return DONE


def _refuse_look(arguments: argparse.Namespace, form: str, language: Language) -> None:
    """Raise `UsageError` where a look is asked for that the format does not have, or that no template can give."""
    for name in ("template", "paper"):
        if getattr(arguments, name) is not None and form != "docx":
            raise UsageError(say("cli.only_for_docx", language, option=f"--{name}"))
    if arguments.memo and form == JSON:
        reason = say("cli.not_together", language, name="--memo", other=f"--format {JSON}")
        raise UsageError(say("cli.usage_error", language, reason=reason))
    if arguments.template is not None:
        refuse_unusable(arguments.template, language)


def _page(arguments: argparse.Namespace, library: Library, language: Language) -> PageProfile | None:
    """Return the profile of pages that `--paper` names. Raises `UsageError` where there is none of that name."""
    if arguments.paper is None:
        return None
    profiles = {profile.id: profile for profile in library.pages}
    if arguments.paper.lower() not in profiles:
        near, known = hint_at(arguments.paper.lower(), profiles, language), ", ".join(profiles)
        raise UsageError(say("cli.unknown_paper", language, name=arguments.paper, near=near, known=known))
    return profiles[arguments.paper.lower()]


def _write_receipt(
    knowledge: Knowledge, case: Case, advice: Advice, arguments: argparse.Namespace, language: Language
) -> None:
    # Imported late: an advice without a receipt needs none of it.
    from advisor.receipt.receipt import receipt_text

    folders = (arguments.kbase or built_in("kbase"), arguments.rules or built_in("rules"))
    text = receipt_text(knowledge, case, advice_data(advice, language), language, folders)
    with opened(arguments.receipt) as stream:
        stream.write(text)


def _refuse_one_place(output: Path | None, receipt: Path | None, language: Language) -> None:
    """Raise `UsageError` where the advice and its receipt would go to the same file, or both to the screen."""
    if receipt is None:
        return
    shown, sealed = (str(path or "-") for path in (output, receipt))
    if shown == sealed or ("-" not in (shown, sealed) and resolved(shown) == resolved(sealed)):
        raise UsageError(say("receipt.same_output", language, file=receipt))
