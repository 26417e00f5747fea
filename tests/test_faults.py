"""Bad files of every kind in every place: refused by name, in one language, and nothing on disk is another."""

from __future__ import annotations

import io
import shutil
import sys
from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

import pytest

from advisor import cli, knowledge_cache
from advisor.commands import common
from advisor.folders import built_in
from advisor.interview.answers_file import write_answers
from advisor.interview.session import Session
from advisor.interview.store import Saved, SessionStore
from advisor.knowledge_base import Knowledge
from faults import KINDS, Ended, as_everybody, deadline, language_for, ran, removed, state_of
from receipts import plain_case, text_of

FILE: Final = "buruk.yaml"
SESSIONS: Final = "home/kerjasama-advisor/sessions"
OURS: Final = ("--kbase", "kbase", "--rules", "rules")
SCENARIO: Final = b"""\
scenarios:
  - {id: one, name: A name, source: [pp28-2018:6-2], why: A reason., as_of: 2001-03-01, refused: [as_of]}
"""
DONE: Final = frozenset({0})
NEGATIVE: Final = frozenset({1})
UNUSABLE: Final = frozenset({2})
NOTHING: Final = frozenset({"nothing"})


@dataclass(frozen=True)
class Place:
    """A place where a file is read."""

    words: Sequence[str]
    file: str = FILE
    good: str = "answers"
    """What would be good there: one of the files of `home`, or a file of the built-in knowledge."""
    bad: frozenset[int] = UNUSABLE
    """The statuses where the file is bad."""
    refused: frozenset[int] = UNUSABLE
    """The statuses where it is no regular file, or cannot be read."""
    fine: frozenset[str] = frozenset()
    """The kinds of which nothing has to be said."""
    named: str = ""
    """What the message names, where that is not the file."""

    @property
    def loads(self) -> bool:
        """Whether the knowledge of the working directory is loaded."""
        return bool({"--kbase", "diff"} & {*self.words})


PLACES: Final = {
    "advise": Place(["advise", FILE]),
    "explain": Place(["explain", FILE, "--how", "operator"]),
    "what-if": Place(["explain", FILE, "--what-if", "sector=roads"]),
    "compare": Place(["compare", FILE, "good.yaml"]),
    "compare second": Place(["compare", "good.yaml", FILE]),
    "interview": Place(["interview", "--plain", FILE]),
    "graph": Place(["graph", FILE, "-o", "out.svg"]),
    "teach": Place(["teach", "--plain", FILE]),
    "batch": Place(
        ["batch", FILE, "--jobs", "1"],
        good="lines",
        bad=NEGATIVE,
        fine=frozenset({"empty", "a pipe without a writer"}),
    ),
    "replay": Place(["replay", FILE], good="receipt"),
    "session": Place(["--resume", "buruk", "--plain"], f"{SESSIONS}/buruk.json", "session", named="buruk"),
    "sessions": Place(["--resume"], f"{SESSIONS}/buruk.json", "session", DONE, DONE, NOTHING, "buruk"),
    "scenario": Place(["test", "scenarios/buruk.yaml", "--jobs", "1"], "scenarios/buruk.yaml", "scenarios"),
    "scenarios": Place(["test", "scenarios", "--jobs", "1"], "scenarios/buruk.yaml", "scenarios"),
    "kbase": Place(["cases", *OURS], "kbase/terms/needs.yaml", "kbase/terms/needs.yaml"),
    "rules": Place(["questions", *OURS], "rules/era.yaml", "rules/era.yaml"),
    "check": Place(["check", *OURS], "rules/era.yaml", "rules/era.yaml"),
    "witness": Place(["witness", "era.", *OURS], "kbase/facts.yaml", "kbase/facts.yaml"),
    "schema": Place(["schema", "--kbase", "kbase", "-o", "out"], "kbase/groups.yaml", "kbase/groups.yaml"),
    "diff": Place(["diff", ".", "--scenarios", "one.yaml"], "kbase/steps.yaml", "kbase/steps.yaml"),
}


