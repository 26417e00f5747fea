"""A replay in text: whether the advice is the same, and else what differs and by which rule or article."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TextIO

from advisor.advice.advice import Value
from advisor.knowledge_base import Knowledge
from advisor.receipt.change import ArticleChange, Cause, RuleChange
from advisor.receipt.receipt import Item, OtherStated, Stated, certainty
from advisor.receipt.replay import ItemDifference, Replay
from advisor.report.cause_wording import CauseWording, shown
from advisor.report.paper import Paper
from advisor.report.wording import Wording
from advisor.text import Language

MOST_CAUSES = 8
MOST_LISTED = 40
DIGITS = 12
KINDS = {
    "steps": "replay.steps",
    "documents": "replay.documents",
    "notices": "replay.notices",
    "legal_basis": "replay.legal_basis",
}


def write_replay(
    knowledge: Knowledge, replay: Replay, language: Language, stream: TextIO, width: int | None = None
) -> None:
    """Write what became of an advice."""
    _ReplayReport(knowledge, replay, language, Paper(stream, width)).write()


class _ReplayReport:
    """Writes one replay."""

    def __init__(self, knowledge: Knowledge, replay: Replay, language: Language, paper: Paper) -> None:
        self.rulebase = knowledge.rulebase
        self.replay = replay
        self.paper = paper
        self.wording = Wording(knowledge.library, language)
        self.words = CauseWording(self.wording)
        self._quoted: set[str] = set()

    def write(self) -> None:
        replay = self.replay
        self._head()
        self._list("replay.questions", replay.questions)
        self._list("replay.contradictions", replay.contradictions)
        self._conclusions()
        self._items()
        self._list("replay.firings", replay.firings)
        heading = "replay.also_changed" if replay.differs else "replay.unchanged_result"
        self._list(heading, (*replay.rules, *replay.articles, *replay.terms))
        self._elsewhere()

    def _head(self) -> None:
        say, replay, paper = self.wording.say, self.replay, self.paper
        paper.title(say("replay.title"))
        if replay.title:
            paper.paragraph(say("report.case_title", title=shown(replay.title)), style="bold")
        paper.paragraph(say("replay.day", day=self.wording.day(replay.as_of)))
        marks = {"replay.knowledge_then": replay.before, "replay.knowledge_now": replay.now}
        if replay.before == replay.now:
            marks = {"replay.knowledge_same": replay.now}
        for key, mark in marks.items():
            text = say(key, version=shown(mark.version), digest=shown(mark.digest[:DIGITS]))
            paper.paragraph(text, style="dim")
        paper.blank()
        paper.paragraph(self._verdict(), style="bold")
        if replay.differs and replay.before.digest == replay.now.digest:
            paper.paragraph(say("replay.program"))
        for problem in replay.refused:
            paper.bullet(problem.sentence(self.wording.language))
        counts = replay.counts
        text = say(
            "replay.compared",
            conclusions=counts.conclusions,
            items=counts.items,
            firings=counts.firings,
            articles=counts.articles,
        )
        paper.paragraph(text, style="dim")

    def _verdict(self) -> str:
        say, replay = self.wording.say, self.replay
        if replay.refused:
            return say("replay.refused")
        if replay.without_value:
            names = ", ".join(self._conclusion(name) for name in replay.without_value)
            return say("replay.without_value", names=names)
        if replay.differs:
            count = len(replay.conclusions) + bool(replay.era) + bool(replay.other_regime)
            return say("replay.different", conclusions=count, items=len(replay.items), firings=len(replay.firings))
        if replay.verdict == "same":
            return say("replay.same")
        return say("replay.identical" if replay.before == replay.now else "replay.identical_new")

    # -- differences ----------------------------------------------------------------------------------------

    def _conclusions(self) -> None:
        replay, say = self.replay, self.wording.say
        if not (replay.conclusions or replay.era or replay.other_regime):
            return
        self.paper.heading(say("replay.conclusions"))
        if replay.era:
            era = self.wording.library.manifest.era
            values = (self.words.value(era, value) for value in (replay.era.before, replay.era.now))
            self.paper.subheading(say("replay.era"), " → ".join(values))
            self._causes(replay.era.because)
        for found in replay.conclusions:
            name = self._conclusion(found.id)
            self.paper.subheading(name, self._change(found.id, found.before, found.now))
            self._causes(found.because)
        if replay.other_regime:
            before, now = replay.other_regime.before, replay.other_regime.now
            shown_now = now or before
            if shown_now:
                law = self.words.citation(shown_now.instrument)
                heading = say("replay.other", conclusion=self._conclusion(shown_now.id), law=law)
                change = self._change(shown_now.id, _stated(before), _stated(now))
                self.paper.subheading(heading, change)
            self._causes(replay.other_regime.because)

    def _conclusion(self, name: str) -> str:
        fact = self.wording.library.all_facts.get(name)
        return self.wording.text(fact.label) if fact else shown(name)

    def _change(self, name: str, before: Stated | None, now: Stated | None) -> str:
        """Return what was said and what is said, with the parts that make the difference."""
        old, new = self._said(name, before), self._said(name, now)
        elements = self._element_changes(name, before, now)
        found = elements or (old if old == new else f"{old} → {new}")
        if before and now and before.contested != now.contested:
            found += f"; {self._contested(before)} → {self._contested(now)}"
        if before and now and before.depends_on != now.depends_on and not elements:
            found += f"; {self._hangs(before)} → {self._hangs(now)}"
        return found

    def _element_changes(self, name: str, before: Stated | None, now: Stated | None) -> str:
        """Return how the elements of a list differ, one by one; "" where it is no list."""
        fact = self.wording.library.all_facts.get(name)
        if fact is None or fact.kind != "many" or not before or not now or before.reason != now.reason:
            return ""
        old, new = certainty(before), certainty(now)
        differing = [element for element in dict.fromkeys((*old, *new)) if old.get(element) != new.get(element)]
        return "; ".join(
            f"{self.words.value(name, element)}: {self._sure(old.get(element))} → {self._sure(new.get(element))}"
            for element in differing
        )

    def _sure(self, certain: bool | None) -> str:
        if certain is None:
            return self.wording.say("replay.none")
        return self.wording.say("replay.certain" if certain else "report.step_open")

    def _said(self, name: str, said: Stated | None) -> str:
        if said is None:
            return self.wording.say("replay.none")
        if said.reason is not None:
            return self.wording.say("report.inadmissible")
        if said.possible is None:
            parts = {"report.certain_elements": said.certain, "report.uncertain_elements": said.uncertain}
            return "; ".join(
                self.wording.say(key, values=self._value(name, values)) for key, values in parts.items() if values
            )
        if len(said.possible) == 1:
            return self._value(name, said.possible[0])
        values = " / ".join(self._value(name, value) for value in said.possible)
        return self.wording.say("report.possible", values=values)

    def _value(self, name: str, value: Value) -> str:
        if value is None:
            return self.wording.say("report.open")
        if isinstance(value, bool):
            value = "yes" if value else "no"
        if isinstance(value, str):
            return self.words.value(name, value)
        return ", ".join(self.words.value(name, part) for part in value) or self.wording.say("report.none")

    def _hangs(self, said: Stated) -> str:
        questions = ", ".join(self.words.question(name) for name in said.depends_on)
        return self.wording.say("report.depends", questions=questions or self.wording.say("report.none"))

    def _contested(self, said: Stated) -> str:
        if said.contested is None:
            return self.wording.say("report.contested_open")
        return self.wording.say("report.contested" if said.contested else "replay.not_contested")

    def _items(self) -> None:
        if not self.replay.items:
            return
        self.paper.heading(self.wording.say("replay.items"))
        for found in self.replay.items:
            kind = self.wording.say(KINDS[found.kind])
            change = f"{self._item(found.before)} → {self._item(found.now)}"
            self.paper.subheading(self._item_name(found), change, kind)
            self._causes(found.because)

    def _item_name(self, found: ItemDifference) -> str:
        if found.kind == "legal_basis":
            return self.words.citation(found.id)
        return self.words.value(found.kind, found.id)

    def _item(self, item: Item | None) -> str:
        say = self.wording.say
        if item is None:
            return say("replay.none")
        parts = [say("replay.certain" if item.certain else "report.step_open")]
        if item.applies is not None:
            parts.append(say("replay.applies" if item.applies else "report.not_applicable"))
        if item.status is not None:
            parts.append(say(f"status.{item.status}"))
        return ", ".join(parts)

    # -- causes ---------------------------------------------------------------------------------------------

    def _list(self, heading: str, causes: Iterable[Cause]) -> None:
        shown_causes = list(causes)
        if shown_causes:
            self.paper.heading(self.wording.say(heading))
            self._written(shown_causes, MOST_LISTED)

    def _causes(self, causes: Iterable[Cause]) -> None:
        """Write causes, nearest first; helper rules that were not changed themselves only pass things on."""
        telling = [c for c in causes if not isinstance(c, RuleChange) or c.effective or not c.silent]
        self._written(telling, MOST_CAUSES)
        if not telling:
            self.paper.paragraph(self.wording.say("replay.no_cause"), 2, "dim")

    def _written(self, causes: Iterable[Cause], most: int) -> None:
        groups: dict[object, list[Cause]] = {}
        for cause in causes:
            groups.setdefault(_group(cause), []).append(cause)
        for group in list(groups.values())[:most]:
            self._cause(group)
        if len(groups) > most:
            self.paper.paragraph(self.wording.say("replay.more", count=len(groups) - most), 2, "dim")

    def _cause(self, group: list[Cause]) -> None:
        first = group[0]
        articles = [change for change in group if isinstance(change, ArticleChange)]
        text = self.words.articles(articles) if articles else self.words.cause(first)
        if len(group) > 1 and not articles:
            text += f" ({self.wording.say('replay.parts', count=len(group) - 1)})"
        self.paper.bullet(text)
        rule = self.rulebase.by_id.get(first.rule) if isinstance(first, RuleChange) else None
        if rule is not None and not rule.silent and rule.id not in self._quoted:
            self._quoted.add(rule.id)
            self.paper.paragraph(self.wording.text(rule.grounds.because), 4, "dim")

    def _elsewhere(self) -> None:
        found = self.replay.elsewhere
        if not found:
            return
        say = self.wording.say
        rules = [change for change in found if isinstance(change, RuleChange)]
        articles = [change for change in found if isinstance(change, ArticleChange)]
        others = len(found) - len(rules) - len(articles)
        self.paper.heading(say("replay.elsewhere"))
        self.paper.paragraph(
            say("replay.elsewhere_kinds", rules=len(rules), articles=len(articles), others=others), style="dim"
        )
        self._written(found, MOST_CAUSES)


def _group(cause: Cause) -> object:
    """Return by what causes are one to a reader: parts of a rule or instrument to which the same happened."""
    match cause:
        case RuleChange() if cause.part_of:
            return cause.part_of, cause.aspects, cause.before, cause.now
        case ArticleChange() if cause.now:
            dates = ((mark.status, mark.in_force, mark.revoked) for mark in (cause.before, cause.now))
            return cause.reference.partition(":")[0], cause.aspects, *dates
    return cause


def _stated(other: OtherStated | None) -> Stated | None:
    return other.conclusion if other else None
