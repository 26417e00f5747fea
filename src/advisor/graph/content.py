"""Putting into words what a picture shows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from advisor.advice.conclusions import era_of
from advisor.graph.flow import Pair, without_cycles, without_shortcuts
from advisor.graph.node import Decision, DependencyGraph, Node
from advisor.graph.path import Path
from advisor.graph.picture import (
    Asked,
    DecisionBox,
    Flow,
    Picture,
    QuestionLine,
    Rank,
    StatementLine,
    TopicPanel,
    Used,
    Words,
)
from advisor.inference.case import Case
from advisor.knowledge.fact import Conclusion
from advisor.knowledge_base import Knowledge
from advisor.report.wording import Wording
from advisor.text import Language

MOST_VALUES = (4, 3, 2, 1)
"""How many values of one statement are written out, the fuller picture first; tooltips have all of them."""


def pictures_of_rules(
    knowledge: Knowledge, graph: DependencyGraph, day: date, language: Language
) -> Iterator[Picture]:
    """Yield the picture of the rules of a day, each time with fewer values."""
    wording = Wording(knowledge.library, language, day)
    for most in MOST_VALUES:
        yield _Content(knowledge, graph, wording, day, most).picture("")


def pictures_of_case(
    knowledge: Knowledge, graph: DependencyGraph, case: Case, path: Path, name: str, language: Language
) -> Iterator[Picture]:
    """Yield the picture of a case, each time with fewer values; `name` is for a case without a title."""
    wording = Wording(knowledge.library, language, case.as_of)
    for most in MOST_VALUES:
        yield _Content(knowledge, graph, wording, case.as_of, most, case, path).picture(case.title or name)


@dataclass(frozen=True)
class _Content:
    """Writes the parts of one picture."""

    knowledge: Knowledge
    graph: DependencyGraph
    wording: Wording
    day: date
    most: int
    case: Case | None = None
    path: Path | None = None

    def picture(self, name: str) -> Picture:
        ids = [decision.id for decision in self.graph.decisions]
        drawn = without_shortcuts(without_cycles(ids, self.graph.flows))
        title = self._say("graph.case_title", name=name) if self.case else self._say("graph.rules_title")
        return Picture(
            language=self.wording.language,
            title=title,
            subtitle=self._subtitle(),
            of_case=self.case is not None,
            topics=tuple(self._topics()),
            boxes=tuple(self._box(decision, drawn) for decision in self.graph.decisions),
            flows=tuple(self._flow(pair) for pair in drawn),
            words=self._words(),
        )

    def _say(self, key: str, **values: object) -> str:
        return self.wording.say(key, **values)

    def _subtitle(self) -> str:
        library = self.knowledge.library
        era = self.wording.text(
            library.label(library.manifest.era, era_of(self.knowledge, self.knowledge.on(self.day)))
        )
        return " · ".join(
            [
                self._say("report.as_of", day=self.wording.day(self.day), era=era),
                self._say("report.knowledge", version=self.knowledge.version, digest=self.knowledge.digest[:12]),
            ]
        )

    def _words(self) -> Words:
        return Words(
            questions=self._say("graph.questions"),
            asks=self._say("graph.asks"),
            uses=self._say("graph.uses"),
            headline=self._say("graph.headline"),
            conclusion=self._say("graph.conclusion"),
            fact=self._say("graph.fact"),
            path=self._say("graph.path"),
            off_path=self._say("graph.off_path"),
            open=self._say("graph.open_answer"),
            thickness=self._say("graph.thickness"),
            numbers=self._say("graph.numbers"),
            hint=self._say("graph.hint"),
        )

    # -- questions ------------------------------------------------------------------------------------------

    def _numbers(self) -> dict[str, int]:
        return {node.name: number for number, node in enumerate(self.graph.questions, 1)}

    def _topics(self) -> Iterator[TopicPanel]:
        numbers = self._numbers()
        for topic in self.knowledge.library.topics:
            lines = tuple(self._question(q.id, numbers[q.id]) for q in topic.questions if q.id in numbers)
            yield TopicPanel(self.wording.text(topic.title), lines)

    def _question(self, name: str, number: int) -> QuestionLine:
        given = self.case.answers.get(name) if self.case else None
        answer = ""
        if self.case:
            answer = self._say("graph.unanswered") if given is None else self.wording.answer(name, given)
        asked = [e.target for e in self.graph.edges if e.source == Node(name)]
        titles = {d.id: self.wording.text(d.title) for d in self.graph.decisions}
        users = "; ".join(dict.fromkeys(titles[target.decision] for target in asked))
        text = self.wording.text(self.knowledge.library.questions[name].text)
        details = "\n".join([text, self._say("graph.asked_by", decisions=users or self._say("report.none"))])
        return QuestionLine(
            name, number, self.wording.question(name), answer, given is not None, self._on_path(Node(name)), details
        )

    def _on_path(self, node: Node) -> bool:
        return self.path is not None and node in self.path.nodes

    # -- decisions ------------------------------------------------------------------------------------------

    def _box(self, decision: Decision, drawn: list[Pair]) -> DecisionBox:
        numbers = self._numbers()
        asked: dict[str, bool] = {}
        used: dict[str, bool] = {}
        for edge in self.graph.edges:
            if edge.target.decision != decision.id:
                continue
            marked = self.path is not None and (edge.source, edge.target) in self.path.edges
            if edge.source.is_question:
                asked[edge.source.name] = asked.get(edge.source.name, False) or marked
            elif edge.source.decision != decision.id and (edge.source.decision, decision.id) not in drawn:
                used[edge.source.decision] = used.get(edge.source.decision, False) or marked
        titles = {d.id: self.wording.text(d.title) for d in self.graph.decisions}
        return DecisionBox(
            id=decision.id,
            title=titles[decision.id],
            note=self._note(decision),
            statements=tuple(self._statement(node) for node in decision.statements),
            asks=tuple(
                Asked(numbers[name], self.wording.question(name), asked[name])
                for name in sorted(asked, key=numbers.__getitem__)
            ),
            uses=tuple(Used(titles[name], used[name]) for name in titles if name in used),
            marked=any(self._on_path(node) for node in decision.statements),
            details=self._rules(decision.rules),
        )

    def _note(self, decision: Decision) -> str:
        count = len(decision.rules)
        if self.path is None:
            return self._say("graph.rules", count=count)
        fired = sum(rule in self.path.fired for rule in decision.rules)
        return self._say("graph.rules_fired", count=count, fired=fired)

    def _statement(self, node: Node) -> StatementLine:
        fact = self.knowledge.library.all_facts[node.name]
        value, uncertain = self._value(node)
        rank: Rank = "fact"
        if isinstance(fact, Conclusion):
            rank = "headline" if fact.headline else "conclusion"
        rules = self._rules(self.graph.rules[node])
        details = "\n".join(part for part in (self._everything(node), rules) if part)
        label = self.wording.text(fact.label)
        return StatementLine(node.name, label, value, uncertain, rank, self._on_path(node), details)

    def _value(self, node: Node) -> tuple[str, str]:
        """Return what is certain of a statement, and what is open.

        Where no case is shown, what a conclusion can say is what is open.
        """
        if self.path is None:
            return "", self._listed(node, self.graph.values[node]) if self._concludes(node) else ""
        finding = self.path.findings.get(node)
        if finding is None:
            return self._say("graph.not_discussed"), ""
        if self.knowledge.library.all_facts[node.name].kind == "flag":
            if finding.uncertain:
                return "", self._say("graph.open")
            return self._say("answer.yes") if finding.certain else self._say("answer.no"), ""
        value = self._listed(node, finding.certain)
        if finding.uncertain:
            return value, self._say("graph.open_among", values=self._listed(node, finding.uncertain))
        return value or self._say("report.none"), ""

    def _concludes(self, node: Node) -> bool:
        return node.name in self.knowledge.library.conclusions

    def _listed(self, node: Node, values: tuple[str, ...]) -> str:
        shown = [self._label(node, value) for value in values[: self.most]]
        if len(values) > self.most:
            shown.append(self._say("graph.more", count=len(values) - self.most))
        return "; ".join(shown)

    def _label(self, node: Node, value: str) -> str:
        if self.knowledge.library.all_facts[node.name].kind == "flag":
            return self._say("answer.yes") if value == "yes" else self._say("answer.no")
        if value in self.knowledge.library.articles:
            return self.wording.citation(value)
        return self.wording.text(self.knowledge.library.label(node.name, value))

    def _everything(self, node: Node) -> str:
        """Return all values of a statement, for its tooltip."""
        name = self.wording.text(self.knowledge.library.all_facts[node.name].label)
        finding = self.path.findings.get(node) if self.path else None
        if finding is None:
            return name
        certain = "; ".join(self._label(node, value) for value in finding.certain)
        uncertain = "; ".join(self._label(node, value) for value in finding.uncertain)
        found = [f"{name}: {certain}" if certain else name]
        return "\n".join(found + ([self._say("graph.open_among", values=uncertain)] if uncertain else []))

    def _rules(self, rules: Iterable[str]) -> str:
        """Return rules with their articles, one a line; those that fired are marked."""
        by_id = self.knowledge.rulebase.by_id
        fired = self.path.fired if self.path else frozenset()
        return "\n".join(
            f"{'● ' if rule in fired else ''}{rule} ({self.wording.citations(by_id[rule].grounds.cites)})"
            for rule in rules
        )

    # -- lines ----------------------------------------------------------------------------------------------

    def _flow(self, pair: Pair) -> Flow:
        edges = self.graph.flows[pair]
        titles = {d.id: self.wording.text(d.title) for d in self.graph.decisions}
        rules = tuple(dict.fromkeys(rule for edge in edges for rule in edge.rules))
        marked = self.path is not None and any((e.source, e.target) in self.path.edges for e in edges)
        details = "\n".join([f"{titles[pair[0]]} → {titles[pair[1]]}", self._rules(rules)])
        return Flow(*pair, len(rules), marked, details)
