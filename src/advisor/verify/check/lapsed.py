"""Lapsed rules: what the law asked for until a day, and from that day on nothing speaks of in its place."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from advisor.inference.cnf import Cnf, Lit, denied
from advisor.inference.encoding import Encoding
from advisor.inference.ground import GroundRule
from advisor.inference.time_limit import deciding
from advisor.knowledge.library import Library
from advisor.verify.check.files import Files
from advisor.verify.check.finding import Finding
from advisor.verify.proof.days import Days, Stretch
from advisor.verify.proof.example import Example, example_of


def lapsed(days: Days, files: Files) -> Iterator[Finding]:
    """Yield rules for an element of a list that end with an article they cite, and that nothing succeeds.

    There are answers under which the rule spoke on the last day of the article, while on the day after neither
    its element comes out nor any rule of the same list begins to speak. A rule is named once, for the last day
    on which that happens.
    """
    told: set[str] = set()
    for after, before in pairwise(days.stretches):
        ending = [
            rule
            for rule in before.program.rules
            if rule.source not in told
            and rule.law
            and not after.in_force(rule.law)
            and _lists(before.library, rule)
        ]
        if ending:
            change = _Change(before, after)
            for rule in ending:
                example = change.lapses(rule) if rule.source not in told else None
                if example is not None:
                    told.add(rule.source)
                    yield _finding(files, before, after, rule, example)


def _lists(library: Library, rule: GroundRule) -> bool:
    """Whether a rule names elements of a list that is shown."""
    return any(name in library.shown and library.all_facts[name].kind == "many" for name, _ in rule.heads)


class _Change:
    """The same answers on the days before and after law changed."""

    def __init__(self, before: Stretch, after: Stretch) -> None:
        self.before, self.after = before, after
        self.cnf = Cnf()
        self.old, self.new = Encoding(before.program, self.cnf), Encoding(after.program, self.cnf)
        for domain in before.program.domains:
            pairs = zip(self.old.variables_of(domain.id), self.new.variables_of(domain.id), strict=True)
            self.cnf.add(*(clause for a, b in pairs for clause in ([denied(a), b], [a, denied(b)])))
        gate = (before.library.roles.gate, "yes")
        self._admissible = [self.old.atom(gate), self.new.atom(gate)]
        self._begun = {name: self._begins(name) for name in before.library.shown}

    def _begins(self, fact: str) -> Lit:
        """Return the literal that says that some rule for this list speaks now and did not before."""
        rules = [r for r in self.after.program.rules if any(name == fact for name, _ in r.heads)]
        begun = [self.cnf.all_of([self.new.fires(r.id), denied(self.old.fires(r.id))]) for r in rules]
        return self.cnf.any_of(begun)

    def lapses(self, rule: GroundRule) -> Example | None:
        """Return answers under which the rule ends and nothing comes in its place; None where there are none."""
        gone = [denied(self.new.atom(head)) for head in rule.heads]
        silent = [denied(self._begun[name]) for name in {name for name, _ in rule.heads} if name in self._begun]
        lapsing = self.cnf.all_of([*self._admissible, self.old.fires(rule.id), *gone, *silent])
        with deciding("rule", rule.place, rule.id):
            model = self.old.solver.model([lapsing])
            if model is None:
                return None
            return example_of(self.old, model, lapsing, self.before.last or self.before.first)


def _finding(files: Files, before: Stretch, after: Stretch, rule: GroundRule, example: Example) -> Finding:
    ended = ", ".join(c for c in rule.law if before.library.status(c, after.first) != "in_force")
    told = {"name": rule.source, "articles": ended, "day": after.first.isoformat()}
    place = files.of_rule(rule.place)
    return Finding("lapsed", rule.source, place, "check.lapsed", told, example)
