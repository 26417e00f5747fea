"""Rules as their authors think of them: a policy's helper rules folded back into the rules that they serve."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from advisor.inference.formula import IN_FORCE, Atom, Formula, atoms, literals
from advisor.inference.ground import FITS, GroundRule
from advisor.inference.rulebase import RuleBase
from advisor.knowledge.rule import Grounds


@dataclass(frozen=True, slots=True)
class Statement:
    """One ground rule with its own condition.

    `earlier` are the rules of the same policy before it, of which none may fit ("the first that fits speaks");
    None where there is no policy. `part_of` is the ranking, shortfall or copying rule that was spelt out into this
    one, or "".
    """

    id: str
    heads: tuple[Atom, ...]
    body: Formula
    earlier: tuple[str, ...] | None
    grounds: Grounds
    law: tuple[str, ...]
    silent: bool
    part_of: str

    @property
    def references(self) -> tuple[str, ...]:
        """The articles and instruments whose being in force decides whether it holds at all."""
        asked = (value for name, value in atoms(self.body) if name == IN_FORCE)
        return tuple(dict.fromkeys((*self.law, *asked)))


def statements(rulebase: RuleBase) -> dict[str, Statement]:
    """Return the statements of a rule base by id, in running order."""
    fits = {rule.heads[0][1]: rule for rule in rulebase.rules if rule.only_fits}
    authored = frozenset(_authored(rulebase))
    return {rule.id: _statement(rule, fits, authored) for rule in rulebase.rules if not rule.only_fits}


def _statement(rule: GroundRule, fits: dict[str, GroundRule], authored: frozenset[str]) -> Statement:
    helper = fits.get(rule.id)
    before = [part.atom[1] for part in literals(rule.body) if part.atom[0] == FITS and not part.positive]
    return Statement(
        id=rule.id,
        heads=rule.heads,
        body=helper.body if helper else rule.body,
        earlier=tuple(before) if helper else None,
        grounds=rule.grounds,
        law=rule.law,
        silent=rule.silent,
        part_of=_origin(rule.id, authored),
    )


def _authored(rulebase: RuleBase) -> Iterator[str]:
    """Yield the ids that stand in the rule files."""
    for decision in rulebase.decisions:
        parts: Iterable[Iterable[object]] = (decision.rules, decision.rankings, decision.shortfalls)
        yield from (str(getattr(shape, "id", "")) for part in parts for shape in part)


def _origin(rule: str, authored: frozenset[str]) -> str:
    """Return the longest authored id of which a spelt-out rule continues the name."""
    name = rule
    while name not in authored and "." in name:
        name = name.rpartition(".")[0]
    return name if name in authored and name != rule else ""
