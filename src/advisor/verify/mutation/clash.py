"""Whether other contradictions refuse other answers, or name other questions."""

from __future__ import annotations

from collections.abc import Sequence

from advisor.inference.encoding import Copy, Variables
from advisor.inference.formula import atoms
from advisor.inference.program import Row
from advisor.inference.rulebase import Exclusion
from advisor.inference.sat_reader import new_solver
from advisor.knowledge_base import Knowledge

Questions = frozenset[str]


def clash_row(knowledge: Knowledge, exclusions: Sequence[Exclusion]) -> Row | None:
    """Return answers of which `exclusions` name other questions than the knowledge does; None: there are none.

    Contradictions are the same on every day, because they may speak of answers alone.
    """
    newest = knowledge.stretches()[-1][0]
    variables = Variables()
    copy = Copy(knowledge.on(newest).program, variables, exclusions=False)
    before, after = _by_questions(copy, knowledge.rulebase.exclusions), _by_questions(copy, exclusions)
    differences = []
    for questions in before.keys() | after.keys():
        old, new = before.get(questions, -copy.true), after.get(questions, -copy.true)
        difference = variables.new()
        copy.clauses += [[-difference, old, new], [-difference, -old, -new]]
        differences.append(difference)
    solver = new_solver([*copy.clauses, differences])
    return copy.row(solver.get_model()) if solver.solve() else None


def _by_questions(copy: Copy, exclusions: Sequence[Exclusion]) -> dict[Questions, int]:
    """Return, for each set of questions that is named together, when it is."""
    found: dict[Questions, list[int]] = {}
    for exclusion in exclusions:
        questions = frozenset(name for name, _ in atoms(exclusion.formula))
        found.setdefault(questions, []).append(copy.formula(exclusion.formula))
    return {questions: copy.either(sorted(literals)) for questions, literals in found.items()}
