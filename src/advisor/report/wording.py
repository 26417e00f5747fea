"""How single things are written for people: citations, answers, values, circumstances."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from advisor.advice.advice import AdvisedStep, Conclusion, Reason, Value
from advisor.catalogue import say
from advisor.escaping import on_one_line
from advisor.inference.case import Party
from advisor.inference.formula import Atom
from advisor.knowledge.library import Library
from advisor.knowledge.question import Question
from advisor.knowledge.shape import Authority
from advisor.problem import AnswersError
from advisor.reasoning.circumstance import Circumstance
from advisor.text import Language, Text
from advisor.understanding.reading import Answer

MOST_OPTIONS = 3


@dataclass(frozen=True, slots=True)
class Wording:
    """Writes in one language, with the words of one library."""

    library: Library
    language: Language
    as_of: date | None = None

    def say(self, key: str, **values: object) -> str:
        """Return a sentence of the catalogue."""
        return say(key, self.language, **values)

    def text(self, text: Text) -> str:
        """Return a text in this language, on one line."""
        return on_one_line(text.in_language(self.language))

    def day(self, day: date) -> str:
        """Return a day as people write it: 31 Mei 2024."""
        return self.say(f"day.{day.month}", day=day.day, year=day.year)

    def citation(self, reference: str) -> str:
        """Return an article as it is cited: PP 50/2007 Pasal 9."""
        instrument = self.library.instrument_of(reference)
        article = self.library.articles.get(reference)
        short = self.text(instrument.short)
        return f"{short} {self.text(article.label)}" if article else short

    def citations(self, references: Iterable[str]) -> str:
        """Return several citations; articles of one instrument follow each other without its name."""
        found: list[str] = []
        last = ""
        for reference in references:
            instrument = reference.partition(":")[0]
            article = self.library.articles.get(reference)
            name = self.text(article.label) if instrument == last and article else self.citation(reference)
            found.append(name + self._status(reference))
            last = instrument
        return ", ".join(found)

    def _status(self, reference: str) -> str:
        """Return a note on a citation that is not in force on the day of the advice."""
        status = self.library.status(reference, self.as_of) if self.as_of else "in_force"
        return f" ({self.say(f'status.{status}')})" if status in ("not_yet", "revoked", "unknown") else ""

    def grounds(self, reason: Reason) -> str:
        """Return the articles of a reason with its authority, and its provenance where that is not verified."""
        return "; ".join([self.citations(reason.cites), *self.marks(reason)])

    def marks(self, reason: Reason) -> list[str]:
        """Return the authority of a reason that is no law, and its provenance where that is not verified."""
        marks = [self.say(f"authority.{reason.authority}")] if reason.authority != "law" else []
        if reason.provenance != "verified":
            marks.append(self.say(f"provenance.{reason.provenance}"))
        return marks

    def source(self, cites: Iterable[str], authority: Authority | None) -> str:
        """Return articles with the authority of the rule that cites them."""
        marks = [self.say(f"authority.{authority}")] if authority not in ("law", None) else []
        return "; ".join([self.citations(cites), *marks])

    def fact(self, atom: Atom) -> str:
        """Return a derived fact in words; "" for the internal facts of policies and rankings."""
        name, value = atom
        fact = self.library.all_facts.get(name)
        if fact is None:
            return ""
        if fact.kind == "flag":
            return self.text(fact.label)
        return f"{self.text(fact.label)}: {self.text(self.library.label(name, value))}"

    def question(self, name: str) -> str:
        """Return the short name of a question."""
        return self.text(self.library.questions[name].short)

    def questions(self, names: Iterable[str]) -> str:
        """Return the short names of several questions."""
        return ", ".join(map(self.question, names))

    def refusal(self, error: AnswersError) -> str:
        """Return why an answer cannot be taken: between which answers, and the sentence that says it."""
        found = []
        for problem in error.problems:
            if "questions" not in problem.values:
                found.append(problem.sentence(self.language))
                continue
            names = self.questions(problem.values["questions"].split(", "))
            sentence = problem.values[self.language]
            found.append(self.say("report.refused", questions=names, sentence=sentence))
        return " ".join(found)

    def label(self, name: str) -> str:
        """Return the name of a question or a fact."""
        if name in self.library.questions:
            return self.question(name)
        return self.text(self.library.all_facts[name].label)

    def unit(self, question: Question) -> str:
        """Return the unit of a number; "" where it has none."""
        return self.text(question.unit) if question.unit else ""

    def option(self, question: str, value: str) -> str:
        """Return the label of an answer that is one word."""
        if value in ("yes", "no") and self.library.questions[question].type == "yes_no":
            return self.say(f"answer.{value}")
        for option in self.library.questions[question].options:
            if option.id == value:
                return self.text(option.label)
        return value

    def explained_options(self, question: Question) -> list[str]:
        """Return the label and the explanation of every option that has one."""
        return [f"{self.text(o.label)}: {self.text(o.help)}" for o in question.options if o.help is not None]

    def answer(self, question: str, answer: Answer) -> str:
        """Return an answer in words."""
        if isinstance(answer, tuple):
            if not answer:
                return self.say("answer.empty_list")
            return ", ".join(self.option(question, value) for value in answer)
        if isinstance(answer, int):
            return f"{answer} {self.unit(self.library.questions[question])}".rstrip()
        return self.option(question, answer)

    def answers(self, answers: Mapping[str, Answer]) -> str:
        """Return several answers: short name, colon, answer."""
        return "; ".join(f"{self.question(name)}: {self.answer(name, answer)}" for name, answer in answers.items())

    def answerable(self, question: str) -> str:
        """Return how a question is answered in an answers file: its id and what may stand behind it."""
        asked = self.library.questions[question]
        match asked.type:
            case "number":
                how = self.say("answer.number_range", low=asked.min, high=asked.max)
            case "choices":
                how = self.say("answer.list_of", options=", ".join(asked.option_ids))
            case _:
                how = " | ".join(asked.option_ids)
        return f"{question}: {how}"

    def value(self, conclusion: str, value: Value) -> str:
        """Return what a conclusion says."""
        if value is None:
            return self.say("report.open")
        if isinstance(value, bool):
            value = "yes" if value else "no"
        if isinstance(value, str):
            return self.text(self.library.label(conclusion, value))
        if not value:
            return self.say("report.none")
        return ", ".join(self.text(self.library.label(conclusion, element)) for element in value)

    def title(self, title: str, parties: Sequence[Party]) -> str:
        """Return the title of a case, or one that its parties give; "" where it has neither."""
        names = [party.name or party.kind for party in parties if party.name or party.kind]
        return title or (self.say("report.title_by_parties", names=self.joined(names)) if names else "")

    def quoted(self, names: Sequence[str]) -> str:
        """Return names in quotation marks, with "or" between them."""
        return self.say("report.or").join(f"“{name}”" for name in names)

    def joined(self, names: Sequence[str]) -> str:
        """Return names as a sentence lists them: A, B, dan C."""
        if len(names) < 3:
            return self.say("report.and_last").join(names)
        return ", ".join(names[:-1]) + self.say("report.and_last_of_many") + names[-1]

    def conclusion(self, name: str) -> str:
        """Return the name of a conclusion."""
        return self.text(self.library.conclusions[name].label)

    def conclusions(self, names: Iterable[str]) -> str:
        """Return the names of several conclusions."""
        return ", ".join(map(self.conclusion, names))

    def sentence_on(self, conclusion: Conclusion) -> str:
        """Return the sentence that states a settled conclusion; its name and value where kbase has no sentence."""
        value, known = conclusion.value, self.library.conclusions[conclusion.id]
        told = self.value(conclusion.id, value)
        table = self.library.entries.get(known.table or "", {})
        term = table.get(_word(value)) if isinstance(value, (str, bool)) else None
        own = getattr(term, "sentence", None)
        if isinstance(own, Text):
            return self.text(own)
        if known.sentence is None:
            return f"{self.text(known.label)}: {told}."
        return self.text(known.sentence.filled(value=Text(id=told, en=told)))

    def in_short(self, conclusion: Conclusion, most: int, barred: str = "") -> str:
        """Return what a conclusion says, or what may still come out: at most so many values, and how many others.

        `barred` is said where nothing is concluded, since the cooperation is not admissible.
        """
        if conclusion.reason is not None:
            return barred or self.say("report.inadmissible")
        told = self.value(conclusion.id, conclusion.value)
        if conclusion.open and conclusion.uncertain:
            names = [self.text(self.library.label(conclusion.id, value)) for value in conclusion.uncertain]
            shown = self.alternatives(names, most)
            told = self.say("report.page.possible", values=shown)
        note = self.contested_note(conclusion)
        return f"{told} ({note})" if note else told

    def alternatives(self, names: Sequence[str], most: int) -> str:
        """Return names of which one will come out; of more than `most` the first, and how many others there are."""
        if len(names) > most:
            return self.say("report.and_others", shown=", ".join(names[:most]), count=len(names) - most)
        if len(names) < 3:
            return self.say("report.or").join(names)
        return ", ".join(names[:-1]) + self.say("report.or_last_of_many") + names[-1]

    def contested_note(self, conclusion: Conclusion) -> str:
        """Return the note on a conclusion that is contested, or may be; "" where it is not."""
        if conclusion.reason is not None or conclusion.contested is False:
            return ""
        return self.say("report.contested" if conclusion.contested else "report.page.may_be_contested")

    def asked(self, question: str) -> str:
        """Return that an answer is not known, and who may know it."""
        asked = self.library.questions[question]
        if asked.told is None:
            return self.text(asked.text)
        if asked.known_by is None:
            return self.say("report.page.unknown", what=asked.told.unknown)
        return self.say("report.page.unknown_but", what=asked.told.unknown, who=asked.known_by)

    def filled(self, template: Text, **values: str) -> str:
        """Return a text of the knowledge with its places filled; a place that it does not have is no harm."""
        return self.text(template.filled(**{name: Text(id=value, en=value) for name, value in values.items()}))

    def step_note(self, step: AdvisedStep) -> str:
        """Return the note on a step that is not certain, not needed, still to be proved, or contested."""
        notes = []
        if step.to_prove:
            notes.append(self.say("report.to_prove"))
        elif step.applies is False:
            notes.append(self.say("report.not_applicable"))
        elif step.applies is None or not step.certain:
            notes.append(self.say("report.step_open"))
        elif step.done is None:
            notes.append(self.say("report.step_unless_done"))
        if step.contested:
            notes.append(self.say("report.contested"))
        return ", ".join(notes)

    def lowered(self, text: str) -> str:
        """Return a text as it stands within a sentence; names and abbreviations keep their capital letter."""
        first, _, rest = text.partition(" ")
        a_name = first[1:] != first[1:].lower() or rest[:1].isupper() or rest[:1].isdigit()
        return text if a_name else first[:1].lower() + text[1:]

    def circumstances(self, sets: Iterable[Iterable[Circumstance]], *, more: bool) -> str:
        """Return sets of circumstances: joined by "and" inside a set, by "or if" between sets."""
        joined = [self.say("report.and").join(self.circumstance(part) for part in parts) for parts in sets]
        return self.say("report.or_if").join(joined) + (self.say("report.or_if_more") if more else "")

    def circumstance(self, part: Circumstance) -> str:
        """Return one circumstance."""
        labels = [self.option(part.question, value) for value in part.values]
        values = ", ".join(labels)
        if len(labels) > MOST_OPTIONS + 1:
            shown = ", ".join(labels[:MOST_OPTIONS])
            values = self.say("report.and_others", shown=shown, count=len(labels) - MOST_OPTIONS)
        return self.say(f"relation.{part.relation}", question=self.question(part.question), values=values)


def _word(value: str | bool) -> str:
    return ("yes" if value else "no") if isinstance(value, bool) else value


def decimal(number: str, language: Language) -> str:
    """Return a number as it is written in a language: 93,8% in Indonesian, 93.8% in English."""
    return number.replace(".", ",") if language == "id" else number
