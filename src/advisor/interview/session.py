"""A session: the day, and the answers given so far, in the order in which they were given."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date

from advisor.inference.case import Case, Party
from advisor.understanding.reading import UNKNOWN, Answer


@dataclass(frozen=True)
class Session:
    """Answers by question; `unknown` for a question that was answered "tidak tahu" and is not asked again.

    `assumed_day` says that nobody named the day: it is the one on which the session began. `id`, `parties` and
    `notes` (by question) change no conclusion and are handed through. `aside` holds answers that the knowledge at
    hand does not know, as they were written: they say nothing, and are kept for a knowledge that does.
    """

    as_of: date
    given: Mapping[str, Answer] = field(default_factory=dict)
    title: str = ""
    assumed_day: bool = False
    id: str | int | None = None
    parties: tuple[Party, ...] = ()
    notes: Mapping[str, str] = field(default_factory=dict)
    aside: Mapping[str, object] = field(default_factory=dict)

    @classmethod
    def of(cls, case: Case, *, assumed_day: bool) -> Session:
        """Return a session that begins with the answers of a case."""
        answers, notes = dict(case.answers), dict(case.notes)
        return cls(case.as_of, answers, case.title, assumed_day, case.id, case.parties, notes)

    @property
    def known(self) -> dict[str, Answer]:
        """The answers that say something."""
        return {question: answer for question, answer in self.given.items() if answer != UNKNOWN}

    @property
    def empty(self) -> bool:
        """Whether nothing is in it that anybody said."""
        return not (self.given or self.title or self.parties or self.notes or self.aside)

    def answered(self, question: str, answer: Answer) -> Session:
        """Return the session with an answer given last, or changed where it stands."""
        aside = {name: kept for name, kept in self.aside.items() if name != question}
        return replace(self, given={**self.given, question: answer}, aside=aside)

    def noted(self, question: str, note: str) -> Session:
        """Return the session with a note on the answer to a question; "" takes it away."""
        others = {name: text for name, text in self.notes.items() if name != question}
        return replace(self, notes={**others, question: note} if note else others)

    def without(self, *questions: str) -> Session:
        """Return the session without the answers to some questions."""
        return replace(self, given={q: a for q, a in self.given.items() if q not in questions})


def written_answers(answers: Mapping[str, object]) -> dict[str, object]:
    """Return answers as files hold them: lists, where the program has tuples."""
    return {name: list(answer) if isinstance(answer, tuple) else answer for name, answer in answers.items()}


def written_parties(parties: Iterable[Party]) -> list[dict[str, str]]:
    """Return parties as files hold them: only what is said of each."""
    return [{key: text for key, text in asdict(party).items() if text} for party in parties]
