"""What differs between two knowledge bases: rules, contradictions, questions, law and terms, each by its id."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Final, Literal

from advisor.inference.rulebase import RuleBase
from advisor.knowledge.library import ARTICLES, CONCLUSIONS, Library
from advisor.knowledge.shape import Shape
from advisor.knowledge_base import Knowledge
from advisor.plain_data import UNWRITTEN
from advisor.verify.difference.form import differing_questions, differing_rules, rule_forms

ChangeKind = Literal["rule", "contradiction", "question", "law", "term"]
Fires = Literal["always", "sometimes", "never"]
"""In which completions of the answers a rule fires."""
DATES: Final = frozenset(["in_force", "revoked"])
AFTER: Final = "after"
"""The part of a rule that names the rules of its policy that speak before it; no file has a key of that name."""


@dataclass(frozen=True, slots=True)
class ChangeName:
    """What was changed. A term is named `table:id`; `law` is an article or an instrument."""

    kind: ChangeKind
    id: str


@dataclass(frozen=True, slots=True)
class OldNew:
    """One part of something, as it was and as it is."""

    old: object
    new: object


@dataclass(frozen=True, slots=True)
class Change:
    """What became of one thing.

    `parts` are what differs, by the key that it has in its file. There are none where the whole is new or gone, and
    there may be none where what it refers to was changed. A change that is not `effective` is one of words: nothing
    else follows from it. `before` and `now` say of a rule when it fired in a case, and when it fires.
    """

    kind: ChangeKind
    id: str
    what: Literal["new", "gone", "changed"]
    parts: Mapping[str, OldNew] = field(default_factory=dict)
    effective: bool = field(default=True, metadata=UNWRITTEN)
    before: Fires | None = None
    now: Fires | None = None

    @property
    def name(self) -> ChangeName:
        """Its kind and id."""
        return ChangeName(self.kind, self.id)


def changes_between(old: Knowledge, new: Knowledge) -> dict[ChangeName, Change]:
    """Return everything that differs between two knowledge bases."""
    rules = differing_rules(old.rulebase, new.rulebase).all
    order = _order(old.rulebase, new.rulebase)
    questions = differing_questions(old.library, new.library).all
    found = [
        *_changes("rule", _rules(old), _rules(new), rules),
        *_changes("contradiction", _contradictions(old), _contradictions(new), rules),
        *_changes("question", old.library.questions, new.library.questions, questions),
        *_changes("law", _law(old.library), _law(new.library)),
        *_changes("term", _terms(old.library), _terms(new.library)),
    ]
    moved = (
        replace(change, parts={**change.parts, AFTER: order[change.id]})
        if change.kind == "rule" and change.id in order
        else change
        for change in found
    )
    return {change.name: change for change in moved}


def _order(old: RuleBase, new: RuleBase) -> dict[str, OldNew]:
    """Return, for each rule of a policy that stands elsewhere in it, the rules of both that speak before it."""
    before, now = rule_forms(old), rule_forms(new)
    common = before.keys() & now.keys()
    pairs = {
        name: OldNew(*(tuple(sorted(forms[name].earlier & common)) for forms in (before, now))) for name in common
    }
    return {name: pair for name, pair in pairs.items() if pair.old != pair.new}


def _changes(
    kind: ChangeKind, old: Mapping[str, Shape], new: Mapping[str, Shape], differing: Container[str] = ()
) -> Iterator[Change]:
    """Yield the changes of things of one kind; those in `differing` decide what follows, with or without parts."""
    for name in dict.fromkeys((*new, *old)):
        before, now = old.get(name), new.get(name)
        if before is None or now is None:
            yield Change(kind, name, "new" if before is None else "gone")
            continue
        parts = _parts(before, now)
        if parts or name in differing:
            effective = name in differing or bool(DATES & parts.keys())
            yield Change(kind, name, "changed", parts, effective)


def _parts(old: Shape, new: Shape) -> dict[str, OldNew]:
    if type(old) is not type(new):
        return {}
    pairs = {part.name: OldNew(getattr(old, part.name), getattr(new, part.name)) for part in fields(old)}
    return {name: pair for name, pair in pairs.items() if pair.old != pair.new and name != "articles"}


def _rules(knowledge: Knowledge) -> dict[str, Shape]:
    return {source.shape.id: source.shape for source in knowledge.rulebase.authored}


def _contradictions(knowledge: Knowledge) -> dict[str, Shape]:
    return {exclusion.shape.id: exclusion.shape for exclusion in knowledge.rulebase.exclusions}


def _law(library: Library) -> dict[str, Shape]:
    return {**library.instruments, **library.articles}


def _terms(library: Library) -> dict[str, Shape]:
    return {
        f"{table}:{name}": entry
        for table, entries in library.entries.items()
        if table not in (ARTICLES, CONCLUSIONS)
        for name, entry in entries.items()
    }
