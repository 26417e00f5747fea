"""Scenarios proposed from witnesses: what the program says of them is filled in, for a person to approve."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from advisor.catalogue import say
from advisor.inference.authored import Source, SourceRanking
from advisor.inference.bit_parallel import Columns
from advisor.inference.condition import Test, written
from advisor.knowledge_base import Knowledge
from advisor.text import Language
from advisor.verify.proof.answers import answers_data
from advisor.verify.proof.full_case import followed, values_in
from advisor.verify.proof.gate import Gate
from advisor.verify.witness.witness import RuleWitness, WitnessCase


def proposals(knowledge: Knowledge, witness: RuleWitness, language: Language) -> Iterator[dict[str, Any]]:
    """Yield the scenarios of a rule as plain data of the shape of a scenario file."""
    if witness.fires is None:
        return
    proposal = _Proposal(knowledge, witness.source, language)
    yield proposal.firing(witness.fires)
    for number, (test, case) in enumerate(witness.misses, start=1):
        yield proposal.missing(number, test, case)


class _Proposal:
    def __init__(self, knowledge: Knowledge, source: Source, language: Language) -> None:
        self.knowledge = knowledge
        self.library = knowledge.library
        self.id = source.shape.id
        self.grounds = source.shape.chosen if isinstance(source, SourceRanking) else source.shape
        self.language: Language = language
        self._gate = Gate.of(knowledge)
        rules = [rule for rule in knowledge.rulebase.rules if rule.source == self.id]
        self.rules = [rule for rule in rules if any(fact in self.library.all_facts for fact, _ in rule.heads)]

    def firing(self, case: WitnessCase) -> dict[str, Any]:
        """Return the scenario in which the rule fires."""
        expect = self._expected(followed(self.knowledge, case.as_of, case.row), case.as_of)
        name = say("witness.fires", self.language, rule=self.id)
        because = self.grounds.because.in_language(self.language)
        why = say("witness.fires_why", self.language, because=because)
        return self._scenario(f"witness.{self.id}", name, why, case, case.base, expect)

    def missing(self, number: int, test: Test, case: WitnessCase) -> dict[str, Any]:
        """Return the scenario in which one condition alone holds the rule back."""
        expect = self._left_out(followed(self.knowledge, case.as_of, case.row))
        name = say("witness.misses", self.language, rule=self.id, condition=written(test))
        why = say("witness.misses_why", self.language, condition=written(test))
        return self._scenario(f"witness.{self.id}.{number}", name, why, case, f"witness.{self.id}", expect)

    def _scenario(
        self, name_id: str, name: str, why: str, case: WitnessCase, base: str, expect: dict[str, Any]
    ) -> dict[str, Any]:
        pairs = zip(self.knowledge.rulebase.domains, case.row, strict=True)
        answers = {domain.id: domain.decode(code) for domain, code in pairs if domain.id in case.differing}
        data: dict[str, Any] = {"id": name_id, "name": name, "approved": False, "source": list(self.grounds.cites)}
        data |= {"why": why, **({"based_on": base} if base else {}), "as_of": case.as_of}
        return {**data, "answers": answers_data(answers), "expect": expect}

    def _expected(self, columns: Columns, day: date) -> dict[str, Any]:
        """Return what the rule concludes where it fires, with its articles."""
        expect: dict[str, Any] = {}
        for rule in self.rules:
            if not columns.rules[rule.id]:
                continue
            for fact, value in rule.heads:
                if fact not in self.library.all_facts:
                    continue
                if (fact, value) == self._gate.contested:
                    expect[self._gate.atom[0]] = {"contested": True}
                    continue
                kind = self.library.all_facts[fact].kind
                if kind != "many":
                    expect[fact] = {"value": self._one(fact, (value,))}
                    continue
                listed = expect.setdefault(fact, {"includes": []})
                listed["includes"].append(value)
                if not rule.silent:
                    named = self.library.standing(rule.grounds.cites, day)
                    listed.setdefault("cites", {})[value] = list(named)
        return expect

    def _left_out(self, columns: Columns) -> dict[str, Any]:
        """Return what holds of the rule's facts where it does not fire."""
        concluded: dict[str, list[str]] = {}
        expect: dict[str, Any] = {}
        for fact, value in dict.fromkeys(head for rule in self.rules for head in rule.heads):
            if (fact, value) == self._gate.contested:
                expect[self._gate.atom[0]] = {"contested": bool(columns.atom((fact, value)))}
            elif fact in self.library.all_facts:
                concluded.setdefault(fact, []).append(value)
        return expect | {fact: self._still(columns, fact, values) for fact, values in concluded.items()}

    def _still(self, columns: Columns, fact: str, concluded: Sequence[str]) -> dict[str, Any]:
        """Return what is expected of a fact where a rule does not conclude `concluded`."""
        there = values_in(self.knowledge, columns, fact)
        if self.library.all_facts[fact].kind != "many":
            return {"value": self._one(fact, there)}
        # Where another rule concludes one of them all the same, only the whole list says what is missing.
        still = any(value in there for value in concluded)
        return {"value": list(there)} if still else {"excludes": list(concluded)}

    def _one(self, fact: str, values: Sequence[str]) -> Any:
        """Return the value of a fact that has one, as scenarios write it."""
        if self.library.values(fact) == ("yes", "no"):
            return tuple(values) == ("yes",)
        return values[0] if values else None
