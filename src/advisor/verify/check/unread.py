"""Unread: questions, options, facts and groups that make no difference to anything that is shown."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from advisor.inference.authored import sources_of
from advisor.inference.condition import Test, tests_of
from advisor.inference.domain import Domain
from advisor.inference.formula import Atom
from advisor.inference.rulebase import RuleBase
from advisor.verify.check.files import Files
from advisor.verify.check.finding import Finding, Related, Told
from advisor.verify.check.twin import Twins
from advisor.verify.proof.days import Days


def unread(days: Days, files: Files) -> Iterator[Finding]:
    """Yield questions and options without effect, then facts and groups that nothing uses.

    What is shown are the facts of `Library.shown`, the others only where the cooperation is admissible. That an
    answer is shown again among the answers, or compared with a case of the study, is no effect.
    """
    yield from unread_answers(days, files)
    yield from unused_facts(days, files)
    yield from unused_groups(days, files)


def unread_answers(days: Days, files: Files) -> Iterator[Finding]:
    """Yield the questions, and the options of others, that never make a difference."""
    yield from _Answers(days, files).findings()


class _Answers:
    """Asks which answers can be told apart, on the newest days first."""

    def __init__(self, days: Days, files: Files) -> None:
        self.days = days
        self.files = files
        self.library = days.knowledge.library
        self._twins: dict[int, Twins] = {}

    def findings(self) -> Iterator[Finding]:
        for domain in self.days.knowledge.rulebase.domains:
            if self._told_apart(domain.atoms):
                yield from self._options(domain)
            else:
                place = self.files.place("questions", domain.id)
                told: Told = {"name": domain.id, "label": domain.question.short}
                yield Finding("unread", domain.id, place, "check.unread.question", told)

    def _options(self, domain: Domain) -> Iterator[Finding]:
        if domain.question.type == "choices":
            for atom in domain.atoms:
                if not self._told_apart((atom,)):
                    yield self._finding("check.unread.option", atom)
        if domain.question.type == "choice":
            for number, option in enumerate(domain.atoms):
                same = [other for other in domain.atoms[:number] if not self._told_apart((other, option))]
                if same:
                    yield self._finding("check.unread.options", option, same)

    def _finding(self, key: str, option: Atom, same: Sequence[Atom] = ()) -> Finding:
        """Return the finding on an option that is the same as others, or as not choosing it."""
        question, value = option
        told = {"name": question, "option": value, "same": ", ".join(other for _, other in same)}
        others = tuple(Related(f"{question}={o}", self.files.place("options", f"{question}={o}")) for _, o in same)
        place = self.files.place("options", f"{question}={value}")
        return Finding("unread", f"{question}={value}", place, key, told, others=others)

    def _told_apart(self, free: Collection[Atom]) -> bool:
        """Whether answers that differ at most in the atoms `free` can differ in something that is shown."""
        return any(self._on(number).told_apart(free) for number in range(len(self.days.stretches)))

    def _on(self, number: int) -> Twins:
        """Return the twins of a stretch of days, made when first asked for."""
        if number not in self._twins:
            gate = self.library.roles.gate
            atoms = ((fact, value) for fact in self.library.shown for value in self.library.values(fact))
            shown = [atom for atom in atoms if atom[0] != gate]
            self._twins[number] = Twins(self.days.stretches[number].day, (gate, "yes"), shown)
        return self._twins[number]


def _tests(rulebase: RuleBase) -> Iterator[Test]:
    for decision in rulebase.sources:
        for source in sources_of(decision):
            yield from tests_of(source.condition)
    for exclusion in rulebase.exclusions:
        yield from tests_of(exclusion.condition)


def unused_facts(days: Days, files: Files) -> Iterator[Finding]:
    """Yield facts that nobody concludes, or that nobody reads and no report shows."""
    library, rulebase = days.knowledge.library, days.knowledge.rulebase
    read = {test.name for test in _tests(rulebase)}
    concluded: set[str] = set()
    for decision in rulebase.sources:
        for rule in decision.rules:
            concluded |= set(rule.shape.then)
            read |= {other for _, other in rule.copies}
        for ranking in decision.rankings:
            concluded.add(ranking.shape.conclusion)
            read |= {ranking.shape.among, ranking.shape.covers}
        for shortfall in decision.shortfalls:
            concluded.add(shortfall.shape.conclusion)
            read |= {shortfall.shape.chosen, shortfall.shape.covers}
    for name, fact in library.all_facts.items():
        place = files.place("conclusions" if name in library.conclusions else "facts", name)
        told: Told = {"name": name, "label": fact.label}
        if name not in concluded:
            yield Finding("unreached", name, place, "check.unreached.fact", told)
        elif name not in read and name not in library.shown:
            yield Finding("unread", name, place, "check.unread.fact", told)


def unused_groups(days: Days, files: Files) -> Iterator[Finding]:
    """Yield groups of options that no rule names."""
    library, rulebase = days.knowledge.library, days.knowledge.rulebase
    used = {(test.name, value) for test in _tests(rulebase) for value in test.values}
    for group in library.groups:
        if (group.question, group.id) not in used:
            subject = f"{group.question}.{group.id}"
            told = {"name": group.id, "question": group.question}
            yield Finding("unread", subject, files.place("groups", subject), "check.unread.group", told)
