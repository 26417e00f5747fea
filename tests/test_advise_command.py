"""`advisor advise`: which answers it takes, and what it says of them as a report and as JSON."""

from __future__ import annotations

import io
import json
import re
import sys
from pathlib import Path
from typing import Any

import pytest

from advisor import cli
from advisor.advice.advising import advise
from advisor.advice.as_data import advice_data, answers_data
from advisor.inference.case import CaseReader
from advisor.knowledge_base import Knowledge
from advisor.text import LANGUAGES
from plain import unbound
from program import refused, run

CONCLUSIONS = (
    "admissible", "kinds", "dprd_approval", "collective_action", "models", "target_form", "institutional_form",
    "uncovered_needs", "next_steps_to_target", "operator", "operator_vehicle", "funding_scheme",
    "supporting_funding", "strengths", "risks",
)  # fmt: skip
KEYS = {
    "schema", "knowledge", "as_of", "era", "answers", "unanswered", "conclusions", "other_regime", "rejected_forms",
    "legal_basis", "documents", "steps", "similar_cases", "limits", "parties", "notes",
}  # fmt: skip
BROKEN = {
    "empty": b"",
    "a list": b"- a\n",
    "syntax": b"answers: [\n",
    "not UTF-8": b"\xff\xfe",
    "nul": b"answers: {a: \0}",
    "alias bomb": b"a: &a [1]\nb: [*a, *a]\n",
    "deep": b"answers: " + b"[" * 5000,
    "large": b"#" * 1_000_001,
    "1999": b"as_of: 1999-01-01\n",
    "option": b"answers: {initiator: citty}\n",
    "contradiction": b"answers: {counterparts: []}\n",
    "signed without a day": b"answers: {agreement: signed_written}\n",
    "a note on no question": b"notes: {sektor: a}\n",
    "parties that are words": b"parties: [Sleman]\n",
}


def test_advice_goes_to_stdout_and_nothing_else_does(kartamantul: Path) -> None:
    done = run("advise", kartamantul)

    assert (0, b"") == (done.returncode, done.stderr)
    assert "SARAN KERJA SAMA ANTARDAERAH" in done.stdout.decode()


def test_a_finding_goes_to_stderr_and_nothing_to_stdout(tmp_path: Path) -> None:
    path = tmp_path / "answers.yaml"
    path.write_text("answers:\n  initator: city\n")

    done = run("advise", path)

    assert (2, b"") == (done.returncode, done.stdout)
    expected = f'{path}:2:3: pertanyaan "initator" tidak dikenal; maksudnya "initiator"?\n'
    assert expected == done.stderr.decode()


@pytest.mark.usefixtures("loaded")
def test_answers_are_read_from_stdin(kartamantul: Path, capsys: pytest.CaptureFixture[str]) -> None:
    piped = run("advise", "-", "--format", "json", given=kartamantul.read_bytes())
    named = cli.main(["advise", str(kartamantul), "--format", "json"])

    assert (0, 0) == (piped.returncode, named)
    assert json.loads(capsys.readouterr().out) == json.loads(piped.stdout)


def test_a_finding_on_stdin_is_placed_in_stdin() -> None:
    done = run("advise", "-", "--lang", "en", given=b"answers: {initator: city}\n")

    assert (2, b"") == (done.returncode, done.stdout)
    assert '<stdin>:1:11: unknown question "initator"; do you mean "initiator"?\n' == done.stderr.decode()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", BROKEN)
@pytest.mark.usefixtures("loaded")
def test_unusable_answers_are_refused_with_a_sentence_and_never_a_traceback(
    name: str, language: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "answers.yaml"
    path.write_bytes(BROKEN[name])

    err = refused(capsys, "advise", path, "--lang", language)

    assert err.startswith(f"{path}:")


@pytest.mark.parametrize("name", ["option", "nul", "large"])
@pytest.mark.usefixtures("loaded")
def test_unusable_answers_on_stdin_are_refused_alike(
    name: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(BROKEN[name])))

    err = refused(capsys, "advise", "-")

    assert err.startswith("<stdin>:")


@pytest.mark.usefixtures("loaded")
def test_every_finding_is_shown_one_a_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "answers.yaml"
    path.write_text("as_of: soon\nanswers:\n  initiator: citty\n  foo: bar\n")

    err = refused(capsys, "advise", path, "--lang", "en")

    assert [f"{path}:1:8:", f"{path}:3:14:", f"{path}:4:3:"] == [line.split(" ")[0] for line in err.splitlines()]


