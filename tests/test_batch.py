"""The batch: one case a line in, one line of conclusions out, in the same order, whatever a line holds."""

from __future__ import annotations

import io
import json
import os
import signal
import subprocess
import sys
import tracemalloc
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import deadly_lines
from advisor import cli
from advisor.advice.advising import advise
from advisor.advice.as_data import conclusion_data
from advisor.batch import pool
from advisor.batch.lines import BatchLine, BatchOptions
from advisor.batch.pool import FIRST_LINES, MOST_LINES, run_batch
from advisor.commands import common
from advisor.knowledge.document import MAX_BYTES
from advisor.knowledge_base import Knowledge
from advisor.text import LANGUAGES, Language
from program import LONG, ended, interrupted, refused, started, wait_until, workers_of
from receipts import plain_case

# Refused in no time, so that many lines can be tried.
QUICK = b'{"answers": {"counterparts": []}}'
# Little is known, so that many lines take a while.
OPEN = b'{"as_of": "2024-05-31", "answers": {"sector": "roads"}}'
OPTIONS = BatchOptions(language="en", name="cases.jsonl")


@pytest.fixture(scope="module")
def cases(knowledge: Knowledge) -> list[dict[str, Any]]:
    """The cases of the study as data that JSON can hold."""
    return [
        {
            "as_of": case.as_of.isoformat(),
            "answers": {n: list(v) if isinstance(v, tuple) else v for n, v in case.answers.items()},
        }
        for case in knowledge.library.cases.values()
    ]


