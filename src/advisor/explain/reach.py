"""What would have to change: the smallest sets of answers by which a conclusion gets a value."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from advisor.explain.barrier import Barrier, barriers
from advisor.explain.situation import Situation
from advisor.explain.target import Target
from advisor.inference.case import Case
from advisor.inference.changes import Change, ChangeSearch, Goal
from advisor.inference.domain import Answer
from advisor.inference.formula import Literal
from advisor.knowledge.library import Library
from advisor.knowledge_base import Knowledge

MOST = 20


@dataclass(frozen=True, slots=True)
class Changes:
    """Answers to give or to change together; `controllable` where no answer among them is a given fact."""

    answers: Mapping[str, Answer]
    controllable: bool


@dataclass(frozen=True, slots=True)
class Reach:
    """The smallest changes after which a target certainly comes out.

    `size` is the number of answers in each, None where no answers at all reach it on the day; `barriers` then says
    which rules stand in the way. `more` says that there are other changes of the same size.
    """

    target: Target
    size: int | None
    changes: tuple[Changes, ...]
    more: bool
    barriers: tuple[Barrier, ...] = ()


def reach(knowledge: Knowledge, case: Case, target: Target, most: int = MOST) -> Reach:
    """Return the smallest changes of a case by which `target` comes out whatever the open answers are.

    The cooperation is admissible after each. Changes that the planner or others can bring about come first.
    Raises `ContradictionError`.
    """
    situation = Situation(knowledge, case)
    changing = search(situation, target.conclusion, Literal(target.atom))
    size, found, more = changing.smallest(movable(situation.library), most)
    changes = tuple(changes_of(situation, change) for change in easiest_first(situation, found))
    why = barriers(situation, target) if size is None else ()
    return Reach(target, size, changes, more, why)


def search(situation: Situation, fact: str, literal: Literal) -> ChangeSearch:
    """Return the search for what makes a literal hold in the completions that count for `fact`."""
    gate = situation.inquiry.gate
    scope = None if fact == gate[0] else gate
    return ChangeSearch(situation.readers, situation.case.codes, Goal(literal.atom, literal.positive, scope))


def easiest_first(situation: Situation, changes: Iterable[Change]) -> list[Change]:
    """Return changes in the order in which a planner would try them.

    First those that leave given facts alone, then those that ask others for least, then those that add or remove
    fewest options, then those that go to a neighbouring option (from not agreed to agreed in principle). Equals
    come in the order of the questions and options, whichever was found first.
    """
    control = {question.id: question.control for question in situation.library.questions.values()}

    positions = situation.program.position

    known = situation.case.codes

    def effort(change: Change) -> tuple[int, int, int, int, list[tuple[int, int]]]:
        controls = [control[question] for question in change]
        toggles = sum(
            (code ^ known.get(question, 0)).bit_count() if _is_list(situation, question) else 1
            for question, code in change.items()
        )
        steps = sum(
            abs(code - known.get(question, code))
            for question, code in change.items()
            if not _is_list(situation, question)
        )
        order = sorted((positions[question], code) for question, code in change.items())
        return controls.count("given"), controls.count("others"), toggles, steps, order

    return sorted(changes, key=effort)


def _is_list(situation: Situation, question: str) -> bool:
    return situation.library.questions[question].type == "choices"


def movable(library: Library) -> tuple[str, ...]:
    """Return the questions about what the planner or others can change."""
    return tuple(question.id for question in library.questions.values() if question.control != "given")


def changes_of(situation: Situation, change: Change) -> Changes:
    """Return a change with its answers written out."""
    ordered = [domain for domain in situation.program.domains if domain.id in change]
    answers = {domain.id: domain.decode(change[domain.id]) for domain in ordered}
    return Changes(answers, all(domain.question.control != "given" for domain in ordered))
