"""Examples of findings: a day and the fewest answers that show one, ready as an answers file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from advisor.inference.domain import Answer, Domain
from advisor.verify.proof.answers import fewest
from advisor.verify.proof.prover import Model, Prover
from advisor.yaml_text import yaml_text


@dataclass(frozen=True, slots=True)
class Example:
    """Answers on a day; whatever is answered to the other questions, the finding shows."""

    as_of: date
    answers: Mapping[str, Answer]

    @property
    def data(self) -> dict[str, Any]:
        """The example as plain data of the shape of an answers file."""
        answers = {name: list(a) if isinstance(a, tuple) else a for name, a in self.answers.items()}
        return {"as_of": self.as_of, "answers": answers}

    @property
    def text(self) -> str:
        """The example as an answers file."""
        return yaml_text(self.data)


def example_of(prover: Prover, model: Model, shown: int, day: date) -> Example:
    """Return the fewest answers of a model (none can be left out) that bring the literal `shown` about.

    Of a list only those options are kept that are needed.
    """
    domains = prover.program.domains
    codes = {domain.id: code for domain, code in zip(domains, model.row, strict=True)}
    kept = fewest(codes, lambda fewer: prover.find(*prover.answers(fewer), -shown) is None)
    for domain in domains:
        if domain.id in kept and domain.question.type == "choices":
            kept = _shorter(prover, kept, domain, shown)
    return Example(day, {domain.id: domain.decode(kept[domain.id]) for domain in domains if domain.id in kept})


def _shorter(prover: Prover, codes: dict[str, int], domain: Domain, shown: int) -> dict[str, int]:
    """Return the answers with as few options of one list as will do."""
    for index in domain.bits.values():
        fewer = {**codes, domain.id: codes[domain.id] & ~(1 << index)}
        answers = prover.answers(fewer)
        # Without the option the answers must still stand together, and still bring it about.
        if prover.find(*answers) is not None and prover.find(*answers, -shown) is None:
            codes = fewer
    return codes