@pytest.mark.usefixtures("loaded")
def test_a_missing_file_and_a_folder_arerefused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    missing = refused(capsys, "advise", tmp_path / "missing.yaml", "--lang", "en")
    folder = refused(capsys, "advise", tmp_path, "--lang", "en")

    assert missing.startswith(f"{tmp_path / 'missing.yaml'}: the file cannot be read (")
    assert f"{tmp_path}: this is a folder, not a file; name a YAML or JSON file\n" == folder


@pytest.mark.usefixtures("loaded")
def test_the_file_is_relative_to_the_working_directory(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "answers.yaml").write_bytes(BROKEN["option"])
    monkeypatch.chdir(tmp_path)

    err = refused(capsys, "advise", tmp_path / "answers.yaml")

    assert err.startswith("answers.yaml:1:22: ")


@pytest.mark.usefixtures("loaded")
def test_as_of_replaces_the_day_of_the_file(kartamantul: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status = cli.main(["advise", str(kartamantul), "--format", "json", "--as-of", "2024-05-31"])

    found = json.loads(capsys.readouterr().out)
    assert (0, "2024-05-31", "C") == (status, found["as_of"], found["era"])


@pytest.mark.usefixtures("loaded")
def test_as_of_must_be_a_day_that_is_covered(kartamantul: Path, capsys: pytest.CaptureFixture[str]) -> None:
    err = refused(capsys, "advise", kartamantul, "--as-of", "2007-08-21", "--lang", "en")

    assert "2007-08-21 is not covered" in err


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.usefixtures("loaded")
def test_no_day_is_assumed_where_the_agreement_is_signed(
    language: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "answers.yaml"
    path.write_text("answers:\n  sector: roads\n  agreement: signed_written\n", "utf-8")

    err = refused(capsys, "advise", path, "--lang", language)
    status = cli.main(["advise", str(path), "--as-of", "2019-06-01", "--format", "json"])

    assert err.startswith(f"{path}:3:14: agreement: signed_written")
    assert "as_of" in err
    assert (0, "2019-06-01") == (status, json.loads(capsys.readouterr().out)["as_of"])


@pytest.mark.usefixtures("loaded")
def test_parties_and_notes_stand_in_the_json_as_they_were_given(
    kartamantul: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "answers.yaml"
    party = {"name": "Kota Yogyakarta", "kind": "city", "signatory": "Wali Kota", "office": "Bagian Kerja Sama"}
    more = {"parties": [party], "notes": {"sector": "menurut DLH"}}
    lines = [f"{key}: {json.dumps(value)}\n" for key, value in more.items()]
    path.write_text(kartamantul.read_text("utf-8") + "".join(lines), "utf-8")

    found = []
    for file in (kartamantul, path):
        assert 0 == cli.main(["advise", str(file), "--format", "json"])
        found.append(json.loads(capsys.readouterr().out))

    bare, told = found
    assert ([], {}) == (bare["parties"], bare["notes"])
    assert ([party], {"sector": "menurut DLH"}) == (told["parties"], told["notes"])
    assert bare["conclusions"] == told["conclusions"]


@pytest.mark.parametrize("word", ["tomorrow", "2024-02-30", "31-05-24", "", "2024"])
@pytest.mark.usefixtures("loaded")
def test_as_of_must_be_a_date(kartamantul: Path, word: str, capsys: pytest.CaptureFixture[str]) -> None:
    err = refused(capsys, "advise", kartamantul, "--as-of", word)

    assert err.startswith("pemakaian: advisor advise")
    assert f'"{word}" bukan tanggal; tulislah misalnya 2024-05-31' in err


@pytest.mark.usefixtures("loaded")
def test_the_report_is_indonesian_unless_english_is_asked_for(
    kartamantul: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    reports = []
    for more in ([], ["--lang", "id"], ["--lang", "en"], ["--lang=en"]):
        assert 0 == cli.main(["advise", str(kartamantul), *more])
        reports.append(capsys.readouterr().out)

    default, indonesian, english, also_english = reports
    assert default == indonesian
    assert english == also_english
    assert "sekretariat bersama" in indonesian
    assert "penandatanganan 1 Juni 2013" in unbound(indonesian)
    assert "joint secretariat" in english
    assert "penandatanganan" not in english


# -- the advice as JSON -----------------------------------------------------------------------------------------


@pytest.fixture(scope="module", params=["kartamantul", "nothing known"])
def data(request: pytest.FixtureRequest, knowledge: Knowledge, kartamantul: Path) -> dict[str, Any]:
    """The advice as JSON in English, as the command writes it."""
    given = kartamantul.read_bytes() if request.param == "kartamantul" else b"as_of: 2024-05-31\n"
    done = run("advise", "-", "--format", "json", "--lang", "en", given=given)
    assert (0, b"") == (done.returncode, done.stderr)
    assert done.stdout.endswith(b"}\n")
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_the_json_has_every_key_that_is_promised(data: dict[str, Any]) -> None:
    assert KEYS <= set(data)
    assert {"version", "digest"} == set(data["knowledge"])
    assert re.fullmatch(r"[0-9a-f]{64}", data["knowledge"]["digest"])
    assert re.fullmatch(r"advice/[0-9]+", data["schema"])
    assert data["era"] in ("A", "B", "C")


def test_the_json_says_what_the_library_says(data: dict[str, Any], knowledge: Knowledge) -> None:
    case = {"as_of": data["as_of"], "answers": data["answers"]}
    expected = json.loads(json.dumps(advice_data(advise(knowledge, case), "en")))

    assert expected["conclusions"] == data["conclusions"]


def test_every_conclusion_stands_in_the_json_in_order(data: dict[str, Any]) -> None:
    assert CONCLUSIONS == tuple(data["conclusions"])


@pytest.mark.parametrize("name", CONCLUSIONS)
def test_a_conclusion_says_what_it_is_and_why(data: dict[str, Any], name: str) -> None:
    conclusion = data["conclusions"][name]

    assert {"value", "possible", "depends_on", "contested", "because"} <= set(conclusion)
    for reason in conclusion["because"]:
        assert {"rule", "text", "facts", "cites", "authority", "provenance"} <= set(reason)
        assert reason["text"]
        assert reason["cites"]


def test_a_question_is_answered_or_unanswered_and_never_both(data: dict[str, Any], knowledge: Knowledge) -> None:
    questions = list(knowledge.library.questions)

    assert sorted(questions) == sorted([*data["answers"], *data["unanswered"]])


def test_what_is_settled_is_the_only_possible_value(data: dict[str, Any]) -> None:
    for conclusion in data["conclusions"].values():
        if conclusion["value"] is not None:
            assert [conclusion["value"]] == conclusion["possible"]
            assert [] == conclusion["depends_on"]


def test_the_other_parts_of_the_json_carry_ids(data: dict[str, Any], knowledge: Knowledge) -> None:
    assert {basis["article"] for basis in data["legal_basis"]} <= set(knowledge.library.articles)
    assert {step["id"] for step in data["steps"]} <= set(knowledge.library.steps)
    # A case of the study is compared with the others, not with itself.
    reader = CaseReader(knowledge.library, knowledge.rulebase)
    cases = {
        name: reader.data({"as_of": case.as_of, "answers": answers_data(case.answers)})
        for name, case in knowledge.library.cases.items()
    }
    own = {name for name, case in cases.items() if answers_data(case.answers) == data["answers"]}
    assert set(knowledge.library.cases) - own == {case["case"] for case in data["similar_cases"]}
    assert {form["form"] for form in data["rejected_forms"]} <= set(knowledge.library.values("institutional_form"))
    assert {document["id"] for document in data["documents"]} <= set(knowledge.library.values("documents"))
    assert "dprd_approval" in data["other_regime"]


@pytest.mark.usefixtures("loaded")
def test_the_json_differs_between_the_languages_in_texts_only(
    kartamantul: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = []
    for language in LANGUAGES:
        assert 0 == cli.main(["advise", str(kartamantul), "--format", "json", "--lang", language])
        found.append(json.loads(capsys.readouterr().out)["conclusions"])

    indonesian, english = found
    assert indonesian != english
    for name in CONCLUSIONS:
        assert indonesian[name]["value"] == english[name]["value"]
        assert indonesian[name]["possible"] == english[name]["possible"]
        assert [r["rule"] for r in indonesian[name]["because"]] == [r["rule"] for r in english[name]["because"]]
