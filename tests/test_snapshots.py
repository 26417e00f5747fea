"""The texts of explanations are those that were read and approved."""

from __future__ import annotations

from advisor.knowledge_base import Knowledge
from snapshots import FOLDER, texts


def test_every_text_is_the_approved_one(knowledge: Knowledge) -> None:
    written = dict(texts(knowledge))
    approved = {path.name: path.read_text("utf-8") for path in FOLDER.glob("*.txt")}

    assert set(approved) == set(written)
    for name, text in written.items():
        assert approved[name] == text, name
