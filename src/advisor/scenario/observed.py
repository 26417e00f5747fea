"""What one reader of the rule base says of one fact of one case."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from advisor.scenario.expectation import Written

NO_OTHER_REGIME: Final = "no_other_regime"
"""The reason why nothing is said under another regime on a day for which none is shown."""

WHY_CONTESTED: Final = ""
"""Under which element the citations stand that make a conclusion contested."""


@dataclass(frozen=True, slots=True)
class Observed:
    """The values of a fact over the completions of the answers, as `Conclusion` has them.

    `possible` is None where there are too many lists; `certain` and `uncertain` then say which elements are always
    or sometimes there. `reason` is "inadmissible", or why else nothing is said of it. `cites` holds, for each
    element of a settled fact, the articles that the rules for it name, and `below` those of the rules on which they
    rest. What nobody asked for is left at its default.
    """

    possible: tuple[Written, ...] | None = ()
    certain: tuple[str, ...] = ()
    uncertain: tuple[str, ...] = ()
    depends_on: tuple[str, ...] = ()
    contested: bool | None = None
    reason: str | None = None
    cites: Mapping[str, frozenset[str]] = field(default_factory=dict)
    below: frozenset[str] = frozenset()

    @property
    def open(self) -> bool:
        """Whether open answers can still change it."""
        return self.reason is None and (self.possible is None or len(self.possible) > 1)

    @property
    def named(self) -> frozenset[str]:
        """Every article that its reasons name, those on which they rest included."""
        return self.below.union(*self.cites.values())

    @property
    def value(self) -> Written | None:
        """The value; None where it is open or nothing is said of it."""
        return self.possible[0] if self.possible is not None and len(self.possible) == 1 else None

    def certainly(self) -> tuple[str, ...]:
        """Return the elements that a list has whatever the open answers are."""
        lists = self.lists()
        if lists is None:
            return self.certain
        return tuple(e for e in lists[0] if all(e in other for other in lists[1:])) if lists else ()

    def anywhere(self) -> frozenset[str]:
        """Return the elements that a list can have."""
        lists = self.lists()
        return frozenset((*self.certain, *self.uncertain)) if lists is None else frozenset().union(*lists)

    def lists(self) -> list[tuple[str, ...]] | None:
        """Return the lists that are possible; None where there are too many."""
        if self.possible is None:
            return None
        return [value for value in self.possible if isinstance(value, tuple)]
