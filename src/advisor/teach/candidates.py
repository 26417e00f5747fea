"""Candidates: what could have come out instead, and why it did not."""

from __future__ import annotations

from collections.abc import Iterator

from advisor.inference.formula import Atom, Literal, atoms, literals
from advisor.inference.ground import BEST, FITS, GroundRule
from advisor.inference.program import Program
from advisor.knowledge.library import Library
from advisor.knowledge.rule import Ranking
from advisor.knowledge.term import Term
from advisor.knowledge_base import Knowledge
from advisor.teach.settled import Settled
from advisor.teach.step import Candidate, CandidateKind, Need


class Candidates:
    """Says of a rule that speaks for a policy or a ranking what else there was."""

    def __init__(self, knowledge: Knowledge, program: Program, settled: Settled) -> None:
        self.library: Library = knowledge.library
        self.program = program
        self.settled = settled
        self._rankings = {ranking.id: ranking for file in knowledge.rulebase.decisions for ranking in file.rankings}

    def weighed(self, rule: GroundRule) -> tuple[Atom, ...]:
        """Return the settled facts by which candidates were weighed: which there are, and what is needed."""
        ranking = self._ranking(rule)
        if ranking is None:
            return ()
        facts = [(name, value) for name in (ranking.among, ranking.covers) for value in self.program.values[name]]
        return tuple(atom for atom in facts if self.settled.truth(atom))

    def of(self, rule: GroundRule) -> tuple[Candidate, ...]:
        """Return the candidates beside which a rule spoke; () where it is an ordinary one."""
        asked = list(literals(rule.body))
        if Literal((FITS, rule.id)) in asked:
            earlier = [literal.atom[1] for literal in asked if literal.atom[0] == FITS and not literal.positive]
            return (*self._earlier(earlier), *self._later(rule))
        ranking = self._ranking(rule)
        if ranking is None:
            return ()
        chosen = next((value for name, value in rule.heads if name == f"{BEST}:{ranking.id}"), None)
        return tuple(self._weighed(ranking, chosen))

    def _ranking(self, rule: GroundRule) -> Ranking | None:
        """Return the ranking for which a rule speaks: it concludes who is best, or that nobody is."""
        names = [name for name, _ in (*rule.heads, *atoms(rule.body))]
        best = next((name for name in names if name.startswith(f"{BEST}:")), "")
        return self._rankings.get(best.removeprefix(f"{BEST}:"))

    # -- policies -------------------------------------------------------------------------------------------

    def _earlier(self, earlier: list[str]) -> Iterator[Candidate]:
        for name in earlier:
            fits = self.program.by_id.get(f"{name}/fits")
            if fits is not None:  # else no law of the day carries it
                yield Candidate("earlier", *self.program.by_id[name].heads[0], lack=self.settled.lack(fits.body))

    def _later(self, speaker: GroundRule) -> Iterator[Candidate]:
        for rule in self.program.rules:
            passed = Literal((FITS, speaker.id), positive=False) in literals(rule.body)
            if passed and self.settled.truth((FITS, rule.id)):
                yield Candidate("later", *rule.heads[0])

    # -- rankings -------------------------------------------------------------------------------------------

    def _weighed(self, ranking: Ranking, chosen: str | None) -> Iterator[Candidate]:
        """Yield the candidates of a ranking in its order; `chosen` is None where none of them covers anything."""
        table = self.library.all_facts[ranking.among].table or ""
        terms = [self.library.term(table, name) for name in ranking.order or self.library.tables[table]]
        needed = self._needed(ranking)
        best = next((self._covered(term, needed) for term in terms if term.id == chosen), ())
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
                even=kind == "beaten" and len(covers) == len(best),
            )

    def _kind(self, ranking: Ranking, term: Term, chosen: str | None) -> CandidateKind:
        if term.id == chosen:
            return "chosen"
        match self.settled.truth((ranking.among, term.id)):
            case True:
                return "beaten"
            case False:
                return "unavailable"
        return "unsure"

    def _needed(self, ranking: Ranking) -> tuple[str, ...]:
        """Return what is needed for certain; nothing where open answers can add to it and turn the scale."""
        truths = {need: self.settled.truth((ranking.covers, need)) for need in self.program.values[ranking.covers]}
        return () if None in truths.values() else tuple(need for need, truth in truths.items() if truth)

    def _covered(self, term: Term, needed: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(need for need in needed if need in term.covers)

    def _unavailable(self, ranking: Ranking, term: Term) -> tuple[Need, ...]:
        """Return what the first rule lacked that could have made a candidate available."""
        rules = self.program.producers.get((ranking.among, term.id), ())
        return next((lack for rule in rules if (lack := self.settled.lack(rule.body))), ())
