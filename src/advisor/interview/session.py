"""A session: the day, and the answers given so far, in the order in which they were given."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from typing import Final

from advisor.inference.case import Case, Party
from advisor.inference.domain import Answer

UNKNOWN: Final = "unknown"


@dataclass(frozen=True)
class Session:
    """Answers by question; `unknown` for a question that was answered "tidak tahu" and is not asked again.

    `assumed_day` says that nobody named the day: it is the one on which the session began. `id`, `parties` and
    `notes` are those of the answers file with which it began; they are only handed through.
    """

    as_of: date
    given: Mapping[str, Answer] = field(default_factory=dict)
    title: str = ""
    assumed_day: bool = False
    id: str | int | None = None
    parties: tuple[Party, ...] = ()
    notes: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, case: Case, *, assumed_day: bool) -> Session:
        """Return a session that begins with the answers of a case."""
        answers, notes = dict(case.answers), dict(case.notes)
        return cls(case.as_of, answers, case.title, assumed_day, case.id, case.parties, notes)

    @property
    def known(self) -> dict[str, Answer]:
        """The answers that say something."""
        return {question: answer for question, answer in self.given.items() if answer != UNKNOWN}

    def answered(self, question: str, answer: Answer) -> Session:
        """Return the session with an answer given last, or changed where it stands."""
        return replace(self, given={**self.given, question: answer})

    def without(self, *questions: str) -> Session:
        """Return the session without the answers to some questions."""
        return replace(self, given={q: a for q, a in self.given.items() if q not in questions})


def written_answers(answers: Mapping[str, object]) -> dict[str, object]:
    """Return answers as files hold them: lists, where the program has tuples."""
    return {name: list(answer) if isinstance(answer, tuple) else answer for name, answer in answers.items()}


def written_parties(parties: Iterable[Party]) -> list[dict[str, str]]:
    """Return parties as files hold them: only what is said of each."""
    return [{key: text for key, text in asdict(party).items() if text} for party in parties]
