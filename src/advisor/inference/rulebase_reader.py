"""Reading rules/: checked against kbase/, spelt out and put into an order in which it can run."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from graphlib import CycleError
from itertools import chain
from typing import Any

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
from advisor.inference.ground import GroundRule
from advisor.inference.grounding import grounded, rulebase_of
from advisor.inference.rulebase import Exclusion, RuleBase
from advisor.inference.size import MOST_STEPS, MOST_TESTS, size_of, too_deep
from advisor.inference.vocabulary import Vocabulary
from advisor.knowledge.document import Document, Key
from advisor.knowledge.fact import Fact
from advisor.knowledge.library import Library, words_of
from advisor.knowledge.reading import FolderReader, Reader
from advisor.knowledge.rule import (
    Contradiction,
    ContradictionFile,
    DecisionFile,
    Grounds,
    Ranking,
    Rule,
    Shortfall,
)
from advisor.knowledge.shape import PROVENANCE_ORDER
from advisor.problem import Problem, nearest
from advisor.snapshot import Snapshot
from advisor.template import TemplateError, places
from advisor.text import LANGUAGES, MOST_CHARACTERS, Language, Text

CONTRADICTIONS = "contradictions.yaml"


class RuleBaseReader:
    """Reads rules/ for a library; every finding is noted in `problems`."""

    def __init__(self, source: Snapshot, library: Library) -> None:
        self.source = source
        self.library = library
        self.reader = FolderReader(source)
        self._vocabulary = Vocabulary(library)
        self._words = words_of(library)

    @property
    def problems(self) -> list[Problem]:
        """The findings so far."""
        return self.reader.problems

    def read(self) -> RuleBase | None:
        """Return the rule base, or None where there are findings (see `problems`)."""
        exclusions: list[Exclusion] = []
        sources: list[SourceDecision] = []
        for path in self.reader.files(self.source.folder):
            shape = ContradictionFile if path.name == CONTRADICTIONS else DecisionFile
            read = self.reader.file(path, shape)
            if read is None:
                continue
            self.reader.part(read.document, shape, words=self._words)
            file = _RuleFile(self.library, self._vocabulary, self.reader, read.document)
            if isinstance(read.shape, DecisionFile):
                sources.append(file.decision(read.shape))
            elif isinstance(read.shape, ContradictionFile):
                exclusions += file.exclusions(read.shape)
        if self.problems:
            return None
        rules = self._spelt_out(sources)
        self._spelt_out_alike(rules)
        if self.problems:
            return None
        try:
            rulebase = rulebase_of(self.library, rules, sources, exclusions)
        except CycleError as error:
            self._cycle(rules, list(reversed(error.args[1])))
            return None
        deep = too_deep(rulebase.rules)
        if deep is not None:
            self.problems.append(
                Problem(deep.place, "rules.too_deep", {"name": deep.source, "most": str(MOST_STEPS)})
            )
            return None
        return rulebase

    def _spelt_out(self, sources: Iterable[SourceDecision]) -> list[GroundRule]:
        """Return the ground rules, up to the one with which they are too many; that is noted."""
        rules: list[GroundRule] = []
        tests = 0
        for rule in chain.from_iterable(grounded(self.library, source) for source in sources):
            rules.append(rule)
            tests += size_of(rule)
            because = rule.grounds.because
            for message, count, most in (
                ("rules.too_large", tests, MOST_TESTS),
                ("text.too_long", max(len(because.id), len(because.en)), MOST_CHARACTERS),
            ):
                if count > most:
                    self.problems.append(Problem(rule.place, message, {"name": rule.source, "most": str(most)}))
                    return rules
        return rules

    def _spelt_out_alike(self, rules: Iterable[GroundRule]) -> None:
        """Note rules whose id another, a ranking or a shortfall takes for one that it is spelt out into."""
        first: dict[str, GroundRule] = {}
        for rule in rules:
            other = first.setdefault(rule.id, rule)
            if other is not rule:
                told = {"name": rule.id, "first": str(min(other.place, rule.place))}
                self.problems.append(Problem(max(other.place, rule.place), "id.duplicate", told))

    def _cycle(self, rules: Iterable[GroundRule], names: list[str]) -> None:
        place = next(rule.place for rule in rules if rule.id == names[0])
        self.problems.append(Problem(place, "rules.cycle", {"names": " -> ".join(names)}))


class _RuleFile:
    """One file of rules/, read into its shape: checks what shapes cannot say, and reads the conditions.

    Of names that are those of no article or fact, where the shape says that they must be, is told before.
    """

    def __init__(self, library: Library, vocabulary: Vocabulary, reader: Reader, document: Document) -> None:
        self.library = library
        self.reader = reader
        self.document = document
        self._conditions = ConditionReader(vocabulary, document, reader.problems)

    def _problem(self, key: Key, message: str, **values: str) -> None:
        self.reader.problems.append(self.document.problem(key, message, **values))

    def _unique(self, key: Key, name: str) -> None:
        self.reader.unique(self.document, (*key, "id"), "rules", name)

    def exclusions(self, shape: ContradictionFile) -> list[Exclusion]:
        """Return the answers that contradict each other."""
        return [self._exclusion(c, ("contradictions", i)) for i, c in enumerate(shape.contradictions)]

    def decision(self, shape: DecisionFile) -> SourceDecision:
        """Return the rules, rankings and shortfalls of a decision."""
        rules = (self._rule(rule, shape.first, ("rules", i)) for i, rule in enumerate(shape.rules))
        rankings = (self._ranking(ranking, ("rankings", i)) for i, ranking in enumerate(shape.rankings))
        shortfalls = (self._shortfall(lack, ("shortfalls", i)) for i, lack in enumerate(shape.shortfalls))
        return SourceDecision(shape, tuple(rules), tuple(rankings), tuple(shortfalls))

    def _exclusion(self, shape: Contradiction, key: Key) -> Exclusion:
        self._unique(key, shape.id)
        condition = self._conditions.read(shape.when, (*key, "when"))
        for name in dict.fromkeys(test.name for test in tests_of(condition)):
            if name not in self.library.questions:
                self._problem((*key, "when"), "contradiction.not_answers", name=name)
        return Exclusion(shape, condition, self.document.place((*key, "id")))

    # -- rules ----------------------------------------------------------------------------------------------

    def _rule(self, rule: Rule, first: tuple[str, ...], key: Key) -> SourceRule:
        """Return a rule; `first` are the conclusions for which only the first rule that fits speaks."""
        self._unique(key, rule.id)
        self._grounds(rule, key)
        heads = tuple(self._heads(rule, (*key, "then")))
        copies = tuple((name, str(value["from"])) for name, value in rule.then.items() if _is_copy(value))
        for name, other in copies:
            where = (*key, "then", name)
            if other not in self.library.all_facts:
                near = nearest(other, self.library.all_facts)
                self._problem((*where, "from"), "fact.unknown", name=other, near=near)
            elif heads or name in first:
                self._problem(where, "then.from_alone", name=name)
        return SourceRule(
            shape=rule,
            condition=self._conditions.read(rule.when, (*key, "when")),
            heads=heads,
            copies=copies,
            law=law_cited(self.library, rule),
            place=self.document.place((*key, "id")),
        )

    def _heads(self, rule: Rule, key: Key) -> Iterator[Atom]:
        for name, raw in rule.then.items():
            fact = self.library.all_facts.get(name)
            if fact is None:
                near = nearest(name, self.library.all_facts)
                self._problem((*key, name, "#key"), "fact.unknown", name=name, near=near)
            elif not _is_copy(raw):
                yield from self._values(fact, raw, (*key, name))

    def _values(self, fact: Fact, raw: Any, key: Key) -> Iterator[Atom]:
        """Yield what a rule concludes of one fact."""
        listed = raw if isinstance(raw, list) else [raw]
        if not listed or not all(isinstance(value, (bool, str)) for value in listed):
            self._problem(key, "then.value", name=fact.id)
            return
        allowed = ("yes",) if fact.kind == "flag" else self.library.values(fact.id)
        for index, value in enumerate(listed):
            word = ("yes" if value else "no") if isinstance(value, bool) else value
            if word not in allowed:
                where = (*key, index) if isinstance(raw, list) else key
                near = nearest(word, allowed)
                self._problem(where, "value.unknown", name=fact.id, value=word, near=near)
            yield (fact.id, word)
        if fact.kind != "many" and len(listed) > 1:
            self._problem(key, "value.single", name=fact.id)

    # -- rankings and shortfalls ----------------------------------------------------------------------------

    def _ranking(self, ranking: Ranking, key: Key) -> SourceRanking:
        self._unique(key, ranking.id)
        condition = self._conditions.read(ranking.when, (*key, "when"))
        source = SourceRanking(ranking, condition, self.document.place((*key, "id")))
        for part, fact in (
            ("conclusion", ranking.conclusion),
            ("among", ranking.among),
            ("covers", ranking.covers),
        ):
            if not self._with_terms(fact, (*key, part)):
                return source
        for part, grounds, names in (
            ("chosen", ranking.chosen, ("winner",)),
            ("beaten", ranking.beaten, ("winner", "loser")),
            ("otherwise", ranking.otherwise, ()),
        ):
            if grounds is not None:
                self._grounds(grounds, (*key, part))
                self._template(grounds.because, names, (*key, part, "because"))
        self._candidates(ranking, key)
        return source

    def _candidates(self, ranking: Ranking, key: Key) -> None:
        """Note candidates that a ranking names and that are none, or that it names twice."""
        candidates = self.library.values(ranking.among)
        named: list[tuple[Key, str]] = [(("order", index), name) for index, name in enumerate(ranking.order)]
        if ranking.otherwise:
            named.append((("otherwise", "value"), ranking.otherwise.value))
        for part, name in named:
            if name not in candidates:
                near = nearest(name, candidates)
                self._problem((*key, *part), "value.unknown", name=ranking.among, value=name, near=near)
        for index, name in enumerate(ranking.order):
            if name in ranking.order[:index]:
                self._problem((*key, "order", index), "id.duplicate", name=name, first=ranking.id)

    def _shortfall(self, shortfall: Shortfall, key: Key) -> SourceShortfall:
        self._unique(key, shortfall.id)
        self._grounds(shortfall, key)
        condition = self._conditions.read(shortfall.when, (*key, "when"))
        self._template(shortfall.because, ("need",), (*key, "because"))
        if self._with_terms(shortfall.chosen, (*key, "chosen")):
            self._with_terms(shortfall.covers, (*key, "covers"))
        return SourceShortfall(shortfall, condition, self.document.place((*key, "id")))

    def _with_terms(self, name: str, key: Key) -> bool:
        """Whether there is a fact that takes its values from a table of terms; note a problem where it has none."""
        fact = self.library.all_facts.get(name)
        if fact is not None and fact.table not in self.library.term_files:
            self._problem(key, "fact.without_terms", name=name)
        return fact is not None and fact.table in self.library.term_files

    # -- grounds --------------------------------------------------------------------------------------------

    def _grounds(self, grounds: Grounds, key: Key) -> None:
        articles = self.library.articles
        known = [articles[citation] for citation in grounds.cites if citation in articles]
        for index, article in enumerate(known):
            if article.provenance == "recalled" and article.confidence == "low":
                self._problem((*key, "cites", index), "citation.recalled_low", name=article.id)
        weakest = max((PROVENANCE_ORDER.index(article.provenance) for article in known), default=0)
        if PROVENANCE_ORDER.index(grounds.provenance) != weakest:
            expected = PROVENANCE_ORDER[weakest]
            self._problem((*key, "provenance"), "provenance.differs", expected=expected, given=grounds.provenance)
        if grounds.authority in LEGAL_AUTHORITIES and not law_cited(self.library, grounds):
            self._problem((*key, "authority"), "authority.without_law", authority=grounds.authority)

    def _template(self, text: Text, names: tuple[str, ...], key: Key) -> None:
        """Note what is wrong with a text that is filled in with `names`, in each language."""
        found: dict[Language, frozenset[str]] = {}
        for language in LANGUAGES:
            try:
                found[language] = places(text.in_language(language))
            except TemplateError as error:
                self._problem((*key, language), "text.braces", part=error.part)
        for language, used in found.items():
            for name in sorted(used.difference(names)):
                message = "text.place" if names else "text.no_place"
                self._problem((*key, language), message, name=name, known=", ".join(names))
            elsewhere = frozenset().union(*found.values()).intersection(names)
            for name in sorted(elsewhere - used):
                self._problem((*key, language), "text.place_missing", name=name)


def _is_copy(value: Any) -> bool:
    return isinstance(value, dict) and set(value) == {"from"} and isinstance(value["from"], str)