@pytest.fixture(scope="module")
def goods(knowledge: Knowledge, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """What would be good in each place."""
    case = knowledge.library.cases["kartamantul"]
    words = {True: "yes", False: "no"}
    given = {name: words[answer] if isinstance(answer, bool) else answer for name, answer in case.answers.items()}
    session, answers = Session(case.as_of, given), io.StringIO()
    write_answers(session, answers)
    store = SessionStore(tmp_path_factory.mktemp("sesi"))
    saved = store.save(Saved("buruk", session, datetime(2026, 11, 24).astimezone(), knowledge.digest, ()))
    return {
        "answers": answers.getvalue().encode(),
        "lines": b'{"answers": {"sector": "roads"}}\n{"answers": {"sector": "transport"}}\n',
        "receipt": text_of(knowledge, plain_case()).encode(),
        "session": saved.read_bytes(),
        "scenarios": SCENARIO,
    }


@pytest.fixture
def home(goods: dict[str, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working directory, in which the person has their home."""
    for name in ("DATA", "CACHE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(tmp_path / "home"))
    (tmp_path / SESSIONS).mkdir(parents=True)
    (tmp_path / "scenarios").mkdir()
    (tmp_path / "good.yaml").write_bytes(goods["answers"])
    (tmp_path / "one.yaml").write_bytes(SCENARIO)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"")))
    return tmp_path


def _ended(words: Sequence[str], capsys: pytest.CaptureFixture[str]) -> Ended:
    with deadline():
        status = cli.main(list(words))
    return Ended(status, *capsys.readouterr())


SAMPLE: Final = 40
"""Of so many attempts one is made at once, the others with the heavy tests."""

ATTEMPTS: Final = [
    pytest.param(kind, place, marks=[pytest.mark.heavy] if number % SAMPLE else [])
    for number, (kind, place) in enumerate((kind, place) for place in PLACES for kind in KINDS)
    # Without a file of theirs, folders hold knowledge or scenarios all the same, or that is told of other files.
    if kind != "nothing" or PLACES[place].good in ("answers", "lines", "receipt", "session")
]


@pytest.mark.parametrize(("kind", "place"), ATTEMPTS)
def test_a_bad_file_is_refused_by_its_name_and_nothing_is_changed(
    kind: str,
    place: str,
    home: Path,
    goods: dict[str, bytes],
    knowledge: Knowledge,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    at, bad, language = PLACES[place], KINDS[kind], language_for(kind, place)
    if at.loads:
        for name in ("kbase", "rules"):
            shutil.copytree(built_in(name), home / name)
    else:
        monkeypatch.setattr(common, "kept_knowledge", lambda kbase, rules: knowledge)
    file = Path(at.file)
    good = goods[at.good] if at.good in goods else file.read_bytes()
    removed(file)
    bad.lay(file, good)
    before = state_of(home)

    with as_everybody() if kind == "unreadable" else nullcontext():
        ended = _ended([*at.words, "--lang", language], capsys)

    ended.has_no_noise()
    if bad.tame:
        ended.expect(ended.status == 0, "it is not taken")
    elif kind not in at.fine:
        ended.refuses(at.refused if bad.special else at.bad, at.named or at.file, language)
        ended.expect(before == state_of(home), "something is changed")
    assert not ended.complaints, "\n".join(ended.complaints)


# -- standard input and words -------------------------------------------------------------------------------


@pytest.mark.heavy
@pytest.mark.usefixtures("loaded", "home")
@pytest.mark.parametrize("command", ["advise", "batch"])
def test_what_comes_in_bad_is_refused_as_standard_input(
    command: str, goods: dict[str, bytes], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    at, complaints = PLACES[command], []
    # A shell opens the others in vain, or they never end, which standard input need not.
    kinds = [kind for kind in KINDS.values() if not kind.special or kind.name == "memory of a process"]
    for kind in kinds:
        file, language = Path(FILE), language_for(kind.name, command)
        removed(file)
        kind.lay(file, goods[at.good])
        with file.open("rb") as raw:
            monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(raw))
            ended = _ended([command, "-", "--lang", language], capsys)

        ended.has_no_noise()
        if kind.name not in at.fine and not kind.tame:
            ended.refuses(at.bad | at.refused, "<stdin>", language)
        complaints += ended.complaints
    assert not complaints, "\n".join(complaints)


WORDS: Final = (
    "=",
    "==",
    "sectr",
    "sektor apa=jalan",
    "=roads",
    "sector=",
    "sector==roads",
    "sector=roads=x",
    "sector=roads\nactivities=x",
    "\x1b[2J",
    "\x1b]52;c;aGk=\x07=\x9b31m",
    "sector=\x1b[31m",
    "sec\0tor=roads",
    "\udcff=\udcfe",
    "sector=\ud83d",
    "\u202esector=roads",
    "²=²",
    "region_count=²",
    "region_count=" + "9" * 5_000,
    "region_count=1e999",
    "region_count=nan",
    "x" * 100_000 + "=1",
    "sector=" + "a" * 100_000,
    "sector=" + "[" * 50_000,
    "sector=[roads, [transport]]",
    "sector={roads: transport}",
    "sector=!!python/object/apply:os.system [ls]",
    "sector=&x roads",
    "sector=*x",
    "{sector}=roads",
    "{0.__class__}={winner:>900000000}",
    "%s%n=%d",
    "../../etc/passwd",
)
"""What is no answer, no conclusion, no day, no rule, no case, no question and no session."""

TAKERS: Final = {
    "how": ["explain", "good.yaml", "--how", "WORD"],
    "why not": ["explain", "good.yaml", "--why-not", "WORD"],
    "what if": ["explain", "good.yaml", "--what-if", "WORD"],
    "what if after others": ["explain", "good.yaml", "--what-if", "sector=roads", "WORD"],
    "reach": ["explain", "good.yaml", "--reach", "WORD"],
    "answer": ["test", "--answer", "WORD"],
    "rule": ["test", "one.yaml", "--mutate", "--rule", "WORD"],
    "day": ["advise", "good.yaml", "--as-of", "WORD"],
    "jobs": ["batch", "good.yaml", "--jobs", "WORD"],
    "case": ["cases", "WORD"],
    "question": ["questions", "WORD"],
    "lesson": ["teach", "WORD"],
    "witness": ["witness", "WORD"],
    "session": ["--resume", "WORD"],
    "command": ["WORD"],
}


@pytest.mark.heavy
@pytest.mark.usefixtures("loaded")
@pytest.mark.parametrize("taker", TAKERS)
def test_a_word_that_means_nothing_is_refused_in_one_language(
    taker: str, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before, complaints = state_of(home), []
    for word in WORDS:
        language = language_for(word[:100], taker)
        words = [word if given == "WORD" else given for given in TAKERS[taker]]

        ended = _ended([*words, "--lang", language], capsys)

        ended.has_no_noise()
        ended.refuses(UNUSABLE, "", language)
        ended.expect(ended.err and not ended.out, "nothing is said, or in the wrong place")
        ended.expect(len(ended.err) < 20_000, "far too much is said")
        complaints += [f"{word[:60]!a}: {complaint}" for complaint in ended.complaints]
    assert not complaints, "\n".join(complaints)
    assert before == state_of(home)


# -- folders of the person's own ----------------------------------------------------------------------------


@pytest.mark.heavy
@pytest.mark.usefixtures("loaded")
@pytest.mark.parametrize("kind", [name for name, kind in KINDS.items() if kind.special and name != "nothing"])
def test_a_folder_of_sessions_that_is_none_is_named_and_keeps_nobody_from_a_new_interview(
    kind: str, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = home / SESSIONS
    folder.rmdir()
    if kind == "unreadable":
        folder.mkdir(mode=0)
    else:
        KINDS[kind].lay(folder, b"")
    readable = kind == "a folder"
    before = state_of(home)

    with as_everybody() if kind == "unreadable" else nullcontext():
        listed = _ended(["--resume"], capsys)
        resumed = _ended(["--resume", "buruk", "--plain"], capsys)
        unchanged = readable or before == state_of(home)
        begun = _ended(["--plain"], capsys)

    for ended in (listed, resumed):
        ended.has_no_noise()
        if not readable:
            ended.refuses(UNUSABLE, SESSIONS, "id")
            ended.expect(unchanged, "something is changed")
    begun.has_no_noise()
    begun.expect(begun.status == 0 and (readable or "tidak dapat disimpan" in begun.err), "it does not begin")
    complaints = listed.complaints + resumed.complaints + begun.complaints
    assert not complaints, "\n".join(complaints)


@pytest.mark.heavy
def test_whatever_lies_in_the_cache_the_cases_are_the_same_and_it_is_written_anew(
    home: Path, knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(knowledge_cache, "_loaded", lambda kbase, rules: knowledge)
    first = _ended(["cases"], capsys)
    (file,) = (home / "home").rglob("*.kept")
    whole, complaints = file.read_bytes(), []
    for name, kind in KINDS.items():
        removed(file)
        kind.lay(file, whole)
        with as_everybody() if name == "unreadable" else nullcontext():
            again = _ended(["cases"], capsys)
        again.expect((again.status, again.out, again.err) == (0, first.out, ""), f"{name}: said otherwise")
        again.expect(name == "a folder" or file.read_bytes() == whole, f"{name}: it stays")
        again.expect([*file.parent.glob("*.*")] == [file], f"{name}: something is left")
        complaints += again.complaints
        if name == "a folder":
            file.rmdir()
    assert not complaints, "\n".join(complaints)


@pytest.mark.heavy
def test_whatever_stands_in_the_place_of_the_cache_the_cases_are_the_same(
    home: Path, knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(knowledge_cache, "_loaded", lambda kbase, rules: knowledge)
    first = _ended(["cases"], capsys)
    folder, complaints = home / "home" / "kerjasama-advisor", []
    for name, kind in KINDS.items():
        if name in ("nothing", "a folder", "unreadable"):
            continue
        shutil.rmtree(folder) if folder.is_dir() else removed(folder)
        kind.lay(folder, b"")
        before = state_of(home)
        again = _ended(["cases"], capsys)
        again.expect((again.status, again.out, again.err) == (0, first.out, ""), f"{name}: said otherwise")
        again.expect(before == state_of(home), f"{name}: something is changed")
        complaints += again.complaints
    assert not complaints, "\n".join(complaints)


# -- memory -------------------------------------------------------------------------------------------------

LARGE: Final = (
    "/dev/zero",
    "/dev/urandom",
    "a sparse file",
    "over the limit",
    "a bomb",
    "far too many values",
    "brackets without end",
    "a very long key",
)


@pytest.mark.heavy
@pytest.mark.parametrize("place", ["advise", "batch", "replay", "kbase", "scenario", "session"])
def test_no_file_takes_more_memory_than_a_program_has(place: str, home: Path, goods: dict[str, bytes]) -> None:
    at, complaints = PLACES[place], []
    if at.loads:
        for name in ("kbase", "rules"):
            shutil.copytree(built_in(name), home / name)
    file = Path(at.file)
    good = goods[at.good] if at.good in goods else file.read_bytes()
    for name in LARGE:
        language = language_for(name, place)
        removed(file)
        KINDS[name].lay(file, good)
        ended = ran(*at.words, "--lang", language)
        ended.has_no_noise()
        ended.refuses(at.refused if KINDS[name].special else at.bad, at.named or at.file, language)
        complaints += [f"{name}: {complaint}" for complaint in ended.complaints]
    assert not complaints, "\n".join(complaints)
