"""The command `advisor check`: what it writes where, and with which status it ends."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from advisor import cli
from advisor.catalogue import messages
from advisor.commands import check as command
from advisor.folders import built_in
from advisor.knowledge_base import Knowledge
from advisor.text import LANGUAGES, Text
from advisor.verify.check.check import Check
from advisor.verify.check.doubled import doubled_rules
from advisor.verify.check.files import Files
from advisor.verify.check.marking import Marked
from advisor.verify.check.translation import untranslated
from advisor.verify.proof.days import Days
from broken_knowledge import Break, Broken

Answering = Callable[[Check], None]


@pytest.fixture
def answering(monkeypatch: pytest.MonkeyPatch) -> Answering:
    """Lets the command find what is given, without looking for it once more."""
    return lambda found: monkeypatch.setattr(command, "check", lambda *_: found)


def _run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    status = cli.main(["check", *words])
    captured = capsys.readouterr()
    return status, captured.out, captured.err


def test_the_shipped_knowledge_ends_with_status_0_and_counts_exceptions_and_extent(
    answering: Answering, capsys: pytest.CaptureFixture[str], knowledge: Knowledge, shipped: Check
) -> None:
    answering(shipped)

    status, out, err = _run(capsys, "--lang", "en")

    assert (0, "") == (status, err)
    assert f"Deliberate exceptions: {len(shipped.marked)} (--all shows them" in out
    assert "reason: " not in out
    assert shipped.extent is not None
    assert f"{len(knowledge.stretches())} stretches of days" in out
    assert f"{len(knowledge.library.articles)} articles" in out


@pytest.mark.parametrize("findings", [False, True], ids=["nothing found", "something found"])
def test_every_exception_is_shown_with_its_reason_where_all_are_asked_for(
    findings: bool, broken: Break, answering: Answering, capsys: pytest.CaptureFixture[str], shipped: Check
) -> None:
    answering(replace(shipped, findings=broken("conflict").found if findings else ()))

    status, out, _ = _run(capsys, "--all", "--lang", "en")

    assert int(findings) == status
    assert f"Deliberate exceptions: {len(shipped.marked)}\n" in out
    for marked in shipped.marked:
        assert f"[{marked.finding.kind} {marked.finding.subject}]\n    reason: {marked.reason.en}\n" in out


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_finding_is_told_with_its_place_other_places_and_example(
    language: str, broken: Break, answering: Answering, capsys: pytest.CaptureFixture[str]
) -> None:
    copy = broken("conflict")
    (finding,) = copy.found
    (other,) = finding.others
    assert finding.example is not None

    answering(Check(copy.found))

    status, out, _ = _run(capsys, "--lang", language)

    assert 1 == status
    sentence = finding.sentence("id" if language == "id" else "en")
    assert out.startswith(f"{finding.place}: {sentence} [conflict {finding.subject}]\n")
    assert f" {other.place} ({other.name})\n" in out
    assert "".join(f"      {line}\n" for line in finding.example.text.splitlines()) in out


def test_json_holds_all_of_every_finding_and_exception(
    broken: Break, shipped: Check, answering: Answering, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    copy = broken("conflict")
    (finding,) = copy.found
    (other,) = finding.others
    assert finding.example is not None
    answering(replace(shipped, findings=copy.found))

    status, out, _ = _run(capsys, "--lang", "en", "--format", "json", "-o", str(tmp_path / "check.json"))

    assert (1, "") == (status, out)
    data = json.loads((tmp_path / "check.json").read_text("utf-8"))
    assert {"findings", "exceptions", "proved"} == set(data)
    assert [
        {
            "kind": "conflict",
            "subject": finding.subject,
            "file": finding.place.file,
            "line": finding.place.line,
            "column": finding.place.column,
            "message": finding.sentence("en"),
            "others": [
                {
                    "name": other.name,
                    "file": other.place.file,
                    "line": other.place.line,
                    "column": other.place.column,
                }
            ],
            "example": {**finding.example.data, "as_of": finding.example.as_of.isoformat()},
        }
    ] == data["findings"]
    assert [m.reason.en for m in shipped.marked] == [exception["reason"] for exception in data["exceptions"]]
    assert shipped.extent is not None
    assert shipped.extent.rules == data["proved"]["rules"]


def test_examples_are_written_as_answers_files_that_advise_refuses_for_the_finding(
    broken: Break, answering: Answering, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    copy = broken("gap")
    folder = tmp_path / "deep" / "examples"
    answering(Check(copy.found))

    assert 1 == _run(capsys, *copy.words, "--examples", str(folder))[0]

    assert ["gap-funding_scheme.yaml"] == [path.name for path in folder.iterdir()]
    assert 2 == cli.main(["advise", str(folder / "gap-funding_scheme.yaml"), *copy.words, "--lang", "en"])
    assert "funding_scheme" in capsys.readouterr().err


def test_a_folder_for_examples_that_cannot_be_made_is_refused(
    answering: Answering, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    answering(Check(()))
    (tmp_path / "taken").write_text("", "utf-8")

    status, out, err = _run(capsys, "--examples", str(tmp_path / "taken"), "--lang", "en")

    assert (2, "") == (status, out)
    assert str(tmp_path / "taken") in err


@pytest.mark.parametrize("name", ["cycle", "translation-missing", "uncited-rule"])
def test_what_keeps_knowledge_from_being_loaded_is_a_finding_where_it_is_of_a_known_kind(
    name: str, broken: Break, capsys: pytest.CaptureFixture[str]
) -> None:
    status, out, err = _run(capsys, *broken(name).words, "--lang", "en")

    assert (1, "") == (status, err)
    (finding,) = broken(name).found
    assert out.startswith(f"{finding.in_language('en')} [{finding.kind} {finding.subject}]\n")
    assert out.endswith("Findings outside the exceptions: 1\n" + messages()["check.stopped"]["en"] + "\n")


def test_knowledge_that_is_refused_for_anything_else_too_is_refused_as_everywhere(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    copy = Broken.made("uncited-rule", tmp_path / "knowledge")
    copy.change("rules/era.yaml", "decision: era\n", "decision: era\nunknown: yes\n")

    status, out, err = _run(capsys, *copy.words, "--lang", "en")

    assert (2, "") == (status, out)
    assert 'unknown key "unknown"' in err
    assert "cites" in err


@pytest.mark.parametrize("missing", ["id: parties.region.old", "authority: law"])
def test_a_key_that_is_missing_elsewhere_is_no_finding_of_check(
    missing: str, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    copy = Broken.whole(tmp_path / "knowledge")
    old = "  - id: parties.region.old\n    when: {counterparts: region}\n"
    new = "  - when: {counterparts: region}\n"
    if missing.startswith("authority"):
        old, new = "see: [pp50-2007:3]\n    authority: law\n", "see: [pp50-2007:3]\n"
    copy.change("rules/parties.yaml", old, new)

    assert 2 == _run(capsys, *copy.words)[0]


def test_a_finding_that_is_marked_is_listed_with_its_reason_and_no_fault(
    broken: Break, answering: Answering, capsys: pytest.CaptureFixture[str]
) -> None:
    (finding,) = (finding for finding in broken("unread").found if finding.key == "check.unread.fact")
    answering(Check((), (Marked(finding, Text(id="Kelak dipakai.", en="It will be used.")),)))

    status, out, _ = _run(capsys, "--all")

    assert 0 == status
    assert "[unread useless]\n    alasan: Kelak dipakai.\n" in out


def test_places_are_named_as_seen_from_here_wherever_the_knowledge_was_loaded(
    knowledge: Knowledge, shipped: Check, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    here = {
        m.finding.subject: m.finding.place for m in shipped.marked if m.finding.kind in ("subsumed", "translation")
    }
    monkeypatch.chdir(tmp_path)
    files = Files.read(built_in("kbase"), built_in("rules"))
    found = [*doubled_rules(Days(knowledge), files, frozenset()), *untranslated(files)]

    assert {name: place.line for name, place in here.items()} == {f.subject: f.place.line for f in found}
    for finding in found:
        assert Path(finding.place.file).is_absolute()
        assert Path(finding.place.file).is_file()


def test_knowledge_of_which_no_day_has_a_regime_of_law_is_still_checked(tmp_path: Path) -> None:
    copy = Broken.whole(tmp_path / "knowledge")
    era = copy.root / "rules" / "era.yaml"
    era.write_text(era.read_text("utf-8").replace("authority: law", "authority: judgement"), "utf-8")

    assert [("conflict", "era")] == [(finding.kind, finding.subject) for finding in copy.check.findings]


def test_the_same_check_gives_the_same_text(broken: Break) -> None:
    copy = broken("gap")
    again = Broken(copy.root, copy.name)

    assert [f.example and f.example.text for f in copy.found] == [f.example and f.example.text for f in again.found]
