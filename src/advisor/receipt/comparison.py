"""Two receipts of the same answers laid side by side, rule by rule and article by article."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property

from advisor.inference.domain import Answer
from advisor.inference.formula import IN_FORCE, atoms, literals
from advisor.knowledge.library import Library
from advisor.receipt.change import (
    ArticleAspect,
    ArticleChange,
    ContradictionAspect,
    ContradictionChange,
    QuestionAspect,
    QuestionChange,
    RuleAspect,
    RuleChange,
)
from advisor.receipt.fingerprint import written
from advisor.receipt.firing_record import Fired
from advisor.receipt.mark import ArticleMark, ContradictionMark, QuestionMark, RuleMark, article_mark
from advisor.receipt.receipt import Receipt
from advisor.receipt.statement import Statement


class Comparison:
    """What became of each part of a receipt; `now` is the receipt that today's knowledge gives."""

    def __init__(
        self,
        library: Library,
        rules: Mapping[str, Statement],
        then: Receipt,
        now: Receipt,
        questions: Mapping[str, QuestionChange],
    ) -> None:
        self.library = library
        self.rules = rules
        self.then = then
        self.now = now
        self.questions = questions
        self.fired_then = {firing.rule: firing for firing in then.firings}
        self.fired_now = {firing.rule: firing for firing in now.firings}
        self.held_then = frozenset(_held(then))
        self.held_now = frozenset(_held(now))
        self._rules: dict[str, RuleChange] = {}

    @cached_property
    def all_rules(self) -> tuple[str, ...]:
        """Every rule of then or now."""
        return tuple(dict.fromkeys((*self.then.rules, *self.now.rules)))

    @cached_property
    def producers(self) -> dict[str, tuple[str, ...]]:
        """The rules of then or now that conclude each fact."""
        found: dict[str, dict[str, None]] = {}
        for marks in (self.then.rules, self.now.rules):
            for name, mark in marks.items():
                for fact in mark.concludes:
                    found.setdefault(fact, {})[name] = None
        return {fact: tuple(names) for fact, names in found.items()}

    @cached_property
    def askers(self) -> dict[str, tuple[str, ...]]:
        """The rules of today that ask for each fact."""
        found: dict[str, dict[str, None]] = {}
        for name, rule in self.rules.items():
            for atom in atoms(rule.body):
                found.setdefault(written(atom), {})[name] = None
        return {fact: tuple(names) for fact, names in found.items()}

    def heads(self, name: str) -> tuple[str, ...]:
        """Return the facts that a rule of then or now concludes."""
        marks = (self.then.rules.get(name), self.now.rules.get(name))
        return tuple(dict.fromkeys(fact for mark in marks if mark for fact in mark.concludes))

    # -- rules ----------------------------------------------------------------------------------------------

    def rule(self, name: str) -> RuleChange:
        """Return what became of a rule."""
        if name not in self._rules:
            self._rules[name] = self._rule(name)
        return self._rules[name]

    def refires(self, name: str) -> bool:
        """Whether a rule that always fires, then or now, fires otherwise or on other facts."""
        then, now = self.fired_then.get(name), self.fired_now.get(name)
        return _content(then) != _content(now)

    def _rule(self, name: str) -> RuleChange:
        before, now = self.then.rules.get(name), self.now.rules.get(name)
        overtaken = tuple(self._overtaken(name))
        mark = now or before
        statement = self.rules.get(name)
        fired, fires = self.fired_then.get(name), self.fired_now.get(name)
        stood, stands = _matched(fired), _matched(fires)
        stopped = fired is not None and fires is None
        started = fires is not None and fired is None
        return RuleChange(
            rule=name,
            part_of=mark.part_of if mark else "",
            aspects=tuple(_rule_aspects(before, now, overtaken=bool(overtaken))),
            before=before.fires if before else "never",
            now=now.fires if now else "never",
            silent=statement is not None and statement.silent,
            missing=tuple(f for f in stood if f not in (self.held_now if stopped else stands)) if fired else (),
            gained=tuple(f for f in stands if f not in (self.held_then if started else stood)) if fires else (),
            hindering=tuple(self._absent(statement, self.held_now, self.held_then)) if stopped else (),
            freed=tuple(self._absent(statement, self.held_then, self.held_now)) if started else (),
            after=tuple(self._earlier(statement, self.fired_now, self.fired_then)) if stopped else (),
            not_after=tuple(self._earlier(statement, self.fired_then, self.fired_now)) if started else (),
            overtaken_by=overtaken,
            cites_before=before.cites if before else (),
            cites_now=now.cites if now else (),
        )

    def _absent(self, rule: Statement | None, held: frozenset[str], not_held: frozenset[str]) -> Iterator[str]:
        """Yield the facts whose absence a rule needs, and that hold on one side only."""
        for literal in literals(rule.body) if rule else ():
            fact = written(literal.atom)
            if not literal.positive and fact in held and fact not in not_held:
                yield fact

    def _earlier(
        self, rule: Statement | None, fired: Mapping[str, Fired], silent: Mapping[str, Fired]
    ) -> Iterator[str]:
        """Yield the rules before a rule of the same policy that fired on one side only."""
        for name in (rule.earlier or ()) if rule else ():
            if name in fired and name not in silent:
                yield name

    def _overtaken(self, name: str) -> Iterator[str]:
        """Yield the rules that stand before a rule of the same policy now, and stood behind it then."""
        rule, mark = self.rules.get(name), self.then.rules.get(name)
        if rule is None or mark is None or mark.order is None:
            return
        for other in rule.earlier or ():
            before = self.then.rules.get(other)
            if before is not None and before.order is not None and before.order > mark.order:
                yield other

    # -- the rest -------------------------------------------------------------------------------------------

    def article(self, reference: str) -> ArticleChange | None:
        """Return what became of an article or instrument; None where nothing did, or it was not known of."""
        before = self.then.articles.get(reference)
        if before is None:
            return None
        now = self.now.articles.get(reference) or self._article(reference)
        aspects: list[ArticleAspect] = ["gone"] if now is None else []
        if now is not None:
            parts: tuple[ArticleAspect, ...] = ("status", "in_force", "revoked", "text")
            aspects += [part for part in parts if getattr(before, part) != getattr(now, part)]
        return ArticleChange(reference, tuple(aspects), before, now) if aspects else None

    def _article(self, reference: str) -> ArticleMark | None:
        if reference in self.library.articles or reference in self.library.instruments:
            return article_mark(self.library, reference, self.now.as_of)
        return None

    @cached_property
    def contradictions(self) -> dict[str, ContradictionChange]:
        """The contradictions that were changed, dropped or added."""
        return contradiction_changes(self.then.contradictions, self.now.contradictions)


