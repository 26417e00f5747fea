"""A document is plain data that remembers where every part of it stood."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from advisor.knowledge.document import MAX_DEPTH, Document, Key, parse_document, read_document
from advisor.problem import InputError, Place

FILE = Path("some.yaml")
SOURCE = """\
# a comment
name: value
list:
  - first
  - {inner: [1, 2]}
"""


def _parsed(source: str) -> Document:
    return parse_document(source.encode(), FILE)


def _keys(source: str | bytes) -> list[str]:
    raw = source if isinstance(source, bytes) else source.encode()
    with pytest.raises(InputError) as caught:
        parse_document(raw, FILE)
    return [problem.key for problem in caught.value.problems]


def test_the_data_is_what_plain_yaml_says() -> None:
    assert {"name": "value", "list": ["first", {"inner": [1, 2]}]} == _parsed(SOURCE).data


@pytest.mark.parametrize(
    ("key", "line", "column"),
    [
        ((), 2, 1),
        (("name",), 2, 7),
        (("name", "#key"), 2, 1),
        (("list",), 4, 3),
        (("list", "#key"), 3, 1),
        (("list", 0), 4, 5),
        (("list", 1), 5, 5),
        (("list", 1, "inner", "#key"), 5, 6),
        (("list", 1, "inner"), 5, 13),
        (("list", 1, "inner", 1), 5, 17),
    ],
)
def test_every_part_has_its_place(key: Key, line: int, column: int) -> None:
    assert Place("some.yaml", line, column) == _parsed(SOURCE).place(key)


@pytest.mark.parametrize("key", [("list", 0, "nothing"), ("list", 0, 7, "x", "y")])
def test_what_is_not_there_has_the_place_of_the_part_around_it(key: Key) -> None:
    assert Place("some.yaml", 4, 5) == _parsed(SOURCE).place(key)


def test_without_any_content_the_place_is_the_file() -> None:
    assert Place("some.yaml") == _parsed("").place(("name",))


def test_columns_count_characters_and_not_bytes() -> None:
    assert Place("some.yaml", 1, 9) == _parsed("{é😀: 1, b: 2}").place(("b", "#key"))


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("word", "word"),
        ("'yes'", "yes"),
        ("yes", True),
        ("Off", False),
        ("3", 3),
        ("-3", -3),
        ("2.5", 2.5),
        ("~", None),
        ("", None),
        ("2024-05-31", date(2024, 5, 31)),
        ("'2024-05-31'", "2024-05-31"),
        ("=", "="),
        ("|-\n  two\n  lines", "two\nlines"),
        (">-\n  one\n  line", "one line"),
    ],
)
def test_a_plain_value_means_what_yaml_says(written: str, read: Any) -> None:
    found = _parsed(f"a: {written}\n").data["a"]

    assert (type(read), read) == (type(found), found)


@pytest.mark.parametrize("name", ["no", "yes", "3", "null", "2024-05-31", "<<"])
def test_a_key_is_always_a_word(name: str) -> None:
    assert {name: 1} == _parsed(f"{name}: 1\n").data


def test_the_last_of_two_equal_keys_does_not_win() -> None:
    assert ["yaml.duplicate_key"] == _keys("a: 1\nb: 2\na: 3\n")


def test_equal_keys_of_different_mappings_are_no_duplicates() -> None:
    assert [{"a": 1}, {"a": 2}] == _parsed("[{a: 1}, {a: 2}]").data


def test_every_finding_of_a_document_is_listed_and_not_only_the_first() -> None:
    source = "a: 1\na: 2\nb: !!str x\nc: 2024-02-30\n? [d]\n: 1\n"

    assert ["yaml.duplicate_key", "yaml.tag", "yaml.value", "yaml.key"] == _keys(source)


@pytest.mark.parametrize(
    "source",
    [
        "a: !!python/object/apply:os.system ['true']",
        "a: !!python/name:os.system",
        "!!map {a: 1}",
        "a: !!seq [1]",
        "a: !local x",
        "a: !!binary aGFsbG8=",
    ],
)
def test_no_tag_is_ever_followed(source: str) -> None:
    assert ["yaml.tag"] == _keys(source)


@pytest.mark.parametrize("source", ["a: &x 1\n", "a: &x [1]\nb: *x\n", "a: &x {b: *x}\n", "&x a: 1\n", "a: *x\n"])
def test_no_anchor_or_alias_is_ever_followed(source: str) -> None:
    assert ["yaml.alias"] == _keys(source)


def test_an_alias_bomb_is_refused_at_its_first_anchor() -> None:
    lines = ["a0: &a0 [lol, lol]"] + [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 30)]

    with pytest.raises(InputError) as caught:
        _parsed("\n".join(lines))

    assert [(Place("some.yaml", 1, 5), "yaml.alias")] == [(p.place, p.key) for p in caught.value.problems]


def test_nesting_up_to_the_limit_is_read() -> None:
    data = _parsed("[" * MAX_DEPTH + "]" * MAX_DEPTH).data

    depth = 0
    while isinstance(data, list):
        depth, data = depth + 1, (data[0] if data else None)
    assert MAX_DEPTH == depth


@pytest.mark.parametrize("more", [1, 2, 50])
def test_nesting_beyond_the_limit_is_refused(more: int) -> None:
    depth = MAX_DEPTH + more

    assert ["yaml.too_deep"] == _keys("[" * depth + "]" * depth)
    assert ["yaml.too_deep"] == _keys(
        "".join(f"{' ' * level}a:\n" for level in range(depth)) + " " * depth + "a: 1"
    )


def test_what_is_larger_than_asked_for_is_refused() -> None:
    with pytest.raises(InputError) as caught:
        parse_document(b"a: 1234\n", FILE, max_bytes=7)

    (problem,) = caught.value.problems
    assert ("file.too_large", {"size": "8", "most": "7"}) == (problem.key, problem.values)


def test_what_is_as_large_as_asked_for_is_read() -> None:
    assert {"a": 1234} == parse_document(b"a: 1234\n", FILE, max_bytes=8).data


@pytest.mark.parametrize(("raw", "line"), [(b"\xff", 1), (b"a: 1\nb: caf\xe9\n", 2), (b"a: \xed\xa0\x80\n", 1)])
def test_bytes_that_are_no_utf8_are_placed_in_their_line(raw: bytes, line: int) -> None:
    with pytest.raises(InputError) as caught:
        parse_document(raw, FILE)

    assert [(Place("some.yaml", line, 1), "file.not_utf8")] == [(p.place, p.key) for p in caught.value.problems]


def test_a_byte_order_mark_is_passed_over() -> None:
    document = parse_document(b"\xef\xbb\xbfa: 1\n", FILE)

    assert {"a": 1} == document.data
    assert Place("some.yaml", 1, 1) == document.place(("a", "#key"))


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (r"\ud83d\ude00", "😀"),
        (r"x \uD83D\uDE00\ud83d\ude01 y", "x 😀😁 y"),
        (r"\\ud83d\\ude00", r"\ud83d\ude00"),
        (r"\\\ud83d\ude00", "\\😀"),
        (r"\u00e9", "é"),
    ],
)
def test_a_pair_of_surrogates_is_the_character_that_json_means_by_it(written: str, read: str) -> None:
    assert {"a": read, read: 1} == _parsed(f' {{"a": "{written}", "{written}": 1}}').data


@pytest.mark.parametrize("source", [r"a: '\ud83d\ude00'", r"a: \ud83d\ude00"])
def test_what_looks_like_such_a_pair_where_nothing_is_escaped_stays_as_it_is(source: str) -> None:
    assert {"a": r"\ud83d\ude00"} == _parsed(source).data


@pytest.mark.parametrize("half", [r"\ud83d", r"\ude00", r"\ude00\ud83d", r"\ud83d x \ude00"])
def test_half_a_pair_of_surrogates_is_no_text(half: str) -> None:
    with pytest.raises(InputError) as caught:
        _parsed(f'{{"a": "{half}"}}')

    assert [1] == [problem.place.line for problem in caught.value.problems]


@pytest.mark.parametrize("raw", [b"a: \0\n", b"a: \x07\n", b"a: '\x1b[31m'\n"])
def test_control_characters_are_refused(raw: bytes) -> None:
    assert ["yaml.syntax.control"] == _keys(raw)


def test_a_file_is_read_from_the_disk(tmp_path: Path) -> None:
    path = tmp_path / "some.yaml"
    path.write_text(SOURCE)

    document = read_document(path)

    assert _parsed(SOURCE).data == document.data
    assert Place(str(path), 2, 7) == document.place(("name",))


@pytest.mark.parametrize(("name", "key"), [("missing.yaml", "file.unreadable"), (".", "file.is_folder")])
def test_what_is_no_file_is_refused(tmp_path: Path, name: str, key: str) -> None:
    with pytest.raises(InputError) as caught:
        read_document(tmp_path / name)

    assert [(Place(str(tmp_path / name)), key)] == [(p.place, p.key) for p in caught.value.problems]
