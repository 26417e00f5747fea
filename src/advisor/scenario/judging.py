"""Judging: whether what was observed is what was expected. Pure and quick; mutants are judged by the thousand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from advisor.advice.advice import INADMISSIBLE
from advisor.problem import AnswersError, ContradictionError, Problem
from advisor.scenario.expectation import Expectation, Expected, cited
from advisor.scenario.naming import DAY
from advisor.scenario.observed import Observed
from advisor.scenario.scenario import Scenario

State = Literal["settled", "open", "inadmissible", "no_other_regime", "answers"]
"""How things stand with the fact; `answers`: it is about the answers as a whole."""


@dataclass(frozen=True, slots=True)
class Failure:
    """An expectation that is not met, and what was found instead.

    `found` has the shape of what is expected: a value, or a list (of a fact that is open and has too many lists,
    those that are certain and uncertain in a mapping). For `excludes` and `never` it is what should not be there.
    `problems` say why answers were refused.
    """

    expectation: Expectation
    found: Any
    state: State
    problems: tuple[Problem, ...] = ()

    @property
    def expected(self) -> Expected:
        """What was expected."""
        return self.expectation.expected


def judge(expectation: Expectation, observed: Observed) -> Failure | None:
    """Return how an observation fails an expectation; None where it meets it."""
    if _met(expectation, observed):
        return None
    return Failure(expectation, _found(expectation, observed), _state(observed))


def judge_refusal(scenario: Scenario, refusal: AnswersError | None) -> Failure | None:
    """Return how a refusal, or an acceptance (None), is not what the scenario expects; None where it is."""
    refused = None if refusal is None else _refused(refusal)
    expected = None if scenario.refused is None else set(scenario.refused)
    if (None if refused is None else set(refused)) == expected:
        return None
    expectation = Expectation("", "refused", scenario.refused, scenario.refused_place or scenario.place)
    return Failure(expectation, refused, "answers", refusal.problems if refusal else ())


def _refused(refusal: AnswersError) -> tuple[str, ...]:
    """Return which questions, or the day, a refusal names."""
    if isinstance(refusal, ContradictionError):
        return refusal.questions
    return (DAY,) if any(problem.key == "answers.not_covered" for problem in refusal.problems) else ()


def _met(expectation: Expectation, observed: Observed) -> bool:
    expected: Any = expectation.expected
    match expectation.part:
        case "value":
            return _has_value(expected, observed)
        case "possible":
            return observed.possible is not None and set(observed.possible) == set(expected)
        case "depends_on":
            return set(observed.depends_on) == set(expected)
        case "contested":
            return observed.contested is expected and observed.reason is None
        case "cites":
            return _is_settled(observed) and all(there for _, there in _naming(expected, observed))
        case "does_not_cite":
            return _is_settled(observed) and not any(there for _, there in _naming(expected, observed))
        case "includes":
            return set(expected) <= set(observed.certainly())
        case "excludes":
            return observed.anywhere().isdisjoint(expected)
        case "never":
            return not _intruders(expected, observed)
        case "refused":
            return False


def _has_value(expected: Any, observed: Observed) -> bool:
    if expected is None:
        return observed.reason is not None
    if observed.reason is not None:
        return bool(expected == observed.reason == INADMISSIBLE)
    possible = observed.possible
    return possible is not None and len(possible) == 1 and possible[0] == expected


def _is_settled(observed: Observed) -> bool:
    return not observed.open and observed.reason is None


def _naming(expected: Any, observed: Observed) -> Iterator[tuple[str, bool]]:
    """Yield each citation that is spoken of, and whether it is named where it is looked for."""
    if isinstance(expected, Mapping):
        nothing: frozenset[str] = frozenset()
        for element, citations in expected.items():
            yield from ((w, cited(w, observed.cites.get(element, nothing))) for w in citations)
    else:
        yield from ((wanted, cited(wanted, observed.named)) for wanted in expected)


def _intruders(expected: Any, observed: Observed) -> list[Any]:
    """Return the values, or elements of lists, that are possible though they must never be."""
    return [value for value in expected if _is_possible(value, observed)]


def _is_possible(value: Any, observed: Observed) -> bool:
    if observed.possible is not None and value in observed.possible:
        return True
    return isinstance(value, str) and value in observed.anywhere()


def _state(observed: Observed) -> State:
    if observed.reason is not None:
        return "inadmissible" if observed.reason == INADMISSIBLE else "no_other_regime"
    return "open" if observed.open else "settled"


def _found(expectation: Expectation, observed: Observed) -> Any:
    match expectation.part:
        case "depends_on":
            return observed.depends_on
        case "contested":
            return observed.contested
        case "does_not_cite" if _is_settled(observed):
            return tuple(wanted for wanted, there in _naming(expectation.expected, observed) if there)
        case "cites" | "does_not_cite":
            return _citations(expectation.expected, observed)
        case "includes":
            return observed.certainly()
        case "excludes" | "never":
            return tuple(_intruders(expectation.expected, observed))
        case "value" if not observed.open:
            return observed.value
        case _:
            if observed.possible is None:
                return {"certain": observed.certain, "uncertain": observed.uncertain}
            return observed.possible


def _citations(expected: Any, observed: Observed) -> Any:
    if isinstance(expected, Mapping):
        return {element: tuple(sorted(observed.cites.get(element, ()))) for element in expected}
    return tuple(sorted(observed.named))
