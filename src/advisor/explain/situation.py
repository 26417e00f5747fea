"""A case as explanations see it: what is certain, possible or excluded among its completions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property

from advisor.advice.advice import Circumstance, Conclusion
from advisor.advice.circumstances import described_answer
from advisor.advice.conclusions import bare_conclusion
from advisor.inference.case import Case
from advisor.inference.formula import Atom
from advisor.inference.inquiry import Inquiry, Readers
from advisor.inference.program import Program
from advisor.knowledge.library import Library
from advisor.knowledge_base import Day, Knowledge
from advisor.problem import ContradictionError, Problem, place_of


class Situation:
    """Known answers on a day, and exact answers about their completions.

    Of the conclusion `fact` only those completions count in which the cooperation is admissible (of admissibility
    itself all of them), as everywhere in the advice.
    """

    def __init__(self, knowledge: Knowledge, case: Case) -> None:
        """Look at a case. Raises `ContradictionError` where its answers contradict each other."""
        self.knowledge = knowledge
        self.library: Library = knowledge.library
        self.case = case
        self.day: Day = knowledge.on(case.as_of)
        self.program: Program = self.day.program
        self.readers: Readers = self.day.readers.fresh()
        self.sat = self.readers.sat
        if not self.inquiry.consistent:
            raise ContradictionError([Problem(place_of("answers"), "answers.no_completion")], case.answers)

    @cached_property
    def inquiry(self) -> Inquiry:
        """The inquiry about all known answers."""
        return self.of(self.case.codes)

    def of(self, codes: Mapping[str, int]) -> Inquiry:
        """Return an inquiry about other known answers on the same day."""
        return Inquiry(self.readers, codes, self.library.conclusion_file.gate, self.library.conclusions)

    def conclusion(self, name: str) -> Conclusion:
        """Return a conclusion, without reasons."""
        return bare_conclusion(self.library, self.inquiry, name)

    def scope(self, fact: str) -> list[int]:
        """Return the literals that hold in the completions that count for `fact`."""
        return [self.sat.literal(atom) for atom in self.inquiry.scope(fact)]

    def possible(
        self, atom: Atom, fact: str, codes: Mapping[str, int] | None = None, *, truth: bool = True
    ) -> bool:
        """Return whether an atom is true (or false) in some completion that counts for `fact`."""
        literal = self.sat.literal(atom)
        known = self.case.codes if codes is None else codes
        return self.sat.completion(known, [*self.scope(fact), literal if truth else -literal]) is not None

    def standing(self, citations: Iterable[str]) -> tuple[str, ...]:
        """Return the citations of the study or in force on the day; all of them where none is."""
        every = tuple(citations)
        day = self.case.as_of
        return tuple(c for c in every if self.library.status(c, day) in ("in_force", "study")) or every

    def answers_behind(
        self, literals: Iterable[int], fact: str, codes: Mapping[str, int], first: Iterable[str] = ()
    ) -> tuple[str, ...]:
        """Return a smallest set of questions whose answers rule out that all `literals` hold.

        None of them can be left out. Answers to the questions `first` are left out last. Raises `ValueError`
        where the answers do not rule it out.
        """
        fixed = [*self.scope(fact), *literals]
        wanted = set(first)
        order = [q for q in codes if q not in wanted] + [q for q in codes if q in wanted]
        kept = dict(codes)
        if self.sat.completion(kept, fixed) is not None:
            raise ValueError("the answers do not settle it")
        for question in order:
            fewer = {q: code for q, code in kept.items() if q != question}
            if self.sat.completion(fewer, fixed) is None:
                kept = fewer
        return tuple(q for q in codes if q in kept)

    def parts_behind(
        self, literals: Iterable[int], fact: str, codes: Mapping[str, int]
    ) -> tuple[Circumstance, ...]:
        """Return the parts of the answers that rule out that all `literals` hold, none of which can be left out."""
        tried = {literal: question for question, code in codes.items() for literal in self._told(question, code)}
        core = self.sat.core([*self.scope(fact), *literals], list(tried))
        if core is None:
            raise ValueError("the answers do not settle it")
        found: list[Circumstance] = []
        for domain in self.program.domains:
            if domain.id in codes:
                told = self.sat.answer_literals(domain.id, codes[domain.id])
                used = [atom for atom, literal in zip(domain.atoms, told, strict=True) if literal in set(core)]
                if used:
                    found += described_answer(domain, codes[domain.id], used)
        return tuple(found)

    def _told(self, question: str, code: int) -> list[int]:
        """Return an answer as literals; of a choice only the chosen option."""
        literals = self.sat.answer_literals(question, code)
        domain = self.program.domains[self.program.position[question]]
        return [lit for lit in literals if lit > 0] if domain.question.type == "choice" else literals
