"""Which drafts a case calls for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from advisor.advice.advice import Advice
from advisor.drafts.situation import Situation
from advisor.inference.case import Case
from advisor.knowledge.draft import Drafted, DraftFile
from advisor.knowledge_base import Knowledge
from advisor.text import Text


@dataclass(frozen=True, slots=True)
class Draft:
    """One draft that a case calls for: of which document, and by which file of kbase/drafts.

    `number` is its place among the drafts.
    """

    number: int
    drafted: Drafted
    file: DraftFile

    @property
    def name(self) -> Text:
        """What it is called."""
        return self.drafted.name

    @property
    def stem(self) -> str:
        """The name of its file, without the ending: 03-kesepakatan-bersama."""
        return f"{self.number:02}-{self.drafted.file}"


def drafts_for(knowledge: Knowledge, case: Case, advice: Advice) -> tuple[Draft, ...]:
    """Return the drafts of the documents that the case needs whatever the open answers are, in their order.

    What the regions have behind them is not drafted; where that is not known it is.
    """
    found = _drafted(Situation(knowledge, case, advice), {d.id for d in advice.documents if d.certain})
    return tuple(Draft(number, drafted, file) for number, (drafted, file) in enumerate(found, start=1))


def _drafted(situation: Situation, documents: set[str]) -> Iterator[tuple[Drafted, DraftFile]]:
    for file in situation.library.drafts:
        for drafted in file.documents:
            if drafted.of in documents and situation.holds(drafted.when) is not False:
                yield drafted, file
