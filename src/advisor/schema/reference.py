"""Which keys of the shapes refer to something, and what they may name."""

from __future__ import annotations

from advisor.knowledge.exception import MARKABLE
from advisor.knowledge.library import Library
from advisor.schema.node import Node, word
from advisor.schema.shape_schema import CITATION, Key, Replace

NEW_CITATIONS = {("Article", "id")}
"""Where a citation is given to what did not have it before."""

REFERENCES: dict[Key, str] = {
    ("Article", "doubts"): "doubt",
    ("Instrument", "doubts"): "doubt",
    ("Group", "question"): "question",
    ("Fact", "table"): "table",
    ("ConclusionFile", "gate"): "conclusion",
    ("ConclusionFile", "contested"): "fact",
    ("ConclusionFile", "details"): "fact",
    ("Manifest", "era"): "fact",
    ("Manifest", "other_regime_conclusion"): "conclusion",
    ("OtherRegime", "instrument"): "instrument",
    ("Term", "covers"): "term",
    ("Term", "about"): "conclusion",
    ("StudyCase", "answers"): "answers",
    ("DecisionFile", "first"): "fact",
    ("Rule", "when"): "condition",
    ("Rule", "then"): "then",
    ("Ranking", "when"): "condition",
    ("Ranking", "conclusion"): "fact_with_terms",
    ("Ranking", "among"): "fact_with_terms",
    ("Ranking", "covers"): "fact_with_terms",
    ("Shortfall", "when"): "condition",
    ("Shortfall", "conclusion"): "fact",
    ("Shortfall", "chosen"): "fact_with_terms",
    ("Shortfall", "covers"): "fact_with_terms",
    ("Contradiction", "when"): "condition_on_answers",
}


def references_of(library: Library) -> Replace:
    """Return what puts a word of the vocabulary where a key refers to something."""
    names = REFERENCES | {("OtherRegime", "eras"): f"value.{library.manifest.era}"}

    def replaced(key: Key, node: Node) -> Node:
        if key in names:
            return word(names[key])
        if key == ("MarkedException", "finding"):
            return {"enum": list(MARKABLE)}
        if key == ("StudyCase", "reading"):
            return {**node, "propertyNames": word("question")}
        if node.get("pattern") == CITATION and key not in NEW_CITATIONS:
            return word("article")
        return node

    return replaced
