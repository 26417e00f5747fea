"""Full cases: the one that a solver finds nearest to known answers, and what follows in one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from advisor.inference.bit_parallel import Columns, Table, evaluated
from advisor.inference.cnf import Lit
from advisor.inference.encoding import Encoding
from advisor.inference.program import Row
from advisor.knowledge_base import Knowledge
from advisor.verify.proof.answers import Codes


def nearest_row(encoding: Encoding, literals: Sequence[Lit], near: Codes) -> Row | None:
    """Return answers to all questions under which all `literals` hold; None where there are none.

    No more of them can be as in `near`, of which the first questions count most.
    """
    wishes = (encoding.answer(question, code) for question, code in near.items())
    model = encoding.solver.nearest(literals, wishes)
    return None if model is None else encoding.row(model)


def followed(knowledge: Knowledge, day: date, row: Row) -> Columns:
    """Return what follows from all answers on a day; its columns are 1 where something holds, else 0."""
    rulebase = knowledge.rulebase
    return evaluated(rulebase, Table(knowledge.library, rulebase.domains, [(day, row)]))


def values_in(knowledge: Knowledge, columns: Columns, fact: str) -> tuple[str, ...]:
    """Return the values of a fact in the one case of `columns`; none where the knowledge has no such fact."""
    values = knowledge.library.values(fact) if fact in knowledge.library.all_facts else ()
    return tuple(value for value in values if columns.atom((fact, value)))
