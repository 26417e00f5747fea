"""Setting the parts of a draft: as Pasal, dictums, chapters, points and letters, each clause with its source."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

from advisor.catalogue import say
from advisor.drafts.filling import DRAFT_LANGUAGE, Filling, joined, upper
from advisor.drafts.numerals import letter, rank, roman
from advisor.drafts.situation import Situation
from advisor.inference.draft_conditions import draft_condition
from advisor.knowledge.draft import Clause, Drafted, DraftFile, Part, Provision
from advisor.knowledge.instrument import RANKS, Instrument
from advisor.knowledge.standing import all_in_force, grounds_of, stands
from advisor.papers.document import Block, Grid, Passage, ToFill, Words
from advisor.report.condition_wording import ConditionWording
from advisor.report.wording import Wording

LABELLED: Final = (5, 1, 23)
"""How wide the label of a part in a decree, the colon and its content are to each other."""

MARKED: Final = 4
ROMAN: Final = 7
NUMBERED: Final = 5
"""How much room there is for the marks of letters and points, of chapters, and of statutes."""

GAZETTES: Final = {"LN": "Lembaran Negara", "BN": "Berita Negara"}

SOURCED: Final = ("articles", "dictums", "chapters")
"""The layouts whose clauses say their source also where they are only usual."""


@dataclass(frozen=True)
class Setting:
    """Sets the parts of the draft of one document."""

    situation: Situation
    filling: Filling
    file: DraftFile
    drafted: Drafted

    @property
    def document(self) -> str:
        """The id of the document that is drafted."""
        return self.drafted.of

    @cached_property
    def wording(self) -> Wording:
        """How articles are cited: as they stand on the day."""
        return Wording(self.situation.library, DRAFT_LANGUAGE, self.situation.day)

    def blocks(self, part: Part) -> Iterator[Block]:
        """Yield a part, but for its copies and parties set as its layout says."""
        clauses = self.standing(part)
        if part.layout == "decides":
            yield from self._decides(part)
            return
        if part.layout in ("law", "parties"):
            passages = [*self._lead(part), *(self._law() if part.layout == "law" else self._parties(part))]
        elif not clauses:
            return
        elif part.layout == "dictums":
            yield from self._lead(part)
            yield self._dictums(part, clauses)
            return
        else:
            passages = [*self._lead(part), *self._set(part, clauses)]
        if part.label:
            yield Grid(LABELLED, (((Passage((part.label,), place="left"),), (Passage((":",)),), tuple(passages)),))
        else:
            yield from passages

    def standing(self, part: Part) -> list[Clause]:
        """Return the clauses of a part that stand in the draft."""
        library, day = self.situation.library, self.situation.day
        return [
            clause
            for clause in part.clauses
            if stands(library, clause, self.document, day) and self.situation.holds(clause.when) is not False
        ]

    def _lead(self, part: Part) -> Iterator[Passage]:
        if part.lead:
            yield Passage(self.filling.words(part.lead), holds=True)

    def _set(self, part: Part, clauses: Sequence[Clause]) -> Iterator[Passage]:
        for index, clause in enumerate(clauses):
            indent = MARKED if part.layout in ("points", "letters", "copies") else 0
            source = list(self._source(clause, part, indent))
            passages = list(self._clause(part, clause, index, last=index == len(clauses) - 1))
            if source and passages:
                passages[-1] = replace(passages[-1], holds=True)
            yield from (*passages, *source)

    def _clause(self, part: Part, clause: Clause, index: int, *, last: bool) -> Iterator[Passage]:
        """Yield a clause, which is the one with this index, or the last, of those that stand in a part."""
        provisions = list(self._provisions(clause))
        heading = upper(self.filling.words(clause.heading or ""))
        match part.layout:
            case "articles":
                yield Passage((f"Pasal {index + 1}",), place="centre", look="strong", holds=True)
                yield Passage(heading, place="centre", look="strong", holds=True)
                yield from self._paragraphs(provisions)
            case "chapters":
                yield Passage(heading, f"{roman(index + 1)}.", 0, "left", "strong", holds=True, room=ROMAN)
                for words, items in provisions:
                    yield Passage(words)
                    yield from self._items(items, 0)
            case "points" | "letters" | "copies":
                mark = f"{letter(index)}." if part.layout == "letters" else f"{index + 1}."
                for number, (words, items) in enumerate(provisions):
                    said = words if part.layout == "points" else _ended(words, "." if last else ";")
                    yield Passage(said, "" if number else mark, MARKED if number else 0)
                    yield from self._items(items, MARKED)
            case _:
                for words, items in provisions:
                    yield Passage(words)
                    yield from self._items(items, 0)

    def _paragraphs(self, provisions: Sequence[tuple[Words, list[Words]]]) -> Iterator[Passage]:
        """Yield the paragraphs of a Pasal, with numbers where there are several."""
        several = len(provisions) > 1
        for number, (words, items) in enumerate(provisions, start=1):
            yield Passage(words, f"({number})" if several else "", holds=bool(items))
            yield from self._items(items, 5 if several else 0)

    def _items(self, items: Sequence[Words], indent: int) -> Iterator[Passage]:
        for index, item in enumerate(items):
            yield Passage(item, f"{letter(index)}.", indent)

    def _dictums(self, part: Part, clauses: Sequence[Clause]) -> Grid:
        rows = []
        for index, clause in enumerate(clauses):
            passages: list[Passage] = []
            for words, items in self._provisions(clause):
                passages += [Passage(words), *self._items(items, 0)]
            passages += self._source(clause, part, 0)
            rows.append(((Passage((rank(index + 1),), place="left"),), (Passage((":",)),), tuple(passages)))
        return Grid(LABELLED, tuple(rows))

    def _decides(self, part: Part) -> Iterator[Block]:
        yield Passage(self.filling.words(part.lead or ""), place="centre", look="strong", holds=True)
        title = joined(
            [*self.filling.words(self.drafted.title), " tentang ", *self.filling.words(self.drafted.subject)]
        )
        said = Passage(joined([*upper(title), "."]), place="left")
        yield Grid(LABELLED, (((Passage((part.label or "",), place="left"),), (Passage((":",)),), (said,)),))

    def _parties(self, part: Part) -> Iterator[Passage]:
        for clause in self.standing(part):
            for index in range(len(self.filling.parties)):
                for provision in clause.provisions:
                    if self.situation.holds(provision.when) is not False:
                        yield Passage(self.filling.words(provision.text, index), f"{index + 1}.")
            yield from self._source(clause, part, 0)

    # -- what stands in a clause ----------------------------------------------------------------------------

    def _provisions(self, clause: Clause) -> Iterator[tuple[Words, list[Words]]]:
        """Yield the paragraphs of a clause with their items; one whose condition is open stands in brackets."""
        whole = self._option(clause.when)
        for provision in clause.provisions:
            if not all_in_force(self.situation.library, provision.cites, self.situation.day):
                continue
            if self.situation.holds(provision.when) is False:
                continue
            option = whole or self._option(provision.when)
            for party in self._repeated(provision):
                words = self.filling.words(provision.text, party)
                items = [self.filling.words(item, party) for item in provision.items]
                yield (joined([option, " ", *words]) if option else words), items

    def _repeated(self, provision: Provision) -> Sequence[int | None]:
        parties = self.filling.parties
        if provision.each is None:
            return (None,)
        return [i for i, party in enumerate(parties) if provision.each == "party" or party.side in ("region", None)]

    def _option(self, when: object) -> ToFill | None:
        """Return the mark of what stands in the draft only if a condition holds that open answers decide."""
        if self.situation.holds(when) is not None:
            return None
        library, language = self.situation.library, self.filling.language
        wording = Wording(library, language)
        condition = ConditionWording(wording).text(draft_condition(library, when))
        waiting = self.situation.open_questions(when)
        more = wording.say("draft.waits_for", questions=wording.questions(waiting)) if waiting else ""
        comment = wording.say("draft.optional", condition=condition) + more
        return ToFill(
            wording.say("draft.option_label", condition=condition), comment, say("draft.option", DRAFT_LANGUAGE)
        )

    def _source(self, clause: Clause, part: Part, indent: int) -> Iterator[Passage]:
        """Yield the line that says which articles ask for a clause, or that it is usual."""
        cites, see = self._cites(clause)
        if not cites and part.layout not in SOURCED:
            return
        asked = say("draft.asked", DRAFT_LANGUAGE, articles=self._cited(cites))
        text = asked if cites else say("draft.usual", DRAFT_LANGUAGE)
        more = say("draft.see", DRAFT_LANGUAGE, articles=self._cited(see)) if see else ""
        yield Passage((f"{text}{more}",), indent=indent, place="left", look="source")

    def _cites(self, clause: Clause) -> tuple[list[str], list[str]]:
        """Return the law that asks for a clause, and what else is to be read on it; the study asks for nothing."""
        library, day = self.situation.library, self.situation.day
        grounds = grounds_of(library, clause, self.document, day)
        stated = [
            provision.cites
            for provision in clause.provisions
            if all_in_force(library, provision.cites, day) and self.situation.holds(provision.when) is not False
        ]
        said = [citation for cites in (*(ground.cites for ground in grounds), *stated) for citation in cites]
        law = [citation for citation in dict.fromkeys(said) if library.instrument_of(citation).rank != "study"]
        asked = law if any(set(ground.cites) & set(law) for ground in grounds) else []
        see = [c for c in (*said, *clause.see) if c not in asked and self._concerns(c)]
        return asked, list(dict.fromkeys(see))

    def _concerns(self, citation: str) -> bool:
        """Whether an article is in force on the day and may speak of the case."""
        library = self.situation.library
        addressed = self.situation.holds(library.articles[citation].applies_to)
        return addressed is not False and all_in_force(library, [citation], self.situation.day)

    def _cited(self, citations: Sequence[str]) -> str:
        """Return articles, with a word on those whose text was not read; one instrument is named once in a row."""
        library, last, found = self.situation.library, "", []
        for citation in citations:
            instrument, provenance = citation.partition(":")[0], library.articles[citation].provenance
            label = self.wording.text(library.articles[citation].label)
            text = label if instrument == last else self.wording.citation(citation)
            said = self.wording.say(f"provenance.{provenance}") if provenance != "verified" else ""
            found.append(f"{text} ({said})" if said else text)
            last = instrument
        return ", ".join(found)

    # -- the law --------------------------------------------------------------------------------------------

    def _law(self) -> Iterator[Passage]:
        """Yield the statutes and regulations on which the draft stands, by rank and age."""
        for number, instrument in enumerate(self._instruments(), start=1):
            title = instrument.title.in_language(DRAFT_LANGUAGE)
            yield Passage((f"{title}{_gazette(instrument.gazette)};",), f"{number}.", room=NUMBERED)
        last = len(self._instruments()) + 1
        yield Passage(joined([self.filling.place("more_law"), "."]), f"{last}.", room=NUMBERED)

    def _instruments(self) -> list[Instrument]:
        library, day = self.situation.library, self.situation.day
        clauses = self.file.clauses_of(self.document)
        cited = {c for clause in clauses for g in grounds_of(library, clause, self.document, day) for c in g.cites}
        cited |= {b.article for b in self.situation.advice.legal_basis if b.certain and b.status == "in_force"}
        found = {library.instrument_of(citation).id: library.instrument_of(citation) for citation in cited}
        law = [instrument for instrument in found.values() if instrument.rank != "study"]
        return sorted(law, key=lambda i: (RANKS.index(i.rank), i.in_force or day, i.id))


def _ended(words: Words, end: str) -> Words:
    """Return words that end with a sign, whatever they ended with before."""
    last = words[-1] if words else ""
    if isinstance(last, ToFill):
        return joined([*words, end])
    return joined([*words[:-1], last.rstrip(";. ") + end])


def _gazette(gazette: str | None) -> str:
    """Return where an instrument was promulgated, as the law cites it: LN 2014/244 in full."""
    kind, _, number = (gazette or "").partition(" ")
    if kind not in GAZETTES:
        return ""
    year, _, issue = number.partition("/")
    return f" ({GAZETTES[kind]} Republik Indonesia Tahun {year} Nomor {issue})"
