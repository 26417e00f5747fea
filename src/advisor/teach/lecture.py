"""A lecture: where a trainer stands in a lesson. It knows nothing of terminals."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from advisor.teach.lesson import Lesson
from advisor.teach.step import Step

Page = Literal["facts", "ask", "shown", "result"]


@dataclass(frozen=True)
class Lecture:
    """A place in a lesson: first the facts, then each step twice (asked, then shown), then the result."""

    lesson: Lesson
    place: int = 0

    @property
    def last(self) -> int:
        """The place of the result."""
        return 2 * len(self.lesson.steps) + 1

    @property
    def page(self) -> Page:
        """What shows at this place."""
        if self.place == 0:
            return "facts"
        if self.place == self.last:
            return "result"
        return "ask" if self.place % 2 else "shown"

    @property
    def step(self) -> Step | None:
        """The step at this place; None before the first and after the last."""
        return self.lesson.steps[(self.place - 1) // 2] if 0 < self.place < self.last else None

    @property
    def shown(self) -> tuple[Step, ...]:
        """The steps of which the outcome was shown."""
        return self.lesson.steps[: self.place // 2]

    def next(self) -> Lecture:
        """Go one place on."""
        return replace(self, place=min(self.place + 1, self.last))

    def back(self) -> Lecture:
        """Go one place back."""
        return replace(self, place=max(self.place - 1, 0))

    def next_decision(self) -> Lecture:
        """Go to the next step of another decision, past those that only prepare others."""
        now = self.step.decision if self.step else None
        return self._to(next((s for s in self._coming if s.decision != now and not s.background), None))

    def next_conclusion(self) -> Lecture:
        """Go to the next step about another of the main conclusions."""
        now = self.step.name if self.step else None
        return self._to(next((s for s in self._coming if s.headline and s.name != now), None))

    def at_step(self, number: int) -> Lecture:
        """Go to the question of a step."""
        return replace(self, place=2 * number - 1)

    def taught(self, lesson: Lesson) -> Lecture:
        """Go on with another lesson, at the same step where it has it, else from the facts."""
        key = _key(self.step) if self.step else None
        same = next((step for step in lesson.steps if _key(step) == key), None)
        if same is None:
            return Lecture(lesson)
        return Lecture(lesson, 2 * same.number - (1 if self.page == "ask" else 0))

    @property
    def _coming(self) -> tuple[Step, ...]:
        return self.lesson.steps[(self.place + 1) // 2 :] if self.place < self.last else ()

    def _to(self, step: Step | None) -> Lecture:
        return replace(self, place=self.last if step is None else 2 * step.number - 1)


def _key(step: Step) -> tuple[str, tuple[str, ...]]:
    return step.name, tuple(saying.rule for saying in step.sayings)
