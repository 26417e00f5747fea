"""Reading rules/: checked against kbase/, spelt out and put into an order in which it can run."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import Any

from advisor.inference.condition import ConditionReader
from advisor.inference.domain import Domain
from advisor.inference.expansion import RankingExpansion, spell_out_first
from advisor.inference.formula import Atom, Formula, Literal, atoms, conjunction, disjunction
from advisor.inference.ground import GroundRule
from advisor.inference.rulebase import Exclusion, RuleBase
from advisor.inference.vocabulary import Vocabulary
from advisor.knowledge.document import Key
from advisor.knowledge.fact import Fact
from advisor.knowledge.library import Library
from advisor.knowledge.reading import Read, Reader
from advisor.knowledge.rule import (
    ContradictionFile,
    DecisionFile,
    Grounds,
    Ranking,
    Rule,
    Shortfall,
)
from advisor.knowledge.shape import PROVENANCE_ORDER
from advisor.problem import Problem, nearest, place_of
from advisor.text import LANGUAGES, Text

CONTRADICTIONS = "contradictions.yaml"
LEGAL_AUTHORITIES = ("law", "ministerial")


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
            self._cited(read, shape.cites, (*key, "cites"))
            formula = conditions.read(shape.when, (*key, "when"))
            for name in dict.fromkeys(atom[0] for atom in atoms(formula)):
                if name not in self.library.questions:
                    self._problem(read, (*key, "when"), "contradiction.not_answers", name=name)
            yield Exclusion(shape, formula)
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
        copies = [(name, str(value["from"])) for name, value in rule.then.items() if _is_copy(value)]
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

    def _cited(self, read: Read[DecisionFile] | Read[ContradictionFile], cited: tuple[str, ...], key: Key) -> None:
        for index, citation in enumerate(cited):
            if citation not in self.library.articles:
                near = nearest(citation, self.library.articles)
                self._problem(read, (*key, index), "citation.unknown", name=citation, near=near)

    def _with_terms(self, read: Read[DecisionFile], name: str, key: Key) -> bool:
        """Whether a fact takes its values from a table of terms; note a problem where it does not."""
        fact = self.library.all_facts.get(name)
        if fact is None:
            near = nearest(name, self.library.all_facts)
            self._problem(read, key, "fact.unknown", name=name, near=near)
            return False
        if fact.table not in self.library.term_files:
            self._problem(read, key, "fact.without_terms", name=name)
            return False
        return True

    def _places(self, read: Read[DecisionFile], text: Text, names: tuple[str, ...], key: Key) -> None:
        """Note places to fill in a text that nothing fills."""
        for language in LANGUAGES:
            for name in re.findall(r"{(\w*)", text.in_language(language)):
                if name not in names:
                    known = ", ".join(names)
                    self._problem(read, (*key, language), "text.place", name=name, known=known)

    def _grounds(self, read: Read[DecisionFile], grounds: Grounds, key: Key) -> None:
        articles = self.library.articles
        self._cited(read, grounds.cites, (*key, "cites"))
        self._cited(read, grounds.see, (*key, "see"))
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
            fact = self.library.all_facts.get(name)
            if fact is None:
                near = nearest(name, self.library.all_facts)
                self._problem(read, (*key, name, "#key"), "fact.unknown", name=name, near=near)
            elif not _is_copy(raw):
                yield from self._values(read, fact, raw, (*key, name))

    def _values(self, read: Read[DecisionFile], fact: Fact, raw: Any, key: Key) -> Iterator[Atom]:
        """Yield what a rule concludes of one fact."""
        listed = raw if isinstance(raw, list) else [raw]
        if not listed or not all(isinstance(value, (bool, str)) for value in listed):
            self._problem(read, key, "then.value", name=fact.id)
            return
        allowed = ("yes",) if fact.kind == "flag" else self.library.values(fact.id)
        for index, value in enumerate(listed):
            word = ("yes" if value else "no") if isinstance(value, bool) else value
            if word not in allowed:
                where = (*key, index) if isinstance(raw, list) else key
                near = nearest(word, allowed)
                self._problem(read, where, "value.unknown", name=fact.id, value=word, near=near)
            yield (fact.id, word)
        if fact.kind != "many" and len(listed) > 1:
            self._problem(read, key, "value.single", name=fact.id)

    def _ranking(
        self, read: Read[DecisionFile], conditions: ConditionReader, ranking: Ranking, key: Key
    ) -> list[GroundRule]:
        self._unique(read, (*key, "id"), ranking.id)
        condition = conditions.read(ranking.when, (*key, "when"))
        if not self._with_terms(read, ranking.conclusion, (*key, "conclusion")):
            return []
        if not self._with_terms(read, ranking.among, (*key, "among")):
            return []
        if not self._with_terms(read, ranking.covers, (*key, "covers")):
            return []
        for part, grounds, names in (
            ("chosen", ranking.chosen, ("winner",)),
            ("beaten", ranking.beaten, ("winner", "loser")),
            ("otherwise", ranking.otherwise, ()),
        ):
            if grounds is not None:
                self._grounds(read, grounds, (*key, part))
                self._places(read, grounds.because, names, (*key, part, "because"))
        candidates = self.library.values(ranking.among)
        named: list[tuple[Key, str]] = [(("order", index), name) for index, name in enumerate(ranking.order)]
        if ranking.otherwise:
            named.append((("otherwise", "value"), ranking.otherwise.value))
        before = len(self.problems)
        for part_key, name in named:
            if name not in candidates:
                near = nearest(name, candidates)
                values = {"name": ranking.among, "value": name, "near": near}
                self._problem(read, (*key, *part_key), "value.unknown", **values)
        for index, name in enumerate(ranking.order):
            if name in ranking.order[:index]:
                self._problem(read, (*key, "order", index), "id.duplicate", name=name, first=ranking.id)
        if len(self.problems) > before or conditions.problems:
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
        self._places(read, shortfall.because, ("need",), (*key, "because"))
        if shortfall.conclusion not in facts:
            near = nearest(shortfall.conclusion, facts)
            self._problem(read, (*key, "conclusion"), "fact.unknown", name=shortfall.conclusion, near=near)
            return
        if not self._with_terms(read, shortfall.chosen, (*key, "chosen")):
            return
        if not self._with_terms(read, shortfall.covers, (*key, "covers")):
            return
        candidates = [
            self.library.term(facts[shortfall.chosen].table or "", c) for c in self.library.values(shortfall.chosen)
        ]
        for need in self.library.values(shortfall.covers):
            unable = [Literal((shortfall.chosen, term.id)) for term in candidates if need not in term.covers]
            label = self.library.label(shortfall.covers, need)
            grounds = _grounds_of(shortfall)
            if any(problem.key == "text.place" for problem in self.problems):
                return
            yield GroundRule(
                id=f"{shortfall.id}.{need}",
                decision=read.shape.decision,
                heads=((shortfall.conclusion, need),),
                body=conjunction([condition, Literal((shortfall.covers, need)), disjunction(unable)]),
                grounds=replace(grounds, because=grounds.because.filled(need=label)),
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


def _is_copy(value: Any) -> bool:
    return isinstance(value, dict) and set(value) == {"from"} and isinstance(value["from"], str)
