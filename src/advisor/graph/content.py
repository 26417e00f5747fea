"""Putting into words what a picture shows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from advisor.advice.conclusions import era_of
from advisor.graph.node import Decision, DependencyGraph, Edge, Node
from advisor.graph.path import Path
from advisor.graph.picture import (
    DecisionBox,
    Flow,
    Mention,
    Picture,
    QuestionLine,
    Rank,
    StatementLine,
    TopicPanel,
)
from advisor.graph.reduction import Line, without_cycles, without_shortcuts
from advisor.inference.case import Case
from advisor.knowledge.fact import Conclusion
from advisor.knowledge_base import Knowledge
from advisor.report.wording import Wording
from advisor.text import Language
from advisor.understanding.reading import Answer

MOST_VALUES = (4, 3, 2, 1)
"""How many values of one statement are written out, the fuller picture first; tooltips have all of them."""


def pictures_of_rules(
    knowledge: Knowledge, graph: DependencyGraph, day: date, language: Language
) -> Iterator[Picture]:
    """Yield the picture of the rules of a day, each time with fewer values."""
    wording = Wording(knowledge.library, language, day)
    for most in MOST_VALUES:
        yield _Content(knowledge, graph, wording, day, most).picture(wording.say("graph.rules_title"))


def pictures_of_case(
    knowledge: Knowledge, graph: DependencyGraph, case: Case, path: Path, name: str, language: Language
) -> Iterator[Picture]:
    """Yield the picture of a case, each time with fewer values; `name` is for a case without a title."""
    wording = Wording(knowledge.library, language, case.as_of)
    title = wording.say("graph.case_title", name=case.title or name)
    for most in MOST_VALUES:
        yield _Content(knowledge, graph, wording, case.as_of, most, case, path).picture(title)


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

    def picture(self, title: str) -> Picture:
        return Picture(
            language=self.wording.language,
            title=title,
            subtitle=self._subtitle(),
            of_case=self.case is not None,
            topics=tuple(self._topics()),
            boxes=tuple(map(self._box, self.graph.decisions)),
            flows=tuple(map(self._flow, self._drawn)),
        )

    def _subtitle(self) -> str:
        library = self.knowledge.library
        era = library.label(library.roles.era, era_of(self.knowledge, self.knowledge.on(self.day)))
        day = self._say("report.as_of", day=self.wording.day(self.day), era=self.wording.text(era))
        version = self._say("report.knowledge", version=self.knowledge.version, digest=self.knowledge.digest[:12])
        return f"{day} · {version}"

    def _say(self, key: str, **values: object) -> str:
        return self.wording.say(key, **values)

    @cached_property
    def _titles(self) -> dict[str, str]:
        return {decision.id: self.wording.text(decision.title) for decision in self.graph.decisions}

    @cached_property
    def _numbers(self) -> dict[str, int]:
        return {node.name: number for number, node in enumerate(self.graph.questions, 1)}

    @cached_property
    def _drawn(self) -> list[Line]:
        """The decisions that are joined by a line."""
        return without_shortcuts(without_cycles(self._titles, self.graph.flows))

    def _is_marked(self, node: Node) -> bool:
        return self.path is not None and node in self.path.nodes

    def _leads(self, edges: Iterable[Edge]) -> bool:
        """Return whether the path goes along one of the edges."""
        return self.path is not None and any((edge.source, edge.target) in self.path.edges for edge in edges)

    # -- questions ------------------------------------------------------------------------------------------

    def _topics(self) -> Iterator[TopicPanel]:
        for topic in self.knowledge.library.topics:
            lines = tuple(self._question(q.id) for q in topic.questions if q.id in self._numbers)
            yield TopicPanel(self.wording.text(topic.title), lines)

    def _question(self, name: str) -> QuestionLine:
        given = self.case.answers.get(name) if self.case else None
        answer = ""
        if self.case:
            answer = self._say("graph.unanswered") if given is None else self._answer(name, given)
        users = dict.fromkeys(
            self._titles[edge.target.decision] for edge in self.graph.edges if edge.source == Node(name)
        )
        asked_by = self._say("graph.asked_by", decisions="; ".join(users) or self._say("report.none"))
        return QuestionLine(
            id=name,
            number=self._numbers[name],
            label=self.wording.question(name),
            answer=answer,
            answered=given is not None,
            marked=self._is_marked(Node(name)),
            details="\n".join([*self._asked(name, given), asked_by]),
        )

    def _answer(self, name: str, given: Answer) -> str:
        """Return an answer, of several options only as many as there is room for."""
        if not isinstance(given, tuple) or len(given) <= self.most:
            return self.wording.answer(name, given)
        more = self._say("graph.more", count=len(given) - self.most)
        return f"{self.wording.answer(name, given[: self.most])}, {more}"

    def _asked(self, name: str, given: Answer | None) -> Iterator[str]:
        """Yield a question and, where several options were chosen, all of them, for its tooltip."""
        yield self.wording.text(self.knowledge.library.questions[name].text)
        if isinstance(given, tuple) and given:
            yield self.wording.answer(name, given)

    # -- decisions ------------------------------------------------------------------------------------------

    def _box(self, decision: Decision) -> DecisionBox:
        asked: dict[str, list[Edge]] = {}
        used: dict[str, list[Edge]] = {}
        for edge in (edge for edge in self.graph.edges if edge.target.decision == decision.id):
            source = edge.source
            if source.is_question:
                asked.setdefault(source.name, []).append(edge)
            elif source.decision != decision.id and (source.decision, decision.id) not in self._drawn:
                used.setdefault(source.decision, []).append(edge)
        return DecisionBox(
            id=decision.id,
            title=self._titles[decision.id],
            note=self._note(decision),
            statements=tuple(map(self._statement, decision.statements)),
            asks=tuple(
                Mention(self.wording.question(name), self._leads(asked[name]), number)
                for name, number in self._numbers.items()
                if name in asked
            ),
            uses=tuple(
                Mention(title, self._leads(used[name])) for name, title in self._titles.items() if name in used
            ),
            marked=any(map(self._is_marked, decision.statements)),
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
        return StatementLine(
            fact=node.name,
            label=self.wording.text(fact.label),
            value=value,
            open=uncertain,
            rank=rank,
            marked=self._is_marked(node),
            details="\n".join([*self._everything(node), self._rules(self.graph.rules[node])]),
        )

    def _value(self, node: Node) -> tuple[str, str]:
        """Return what is certain of a statement, and what is open.

        Where no case is shown, what a conclusion can say is what is open.
        """
        if self.path is None:
            concludes = node.name in self.knowledge.library.conclusions
            return "", self._listed(node, self.graph.values[node]) if concludes else ""
        finding = self.path.findings.get(node)
        if finding is None:
            return self._say("graph.not_discussed"), ""
        if self._is_flag(node):
            if finding.uncertain:
                return "", self._say("graph.open")
            return self._label(node, "yes" if finding.certain else "no"), ""
        value = self._listed(node, finding.certain)
        if finding.uncertain:
            return value, self._say("graph.open_among", values=self._listed(node, finding.uncertain))
        return value or self._say("report.none"), ""

    def _everything(self, node: Node) -> Iterator[str]:
        """Yield all values of a statement, for its tooltip."""
        name = self.wording.text(self.knowledge.library.all_facts[node.name].label)
        finding = self.path.findings.get(node) if self.path else None
        certain = "; ".join(self._label(node, value) for value in finding.certain) if finding else ""
        yield f"{name}: {certain}" if certain else name
        if finding and finding.uncertain:
            uncertain = "; ".join(self._label(node, value) for value in finding.uncertain)
            yield self._say("graph.open_among", values=uncertain)

    def _listed(self, node: Node, values: tuple[str, ...]) -> str:
        shown = [self._label(node, value) for value in values[: self.most]]
        if len(values) > self.most:
            shown.append(self._say("graph.more", count=len(values) - self.most))
        return "; ".join(shown)

    def _label(self, node: Node, value: str) -> str:
        if self._is_flag(node):
            return self._say("answer.yes") if value == "yes" else self._say("answer.no")
        if value in self.knowledge.library.articles:
            return self.wording.citation(value)
        return self.wording.text(self.knowledge.library.label(node.name, value))

    def _is_flag(self, node: Node) -> bool:
        return self.knowledge.library.all_facts[node.name].kind == "flag"

    def _rules(self, rules: Iterable[str]) -> str:
        """Return rules with their articles, one a line; those that fired are marked."""
        by_id = self.knowledge.rulebase.by_id
        fired = self.path.fired if self.path else frozenset()
        return "\n".join(
            f"{'● ' if rule in fired else ''}{rule} ({self.wording.citations(by_id[rule].grounds.cites)})"
            for rule in rules
        )

    # -- lines ----------------------------------------------------------------------------------------------

    def _flow(self, line: Line) -> Flow:
        source, target = line
        edges = self.graph.flows[line]
        rules = dict.fromkeys(rule for edge in edges for rule in edge.rules)
        return Flow(
            source=source,
            target=target,
            weight=len(rules),
            marked=self._leads(edges),
            details=f"{self._titles[source]} → {self._titles[target]}\n{self._rules(rules)}",
        )
