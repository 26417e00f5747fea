"""The questionnaire in text: every question with its options."""

from __future__ import annotations

from advisor.knowledge.library import Library
from advisor.knowledge.question import Question
from advisor.papers.document import Document
from advisor.papers.paper import Paper
from advisor.report.wording import Wording
from advisor.text import Language


def question_report(library: Library, language: Language, only: str | None = None) -> Document:
    """Write all questions, topic by topic, or the one with the id `only`."""
    paper, wording = Paper(language), Wording(library, language)
    paper.title(wording.say("paper.questions"), on_screen=False)
    for topic in library.topics:
        questions = [question for question in topic.questions if only in (None, question.id)]
        if questions:
            paper.heading(wording.text(topic.title))
        for question in questions:
            paper.subheading(question.id)
            paper.paragraph(wording.text(question.text), 2)
            paper.paragraph(wording.text(question.help), 2, "quiet")
            paper.pairs(_options(wording, question), indent=4)
            for text in wording.explained_options(question):
                paper.bullet(text, indent=4)
    return paper.document


def _options(wording: Wording, question: Question) -> list[tuple[str, str]]:
    if question.type == "number":
        return [(wording.answerable(question.id).partition(": ")[2], wording.unit(question))]
    return [(option, wording.option(question.id, option)) for option in question.option_ids]
