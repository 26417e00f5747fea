"""`advise --receipt` and `replay` at the command line: files, statuses, and what people read."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from advisor import cli
from advisor.commands import common
from advisor.knowledge_base import Knowledge
from advisor.text import LANGUAGES
from receipts import Changed, roads_case, text_of


@pytest.fixture
def loaded(knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let commands use the knowledge that is loaded already."""
    monkeypatch.setattr(common, "kept_knowledge", lambda kbase, rules: knowledge)


@pytest.fixture(scope="module")
def text(knowledge: Knowledge) -> str:
    return text_of(knowledge, roads_case())


@pytest.fixture
def answers(tmp_path: Path) -> Path:
    """An answers file."""
    path = tmp_path / "answers.json"
    path.write_text(json.dumps(roads_case(), default=str), "utf-8")
    return path


def _run(capsys: pytest.CaptureFixture[str], *words: str | Path) -> tuple[int, str, str]:
    status = cli.main([str(word) for word in words])
    out, err = capsys.readouterr()
    assert "Traceback" not in err
    return status, out, err


# -- writing ------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("loaded")
def test_advise_writes_a_receipt_beside_the_advice(
    answers: Path, text: str, capsys: pytest.CaptureFixture[str]
) -> None:
    bare = _run(capsys, "advise", answers)
    path = answers.with_name("r.json")

    assert bare == _run(capsys, "advise", answers, "--receipt", path)
    assert text == path.read_text("utf-8")


