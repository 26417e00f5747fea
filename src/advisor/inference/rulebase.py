"""The rule base: rules/ read, checked against kbase/, spelt out and put into an order in which it can run."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

from advisor.inference.condition import IN_FORCE, ConditionReader
from advisor.inference.domain import Domain
from advisor.inference.expansion import RankingExpansion, spell_out_first
from advisor.inference.formula import Atom, Formula, Literal, atoms, conjunction, disjunction
from advisor.inference.ground import GroundRule
from advisor.inference.vocabulary import Vocabulary
from advisor.knowledge.document import Key
from advisor.knowledge.library import Library
from advisor.knowledge.reading import Read, Reader
from advisor.knowledge.rule import (
    Contradiction,
    ContradictionFile,
    DecisionFile,
    From,
    Grounds,
    Ranking,
    Rule,
    Shortfall,
)
from advisor.knowledge.shape import PROVENANCE_ORDER
from advisor.problem import Problem, nearest, place_of

CONTRADICTIONS = "contradictions.yaml"
LEGAL_AUTHORITIES = ("law", "ministerial")


@dataclass(frozen=True, slots=True)
class Exclusion:
    """Answers that contradict each other: a formula that must not become true."""

    shape: Contradiction
    formula: Formula


@dataclass(frozen=True)
class RuleBase:
    """All rules, in an order in which every fact is concluded before it is asked about."""

    rules: tuple[GroundRule, ...]
    exclusions: tuple[Exclusion, ...]
    domains: tuple[Domain, ...]
    decisions: tuple[DecisionFile, ...]

    @cached_property
    def by_id(self) -> dict[str, GroundRule]:
        """All ground rules by id."""
        return {rule.id: rule for rule in self.rules}

    @cached_property
    def references(self) -> frozenset[str]:
        """The instruments and articles on whose being in force a rule depends."""
        asked = (value for rule in self.rules for name, value in atoms(rule.body) if name == IN_FORCE)
        return frozenset([*asked, *(reference for rule in self.rules for reference in rule.law)])


class RuleBaseReader:
    """Reads rules/ for a library; every finding is noted in `problems`."""

    def __init__(self, folder: Path, library: Library) -> None:
        self.folder = folder
        self.library = library
        self.vocabulary = Vocabulary(
            library.questions.values(),
            library.all_facts.values(),
            library.groups,
            library.tables,
            [*library.instruments, *library.articles],
        )
        self.reader = Reader()
        self._ids: dict[str, str] = {}

    @property
    def problems(self) -> list[Problem]:
        """The findings so far."""
        return self.reader.problems

    def read(self) -> RuleBase | None:
        """Return the rule base, or None where there are findings (see `problems`)."""
        rules: list[GroundRule] = []
        exclusions: list[Exclusion] = []
        decisions: list[DecisionFile] = []
        paths = sorted(self.folder.glob("*.yaml")) if self.folder.is_dir() else []
        if not paths:
            self.problems.append(Problem(place_of(self.folder), "folder.empty"))
        for path in paths:
            if path.name == CONTRADICTIONS:
                read_exclusions = self.reader.file(path, ContradictionFile)
                exclusions += self._exclusions(read_exclusions) if read_exclusions else ()
                continue
            read = self.reader.file(path, DecisionFile)
            if read is not None:
                decisions.append(read.shape)
                rules += self._decision(read)
        ordered = self._ordered(rules)
        if self.problems:
            return None
        domains = self._domains([rule.body for rule in rules] + [e.formula for e in exclusions])
        return RuleBase(tuple(ordered), tuple(exclusions), domains, tuple(decisions))

    def _problem(
        self, read: Read[DecisionFile] | Read[ContradictionFile], key: Key, message: str, **values: str
    ) -> None:
        self.problems.append(Problem(read.document.place(key), message, values))

    def _exclusions(self, read: Read[ContradictionFile]) -> Iterator[Exclusion]:
        conditions = ConditionReader(self.vocabulary, read.document)
        for index, shape in enumerate(read.shape.contradictions):
            key: Key = ("contradictions", index)
            self._unique(read, (*key, "id"), shape.id)
            yield Exclusion(shape, conditions.read(shape.when, (*key, "when")))
        self.problems.extend(conditions.problems)

    def _decision(self, read: Read[DecisionFile]) -> Iterator[GroundRule]:
        conditions = ConditionReader(self.vocabulary, read.document)
        decision = read.shape
        for index, name in enumerate(decision.first):
            if name not in self.library.all_facts:
                near = nearest(name, self.library.all_facts)
                self._problem(read, ("first", index), "fact.unknown", name=name, near=near)
        plain: list[GroundRule] = []
        first: dict[str, list[GroundRule]] = {name: [] for name in decision.first}
        for index, rule in enumerate(decision.rules):
            policies = [name for name in decision.first if name in rule.then]
            place = first[policies[0]] if policies else plain
            place += self._rule(read, conditions, rule, ("rules", index))
        for index, ranking in enumerate(decision.rankings):
            plain += self._ranking(read, conditions, ranking, ("rankings", index))
        for index, shortfall in enumerate(decision.shortfalls):
            plain += self._shortfall(read, conditions, shortfall, ("shortfalls", index))
        self.problems.extend(conditions.problems)
        for rules in first.values():
            plain += spell_out_first(rules)
        return iter(plain)

    def _rule(
        self, read: Read[DecisionFile], conditions: ConditionReader, rule: Rule, key: Key
    ) -> Iterator[GroundRule]:
        self._unique(read, (*key, "id"), rule.id)
        self._grounds(read, rule, key)
        ground = GroundRule(
            id=rule.id,
            decision=read.shape.decision,
            heads=tuple(self._heads(read, rule, (*key, "then"))),
            body=conditions.read(rule.when, (*key, "when")),
            grounds=_grounds_of(rule),
            law=self._law(rule),
            place=read.document.place((*key, "id")),
            silent=rule.silent,
        )
        copies = [(name, value.fact) for name, value in rule.then.items() if isinstance(value, From)]
        if not copies:
            yield ground
        for name, source in copies:
            yield from self._copies(read, ground, name, source, (*key, "then", name))

    def _copies(
        self, read: Read[DecisionFile], ground: GroundRule, name: str, source: str, key: Key
    ) -> Iterator[GroundRule]:
        """Yield a rule for each value that `source` can hand on to `name`."""
        facts = self.library.all_facts
        if source not in facts:
            self._problem(read, (*key, "from"), "fact.unknown", name=source, near=nearest(source, facts))
            return
        if len(ground.heads) or name in read.shape.first:
            self._problem(read, key, "then.from_alone", name=name)
        allowed = self.library.values(name) if name in facts else ()
        for value in self.library.values(source):
            if value in allowed:
                body = conjunction([ground.body, Literal((source, value))])
                yield replace(ground, id=f"{ground.id}.{value}", heads=((name, value),), body=body)

    def _unique(self, read: Read[DecisionFile] | Read[ContradictionFile], key: Key, name: str) -> None:
        place = str(read.document.place(key))
        first = self._ids.setdefault(name, place)
        if first != place:
            self._problem(read, key, "id.duplicate", name=name, first=first)

    def _grounds(self, read: Read[DecisionFile], grounds: Grounds, key: Key) -> None:
        articles = self.library.articles
        for part, cited in (("cites", grounds.cites), ("see", grounds.see)):
            for index, citation in enumerate(cited):
                if citation not in articles:
                    near = nearest(citation, articles)
                    self._problem(read, (*key, part, index), "citation.unknown", name=citation, near=near)
        known = [articles[citation] for citation in grounds.cites if citation in articles]
        for index, article in enumerate(known):
            if article.provenance == "recalled" and article.confidence == "low":
                self._problem(read, (*key, "cites", index), "citation.recalled_low", name=article.id)
        weakest = max((PROVENANCE_ORDER.index(article.provenance) for article in known), default=0)
        if PROVENANCE_ORDER.index(grounds.provenance) != weakest:
            expected = PROVENANCE_ORDER[weakest]
            self._problem(
                read, (*key, "provenance"), "provenance.differs", expected=expected, given=grounds.provenance
            )
        if grounds.authority in LEGAL_AUTHORITIES and not self._law(grounds):
            self._problem(read, (*key, "authority"), "authority.without_law", authority=grounds.authority)

    def _law(self, grounds: Grounds) -> tuple[str, ...]:
        """Return what must be in force for a rule to hold: the law it cites, if the law is its authority."""
        if grounds.authority not in LEGAL_AUTHORITIES:
            return ()
        known = (citation for citation in grounds.cites if citation in self.library.articles)
        return tuple(c for c in known if self.library.instrument_of(c).rank != "study")

    def _heads(self, read: Read[DecisionFile], rule: Rule, key: Key) -> Iterator[Atom]:
        for name, raw in rule.then.items():
            if isinstance(raw, From) and name in self.library.all_facts:
                continue
            fact = self.library.all_facts.get(name)
            if fact is None:
                near = nearest(name, self.library.all_facts)
                self._problem(read, (*key, name, "#key"), "fact.unknown", name=name, near=near)
                continue
            values = raw if isinstance(raw, tuple) else (() if isinstance(raw, From) else (raw,))
            for value in values:
                word = ("yes" if value else "no") if isinstance(value, bool) else value
                allowed = ("yes",) if fact.kind == "flag" else self.library.values(name)
                if word not in allowed:
                    near = nearest(word, allowed)
                    self._problem(read, (*key, name), "value.unknown", name=name, value=word, near=near)
                yield (name, word)
            if fact.kind != "many" and len(values) > 1:
                self._problem(read, (*key, name), "value.single", name=name)

    def _ranking(
        self, read: Read[DecisionFile], conditions: ConditionReader, ranking: Ranking, key: Key
    ) -> list[GroundRule]:
        self._unique(read, (*key, "id"), ranking.id)
        condition = conditions.read(ranking.when, (*key, "when"))
        facts = self.library.all_facts
        for part, name in (
            ("conclusion", ranking.conclusion),
            ("among", ranking.among),
            ("covers", ranking.covers),
        ):
            if name not in facts:
                self._problem(read, (*key, part), "fact.unknown", name=name, near=nearest(name, facts))
                return []
        for part, grounds in (
            ("chosen", ranking.chosen),
            ("beaten", ranking.beaten),
            ("otherwise", ranking.otherwise),
        ):
            if grounds is not None:
                self._grounds(read, grounds, (*key, part))
        candidates = self.library.values(ranking.among)
        for index, name in enumerate(ranking.order):
            if name not in candidates:
                near = nearest(name, candidates)
                self._problem(
                    read, (*key, "order", index), "value.unknown", name=ranking.among, value=name, near=near
                )
                return []
        place = read.document.place((*key, "id"))
        return list(RankingExpansion(ranking, condition, read.shape.decision, self.library, place).rules())

    def _shortfall(
        self, read: Read[DecisionFile], conditions: ConditionReader, shortfall: Shortfall, key: Key
    ) -> Iterator[GroundRule]:
        self._unique(read, (*key, "id"), shortfall.id)
        self._grounds(read, shortfall, key)
        facts = self.library.all_facts
        condition = conditions.read(shortfall.when, (*key, "when"))
        for part, name in (
            ("conclusion", shortfall.conclusion),
            ("chosen", shortfall.chosen),
            ("covers", shortfall.covers),
        ):
            if name not in facts:
                self._problem(read, (*key, part), "fact.unknown", name=name, near=nearest(name, facts))
                return
        candidates = [
            self.library.term(facts[shortfall.chosen].table or "", c) for c in self.library.values(shortfall.chosen)
        ]
        for need in self.library.values(shortfall.covers):
            unable = [Literal((shortfall.chosen, term.id)) for term in candidates if need not in term.covers]
            label = self.library.label(shortfall.covers, need)
            grounds = _grounds_of(shortfall)
            yield GroundRule(
                id=f"{shortfall.id}.{need}",
                decision=read.shape.decision,
                heads=((shortfall.conclusion, need),),
                body=conjunction([condition, Literal((shortfall.covers, need)), disjunction(unable)]),
                grounds=grounds.model_copy(update={"because": grounds.because.filled(need=label)}),
                law=(),
                place=read.document.place((*key, "id")),
            )

    def _ordered(self, rules: list[GroundRule]) -> list[GroundRule]:
        """Return the rules so that each stands after those that conclude what it asks; note cycles."""
        producers: dict[Atom, list[GroundRule]] = {}
        for rule in rules:
            for head in rule.heads:
                producers.setdefault(head, []).append(rule)
        by_id = {rule.id: rule for rule in rules}
        # Sorted by id, so that the order of files and of rules in them changes nothing.
        graph = {
            rule.id: sorted({p.id for atom in atoms(rule.body) for p in producers.get(atom, ())})
            for rule in sorted(rules, key=lambda rule: rule.id)
        }
        try:
            return [by_id[name] for name in TopologicalSorter(graph).static_order()]
        except CycleError as error:
            names = list(reversed(error.args[1]))
            rule = by_id[names[0]]
            self.problems.append(Problem(rule.place, "rules.cycle", {"names": " -> ".join(names)}))
            return []

    def _domains(self, formulas: Iterable[Formula]) -> tuple[Domain, ...]:
        cuts: dict[str, set[int]] = {}
        for formula in formulas:
            for name, value in atoms(formula):
                if self.vocabulary.knows(name) and self.vocabulary.is_number(name):
                    cuts.setdefault(name, set()).add(int(value[1:]))
        return tuple(
            Domain(question, tuple(sorted(cuts.get(question.id, ()))))
            for question in self.library.questions.values()
        )


def _grounds_of(source: Grounds) -> Grounds:
    """Return the grounds alone of a rule, a ranking's part or a shortfall."""
    return Grounds(
        because=source.because,
        cites=source.cites,
        see=source.see,
        authority=source.authority,
        provenance=source.provenance,
    )
