"""A case that is taught: its answers, and what the study says of it where it is a case of the study."""

from __future__ import annotations

from dataclasses import dataclass

from advisor.inference.case import Case
from advisor.knowledge.case import Reading, StudyCase


@dataclass(frozen=True)
class TaughtCase:
    """Answers to teach; `study` is the case as the study (or a trainer's own case file) tells it, if it does."""

    name: str
    case: Case
    study: StudyCase | None = None

    def reading(self, question: str) -> Reading | None:
        """Return how an answer was read from the study; None where that is not said."""
        return self.study.reading.get(question) if self.study else None