@pytest.mark.usefixtures("loaded")
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_advice_in_a_receipt_is_what_advise_writes_as_json(
    language: str, answers: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = answers.with_name("r.json")

    words = ("advise", answers, "--format", "json", "--lang", language, "--receipt", path)
    _, out, _ = _run(capsys, *words)

    receipt = json.loads(path.read_text("utf-8"))
    assert json.loads(out) == receipt["advice"]
    assert language == receipt["language"]


@pytest.mark.usefixtures("loaded")
def test_a_receipt_goes_to_stdout_where_the_advice_does_not(
    answers: Path, text: str, capsys: pytest.CaptureFixture[str]
) -> None:
    out = answers.with_name("advice.txt")

    assert (0, text, "") == _run(capsys, "advise", answers, "--receipt", "-", "-o", out)
    assert out.read_text("utf-8")


@pytest.mark.usefixtures("loaded")
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "words",
    [
        ["--receipt", "answers.json"],
        ["--receipt", "link.json"],
        ["--receipt", "-"],
        ["--receipt", "x.json", "-o", "x.json"],
        ["--receipt", "./x.json", "-o", "x.json"],
        ["--receipt", "-", "-o", "-"],
    ],
    ids=" ".join,
)
def test_a_receipt_never_overwrites_the_answers_nor_the_advice(
    words: list[str],
    language: str,
    answers: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(answers.parent)
    Path("link.json").symlink_to(answers)
    before = answers.read_bytes()

    status, out, err = _run(capsys, "advise", "answers.json", *words, "--lang", language)

    assert (2, "") == (status, out)
    assert err
    assert before == answers.read_bytes()
    assert not Path("x.json").exists()


@pytest.mark.usefixtures("loaded")
def test_a_receipt_that_cannot_be_written_leaves_no_advice_unaccounted_for(
    answers: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, out, err = _run(capsys, "advise", answers, "--receipt", answers.parent / "no" / "r.json")

    assert (2, "") == (status, out)
    assert "r.json" in err


# -- replaying ----------------------------------------------------------------------------------------------


@pytest.fixture
def written(knowledge: Knowledge, tmp_path: Path) -> Path:
    """A receipt on disk."""
    path = tmp_path / "r.json"
    path.write_text(text_of(knowledge, roads_case() | {"title": "Jalan"}), "utf-8")
    return path


@pytest.mark.usefixtures("loaded")
def test_replay_ends_with_status_0_where_the_advice_is_the_same(
    written: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, out, err = _run(capsys, "replay", written)

    assert (0, "") == (status, err)
    assert "SAMA: hari dan jawaban yang sama memberi simpulan, kaidah, dan pasal yang sama." in out
    english = _run(capsys, "replay", written, "--lang", "en")[1]
    assert "THE SAME: the same day and answers give the same conclusions" in english
    assert "Jalan" in english


@pytest.mark.usefixtures("loaded")
@pytest.mark.parametrize("language", LANGUAGES)
def test_replay_ends_with_status_2_where_a_receipt_cannot_be_used(
    language: str, written: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    written.write_text(written.read_text("utf-8").replace("Jalan", "Jalur"), "utf-8")
    missing, folder, old = written.with_name("no.json"), written.parent, written.with_name("old.json")
    old.write_text('{"schema": "receipt/1"}', "utf-8")

    for path, told in (
        (written, "segel" if language == "id" else "seal"),
        (missing, "no.json"),
        (folder, "folder"),
        (old, "advisor advise"),
    ):
        status, out, err = _run(capsys, "replay", path, "--lang", language)
        assert (2, "") == (status, out)
        assert told in err
    assert 2 == _run(capsys, "replay", "a\0b")[0]
    if Path("/dev/zero").exists():
        assert 2 == _run(capsys, "replay", "/dev/zero")[0]


@pytest.fixture
def changed(tmp_path: Path, knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch) -> Changed:
    """Knowledge in which one condition of a strength and one of a legal basis are others."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    changed = Changed.copied(tmp_path / "changed", knowledge)
    changed.in_entry(
        "rules/diagnosis.yaml", "diagnosis.strength-mutual-benefit", "mutual_benefit: yes", "mutual_benefit: no"
    )
    changed.in_entry("rules/legal_basis.yaml", "basis.roads", "sector: roads", "sector: solid_waste")
    return changed


def _folders(changed: Changed) -> tuple[str | Path, ...]:
    return "--kbase", changed.folders[0], "--rules", changed.folders[1]


def test_replay_tells_the_cause_first_and_then_the_old_beside_the_new_each_once(
    changed: Changed, written: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, out, err = _run(capsys, "replay", written, *_folders(changed), "--lang", "en")

    assert (1, "") == (status, err)
    told = " ".join(out.split())
    assert "DIFFERENT. " in told
    cause = "Rule basis.roads: fires no more; its condition or conclusion was changed"
    result = "Law 38/2004 Article 16 (old wording) (legal certain, in force not there"
    assert 0 < told.index(cause) < told.index("About Then Now By") < told.index(result)
    assert 1 == told.count(cause) == told.count(result)
    assert "condition – then: Sector: Roads and bridges; now: Sector: Solid waste" in told
    assert 1 == out.count("Strengths: ")


def test_replay_names_no_helper_of_policies_and_rankings(
    changed: Changed, written: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    changed.drop("rules/needs.yaml", "needs.settle")
    for form in ("text", "json"):
        _, out, _ = _run(capsys, "replay", written, *_folders(changed), "--format", form)

        assert "needs.settle" in out
        for helper in ("beaten", "best:", "/fits", "fits:"):
            assert helper not in out


def test_replay_writes_its_findings_as_json(
    changed: Changed, written: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, out, err = _run(capsys, "replay", written, *_folders(changed), "--format", "json")

    data: dict[str, Any] = json.loads(out)
    assert (1, "") == (status, err)
    assert ("replay/2", "different") == (data["schema"], data["verdict"])
    assert {
        "schema", "verdict", "knowledge", "as_of", "title", "compared", "program", "dropped_answers", "refused",
        "without_value", "causes", "era", "conclusions", "other_regime", "items", "unchanged_result", "elsewhere",
    } == set(data)  # fmt: skip
    assert {"questions", "rules", "articles", "terms"} == set(data["unchanged_result"])
    (strengths,) = data["conclusions"]
    assert ("strengths", [{"kind": "rule", "id": "diagnosis.strength-mutual-benefit"}]) == (
        strengths["id"], strengths["because"],
    )  # fmt: skip
    (item,) = (item for item in data["items"] if item["id"] == "uu38-2004:16")
    assert ("legal_basis", None) == (item["kind"], item["now"])
    assert [{"kind": "rule", "id": "basis.roads"}] == item["because"]
    (cause,) = (cause for cause in data["causes"] if cause["id"] == "basis.roads")
    assert ("rule", "changed", "always", "never") == (cause["kind"], cause["what"], cause["before"], cause["now"])
    same = {"activities": "transfer_service", "counterparts": "own_province"}
    old, new = ({"sector": sector} | same for sector in ("roads", "solid_waste"))
    assert {"when": {"old": old, "new": new}} == cause["parts"]


def test_the_same_knowledge_in_another_version_gives_the_same(
    tmp_path: Path,
    knowledge: Knowledge,
    written: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    newer = Changed.copied(tmp_path / "newer", knowledge)
    newer.replace("kbase/knowledge.yaml", (f'version: "{knowledge.version}"', 'version: "2028.1"'))

    status, out, _ = _run(capsys, "replay", written, *_folders(newer), "--lang", "en")

    assert 0 == status
    assert "THE SAME: the knowledge has changed, this advice has not." in out
    assert "2028.1" in out
