"""A copy of the built-in folders, to be broken, and what every finding in it must be like."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from advisor.folders import built_in
from advisor.knowledge_base import Knowledge
from advisor.loading import load_knowledge
from advisor.problem import KnowledgeError, Place, Problem

EXTRA = "rules/extra.yaml"
RULE = """\
decision: extra
title: {id: Tambahan, en: Extra}
rules:
  - id: extra.rule
    when: {sector: roads}
    then: {needs: talk}
    because: {id: Ada alasannya., en: There is a reason.}
    cites: [prasetya-2013:10]
    authority: study
    provenance: verified
"""


@dataclass(frozen=True)
class Copy:
    """A copy of the built-in folders, to be broken."""

    root: Path

    @classmethod
    def made(cls, root: Path) -> Copy:
        """Copy the built-in folders into `root`."""
        for name in ("kbase", "rules"):
            shutil.copytree(built_in(name), root / name)
        return cls(root)

    def path(self, name: str) -> Path:
        return self.root / name

    def replace(self, name: str, old: str, new: str) -> None:
        source = self.path(name).read_text("utf-8")
        assert old in source, f"{name} no longer holds {old!r}"
        self.path(name).write_text(source.replace(old, new, 1), "utf-8")

    def append(self, name: str, text: str) -> None:
        source = self.path(name).read_text("utf-8")
        self.path(name).write_text(source.rstrip("\n") + "\n" + text, "utf-8")

    def place(self, name: str, point: str) -> Place:
        """Return where `point`, which stands once in the file, begins."""
        source = self.path(name).read_text("utf-8")
        assert 1 == source.count(point), f"{point!r} must stand once in {name}"
        before = source[: source.index(point)]
        return Place(str(self.path(name)), before.count("\n") + 1, len(before) - before.rfind("\n"))

    def load(self) -> Knowledge:
        return load_knowledge(self.path("kbase"), self.path("rules"))

    def problems(self) -> list[Problem]:
        with pytest.raises(KnowledgeError) as caught:
            self.load()
        return list(caught.value.problems)


def assert_told(problem: Problem) -> None:
    """Both languages say it, differently, at its place, with the nearest name and nothing left to fill in."""
    texts = {problem.in_language("id"), problem.in_language("en")}

    assert 2 == len(texts)
    for text in texts:
        assert text.startswith(f"{problem.place}: ")
        assert problem.values.get("near", "") in text
        assert "{near}" not in text
