"""The command line: what it accepts, what it writes where, and with which status it ends."""

from __future__ import annotations

import io
import json
import os
import pty
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from advisor import cli
from advisor.advice.advice import Advice
from advisor.advice.advising import advise
from advisor.advice.as_data import advice_data
from advisor.commands import advise as advise_command
from advisor.commands import common
from advisor.commands.common import UNUSABLE
from advisor.folders import built_in
from advisor.inference.case import CaseReader
from advisor.knowledge_base import Knowledge
from advisor.report.case_report import write_case, write_case_list
from advisor.report.text_report import write_text_report
from advisor.text import LANGUAGES, Language

CONCLUSIONS = (
    "admissible", "kinds", "dprd_approval", "collective_action", "models", "target_form", "institutional_form",
    "uncovered_needs", "next_steps_to_target", "operator", "funding_scheme", "supporting_funding", "strengths",
    "risks",
)  # fmt: skip
KEYS = {
    "schema", "knowledge", "as_of", "era", "answers", "unanswered", "conclusions", "other_regime", "rejected_forms",
    "legal_basis", "documents", "steps", "similar_cases",
}  # fmt: skip
WIDTHS = (40, 60, 80, 120)
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
}


@pytest.fixture(scope="module")
def kartamantul(knowledge: Knowledge, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The answers file of a case of the study."""
    path = tmp_path_factory.mktemp("answers") / "kartamantul.yaml"
    case = knowledge.library.cases["kartamantul"]
    answers = {name: list(value) if isinstance(value, tuple) else value for name, value in case.answers.items()}
    path.write_text(yaml.safe_dump({"as_of": case.as_of, "answers": answers}), "utf-8")
    return path


@pytest.fixture
def loaded(knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let commands that are run in this process use the knowledge that is loaded already."""
    monkeypatch.setattr(common, "kept_knowledge", lambda kbase, rules: knowledge)


def _run(*words: str | Path, given: bytes = b"", **environment: str) -> subprocess.CompletedProcess[bytes]:
    """Run the program as a user does."""
    command = [sys.executable, "-m", "advisor", *map(str, words)]
    settings = _plain_environment() | environment
    return subprocess.run(command, input=given, capture_output=True, env=settings, timeout=60, check=False)


def _plain_environment() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if name not in ("COLUMNS", "NO_COLOR", "FORCE_COLOR")}


def _refused(capsys: pytest.CaptureFixture[str], *words: str | Path) -> str:
    """Run words that must be refused: status 2, nothing on stdout; return what stands on stderr."""
    status = cli.main([str(word) for word in words])

    out, err = capsys.readouterr()
    assert (UNUSABLE, "") == (status, out)
    assert "Traceback" not in err
    assert err.endswith("\n")
    return err


# -- advise -------------------------------------------------------------------------------------------------


def test_advice_goes_to_stdout_and_nothing_else_does(kartamantul: Path) -> None:
    done = _run("advise", kartamantul)

    assert (0, b"") == (done.returncode, done.stderr)
    assert "SARAN KERJA SAMA ANTARDAERAH" in done.stdout.decode()


def test_a_finding_goes_to_stderr_and_nothing_to_stdout(tmp_path: Path) -> None:
    path = tmp_path / "answers.yaml"
    path.write_text("answers:\n  initator: city\n")

    done = _run("advise", path)

    assert (2, b"") == (done.returncode, done.stdout)
    expected = f'{path}:2:3: pertanyaan "initator" tidak dikenal; maksudnya "initiator"?\n'
    assert expected == done.stderr.decode()


@pytest.mark.usefixtures("loaded")
def test_answers_are_read_from_stdin(kartamantul: Path, capsys: pytest.CaptureFixture[str]) -> None:
    piped = _run("advise", "-", "--format", "json", given=kartamantul.read_bytes())
    named = cli.main(["advise", str(kartamantul), "--format", "json"])

    assert (0, 0) == (piped.returncode, named)
    assert json.loads(capsys.readouterr().out) == json.loads(piped.stdout)


def test_a_finding_on_stdin_is_placed_in_stdin() -> None:
    done = _run("advise", "-", "--lang", "en", given=b"answers: {initator: city}\n")

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

    err = _refused(capsys, "advise", path, "--lang", language)

    assert err.startswith(f"{path}:")


@pytest.mark.parametrize("name", ["option", "nul", "large"])
@pytest.mark.usefixtures("loaded")
def test_unusable_answers_on_stdin_are_refused_alike(
    name: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(BROKEN[name])))

    err = _refused(capsys, "advise", "-")

    assert err.startswith("<stdin>:")


