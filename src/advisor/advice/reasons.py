"""Reasons: the rules behind a statement, written as what a reader needs."""

from __future__ import annotations

from collections.abc import Iterable

from advisor.advice.advice import Reason
from advisor.inference.case import Case
from advisor.inference.formula import Atom
from advisor.knowledge_base import Knowledge
from advisor.reasoning.completions import Scope
from advisor.reasoning.derivation import Derivation, Derivations, Speaker
from advisor.reasoning.entailment import Entailment


class Reasons:
    """Reads reasons from the derivations of a case."""

    def __init__(self, knowledge: Knowledge, case: Case, entailment: Entailment) -> None:
        self.library = knowledge.library
        self.case = case
        self.entailment = entailment
        self.derivations = Derivations(entailment)
        self._background = {d.decision for d in knowledge.rulebase.decisions if d.background}

    def of(self, atoms: Iterable[Atom], scope: Scope, *, deep: bool = True) -> tuple[Reason, ...]:
        """Return the reasons for atoms that hold in every completion of a scope.

        First the rules that conclude them, then (where `deep`) what those stand on, down to the answers or to what
        belongs to another conclusion. Where no rule holds in all of the scope, those come of which one or another
        does, marked as alternatives.
        """
        derivation = self.derivations[scope]
        return tuple(self._reason(derivation, speaker) for speaker in derivation.behind(atoms, deep=deep))

    def _reason(self, derivation: Derivation, speaker: Speaker) -> Reason:
        rule = speaker.rule
        if speaker.alternative:
            questions = telling = derivation.given(rule)
        else:
            questions, telling = derivation.questions(rule), derivation.questions(rule, self._tells)
        grounds = rule.grounds
        return Reason(
            rule=rule.id,
            text=grounds.because,
            facts={q: answer for q, answer in self.case.answers.items() if q in questions},
            cites=self.library.standing(grounds.cites, self.case.as_of),
            see=grounds.see,
            authority=grounds.authority,
            provenance=grounds.provenance,
            direct=speaker.direct,
            alternative=speaker.alternative,
            telling=telling,
            certain=self.entailment.fires(rule) is True,
            background=rule.decision in self._background,
        )

    def _tells(self, atom: Atom) -> bool:
        """Whether a fact is more than background."""
        producers = self.entailment.producers(atom)
        return not producers or any(rule.decision not in self._background for rule in producers)
