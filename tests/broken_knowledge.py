"""Knowledge that is broken on purpose: a change of the built-in folders and the findings that must follow.

Each file of `tests/broken/` names what is replaced in which file (`old` must stand there once; `text` is a file of
its own) and every finding of `advisor check`: its kind, its subject and the key of its message, its place (a text
that stands once in the changed file, with `¦` before the place), what it says in both languages, and the names of
the other places it points to.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml

from advisor.folders import built_in
from advisor.knowledge_base import Knowledge
from advisor.loading import load_knowledge
from advisor.problem import KnowledgeError, Place, place_of
from advisor.verify.check.check import Check, check
from advisor.verify.check.finding import Finding
from advisor.verify.check.refused import refused

FOLDER = Path(__file__).parent / "broken"
NAMES = sorted(path.stem for path in FOLDER.glob("*.yaml"))


def described(name: str) -> dict[str, Any]:
    """Return what the file `name` says."""
    found: dict[str, Any] = yaml.safe_load((FOLDER / f"{name}.yaml").read_text("utf-8"))
    return found


@dataclass(frozen=True)
class Broken:
    """A changed copy of the built-in folders in `root`."""

    root: Path

    @classmethod
    def made(cls, name: str, root: Path) -> Broken:
        """Copy the built-in folders to `root` and break them as the file `name` says."""
        broken = cls.whole(root)
        for change in described(name)["changes"]:
            broken.change(**change)
        return broken

    @classmethod
    def whole(cls, root: Path) -> Broken:
        """Copy the built-in folders to `root` and leave them as they are."""
        for folder in ("kbase", "rules"):
            shutil.copytree(built_in(folder), root / folder)
        return cls(root)

    def change(self, file: str, old: str = "", new: str = "", text: str = "") -> None:
        """Replace what stands once in a file, or write a file of its own."""
        path = self.root / file
        if text:
            path.write_text(text, "utf-8")
            return
        source = path.read_text("utf-8")
        assert 1 == source.count(old), f"{old!r} must stand once in {path}"
        path.write_text(source.replace(old, new), "utf-8")

    @property
    def folders(self) -> tuple[Path, Path]:
        """The two folders, as `check` takes them."""
        return self.root / "kbase", self.root / "rules"

    @property
    def words(self) -> list[str]:
        """The words that name both folders on the command line."""
        kbase, rules = self.folders
        return ["--kbase", str(kbase), "--rules", str(rules)]

    @cached_property
    def knowledge(self) -> Knowledge:
        """The knowledge. Raises `KnowledgeError`."""
        return load_knowledge(*self.folders)

    @cached_property
    def check(self) -> Check:
        """What `advisor check` finds. Raises `KnowledgeError` where the loader refuses more than that."""
        try:
            return check(self.knowledge, *self.folders)
        except KnowledgeError as error:
            findings = refused(error)
            if findings is None:
                raise
            return Check(findings)

    def place(self, file: str, point: str) -> Place:
        """Return the place in a file that is marked in a text which stands there once."""
        path = self.root / file
        source = path.read_text("utf-8")
        before, _, after = point.partition("¦")
        assert 1 == source.count(before + after), f"{point!r} must stand once in {path}"
        start = source[: source.index(before + after) + len(before)]
        return place_of(path, start.count("\n") + 1, len(start) - start.rfind("\n"))

    def expected(self, name: str) -> list[dict[str, Any]]:
        """Return the findings that the file `name` describes, each with its place, in the order of places."""
        found = [{"others": [], **finding} for finding in described(name)["findings"]]
        for finding in found:
            finding["place"] = self.place(finding.pop("file"), finding.pop("point"))
        return sorted(found, key=lambda finding: (finding["place"], finding["subject"]))


def told(finding: Finding) -> dict[str, Any]:
    """Return a finding as these files describe it."""
    return {
        "kind": finding.kind,
        "subject": finding.subject,
        "key": finding.key,
        "place": finding.place,
        "id": finding.sentence("id"),
        "en": finding.sentence("en"),
        "others": [other.name for other in finding.others],
    }
