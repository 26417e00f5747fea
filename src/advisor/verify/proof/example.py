"""Examples of findings: a day and the fewest answers that show one, ready as an answers file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from advisor.inference.cnf import Lit, denied
from advisor.inference.domain import Code, Domain
from advisor.inference.encoding import Encoding
from advisor.inference.solver import Model
from advisor.understanding.reading import Answer
from advisor.verify.proof.answers import answers_data, fewest
from advisor.yaml_text import yaml_text


@dataclass(frozen=True, slots=True)
class Example:
    """Answers on a day; whatever is answered to the other questions, the finding shows."""

    as_of: date
    answers: Mapping[str, Answer]

    @property
    def data(self) -> dict[str, Any]:
        """The example as plain data of the shape of an answers file."""
        return {"as_of": self.as_of, "answers": answers_data(self.answers)}

    @property
    def text(self) -> str:
        """The example as an answers file."""
        return yaml_text(self.data)


def example_of(encoding: Encoding, model: Model, shown: Lit, day: date) -> Example:
    """Return the fewest answers of a model (none can be left out) that bring the literal `shown` about.

    Of a list only those options are kept that are needed.
    """
    domains = encoding.program.domains
    codes = {domain.id: code for domain, code in zip(domains, encoding.row(model), strict=True)}

    def enough(fewer: Mapping[str, Code]) -> bool:
        return not encoding.solver.satisfiable([*encoding.answers(fewer), denied(shown)])

    kept = fewest(codes, enough)
    for domain in domains:
        if domain.id in kept and domain.question.type == "choices":
            kept = _shorter(encoding, kept, domain, shown)
    # Beside a shorter list another answer may no longer be needed.
    kept = fewest(kept, enough)
    return Example(day, {domain.id: domain.decode(kept[domain.id]) for domain in domains if domain.id in kept})


def _shorter(encoding: Encoding, codes: dict[str, Code], domain: Domain, shown: Lit) -> dict[str, Code]:
    """Return the answers with as few options of one list as will do."""
    for index in domain.bits.values():
        fewer = {**codes, domain.id: Code(codes[domain.id] & ~(1 << index))}
        answers = encoding.answers(fewer)
        # Without the option the answers must still stand together, and still bring it about.
        solver = encoding.solver
        if solver.satisfiable(answers) and not solver.satisfiable([*answers, denied(shown)]):
            codes = fewer
    return codes
