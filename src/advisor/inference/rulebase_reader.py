"""Reading rules/: checked against kbase/, spelt out and put into an order in which it can run."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from graphlib import CycleError
from pathlib import Path
from typing import Any

from advisor.folders import yaml_files
from advisor.inference.authored import (
    LEGAL_AUTHORITIES,
    SourceDecision,
    SourceRanking,
    SourceRule,
    SourceShortfall,
    law_cited,
)
from advisor.inference.condition import tests_of
from advisor.inference.condition_reader import ConditionReader
from advisor.inference.formula import Atom
from advisor.inference.grounding import grounded, rulebase_of
from advisor.inference.rulebase import Exclusion, RuleBase
from advisor.inference.vocabulary import vocabulary_of
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


class RuleBaseReader:
    """Reads rules/ for a library; every finding is noted in `problems`."""

    def __init__(self, folder: Path, library: Library) -> None:
        self.folder = folder
        self.library = library
        self.vocabulary = vocabulary_of(library)
        self.reader = Reader()
        self._ids: dict[str, str] = {}

    @property
    def problems(self) -> list[Problem]:
        """The findings so far."""
        return self.reader.problems

    def read(self) -> RuleBase | None:
        """Return the rule base, or None where there are findings (see `problems`)."""
        exclusions: list[Exclusion] = []
        sources: list[SourceDecision] = []
        paths = yaml_files(self.folder)
        if not paths:
            self.problems.append(Problem(place_of(self.folder), "folder.empty"))
        for path in paths:
            if path.name == CONTRADICTIONS:
                read_exclusions = self.reader.file(path, ContradictionFile)
                exclusions += self._exclusions(read_exclusions) if read_exclusions else ()
                continue
            read = self.reader.file(path, DecisionFile)
            if read is not None:
                sources.append(self._decision(read))
        if self.problems:
            return None
        try:
            return rulebase_of(self.library, sources, exclusions)
        except CycleError as error:
            self._cycle(sources, list(reversed(error.args[1])))
            return None

    def _cycle(self, sources: Iterable[SourceDecision], names: list[str]) -> None:
        rules = [rule for source in sources for rule in grounded(self.library, source)]
        place = next(rule.place for rule in rules if rule.id == names[0])
        self.problems.append(Problem(place, "rules.cycle", {"names": " -> ".join(names)}))

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
            condition = conditions.read(shape.when, (*key, "when"))
            for name in dict.fromkeys(test.name for test in tests_of(condition)):
                if name not in self.library.questions:
                    self._problem(read, (*key, "when"), "contradiction.not_answers", name=name)
            yield Exclusion(shape, condition, read.document.place((*key, "id")))
        self.problems.extend(conditions.problems)

    def _decision(self, read: Read[DecisionFile]) -> SourceDecision:
        conditions = ConditionReader(self.vocabulary, read.document)
        decision = read.shape
        for index, name in enumerate(decision.first):
            if name not in self.library.all_facts:
                near = nearest(name, self.library.all_facts)
                self._problem(read, ("first", index), "fact.unknown", name=name, near=near)
        rules = [self._rule(read, conditions, rule, ("rules", i)) for i, rule in enumerate(decision.rules)]
        rankings = [
            self._ranking(read, conditions, ranking, ("rankings", i)) for i, ranking in enumerate(decision.rankings)
        ]
        shortfalls = [
            self._shortfall(read, conditions, shortfall, ("shortfalls", i))
            for i, shortfall in enumerate(decision.shortfalls)
        ]
        self.problems.extend(conditions.problems)
        return SourceDecision(decision, tuple(rules), tuple(rankings), tuple(shortfalls))

    def _rule(self, read: Read[DecisionFile], conditions: ConditionReader, rule: Rule, key: Key) -> SourceRule:
        self._unique(read, (*key, "id"), rule.id)
        self._grounds(read, rule, key)
        heads = tuple(self._heads(read, rule, (*key, "then")))
        copies = tuple((name, str(value["from"])) for name, value in rule.then.items() if _is_copy(value))
        for name, other in copies:
            where = (*key, "then", name)
            if other not in self.library.all_facts:
                near = nearest(other, self.library.all_facts)
                self._problem(read, (*where, "from"), "fact.unknown", name=other, near=near)
            elif heads or name in read.shape.first:
                self._problem(read, where, "then.from_alone", name=name)
        return SourceRule(
            shape=rule,
            condition=conditions.read(rule.when, (*key, "when")),
            heads=heads,
            copies=copies,
            law=law_cited(self.library, rule),
            place=read.document.place((*key, "id")),
        )

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
        if grounds.authority in LEGAL_AUTHORITIES and not law_cited(self.library, grounds):
            self._problem(read, (*key, "authority"), "authority.without_law", authority=grounds.authority)

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
    ) -> SourceRanking:
        self._unique(read, (*key, "id"), ranking.id)
        found = SourceRanking(
            ranking, conditions.read(ranking.when, (*key, "when")), read.document.place((*key, "id"))
        )
        for part, fact in (
            ("conclusion", ranking.conclusion),
            ("among", ranking.among),
            ("covers", ranking.covers),
        ):
            if not self._with_terms(read, fact, (*key, part)):
                return found
        for part, grounds, names in (
            ("chosen", ranking.chosen, ("winner",)),
            ("beaten", ranking.beaten, ("winner", "loser")),
            ("otherwise", ranking.otherwise, ()),
        ):
            if grounds is not None:
                self._grounds(read, grounds, (*key, part))
                self._places(read, grounds.because, names, (*key, part, "because"))
        self._candidates(read, ranking, key)
        return found

    def _candidates(self, read: Read[DecisionFile], ranking: Ranking, key: Key) -> None:
        """Note candidates that a ranking names and that are none, or that it names twice."""
        candidates = self.library.values(ranking.among)
        named: list[tuple[Key, str]] = [(("order", index), name) for index, name in enumerate(ranking.order)]
        if ranking.otherwise:
            named.append((("otherwise", "value"), ranking.otherwise.value))
        for part, name in named:
            if name not in candidates:
                near = nearest(name, candidates)
                self._problem(read, (*key, *part), "value.unknown", name=ranking.among, value=name, near=near)
        for index, name in enumerate(ranking.order):
            if name in ranking.order[:index]:
                self._problem(read, (*key, "order", index), "id.duplicate", name=name, first=ranking.id)

    def _shortfall(
        self, read: Read[DecisionFile], conditions: ConditionReader, shortfall: Shortfall, key: Key
    ) -> SourceShortfall:
        self._unique(read, (*key, "id"), shortfall.id)
        self._grounds(read, shortfall, key)
        condition = conditions.read(shortfall.when, (*key, "when"))
        self._places(read, shortfall.because, ("need",), (*key, "because"))
        facts = self.library.all_facts
        if shortfall.conclusion not in facts:
            near = nearest(shortfall.conclusion, facts)
            self._problem(read, (*key, "conclusion"), "fact.unknown", name=shortfall.conclusion, near=near)
        elif self._with_terms(read, shortfall.chosen, (*key, "chosen")):
            self._with_terms(read, shortfall.covers, (*key, "covers"))
        return SourceShortfall(shortfall, condition, read.document.place((*key, "id")))


def _is_copy(value: Any) -> bool:
    return isinstance(value, dict) and set(value) == {"from"} and isinstance(value["from"], str)
