"""The rules for CLIPS (clipspy).

An answer is an ordered fact `(answer QUESTION VALUE)`, one for each option of a list, and what follows is
`(fact NAME VALUE)`. CLIPS withdraws nothing that a rule asserted, so each rule has a salience of its own, in
running order. The rules call a function that hands conclusions to Python: reading facts back keeps a handle of
each, and every case then takes longer than the one before. Facts are asserted in one call for the same reason.
"""

from __future__ import annotations

from typing import Literal as OneOf

import clips

from advisor.inference.formula import Atom, Literal
from advisor.inference.ground import GroundRule
from engines.translation import Answers, Decision, Engine, Rules, more_than, translated


def engine(rules: Rules) -> Engine:
    """Return CLIPS with the rules loaded."""
    environment = clips.Environment()
    found: set[Atom] = set()
    wanted = frozenset(rules.wanted)

    def conclude(name: str, value: str) -> None:
        found.add((str(name), str(value)))

    environment.define_function(conclude)
    for number, rule in enumerate(rules.program.rules):
        environment.build(_rule(rules, wanted, number, rule))

    def run(answers: Answers) -> Decision:
        found.clear()
        environment.reset()
        environment.eval(f"(progn (assert {' '.join(_answer(answers))}) TRUE)")
        environment.run()
        return frozenset(found)

    return run


def _answer(answers: Answers) -> list[str]:
    return [
        f"(answer {name} {value})"
        for name, answer in answers.items()
        for value in (answer if isinstance(answer, (tuple, list)) else (answer,))
    ]


def _rule(rules: Rules, wanted: frozenset[str], number: int, rule: GroundRule) -> str:
    condition = translated(rule.body, lambda literal: _pattern(rules, literal), _joined)
    heads = [f"(assert (fact {name} {value}))" for name, value in rule.heads]
    heads += [f"(conclude {name} {value})" for name, value in rule.heads if name in wanted]
    return f"(defrule rule-{number} (declare (salience {-number})) {condition} => {' '.join(heads)})"


def _pattern(rules: Rules, literal: Literal) -> str:
    name, value = literal.atom
    kind = rules.kind(name)
    if kind == "number":
        return f"(answer {name} ?n&:({'>' if literal.positive else '<='} ?n {more_than(value)}))"
    pattern = f"({'fact' if kind == 'fact' else 'answer'} {name} {value})"
    return pattern if literal.positive else f"(not {pattern})"


def _joined(joint: OneOf["all", "any"], parts: list[str]) -> str:
    if not parts:
        return "" if joint == "all" else "(test (eq 1 2))"
    return parts[0] if len(parts) == 1 else f"({'and' if joint == 'all' else 'or'} {' '.join(parts)})"
