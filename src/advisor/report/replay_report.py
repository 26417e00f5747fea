"""A replay in text: whether the advice is the same; else what was changed, and then what comes out, old and new."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from advisor.advice.advice import Value
from advisor.knowledge_base import Knowledge
from advisor.papers.document import Document
from advisor.papers.paper import Paper
from advisor.receipt.advice_record import (
    ConclusionRecord,
    Difference,
    ItemRecord,
    OtherRegimeRecord,
    Said,
    conclusion_in,
    words,
)
from advisor.receipt.change import Change, ChangeName
from advisor.receipt.replay import Replay
from advisor.report.change_wording import ChangeWording, Side
from advisor.text import Language

MOST_CHANGES: Final = 40
MOST_NAMES: Final = 12
DIGITS: Final = 12
ITEMS: Final = {
    "steps": "replay.steps",
    "documents": "replay.documents",
    "notices": "replay.notices",
    "legal_basis": "replay.legal_basis",
}
KINDS: Final = {
    "rule": "replay.rules",
    "contradiction": "replay.contradictions",
    "question": "replay.questions",
    "law": "replay.articles",
    "term": "replay.terms",
}


def replay_report(replay: Replay, bundled: Knowledge, at_hand: Knowledge, language: Language) -> Document:
    """Write what became of an advice; what was comes in the words of the knowledge in the receipt."""
    paper = Paper(language)
    _ReplayReport(replay, Side(bundled, language), Side(at_hand, language), paper).write()
    return paper.document


class _ReplayReport:
    """Writes one replay."""

    def __init__(self, replay: Replay, old: Side, new: Side, paper: Paper) -> None:
        self.replay = replay
        self.old, self.new = old, new
        self.paper = paper
        self.changes = ChangeWording(old, new, replay.dropped_answers)
        self._say = new.wording.say
        self._numbers: dict[ChangeName, int] = {change.name: i for i, change in enumerate(replay.causes, 1)}

    def write(self) -> None:
        replay = self.replay
        self._head()
        if replay.program.differences:
            self.paper.heading(self._say("replay.program"))
            self.paper.paragraph(self._say("replay.program_why"), tone="quiet")
            self._differences(replay.program.differences, self.old)
        if replay.causes:
            self.paper.heading(self._say("replay.causes"))
            for number, change in enumerate(replay.causes[:MOST_CHANGES], 1):
                self._change(change, f"{number}.")
            self._more(len(replay.causes) - MOST_CHANGES)
        if replay.differences:
            self.paper.heading(self._say("replay.differences"))
            if not replay.causes:
                self.paper.paragraph(self._say("replay.no_cause"), tone="quiet")
            self._differences(replay.differences, self.new)
        self._unchanged()
        self._elsewhere()

    def _head(self) -> None:
        say, replay, paper = self._say, self.replay, self.paper
        paper.title(say("replay.title"))
        if replay.title:
            paper.paragraph(say("report.case_title", title=replay.title), tone="strong")
        paper.paragraph(say("replay.day", day=self.new.wording.day(replay.as_of)))
        versions = {"replay.knowledge_then": replay.knowledge.before, "replay.knowledge_now": replay.knowledge.now}
        if replay.knowledge.before == replay.knowledge.now:
            versions = {"replay.knowledge_same": replay.knowledge.now}
        for key, knowledge in versions.items():
            text = say(key, version=knowledge.version, digest=knowledge.digest[:DIGITS])
            paper.paragraph(text, tone="quiet")
        if replay.program.before != replay.program.now:
            before, now = (
                ", ".join(f"{name} {version}" for name, version in versions.items())
                for versions in (replay.program.before, replay.program.now)
            )
            paper.paragraph(say("replay.programs", before=before, now=now), tone="quiet")
        paper.blank()
        paper.paragraph(self._verdict(), tone="strong")
        for problem in replay.refused:
            paper.bullet(problem.sentence(self.new.wording.language))
        if replay.program.reworded:
            paper.paragraph(say("replay.reworded", keys=", ".join(replay.program.reworded)))
        counts = replay.compared
        text = say("replay.compared", conclusions=counts.conclusions, items=counts.items, rules=counts.rules)
        paper.paragraph(text, tone="quiet")

    def _verdict(self) -> str:
        say, replay = self._say, self.replay
        if replay.refused:
            return say("replay.refused")
        if replay.without_value:
            names = ", ".join(self.new.fact(name) for name in replay.without_value)
            return say("replay.without_value", names=names)
        if replay.differs:
            items = sum(difference.kind in ITEMS for difference in self._all_differences())
            return say("replay.different", conclusions=len(self._all_differences()) - items, items=items)
        if replay.verdict == "same":
            return say("replay.same")
        same = replay.knowledge.before == replay.knowledge.now
        return say("replay.identical" if same else "replay.identical_new")

    def _all_differences(self) -> tuple[Difference, ...]:
        return (*self.replay.program.differences, *self.replay.differences)

    # -- old and new side by side ---------------------------------------------------------------------------

    def _differences(self, differences: Sequence[Difference], new: Side) -> None:
        """Write a table: about what, what was said, what is said, and by which cause where there are several."""
        headings = [self._say(key) for key in ("replay.about", "replay.then", "replay.now", "replay.by")]
        rows = [
            (*row, ", ".join(str(self._numbers[name]) for name in difference.because))
            for difference in differences
            for row in self._rows(difference, new)
        ]
        columns = 4 if len(self._numbers) > 1 and any(row[3] for row in rows) else 3
        self.paper.table(headings[:columns], [row[:columns] for row in rows])

    def _rows(self, difference: Difference, new: Side) -> Iterator[tuple[str, str, str]]:
        """Yield about what it is, the old and the new: a row for each thing that is not the same."""
        before, now = difference.before, difference.now
        if difference.kind in ITEMS:
            name = self._item_name(difference, new)
            yield name, self._item(before), self._item(now)
        elif difference.kind == "era":
            era = new.wording.library.roles.era
            yield self._say("replay.era"), self._era(era, before, self.old), self._era(era, now, new)
        else:
            name = new.fact(difference.id)
            law = next((said.instrument for said in (now, before) if isinstance(said, OtherRegimeRecord)), None)
            if law is not None:
                name = self._say("replay.other", conclusion=name, law=new.citation(law))
            yield from self._of_conclusion(name, difference, new)

    def _item_name(self, difference: Difference, new: Side) -> str:
        side = new if difference.now else self.old
        legal = difference.kind == "legal_basis"
        label = side.citation(difference.id) if legal else side.value(difference.kind, difference.id)
        return f"{label} ({self._say(ITEMS[difference.kind])})"

    def _item(self, item: Said | None) -> str:
        say = self._say
        if not isinstance(item, ItemRecord):
            return say("replay.nothing")
        parts = [say("replay.certain" if item.certain else "report.step_open")]
        if item.applies is not None:
            parts.append(say("replay.applies" if item.applies else "report.not_applicable"))
        if item.status is not None:
            parts.append(say(f"status.{item.status}"))
        return ", ".join(parts)

    def _era(self, era: str, said: Said | None, side: Side) -> str:
        return side.value(era, said) if isinstance(said, str) else self._say("replay.nothing")

    def _of_conclusion(self, name: str, difference: Difference, new: Side) -> Iterator[tuple[str, str, str]]:
        before, now = conclusion_in(difference.before), conclusion_in(difference.now)
        fact = new.wording.library.all_facts.get(difference.id)
        listed = fact is not None and fact.kind == "many"
        if before and now and listed and before.reason == now.reason:
            old, held = before.certainty(), now.certainty()
            for word in dict.fromkeys((*old, *held)):
                if old.get(word) != held.get(word):
                    label = (new if word in held else self.old).value(difference.id, word)
                    yield f"{name}: {label}", self._sure(old.get(word)), self._sure(held.get(word))
        elif before is None or now is None or before.certainty() != now.certainty():
            yield name, self._said(difference.id, before, self.old), self._said(difference.id, now, new)
        if before and now:
            aspects = [("replay.depends", self._depends), ("replay.contested", self._contested)]
            if before.certainty() == now.certainty():
                aspects.append(("replay.by_rules", self._by_rules))
            for key, told in aspects:
                texts = told(before, self.old), told(now, new)
                if texts[0] != texts[1]:
                    yield f"{name} – {self._say(key)}", *texts

    def _said(self, fact: str, said: ConclusionRecord | None, side: Side) -> str:
        if said is None:
            return self._say("replay.nothing")
        if said.reason is not None:
            return self._say("report.inadmissible")
        if said.possible is None:
            return self._say("report.open")
        values = " / ".join(self._value(fact, value, side) for value in said.possible)
        return values if len(said.possible) == 1 else self._say("report.possible", values=values)

    def _value(self, fact: str, value: Value, side: Side) -> str:
        """Return one possible value in words: a truth value, a word or a list of words."""
        return ", ".join(side.value(fact, word) for word in words(value)) or self._say("report.none")

    def _sure(self, certain: bool | None) -> str:
        if certain is None:
            return self._say("replay.nothing")
        return self._say("replay.certain" if certain else "report.step_open")

    def _depends(self, said: ConclusionRecord, side: Side) -> str:
        return ", ".join(side.question(name) for name in said.depends_on) or self._say("replay.nothing")

    def _contested(self, said: ConclusionRecord, side: Side) -> str:
        if said.contested is None:
            return self._say("report.step_open")
        return self._say("answer.yes" if said.contested else "answer.no")

    def _by_rules(self, said: ConclusionRecord, side: Side) -> str:
        return ", ".join(said.because) or self._say("replay.nothing")

    # -- changes --------------------------------------------------------------------------------------------

    def _change(self, change: Change, mark: str) -> None:
        """Write what became of something, its reason, and what was changed in it, old and new."""
        self.paper.bullet(self.changes.sentence(change), mark=mark)
        reason = self.changes.reason(change)
        if reason:
            self.paper.paragraph(reason, 5, "quiet")
        for label, old, new in self.changes.rows(change):
            self.paper.paragraph(self._say("replay.old_new", part=label, old=old, new=new), 5)

    def _unchanged(self) -> None:
        changes = self.replay.unchanged_result.all()
        if changes:
            self.paper.heading(
                self._say("replay.also_changed" if self.replay.differs else "replay.unchanged_result")
            )
            for change in changes[:MOST_CHANGES]:
                self._change(change, "•")
            self._more(len(changes) - MOST_CHANGES)

    def _elsewhere(self) -> None:
        if not self.replay.elsewhere:
            return
        self.paper.heading(self._say("replay.elsewhere"))
        for kind, key in KINDS.items():
            names = [self._name(change) for change in self.replay.elsewhere if change.kind == kind]
            if names:
                listed = ", ".join(names[:MOST_NAMES]) + (" …" if len(names) > MOST_NAMES else "")
                self.paper.bullet(self._say(key, count=len(names), names=listed))

    def _name(self, change: Change) -> str:
        return (self.old if change.what == "gone" else self.new).name(change)

    def _more(self, count: int) -> None:
        if count > 0:
            self.paper.paragraph(self._say("replay.more", count=count), 2, "quiet")
