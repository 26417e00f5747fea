"""What an advice says, read from its JSON without its sentences, and where two advices say something else.

Both are read from JSON, because that is all that is left of an advice of years ago. Of an open conclusion it counts
what is possible and on which answers that depends, not which circumstances were found to suffice for it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Annotated, Any, Literal, get_args

from pydantic import BeforeValidator, Strict, TypeAdapter

from advisor.advice.advice import Value
from advisor.knowledge.instrument import Status
from advisor.receipt.change import ChangeName

ItemKind = Literal["steps", "documents", "notices", "legal_basis"]
ITEM_KINDS: tuple[ItemKind, ...] = get_args(ItemKind)
Flag = Annotated[bool, Strict()]


def _keyed(key: str) -> BeforeValidator:
    """Turn a list of objects into a mapping by their `key`; anything else is left for pydantic to refuse."""

    def keyed(items: Any) -> Any:
        if isinstance(items, list) and all(
            isinstance(item, dict) and isinstance(item.get(key), str) for item in items
        ):
            return {item[key]: item for item in items}
        return items

    return BeforeValidator(keyed)


def _ruled(reasons: Any) -> Any:
    """Take, of the reasons of a conclusion, the ids of the rules that conclude it whatever is still open."""
    if isinstance(reasons, list) and all(isinstance(reason, dict) for reason in reasons):
        return [r.get("rule") for r in reasons if r.get("direct") and not r.get("assumed")]
    return reasons


def _concluded(other: Any) -> Any:
    """Give the one conclusion of another regime, which stands under its own id, a place of its own."""
    if not isinstance(other, dict):
        return other
    named = [key for key in other if key not in ("as_of", "instrument")]
    return other | {"id": named[0], "conclusion": other[named[0]]} if len(named) == 1 else other


@dataclass(frozen=True)
class ConclusionRecord:
    """What is said of one conclusion, as in the JSON of the advice; `because` are the ids of its rules."""

    value: Flag | str | tuple[str, ...] | None
    possible: tuple[Flag | str | tuple[str, ...], ...] | None
    depends_on: tuple[str, ...]
    contested: Flag | None
    certain: tuple[str, ...] = ()
    uncertain: tuple[str, ...] = ()
    reason: str | None = None
    because: Annotated[tuple[str, ...], BeforeValidator(_ruled)] = ()

    def certainty(self) -> dict[str, bool]:
        """Return each value that it has or can have, with whether it certainly has it."""
        possible = [words(value) for value in self.possible or ()]
        found = dict.fromkeys((*words(self.value), *(word for value in possible for word in value)))
        found |= dict.fromkeys((*self.certain, *self.uncertain))
        return {
            word: word in self.certain or (bool(possible) and all(word in value for value in possible))
            for word in found
        }


@dataclass(frozen=True)
class OtherRegimeRecord:
    """What is said for comparison, under the law of another day."""

    as_of: date
    instrument: str
    id: str
    conclusion: ConclusionRecord


@dataclass(frozen=True)
class ItemRecord:
    """What is said of a step, document, notice or article; `applies` speaks of steps, `status` of articles."""

    certain: Flag
    applies: Flag | None = None
    status: Status | None = None


Items = Annotated[Mapping[str, ItemRecord], _keyed("id")]


@dataclass(frozen=True)
class AdviceRecord:
    """What an advice says."""

    era: str
    conclusions: Mapping[str, ConclusionRecord]
    other_regime: Annotated[OtherRegimeRecord | None, BeforeValidator(_concluded)]
    steps: Items
    documents: Items
    notices: Items
    legal_basis: Annotated[Mapping[str, ItemRecord], _keyed("article")]

    def items(self, kind: ItemKind) -> Mapping[str, ItemRecord]:
        """Return what it lists of one kind, by id."""
        found: Mapping[str, ItemRecord] = getattr(self, kind)
        return found


Said = str | ConclusionRecord | OtherRegimeRecord | ItemRecord
Kind = Literal["era", "conclusions", "other_regime", ItemKind]


def conclusion_in(said: Said | None) -> ConclusionRecord | None:
    """Return the conclusion that is said, be it under another regime; None where it is no conclusion."""
    found = said.conclusion if isinstance(said, OtherRegimeRecord) else said
    return found if isinstance(found, ConclusionRecord) else None


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing of which two advices say something else (None: one of them does not speak of it).

    `because` are the changes of the knowledge that stand behind it, nearest first.
    """

    kind: Kind
    id: str
    before: Said | None
    now: Said | None
    because: tuple[ChangeName, ...] = ()


@cache
def _adapter() -> TypeAdapter[AdviceRecord]:
    return TypeAdapter(AdviceRecord)


def advice_record(data: Mapping[str, Any]) -> AdviceRecord:
    """Return what the JSON of an advice says. Raises `pydantic.ValidationError` where it is none."""
    return _adapter().validate_python(data)


def differences(before: AdviceRecord, now: AdviceRecord) -> Iterator[Difference]:
    """Yield everything of which two advices say something else, in the order of a report."""
    if before.era != now.era:
        yield Difference("era", "era", before.era, now.era)
    yield from _in_either("conclusions", before.conclusions, now.conclusions)
    if before.other_regime != now.other_regime:
        known = now.other_regime or before.other_regime
        yield Difference("other_regime", known.id if known else "", before.other_regime, now.other_regime)
    for kind in ITEM_KINDS:
        yield from _in_either(kind, before.items(kind), now.items(kind))


def _in_either(kind: Kind, before: Mapping[str, Said], now: Mapping[str, Said]) -> Iterator[Difference]:
    for name in dict.fromkeys((*now, *before)):
        if before.get(name) != now.get(name):
            yield Difference(kind, name, before.get(name), now.get(name))


def words(value: Value) -> tuple[str, ...]:
    """Return the words of which a value of a conclusion consists."""
    if isinstance(value, tuple):
        return value
    if isinstance(value, bool):
        return ("yes" if value else "no",)
    return () if value is None else (value,)
