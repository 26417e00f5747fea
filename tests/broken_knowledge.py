"""Knowledge that is broken on purpose: a change of the built-in folders and the findings that must follow.

Each file of `tests/broken/` names what is replaced in which file (`old` must stand there once; `text` is a file of
its own) and every finding of `advisor check`: its kind, its subject and the key of its message, its place (a text
that stands once in the changed file, with `¦` before the place), what it says in both languages, and the names of
the other places it points to.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml

from advisor.folders import built_in
from advisor.knowledge_base import Knowledge
from advisor.loading import load_knowledge
from advisor.problem import KnowledgeError, Place, place_of
from advisor.verify.check.addressee import wrong_addressees
from advisor.verify.check.articles import uncited, unused_articles
from advisor.verify.check.check import Check, check
from advisor.verify.check.dead import DeadRules
from advisor.verify.check.doubled import doubled_rules
from advisor.verify.check.drafts import draft_findings
from advisor.verify.check.files import Files
from advisor.verify.check.finding import Finding
from advisor.verify.check.idle import idle_conditions
from advisor.verify.check.lapsed import lapsed
from advisor.verify.check.outdated import outdated, outdated_texts
from advisor.verify.check.refused import refused
from advisor.verify.check.single_values import single_value_findings
from advisor.verify.check.translation import untranslated
from advisor.verify.check.unreached import unreached
from advisor.verify.check.unread import unread_answers, unused_facts, unused_groups
from advisor.verify.proof.days import Days

FOLDER = Path(__file__).parent / "broken"
NAMES = sorted(path.stem for path in FOLDER.glob("*.yaml"))


def _doubled(days: Days, files: Files) -> Iterable[Finding]:
    return doubled_rules(days, files, frozenset())


PROVED: dict[str, Callable[[Days, Files], Iterable[Finding]]] = {
    "check.gap": single_value_findings,
    "check.conflict": single_value_findings,
    "check.dead": lambda days, files: DeadRules(days, files).findings(),
    "check.duplicate": _doubled,
    "check.subsumed": _doubled,
    "check.idle_condition": lambda days, files: idle_conditions(days, files, frozenset()),
    "check.outdated.text": outdated_texts,
    "check.outdated": outdated,
    "check.lapsed": lapsed,
    "check.addressee": wrong_addressees,
    "check.unreached.fact": unused_facts,
    "check.unreached": unreached,
    "check.unread.fact": unused_facts,
    "check.unread.group": unused_groups,
    "check.unread": unread_answers,
    "check.uncovered": draft_findings,
    "check.unasked": draft_findings,
}
"""Which function of the check proves what, by how the key of the message begins; the first that fits does."""

READ: dict[str, Callable[[Files], Iterable[Finding]]] = {
    "check.unused_article": unused_articles,
    "check.used_context": unused_articles,
    "check.uncited": uncited,
    "check.translation": untranslated,
}
"""The same for what is found by reading alone."""


def described(name: str) -> dict[str, Any]:
    """Return what the file `name` says."""
    found: dict[str, Any] = yaml.safe_load((FOLDER / f"{name}.yaml").read_text("utf-8"))
    return found


@dataclass(frozen=True)
class Broken:
    """A changed copy of the built-in folders in `root`, broken as the file `name` says."""

    root: Path
    name: str = ""

    @classmethod
    def made(cls, name: str, root: Path) -> Broken:
        """Copy the built-in folders to `root` and break them as the file `name` says."""
        broken = cls.whole(root, name)
        for change in described(name)["changes"]:
            broken.change(**change)
        return broken

    @classmethod
    def whole(cls, root: Path, name: str = "") -> Broken:
        """Copy the built-in folders to `root` and leave them as they are."""
        for folder in ("kbase", "rules"):
            shutil.copytree(built_in(folder), root / folder)
        return cls(root, name)

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
    def days(self) -> Days:
        """The days on which something is proved of the knowledge."""
        return Days(self.knowledge)

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

    @cached_property
    def found(self) -> tuple[Finding, ...]:
        """What those functions alone find that look for what is described."""
        keys = {finding["key"] for finding in described(self.name)["findings"]}
        try:
            exceptions = self.knowledge.library.exceptions
        except KnowledgeError:
            return self.check.findings
        files = Files.read(*self.folders)
        proving = {PROVED[name] for name in _begun(PROVED, keys)}
        reading = {READ[name] for name in _begun(READ, keys)}
        marked = {(exception.finding, exception.of) for exception in exceptions}
        found = [finding for prove in proving for finding in prove(self.days, files)]
        found += [finding for read in reading for finding in read(files)]
        left = [finding for finding in found if (finding.kind, finding.subject) not in marked]
        return tuple(sorted(left, key=lambda finding: finding.order))

    def place(self, file: str, point: str) -> Place:
        """Return the place in a file that is marked in a text which stands there once."""
        path = self.root / file
        source = path.read_text("utf-8")
        before, _, after = point.partition("¦")
        assert 1 == source.count(before + after), f"{point!r} must stand once in {path}"
        start = source[: source.index(before + after) + len(before)]
        return place_of(path, start.count("\n") + 1, len(start) - start.rfind("\n"))

    @property
    def expected(self) -> list[dict[str, Any]]:
        """The findings that the file describes, each with its place, in the order of places."""
        found = [{"others": [], **finding} for finding in described(self.name)["findings"]]
        for finding in found:
            finding["place"] = self.place(finding.pop("file"), finding.pop("point"))
        return sorted(found, key=lambda finding: (finding["place"], finding["subject"]))


def _begun(names: Iterable[str], keys: Iterable[str]) -> set[str]:
    """Return, for each key that begins with one of some names, the first of them."""
    return {name for key in keys for name in [next((n for n in names if key.startswith(n)), None)] if name}


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


Break = Callable[[str], Broken]
"""Breaks knowledge as a file of `tests/broken/` says, by its name."""
