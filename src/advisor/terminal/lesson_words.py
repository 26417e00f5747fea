"""What a lesson speaks of, in words: facts, needs, sources, conclusions."""

from __future__ import annotations

from collections.abc import Iterable

from advisor.advice.advice import Conclusion
from advisor.interview.turn import possible
from advisor.knowledge.library import ARTICLES
from advisor.problem import AnswersError
from advisor.reasoning.competition import Need
from advisor.report.wording import Wording
from advisor.teach.lesson import Lesson
from advisor.teach.step import Absent, FactIn, Saying
from advisor.teach.teacher import Teacher
from advisor.understanding.reading import Answer

MOST_VALUES = 5


def changed(
    teacher: Teacher, lesson: Lesson, question: str, answer: Answer | None, words: LessonWords
) -> Lesson | str:
    """Return the lesson with another answer to one question (None: not known), or why it cannot be had."""
    if answer == lesson.taught.case.answers.get(question):
        return words.say("teach.same_answer")
    try:
        return teacher.toggled(lesson, question, answer)
    except AnswersError as error:
        return words.refusal(error)


class LessonWords(Wording):
    """Writes the parts of a lesson, too."""

    # -- facts ----------------------------------------------------------------------------------------------

    def word(self, name: str, value: str) -> str:
        """Return one value of a question or a fact."""
        if name in self.library.questions:
            number = self.library.questions[name].type == "number"
            return self.answer(name, int(value)) if number else self.option(name, value)
        fact = self.library.all_facts[name]
        if fact.kind == "flag":
            return self.say(f"answer.{value}")
        if fact.table == ARTICLES:
            return self.citation(value)
        return self.text(self.library.label(name, value)) if fact.table else value

    def values(self, name: str, values: Iterable[str]) -> str:
        """Return several values."""
        return ", ".join(self.word(name, value) for value in values)

    def stated(self, name: str, values: Iterable[str]) -> str:
        """Return a fact with its values."""
        return f"{self.label(name)}: {self.values(name, values)}"

    def fact_in(self, fact: FactIn, lesson: Lesson) -> str:
        """Return a fact that a rule matched, and where it came from."""
        return f"{self.stated(fact.name, fact.values)}{self._origin(fact, lesson)}"

    def _origin(self, fact: FactIn, lesson: Lesson) -> str:
        if fact.steps:
            numbers = ", ".join(str(number) for number in fact.steps)
            return f" ({self.say('teach.from_step', number=numbers)})"
        reading = lesson.taught.reading(fact.name)
        return f" [{self.citations(reading.cites)}]" if reading and self._as_read(fact.name, lesson) else ""

    def _as_read(self, question: str, lesson: Lesson) -> bool:
        """Whether a question still has the answer that was read from the study."""
        study = lesson.taught.study
        raw = study.answers.get(question) if study else None
        read = ("yes" if raw else "no") if isinstance(raw, bool) else raw
        given = lesson.taught.case.answers.get(question)
        return set(read) == set(given) if isinstance(read, tuple) and isinstance(given, tuple) else read == given

    def reading(self, question: str, lesson: Lesson) -> str:
        """Return how an answer was read from the study; "" where that is not said, or the answer was changed."""
        reading = lesson.taught.reading(question)
        return self.text(reading.text) if reading and self._as_read(question, lesson) else ""

    def absent(self, fact: Absent) -> str:
        """Return a fact that had to be absent."""
        if fact.every:
            return self.say("teach.absent_every", fact=self.label(fact.name))
        if self._is_flag(fact.name):
            return self.say("teach.absent_flag", fact=self.label(fact.name))
        values = self._either(fact.name, fact.values)
        return self.say("teach.absent_values", fact=self.label(fact.name), values=values)

    def needs(self, needs: Iterable[Need]) -> str:
        """Return what a rule lacked: one of these would have had to hold."""
        return self.say("teach.or_need").join(self._need(need) for need in needs)

    def _need(self, need: Need) -> str:
        label = self.label(need.name)
        if self._is_flag(need.name):
            return f"{label}: {self.say('answer.yes' if need.positive else 'answer.no')}"
        if need.values[0].startswith(">"):
            key = "relation.over" if need.positive else "relation.at_most"
            return self.say(key, question=label, values=need.values[0][1:])
        values = self._either(need.name, need.values)
        return f"{label}: {values}" if need.positive else self.say("teach.absent_values", fact=label, values=values)

    def _is_flag(self, name: str) -> bool:
        """Whether a question or a fact says no more than yes or no."""
        if name in self.library.questions:
            return self.library.questions[name].type == "yes_no"
        return self.library.all_facts[name].kind == "flag"

    def _either(self, name: str, values: Iterable[str]) -> str:
        return self.say("teach.or").join(self.word(name, value) for value in values)

    def answer(self, question: str, answer: Answer | None) -> str:
        """Return an answer, or that it is not known."""
        return self.say("teach.not_known") if answer is None else super().answer(question, answer)

    def answer_labels(self, lesson: Lesson) -> dict[str, str]:
        """Return, for each question of a lesson, its name and the answer; those without one come last."""
        given = lesson.taught.case.answers
        names = (*given, *lesson.unanswered)
        return {name: f"{self.label(name)}: {self.answer(name, given.get(name))}" for name in names}

    # -- rules and conclusions ------------------------------------------------------------------------------

    def said_by(self, saying: Saying) -> str:
        """Return the articles of a rule, its authority, and its provenance where that is not verified."""
        marks = [self.say(f"teach.{saying.authority}")]
        if saying.provenance != "verified":
            marks.append(self.say(f"provenance.{saying.provenance}"))
        articles = self.citations(saying.cites)
        return self.say("teach.source", articles=articles, authority=", ".join(marks))

    def concluded(self, conclusion: Conclusion) -> str:
        """Return what a conclusion says; of an open one, what is certain or what is still possible."""
        if conclusion.reason is not None:
            return self.say("report.inadmissible")
        if not conclusion.open:
            return self.value(conclusion.id, conclusion.value)
        certain = self.certain(conclusion)
        if certain:
            return self.say("teach.even_so", values=self.values(conclusion.id, certain))
        return self.possible(conclusion)

    def possible(self, conclusion: Conclusion) -> str:
        """Return what an open conclusion can still be, or what an open list can still hold besides what it has."""
        whole = conclusion.possible or ()
        if 0 < len(whole) <= MOST_VALUES or self.library.all_facts[conclusion.id].kind != "many":
            values = " / ".join(self.value(conclusion.id, one) for one in whole)
            return self.say("report.possible", values=values)
        certain = self.certain(conclusion)
        more = [str(value) for value in possible(conclusion) if value not in certain]
        if len(more) > MOST_VALUES:
            return self.say("teach.may_add_count", count=len(more))
        return self.say("teach.may_add", values=self.values(conclusion.id, more))

    def contested(self, conclusion: Conclusion) -> str:
        """Return a note on a conclusion that is contested, or may be; "" where it is not."""
        if conclusion.reason is not None or conclusion.contested is False:
            return ""
        return f" ({self.say('report.contested' if conclusion.contested else 'teach.maybe_contested')})"

    def certain(self, conclusion: Conclusion) -> tuple[str, ...]:
        """Return the elements that an open list has for certain."""
        lists = [set(value) for value in conclusion.possible or () if isinstance(value, tuple)]
        common = set.intersection(*lists) if lists else set()
        return conclusion.certain or tuple(v for v in self.library.values(conclusion.id) if v in common)
