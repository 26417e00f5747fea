"""What is kept on disk between two starts is what was put there, whole and by its owner, or it is nothing."""

from __future__ import annotations

import os
import pwd
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from advisor import cache as cache_module
from advisor.cache import Cache

KEY = "0123abc"
needs_owners = pytest.mark.skipif(not hasattr(os, "getuid"), reason="files have no owner here")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "cache"


def _kept(folder: Path) -> Path:
    """Keep something, and return its file."""
    Cache(folder).put(KEY, b"content")
    (found,) = folder.iterdir()
    return found


@pytest.mark.parametrize("content", [b"content", b"", b"\0\n\xff"])
def test_what_was_put_under_a_key_is_found_there_by_the_next_program(folder: Path, content: bytes) -> None:
    Cache(folder).put(KEY, content)

    assert (content, None) == (Cache(folder).get(KEY), Cache(folder).get("other"))


def test_what_is_put_under_a_key_replaces_what_was_there(folder: Path) -> None:
    for content in (b"old", b"new"):
        Cache(folder).put(KEY, content)

    assert b"new" == Cache(folder).get(KEY)
    assert 1 == len(list(folder.iterdir()))


def test_no_more_than_a_few_files_are_kept_and_those_are_the_newest(folder: Path) -> None:
    for number in range(20):
        Cache(folder).put(f"k{number}", b"content")
        os.utime(folder / f"k{number}.kept", (number, number))

    assert {f"k{number}.kept" for number in range(20 - cache_module.KEEP, 20)} == {p.name for p in folder.iterdir()}


# -- what is damaged, foreign, or no file ------------------------------------------------------------------------


def test_a_file_of_which_any_byte_is_another_is_passed_over_and_written_anew(folder: Path) -> None:
    path = _kept(folder)
    whole = path.read_bytes()

    for place in range(len(whole)):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        assert Cache(folder).get(KEY) is None, place

    Cache(folder).put(KEY, b"content")
    assert b"content" == Cache(folder).get(KEY)


@pytest.mark.parametrize("length", [0, 1, 31, 32, 33, 38])
def test_a_file_that_was_cut_off_is_passed_over(folder: Path, length: int) -> None:
    path = _kept(folder)
    path.write_bytes(path.read_bytes()[:length])

    assert Cache(folder).get(KEY) is None


def test_a_file_under_the_name_of_another_is_passed_over(folder: Path) -> None:
    _kept(folder).rename(folder / "other.kept")

    assert Cache(folder).get("other") is None


def test_a_link_to_a_file_is_not_followed(folder: Path, tmp_path: Path) -> None:
    path = _kept(folder)
    path.rename(tmp_path / "elsewhere")
    path.symlink_to(tmp_path / "elsewhere")

    assert Cache(folder).get(KEY) is None
    Cache(folder).put(KEY, b"content")
    assert (b"content", False) == (Cache(folder).get(KEY), path.is_symlink())


@pytest.mark.parametrize(
    "make", [os.mkfifo, Path.mkdir, lambda path: path.symlink_to(path)], ids=["fifo", "folder", "loop"]
)
def test_what_is_no_regular_file_is_passed_over_and_nothing_is_waited_for(
    folder: Path, make: Callable[[Path], None]
) -> None:
    path = _kept(folder)
    path.unlink()
    make(path)

    assert Cache(folder).get(KEY) is None
    Cache(folder).put(KEY, b"content")


@needs_owners
def test_a_file_of_somebody_else_is_passed_over(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    owner = _kept(folder).stat().st_uid
    monkeypatch.setattr(cache_module.os, "getuid", lambda: owner + 1)

    assert Cache(folder).get(KEY) is None
    Cache(folder).put("other", b"content")
    assert not (folder / "other.kept").exists()


@needs_owners
@pytest.mark.parametrize("writable", ["folder", "file"])
def test_what_others_can_write_to_is_not_trusted(folder: Path, writable: str) -> None:
    path = _kept(folder)
    (folder if writable == "folder" else path).chmod(0o777)

    assert Cache(folder).get(KEY) is None


@needs_owners
def test_the_folder_is_for_its_owner_alone(folder: Path) -> None:
    folder.mkdir(mode=0o755)

    path = _kept(folder)

    assert (0o700, 0o600) == (folder.stat().st_mode & 0o777, path.stat().st_mode & 0o777)


# -- what ended programs leave -----------------------------------------------------------------------------------


def test_what_ended_programs_left_half_written_is_removed_and_what_others_are_writing_is_not(folder: Path) -> None:
    folder.mkdir(mode=0o700)
    left, under_way = folder / ".left.part", folder / ".under-way.part"
    for path in (left, under_way):
        path.write_bytes(b"half")
    before = time.time() - cache_module.ABANDONED - 60
    os.utime(left, (before, before))

    Cache(folder).put(KEY, b"content")

    assert {under_way, folder / f"{KEY}.kept"} == set(folder.iterdir())


def test_nothing_is_left_where_writing_fails(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(self: Path, target: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", failing)
    Cache(folder).put(KEY, b"content")

    assert [] == list(folder.iterdir())


# -- where nothing can be kept -----------------------------------------------------------------------------------


def test_a_folder_that_cannot_be_made_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")

    Cache(tmp_path / "file" / "cache").put(KEY, b"content")

    assert Cache(tmp_path / "file" / "cache").get(KEY) is None


def test_who_has_no_home_keeps_nothing_and_makes_no_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(uid: int) -> None:
        raise KeyError(uid)

    for name in ("HOME", "XDG_CACHE_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(pwd, "getpwuid", unknown)
    monkeypatch.chdir(tmp_path)

    Cache().put(KEY, b"content")

    assert Cache().get(KEY) is None
    assert [] == list(tmp_path.iterdir())
