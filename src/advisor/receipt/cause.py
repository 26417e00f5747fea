"""Which changes of the knowledge stand behind a difference between two advices on the same answers.

A path is followed down from what differs, through the rules of both knowledge bases. It leaves out what is proved
to take no part: a rule that fires in no completion of the answers, then or now, and a fact that holds in all of
them, or in none, then as now. Every changed rule, contradiction, question or law that is still met is a cause.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Mapping

from advisor.inference.case import Case
from advisor.inference.formula import IN_FORCE, Atom, Literal, atoms
from advisor.inference.ground import GroundRule
from advisor.knowledge.library import ARTICLES
from advisor.knowledge_base import Knowledge
from advisor.reasoning.completions import EVERYWHERE
from advisor.reasoning.entailment import Entailment
from advisor.receipt.advice_record import Difference, ItemRecord, conclusion_in
from advisor.receipt.change import Change, ChangeName

Spoken = tuple["_Side", GroundRule]
"""A rule, and the side on which it is looked at."""


class Causes:
    """Finds the causes of differences on one day."""

    def __init__(
        self, old: Knowledge, new: Knowledge, before: Case, now: Case, changes: Mapping[ChangeName, Change]
    ) -> None:
        """`before` and `now` are the case as each knowledge base knows it; `changes` are all between the two."""
        self.changes = changes
        self._before, self._now = _Side(old, before), _Side(new, now)
        self._library = new.library
        self._open = {name for name in new.library.questions if name not in now.codes}
        self._producers: dict[Atom, list[Spoken]] = {}
        for side in (self._before, self._now):
            for rule in side.knowledge.rulebase.rules:
                for head in rule.heads:
                    self._producers.setdefault(head, []).append((side, rule))

    def of(self, difference: Difference) -> tuple[ChangeName, ...]:
        """Return what stands behind a difference, nearest first; nothing where no change is met on its way."""
        found = dict.fromkeys(self._behind(self._roots(difference), self._spoken(difference)))
        if difference.kind != "era" and self._open:
            found |= dict.fromkeys(self._contradictions())
        if difference.kind == "legal_basis" and not found:
            # The rules that cite it speak as before, and what asks for them may not.
            found = dict.fromkeys(name for name in self.changes if self._decides(name) and self.takes_part(name))
        return tuple(found)

    def speaks(self, rule: str) -> tuple[bool | None, bool | None]:
        """Return whether what stands in rules/ under an id fires, then and now: always, never, or else None."""
        return self._before.speaks(rule), self._now.speaks(rule)

    def takes_part(self, name: ChangeName) -> bool:
        """Whether a changed rule, or a rule that cites a changed article, fires in some completion, then or now."""
        if name.kind == "rule":
            return self.speaks(name.id) != (False, False)
        return name.kind == "law" and any(
            side.fires(rule) is not False
            for side in (self._before, self._now)
            for rule in side.knowledge.rulebase.rules
            if any(name.id in (cited, cited.partition(":")[0]) for cited in rule.grounds.cites)
        )

    # -- where a path begins --------------------------------------------------------------------------------

    def _roots(self, difference: Difference) -> list[Atom]:
        """Return the facts of which something else may be said, and those of the gate, which bounds the others."""
        roles = self._library.roles
        name = difference.id
        match difference.kind:
            case "era":
                return self._about(roles.era)
            case "conclusions" | "other_regime":
                roots = [*self._about(name), (roles.contested, name)]
            case "legal_basis":
                roots = [(fact, name) for fact, shape in self._library.all_facts.items() if shape.table == ARTICLES]
            case kind:
                roots = [(roles.lists[kind], name)]
                before, now = difference.before, difference.now
                if isinstance(before, ItemRecord) and isinstance(now, ItemRecord) and before.applies != now.applies:
                    roots += self._about(roles.other_regime)
        return roots + self._about(roles.gate)

    def _about(self, fact: str) -> list[Atom]:
        """Return everything that some rule, then or now, concludes of a fact."""
        return [atom for atom in self._producers if atom[0] == fact]

    def _spoken(self, difference: Difference) -> Iterator[Spoken]:
        """Yield the rules that stand behind a conclusion on one side only, and those that cite an article."""
        before, now = conclusion_in(difference.before), conclusion_in(difference.now)
        only = set(before.because) ^ set(now.because) if before and now else set()
        cited = difference.id if difference.kind == "legal_basis" else None
        for side in (self._before, self._now):
            for rule in side.knowledge.rulebase.rules:
                if rule.id in only or cited in rule.grounds.cites:
                    yield side, rule

    # -- the path -------------------------------------------------------------------------------------------

    def _behind(self, roots: Iterable[Atom], rules: Iterable[Spoken]) -> Iterator[ChangeName]:
        """Yield the changes on the way down from facts and rules."""
        facts, spoken = deque(roots), deque(rules)
        passed: set[object] = set()
        while facts or spoken:
            if spoken:
                side, rule = spoken.popleft()
                if (side, rule.id) not in passed and side.fires(rule) is not False:
                    passed.add((side, rule.id))
                    yield from self._of_rule(rule)
                    facts.extend(atoms(rule.body))
                continue
            atom = facts.popleft()
            if atom not in passed:
                passed.add(atom)
                yield from self._of_law([atom[1]]) if atom[0] == IN_FORCE else self._of_question(atom[0])
                then = self._before.atom(atom)
                if then is None or then is not self._now.atom(atom):
                    spoken.extend(self._producers.get(atom, ()))

    def _of_rule(self, rule: GroundRule) -> Iterator[ChangeName]:
        name = ChangeName("rule", rule.source)
        if self._decides(name):
            yield name
        yield from self._of_law(rule.law)

    def _of_law(self, references: Iterable[str]) -> Iterator[ChangeName]:
        """Yield the changes that make articles and instruments in force, or not in force, on the day."""
        for reference in references:
            if self._before.in_force(reference) is not self._now.in_force(reference):
                for name in (ChangeName("law", reference), ChangeName("law", reference.partition(":")[0])):
                    if self._decides(name):
                        yield name

    def _of_question(self, question: str) -> Iterator[ChangeName]:
        """Yield a changed question, unless the answer to it is the same."""
        name = ChangeName("question", question)
        then, now = (side.case.answers.get(question) for side in (self._before, self._now))
        if self._decides(name) and (then != now or question in self._open):
            yield name

    def _contradictions(self) -> Iterator[ChangeName]:
        """Yield the changed contradictions that open answers can meet: they take completions away, or give some."""
        for side in (self._before, self._now):
            for exclusion in side.knowledge.rulebase.exclusions:
                name = ChangeName("contradiction", exclusion.shape.id)
                asked = {question for question, _ in atoms(exclusion.formula)}
                if self._decides(name) and asked & self._open:
                    yield name

    def _decides(self, name: ChangeName) -> bool:
        """Whether something was changed in more than its words."""
        return name in self.changes and self.changes[name].effective


class _Side:
    """One of the two knowledge bases: what holds in all completions of its case (True), in some (None), in none."""

    def __init__(self, knowledge: Knowledge, case: Case) -> None:
        """Look at a case on its day; its answers must not contradict each other."""
        self.knowledge = knowledge
        self.case = case
        day = knowledge.on(case.as_of)
        self._program = day.program
        self._completions = Entailment(knowledge.library, day, case.codes).completions(EVERYWHERE)

    def fires(self, rule: GroundRule) -> bool | None:
        """Return whether a rule fires; one that does not exist on the day never does."""
        return self._completions.fires(rule)

    def speaks(self, source: str) -> bool | None:
        """Return whether any of the rules fires into which what has this id in rules/ is spelt out."""
        rules = (r for r in self.knowledge.rulebase.rules if r.source == source and not r.only_fits)
        found = {self.fires(rule) for rule in rules}
        return True if True in found else None if None in found else False

    def atom(self, atom: Atom) -> bool | None:
        """Return whether a fact, an answer or the being in force of an article holds."""
        name, value = atom
        if name == IN_FORCE:
            return self.in_force(value)
        if name not in self._program.position:
            return self._completions.truth(Literal(atom))
        if name not in self.case.codes:
            return None
        domain = self._program.domain(name)
        known = domain.question.type == "number" or value in domain.question.option_ids
        return known and domain.has(self.case.codes[name], value)

    def in_force(self, reference: str) -> bool:
        """Return whether an article or instrument is in force on the day; one that is not known is not."""
        library = self.knowledge.library
        known = reference in library.articles or reference in library.instruments
        return known and library.status(reference, self.case.as_of) == "in_force"
