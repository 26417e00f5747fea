"""What two knowledge bases say differently: texts, deadlines, articles, days and instruments, and who reads it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, is_dataclass, replace
from datetime import date
from functools import reduce
from operator import or_
from typing import Any, Final, Literal, get_args

from advisor.inference.bit_parallel import Column, Table, evaluated, places
from advisor.inference.ground import GroundRule
from advisor.inference.program import Row
from advisor.knowledge.library import FACTORS, STEPS, Library
from advisor.knowledge.timetable import TimetableFile
from advisor.knowledge_base import Knowledge
from advisor.plain_data import UNLESS_DEFAULT
from advisor.scenario.scenario import Scenario
from advisor.scenario.sorted_scenarios import sorted_scenarios
from advisor.text import Text

Kind = Literal[
    "rule",
    "contradiction",
    "step",
    "term",
    "article",
    "instrument",
    "factor",
    "doubt",
    "question",
    "group",
    "fact",
    "word",
    "case",
    "registry",
    "timetable",
    "holidays",
    "draft",
    "blank",
    "page",
    "knowledge",
]
KINDS: Final[tuple[Kind, ...]] = get_args(Kind)
Leaf = Text | str
Leaves = Mapping[str, Leaf]
Thing = tuple[Kind, str]

NOT_SAID: Final = frozenset({"id", "when", "then", "articles", "applies_to"})
"""Keys that say nothing to a reader of a report, or that are compared elsewhere."""


@dataclass(frozen=True, slots=True)
class Readers:
    """In how many of the fully answered scenarios the report shows a thing, of how many, and one of them."""

    reports: int
    of: int
    example: str | None


@dataclass(frozen=True, slots=True)
class ContentChange:
    """One part of a thing (all of it: "") that says something else; None on the side on which it is not there.

    `readers` is None for what no single report shows: a question, a word of the glossary.
    """

    kind: Kind
    id: str
    part: str
    old: Leaf | None = field(metadata=UNLESS_DEFAULT)
    new: Leaf | None = field(metadata=UNLESS_DEFAULT)
    readers: Readers | None = field(default=None, metadata=UNLESS_DEFAULT)


def content_changes(
    old: Knowledge, new: Knowledge, for_old: Sequence[Scenario], for_new: Sequence[Scenario]
) -> tuple[ContentChange, ...]:
    """Return what the two say differently, kind by kind; the scenarios are as each of the two reads them."""
    if old.digest == new.digest:
        return ()
    before, after = _things(old), _things(new)
    shown_old, shown_new = _Shown(old, for_old), _Shown(new, for_new)
    found: list[ContentChange] = []
    for thing in sorted(dict.fromkeys((*before, *after)), key=lambda thing: KINDS.index(thing[0])):
        there = shown_new if thing in after else shown_old
        parts = tuple(_differing(before.get(thing), after.get(thing)))
        readers = there.readers(thing) if parts else None
        found += (ContentChange(*thing, part, was, now, readers) for part, was, now in parts)
    return tuple(found)


def _differing(before: Leaves | None, after: Leaves | None) -> Iterator[tuple[str, Leaf | None, Leaf | None]]:
    """Yield each part that differs, with what it was and is; a thing that came or went is told of as a whole."""
    if before is None or after is None:
        known = after if before is None else before
        said = list((known or {}).values())
        name = next((leaf for leaf in said if isinstance(leaf, Text)), said[0] if said else None)
        yield "", (None if before is None else name), (None if after is None else name)
        return
    for part in dict.fromkeys((*before, *after)):
        if before.get(part) != after.get(part):
            yield part, before.get(part), after.get(part)


# -- what there is ------------------------------------------------------------------------------------------


def _things(knowledge: Knowledge) -> dict[Thing, Leaves]:
    """Return all that the knowledge says, by kind and id."""
    return {thing: dict(_leaves(shape, "")) for thing, shape in _shapes(knowledge)}


def _shapes(knowledge: Knowledge) -> Iterator[tuple[Thing, Any]]:
    library = knowledge.library
    yield from ((("rule", source.shape.id), source.shape) for source in knowledge.rulebase.authored)
    yield from ((("contradiction", e.shape.id), e.shape) for e in knowledge.rulebase.exclusions)
    yield from ((("step", step.id), step) for step in library.steps.values())
    for table, file in library.term_files.items():
        yield from ((("term", f"{table}.{term.id}"), term) for term in file.terms)
    yield from ((("article", article.id), article) for article in library.articles.values())
    yield from ((("instrument", instrument.id), instrument) for instrument in library.instruments.values())
    yield from ((("factor", factor.id), factor) for factor in library.factors.values())
    yield from ((("doubt", doubt.id), doubt) for doubt in library.doubts.values())
    yield from ((("question", question.id), question) for question in library.questions.values())
    yield from ((("group", f"{group.question}.{group.id}"), group) for group in library.groups)
    yield from ((("fact", fact.id), fact) for fact in library.all_facts.values())
    yield from ((("word", word.id), word) for word in library.glossary)
    yield from ((("case", case.id), case) for case in library.cases.values())
    yield from ((("registry", entry.id), entry) for entry in library.registry)
    if library.timetable is not None:
        yield from _timetable(library.timetable)
    if library.holidays is not None:
        yield from ((("holidays", str(year.year)), year) for year in library.holidays.years)
    for draft in library.drafts:
        yield ("draft", draft.draft), replace(draft, parts=())
        clauses = (clause for part in draft.parts for clause in part.clauses)
        yield from ((("draft", f"{draft.draft}.{clause.id}"), clause) for clause in clauses)
    for blank in library.blanks.blanks if library.blanks else ():
        yield ("blank", blank.id), blank
    yield from ((("page", page.id), page) for page in library.pages)
    yield ("knowledge", ""), library.manifest


def _timetable(told: TimetableFile) -> Iterator[tuple[Thing, Any]]:
    """Yield the periods, the reasons and the cycles of the budget, and the choice about joint leave as a text."""
    yield ("timetable", "joint_leave"), told.joint_leave
    yield from ((("timetable", period.step), period) for period in told.periods)
    yield from ((("timetable", f"reason.{reason.id}"), reason) for reason in told.reasons)
    yield from ((("timetable", f"limit.{limit.step}"), limit) for limit in told.limits)
    yield from ((("timetable", f"cycle.{cycle.id}"), cycle) for cycle in told.budget.cycles)


def _leaves(value: Any, path: str) -> Iterator[tuple[str, Leaf]]:
    """Yield every text, word, number and day in a shape, by its path of keys."""
    match value:
        case None:
            return
        case Text():
            yield path, value
        case tuple() if all(not is_dataclass(item) for item in value):
            if value:
                yield path, ", ".join(map(str, value))
        case tuple():
            for number, item in enumerate(value, start=1):
                name = number if isinstance(item, Text) else getattr(item, "id", number)
                yield from _leaves(item, _joined(path, str(name)))
        case Mapping():
            for key, item in value.items():
                yield from _leaves(item, _joined(path, str(key)))
        case _ if is_dataclass(value):
            for part in fields(value):
                if part.name not in NOT_SAID:
                    yield from _leaves(getattr(value, part.name), _joined(path, part.name))
        case bool():
            yield path, "yes" if value else "no"
        case _:
            yield path, str(value)


def _joined(path: str, step: str) -> str:
    return f"{path}.{step}" if path else step


# -- who reads it -------------------------------------------------------------------------------------------


class _Shown:
    """Which things the reports on the fully answered scenarios can show, by what holds in each of them.

    Of a cooperation that is not admissible a report says nothing but why.
    """

    def __init__(self, knowledge: Knowledge, scenarios: Sequence[Scenario]) -> None:
        self.library: Library = knowledge.library
        self.rulebase = knowledge.rulebase
        full = sorted_scenarios(knowledge, scenarios).full
        self.names = [scenario.id for scenario, _ in full]
        domains = self.rulebase.domains
        cases = [(case.as_of, tuple(case.codes[domain.id] for domain in domains)) for _, case in full]
        self.columns = evaluated(self.rulebase, Table(self.library, domains, cases))
        gate = self.library.roles.gate
        self._admissible = self.columns.atom((gate, "yes"))
        self._before_the_gate = self.rulebase.dependence.below(gate)
        self.other_law = evaluated(self.rulebase, Table(self.library, domains, list(self._under_other_law())))
        self._compared = self._admissible & self.other_law.atom((gate, "yes"))

    def _under_other_law(self) -> Iterator[tuple[date, Row]]:
        """Yield the cases on the day of the other law, under which one conclusion is shown too."""
        manifest, era = self.library.manifest, self.library.roles.era
        days = {value: regime.as_of for regime in reversed(manifest.other_regimes) for value in regime.eras}
        eras = [(days[value], self.columns.atom((era, value))) for value in days]
        for index, (as_of, row) in enumerate(self.columns.table.cases):
            yield next((day for day, column in eras if column >> index & 1), as_of), row

    def readers(self, thing: Thing) -> Readers | None:
        """Return whose reports show a thing; None where that cannot be said of its kind."""
        column = self._column(*thing)
        if column is None:
            return None
        example = self.names[next(places(column))] if column else None
        return Readers(column.bit_count(), len(self.names), example)

    def _column(self, kind: Kind, name: str) -> Column | None:
        match kind:
            case "rule":
                return self._fired(self.rulebase.by_source.get(name, ()))
            case "step":
                return self._value(STEPS, name)
            case "factor":
                return self._value(FACTORS, name)
            case "term":
                return self._value(*name.split(".", 1))
            case "article":
                return self._article(name)
            case "instrument":
                return self._articles(f"{name}:")
            case "doubt":
                return self._any(self._article(citation) for citation in self.library.doubts[name].about)
            case _:
                return None

    def _value(self, table: str, value: str) -> Column:
        """Return where any fact that takes its values from a table has a value."""
        facts = (fact.id for fact in self.library.all_facts.values() if fact.table == table)
        return self._any(self.columns.atom((fact, value)) & self._spoken([fact]) for fact in facts)

    def _article(self, citation: str) -> Column:
        rules = [r for r in self.rulebase.rules if citation in (*r.grounds.cites, *r.grounds.see)]
        basis = self.library.roles.legal_basis
        return self._fired(rules) | self.columns.atom((basis, citation)) & self._spoken([basis])

    def _articles(self, start: str) -> Column:
        return self._any(
            self._article(citation) for citation in self.library.articles if citation.startswith(start)
        )

    def _fired(self, rules: Sequence[GroundRule]) -> Column:
        return self._any(self._told(rule) for rule in rules if not rule.silent)

    def _told(self, rule: GroundRule) -> Column:
        told = self.columns.rules[rule.id] & self._spoken(fact for fact, _ in rule.heads)
        other = self.library.roles.other_regime
        if any(other in (fact, value) for fact, value in rule.heads):
            told |= self.other_law.rules[rule.id] & self._compared
        return told

    def _spoken(self, facts: Iterable[str]) -> Column:
        """Return where a report speaks of any of some facts."""
        return self.columns.table.everywhere if self._before_the_gate.intersection(facts) else self._admissible

    def _any(self, columns: Iterator[Column]) -> Column:
        return reduce(or_, columns, 0)
