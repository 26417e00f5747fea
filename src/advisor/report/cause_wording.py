"""How causes are written for people: what became of a rule, an article, a question, a term."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from advisor.inference.domain import Answer
from advisor.inference.formula import IN_FORCE
from advisor.knowledge.library import FACTORS, STEPS
from advisor.receipt.change import (
    ArticleChange,
    Cause,
    ContradictionChange,
    QuestionChange,
    RuleChange,
    TermChange,
)
from advisor.report.wording import Wording
from advisor.text import Text

FIRES = {
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
GONE = {"always": "replay.gone_always", "sometimes": "replay.gone_sometimes", "never": "replay.gone_never"}
NEW = {"always": "replay.new_always", "sometimes": "replay.new_sometimes", "never": "replay.new_never"}
QUESTION = {
    "gone": "replay.question_gone",
    "new": "replay.question_new",
    "type": "replay.question_type",
    "bounds": "replay.question_bounds",
    "wording": "replay.question_wording",
}
MOST_ARTICLES = 6
CONTRADICTION = {
    "gone": "replay.contradiction_gone",
    "new": "replay.contradiction_new",
    "meaning": "replay.contradiction_meaning",
    "wording": "replay.wording_too",
}


@dataclass(frozen=True, slots=True)
class CauseWording:
    """Writes causes in one language; names that today's knowledge does not know are written as they stand."""

    wording: Wording

    def cause(self, cause: Cause) -> str:
        """Return one cause as a sentence."""
        match cause:
            case RuleChange():
                what = "; ".join(self._of_rule(cause))
                return self.wording.say("replay.rule", rule=shown(cause.rule), what=what)
            case ArticleChange():
                return self.articles([cause])
            case QuestionChange():
                what = "; ".join(self._of_question(cause))
                return self.wording.say("replay.question", question=self.question(cause.question), what=what)
            case ContradictionChange():
                what = "; ".join(self.wording.say(CONTRADICTION[aspect]) for aspect in cause.aspects)
                return self.wording.say("replay.contradiction", rule=shown(cause.id), what=what)
            case TermChange():
                return self.wording.say("replay.term", term=self.term(cause.table, cause.id))

    def articles(self, changes: Sequence[ArticleChange]) -> str:
        """Return articles of one instrument to which the same happened."""
        references = [change.reference for change in changes]
        cited = self.citations(references[:MOST_ARTICLES])
        if len(references) > MOST_ARTICLES:
            count = len(references) - MOST_ARTICLES
            cited = self.wording.say("report.and_others", shown=cited, count=count)
        what = "; ".join(self._of_article(changes[0]))
        return self.wording.say("replay.article", article=cited, what=what)

    # -- rules ----------------------------------------------------------------------------------------------

    def _of_rule(self, change: RuleChange) -> Iterator[str]:
        say = self.wording.say
        if "gone" in change.aspects:
            yield say(GONE[change.before])
            return
        if "new" in change.aspects:
            yield say(NEW[change.now])
        else:
            yield say(FIRES[(change.before, change.now)])
            yield from self._aspects(change)
        missing = "replay.missing" if change.now != change.before else "replay.missing_fires"
        for key, facts in (
            (missing, change.missing),
            ("replay.gained", change.gained),
            ("replay.hindering", change.hindering),
            ("replay.freed", change.freed),
        ):
            if facts:
                yield say(key, facts=", ".join(self.fact(text) for text in facts))
        for key, rules in (("replay.after", change.after), ("replay.not_after", change.not_after)):
            if rules:
                yield say(key, rules=shown(", ".join(rules)))

    def _aspects(self, change: RuleChange) -> Iterator[str]:
        say = self.wording.say
        for aspect in change.aspects:
            match aspect:
                case "meaning":
                    yield say("replay.meaning")
                case "order":
                    yield say("replay.order", rules=shown(", ".join(change.overtaken_by)))
                case "citations" if change.cites_before != change.cites_now:
                    before, now = (self.citations(cites) for cites in (change.cites_before, change.cites_now))
                    yield say("replay.citations", before=before, now=now)
                case "citations":
                    yield say("replay.see")
                case "authority":
                    yield say("replay.authority")
                case "wording":
                    yield say("replay.wording_too" if "meaning" in change.aspects else "replay.wording")

    # -- the rest -------------------------------------------------------------------------------------------

    def _of_article(self, change: ArticleChange) -> Iterator[str]:
        say, before, now = self.wording.say, change.before, change.now
        if now is None:
            yield say("replay.article_gone")
            return
        if "status" in change.aspects:
            yield say(
                "replay.article_status", before=say(f"status.{before.status}"), now=say(f"status.{now.status}")
            )
        for key, aspect, was, is_now in (
            ("replay.article_begins", "in_force", before.in_force, now.in_force),
            ("replay.article_ends", "revoked", before.revoked, now.revoked),
        ):
            if aspect in change.aspects:
                yield say(key, before=self._day(was), now=self._day(is_now))
        if "text" in change.aspects:
            yield say("replay.article_text")

    def _day(self, day: date | None) -> str:
        return self.wording.day(day) if day else self.wording.say("replay.not_said")

    def _of_question(self, change: QuestionChange) -> Iterator[str]:
        say = self.wording.say
        if change.dropped is not None:
            yield say("replay.question_dropped", answer=self._answer(change.question, change.dropped))
        for aspect in change.aspects:
            if aspect != "options":
                yield say(QUESTION[aspect])
            elif not change.options_gone and not change.options_new:
                yield say("replay.question_options")
        if change.options_gone:
            yield say("replay.options_gone", options=shown(", ".join(change.options_gone)))
        if change.options_new:
            labels = (self._option(change.question, option) for option in change.options_new)
            yield say("replay.options_new", options=", ".join(labels))

    def _answer(self, question: str, answer: Answer) -> str:
        if isinstance(answer, tuple):
            return ", ".join(self._option(question, value) for value in answer) or self.wording.say(
                "answer.empty_list"
            )
        return self._option(question, str(answer))

    def _option(self, question: str, value: str) -> str:
        if question in self.wording.library.questions:
            return shown(self.wording.option(question, value))
        return shown(value)

    # -- names ----------------------------------------------------------------------------------------------

    def fact(self, text: str) -> str:
        """Return a fact in words: "Sektor: jalan"."""
        name, _, value = text.partition("=")
        library = self.wording.library
        if name == IN_FORCE:
            return f"{self.citation(value)}: {self.wording.say('status.in_force')}"
        if name in library.questions:
            return f"{self.question(name)}: {self._option(name, value)}"
        fact = library.all_facts.get(name)
        if fact is None:
            return shown(text)
        label = self.wording.text(fact.label)
        return label if fact.kind == "flag" and value == "yes" else f"{label}: {self.value(name, value)}"

    def value(self, fact: str, value: str) -> str:
        """Return the label of a value of a fact."""
        if not value:
            return self.wording.say("replay.none")
        try:
            return self.wording.text(self.wording.library.label(fact, value))
        except KeyError:
            return shown(value)

    def question(self, name: str) -> str:
        """Return the short name of a question."""
        return self.wording.question(name) if name in self.wording.library.questions else shown(name)

    def citation(self, reference: str) -> str:
        """Return an article or instrument as it is cited."""
        library = self.wording.library
        known = reference in library.articles or reference in library.instruments
        return self.wording.citation(reference) if known else shown(reference)

    def citations(self, references: Iterable[str]) -> str:
        """Return several articles as they are cited."""
        library = self.wording.library
        found = list(references)
        if all(reference in library.articles for reference in found):
            return self.wording.citations(found)
        return ", ".join(self.citation(reference) for reference in found)

    def term(self, table: str, name: str) -> str:
        """Return the label of a term, step or factor."""
        library = self.wording.library
        label: Text | None = None
        if table == STEPS and name in library.steps:
            label = library.steps[name].label
        elif table == FACTORS and name in library.factors:
            label = library.factors[name].label
        elif table in library.term_files:
            label = next((term.label for term in library.term_files[table].terms if term.id == name), None)
        return self.wording.text(label) if label else shown(name)


def shown(text: str) -> str:
    """Return a name from a file of others without what would steer a terminal."""
    return "".join(letter if letter.isprintable() else "?" for letter in text)
