"""Minimal changes: the smallest sets of answers by which a conclusion gets a value."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from advisor.explain.infeasibility import Barrier, barriers
from advisor.explain.target import Target
from advisor.inference.case import Case
from advisor.inference.domain import Code
from advisor.inference.formula import Literal
from advisor.knowledge.library import Library
from advisor.knowledge_base import Knowledge
from advisor.reasoning.counterfactual import Change, ChangeSearch
from advisor.reasoning.entailment import Entailment, entailment_of
from advisor.understanding.reading import Answer

MOST = 20


@dataclass(frozen=True, slots=True)
class Changes:
    """Answers to give or to change together; `controllable` where no answer among them is a given fact."""

    set: Mapping[str, Answer]
    controllable: bool


@dataclass(frozen=True, slots=True)
class MinimalChanges:
    """The smallest changes after which a target certainly comes out.

    `size` is the number of answers in each, None where no answers at all reach it on the day; `barriers` then says
    which rules stand in the way. `more` says that there are other changes of the same size.
    """

    target: Target
    size: int | None
    more: bool
    changes: tuple[Changes, ...]
    barriers: tuple[Barrier, ...] = ()


def minimal_changes(knowledge: Knowledge, case: Case, target: Target, most: int = MOST) -> MinimalChanges:
    """Return the smallest changes of a case by which `target` comes out whatever the open answers are.

    The cooperation is admissible after each. Changes that the planner or others can bring about come first.
    Raises `ContradictionError`.
    """
    entailment = entailment_of(knowledge, case)
    search = change_search(entailment, target.conclusion, Literal(target.atom))
    size, found, more = search.smallest(movable(knowledge.library), most)
    changes = tuple(changes_of(entailment, change) for change in easiest_first(entailment, found))
    why = barriers(knowledge, case, target) if size is None else ()
    return MinimalChanges(target, size, more, changes, why)


def change_search(entailment: Entailment, fact: str, literal: Literal) -> ChangeSearch:
    """Return the search for what makes a literal hold in the completions that count for `fact`."""
    return ChangeSearch(entailment.day, entailment.known, literal, entailment.scope(fact))


def easiest_first(entailment: Entailment, changes: Iterable[Change]) -> list[Change]:
    """Return changes in the order in which a planner would try them.

    First those that leave given facts alone, then those that ask others for least, then those on whose questions
    fewest conclusions can depend (a budget rather than another partner), then those that add or remove fewest
    options, then those that go to a neighbouring option (from not agreed to agreed in principle). Equals come in
    the order of the questions and options, whichever was found first.
    """
    questions, positions, known = entailment.library.questions, entailment.program.position, entailment.known
    depending = [entailment.program.dependence.below(name) for name in entailment.library.conclusions]

    def is_list(question: str) -> bool:
        return questions[question].type == "choices"

    def effort(change: Change) -> tuple[int, int, int, int, int, list[tuple[int, Code]]]:
        controls = [questions[question].control for question in change]
        touched = sum(not below.isdisjoint(change) for below in depending)
        toggles = sum(
            (code ^ known.get(question, 0)).bit_count() if is_list(question) else 1
            for question, code in change.items()
        )
        steps = sum(abs(code - known.get(q, code)) for q, code in change.items() if not is_list(q))
        order = sorted((positions[question], code) for question, code in change.items())
        return controls.count("given"), controls.count("others"), touched, toggles, steps, order

    return sorted(changes, key=effort)


def movable(library: Library) -> tuple[str, ...]:
    """Return the questions about what the planner or others can change."""
    return tuple(question.id for question in library.questions.values() if question.control != "given")


def changes_of(entailment: Entailment, change: Change) -> Changes:
    """Return a change with its answers written out."""
    ordered = [domain for domain in entailment.program.domains if domain.id in change]
    answers = {domain.id: domain.decode(change[domain.id]) for domain in ordered}
    return Changes(answers, all(domain.question.control != "given" for domain in ordered))
