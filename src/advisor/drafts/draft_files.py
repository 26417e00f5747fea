"""The drafts that a case calls for, as files in a folder."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from advisor.advice.advice import Advice
from advisor.catalogue import say
from advisor.drafts.draft import Draft, drafts_for
from advisor.drafts.drafting import draft_document, missing_in
from advisor.inference.case import Case
from advisor.knowledge_base import Knowledge
from advisor.output import writing_to
from advisor.papers.formats import write_document
from advisor.problem import UsageError
from advisor.report.wording import Wording
from advisor.text import Language, Text


@dataclass(frozen=True, slots=True)
class WrittenDraft:
    """A draft that was written: where, what it is called, and what it still lacks."""

    path: Path
    name: Text
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WrittenDrafts:
    """What was written, and the documents that were not: they hang on open answers, or no draft of them is known.

    `inadmissible` says that there is nothing to draft because the cooperation cannot go ahead.
    """

    written: tuple[WrittenDraft, ...]
    waiting: tuple[Text, ...]
    not_drafted: tuple[Text, ...]
    inadmissible: bool


def write_drafts(
    knowledge: Knowledge, case: Case, advice: Advice, language: Language, folder: Path
) -> WrittenDrafts:
    """Write one file for each draft into a folder, which is made where there is something to write.

    Raises `UsageError` where one of the files is there already, `CannotWriteError` where one cannot be written.
    """
    drafts = drafts_for(knowledge, case, advice)
    paths = [folder / f"{draft.stem}.docx" for draft in drafts]
    for path in paths:
        if path.exists() or path.is_symlink():
            raise UsageError(say("draft.exists", language, file=path))
    if drafts:
        with writing_to(folder):
            folder.mkdir(parents=True, exist_ok=True)
    written = []
    for draft, path in zip(drafts, paths, strict=True):
        document = draft_document(knowledge, case, advice, draft, language)
        write_document(document, "docx", path)
        written.append(WrittenDraft(path, draft.name, tuple(missing_in(document))))
    return WrittenDrafts(tuple(written), *_left_out(knowledge, advice, drafts))


def _left_out(
    knowledge: Knowledge, advice: Advice, drafts: tuple[Draft, ...]
) -> tuple[tuple[Text, ...], tuple[Text, ...], bool]:
    library = knowledge.library
    written = {draft.drafted.of for draft in drafts}
    known = {drafted.of for file in library.drafts for drafted in file.documents}
    waiting = tuple(d.label for d in advice.documents if d.id in known - written and not d.certain)
    others = tuple(d.label for d in advice.documents if d.id not in known and d.certain)
    return waiting, others, advice.conclusions[library.roles.gate].value is False


def told_of_drafts(files: WrittenDrafts, wording: Wording) -> Iterator[str]:
    """Yield the lines that say what was written and what still lacks, and what was not drafted and why."""
    say = wording.say
    for file in files.written:
        yield say("draft.written", file=file.path, name=file.name)
        told = {"count": len(file.missing), "labels": "; ".join(file.missing)}
        yield say("draft.missing", **told) if file.missing else say("draft.complete")
    if not files.written:
        yield say("draft.inadmissible" if files.inadmissible else "draft.none")
    for key, texts in (("draft.waiting", files.waiting), ("draft.not_drafted", files.not_drafted)):
        if texts:
            yield say(key, names="; ".join(map(wording.text, texts)))
