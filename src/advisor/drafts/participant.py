"""The parties of a draft: those that the answers file names, or those that follow from the answers."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Final

from advisor.inference.case import Case, Party
from advisor.knowledge.draft import BlankFile, PartyKind, Side
from advisor.understanding.answer import parties_in

LEAST: Final = 3
"""The fewest letters by which a word at the beginning of a name can be told, shortened as it may be."""

MOST: Final = 8
"""How many parties are set out where none is named; of more the paper would be a list of empty places."""


@dataclass(frozen=True, slots=True)
class Participant:
    """One party as a draft names it; "" where something is not known.

    `name` is its full name ("Kabupaten Sleman"), `head` the title of its head ("Bupati Sleman"), `government` what
    is bound ("Pemerintah Kabupaten Sleman").
    """

    name: str = ""
    head: str = ""
    signatory: str = ""
    government: str = ""
    council: str = ""
    side: Side | None = None

    @property
    def named(self) -> bool:
        """Whether it is known who it is."""
        return bool(self.name)


def participants_of(blanks: BlankFile, case: Case) -> tuple[Participant, ...]:
    """Return the parties of a case, the first region first."""
    named = [party for party in case.parties if any((party.name, party.kind, party.signatory, party.office))]
    if named:
        found = [_named(party, _kind_of(party, blanks.kinds)) for party in named]
        return tuple(sorted(found, key=lambda party: party.side not in ("region", None)))
    return tuple(_answered(blanks, case))


def _answered(blanks: BlankFile, case: Case) -> Iterator[Participant]:
    """Yield parties without names, as many and of such kinds as the answers say."""
    questions = blanks.questions
    own = next((k for k in blanks.kinds if case.answers.get(questions.own) in k.own), None)
    yield _unnamed(own, "region")
    given = case.answers.get(questions.others)
    answered = given if isinstance(given, tuple) else ()
    kinds = [kind for option in answered for kind in _kinds_with(option, blanks.kinds)]
    sides = [kind.side for kind in kinds]
    count = case.answers.get(questions.count)
    regions = count - 1 if isinstance(count, int) else sides.count("region")
    known = [kind for kind in kinds if kind.side == "region"]
    regions = min(max(regions, 0 if kinds else 1), MOST - 1)
    for index in range(regions):
        # Only where each region is of a kind of its own is it known which is which.
        yield _unnamed(known[index] if len(known) == regions else None, "region")
    yield from (_unnamed(kind, kind.side) for kind in kinds if kind.side != "region")


def _kinds_with(option: str, kinds: Collection[PartyKind]) -> list[PartyKind]:
    return [kind for kind in kinds if option in kind.others]


def _unnamed(kind: PartyKind | None, side: Side) -> Participant:
    return Participant(side=kind.side if kind else side, head=(kind.office or "") if kind else "")


def _kind_of(party: Party, kinds: Collection[PartyKind]) -> PartyKind | None:
    """Return the kind of a named party: that of a word of what it is said to be, or with which its name begins."""
    said = party.kind.casefold().split()
    for kind in kinds:
        if any(word.casefold() in said for word in kind.words):
            return kind
    return next((kind for kind in kinds if _begins(party.name, kind)), None)


def regions_named(text: str, kinds: Collection[PartyKind]) -> int:
    """Return how many regions a text names one after the other: "Kota Surakarta dan Kabupaten Sukoharjo" names two.

    Each begins with what regions of its kind are called; one is named where none does.
    """
    called = [kind for kind in kinds if kind.side == "region" and kind.called]
    return max(sum(any(_begins(part, kind) for kind in called) for part in parties_in(text)), 1)


def _begins(name: str, kind: PartyKind) -> bool:
    """Whether a name begins with what its kind is called, be it shortened: Kab. Sleman, PT Olah Lestari."""
    first = name.casefold().partition(" ")[0].rstrip(".")
    if kind.called:
        return len(first) >= LEAST and kind.called.casefold().startswith(first)
    return first in (word.casefold().rstrip(".") for word in kind.words)


def _named(party: Party, kind: PartyKind | None) -> Participant:
    name, bare = party.name, party.name
    if kind is not None and kind.called and name:
        _, _, rest = name.partition(" ")
        bare = rest if rest and _begins(name, kind) else name
        name = f"{kind.called} {bare}"
    return Participant(
        name=name,
        head=_title(party.office, kind, name, bare),
        signatory=party.signatory,
        government=f"{kind.government} {name}" if kind and kind.government and name else name,
        council=f"{kind.council} {bare}" if kind and kind.council and bare else "",
        side=kind.side if kind else None,
    )


def _title(office: str, kind: PartyKind | None, name: str, bare: str) -> str:
    """Return the title of who signs: the office, with the name of the party behind it unless it holds it."""
    usual = kind.office if kind and kind.office else ""
    title = office or usual
    if not title or not name or bare.casefold() in title.casefold():
        return title
    own = usual and title.casefold().replace(" ", "") == usual.casefold().replace(" ", "")
    return f"{title} {bare if own else name}"
