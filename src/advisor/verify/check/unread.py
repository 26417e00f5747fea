"""Unread: questions, options, facts and groups that make no difference to anything that is shown."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from advisor.inference.addressees import read_addressees
from advisor.inference.condition import tests_of
from advisor.inference.domain import Domain
from advisor.inference.formula import Atom
from advisor.inference.time_limit import deciding
from advisor.verify.check.files import Files
from advisor.verify.check.finding import Finding, Related, Told
from advisor.verify.proof.days import Days, Stretch


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
    answers = _Answers(days, files)
    for domain in days.knowledge.rulebase.domains:
        if answers.told_apart(domain.atoms):
            yield from answers.unread_options(domain)
        else:
            told: Told = {"name": domain.id, "label": domain.question.short}
            yield Finding("unread", domain.id, files.place("questions", domain.id), "check.unread.question", told)


class _Answers:
    """Asks which answers can be told apart, on the newest days first."""

    def __init__(self, days: Days, files: Files) -> None:
        self.days = days
        self.files = files
        self._twins: dict[Stretch, _Twins] = {}

    def unread_options(self, domain: Domain) -> Iterator[Finding]:
        """Yield the options of a question that are the same as others, or as not choosing them."""
        if domain.question.type == "choices":
            for atom in domain.atoms:
                if not self.told_apart((atom,)):
                    yield self._finding("check.unread.option", atom)
        if domain.question.type == "choice":
            for number, option in enumerate(domain.atoms):
                same = [other for other in domain.atoms[:number] if not self.told_apart((other, option))]
                if same:
                    yield self._finding("check.unread.options", option, same)

    def _finding(self, key: str, option: Atom, same: Sequence[Atom] = ()) -> Finding:
        question, value = option
        told = {"name": question, "option": value, "same": ", ".join(other for _, other in same)}
        others = tuple(Related(f"{question}={o}", self.files.place("options", f"{question}={o}")) for _, o in same)
        place = self.files.place("options", f"{question}={value}")
        return Finding("unread", f"{question}={value}", place, key, told, others=others)

    def told_apart(self, free: Collection[Atom]) -> bool:
        """Whether answers that differ at most in the atoms `free` can differ in something that is shown."""
        return any(self._on(stretch).told_apart(free) for stretch in self.days.stretches)

    def _on(self, stretch: Stretch) -> _Twins:
        if stretch not in self._twins:
            self._twins[stretch] = _Twins(stretch)
        return self._twins[stretch]


class _Twins:
    """Two sets of answers on the same days, side by side."""

    def __init__(self, stretch: Stretch) -> None:
        library, self._pair = stretch.library, stretch.day.pair()
        gate = (library.roles.gate, "yes")
        shown = [(f, v) for f in library.shown if f != library.roles.gate for v in library.values(f)]
        self._same = {atom: self._pair.same(atom) for d in stretch.program.domains for atom in d.atoms}
        admissible = self._pair.cnf.all_of([*self._pair.both(gate), self._pair.differ(shown)])
        self._differ = self._pair.cnf.any_of([self._pair.differ([gate]), admissible])

    def told_apart(self, free: Collection[Atom]) -> bool:
        """Whether the two can differ in what is shown where they differ at most in the atoms `free`."""
        same = [literal for atom, literal in self._same.items() if atom not in free]
        with deciding("question", None, *dict.fromkeys(name for name, _ in free)):
            return self._pair.solver.satisfiable([*same, self._differ])


def unused_facts(days: Days, files: Files) -> Iterator[Finding]:
    """Yield facts that nobody concludes, or that nobody reads and no report shows."""
    library, rulebase = days.knowledge.library, days.knowledge.rulebase
    read = {test.name for test in rulebase.tests()}
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
        told: Told = {"name": name, "label": fact.label}
        if name not in concluded:
            yield Finding("unreached", name, files.of_fact(name), "check.unreached.fact", told)
        elif name not in read and name not in library.shown:
            yield Finding("unread", name, files.of_fact(name), "check.unread.fact", told)


def unused_groups(days: Days, files: Files) -> Iterator[Finding]:
    """Yield groups of options that no rule names, and no article as its addressee."""
    library, rulebase = days.knowledge.library, days.knowledge.rulebase
    addressees = read_addressees(library, (d for d in files.kbase if "articles" in d.data), [])
    tests = [*rulebase.tests(), *(test for condition in addressees.values() for test in tests_of(condition))]
    used = {(test.name, value) for test in tests for value in test.values}
    for group in library.groups:
        if (group.question, group.id) not in used:
            subject = f"{group.question}.{group.id}"
            told = {"name": group.id, "question": group.question}
            yield Finding("unread", subject, files.place("groups", subject), "check.unread.group", told)