@pytest.fixture
def _loaded(knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let batches that run in this process use the knowledge that is loaded already."""
    monkeypatch.setattr(common, "kept_knowledge", lambda kbase, rules: knowledge)


def _lines(cases: list[dict[str, Any]]) -> list[bytes]:
    return [json.dumps(case).encode() for case in cases]


def _batch(lines: Iterable[bytes], options: BatchOptions = OPTIONS, workers: int | None = 1) -> Iterator[BatchLine]:
    return run_batch(lines, common.kept_knowledge(None, None), options, workers)


def _run(lines: list[bytes], options: BatchOptions = OPTIONS) -> list[dict[str, Any]]:
    return [json.loads(line.text) for line in _batch(lines, options)]


def _error(line: bytes, options: BatchOptions = OPTIONS) -> str:
    """Return what is said about a line that is bad."""
    (answer,) = _batch([line], options)
    data = json.loads(answer.text)
    assert answer.bad
    assert {"line", "error"} == set(data)
    assert 1 == data["line"]
    return str(data["error"])


@pytest.mark.usefixtures("_loaded")
def test_every_line_is_answered_in_the_same_order(cases: list[dict[str, Any]]) -> None:
    found = _run(_lines(cases))

    assert list(range(1, len(cases) + 1)) == [line["line"] for line in found]
    assert [case["as_of"] for case in cases] == [line["as_of"] for line in found]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("explain", [False, True])
@pytest.mark.usefixtures("_loaded")
def test_the_conclusions_are_those_of_advise(
    cases: list[dict[str, Any]], knowledge: Knowledge, explain: bool, language: Language
) -> None:
    (found,) = _run(_lines(cases[:1]), BatchOptions(language=language, explain=explain))

    advice = advise(knowledge, cases[0])
    expected = {
        name: conclusion_data(conclusion, language, explain=explain)
        for name, conclusion in advice.conclusions.items()
    }
    assert json.loads(json.dumps(expected)) == found["conclusions"]
    assert list(expected) == list(found["conclusions"])
    assert advice.era == found["era"]
    assert list(advice.unanswered) == found["unanswered"]


@pytest.mark.usefixtures("_loaded")
def test_the_conclusions_of_a_case_without_answers_are_those_of_advise(knowledge: Knowledge) -> None:
    (found,) = _run([b'{"as_of": "2024-05-31"}'])

    advice = advise(knowledge, {"as_of": "2024-05-31"})
    for name, conclusion in advice.conclusions.items():
        assert conclusion_data(conclusion, "en", explain=False) == found["conclusions"][name]
    assert list(knowledge.library.questions) == found["unanswered"]


@pytest.mark.usefixtures("_loaded")
def test_reasons_are_given_only_where_they_are_asked_for(cases: list[dict[str, Any]]) -> None:
    bare, explained = (
        _run(_lines(cases[:1]), BatchOptions(explain=explain))[0]["conclusions"] for explain in (False, True)
    )

    assert list(bare) == list(explained)
    for name in bare:
        assert {"because", "outcomes"}.isdisjoint(bare[name])
        assert "because" in explained[name]


@pytest.mark.usefixtures("_loaded")
def test_a_bad_line_is_answered_with_its_error_and_the_rest_goes_on(cases: list[dict[str, Any]]) -> None:
    good = _lines(cases[:2])

    found = _run([good[0], b"not JSON", good[1]])

    assert [False, True, False] == ["error" in line for line in found]
    assert {"line": 2, "error": found[1]["error"]} == found[1]
    assert [1, 2, 3] == [line["line"] for line in found]


DEEP = 100_000
BAD = {
    "empty line": (b"", "the line is empty"),
    "blank line": (b"  \t ", "the line is empty"),
    "word": (b"city", "not a valid JSON object"),
    "unclosed": (b'{"answers": {', "not a valid JSON object"),
    "YAML": (b"answers: {}", "not a valid JSON object"),
    "single quotes": (b"{'answers': {}}", "not a valid JSON object"),
    "two objects": (b"{} {}", "not a valid JSON object"),
    "not UTF-8": (b'{"answers": {"sector": "\xff"}}', "not a valid JSON object"),
    "nul": (b'{"answers": "\0"}', "not a valid JSON object"),
    "deep list": (b"[" * DEEP + b"]" * DEEP, "not a valid JSON object"),
    "deep object": (b'{"a":' * DEEP + b"1" + b"}" * DEEP, "not a valid JSON object"),
    "number of 5000 digits": (b'{"answers": {"region_count": ' + b"9" * 5000 + b"}}", "not a valid JSON object"),
    "huge line": (b'{"answers": {}' + b" " * MAX_BYTES + b"}", f"more than {MAX_BYTES} bytes"),
    "huge nonsense": (b"x" * (MAX_BYTES + 1), f"more than {MAX_BYTES} bytes"),
    "duplicate key": (b'{"as_of": "2024-05-31", "as_of": "2024-05-30"}', 'the key "as_of" stands twice'),
    "duplicate question": (b'{"answers": {"sector": "roads", "sector": "roads"}}', 'the key "sector" stands twice'),
    "list": (b"[]", "a mapping is expected here"),
    "number": (b"3", "a mapping is expected here"),
    "null": (b"null", "the answers file is empty"),
    "answers as a list": (b'{"answers": []}', "a mapping is expected here"),
    "unknown key": (b'{"answrs": {}}', 'unknown key "answrs"; do you mean "answers"?'),
    "unknown question": (
        b'{"answers": {"initator": "city"}}',
        'unknown question "initator"; do you mean "initiator"?',
    ),
    "unknown option": (
        b'{"answers": {"initiator": "citty"}}',
        'unknown answer "citty" to "initiator"; do you mean "city"?',
    ),
    "not a number": (b'{"answers": {"region_count": NaN}}', '"region_count" takes a whole number from 1 to 600'),
    "true for a number": (
        b'{"answers": {"region_count": true}}',
        '"region_count" takes a whole number from 1 to 600',
    ),
    "1999": (b'{"as_of": "1999-12-31"}', "the day 1999-12-31 is not covered"),
    "no day": (b'{"as_of": "soon"}', '"as_of" must be a date'),
    "contradiction": (QUICK, "contradictory answers (counterparts)"),
    "signed without a day": (
        b'{"answers": {"agreement": "signed_written"}}',
        "give the day of signing",
    ),
    "a note on no question": (b'{"notes": {"sektor": "a"}}', 'unknown question "sektor"; do you mean "sector"?'),
    "parties that are words": (b'{"parties": ["Sleman"]}', "parties is a list of parties"),
}


@pytest.mark.parametrize(("line", "said"), BAD.values(), ids=BAD)
@pytest.mark.usefixtures("_loaded")
def test_a_line_that_cannot_be_used_says_why(line: bytes, said: str) -> None:
    assert said in _error(line)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", BAD)
@pytest.mark.usefixtures("_loaded")
def test_an_error_names_file_and_line_in_either_language(name: str, language: Language) -> None:
    error = _error(BAD[name][0], BatchOptions(language=language, name="cases.jsonl"))

    assert error.startswith("cases.jsonl:1")


@pytest.mark.usefixtures("_loaded")
def test_every_finding_of_a_line_is_listed_and_not_only_the_first() -> None:
    error = _error(b'{"as_of": "soon", "answers": {"initiator": "citty", "foo": 1}}')

    assert 3 == len(error.splitlines())


@pytest.mark.usefixtures("_loaded")
def test_an_error_is_indonesian_unless_english_is_asked_for() -> None:
    assert "baris kosong" in _error(b"", BatchOptions())
    assert "the line is empty" in _error(b"", BatchOptions(language="en"))


@pytest.mark.usefixtures("_loaded")
def test_a_day_given_beside_the_lines_replaces_theirs(cases: list[dict[str, Any]]) -> None:
    found = _run(_lines(cases[:2]), BatchOptions(as_of=date(2024, 5, 31)))

    assert [("2024-05-31", "C")] * 2 == [(line["as_of"], line["era"]) for line in found]


@pytest.mark.usefixtures("_loaded")
def test_a_full_case_that_is_signed_has_to_name_its_day_like_any_other() -> None:
    answers = plain_case()["answers"]
    signed, open_ = (
        json.dumps({"answers": answers | {"agreement": a}}).encode() for a in ("signed_written", "none")
    )

    assert "give the day of signing" in _error(signed)
    assert ["conclusions" in line for line in _run([open_])] == [True]
    assert ["conclusions" in line for line in _run([signed], replace(OPTIONS, as_of=date(2019, 6, 1)))] == [True]


@pytest.mark.usefixtures("_loaded")
def test_parties_and_notes_change_no_conclusion(cases: list[dict[str, Any]]) -> None:
    more = {"parties": [{"name": "Sleman"}], "notes": {"sector": "a"}}
    full = json.loads(json.dumps(plain_case(), default=str))

    for case in (cases[0], full):
        bare, told = _run(_lines([case, case | more]))
        assert bare["conclusions"] == told["conclusions"]


@pytest.mark.usefixtures("_loaded")
def test_the_id_of_a_case_is_handed_through_where_there_is_one(cases: list[dict[str, Any]]) -> None:
    without, word, number = _run(_lines([cases[0], cases[0] | {"id": "A-7"}, cases[0] | {"id": 7}]))

    assert "id" not in without
    assert ("A-7", 7) == (word["id"], number["id"])
    assert without == {key: value for key, value in word.items() if key != "id"} | {"line": 1}


@pytest.mark.usefixtures("_loaded")
def test_a_byte_order_mark_is_passed_over(cases: list[dict[str, Any]]) -> None:
    line = _lines(cases[:1])[0]

    assert _run([line]) == _run([b"\xef\xbb\xbf" + line])


@pytest.mark.usefixtures("_loaded")
def test_each_line_of_the_answer_is_one_line(cases: list[dict[str, Any]]) -> None:
    for answer in _batch([*_lines(cases[:1]), b'{"answers": {"a": 1, "b": 2}}']):
        assert 1 == len(answer.text.splitlines())


@pytest.mark.parametrize("workers", [None, 1, 2])
@pytest.mark.usefixtures("_loaded")
def test_no_lines_give_no_answers(workers: int | None) -> None:
    assert [] == list(_batch([], workers=workers))


def _long(cases: list[dict[str, Any]], count: int) -> list[bytes]:
    """Return many lines: most of them refused quickly, a real case now and then, each different."""
    real = _lines(cases)
    bad = [json.dumps({"answers": {f"q{n}": 1}}).encode() for n in range(count)]
    return [real[n % len(real)] if n % 97 == 0 else bad[n] for n in range(count)]


@pytest.mark.skipif(not Path("/proc/self/mem").exists(), reason="no file that fails when it is read")
@pytest.mark.usefixtures("loaded")
def test_a_file_that_fails_while_it_is_read_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    err = refused(capsys, "batch", "/proc/self/mem", "--jobs", "1", "--lang", "en")

    assert err.startswith("/proc/self/mem: the file cannot be read (")


@pytest.mark.skipif(not Path("/proc/self/mem").exists(), reason="no file that fails when it is read")
@pytest.mark.usefixtures("loaded")
@pytest.mark.parametrize("command", ["advise", "batch"])
def test_an_input_that_fails_while_it_is_read_is_named(
    command: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with Path("/proc/self/mem").open("rb") as raw:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(raw))

        assert refused(capsys, command, "-").startswith("<stdin>: berkas tidak dapat dibaca (")


def test_a_long_stream_is_answered_alike_by_one_and_two_workers(
    cases: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pool, "ALONE", 0)
    lines = _long(cases, 5 * MOST_LINES + 1)

    alone = list(_batch(lines))
    together = list(_batch(lines, workers=2))

    assert alone == together
    assert list(range(1, len(lines) + 1)) == [json.loads(answer.text)["line"] for answer in alone]
    assert [n % 97 != 0 for n in range(len(lines))] == [answer.bad for answer in alone]


@pytest.mark.parametrize("count", [MOST_LINES - 1, MOST_LINES, MOST_LINES + 1, 3 * MOST_LINES])
@pytest.mark.usefixtures("_loaded")
def test_no_line_is_lost_where_a_piece_ends(count: int) -> None:
    found = list(_batch([QUICK] * count))

    assert count == len(found)
    assert all(answer.bad for answer in found)


# -- the command ---------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("_loaded")
def test_the_command_ends_with_0_where_every_line_is_good(
    cases: list[dict[str, Any]], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "cases.jsonl"
    path.write_bytes(b"\n".join(_lines(cases)) + b"\n")

    status = cli.main(["batch", str(path), "--lang", "en"])

    out, err = capsys.readouterr()
    assert 0 == status
    assert f"{len(cases)} lines, 0 of them unusable\n" == err
    assert _run(_lines(cases)) == [json.loads(line) for line in out.splitlines()]


@pytest.mark.parametrize("end", [b"\n", b"\r\n", b""])
@pytest.mark.usefixtures("_loaded")
def test_the_command_ends_with_1_where_a_line_is_bad(
    end: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "cases.jsonl"
    path.write_bytes(QUICK + (end or b"\n") + b"{}x" + end)

    status = cli.main(["batch", str(path)])

    out, err = capsys.readouterr()
    assert 1 == status
    assert "2 baris, 2 di antaranya tidak dapat dipakai\n" == err
    places = [json.loads(line)["error"].split(" ")[0] for line in out.splitlines()]
    assert f"{path}:2:3:" == places[1]


@pytest.mark.usefixtures("_loaded")
def test_a_blank_line_in_a_file_keeps_its_number(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "cases.jsonl"
    path.write_bytes(QUICK + b"\n\n" + QUICK + b"\n")

    status = cli.main(["batch", str(path)])

    found = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert 1 == status
    assert [1, 2, 3] == [line["line"] for line in found]
    assert "baris kosong" in found[1]["error"]


@pytest.mark.usefixtures("_loaded")
def test_an_empty_file_is_no_error(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "cases.jsonl"
    path.touch()

    status = cli.main(["batch", str(path), "--lang", "en"])

    assert (0, ("", "0 lines, 0 of them unusable\n")) == (status, tuple(capsys.readouterr()))


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_any_number_of_processes_gives_the_same_answers_in_the_same_order(
    jobs: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    cases: list[dict[str, Any]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(pool, "ALONE", 0)
    path = tmp_path / "cases.jsonl"
    path.write_bytes(b"\n".join(_long(cases[:2], 3 * MOST_LINES)))

    status = cli.main(["batch", str(path), "--jobs", jobs])

    found = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert 1 == status
    assert list(range(1, 3 * MOST_LINES + 1)) == [line["line"] for line in found]
    assert _run(_long(cases[:2], 98), BatchOptions(name=str(path))) == found[:98]


@pytest.mark.parametrize("jobs", ["0", "-1", "1.5", "many", "²", "٣", "9" * 5000])
def test_a_number_of_processes_that_is_none_is_refused(jobs: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert 2 == cli.main(["batch", "cases.jsonl", "--jobs", jobs, "--lang", "en"])
    assert f'"{jobs}" is not a whole number from 1 to 9999' in capsys.readouterr().err


@pytest.mark.usefixtures("_loaded")
def test_lines_are_read_from_stdin(
    cases: list[dict[str, Any]], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    given = io.BytesIO(_lines(cases)[0] + b"\nx\n")
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(given))

    status = cli.main(["batch", "-", "--as-of", "2024-05-31", "--explain"])

    good, bad = (json.loads(line) for line in capsys.readouterr().out.splitlines())
    assert 1 == status
    assert "2024-05-31" == good["as_of"]
    assert all("because" in conclusion for conclusion in good["conclusions"].values())
    assert bad["error"].startswith("<stdin>:2:1: ")


@pytest.mark.usefixtures("_loaded")
def test_answers_go_to_a_file_also_where_a_line_is_bad(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path, out = tmp_path / "cases.jsonl", tmp_path / "out.jsonl"
    path.write_bytes(QUICK + b"\n")
    out.write_text("old")

    status = cli.main(["batch", str(path), "-o", str(out)])

    assert 1 == status
    assert "" == capsys.readouterr().out
    assert [1] == [json.loads(line)["line"] for line in out.read_text("utf-8").splitlines()]
    assert {path, out} == set(tmp_path.iterdir())


@pytest.mark.usefixtures("_loaded")
def test_a_file_is_never_overwritten_by_its_own_answers(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path, link = tmp_path / "cases.jsonl", tmp_path / "link.jsonl"
    path.write_bytes(QUICK + b"\n")
    link.symlink_to(path)

    statuses = [cli.main(["batch", str(path), "-o", str(out)]) for out in (path, link)]

    assert [2, 2] == statuses
    assert "" == capsys.readouterr().out
    assert QUICK + b"\n" == path.read_bytes()


@pytest.mark.parametrize("where", ["missing.jsonl", "."])
@pytest.mark.usefixtures("_loaded")
def test_a_source_that_cannot_be_read_is_refused(
    where: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status = cli.main(["batch", str(tmp_path / where)])

    stdout, stderr = capsys.readouterr()
    assert (2, "") == (status, stdout)
    assert stderr.startswith(f"{tmp_path / where}: ")


@pytest.mark.usefixtures("_loaded")
def test_a_source_that_cannot_be_read_leaves_an_existing_output_alone(tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    out.write_text("old")

    statuses = [cli.main(["batch", str(path), "-o", str(out)]) for path in (tmp_path / "missing.jsonl", tmp_path)]

    assert [2, 2] == statuses
    assert "old" == out.read_text()


@pytest.mark.usefixtures("_loaded")
def test_an_output_that_cannot_be_written_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "cases.jsonl"
    path.write_bytes(QUICK + b"\n")

    status = cli.main(["batch", str(path), "-o", str(tmp_path / "missing/out.jsonl")])

    stdout, stderr = capsys.readouterr()
    assert (2, "") == (status, stdout)
    assert stderr.startswith(f"{tmp_path / 'missing/out.jsonl'}: tidak dapat ditulis (")


@pytest.mark.usefixtures("_loaded")
def test_lines_are_taken_as_they_come_and_not_all_at_once() -> None:
    taken = 0

    def stream() -> Any:
        nonlocal taken
        for _ in range(100 * MOST_LINES):
            taken += 1
            yield QUICK

    next(iter(_batch(stream())))

    assert taken <= 3 * MOST_LINES


@pytest.mark.parametrize("line", [rb'{"answers": {"\ud800": 1}}', rb'{"answers": {"initiator": "\ud800"}}'])
@pytest.mark.usefixtures("_loaded")
def test_half_a_character_is_answered_with_text_that_can_be_written(line: bytes) -> None:
    (answer,) = _batch([line])

    assert answer.bad
    assert answer.text.encode("utf-8")


# -- several processes ----------------------------------------------------------------------------------------


needs_linux = pytest.mark.skipif(sys.platform != "linux", reason="looks for processes where Linux lists them")


@pytest.fixture(scope="module")
def open_cases(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Cases of which little is known, which take minutes."""
    path = tmp_path_factory.mktemp("open") / "cases.jsonl"
    path.write_bytes((OPEN + b"\n") * 20_000)
    return path


@needs_linux
def test_an_interrupt_ends_a_batch_of_several_processes_and_leaves_no_output(open_cases: Path) -> None:
    out = open_cases.parent / "out.jsonl"

    assert (-signal.SIGINT, b"") == interrupted("batch", open_cases, "-o", out, "--jobs", "2")
    assert [open_cases] == list(open_cases.parent.iterdir())


@needs_linux
def test_who_reads_only_the_first_answer_does_not_wait_for_the_others(open_cases: Path) -> None:
    with started("batch", open_cases, "--jobs", "2", stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        first = json.loads(process.stdout.readline())
        process.stdout.close()

        assert 1 == first["line"]
        assert 0 == process.wait(LONG)
        assert process.stderr is not None
        assert b"" == process.stderr.read()


@needs_linux
def test_a_process_that_is_killed_costs_no_line(tmp_path: Path) -> None:
    path, out = tmp_path / "cases.jsonl", tmp_path / "out.jsonl"
    lines = [OPEN] * 40
    path.write_bytes(b"\n".join(lines))
    with started("batch", path, "--jobs", "2", "-o", out) as process:
        wait_until(lambda: len(workers_of(process.pid)) == 2)
        os.kill(workers_of(process.pid)[0], signal.SIGKILL)

        assert (0, f"{len(lines)} baris, 0 di antaranya tidak dapat dipakai\n".encode()) == ended(process)
    assert list(range(1, len(lines) + 1)) == [json.loads(line)["line"] for line in out.read_bytes().splitlines()]


def test_lines_that_end_their_process_each_time_become_errors_and_the_rest_goes_on(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(pool, "ALONE", 0)
    monkeypatch.setattr(pool, "_answering", deadly_lines.answering)
    lines = [b"{}"] * FIRST_LINES + [b"{}", deadly_lines.DEADLY, b"{}"]

    found = [json.loads(answer.text) for answer in _batch(lines, workers=2)]

    assert list(range(1, len(lines) + 1)) == [line["line"] for line in found]
    lost = [line["line"] for line in found if "was ended from outside twice" in line.get("error", "")]
    assert FIRST_LINES + 2 in lost
    assert found[FIRST_LINES + 1]["error"].startswith(f"cases.jsonl:{FIRST_LINES + 2}:1: ")


# -- a line without an end --------------------------------------------------------------------------------------


class Long(io.RawIOBase):
    """A line of very many letters, and a short one."""

    def __init__(self, letters: int) -> None:
        self.left = letters
        self.rest = b"\nx\n"

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        count = min(self.left or len(self.rest), len(buffer))
        buffer[:count] = b"x" * count if self.left else self.rest[:count]
        if self.left:
            self.left -= count
        else:
            self.rest = self.rest[count:]
        return count


@pytest.mark.usefixtures("_loaded")
def test_a_line_without_an_end_is_never_held_in_memory(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    given = io.BufferedReader(Long(20 * MAX_BYTES), MAX_BYTES)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(given))

    tracemalloc.start()
    status = cli.main(["batch", "-", "--lang", "en"])
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    long, next_one = (json.loads(line)["error"] for line in capsys.readouterr().out.splitlines())
    assert 1 == status
    assert f"<stdin>:1:1: the line has more than {MAX_BYTES} bytes" in long
    assert next_one.startswith("<stdin>:2:1: this line is not a valid JSON object")
    assert most < 10 * MAX_BYTES
