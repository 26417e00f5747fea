"""The report on the difference between two knowledge bases."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from advisor.knowledge_base import Knowledge
from advisor.papers.document import Document
from advisor.papers.paper import Paper
from advisor.report.wording import Wording
from advisor.text import Language, Text
from advisor.verify.difference.content import ContentChange
from advisor.verify.difference.difference import FactDifference, KnowledgeDifference
from advisor.verify.difference.flips import Flips
from advisor.verify.difference.form import Names
from advisor.yaml_text import LINE, yaml_text


def difference_report(
    old: Knowledge,
    new: Knowledge,
    found: KnowledgeDifference,
    said: Sequence[ContentChange],
    flips: Flips,
    language: Language,
) -> Document:
    """Write what differs in form, in what is concluded (each with a case) and said, and which scenarios flip."""
    paper = Paper(language)
    report = _Report(paper, Wording(old.library, language), Wording(new.library, language))
    report.write(found, said, flips, identical=old.digest == new.digest)
    return paper.document


class _Report:
    def __init__(self, paper: Paper, old: Wording, new: Wording) -> None:
        self.paper = paper
        self.old = old
        self.wording = new

    def write(
        self, found: KnowledgeDifference, said: Sequence[ContentChange], flips: Flips, *, identical: bool
    ) -> None:
        say = self.wording.say
        self.paper.title(say("difference.title"))
        first, last = found.days
        self.paper.paragraph(say("difference.days", first=self.wording.day(first), last=self._end(last)))
        if identical:
            self.paper.paragraph(say("difference.identical"), tone="good")
            return
        if found.rules or found.questions:
            self.paper.heading(say("difference.form"))
            self._names("difference.rules", found.rules)
            self._names("difference.questions", found.questions)
        self.paper.heading(say("difference.conclusions"))
        for difference in found.differences:
            self._difference(difference)
        if found.differences:
            self.paper.paragraph(say("difference.same", names=", ".join(found.same)))
        else:
            self.paper.paragraph(say("difference.none"), tone="good")
        self._said(said)
        self.paper.heading(say("difference.scenarios"))
        self._flips(flips)

    def _said(self, changes: Sequence[ContentChange]) -> None:
        """Write what is said differently, kind by kind, old and new, and whose reports read differently."""
        say = self.wording.say
        self.paper.heading(say("difference.content"))
        if not changes:
            self.paper.paragraph(say("difference.content_none"), tone="good")
        kind, thing = "", ""
        for change in changes:
            if change.kind != kind:
                kind, thing = change.kind, ""
                self.paper.subheading(say(f"difference.kind.{kind}"))
            if change.id != thing:
                thing = change.id
                self.paper.bullet(f"{change.id}{self._readers(change)}")
            key = "difference.new_thing" if change.old is None else "difference.gone_thing"
            part = change.part or say(key)
            self.paper.paragraph(f"{part}:", 4)
            for sign, leaf, wording in (("−", change.old, self.old), ("+", change.new, self.wording)):
                if leaf is not None:
                    text = wording.text(leaf) if isinstance(leaf, Text) else leaf
                    self.paper.bullet(text, indent=6, mark=sign)

    def _readers(self, change: ContentChange) -> str:
        readers = change.readers
        if readers is None:
            return ""
        key = "difference.readers" if readers.reports else "difference.no_readers"
        said = self.wording.say(key, count=readers.reports, of=readers.of, example=readers.example)
        return f" – {said}"

    def _names(self, title: str, names: Names) -> None:
        if not names:
            return
        self.paper.subheading(self.wording.say(title))
        for key, listed in (
            ("difference.added", names.added),
            ("difference.removed", names.removed),
            ("difference.changed", names.changed),
        ):
            if listed:
                self.paper.bullet(self.wording.say(key, names=", ".join(listed)))

    def _difference(self, difference: FactDifference) -> None:
        say, case = self.wording.say, difference.case
        label = self._label(difference.fact)
        title = say("difference.contested", label=label) if difference.part == "contested" else label
        self.paper.subheading(title, note=difference.fact)
        spans = (self._span(first, last) for first, last in difference.days)
        self.paper.paragraph(say("difference.when", spans="; ".join(spans)), 2)
        self.paper.paragraph(say("difference.case"), 2)
        self.paper.verbatim(yaml_text(case.data, LINE).splitlines(), 4)
        self.paper.paragraph(self._old_new(difference), 2, tone="strong")
        self.paper.blank()

    def _old_new(self, difference: FactDifference) -> str:
        """Return what the old and the new one conclude; of lists what only one of them has."""
        key = "difference.old_new"
        old, new = difference.old, difference.new
        if difference.part == "value" and self._is_list(difference.fact):
            key = "difference.only"
            old, new = tuple(v for v in old if v not in new), tuple(v for v in new if v not in old)
        shown = {
            "old": self._values(self.old, difference, old),
            "new": self._values(self.wording, difference, new),
        }
        return self.wording.say(key, **shown)

    def _is_list(self, fact: str) -> bool:
        libraries = (self.wording.library, self.old.library)
        return any(fact in library.all_facts and library.all_facts[fact].kind == "many" for library in libraries)

    def _flips(self, flips: Flips) -> None:
        if not flips.flips:
            self.paper.paragraph(self.wording.say("difference.no_flip", count=flips.run))
        for flip in flips.flips:
            key = "difference.now_fails" if flip.new == "failed" else "difference.now_passes"
            self.paper.bullet(self.wording.say(key, place=flip.place, name=flip.scenario))

    def _span(self, first: date, last: date | None) -> str:
        if last is None:
            return self.wording.say("difference.since", first=self.wording.day(first))
        return self.wording.say("difference.span", first=self.wording.day(first), last=self.wording.day(last))

    def _end(self, day: date | None) -> str:
        return self.wording.say("difference.open_end") if day is None else self.wording.day(day)

    def _label(self, fact: str) -> str:
        for wording in (self.wording, self.old):
            if fact in wording.library.all_facts:
                return wording.text(wording.library.all_facts[fact].label)
        return fact

    def _values(self, wording: Wording, difference: FactDifference, values: tuple[str, ...]) -> str:
        """Return values with their labels."""
        if not values:
            return wording.say("mutation.nothing")
        if difference.part == "contested" or wording.library.values(difference.fact) == ("yes", "no"):
            return ", ".join(wording.say(f"answer.{value}") for value in values)
        return ", ".join(wording.text(wording.library.label(difference.fact, value)) for value in values)
