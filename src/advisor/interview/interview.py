"""An interview under way: the session, the question that is being asked, and where it is kept."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date, datetime

from advisor.inference.case import Party
from advisor.interview.interviewer import Interviewer
from advisor.interview.session import Session
from advisor.interview.store import Saved
from advisor.interview.turn import Stage, Turn
from advisor.system_error import reason_of
from advisor.text import Text
from advisor.understanding.reading import UNKNOWN, Answer


class Interview:
    """Takes answers, goes back, changes; calls `keep` with the session after every change.

    What is asked next always follows from the session alone; only going back to an earlier question is a choice
    of the person. Nothing is kept before the person has said something. Where keeping fails (OSError), the
    interview goes on in memory, `unkept` says why, and every later change tries anew. `keep` may give the interview
    another `name` first.
    """

    def __init__(
        self,
        interviewer: Interviewer,
        session: Session,
        name: str,
        keep: Callable[[Saved], object],
        stage: Stage = "headline",
        delete: Callable[[str], object] = lambda name: None,
        *,
        new: bool = False,
    ) -> None:
        """Go on with `session`; `keep` writes it, `delete` takes what was written under `name` away.

        `new`: nothing of the session is kept yet, whatever stands in it.
        """
        self.interviewer = interviewer
        self.name = name
        self._keep = keep
        self._delete = delete
        self._session = session
        self._kept = (Session(session.as_of) if new else session, stage)
        self.unkept: Text | None = None
        self.deleted = False
        self._stage = stage
        self._revisiting: str | None = None
        self._turn: Turn | None = None

    @property
    def session(self) -> Session:
        """The answers so far."""
        return self._session

    @property
    def stage(self) -> Stage:
        """Which conclusions are still to be settled."""
        return self._stage

    @property
    def turn(self) -> Turn:
        """Where the interview stands."""
        if self._turn is None:
            self._turn = self.interviewer.turn(self._session, self._stage)
        return self._turn

    @property
    def barred(self) -> bool:
        """Whether the cooperation is not admissible whatever else is answered."""
        gate = self.interviewer.library.roles.gate
        return self.turn.conclusions[gate].value is False

    @property
    def lacks_day(self) -> bool:
        """Whether nobody named the day though the agreement is signed: what is signed is judged by its own day."""
        own = self.interviewer.library.manifest.own_day_where or {}
        signed = any(self._session.given.get(question) == option for question, option in own.items())
        return self._session.assumed_day and signed

    @property
    def wants_day(self) -> bool:
        """Whether the day of signing has to be named before anything else is asked."""
        return self.lacks_day and not self.revisiting

    @property
    def question(self) -> str | None:
        """The question that is being asked; None at a stop line, and while the day of signing is wanted."""
        return None if self.wants_day else self._revisiting or self.turn.question

    @property
    def revisiting(self) -> bool:
        """Whether the question is one that the person went to: answered before, or one that was not asked."""
        return self._revisiting is not None

    def answer(self, answer: Answer) -> tuple[str, ...]:
        """Take an answer to the current question; return the answers that had to be dropped because of it."""
        question = self.question
        if question is None:
            raise ValueError("nothing is being asked")
        dropped: tuple[str, ...] = ()
        if answer == UNKNOWN:
            session = self._session.answered(question, UNKNOWN)
        else:
            session, dropped = self.interviewer.changed(self._session, question, answer)
        self._revisiting = None
        self._become(session)
        return dropped

    def back(self) -> bool:
        """Go to the question answered before this one; return whether there is one."""
        answered = list(self._session.given)
        place = answered.index(self._revisiting) if self._revisiting in answered else len(answered)
        if place == 0:
            return False
        self._revisiting = answered[place - 1]
        return True

    def go_to(self, question: str) -> None:
        """Look at an answered question again, or answer one that was not asked. Raises KeyError for any other."""
        if question not in self._session.given and question not in self.interviewer.domains:
            raise KeyError(question)
        self._revisiting = question

    def stay(self) -> None:
        """Leave the answer that is looked at as it is and go on."""
        self._revisiting = None

    def go_on(self) -> None:
        """Go on from the headline to the diagnosis."""
        self._stage = "diagnosis"
        self._turn = None
        self.save()

    def on_day(self, day: date) -> None:
        """Ask under the law of another day; answers that contradict each other do so on every day, so all stay."""
        self._become(replace(self._session, as_of=day, assumed_day=False))

    def titled(self, title: str) -> None:
        """Give the session a title."""
        self._become(replace(self._session, title=title))

    def noted(self, question: str, note: str) -> None:
        """Keep a note on the answer to a question; "" takes it away."""
        self._become(replace(self._session, notes=self._session.noted(question, note).notes))

    def naming(self, parties: Iterable[Party]) -> None:
        """Name the parties."""
        self._become(replace(self._session, parties=tuple(parties)))

    def delete(self) -> None:
        """Delete what is kept of the session, and keep nothing any more. Raises OSError where that fails."""
        self._delete(self.name)
        self.deleted = True

    def save(self) -> bool:
        """Keep the session as it is; return whether all that was said is kept."""
        if self.deleted:
            return True
        now = (self._session, self._stage)
        if now == self._kept or (self._session.empty and self._kept[0].empty):
            return self.unkept is None
        knowledge = self.interviewer.knowledge
        questions = tuple(self.interviewer.domains)
        saved = datetime.now().astimezone()
        try:
            self._keep(Saved(self.name, self._session, saved, knowledge.digest, questions, self._stage))
        except OSError as error:
            self.unkept = reason_of(error)
            return False
        self._kept, self.unkept = now, None
        return True

    def _become(self, session: Session) -> None:
        same = (session.given, session.as_of) == (self._session.given, self._session.as_of)
        # A title, a party or a note changes nothing that is concluded or asked.
        self._turn = replace(self._turn, session=session) if self._turn is not None and same else None
        self._session = session
        self.save()
