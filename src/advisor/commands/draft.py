"""`advisor draft`: the drafts of the papers that the advice on an answers file calls for."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

from advisor.advice.advice import Advice
from advisor.advice.advising import advise
from advisor.catalogue import say
from advisor.commands.common import DONE, case_of, knowledge_of
from advisor.drafts.draft import Draft, drafts_for
from advisor.drafts.drafting import draft_document, missing_in
from advisor.knowledge.library import Library
from advisor.output import opened, writing_to
from advisor.papers.formats import write_document
from advisor.problem import UsageError
from advisor.report.wording import Wording
from advisor.text import Language


def run(arguments: argparse.Namespace, language: Language) -> int:
    """Write one file for each draft, and say what it still lacks. Raises `UsageError` where one is there."""
    knowledge = knowledge_of(arguments)
    case = case_of(arguments, knowledge)
    advice = advise(knowledge, case)
    folder: Path = arguments.output
    drafts = [(draft, folder / f"{draft.stem}.docx") for draft in drafts_for(knowledge, case, advice)]
    for _, path in drafts:
        if path.exists() or path.is_symlink():
            raise UsageError(say("draft.exists", language, file=path))
    if drafts:
        with writing_to(folder):
            folder.mkdir(parents=True, exist_ok=True)
    lines: list[str] = []
    for draft, path in drafts:
        document = draft_document(knowledge, case, advice, draft, language)
        write_document(document, "docx", path)
        lines.append(say("draft.written", language, file=path, name=draft.name))
        missing = missing_in(document)
        told = {"count": len(missing), "labels": "; ".join(missing)}
        lines.append(say("draft.missing", language, **told) if missing else say("draft.complete", language))
    with opened(None) as stream:
        for line in (*lines, *_left_out(knowledge.library, advice, [draft for draft, _ in drafts], language)):
            stream.write(f"{line}\n")
    return DONE


def _left_out(library: Library, advice: Advice, drafts: list[Draft], language: Language) -> Iterator[str]:
    """Yield what is not drafted, and why."""
    written = {draft.drafted.of for draft in drafts}
    known = {drafted.of for file in library.drafts for drafted in file.documents}
    wording = Wording(library, language)
    waiting = [wording.text(d.label) for d in advice.documents if d.id in known - written and not d.certain]
    others = [wording.text(d.label) for d in advice.documents if d.id not in known and d.certain]
    if not drafts:
        stopped = advice.conclusions[library.roles.gate].value is False
        yield say("draft.inadmissible" if stopped else "draft.none", language)
    for key, names in (("draft.waiting", waiting), ("draft.not_drafted", others)):
        if names:
            yield say(key, language, names="; ".join(names))