def question_changes(
    then: Mapping[str, QuestionMark], now: Mapping[str, QuestionMark], dropped: Mapping[str, Answer]
) -> dict[str, QuestionChange]:
    """Return the questions that were changed, dropped or added, or whose answer is no longer known."""
    changes: dict[str, QuestionChange] = {}
    for name in dict.fromkeys((*then, *now, *dropped)):
        before, after = then.get(name), now.get(name)
        aspects = tuple(_question_aspects(before, after))
        if aspects or name in dropped:
            old, new = (mark.options if mark else () for mark in (before, after))
            both = before is not None and after is not None
            changes[name] = QuestionChange(
                name,
                aspects,
                tuple(option for option in old if option not in new) if both else (),
                tuple(option for option in new if option not in old) if both else (),
                dropped.get(name),
            )
    return changes


def contradiction_changes(
    then: Mapping[str, ContradictionMark], now: Mapping[str, ContradictionMark]
) -> dict[str, ContradictionChange]:
    """Return the contradictions that were changed, dropped or added."""
    changes: dict[str, ContradictionChange] = {}
    for name in dict.fromkeys((*then, *now)):
        before, after = then.get(name), now.get(name)
        aspects: list[ContradictionAspect] = []
        if before is None or after is None:
            aspects.append("new" if before is None else "gone")
        else:
            aspects += ["meaning"] if before.meaning != after.meaning else []
            aspects += ["wording"] if before.wording != after.wording else []
        if aspects:
            changes[name] = ContradictionChange(name, tuple(aspects))
    return changes


def _rule_aspects(before: RuleMark | None, now: RuleMark | None, *, overtaken: bool) -> Iterator[RuleAspect]:
    if before is None or now is None:
        yield "new" if before is None else "gone"
        return
    if before.meaning != now.meaning or (before.order is None) is not (now.order is None):
        yield "meaning"
    if overtaken:
        yield "order"
    if (before.cites, before.see) != (now.cites, now.see):
        yield "citations"
    if (before.authority, before.provenance) != (now.authority, now.provenance):
        yield "authority"
    if before.wording != now.wording:
        yield "wording"


def _question_aspects(before: QuestionMark | None, now: QuestionMark | None) -> Iterator[QuestionAspect]:
    if before is None or now is None:
        if before is not now:
            yield "new" if before is None else "gone"
        return
    if before.type != now.type:
        yield "type"
    if (before.min, before.max) != (now.min, now.max):
        yield "bounds"
    if before.options != now.options:
        yield "options"
    elif before.wording != now.wording:
        # Another option brings other words with it, which are not told apart.
        yield "wording"


def _held(receipt: Receipt) -> Iterator[str]:
    """Yield the facts that are certain by a receipt: answers, what is in force, and what always fires."""
    for name, answer in receipt.answers.items():
        for value in answer if isinstance(answer, tuple) else (answer,):
            yield f"{name}={value}"
    for reference, mark in receipt.articles.items():
        if mark.status == "in_force":
            yield written((IN_FORCE, reference))
    for firing in receipt.firings:
        yield from firing.concluded


def _matched(firing: Fired | None) -> tuple[str, ...]:
    return firing.matched if firing else ()


def _content(firing: Fired | None) -> tuple[frozenset[str], frozenset[str]] | None:
    return (frozenset(firing.concluded), frozenset(firing.matched)) if firing else None
