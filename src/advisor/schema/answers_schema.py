"""Answers as definitions: what each question can be answered with."""

from __future__ import annotations

from advisor.knowledge.library import Library
from advisor.knowledge.question import Question
from advisor.schema.node import Node, bilingual, described, mapping, ref


def answers_defs(library: Library) -> dict[str, Node]:
    """Return the definition `answers`."""
    questions = library.questions.values()
    return {"answers": mapping({question.id: _answer(question) for question in questions}, least=0)}


def _answer(question: Question) -> Node:
    value = ref(f"value.{question.id}")
    several = {"type": "array", "items": value, "uniqueItems": True}
    text = f"{question.text.id}\n\n{question.text.en}"
    return described(several if question.type == "choices" else value, bilingual(question.short), text)
