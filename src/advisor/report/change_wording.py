"""How a change of the knowledge is told to people: what became of it, and the old and the new side by side."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Final

from advisor.inference.authored import SourceRule
from advisor.knowledge_base import Knowledge
from advisor.receipt.change import AFTER, Change
from advisor.report.condition_wording import ConditionWording
from advisor.report.wording import Wording
from advisor.text import Language
from advisor.understanding.reading import Answer

FIRES: Final = {
    ("always", "always"): "replay.always_always",
    ("always", "sometimes"): "replay.always_sometimes",
    ("always", "never"): "replay.always_never",
    ("sometimes", "always"): "replay.sometimes_always",
    ("sometimes", "sometimes"): "replay.sometimes_sometimes",
    ("sometimes", "never"): "replay.sometimes_never",
    ("never", "always"): "replay.never_always",
    ("never", "sometimes"): "replay.never_sometimes",
    ("never", "never"): "replay.never_never",
}
GONE: Final = {"always": "replay.gone_always", "sometimes": "replay.gone_sometimes", "never": "replay.gone_never"}
NEW: Final = {"always": "replay.new_always", "sometimes": "replay.new_sometimes", "never": "replay.new_never"}
KINDS: Final = {
    "rule": "replay.rule",
    "contradiction": "replay.contradiction",
    "question": "replay.question",
    "law": "replay.article",
    "term": "replay.term",
}
SHOWN: Final = {
    "when": "replay.when",
    "then": "replay.then_concluded",
    AFTER: "replay.after",
    "cites": "replay.cites",
    "in_force": "replay.begins",
    "revoked": "replay.ends",
    "options": "replay.options",
    "min": "replay.min",
    "max": "replay.max",
}
"""What the parts are called of which old and new are shown."""
TOLD: Final = {
    AFTER: "replay.order",
    "cites": "replay.citations",
    "see": "replay.see",
    "authority": "replay.authority",
    "provenance": "replay.authority",
    "in_force": "replay.dates",
    "revoked": "replay.dates",
    "type": "replay.question_type",
    "options": "replay.question_options",
    "min": "replay.question_bounds",
    "max": "replay.question_bounds",
}
"""What is told of a part that changed; of all others but condition and conclusion, that the words were changed."""


class Side:
    """One of the two knowledge bases, in words; what it does not know is written as it stands in a receipt."""

    def __init__(self, knowledge: Knowledge, language: Language) -> None:
        self.wording = Wording(knowledge.library, language)
        self._conditions = ConditionWording(self.wording)
        self._sources = {source.shape.id: source for source in knowledge.rulebase.authored}
        self._exclusions = {exclusion.shape.id: exclusion for exclusion in knowledge.rulebase.exclusions}

    def fact(self, name: str) -> str:
        """Return the label of a conclusion or another fact."""
        fact = self.wording.library.all_facts.get(name)
        return self.wording.text(fact.label) if fact else name

    def value(self, fact: str, value: str) -> str:
        """Return the label of a value of a fact."""
        try:
            return self.wording.text(self.wording.library.label(fact, value))
        except KeyError:
            return value

    def question(self, name: str) -> str:
        """Return the short name of a question."""
        return self.wording.question(name) if name in self.wording.library.questions else name

    def answer(self, question: str, answer: Answer) -> str:
        """Return an answer in words."""
        known = question in self.wording.library.questions
        words = answer if isinstance(answer, tuple) else (str(answer),)
        labels = (self.wording.option(question, word) if known else word for word in words)
        return ", ".join(labels) or self.wording.say("answer.empty_list")

    def citation(self, reference: str) -> str:
        """Return an article or instrument as it is cited."""
        library = self.wording.library
        known = reference in library.articles or reference in library.instruments
        return self.wording.citation(reference) if known else reference

    def term(self, name: str) -> str:
        """Return the label of a term that is named `table:id`."""
        table, _, word = name.partition(":")
        found = self.wording.library.entries.get(table, {}).get(word)
        return self.wording.text(found.label) if found else word

    def reason(self, change: Change) -> str:
        """Return the sentence that gives the reason of a rule or refuses contradicting answers, or ""."""
        if change.kind == "contradiction" and change.id in self._exclusions:
            return self.wording.text(self._exclusions[change.id].shape.message)
        source = self._sources.get(change.id) if change.kind == "rule" else None
        return self.wording.text(source.shape.because) if isinstance(source, SourceRule) else ""

    def name(self, change: Change) -> str:
        """Return what a changed thing is called."""
        match change.kind:
            case "law":
                return self.citation(change.id)
            case "question":
                return self.question(change.id)
            case "term":
                return self.term(change.id)
            case _:
                return change.id

    def part(self, change: Change, key: str, value: Any) -> list[str]:
        """Return what stands in a part that is shown, one text for each thing in it."""
        source = self._sources.get(change.id)
        match key:
            case "when" if change.kind == "contradiction":
                return self._conditions.parts(self._exclusions[change.id].condition)
            case "when" | "then" if source is not None:
                conditions = self._conditions
                return conditions.parts(source.condition) if key == "when" else conditions.conclusions(source)
            case "cites":
                return [self.citation(citation) for citation in value]
            case _ if key == AFTER:
                return list(value)
            case "options":
                return [self.wording.text(option.label) for option in value]
            case _ if isinstance(value, date):
                return [self.wording.day(value)]
            case _:
                return [] if value is None else [str(value)]


class ChangeWording:
    """Tells what changed between an old and a new knowledge base, which does not know the `dropped` answers."""

    def __init__(self, old: Side, new: Side, dropped: Mapping[str, Answer]) -> None:
        self.old, self.new = old, new
        self.dropped = dropped
        self._say = new.wording.say

    def sentence(self, change: Change) -> str:
        """Return what became of something, in a sentence."""
        side = self.old if change.what == "gone" else self.new
        what = "; ".join(dict.fromkeys(self._aspects(change)))
        return self._say(KINDS[change.kind], name=side.name(change), what=what)

    def reason(self, change: Change) -> str:
        """Return the sentence of a rule or contradiction, the new one where there is one; "" of anything else."""
        return self.new.reason(change) or self.old.reason(change)

    def rows(self, change: Change) -> Iterator[tuple[str, str, str]]:
        """Yield what each part is called of which old and new are shown, and what only each of them says there."""
        for key, label in SHOWN.items():
            if key in change.parts:
                old = self.old.part(change, key, change.parts[key].old)
                new = self.new.part(change, key, change.parts[key].new)
                only_old, only_new = ([text for text in a if text not in b] for a, b in ((old, new), (new, old)))
                nothing = self._say("replay.nothing")
                yield self._say(label), "; ".join(only_old) or nothing, "; ".join(only_new) or nothing

    def _aspects(self, change: Change) -> Iterator[str]:
        say = self._say
        if change.kind == "question" and change.id in self.dropped:
            yield say("replay.question_dropped", answer=self.old.answer(change.id, self.dropped[change.id]))
        if change.what == "gone":
            yield say(GONE[change.before or "never"])
        elif change.what == "new":
            yield say(NEW[change.now or "never"] if change.kind == "rule" else "replay.new")
        elif change.before and change.now:
            yield say(FIRES[change.before, change.now])
        if self._means_otherwise(change):
            yield say("replay.meaning")
        for key in change.parts:
            if key not in ("when", "then"):
                yield say(TOLD.get(key, "replay.wording_too" if change.effective else "replay.wording"))

    def _means_otherwise(self, change: Change) -> bool:
        """Whether condition or conclusion of a rule or contradiction are others, if only by what they refer to."""
        ruling = change.kind in ("rule", "contradiction") and change.what == "changed" and change.effective
        parts = change.parts.keys()
        return ruling and (bool({"when", "then"} & parts) or not {"cites", AFTER} & parts)
