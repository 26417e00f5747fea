"""`advisor explain` and `advisor compare` on the command line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from advisor import cli
from advisor.commands import common
from advisor.commands.common import DONE, UNUSABLE
from advisor.explain.target import Target
from advisor.explain.why_not import why_not
from advisor.knowledge_base import Knowledge
from snapshots import study_case


@pytest.fixture(autouse=True)
def _loaded(knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let commands that are run in this process use the knowledge that is loaded already."""
    monkeypatch.setattr(common, "kept_knowledge", lambda kbase, rules: knowledge)


def _file(knowledge: Knowledge, name: str, folder: Path) -> Path:
    case = study_case(knowledge, name)
    answers = {q: list(a) if isinstance(a, tuple) else a for q, a in case.answers.items()}
    path = folder / f"{name}.yaml"
    path.write_text(yaml.safe_dump({"as_of": case.as_of, "answers": answers}), "utf-8")
    return path


@pytest.fixture
def kartamantul(knowledge: Knowledge, tmp_path: Path) -> Path:
    return _file(knowledge, "kartamantul", tmp_path)


def _told(capsys: pytest.CaptureFixture[str], *words: str | Path) -> str:
    status = cli.main([str(word) for word in words])

    out, err = capsys.readouterr()
    assert (DONE, "") == (status, err)
    return out


def _data(capsys: pytest.CaptureFixture[str], *words: str | Path) -> Any:
    return json.loads(_told(capsys, *words, "--format", "json"))


def test_reach_as_json_has_the_stated_shape(kartamantul: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = _data(capsys, "explain", kartamantul, "--reach", "institutional_form=cooperation_body")

    assert ("institutional_form", "cooperation_body", 2) == (data["conclusion"], data["target"], data["size"])
    (change,) = data["changes"]
    assert {"set", "controllable"} == set(change)
    assert "formula_agreed" == change["set"]["cost_sharing"]


def test_reach_of_what_no_answers_give_has_no_size_and_says_why(
    kartamantul: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ("explain", kartamantul, "--as-of", "2026-01-01", "--reach", "institutional_form=cooperation_body")

    data, text = _data(capsys, *words), _told(capsys, *words)

    assert (None, []) == (data["size"], data["changes"])
    assert data["barriers"]
    assert "PP 50/2007 Pasal 24 ayat (1) (sudah dicabut)" in " ".join(text.split())


def test_applying_a_change_gives_the_target(
    kartamantul: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = _data(capsys, "explain", kartamantul, "--reach", "funding_scheme=capital_participation")
    case = yaml.safe_load(kartamantul.read_text("utf-8"))
    changed = tmp_path / "changed.yaml"
    changed.write_text(yaml.safe_dump(case | {"answers": case["answers"] | data["changes"][0]["set"]}), "utf-8")

    advice = _data(capsys, "advise", changed)

    assert "capital_participation" == advice["conclusions"]["funding_scheme"]["value"]


def test_how_as_json_is_a_tree_down_to_the_answers(kartamantul: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = _data(capsys, "explain", kartamantul, "--how", "dprd_approval")

    assert {"counterparts", "budgeted", "uses_regional_assets"} == set(data["answers"])
    (root,) = data["tree"]
    assert ("rule", [["dprd_approval", "not_required"]]) == (root["node"], root["concluded"])
    assert root["cites"]
    assert root["because"]


def test_why_not_as_json_says_what_the_python_call_says(
    kartamantul: Path, knowledge: Knowledge, capsys: pytest.CaptureFixture[str]
) -> None:
    told = why_not(knowledge, study_case(knowledge, "kartamantul"), Target("dprd_approval", "required"))

    data = _data(capsys, "explain", kartamantul, "--why-not", "dprd_approval=required")

    assert told.verdict == data["verdict"]
    assert [way.rule for way in told.ways] == [way["rule"] for way in data["ways"]]
    assert all(obstacle["cure"]["set"] for way in data["ways"] for obstacle in way["obstacles"])


def test_several_answers_are_changed_at_once(kartamantul: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ("--what-if", "cost_sharing=not_agreed", "burdens_budget=no", "--what-if", "activities=buy_service")

    data = _data(capsys, "explain", kartamantul, *words)

    assert {"cost_sharing", "burdens_budget", "activities"} == set(data["changed"])
    assert "service_payment" == data["differences"]["funding_scheme"]["after"]["value"]


def test_two_views_are_compared_by_what_their_differences_matter_to(
    kartamantul: Path, knowledge: Knowledge, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = _file(knowledge, "wonosobo", tmp_path)

    data, text = _data(capsys, "compare", kartamantul, other), _told(capsys, "compare", kartamantul, other)

    assert ["city", "regency"] == data["answers"]["initiator"]["answers"]
    assert "funding_scheme" in data["answers"]["activities"]["matters"]
    assert data["conclusions"]["funding_scheme"]["differs"]
    assert "Simpulan berdampingan" in text


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--how", "institutional_fom"), "institutional_form"),
        (("--why-not", "institutional_form"), "SIMPULAN=NILAI"),
        (("--reach", "operator=nobody"), "third_party"),
        (("--what-if", "sectr=roads"), "sector"),
        (("--what-if", "sector=raods"), "roads"),
        (("--what-if", "counterparts=[]"), "bertentangan"),
        ((), "--how"),
        (("--how", "kinds", "--reach", "kinds=inter_regional"), "--reach"),
    ],
)
def test_what_cannot_be_explained_is_refused_with_what_was_expected(
    words: tuple[str, ...], said: str, kartamantul: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status = cli.main(["explain", str(kartamantul), *words])

    out, err = capsys.readouterr()
    assert (UNUSABLE, "") == (status, out)
    assert said in err
    assert "Traceback" not in err


def test_one_view_alone_cannot_be_compared(kartamantul: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert UNUSABLE == cli.main(["compare", str(kartamantul)])
    assert "dua berkas" in capsys.readouterr().err


def test_an_explanation_never_overwrites_the_answers(kartamantul: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = kartamantul.read_bytes()

    for words in (("explain", str(kartamantul), "--how", "kinds"), ("compare", *2 * (str(kartamantul),))):
        assert UNUSABLE == cli.main([*words, "-o", str(kartamantul)])

    assert before == kartamantul.read_bytes()
    capsys.readouterr()
