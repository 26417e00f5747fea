"""The knowledge base: kbase/ and rules/ held together, with the rule base of each day and its readers."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

from advisor.inference.day import Day
from advisor.inference.program import program_of
from advisor.inference.rulebase import RuleBase
from advisor.knowledge.library import Library


@dataclass(frozen=True, repr=False)
class Knowledge:
    """All that the program knows. `digest` identifies its content: a SHA-256 over all files of both folders."""

    library: Library
    rulebase: RuleBase
    digest: str
    _days: dict[frozenset[str], Day] = field(default_factory=dict, repr=False, compare=False)
    _by_date: dict[date, Day] = field(default_factory=dict, repr=False, compare=False)

    def __reduce__(self) -> tuple[type[Knowledge], tuple[Library, RuleBase, str]]:
        # Readers hold solvers and compiled code: they are built anew where a copy is used.
        return Knowledge, (self.library, self.rulebase, self.digest)

    def __repr__(self) -> str:
        return f"Knowledge(version={self.version!r}, digest={self.digest[:12]!r})"

    @property
    def version(self) -> str:
        """The version that kbase/knowledge.yaml states."""
        return self.library.manifest.version

    def on(self, day: date) -> Day:
        """Return the rule base of `day`; days on which the same law is in force share one."""
        if day not in self._by_date:
            self._by_date[day] = self._of_law_in_force(day)
        return self._by_date[day]

    def stretches(self) -> tuple[tuple[date, date | None], ...]:
        """Return the stretches of days within which the same law is in force: first and last day (None: open)."""
        begin = self.library.manifest.covered_from
        days = {begin}
        for reference in self.rulebase.references:
            days |= self.library.boundaries(reference)
        firsts = sorted(day for day in days if day >= begin)
        lasts = [day - timedelta(days=1) for day in firsts[1:]]
        return tuple(zip(firsts, [*lasts, None], strict=True))

    def in_force(self, day: date) -> frozenset[str]:
        """Return the references to law, of all that rules make, that are in force on `day`."""
        return frozenset(r for r in self.rulebase.references if self.library.status(r, day) == "in_force")

    def with_day(self, in_force: frozenset[str], rules: Day) -> Knowledge:
        """Return the same knowledge, to which the rule base of days with this law in force need not be built."""
        return Knowledge(self.library, self.rulebase, self.digest, {in_force: rules})

    def _of_law_in_force(self, day: date) -> Day:
        in_force = self.in_force(day)
        if in_force not in self._days:
            self._days[in_force] = Day(program_of(self.rulebase, self.library, day))
        return self._days[in_force]
