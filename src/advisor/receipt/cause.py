"""Why something came out otherwise: the changed rules and articles on its path, nearest first.

The path is followed backwards from the facts that differ. It goes on through rules that fire otherwise, and
through those that open answers decide; what fires as before, or never did, leads nowhere, and neither does a fact
that is as certain as it was.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Container, Iterable, Iterator

from advisor.inference.formula import IN_FORCE, atoms
from advisor.receipt.change import ArticleAspect, Cause, QuestionChange, RuleChange
from advisor.receipt.comparison import Comparison
from advisor.receipt.fingerprint import written
from advisor.receipt.receipt import OtherStated, Stated, certainty
from advisor.receipt.standing import BASIS

Node = tuple[str, str]  # ("fact", "sector=roads") or ("rule", its id)

ON_THE_DAY: frozenset[ArticleAspect] = frozenset(["status", "gone"])
AT_ANY_TIME: frozenset[ArticleAspect] = frozenset(["status", "gone", "in_force", "revoked"])


def fact(text: str) -> Node:
    """Return the node of a fact."""
    return "fact", text


class Causes:
    """Finds the causes of differences between two receipts."""

    def __init__(self, comparison: Comparison, gate: str, contested: str) -> None:
        self.comparison = comparison
        self.gate = gate
        self.contested = contested

    def of_conclusion(self, name: str, before: Stated | None, now: Stated | None) -> tuple[Cause, ...]:
        """Return why a conclusion says something else."""
        if name != self.gate and before and now and before.reason != now.reason:
            return self._of_gate()
        roots = [fact(text) for text in self._differing(name, before, now)]
        found = self.of_nodes(roots, everywhere=name == self.gate)
        if not _rooted(found):
            # Nothing was changed behind what differs: perhaps behind another value that stands beside it.
            found = tuple(_unique((*found, *self.of_nodes(self._values(name), everywhere=name == self.gate))))
        if name != self.gate:
            found = self._with_scope(found)
        receipts = self.comparison.then, self.comparison.now
        said = [receipt.conclusions.get(each) for receipt in receipts for each in (name, self.gate)]
        return tuple(_unique((*found, *self._contradictions(_asked_by(said)))))

    def of_citation(self, citation: str) -> tuple[Cause, ...]:
        """Return why an article joined or left the legal basis, or is certain or not."""
        comparison = self.comparison
        roots: list[Node] = [fact(f"{BASIS}={citation}")]
        citing: list[str] = []
        for name in comparison.all_rules:
            change = comparison.rule(name)
            cited = (citation in change.cites_before) + (citation in change.cites_now)
            if cited and {change.before, change.now} != {"never"}:
                citing.append(name)
                if change.moved or cited == 1:
                    roots.append(("rule", name))
        article = comparison.article(citation)
        own = (article,) if article is not None and "status" in article.aspects else ()
        found = own + tuple(cause for cause in self.of_nodes(roots) if cause not in own)
        found = self._with_scope(found)
        # The rules that cite it may be as they were, and what asks for them fire otherwise, or ask no more.
        found = found or self.of_nodes(("rule", name) for name in self._moved_above(citing))
        everything = map(comparison.rule, comparison.all_rules)
        return found or tuple(change for change in everything if self._asked(change))

    def of_item(self, kind: str, name: str) -> tuple[Cause, ...]:
        """Return why a step, document or notice came, went, or is certain or not."""
        return self._with_scope(self.of_nodes([fact(f"{kind}={name}")]))

    def _asked(self, change: RuleChange) -> bool:
        """Whether a rule may have asked for something and asks no more (what it asked for is not in a receipt)."""
        return change.before != "never" and bool({"gone", "meaning"} & set(change.aspects))

    def _moved_above(self, names: Iterable[str]) -> Iterator[str]:
        """Yield the rules that ask for what others conclude, and fire otherwise; nearest first."""
        comparison = self.comparison
        seen = set(names)
        todo = deque(seen)
        while todo:
            for text in comparison.heads(todo.popleft()):
                for name in comparison.askers.get(text, ()):
                    if name in seen:
                        continue
                    seen.add(name)
                    if comparison.rule(name).moved:
                        yield name
                    else:
                        todo.append(name)

    def of_other(self, before: OtherStated | None, now: OtherStated | None) -> tuple[Cause, ...]:
        """Return what may lie behind another answer under the other law.

        Which rules fire on the day of that law is not in a receipt, so the path goes by the shape of the rules.
        """
        found = self.by_shape(next((other.id for other in (now, before) if other), ""))
        asked = _asked_by(other.conclusion for other in (before, now) if other)
        return found + tuple(self._contradictions(asked))

    def by_shape(self, name: str) -> tuple[Cause, ...]:
        """Return the changed rules and articles from which a conclusion can follow on some day or other."""
        facts = (f"{name}=", f"{self.contested}={name}", f"{self.gate}=")
        heads = [text for text in self.comparison.producers if text.startswith(facts)]
        return tuple(_unique(self._by_shape(map(fact, heads))))

    def of_nodes(self, roots: Iterable[Node], *, everywhere: bool = False) -> tuple[Cause, ...]:
        """Return the causes on the path to some facts or rules; of the rules named here each is one.

        `everywhere`: facts that are certain in all admissible completions are followed too, since something ranges
        over all completions.
        """
        return tuple(_unique(self._walk(roots, everywhere)))

    # -- conclusions ----------------------------------------------------------------------------------------

    def _of_gate(self) -> tuple[Cause, ...]:
        receipts = self.comparison.then, self.comparison.now
        before, now = (receipt.conclusions.get(self.gate) for receipt in receipts)
        return self.of_nodes([fact(text) for text in self._differing(self.gate, before, now)], everywhere=True)

    def _with_scope(self, found: tuple[Cause, ...]) -> tuple[Cause, ...]:
        """Return causes with those of the gate, where it says something else or nothing else was changed.

        Whatever is no gate ranges over admissible completions; these can be others while the gate says the same.
        """
        receipts = self.comparison.then, self.comparison.now
        before, now = (receipt.conclusions.get(self.gate) for receipt in receipts)
        if before == now and _rooted(found):
            return found
        found = tuple(_unique((*found, *self._of_gate())))
        if _rooted(found):
            return found
        unanswered = {name for receipt in receipts for name in receipt.questions if name not in receipt.answers}
        return found + tuple(self._contradictions(unanswered))

    def _values(self, name: str) -> list[Node]:
        """Return everything that can be concluded of a conclusion."""
        return [fact(text) for text in self.comparison.producers if text.startswith(f"{name}=")]

    def _differing(self, name: str, before: Stated | None, now: Stated | None) -> Iterator[str]:
        """Yield the facts in which two statements of a conclusion differ; all of them where none does."""
        old, new = (_facts(name, statement) for statement in (before, now))
        differing = [text for text in dict.fromkeys((*old, *new)) if old.get(text) != new.get(text)]
        yield from differing or (text for _, text in self._values(name))
        if before and now and before.contested != now.contested:
            yield f"{self.contested}={name}"

    def _contradictions(self, questions: Container[str]) -> Iterator[Cause]:
        """Yield the changed contradictions about one of these questions: they take completions or give some."""
        comparison = self.comparison
        for key, change in comparison.contradictions.items():
            marks = (receipt.contradictions.get(key) for receipt in (comparison.then, comparison.now))
            named = {question for mark in marks if mark for question in mark.questions}
            if change.aspects != ("wording",) and any(question in questions for question in named):
                yield change

    # -- the path -------------------------------------------------------------------------------------------

    def _walk(self, roots: Iterable[Node], everywhere: bool) -> Iterator[Cause]:
        given = tuple(roots)
        seen: set[Node] = set()
        todo = deque(given)
        while todo:
            node = todo.popleft()
            if node in seen:
                continue
            seen.add(node)
            kind, name = node
            if kind == "fact":
                yield from self._plain_causes(name, ON_THE_DAY)
                if everywhere or not self._as_certain(name):
                    todo.extend(("rule", rule) for rule in self.comparison.producers.get(name, ()))
                continue
            change = self.comparison.rule(name)
            if change.moved or node in given:
                yield change
            if change.moved or "sometimes" in (change.before, change.now):
                todo.extend(self._below(change))

    def _by_shape(self, roots: Iterable[Node]) -> Iterator[Cause]:
        seen: set[Node] = set()
        todo = deque(roots)
        while todo:
            node = todo.popleft()
            if node in seen:
                continue
            seen.add(node)
            kind, name = node
            if kind == "fact":
                yield from self._plain_causes(name, AT_ANY_TIME)
                todo.extend(("rule", rule) for rule in self.comparison.producers.get(name, ()))
                continue
            change = self.comparison.rule(name)
            if change.effective or {"citations", "authority"} & set(change.aspects):
                yield change
            todo.extend(self._all_below(name))

    def _as_certain(self, text: str) -> bool:
        return text in self.comparison.held_then and text in self.comparison.held_now

    def _plain_causes(self, text: str, aspects: frozenset[ArticleAspect]) -> Iterator[Cause]:
        """Yield what became of a question, or in these aspects of an article or instrument."""
        name, _, value = text.partition("=")
        if name == IN_FORCE:
            article = self.comparison.article(value)
            if article is not None and aspects & set(article.aspects):
                yield article
            return
        question = self.comparison.questions.get(name)
        if question is not None and self._tells(question):
            yield question

    def _tells(self, change: QuestionChange) -> bool:
        """Whether a change of a question can change what follows: its answer was dropped, or it is open."""
        answered = change.question in self.comparison.now.answers
        return change.dropped is not None or (not answered and change.aspects != ("wording",))

    def _below(self, change: RuleChange) -> Iterator[Node]:
        """Yield what a rule stands on and what can have made the difference."""
        telling = (*change.missing, *change.gained, *change.hindering, *change.freed)
        one_sided = "sometimes" not in (change.before, change.now) and not change.effective
        rule = self.comparison.rules.get(change.rule)
        law = [written((IN_FORCE, reference)) for reference in rule.references] if rule else []
        yield from (fact(text) for text in law)
        others = (*change.after, *change.not_after)
        if one_sided and (telling or others):
            yield from (fact(text) for text in telling)
            yield from (("rule", name) for name in others)
        else:
            yield from self._all_below(change.rule)

    def _all_below(self, name: str) -> Iterator[Node]:
        rule = self.comparison.rules.get(name)
        if rule is None:
            return
        yield from (fact(written(atom)) for atom in atoms(rule.body))
        yield from (fact(written((IN_FORCE, reference))) for reference in rule.law)
        yield from (("rule", other) for other in rule.earlier or ())


def _facts(name: str, statement: Stated | None) -> dict[str, bool]:
    """Return whether each fact that a conclusion has or may have is certain."""
    if statement is None:
        return {}
    return {f"{name}={value}": certain for value, certain in certainty(statement).items()}


def _asked_by(statements: Iterable[Stated | None]) -> set[str]:
    """Return the open questions on which something depends."""
    return {question for statement in statements if statement for question in statement.depends_on}


def _rooted(found: Iterable[Cause]) -> bool:
    """Whether there is a change among causes, and not only rules that fire otherwise."""
    return any(not isinstance(cause, RuleChange) or cause.aspects for cause in found)


def _unique(found: Iterable[Cause]) -> Iterator[Cause]:
    seen: list[Cause] = []
    for cause in found:
        if cause not in seen:
            seen.append(cause)
            yield cause
