"""A comparison: the results of two lessons side by side."""

from __future__ import annotations

from dataclasses import dataclass

from advisor.advice.advice import Conclusion
from advisor.teach.lesson import Lesson
from advisor.teach.step import Saying


@dataclass(frozen=True, slots=True)
class Compared:
    """One conclusion before and after; `because` are the rules that say it after, where it changed."""

    before: Conclusion
    after: Conclusion
    changed: bool
    because: tuple[Saying, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Every conclusion of two lessons, and the rules that fire in one of them only."""

    conclusions: tuple[Compared, ...]
    begins: tuple[str, ...]
    ends: tuple[str, ...]

    @property
    def changed(self) -> tuple[Compared, ...]:
        """The conclusions that say something else after."""
        return tuple(compared for compared in self.conclusions if compared.changed)

    @property
    def same(self) -> tuple[Compared, ...]:
        """The conclusions that say the same."""
        return tuple(compared for compared in self.conclusions if not compared.changed)


def compare(before: Lesson, after: Lesson) -> Comparison:
    """Return what two lessons conclude, side by side."""
    fired = [list(dict.fromkeys(s.rule for step in one.steps for s in step.sayings)) for one in (before, after)]
    return Comparison(
        conclusions=tuple(_compared(before, after, name) for name in before.conclusions),
        begins=tuple(rule for rule in fired[1] if rule not in fired[0]),
        ends=tuple(rule for rule in fired[0] if rule not in fired[1]),
    )


def _compared(before: Lesson, after: Lesson, name: str) -> Compared:
    first, second = before.conclusions[name], after.conclusions[name]
    changed = _said(first) != _said(second)
    step = after.step_of(name)
    return Compared(first, second, changed, step.sayings if changed and step else ())


def _said(conclusion: Conclusion) -> tuple[object, ...]:
    values = (conclusion.value, conclusion.possible, conclusion.certain, conclusion.uncertain)
    return (*values, conclusion.contested, conclusion.reason)
