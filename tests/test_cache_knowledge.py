"""Knowledge that was loaded before is there sooner, is never that of other files, and reading it runs no code."""

from __future__ import annotations

import os
import pickle
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import orjson
import pytest

from advisor import knowledge_base, knowledge_cache, snapshot
from advisor.advice.advising import advise
from advisor.advice.as_data import advice_data
from advisor.cache import Cache
from advisor.folders import built_in
from advisor.knowledge_base import Knowledge
from advisor.knowledge_cache import kept_knowledge
from advisor.problem import InputError, KnowledgeError
from advisor.snapshot import Snapshot, digest_of
from advisor.verify.check.check import check
from knowledge_copy import Copy
from rows import drawn_answers

ERA = "rules/era.yaml"
NEEDS = "kbase/terms/needs.yaml"


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    return Cache(tmp_path / "cache")


@pytest.fixture
def loads(knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The folders of rules that are loaded, and not taken from the cache, from now on.

    The built-in knowledge, which is loaded once for all tests, stands for what loading it again would give.
    """
    noted: list[Path] = []
    loaded = knowledge_cache._loaded

    def noting(kbase: Snapshot, rules: Snapshot) -> Knowledge:
        noted.append(rules.folder)
        return knowledge if rules.folder == built_in("rules") else loaded(kbase, rules)

    monkeypatch.setattr(knowledge_cache, "_loaded", noting)
    return noted


def _kept(copy: Copy, cache: Cache) -> Knowledge:
    return kept_knowledge(copy.path("kbase"), copy.path("rules"), cache)


def _files(cache: Cache) -> list[Path]:
    assert cache.folder is not None
    return list(cache.folder.iterdir())


# -- what is kept ------------------------------------------------------------------------------------------------


def test_kept_knowledge_gives_the_same_advice(knowledge: Knowledge, cache: Cache, loads: list[Path]) -> None:
    first, again = (kept_knowledge(cache=cache) for _ in range(2))

    case = knowledge.library.cases["kartamantul"]
    answers = {name: list(value) if isinstance(value, tuple) else value for name, value in case.answers.items()}
    data = {"as_of": case.as_of.isoformat(), "answers": answers}
    expected = advice_data(advise(knowledge, data), "id")
    assert knowledge.digest == first.digest == again.digest
    assert (knowledge.library, knowledge.rulebase) == (again.library, again.rulebase)
    assert [expected] * 2 == [advice_data(advise(kept, data), "id") for kept in (first, again)]
    assert 1 == len(loads)


@pytest.mark.usefixtures("loads")
def test_the_rule_base_of_the_day_of_keeping_is_at_hand(
    knowledge: Knowledge, cache: Cache, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept_knowledge(cache=cache)
    again = kept_knowledge(cache=cache)
    row = drawn_answers(1, knowledge.on(date.today()))
    expected = knowledge.on(date.today()).generated.run(row)

    monkeypatch.setattr(knowledge_base, "program_of", None)

    assert expected == again.on(date.today()).generated.run(row)


def test_a_program_that_starts_anew_loads_nothing_again(cache: Cache) -> None:
    script = (
        "import sys\nfrom pathlib import Path\nfrom advisor.cache import Cache\n"
        "from advisor.knowledge_cache import kept_knowledge\n"
        "kept_knowledge(cache=Cache(Path(sys.argv[1])))\nprint('pydantic' in sys.modules)"
    )

    said = [
        subprocess.run([sys.executable, "-c", script, str(cache.folder)], capture_output=True, check=True).stdout
        for _ in range(2)
    ]

    assert [b"True\n", b"False\n"] == said


def test_the_places_of_kept_knowledge_are_right_in_whatever_folder_one_works(
    cache: Cache, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for work in (built_in("rules").parent, tmp_path):
        monkeypatch.chdir(work)
        rule = kept_knowledge(cache=cache).rulebase.rules[0]
        assert Path(rule.place.file).is_file()


def test_other_code_makes_it_anew(cache: Cache, loads: list[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    kept_knowledge(cache=cache)
    monkeypatch.setattr(knowledge_cache, "_code", lambda: "other code")

    kept_knowledge(cache=cache)

    assert 2 == len(loads)


def test_knowledge_with_findings_is_refused_every_time_and_never_kept(copy: Copy, cache: Cache) -> None:
    copy.path(ERA).write_text("decision: era\n", "utf-8")

    for _ in range(2):
        with pytest.raises(KnowledgeError):
            _kept(copy, cache)

    assert cache.folder is not None
    assert not cache.folder.exists()


# -- never stale -------------------------------------------------------------------------------------------------


def test_a_changed_rule_is_read(copy: Copy, cache: Cache, loads: list[Path]) -> None:
    before = _kept(copy, cache)
    copy.append(ERA, "# read again\n")

    after = _kept(copy, cache)

    assert before.digest != after.digest
    assert (2, 2) == (len(loads), len(_files(cache)))


def _linked(copy: Copy, name: str) -> Path:
    """Put a link in the place of a folder or a file of the knowledge, and return where it now lies."""
    path, elsewhere = copy.path(name), copy.root / "elsewhere"
    shutil.move(path, elsewhere)
    path.symlink_to(elsewhere)
    return elsewhere


@pytest.mark.parametrize(("linked", "file"), [("kbase/terms", "needs.yaml"), (ERA, "")])
def test_what_is_edited_behind_a_link_is_read(linked: str, file: str, copy: Copy, cache: Cache) -> None:
    edited = _linked(copy, linked) / file
    before = _kept(copy, cache)
    edited.write_text(edited.read_text("utf-8") + "# edited\n", "utf-8")

    after = _kept(copy, cache)
    edited.write_text("not: [what stood there\n", "utf-8")

    assert before.digest != after.digest
    with pytest.raises(KnowledgeError):
        _kept(copy, cache)


def test_linked_folders_have_the_digest_of_those_that_are_not(copy: Copy) -> None:
    folders = copy.path("kbase"), copy.path("rules")
    before = digest_of(map(Snapshot.of, folders))
    for name in ("kbase/terms", ERA):
        shutil.move(copy.path(name), copy.root / Path(name).name)
        copy.path(name).symlink_to(copy.root / Path(name).name)

    assert before == digest_of(map(Snapshot.of, folders))


@pytest.mark.parametrize("change", ["edited", "removed"])
def test_a_change_while_it_loads_shows_the_next_time_and_leaves_nothing_stale(
    change: str, copy: Copy, cache: Cache, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = digest_of(map(Snapshot.of, (copy.path("kbase"), copy.path("rules"))))
    loaded = knowledge_cache._loaded
    source = copy.path(NEEDS).read_text("utf-8")

    def changing(*sources: Snapshot) -> Knowledge:
        # The folders have been read, and a person saves a file before they are parsed.
        if change == "removed":
            copy.path(NEEDS).unlink(missing_ok=True)
        else:
            copy.path(NEEDS).write_text(source + "# saved\n", "utf-8")
        return loaded(*sources)

    monkeypatch.setattr(knowledge_cache, "_loaded", changing)
    first = _kept(copy, cache)
    monkeypatch.setattr(knowledge_cache, "_loaded", loaded)

    assert before == first.digest
    if change == "edited":
        assert before != _kept(copy, cache).digest
    else:
        with pytest.raises(KnowledgeError):
            _kept(copy, cache)


def _while_reading(monkeypatch: pytest.MonkeyPatch, save: Callable[[], object]) -> None:
    """Let somebody save something each time that the folders have been read halfway."""
    real = os.open

    def opened(path: Any, *words: Any, **more: Any) -> int:
        if str(path).endswith("rules/era.yaml"):
            save()
        return real(path, *words, **more)

    monkeypatch.setattr(os, "open", opened)


def test_of_files_that_are_saved_together_while_they_are_read_no_half_is_taken(
    copy: Copy, cache: Cache, monkeypatch: pytest.MonkeyPatch
) -> None:
    saved: list[str] = []

    def save() -> None:
        for name in (NEEDS, "rules/steps.yaml") if not saved else ():
            copy.append(name, "# saved\n")
            saved.append(name)

    _while_reading(monkeypatch, save)
    first = _kept(copy, cache)

    assert digest_of(map(Snapshot.of, (copy.path("kbase"), copy.path("rules")))) == first.digest


def test_where_saving_does_not_end_that_is_said(copy: Copy, cache: Cache, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(snapshot, "SETTLING", 0.0)
    _while_reading(monkeypatch, lambda: copy.append(NEEDS, "# saved again\n"))

    with pytest.raises(KnowledgeError) as caught:
        _kept(copy, cache)

    assert ["knowledge.changed"] == [problem.key for problem in caught.value.problems]
    assert str(copy.path("kbase")) == caught.value.problems[0].place.file


def test_a_file_is_opened_once_between_the_digest_and_the_parser(
    copy: Copy, cache: Cache, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    real = os.open

    def noting(path: Any, *words: Any, **more: Any) -> int:
        opened.append(os.fspath(path))
        return real(path, *words, **more)

    monkeypatch.setattr(os, "open", noting)
    _kept(copy, cache)

    read = [name for name in opened if name.endswith(".yaml") and name.startswith(str(copy.root))]
    assert len(list(copy.root.rglob("*.yaml"))) == len(read) == len(set(read))


def test_a_check_of_files_that_have_changed_since_they_were_loaded_says_so(copy: Copy) -> None:
    knowledge = copy.load()
    copy.append(ERA, "# saved\n")

    with pytest.raises(InputError) as caught:
        check(knowledge, copy.path("kbase"), copy.path("rules"))

    assert ["knowledge.changed"] == [problem.key for problem in caught.value.problems]


# -- no code from the disk ---------------------------------------------------------------------------------------


class _Running:
    """What runs a command when it is unpickled."""

    def __reduce__(self) -> tuple[Callable[[str], int], tuple[str]]:
        return os.system, ("touch hostile",)


def _tables(*batch: object) -> bytes:
    return orjson.dumps({"days": [], "leaves": ["touch hostile"], "batches": [batch]})


HOSTILE = {
    "a pickle": pickle.dumps(_Running()),
    "a function in tables": _tables("os.system", 1, [[0]]),
    "a class in tables": _tables("subprocess.Popen", 1, [[0]]),
    "another thing in tables": _tables("advisor.text.Text", 1, [[0], [0]]),
    "no tables": b"[]",
    "no JSON": b"\0",
}


@pytest.mark.parametrize("content", HOSTILE.values(), ids=HOSTILE)
def test_what_somebody_put_into_the_cache_is_not_run_but_made_anew(
    content: bytes, cache: Cache, loads: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    before = kept_knowledge(cache=cache)
    (file,) = _files(cache)
    whole = file.read_bytes()
    cache.put(file.stem, content)

    after = [kept_knowledge(cache=cache) for _ in range(2)]

    assert not (tmp_path / "hostile").exists()
    assert [before.digest] * 2 == [kept.digest for kept in after]
    assert (2, len(whole)) == (len(loads), len(file.read_bytes()))
