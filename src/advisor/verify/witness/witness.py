"""Witnesses: for a rule a case that fires it and, for each of its conditions, one that just misses it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from advisor.inference.authored import Source, law_of
from advisor.inference.cnf import Lit
from advisor.inference.condition import Test, formula_of, tests_of
from advisor.inference.formula import Formula, conjunction, negation
from advisor.inference.program import Row
from advisor.inference.time_limit import deciding
from advisor.knowledge_base import Knowledge
from advisor.verify.proof.answers import Codes, case_codes
from advisor.verify.proof.days import Days, Stretch
from advisor.verify.proof.full_case import nearest_row
from advisor.verify.proof.gate import Gate
from advisor.verify.proof.relevance import decisive, scope_of


@dataclass(frozen=True, slots=True)
class WitnessCase:
    """A day, all answers, and which of them (by question) differ from those of `base`."""

    as_of: date
    row: Row
    base: str
    differing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RuleWitness:
    """A case that fires a rule (None: nothing ever does) and, for each condition, one that it alone holds back."""

    source: Source
    fires: WitnessCase | None
    misses: tuple[tuple[Test, WitnessCase], ...]


class Witnesses:
    """Looks for witnesses like the cases of the study, on the newest days on which a rule can fire."""

    def __init__(self, knowledge: Knowledge, as_of: date | None = None) -> None:
        """`as_of` is the day of all cases, where one is given."""
        self.knowledge = knowledge
        self.rulebase = knowledge.rulebase
        self.stretches = Days(knowledge).every if as_of is None else (Stretch(knowledge, as_of, as_of),)
        self.bases = {f"case:{name}": codes for name, codes in case_codes(knowledge).items()}
        self._gate = Gate.of(knowledge)

    def sources(self, prefixes: Sequence[str]) -> tuple[Source, ...]:
        """Return the rules, rankings and shortfalls whose ids begin with one of `prefixes` (none given: all)."""
        every = self.rulebase.authored
        return tuple(s for s in every if not prefixes or s.shape.id.startswith(tuple(prefixes)))

    def of(self, source: Source) -> RuleWitness:
        """Return the witnesses of a rule, ranking or shortfall."""
        with deciding("rule", source.place, source.shape.id):
            return self._found(source)

    def _found(self, source: Source) -> RuleWitness:
        scope = scope_of(self.rulebase, self._gate, source.shape.id)
        for stretch in self.stretches:
            if not stretch.in_force(law_of(source)):
                continue
            fires = self._like_a_case(stretch, self._firing(stretch, source, scope))
            if fires is not None:
                return RuleWitness(source, fires, tuple(self._misses(stretch, source, scope, fires)))
        return RuleWitness(source, None, ())

    def _firing(self, stretch: Stretch, source: Source, scope: Formula) -> Lit:
        encoding, rules = stretch.encoding, self.rulebase.by_source[source.shape.id]
        some = encoding.cnf.any_of(encoding.fires(rule.id) for rule in rules)
        return encoding.cnf.all_of([some, encoding.formula(scope)])

    def _misses(
        self, stretch: Stretch, source: Source, scope: Formula, fires: WitnessCase
    ) -> Iterator[tuple[Test, WitnessCase]]:
        """Yield, for each condition that can hold the rule back alone, the case most like the one that fires it."""
        domains = self.rulebase.domains
        near = {domain.id: code for domain, code in zip(domains, fires.row, strict=True)}
        held_back = negation(formula_of(source.condition))
        for test in tests_of(source.condition):
            goal = conjunction([scope, decisive(source.condition, test), held_back])
            row = _near(stretch, stretch.encoding.formula(goal), near)
            if row is not None:
                yield test, WitnessCase(fires.as_of, row, fires.base, self._differing(row, near))

    def _like_a_case(self, stretch: Stretch, goal: Lit) -> WitnessCase | None:
        """Return a case with few differences from one of the study's cases."""
        found: list[tuple[int, str]] = []
        for name, codes in self.bases.items():
            stretch.encoding.solver.prefer(stretch.encoding.answers(codes))
            model = stretch.encoding.solver.model([goal])
            if model is None:
                return None
            found.append((len(self._differing(stretch.encoding.row(model), codes)), name))
        base = min(found)[1] if found else ""
        codes = self.bases.get(base, {})
        row = _near(stretch, goal, codes)
        return None if row is None else WitnessCase(stretch.first, row, base, self._differing(row, codes))

    def _differing(self, row: Row, codes: Codes) -> tuple[str, ...]:
        domains = self.rulebase.domains
        return tuple(d.id for d, code in zip(domains, row, strict=True) if codes.get(d.id) != code)


def _near(stretch: Stretch, goal: Lit, codes: Codes) -> Row | None:
    """Return answers for which `goal` holds and of which no more can be as in `codes`."""
    stretch.encoding.solver.prefer(stretch.encoding.answers(codes))
    return nearest_row(stretch.encoding, [goal], codes)
