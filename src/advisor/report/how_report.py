"""The report on how a conclusion comes about."""

from __future__ import annotations

from advisor.explain.how import How
from advisor.explain.proof_tree import Absent, Either, Fired, Given, Node, Supposed, from_the_answers_up
from advisor.inference.case import Case
from advisor.inference.formula import Atom
from advisor.knowledge_base import Knowledge
from advisor.papers.document import Document
from advisor.papers.paper import Paper
from advisor.report.conclusion_section import contested, write_contested_when, write_outcomes
from advisor.report.explanation import given, needed, outcome, write_head
from advisor.report.wording import Wording
from advisor.text import Language


def how_report(knowledge: Knowledge, case: Case, told: How, language: Language) -> Document:
    """Write how a conclusion comes about, from the answers up."""
    paper, wording = Paper(language), Wording(knowledge.library, language, case.as_of)
    conclusion = told.conclusion
    name = wording.conclusion(conclusion.id)
    title = wording.say("explain.how_title", conclusion=wording.conclusion(told.asked).upper())
    write_head(paper, wording, knowledge, title)
    if told.asked != conclusion.id:
        paper.paragraph(wording.say("explain.instead", asked=wording.conclusion(told.asked)))
    paper.subheading(name, outcome(wording, conclusion), contested(wording, conclusion))
    if conclusion.open:
        paper.paragraph(wording.say("explain.how_open"))
        write_outcomes(paper, wording, conclusion)
        write_contested_when(paper, wording, conclusion)
        return paper.document
    paper.heading(wording.say("explain.answers"))
    if told.answers:
        paper.pairs([(wording.question(q), wording.answer(q, a)) for q, a in told.answers.items()], indent=2)
        paper.paragraph(wording.say("explain.answers_enough"))
    else:
        paper.paragraph(wording.say("explain.answers_none"))
    _Steps(paper, wording).write(told.tree)
    if told.left_out:
        paper.heading(wording.say("explain.left_out"))
        for absent in told.left_out:
            value = wording.text(wording.library.label(*absent.fact))
            answers = given(wording, absent.because)
            paper.bullet(wording.say("explain.left_out_value", value=value, answers=answers))
    return paper.document


class _Steps:
    """Writes steps, numbered from the answers up."""

    def __init__(self, paper: Paper, wording: Wording) -> None:
        self.paper = paper
        self.wording = wording
        self._number: dict[Atom, int] = {}

    def write(self, tree: tuple[Node, ...]) -> None:
        """Write the steps of a tree, then what of it is no step."""
        steps = from_the_answers_up(tree)
        others = [node for node in tree if not isinstance(node, Fired)]
        if not steps and not others:
            return
        self.paper.heading(self.wording.say("explain.steps"))
        for number, step in enumerate(steps, start=1):
            for atom in step.concluded:
                self._number.setdefault(atom, number)
            facts = ", ".join(filter(None, map(self.wording.fact, step.concluded)))
            self.paper.subheading(f"{number}. {facts}")
            source = self.wording.source(step.cites, step.authority)
            self.paper.bullet(self.wording.text(step.text), source, indent=3)
            for node in step.because:
                self._because(node)
        for node in others:
            self._because(node)

    def _because(self, node: Node) -> None:
        text = self._said(node)
        if text:
            self.paper.bullet(text, indent=5, mark="←")
        if isinstance(node, Either):
            for rule in node.rules:
                sentence = self.wording.say("explain.either_rule", text=self.wording.text(rule.text))
                self.paper.bullet(sentence, self.wording.source(rule.cites, rule.authority), indent=7, mark="–")
                for below in rule.because:
                    said = self._said(below)
                    if said:
                        self.paper.bullet(said, indent=9, mark="←")

    def _said(self, node: Node) -> str:
        say = self.wording.say
        match node:
            case Given():
                return say("explain.from_answer", answer=self.wording.circumstance(node.circumstance))
            case Fired():
                atom = next((atom for atom in node.concluded if atom in self._number), None)
                if atom is None:
                    return ""
                return say(
                    "explain.from_step", number=self._number[atom], fact=self.wording.fact(node.concluded[-1])
                )
            case Either():
                facts = " / ".join(filter(None, map(self.wording.fact, node.facts)))
                return say("explain.from_either", facts=facts, answers=given(self.wording, node.because))
            case Absent():
                return self._absent(node)
            case Supposed():
                return self._supposed(node)

    def _supposed(self, node: Supposed) -> str:
        if node.fact[0] in self.wording.library.questions:
            return self.wording.say("explain.supposed", fact=needed(self.wording, node.fact, positive=node.holds))
        fact = self.wording.fact(node.fact)
        if not fact:
            return ""
        return self.wording.say("explain.supposed" if node.holds else "explain.supposed_not", fact=fact)

    def _absent(self, node: Absent) -> str:
        say, answers = self.wording.say, given(self.wording, node.because)
        if not node.because:
            return ""
        if node.role == "earlier_rule" and node.text is not None:
            return say("explain.from_earlier", text=self.wording.text(node.text), answers=answers)
        if node.role == "beaten":
            start = self.wording.library.roles.forms.start
            candidate = self.wording.text(self.wording.library.label(start, node.fact[1]))
            return say("explain.from_unbeaten", candidate=candidate, answers=answers)
        return say("explain.from_absent", fact=self.wording.fact(node.fact), answers=answers)
