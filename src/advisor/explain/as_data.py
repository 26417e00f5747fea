"""Explanations as plain data, for JSON; keys are stable, new ones may be added.

`--reach`: {"schema": "reach/1", "conclusion", "target", "size" (null: impossible), "more", "changes": [{"set":
{question: answer}, "controllable"}], "barriers": [...]}. The others: see the functions.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from advisor.advice.advice import Circumstance, Conclusion
from advisor.advice.as_data import answers_data, conclusion_data
from advisor.explain.barrier import Barrier
from advisor.explain.compare import Comparison
from advisor.explain.derivation import Absent, Either, Given, Node, Step, Supposed
from advisor.explain.how import How
from advisor.explain.reach import Changes, Reach
from advisor.explain.what_if import WhatIf
from advisor.explain.why_not import Obstacle, WhyNot
from advisor.inference.domain import Answer
from advisor.inference.formula import Atom
from advisor.knowledge.shape import Authority
from advisor.text import Language, Text

Data = dict[str, Any]


def how_data(told: How, language: Language) -> Data:
    """Return {"schema", "asked", "conclusion": {...}, "answers", "tree": [...], "left_out": [...]}."""
    return {
        "schema": "how/1",
        "asked": told.asked,
        "conclusion": told.conclusion.id,
        **conclusion_data(told.conclusion, language),
        "answers": answers_data(told.answers),
        "tree": [_node(node, language) for node in told.tree],
        "left_out": [_node(node, language) for node in told.left_out],
    }


def why_not_data(told: WhyNot, language: Language) -> Data:
    """Return {"schema", "conclusion", "target", "verdict", "ways", "when", "reach", "barriers", "days", "duel"}."""
    when = None
    if told.when is not None:
        when = [[_circumstance(part) for part in parts] for parts in told.when.sets]
    return {
        "schema": "why_not/1",
        "conclusion": told.target.conclusion,
        "target": told.target.value,
        "verdict": told.verdict,
        "value": told.conclusion.value,
        "ways": [
            {
                **_rule(way.rule, way.text, way.cites, way.authority, language),
                "obstacles": [_obstacle(obstacle, language) for obstacle in way.obstacles],
            }
            for way in told.ways
        ],
        "when": when,
        "reach": reach_data(told.reach, language) if told.reach is not None else None,
        "barriers": [_barrier(barrier, language) for barrier in told.barriers],
        "days": [_day(day) for day in told.stretch] if told.stretch is not None else None,
        "duel": None
        if told.duel is None
        else {
            "chosen": told.duel.chosen,
            "asked": told.duel.asked,
            "rounds": [
                {"aspect": fought.aspect, "name": fought.name, "chosen": fought.chosen, "asked": fought.asked}
                for fought in told.duel.rounds
            ],
        },
    }


def what_if_data(told: WhatIf, language: Language) -> Data:
    """Return {"schema", "changed": {question: [before, after]}, "differences": {id: {before, after}}, "same"}."""
    return {
        "schema": "what_if/1",
        "changed": {question: [_answer(a) for a in pair] for question, pair in told.changed.items()},
        "differences": {
            difference.before.id: {
                "before": conclusion_data(difference.before, language),
                "after": conclusion_data(difference.after, language),
            }
            for difference in told.differences
        },
        "same": {conclusion.id: _bare(conclusion) for conclusion in told.same},
    }


def reach_data(told: Reach, language: Language) -> Data:
    """Return the shape that the docstring of this module says."""
    return {
        "schema": "reach/1",
        "conclusion": told.target.conclusion,
        "target": told.target.value,
        "size": told.size,
        "more": told.more,
        "changes": [_changes(change) for change in told.changes],
        "barriers": [_barrier(barrier, language) for barrier in told.barriers],
    }


def comparison_data(told: Comparison) -> Data:
    """Return {"schema", "views": [...], "answers": {...}, "conclusions": {...}, "day_matters": [...]}."""
    return {
        "schema": "compare/1",
        "views": [{"name": name, "as_of": _day(day)} for name, day in zip(told.names, told.days, strict=True)],
        "answers": {
            row.question: {
                "answers": [_answer(answer) for answer in row.answers],
                "differs": row.differs,
                "matters": list(row.matters),
            }
            for row in told.answers
        },
        "conclusions": {
            row.conclusion: {"differs": row.differs, "views": [_bare(view) for view in row.views]}
            for row in told.conclusions
        },
        "day_matters": list(told.day_matters),
    }


def _answer(answer: Answer | None) -> Any:
    return list(answer) if isinstance(answer, tuple) else answer


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _bare(conclusion: Conclusion) -> Data:
    data = conclusion_data(conclusion, "id")
    return {key: data[key] for key in ("value", "possible", "depends_on", "contested")}


def _changes(change: Changes) -> Data:
    return {"set": answers_data(change.answers), "controllable": change.controllable}


def _circumstance(part: Circumstance) -> Data:
    return {"question": part.question, "relation": part.relation, "values": list(part.values)}


def _atoms(atoms: Iterable[Atom]) -> list[list[str]]:
    return [list(atom) for atom in atoms]


def _rule(rule: str, text: Text | None, cites: Iterable[str], authority: Authority | None, lang: Language) -> Data:
    sentence = text.in_language(lang) if text is not None else None
    return {"rule": rule, "text": sentence, "cites": list(cites), "authority": authority}


def _node(node: Node, language: Language) -> Data:
    match node:
        case Given():
            return {"node": "answer", **_circumstance(node.part)}
        case Absent():
            text = node.text.in_language(language) if node.text is not None else None
            because = [_circumstance(part) for part in node.because]
            return {"node": "absent", "fact": list(node.atom), "text": text, "because": because}
        case Supposed():
            return {"node": "supposed", "fact": list(node.atom), "holds": node.positive}
        case Either():
            return {
                "node": "either",
                "facts": _atoms(node.atoms),
                "rules": [_node(rule, language) for rule in node.rules],
                "because": [_circumstance(part) for part in node.because],
            }
        case Step():
            return {
                "node": "rule",
                **_rule(node.rule, node.text, node.cites, node.authority, language),
                "provenance": node.provenance,
                "concluded": _atoms(node.concluded),
                "because": [_node(below, language) for below in node.because],
                "again": node.again,
            }


def _obstacle(obstacle: Obstacle, language: Language) -> Data:
    return {
        "kind": obstacle.kind,
        **_rule(obstacle.rule, obstacle.text, obstacle.cites, obstacle.authority, language),
        "needs": {"fact": list(obstacle.literal.atom), "holds": obstacle.literal.positive},
        "through": _atoms(obstacle.through),
        "given": [_circumstance(part) for part in obstacle.given],
        "cure": None if obstacle.cure is None else _changes(obstacle.cure),
    }


def _barrier(barrier: Barrier, language: Language) -> Data:
    return {
        "kind": barrier.kind,
        **_rule(barrier.rule, barrier.text, barrier.cites, barrier.authority, language),
        "articles": list(barrier.articles),
        "fact": None if barrier.atom is None else list(barrier.atom),
        "below": [_barrier(below, language) for below in barrier.below],
    }
