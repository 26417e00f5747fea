"""Whether changed rules say anything else than the original, for any answers on a day."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from advisor.inference.cnf import Lit
from advisor.inference.formula import Atom
from advisor.inference.ground import GroundRule
from advisor.inference.overlay import Overlay
from advisor.inference.program import Row
from advisor.knowledge_base import Knowledge
from advisor.verify.proof.answers import Codes
from advisor.verify.proof.full_case import nearest_row
from advisor.verify.proof.gate import Gate

LIVES = 150
"""After so many questions a solver is replaced: what it has gathered makes it slower."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A literal that is true only where something differs, and the facts of which a value, or an article, can."""

    literal: Lit
    facts: frozenset[str]


class Probe:
    """One day's rule base and a solver; asks what can be told apart.

    What a reader is told, and so what can be told apart: the values of the facts that are shown (where the gate
    holds; of the gate itself everywhere) and, value by value, the articles that its rules name.
    """

    def __init__(self, knowledge: Knowledge, day: date) -> None:
        self.knowledge = knowledge
        self.day = day
        self._shown = shown_atoms(knowledge)
        self._spoken = Gate.of(knowledge)
        self._asked = 0
        self._start()

    def _start(self) -> None:
        self._encoding = self.knowledge.on(self.day).encoding()
        self._gate = self._encoding.atom(self._spoken.atom)

    def difference(self, changed: Knowledge) -> Difference | None:
        """Return what asks for answers on which changed knowledge says something else; None: nowhere can it."""
        self._asked += 1
        if self._asked % LIVES == 0:
            self._start()
        overlay = self._overlay(changed)
        differences = [*self._values(overlay), *self._citations(overlay, changed.rulebase.rules)]
        if not differences:
            return None
        return Difference(
            self._encoding.cnf.any_of(d for _, d in differences), frozenset(fact for fact, _ in differences)
        )

    def possible(self, literal: Lit, known: Codes) -> bool:
        """Whether a literal (the last that this probe gave) holds for some answers beside those that are known."""
        return self._encoding.solver.satisfiable([literal, *self._encoding.answers(known)])

    def row(self, literals: Sequence[Lit], near: Codes) -> Row | None:
        """Return answers to all questions under which `literals` hold, the last that this probe gave.

        No more of them can be as in `near`. None: there are none.
        """
        return nearest_row(self._encoding, literals, near)

    def firing(self, changed: Knowledge, rule: str) -> tuple[Lit, Lit]:
        """Return literals that ask for answers on which a rule (by id) of `changed` fires and the gate holds."""
        return self._overlay(changed).rules[rule], self._gate

    def _overlay(self, changed: Knowledge) -> Overlay:
        library = changed.library
        asked = [*library.instruments, *library.articles] if self.knowledge.rulebase.references else ()
        alive = {reference: library.status(reference, self.day) == "in_force" for reference in asked}
        return Overlay(self._encoding, self.knowledge.rulebase.by_id, changed.rulebase.rules, alive)

    # -- what differs ---------------------------------------------------------------------------------------

    def _values(self, overlay: Overlay) -> Iterator[tuple[str, Lit]]:
        """Yield facts with literals that are true only where a shown value differs."""
        for atom in self._shown:
            before, after = self._encoding.atom(atom), overlay.atom(atom)
            if before != after:
                yield atom[0], self._difference(before, after, self._needed(atom))

    def _citations(self, overlay: Overlay, rules: Sequence[GroundRule]) -> Iterator[tuple[str, Lit]]:
        """Yield facts with literals that are true only where a value there both ways rests on other articles."""
        before = self._citing(self.knowledge.rulebase.rules, self._encoding.fires)
        after = self._citing(rules, overlay.rules.__getitem__)
        for key in before.keys() | after.keys():
            atom, _ = key
            old, new = before.get(key, frozenset()), after.get(key, frozenset())
            if old != new:
                there = (self._encoding.atom(atom), overlay.atom(atom), *self._needed(atom))
                old_named, new_named = (self._encoding.cnf.any_of(sorted(part)) for part in (old, new))
                yield atom[0], self._difference(old_named, new_named, there)

    def _needed(self, atom: Atom) -> tuple[Lit, ...]:
        """Return what must hold for a value to be spoken of: the gate, except for what the gate rests on."""
        return (self._gate,) if self._spoken.stands_before(atom) else ()

    def _citing(
        self, rules: Iterable[GroundRule], fires: Callable[[str], Lit]
    ) -> dict[tuple[Atom, str], frozenset[Lit]]:
        """Return for each shown value and article when a rule for the value names the article."""
        found: dict[tuple[Atom, str], set[Lit]] = {}
        for rule in rules:
            literal = fires(rule.id)
            if rule.silent or literal == self._encoding.cnf.false:
                continue
            for head in rule.heads:
                if head in self._shown:
                    for citation in rule.grounds.cites:
                        found.setdefault((head, citation), set()).add(literal)
        return {key: frozenset(literals) for key, literals in found.items()}

    def _difference(self, before: Lit, after: Lit, needed: Sequence[Lit]) -> Lit:
        return self._encoding.cnf.all_of([self._encoding.cnf.unlike(before, after), *needed])


def shown_atoms(knowledge: Knowledge) -> dict[Atom, None]:
    """Return every value of every fact that a report shows, in order."""
    library = knowledge.library
    values = ((fact, value) for fact in library.shown for value in library.values(fact))
    flags = {fact for fact in library.shown if library.all_facts[fact].kind == "flag"}
    return dict.fromkeys(atom for atom in values if atom[0] not in flags or atom[1] == "yes")
