"""The teacher: makes a lesson of a case, and of the same case with one answer changed."""

from __future__ import annotations

from dataclasses import replace

from advisor.advice.as_data import answers_data
from advisor.advice.conclusions import bare_conclusion
from advisor.inference.case import Case, CaseReader
from advisor.knowledge_base import Knowledge
from advisor.reasoning.entailment import entailment_of
from advisor.teach.lesson import Given, Group, Lesson
from advisor.teach.step import Step
from advisor.teach.steps import StepMaker
from advisor.teach.taught_case import TaughtCase
from advisor.understanding.reading import Answer


class Teacher:
    """Makes lessons for one knowledge base."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.knowledge = knowledge
        self.library = knowledge.library

    def lesson(self, taught: TaughtCase) -> Lesson:
        """Return the lesson on a case. Raises `ContradictionError` where no completion of its answers stands."""
        case = taught.case
        entailment = entailment_of(self.knowledge, case)
        conclusions = {name: bare_conclusion(entailment, name) for name in self.library.conclusions}
        steps = tuple(StepMaker(self.knowledge, case.as_of, entailment).steps(conclusions))
        return Lesson(
            taught=taught,
            facts=tuple(Given(name, answer, taught.reading(name)) for name, answer in case.answers.items()),
            unanswered=entailment.open,
            steps=steps,
            groups=self._groups(steps),
            conclusions=conclusions,
            admissible=entailment.passable,
        )

    def toggled(self, lesson: Lesson, question: str, answer: Answer | None) -> Lesson:
        """Return the lesson on the same case with another answer to one question (None: not known).

        Raises `ContradictionError`, which says in words what the answer contradicts, where it cannot stand beside
        the others.
        """
        answers = {name: given for name, given in lesson.taught.case.answers.items() if name != question}
        if answer is not None:
            answers[question] = answer
        return self.lesson(replace(lesson.taught, case=self._case(lesson.taught, answers)))

    def _case(self, taught: TaughtCase, answers: dict[str, Answer]) -> Case:
        reader = CaseReader(self.library, self.knowledge.rulebase)
        case = reader.data({"as_of": taught.case.as_of, "answers": answers_data(answers)}, taught.name)
        return replace(case, title=taught.case.title, id=taught.case.id)

    def _groups(self, steps: tuple[Step, ...]) -> tuple[Group, ...]:
        """Return the decisions of which steps are taken, in the order of their first steps."""
        files = {file.decision: file for file in self.knowledge.rulebase.decisions}
        numbers: dict[str, list[int]] = {}
        for step in steps:
            numbers.setdefault(step.decision, []).append(step.number)
        return tuple(
            Group(decision, files[decision].title, files[decision].background, tuple(found))
            for decision, found in numbers.items()
        )
