"""Whether other contradictions refuse other answers, or name other questions."""

from __future__ import annotations

from collections.abc import Sequence

from advisor.inference.cnf import Cnf, Lit
from advisor.inference.encoding import Encoding
from advisor.inference.formula import atoms
from advisor.inference.program import Row
from advisor.inference.rulebase import Exclusion
from advisor.knowledge_base import Knowledge

Questions = frozenset[str]


def clash_row(original: Knowledge, changed: Knowledge) -> Row | None:
    """Return answers of which the contradictions of both name different questions; None: there are none.

    Contradictions are the same on every day, because they may speak of answers alone.
    """
    newest = original.stretches()[-1][0]
    encoding = Encoding(original.on(newest).program, Cnf(), exclusions=False)
    before, after = (_by_questions(encoding, side.rulebase.exclusions) for side in (original, changed))
    never = encoding.cnf.false
    differences = (
        encoding.cnf.unlike(before.get(questions, never), after.get(questions, never))
        for questions in sorted(before.keys() | after.keys(), key=sorted)
    )
    model = encoding.solver.model([encoding.cnf.any_of(differences)])
    return None if model is None else encoding.row(model)


def _by_questions(encoding: Encoding, exclusions: Sequence[Exclusion]) -> dict[Questions, Lit]:
    """Return, for each set of questions that is named together, when it is."""
    found: dict[Questions, list[Lit]] = {}
    for exclusion in exclusions:
        questions = frozenset(name for name, _ in atoms(exclusion.formula))
        found.setdefault(questions, []).append(encoding.formula(exclusion.formula))
    return {questions: encoding.cnf.any_of(sorted(literals)) for questions, literals in found.items()}
