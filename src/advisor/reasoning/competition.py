"""Competition: what could have come out instead of what a rule concluded, and why it did not.

Here, and nowhere else, policies ("the first that fits speaks") and rankings ("the one that covers most") are
unfolded again into what their authors wrote.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal as OneOf

from advisor.inference.formula import Atom, Literal
from advisor.inference.ground import GroundRule, best, fits
from advisor.inference.rulebase import RuleBase
from advisor.knowledge.library import Library
from advisor.knowledge.rule import Ranking
from advisor.knowledge.term import Term
from advisor.reasoning.derivation import Derivation

CandidateKind = OneOf["earlier", "later", "chosen", "beaten", "unavailable", "unsure"]


@dataclass(frozen=True, slots=True)
class Need:
    """Something that a condition asked for and did not get: one of these values; not `positive`: none of them."""

    name: str
    values: tuple[str, ...]
    positive: bool = True


@dataclass(frozen=True, slots=True)
class Candidate:
    """Something that could have come out instead.

    Of rules of which only the first fitting one speaks: `earlier` came before and did not fit, `later` fits too but
    comes after. Of candidates that are weighed: `chosen`, `beaten`, `unavailable`, or `unsure` (whether it is
    available depends on open answers; it is not chosen anyway). `covers` and `misses` are the values of the fact
    `of` that it does and does not cover; `even` says that it covers as much as the chosen one.
    """

    kind: CandidateKind
    name: str
    value: str
    lack: tuple[Need, ...] = ()
    of: str = ""
    covers: tuple[str, ...] = ()
    misses: tuple[str, ...] = ()
    even: bool = False


class Competition:
    """Says of a rule that speaks for a policy or a ranking what else there was."""

    def __init__(self, rulebase: RuleBase, derivation: Derivation) -> None:
        self.library: Library = derivation.entailment.library
        self.derivation = derivation
        self.program = derivation.program
        self._rankings = {ranking.id: ranking for file in rulebase.decisions for ranking in file.rankings}

    def ranking(self, rule: GroundRule) -> Ranking | None:
        """Return the ranking for which a rule speaks: it says who is chosen, or that nobody is."""
        return None if rule.silent else self._rankings.get(rule.source)

    def weighed(self, rule: GroundRule) -> tuple[Atom, ...]:
        """Return the certain facts by which candidates were weighed: which there are, and what is needed."""
        ranking = self.ranking(rule)
        names = () if ranking is None else (ranking.among, ranking.covers)
        facts = ((name, value) for name in names for value in self.program.values[name])
        return tuple(atom for atom in facts if self.derivation.truth(Literal(atom)))

    def candidates(self, rule: GroundRule) -> tuple[Candidate, ...]:
        """Return the candidates beside which a rule spoke; () where it is an ordinary one."""
        if fits(rule.id) in self.program.producers:
            return (*self._earlier(rule), *self._later(rule))
        ranking = self.ranking(rule)
        return () if ranking is None else tuple(self._weighed(ranking, rule))

    def subject(self, rule: GroundRule) -> str:
        """Return the fact of which a rule speaks; of a helper, that of which the rule speaks that it helps."""
        name, value = rule.heads[0]
        if not self.program.is_helper(rule.heads[0]):
            return name
        if rule.only_fits:
            return self.program.by_id[value].heads[0][0]
        spoken = (head for other in self.program.rules if other.source == rule.source for head in other.heads)
        return next((head[0] for head in spoken if head[0] in self.program.facts), name)

    # -- policies -------------------------------------------------------------------------------------------

    def _earlier(self, speaker: GroundRule) -> Iterator[Candidate]:
        for name in speaker.forestalled_by:
            for fitting in self.program.producers.get(fits(name), ()):  # none where no law of the day carries it
                lack = needs_of(self.derivation.missing(fitting.body))
                yield Candidate("earlier", *self.program.by_id[name].heads[0], lack=lack)

    def _later(self, speaker: GroundRule) -> Iterator[Candidate]:
        for rule in self.program.rules:
            if speaker.id in rule.forestalled_by and self.derivation.truth(Literal(fits(rule.id))):
                yield Candidate("later", *rule.heads[0])

    # -- rankings -------------------------------------------------------------------------------------------

    def _weighed(self, ranking: Ranking, rule: GroundRule) -> Iterator[Candidate]:
        """Yield the candidates of a ranking in its order; none is chosen where none of them covers anything."""
        table = self.library.all_facts[ranking.among].table or ""
        terms = [self.library.term(table, name) for name in ranking.order or self.library.tables[table]]
        chosen = next((term.id for term in terms if best(ranking.id, term.id) in rule.heads), None)
        needed = self._needed(ranking)
        most = next((self._covered(term, needed) for term in terms if term.id == chosen), ())
        for term in terms:
            covers = self._covered(term, needed)
            kind = self._kind(ranking, term, chosen)
            yield Candidate(
                kind=kind,
                name=ranking.conclusion,
                value=term.id,
                lack=self._unavailable(ranking, term) if kind == "unavailable" else (),
                of=ranking.covers,
                covers=covers,
                misses=tuple(need for need in needed if need not in covers),
                even=kind == "beaten" and len(covers) == len(most),
            )

    def _kind(self, ranking: Ranking, term: Term, chosen: str | None) -> CandidateKind:
        if term.id == chosen:
            return "chosen"
        match self.derivation.truth(Literal((ranking.among, term.id))):
            case True:
                return "beaten"
            case False:
                return "unavailable"
        return "unsure"

    def _needed(self, ranking: Ranking) -> tuple[str, ...]:
        """Return what is needed for certain; nothing where open answers can add to it and turn the scale."""
        name = ranking.covers
        truths = {need: self.derivation.truth(Literal((name, need))) for need in self.program.values[name]}
        return () if None in truths.values() else tuple(need for need, truth in truths.items() if truth)

    def _covered(self, term: Term, needed: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(need for need in needed if need in term.covers)

    def _unavailable(self, ranking: Ranking, term: Term) -> tuple[Need, ...]:
        """Return what the first rule lacked that could have made a candidate available."""
        rules = self.program.producers.get((ranking.among, term.id), ())
        lacks = (needs_of(self.derivation.missing(rule.body)) for rule in rules)
        return next((lack for lack in lacks if lack), ())


def needs_of(missing: tuple[Literal, ...]) -> tuple[Need, ...]:
    """Return what is missing, values of one fact together."""
    found: dict[tuple[str, bool], dict[str, None]] = {}
    for literal in missing:
        name, value = literal.atom
        found.setdefault((name, literal.positive), {})[value] = None
    return tuple(Need(name, tuple(values), positive) for (name, positive), values in found.items())