@pytest.mark.usefixtures("loaded")
def test_every_finding_is_shown_one_a_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "answers.yaml"
    path.write_text("as_of: soon\nanswers:\n  initiator: citty\n  foo: bar\n")

    err = _refused(capsys, "advise", path, "--lang", "en")

    assert [f"{path}:1:8:", f"{path}:3:14:", f"{path}:4:3:"] == [line.split(" ")[0] for line in err.splitlines()]


@pytest.mark.usefixtures("loaded")
def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    missing = _refused(capsys, "advise", tmp_path / "missing.yaml", "--lang", "en")
    folder = _refused(capsys, "advise", tmp_path, "--lang", "en")

    assert missing.startswith(f"{tmp_path / 'missing.yaml'}: the file cannot be read (")
    assert f"{tmp_path}: this is a folder, not a file; name a YAML or JSON file\n" == folder


@pytest.mark.usefixtures("loaded")
def test_the_file_is_relative_to_the_working_directory(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "answers.yaml").write_bytes(BROKEN["option"])
    monkeypatch.chdir(tmp_path)

    err = _refused(capsys, "advise", tmp_path / "answers.yaml")

    assert err.startswith("answers.yaml:1:22: ")


@pytest.mark.usefixtures("loaded")
def test_as_of_replaces_the_day_of_the_file(kartamantul: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status = cli.main(["advise", str(kartamantul), "--format", "json", "--as-of", "2024-05-31"])

    found = json.loads(capsys.readouterr().out)
    assert (0, "2024-05-31", "C") == (status, found["as_of"], found["era"])


@pytest.mark.usefixtures("loaded")
def test_as_of_must_be_a_day_that_is_covered(kartamantul: Path, capsys: pytest.CaptureFixture[str]) -> None:
    err = _refused(capsys, "advise", kartamantul, "--as-of", "2007-08-21", "--lang", "en")

    assert "2007-08-21 is not covered" in err


@pytest.mark.parametrize("word", ["tomorrow", "2024-02-30", "31-05-2024", "", "2024"])
@pytest.mark.usefixtures("loaded")
def test_as_of_must_be_a_date(kartamantul: Path, word: str, capsys: pytest.CaptureFixture[str]) -> None:
    err = _refused(capsys, "advise", kartamantul, "--as-of", word)

    assert err.startswith("usage: advisor advise")
    assert f'"{word}" bukan tanggal berbentuk TTTT-BB-HH' in err


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
    assert "Hari penandatanganan" in indonesian
    assert "joint secretariat" in english
    assert "Hari penandatanganan" not in english


# -- the advice as JSON --------------------------------------------------------------------------------------


@pytest.fixture(scope="module", params=["kartamantul", "nothing known"])
def data(request: pytest.FixtureRequest, knowledge: Knowledge, kartamantul: Path) -> dict[str, Any]:
    """The advice as JSON in English, as the command writes it."""
    given = kartamantul.read_bytes() if request.param == "kartamantul" else b"as_of: 2024-05-31\n"
    done = _run("advise", "-", "--format", "json", "--lang", "en", given=given)
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
    assert set(knowledge.library.cases) == {case["case"] for case in data["similar_cases"]}
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


# -- -o ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("flag", ["-o", "--output"])
@pytest.mark.usefixtures("loaded")
def test_output_goes_to_the_file_and_nothing_to_stdout(
    kartamantul: Path, tmp_path: Path, flag: str, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "advice.json"
    status = cli.main(["advise", str(kartamantul), "--format", "json", flag, str(out)])

    assert 0 == status
    assert "" == capsys.readouterr().out
    assert "2013-06-01" == json.loads(out.read_text("utf-8"))["as_of"]
    assert [out] == list(tmp_path.iterdir())


@pytest.mark.usefixtures("loaded")
def test_output_replaces_what_stood_there_and_keeps_its_mode(kartamantul: Path, tmp_path: Path) -> None:
    out = tmp_path / "advice.txt"
    out.write_text("old")
    out.chmod(0o640)

    status = cli.main(["advise", str(kartamantul), "-o", str(out)])

    assert 0 == status
    assert "SARAN KERJA SAMA" in out.read_text("utf-8")
    assert 0o640 == out.stat().st_mode & 0o777


@pytest.mark.usefixtures("loaded")
def test_output_through_a_link_keeps_the_link(kartamantul: Path, tmp_path: Path) -> None:
    target, link = tmp_path / "target.txt", tmp_path / "link.txt"
    target.write_text("old")
    link.symlink_to(target)

    status = cli.main(["advise", str(kartamantul), "-o", str(link)])

    assert 0 == status
    assert link.is_symlink()
    assert "SARAN KERJA SAMA" in target.read_text("utf-8")


@pytest.mark.usefixtures("loaded")
def test_unusable_answers_leave_an_output_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    answers, out = tmp_path / "answers.yaml", tmp_path / "advice.txt"
    answers.write_bytes(BROKEN["option"])
    out.write_text("old")

    _refused(capsys, "advise", answers, "-o", out)

    assert "old" == out.read_text()
    assert {answers, out} == set(tmp_path.iterdir())


@pytest.mark.usefixtures("loaded")
def test_a_failure_while_writing_leaves_an_existing_output_alone(
    kartamantul: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def failing(library: object, advice: object, language: object, stream: io.TextIOBase) -> None:
        stream.write("half")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(advise_command, "write_text_report", failing)
    out = tmp_path / "advice.txt"
    out.write_text("old")

    err = _refused(capsys, "advise", kartamantul, "-o", out)

    assert "sistem operasi menolak (No space left on device)\n" == err
    assert "old" == out.read_text()
    assert [out] == list(tmp_path.iterdir())


@pytest.mark.parametrize("where", ["missing/advice.txt", "file/advice.txt", "folder"])
@pytest.mark.usefixtures("loaded")
def test_an_output_that_cannot_be_written_is_refused(
    kartamantul: Path, tmp_path: Path, where: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("old")
    (tmp_path / "folder").mkdir()

    err = _refused(capsys, "advise", kartamantul, "-o", tmp_path / where)

    assert err.startswith(f"{tmp_path / where}: tidak dapat ditulis (")
    assert {tmp_path / "file", tmp_path / "folder"} == set(tmp_path.iterdir())
    assert [] == list((tmp_path / "folder").iterdir())


# -- width and colour ----------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def advices(knowledge: Knowledge) -> dict[str, Advice]:
    """The advice on two cases of the study, and on one of which little is known."""
    found = {"little known": advise(knowledge, {"as_of": "2024-05-31", "answers": {"sector": "solid_waste"}})}
    for name in ("kunci-bersama", "kartamantul"):
        case = knowledge.library.cases[name]
        answers = {n: list(v) if isinstance(v, tuple) else v for n, v in case.answers.items()}
        found[name] = advise(knowledge, {"as_of": case.as_of, "answers": answers})
    return found


def test_a_report_is_as_wide_as_the_terminal(kartamantul: Path) -> None:
    done = _run("advise", kartamantul, COLUMNS="60")

    assert 60 == max(map(len, done.stdout.decode().splitlines()))


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.usefixtures("loaded")
def test_no_line_is_longer_than_the_terminal_is_wide(
    kartamantul: Path, width: int, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))

    for words in (["advise", str(kartamantul)], ["cases"], ["cases", "wonosobo"]):
        assert 0 == cli.main(words)
        lines = capsys.readouterr().out.splitlines()
        assert [] == [line for line in lines if len(line) > width]
        assert min(width, 110) == max(map(len, lines))


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_line_of_any_report_is_longer_than_any_width(
    advices: dict[str, Advice], knowledge: Knowledge, language: Language
) -> None:
    for advice in advices.values():
        for width in WIDTHS:
            stream = io.StringIO()
            write_text_report(knowledge.library, advice, language, stream, width)
            assert [] == [line for line in stream.getvalue().splitlines() if len(line) > width]


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_line_about_a_case_is_longer_than_any_width(knowledge: Knowledge, language: Language) -> None:
    library = knowledge.library
    for width in WIDTHS:
        stream = io.StringIO()
        write_case_list(library, language, stream, width)
        for case in library.cases.values():
            write_case(library, case, language, stream, width)
        assert [] == [line for line in stream.getvalue().splitlines() if len(line) > width]


def _on_a_terminal(*words: str | Path, **environment: str) -> str:
    """Run the program with a terminal as its output."""
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "advisor", *map(str, words)]
    settings = _plain_environment() | {"TERM": "xterm-256color", "COLUMNS": "80"} | environment
    with subprocess.Popen(command, stdout=theirs, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL, env=settings):
        os.close(theirs)
        found = b""
        while True:
            try:
                part = os.read(ours, 65536)
            except OSError:
                break
            if not part:
                break
            found += part
    os.close(ours)
    return found.decode()


COLOUR = re.compile(r"\x1b\[[0-9;]*3[0-9]")


def test_a_terminal_gets_colours() -> None:
    assert COLOUR.search(_on_a_terminal("cases", "kartamantul"))


def test_no_color_forbids_colours() -> None:
    text = _on_a_terminal("cases", "kartamantul", NO_COLOR="1")

    assert "KARTAMANTUL" in text
    assert not COLOUR.search(text)


def test_a_pipe_gets_no_escapes(kartamantul: Path) -> None:
    assert b"\x1b" not in _run("advise", kartamantul, TERM="xterm-256color").stdout


# -- words that cannot be understood -------------------------------------------------------------------------


def test_options_without_a_command_belong_to_the_interview(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)

    status = cli.main(["--lang", "en", "cases"])

    out, err = capsys.readouterr()
    assert (UNUSABLE, "") == (status, out)
    assert err.startswith("cases: the file cannot be read")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["advice"], "'advice'"),
        (["advise"], "FILE"),
        (["batch"], "FILE.jsonl"),
        (["advise", "a.yaml", "b.yaml"], "b.yaml"),
        (["advise", "a.yaml", "--fromat", "json"], "--fromat"),
        (["advise", "a.yaml", "--format", "xml"], "'xml'"),
        (["advise", "a.yaml", "--lang", "fr"], "'fr'"),
        (["advise", "a.yaml", "--lang"], "--lang"),
        (["advise", "a.yaml", "-o"], "-o"),
        (["batch", "a.jsonl", "--format", "json"], "--format"),
        (["cases", "--as-of", "2024-05-31"], "--as-of"),
    ],
    ids=" ".join,
)
def test_words_that_cannot_be_understood_are_refused_with_the_usage(
    words: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    err = _refused(capsys, *words)

    assert err.startswith("usage: advisor")
    assert said in err


def test_a_usage_error_ends_the_program_with_2() -> None:
    done = _run("advice")

    assert (2, b"") == (done.returncode, done.stdout)
    assert done.stderr.startswith(b"usage: advisor")
    assert b"Traceback" not in done.stderr


def test_a_usage_error_speaks_the_language_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    indonesian = _refused(capsys, "advise", "a.yaml", "--nothing")
    english = _refused(capsys, "advise", "a.yaml", "--nothing", "--lang", "en")

    assert "Perintah tidak dapat dipahami" in indonesian
    assert "The command cannot be understood" in english


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--help"], "Penasihat Kerja Sama"),
        (["advise", "--help"], "beri saran"),
        (["batch", "-h"], "simpulkan banyak kasus"),
        (["cases", "--help", "--lang", "en"], "show the cases of the study"),
        (["--version"], "advisor "),
    ],
    ids=" ".join,
)
def test_help_and_version_are_no_errors(words: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        cli.main(words)

    out, err = capsys.readouterr()
    assert (0, "") == (left.value.code, err)
    assert said in out


# -- cases ---------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("loaded")
def test_all_cases_and_the_registry_are_listed(capsys: pytest.CaptureFixture[str], knowledge: Knowledge) -> None:
    status = cli.main(["cases"])

    out, err = capsys.readouterr()
    assert (0, "") == (status, err)
    for case in knowledge.library.cases.values():
        assert f"{case.id} – {case.name}" in out
    flat = re.sub(r"\s+", " ", out)
    for entry in knowledge.library.registry:
        assert re.sub(r"\s+", " ", entry.name) in flat


@pytest.mark.parametrize("word", ["kartamantul", "KARTAMANTUL"])
@pytest.mark.usefixtures("loaded")
def test_one_case_is_shown(word: str, capsys: pytest.CaptureFixture[str]) -> None:
    status = cli.main(["cases", word])

    out, err = capsys.readouterr()
    assert (0, "") == (status, err)
    assert "KARTAMANTUL" in out
    assert "Kabupaten Sleman" in out


@pytest.mark.usefixtures("loaded")
def test_a_case_is_shown_in_the_language_asked_for(
    capsys: pytest.CaptureFixture[str], knowledge: Knowledge
) -> None:
    flat = {}
    for language in LANGUAGES:
        assert 0 == cli.main(["cases", "kartamantul", "--lang", language])
        flat[language] = re.sub(r"\s+", "", capsys.readouterr().out)

    for language in LANGUAGES:
        title = knowledge.library.cases["kartamantul"].title.in_language(language)
        assert [language] == [other for other in LANGUAGES if re.sub(r"\s+", "", title) in flat[other]]


@pytest.mark.usefixtures("loaded")
def test_an_unknown_case_is_refused_with_the_nearest(capsys: pytest.CaptureFixture[str]) -> None:
    indonesian = _refused(capsys, "cases", "kartamantull")
    english = _refused(capsys, "cases", "kartamantull", "--lang", "en")

    assert indonesian.startswith('kasus "kartamantull" tidak ada; maksudnya "kartamantul"?')
    assert english.startswith('no case "kartamantull"; do you mean "kartamantul"?')


@pytest.mark.usefixtures("loaded")
def test_a_case_unlike_any_is_refused_with_all_there_are(
    capsys: pytest.CaptureFixture[str], knowledge: Knowledge
) -> None:
    err = _refused(capsys, "cases", "xyzzy", "--lang", "en")

    assert f'no case "xyzzy"; there are {", ".join(knowledge.library.cases)}\n' == err


@pytest.mark.usefixtures("loaded")
def test_answers_without_a_case_are_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert "advisor cases kartamantul --answers" in _refused(capsys, "cases", "--answers")


@pytest.mark.usefixtures("loaded")
def test_the_answers_of_every_case_can_be_advised_on(
    capsys: pytest.CaptureFixture[str], knowledge: Knowledge
) -> None:
    reader = CaseReader(knowledge.library, knowledge.rulebase)
    for name, case in knowledge.library.cases.items():
        assert 0 == cli.main(["cases", name, "--answers"])
        read = reader.text(capsys.readouterr().out.encode(), name)
        answers = {n: list(v) if isinstance(v, tuple) else v for n, v in case.answers.items()}
        assert reader.data({"as_of": case.as_of, "answers": answers}) == read


def test_the_answers_of_a_case_can_be_piped_into_advise() -> None:
    answers = _run("cases", "wonosobo", "--answers")
    advice = _run("advise", "-", given=answers.stdout)

    assert (0, 0, b"", b"") == (answers.returncode, advice.returncode, answers.stderr, advice.stderr)
    assert "SARAN KERJA SAMA" in advice.stdout.decode()


# -- other knowledge -----------------------------------------------------------------------------------------


@pytest.fixture
def folders(tmp_path: Path) -> Path:
    for name in ("kbase", "rules"):
        shutil.copytree(built_in(name), tmp_path / name)
    return tmp_path


def test_other_folders_can_be_used(folders: Path) -> None:
    version = folders / "kbase/knowledge.yaml"
    version.write_text(re.sub(r"(?m)^version:.*$", 'version: "mine"', version.read_text("utf-8")), "utf-8")
    words = ["--format", "json", "--kbase", str(folders / "kbase"), "--rules", str(folders / "rules")]

    done = _run(
        "advise",
        "-",
        *words,
        given=(b"as_of: 2024-05-31\nanswers: {counterparts: [individual], lawful_object: no}\n"),
    )

    assert (0, b"") == (done.returncode, done.stderr)
    assert "mine" == json.loads(done.stdout)["knowledge"]["version"]


@pytest.mark.parametrize("command", [["advise", "a.yaml"], ["batch", "a.jsonl"], ["cases"]], ids=" ".join)
def test_broken_knowledge_is_refused_with_every_finding(
    command: list[str], folders: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    facts, era = folders / "kbase/facts.yaml", folders / "rules/era.yaml"
    fact = "  - {id: bordering, kind: flag, label: {id: Berbatasan, en: Adjoining}}\n"
    facts.write_text(facts.read_text("utf-8").rstrip("\n") + "\n" + fact, "utf-8")
    era.write_text(era.read_text("utf-8").replace("id: era.b", "id: era.a"), "utf-8")

    err = _refused(capsys, *command, "--kbase", folders / "kbase", "--rules", folders / "rules", "--lang", "en")

    heading, first, second = err.splitlines()
    assert "the knowledge cannot be used; 2 findings:" == heading
    assert re.match(rf'{re.escape(str(facts))}:\d+:10: the id "bordering" is already used at ', first)
    assert re.match(rf'{re.escape(str(era))}:\d+:9: the id "era.a" is already used at ', second)


@pytest.mark.parametrize("option", ["--kbase", "--rules"])
def test_a_folder_that_does_not_exist_is_refused(
    option: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    err = _refused(capsys, "cases", option, tmp_path / "nothing")

    assert err.startswith("pengetahuan tidak dapat dipakai; ")
    assert f"{tmp_path / 'nothing'}" in err.splitlines()[1]


# -- a reader that goes ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("words", [["advise", "-"], ["advise", "-", "--format", "json"], ["cases"]], ids=" ".join)
def test_a_reader_that_goes_early_is_no_error(words: list[str], kartamantul: Path) -> None:
    command = [sys.executable, "-m", "advisor", *words]
    with (
        kartamantul.open("rb") as given,
        subprocess.Popen(command, stdin=given, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as program,
    ):
        assert program.stdout is not None
        assert program.stderr is not None
        program.stdout.close()
        err = program.stderr.read()
        status = program.wait(60)

    assert (0, b"") == (status, err)
