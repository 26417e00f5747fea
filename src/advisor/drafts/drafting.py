"""Writing a draft: its head, its parts and its end as one document."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from advisor.advice.advice import Advice
from advisor.catalogue import say
from advisor.drafts.draft import Draft
from advisor.drafts.filling import DRAFT_LANGUAGE, Filling
from advisor.drafts.frame import Frame
from advisor.drafts.participant import Participant, participants_of
from advisor.drafts.setting import Setting
from advisor.drafts.situation import Situation
from advisor.inference.case import Case
from advisor.knowledge.draft import Drafted
from advisor.knowledge_base import Knowledge
from advisor.papers.document import Block, Document, Grid, Passage
from advisor.papers.passages import places_to_fill
from advisor.papers.pictures import day_text
from advisor.text import Language

LAST: Final = 3
"""How many of the last passages stand on the page of the signatures."""

DIGEST: Final = 12
"""How many signs of the digest of the knowledge are shown."""


def draft_document(
    knowledge: Knowledge, case: Case, advice: Advice, draft: Draft, language: Language = "id"
) -> Document:
    """Return a draft as a document. It is Indonesian; the comments on what is to be filled in are in `language`."""
    situation = Situation(knowledge, case, advice)
    parties = _sides(participants_of(situation.blanks, case), draft.drafted, draft.file.kind)
    filling = Filling(situation, parties, language)
    setting = Setting(situation, filling, draft.file, draft.drafted)
    frame = Frame(filling, draft.drafted)
    blocks = (_notice(knowledge, case), *_blocks(draft, setting, frame))
    return Document(DRAFT_LANGUAGE, blocks, banner=say("draft.banner", DRAFT_LANGUAGE))


def missing_in(document: Document) -> tuple[str, ...]:
    """Return what is still to be filled in, in a word or two, each thing once."""
    return tuple(dict.fromkeys(place.label for place in places_to_fill(document)))


def _notice(knowledge: Knowledge, case: Case) -> Passage:
    told = {"version": knowledge.version, "digest": knowledge.digest[:DIGEST]}
    text = say("draft.notice", DRAFT_LANGUAGE, day=day_text(case.as_of, DRAFT_LANGUAGE), **told)
    return Passage((text,), place="left", look="notice")


def _blocks(draft: Draft, setting: Setting, frame: Frame) -> Iterator[Block]:
    heads = {
        "agreement": (frame.agreement_head, frame.agreement_end),
        "decree": (frame.decree_head, frame.decree_end),
        "letter": (frame.letter_head, frame.single_end),
        "paper": (frame.paper_head, frame.paper_end),
    }
    head, end = heads[draft.file.kind]
    parts = [part for part in draft.file.parts if part.stands_in(draft.drafted.of)]
    yield from head()
    body = [block for part in parts if part.layout != "copies" for block in setting.blocks(part)]
    yield from (*body[:-LAST], *(_held(block) for block in body[-LAST:]))
    yield from end()
    for part in parts:
        if part.layout == "copies":
            yield from setting.blocks(part)


def _held(block: Block) -> Block:
    """Return a block that stands on the same page as what follows, so that no signature stands alone."""
    if isinstance(block, Passage):
        return replace(block, holds=True)
    if isinstance(block, Grid):
        last = tuple(tuple(replace(passage, holds=True) for passage in cell) for cell in block.rows[-1])
        return replace(block, rows=(*block.rows[:-1], last))
    return block


def _sides(parties: Sequence[Participant], drafted: Drafted, kind: str) -> tuple[Participant, ...]:
    """Return the parties that take part in a draft; of an agreement always two."""
    found = [party for party in parties if party.side is None or party.side in drafted.sides] or [Participant()]
    if kind == "agreement" and len(found) < 2:
        found.append(Participant(side=drafted.sides[-1]))
    return tuple(found)
