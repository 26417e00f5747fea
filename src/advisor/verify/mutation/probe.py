"""Whether changed rules say anything else than the original, for any answers on a day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from advisor.inference.encoding import Copy, Variables
from advisor.inference.formula import Atom
from advisor.inference.ground import GroundRule
from advisor.inference.overlay import Overlay
from advisor.inference.program import Row
from advisor.inference.sat_reader import Known, new_solver
from advisor.knowledge_base import Knowledge
from advisor.verify.proof.answers import nearest_model
from advisor.verify.proof.gate import Gate

LIVES = 150
"""After so many questions a solver is replaced: what it has gathered makes it slower."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A literal that is true only where something differs, and the facts of which a value, or an article, can."""

    literal: int
    facts: frozenset[str]


class Probe:
    """One day's rule base and a solver; asks what can be told apart.

    What a reader is told, and so what can be told apart: the values of the facts that are shown (where the gate
    holds; of the gate itself everywhere) and, value by value, the articles that its rules name.
    """

    def __init__(self, knowledge: Knowledge, day: date) -> None:
        self.knowledge = knowledge
        self.day = day
        self._program = knowledge.on(day).program
        self._shown = shown_atoms(knowledge)
        self._spoken = Gate.of(knowledge)
        self._asked = 0
        self._start()

    def _start(self) -> None:
        self._variables = Variables()
        self._copy = Copy(self._program, self._variables)
        self._gate = self._copy.atom(self._spoken.atom)
        self._solver = new_solver(self._copy.clauses)
        self._sent = len(self._copy.clauses)

    def difference(self, rules: Sequence[GroundRule], alive: Mapping[str, bool]) -> Difference | None:
        """Return what asks for answers on which `rules` say something else; None where there can be none.

        `alive` says which references are in force for them.
        """
        self._asked += 1
        if self._asked % LIVES == 0:
            self._start()
        overlay = Overlay(self._copy, self.knowledge.rulebase.by_id, rules, alive)
        differences = [*self._values(overlay), *self._citations(overlay, rules)]
        if not differences:
            return None
        return Difference(self._any(d for _, d in differences), frozenset(fact for fact, _ in differences))

    def row(self, literals: Sequence[int], known: Known, near: Row | None = None) -> Row | None:
        """Return answers to all questions, of which those of `known` are given; None: there are none.

        In them all of `literals` hold, which must be the last that this probe gave, and no more of them can be as
        in `near`.
        """
        self._send()
        wishes = (self._copy.answer(d.id, code) for d, code in zip(self._program.domains, near or (), strict=False))
        model = nearest_model(self._solver, [*literals, *self._answers(known)], wishes)
        return None if model is None else self._copy.row(model)

    def _answers(self, known: Known) -> list[int]:
        return [literal for question, code in known.items() for literal in self._copy.answer(question, code)]

    def firing(self, rules: Sequence[GroundRule], alive: Mapping[str, bool], rule: str) -> tuple[int, int]:
        """Return literals that ask for answers on which `rule`, one of `rules`, fires and the gate holds."""
        return Overlay(self._copy, self.knowledge.rulebase.by_id, rules, alive).rules[rule], self._gate

    def _send(self) -> None:
        for clause in self._copy.clauses[self._sent :]:
            self._solver.add_clause(clause)
        self._sent = len(self._copy.clauses)

    def _any(self, literals: Iterable[int]) -> int:
        switch = self._variables.new()
        self._copy.clauses.append([-switch, *literals])
        return switch

    # -- what differs ---------------------------------------------------------------------------------------

    def _values(self, overlay: Overlay) -> Iterator[tuple[str, int]]:
        """Yield facts with literals that are true only where a shown value differs."""
        for atom in self._shown:
            before, after = self._copy.atom(atom), overlay.atom(atom)
            if before != after:
                yield atom[0], self._difference(before, after, self._needed(atom))

    def _citations(self, overlay: Overlay, rules: Sequence[GroundRule]) -> Iterator[tuple[str, int]]:
        """Yield facts with literals that are true only where a value there both ways rests on other articles."""
        before = self._citing(self.knowledge.rulebase.rules, self._copy.rules)
        after = self._citing(rules, overlay.rules)
        for key in before.keys() | after.keys():
            atom, _ = key
            old, new = before.get(key, frozenset()), after.get(key, frozenset())
            if old != new:
                there = (self._copy.atom(atom), overlay.atom(atom), *self._needed(atom))
                named = self._copy.either(sorted(old)), self._copy.either(sorted(new))
                yield atom[0], self._difference(*named, there)

    def _needed(self, atom: Atom) -> tuple[int, ...]:
        """Return what must hold for a value to be spoken of: the gate, except for what the gate rests on."""
        return (self._gate,) if self._spoken.stands_before(atom) else ()

    def _citing(
        self, rules: Iterable[GroundRule], fires: Mapping[str, int]
    ) -> dict[tuple[Atom, str], frozenset[int]]:
        """Return for each shown value and article when a rule for the value names the article."""
        found: dict[tuple[Atom, str], set[int]] = {}
        for rule in rules:
            literal = fires.get(rule.id, -self._copy.true)
            if rule.silent or literal == -self._copy.true:
                continue
            for head in rule.heads:
                if head in self._shown:
                    for citation in rule.grounds.cites:
                        found.setdefault((head, citation), set()).add(literal)
        return {key: frozenset(literals) for key, literals in found.items()}

    def _difference(self, before: int, after: int, needed: tuple[int, ...]) -> int:
        difference = self._variables.new()
        self._copy.clauses += [[-difference, before, after], [-difference, -before, -after]]
        self._copy.clauses += [[-difference, literal] for literal in needed]
        return difference


def shown_atoms(knowledge: Knowledge) -> dict[Atom, None]:
    """Return every value of every fact that a report shows, in order."""
    library = knowledge.library
    values = ((fact, value) for fact in library.shown for value in library.values(fact))
    flags = {fact for fact in library.shown if library.all_facts[fact].kind == "flag"}
    return dict.fromkeys(atom for atom in values if atom[0] not in flags or atom[1] == "yes")
