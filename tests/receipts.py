"""Receipts to replay, and copies of the built-in knowledge in which something is changed."""

from __future__ import annotations

import io
import json
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from advisor.advice.advising import advise
from advisor.advice.as_data import advice_data
from advisor.folders import built_in
from advisor.inference.case import Case, CaseReader
from advisor.inference.rulebase_reader import RuleBaseReader
from advisor.knowledge_base import Knowledge
from advisor.loading import load_knowledge
from advisor.papers.text_writer import write_text
from advisor.plain_data import plain
from advisor.receipt.advice_record import Difference
from advisor.receipt.change import Change, ChangeName
from advisor.receipt.receipt import Receipt, receipt_text, seal_of
from advisor.receipt.receipt_reader import read_receipt
from advisor.receipt.replay import Replay, replay
from advisor.report.replay_report import replay_report
from advisor.snapshot import Snapshot, digest_of
from advisor.text import LANGUAGES

NAME = Path("r.json")
FOLDERS = (built_in("kbase"), built_in("rules"))


def text_of(knowledge: Knowledge, data: dict[str, Any] | Case) -> str:
    """Return the receipt of the advice on answers, which was made from the built-in folders."""
    case = data if isinstance(data, Case) else CaseReader(knowledge.library, knowledge.rulebase).data(data)
    return receipt_text(knowledge, case, advice_data(advise(knowledge, case), "id"), "id", FOLDERS)


def receipt_of(knowledge: Knowledge, data: dict[str, Any] | Case) -> Receipt:
    """Return the same, read back."""
    return read_receipt(text_of(knowledge, data).encode(), NAME)


def sealed(data: dict[str, Any]) -> bytes:
    """Return a receipt that somebody wrote who knows how seals are made."""
    return json.dumps(data | {"seal": seal_of(data)}).encode()


def case_data(knowledge: Knowledge, name: str) -> dict[str, Any]:
    """Return a case of the study as an answers file has it."""
    case = knowledge.library.cases[name]
    answers = {q: list(a) if isinstance(a, tuple) else a for q, a in case.answers.items()}
    return {"as_of": case.as_of, "title": case.name, "answers": answers}


def plain_case() -> dict[str, Any]:
    """Every question answered: two regencies share equipment, in 2021."""
    file = Path(__file__).parent / "scenarios" / "base.yaml"
    scenarios = yaml.load(file.read_text("utf-8"), Loader=yaml.CSafeLoader)["scenarios"]
    scenario = next(scenario for scenario in scenarios if scenario["id"] == "base-plain-region-c")
    return {"as_of": scenario["as_of"], "answers": scenario["answers"]}


def roads_case() -> dict[str, Any]:
    """Every question answered: a regency hands roads over to its province, in 2021, under a law of 2004."""
    case = plain_case()
    changed = {"counterparts": ["own_province"], "activities": ["transfer_service", "share_equipment"]}
    return case | {"answers": case["answers"] | changed}


def dues_case(knowledge: Knowledge) -> dict[str, Any]:
    """A case of the study with open questions, on a day under the law of 2018; it is funded by routine dues."""
    return case_data(knowledge, "kartamantul") | {"as_of": date(2024, 5, 31)}


def shown(found: Replay, bundled: Knowledge, at_hand: Knowledge) -> str:
    """Return the English report; whatever came of a replay can be told in both languages and as JSON."""
    texts = {}
    for language in LANGUAGES:
        stream = io.StringIO()
        write_text(replay_report(found, bundled, at_hand, language), stream, 100)
        texts[language] = stream.getvalue()
        json.dumps(plain(found, language))
    assert texts["id"] != texts["en"]
    return texts["en"]


# -- knowledge that was changed -----------------------------------------------------------------------------


def rule_source(
    rule: str, when: str = "{sector: solid_waste}", then: str = "{funding_scheme: service_payment}"
) -> str:
    """Return a rule as it stands in a file."""
    return (
        f"  - id: {rule}\n    when: {when}\n    then: {then}\n"
        "    because: {id: Ada alasannya., en: There is a reason.}\n"
        "    cites: [prasetya-2013:10]\n    authority: study\n    provenance: verified\n"
    )


@dataclass(frozen=True)
class Changed:
    """A copy of the built-in folders in `root` in which something is changed."""

    root: Path
    original: Knowledge

    @classmethod
    def copied(cls, root: Path, original: Knowledge) -> Changed:
        for folder in FOLDERS:
            shutil.copytree(folder, root / folder.name)
        return cls(root, original)

    @property
    def folders(self) -> tuple[Path, Path]:
        return self.root / "kbase", self.root / "rules"

    def replace(self, name: str, *pairs: tuple[str, str]) -> None:
        path = self.root / name
        text = path.read_text("utf-8")
        for old, new in pairs:
            assert 1 == text.count(old), f"{old!r} must stand once in {name}"
            text = text.replace(old, new)
        path.write_text(text, "utf-8")

    def in_entry(self, name: str, entry: str, old: str, new: str) -> None:
        """Replace what stands in one rule, article or question."""
        path = self.root / name
        before, found, rest = path.read_text("utf-8").partition(f"  - id: {entry}\n")
        own, following, after = rest.partition("\n  - id: ")
        assert found
        assert old in own
        path.write_text(before + found + own.replace(old, new, 1) + following + after, "utf-8")

    def drop(self, name: str, entry: str) -> None:
        path = self.root / name
        before, found, rest = path.read_text("utf-8").partition(f"  - id: {entry}\n")
        assert found
        path.write_text(before + "  - id: " + rest.partition("\n  - id: ")[2], "utf-8")

    def add(self, rule: str, when: str, then: str) -> None:
        """Add a file with one rule."""
        text = "decision: extra\ntitle: {id: Tambahan, en: Extra}\nrules:\n" + rule_source(rule, when, then)
        (self.root / "rules" / "extra.yaml").write_text(text, "utf-8")

    def load(self) -> Knowledge:
        kbase, rules = map(Snapshot.of, self.folders)
        if digest_of([kbase]) != digest_of([Snapshot.of(FOLDERS[0])]):
            return load_knowledge(*self.folders)
        # Where rules alone were changed, the rest need not be read again.
        reader = RuleBaseReader(rules, self.original.library)
        rulebase = reader.read()
        assert rulebase is not None, reader.problems
        return Knowledge(self.original.library, rulebase, digest_of((kbase, rules)))

    def replayed(self, receipt: Receipt) -> Replay:
        """Replay a receipt of the built-in knowledge on the changed one."""
        at_hand = self.load()
        found = replay(receipt, self.original, at_hand, NAME)
        assert shown(found, self.original, at_hand)
        assert () == found.program.differences == found.program.reworded
        return found


def named(changes: Iterable[Change | ChangeName], kind: str = "rule") -> set[str]:
    """Return the ids of changes of one kind."""
    return {change.id for change in changes if change.kind == kind}


def because(found: Replay) -> dict[str, set[ChangeName]]:
    """Return by which changes each conclusion differs."""
    return {difference.id: set(difference.because) for difference in found.conclusions}


def assert_same(found: Replay) -> None:
    assert not found.differs
    no_difference: tuple[Difference, ...] = ()
    assert no_difference == (*found.program.differences, *found.differences)
    assert () == (*found.refused, *found.without_value, *found.causes)
