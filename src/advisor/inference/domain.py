"""Domains: how the answer to a question is written as one small integer, and back.

choice and yes_no: the index of the option; choices: a bit mask, one bit an option; number: the number itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NewType, assert_never

from advisor.inference.formula import Atom, Threshold, cut_of
from advisor.knowledge.question import Question
from advisor.understanding.reading import Answer

Code = NewType("Code", int)
"""An answer to a question as one integer; what it means, the domain of the question says."""


@dataclass(frozen=True)
class Domain:
    """The possible answers to one question; `cuts` are the numbers n for which a rule asks "more than n?"."""

    question: Question
    cuts: tuple[int, ...] = ()

    @cached_property
    def id(self) -> str:
        """The id of the question."""
        return self.question.id

    def encode(self, answer: Answer) -> Code:
        """Return the code of a valid answer."""
        match answer:
            case int():
                return Code(answer)
            case str():
                return Code(self.bits[answer])
            case _:
                return Code(sum(1 << self.bits[option] for option in answer))

    def decode(self, code: Code) -> Answer:
        """Return the answer of a code; chosen options come in the order of the question."""
        match self.question.type:
            case "number":
                return code
            case "choice" | "yes_no":
                return self.question.option_ids[code]
            case "choices":
                return tuple(o for i, o in enumerate(self.question.option_ids) if code >> i & 1)
            case _ as unreachable:
                assert_never(unreachable)

    def has(self, code: Code, value: str) -> bool:
        """Return whether the atom (question, value) is true under the answer with this code."""
        match self.question.type:
            case "number":
                return code > cut_of(value)
            case "choice" | "yes_no":
                return self.question.option_ids[code] == value
            case "choices":
                return bool(code >> self.bits[value] & 1)
            case _ as unreachable:
                assert_never(unreachable)

    def code_of(self, held: Sequence[bool]) -> Code:
        """Return the code of an answer, given which of `atoms` hold; of a number, the least that fits."""
        match self.question.type:
            case "number":
                low, _ = self.bounds
                return Code(max([low, *(cut + 1 for cut, above in zip(self.cuts, held, strict=True) if above)]))
            case "yes_no":
                return Code(0 if held[0] else 1)
            case "choice":
                return Code(held.index(True))
            case "choices":
                return Code(sum(1 << index for index, chosen in enumerate(held) if chosen))
            case _ as unreachable:
                assert_never(unreachable)

    @cached_property
    def bits(self) -> dict[str, int]:
        """The index of each option."""
        return {option: index for index, option in enumerate(self.question.option_ids)}

    @cached_property
    def atoms(self) -> tuple[Atom, ...]:
        """The atoms that describe an answer; for yes_no the single atom "yes"."""
        match self.question.type:
            case "number":
                return tuple((self.id, Threshold(cut)) for cut in self.cuts)
            case "yes_no":
                return ((self.id, "yes"),)
            case _:
                return tuple((self.id, option) for option in self.question.option_ids)

    @cached_property
    def cells(self) -> tuple[Code, ...]:
        """One code of every class of answers that rules can tell apart; for choices every code."""
        match self.question.type:
            case "number":
                low, high = self.bounds
                found = (low, *(cut + 1 for cut in self.cuts if low <= cut < high))
            case "choices":
                found = tuple(range(1 << len(self.question.option_ids)))
            case _:
                found = tuple(range(len(self.question.option_ids)))
        return tuple(map(Code, found))

    @property
    def bounds(self) -> tuple[int, int]:
        """The smallest and the largest number that the question admits."""
        return self.question.bounds
