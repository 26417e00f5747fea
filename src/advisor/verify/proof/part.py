"""Parts of a condition, each with what the whole becomes when the part is replaced or left out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from advisor.inference.condition import Combination, Condition, Negation, always

Rebuilt = Callable[[tuple[Condition, ...]], Condition]


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a condition.

    `around` is the combination of which it is an immediate part; None for the whole, and for what is negated.
    `removable` says whether the whole still is a condition without it.
    """

    condition: Condition
    around: Combination | None
    removable: bool
    _rebuilt: Rebuilt

    def replaced(self, other: Condition) -> Condition:
        """Return the whole with `other` in the place of this part."""
        return self._rebuilt((other,))

    def left_out(self) -> Condition:
        """Return the whole without this part, which must be `removable`."""
        return self._rebuilt(())


def parts_of(whole: Condition) -> Iterator[Part]:
    """Yield the whole condition, then each part within it, the outer ones first."""

    def rebuilt(new: tuple[Condition, ...]) -> Condition:
        return new[0] if new else always(whole.place)

    yield Part(whole, None, not isinstance(whole, Combination), rebuilt)
    yield from _within(whole, rebuilt)


def _within(condition: Condition, outer: Rebuilt) -> Iterator[Part]:
    match condition:
        case Negation():

            def negated(new: tuple[Condition, ...]) -> Condition:
                return outer((replace(condition, part=new[0]),))

            yield Part(condition.part, None, False, negated)
            yield from _within(condition.part, negated)
        case Combination():
            for index, part in enumerate(condition.parts):
                rebuilt = _combined(condition, index, outer)
                yield Part(part, condition, True, rebuilt)
                yield from _within(part, rebuilt)


def _combined(condition: Combination, index: int, outer: Rebuilt) -> Rebuilt:
    before, after = condition.parts[:index], condition.parts[index + 1 :]
    return lambda new: outer((replace(condition, parts=(*before, *new, *after)),))
