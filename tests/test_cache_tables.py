"""Tables give back what they were made of; what else stands in them makes nothing and runs nothing."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from advisor.data_tables import from_tables, to_tables
from advisor.inference.formula import AllOf, AnyOf, Formula, Literal
from advisor.knowledge_base import Knowledge
from advisor.problem import Place
from advisor.text import Text


def _there_and_back(thing: object) -> Any:
    """Return what becomes of a thing that is kept in a file."""
    return from_tables(json.loads(json.dumps(to_tables(thing))))


leaves = st.one_of(
    st.none(), st.booleans(), st.integers(-(10**18), 10**18), st.floats(allow_nan=False), st.text(), st.dates()
)
literals = st.builds(Literal, st.tuples(st.text(), st.text()), st.booleans())
formulas: st.SearchStrategy[Formula] = st.recursive(
    literals, lambda parts: st.builds(AllOf, st.tuples(parts, parts)) | st.builds(AnyOf, st.tuples(parts))
)
things = st.recursive(
    leaves
    | formulas
    | st.builds(Place, st.text(), st.integers(0), st.integers(0))
    | st.builds(Text, id=st.text(), en=st.text()),
    lambda parts: st.one_of(
        st.lists(parts),
        st.lists(parts).map(tuple),
        st.frozensets(leaves),
        st.dictionaries(st.text(), parts),
        st.dictionaries(st.text(), parts).map(MappingProxyType),
    ),
)


@given(things)
@settings(max_examples=50)
def test_what_comes_back_equals_what_went_in_and_has_the_same_types(thing: Any) -> None:
    found = _there_and_back(thing)

    assert thing == found
    assert _types(thing) == _types(found)


def _types(thing: Any) -> Any:
    """Return the type of a thing and of its parts."""
    match thing:
        case dict() | MappingProxyType():
            return type(thing), [_types(part) for item in thing.items() for part in item]
        case list() | tuple():
            return type(thing), [_types(part) for part in thing]
        case _:
            return type(thing)


def test_all_knowledge_comes_back(knowledge: Knowledge) -> None:
    library, rulebase = _there_and_back((knowledge.library, knowledge.rulebase))

    assert (knowledge.library, knowledge.rulebase) == (library, rulebase)
    assert type(knowledge.library.conclusions) is type(library.conclusions)


def test_what_is_equal_is_one_thing_when_it_comes_back() -> None:
    one, other = _there_and_back([Text(id="a", en="b"), Text(id="a", en="b")])

    assert one is other


def test_truth_values_and_numbers_that_equal_them_stay_apart() -> None:
    assert "[True, 1, 1.0, False, 0]" == repr(_there_and_back([True, 1, 1.0, False, 0]))


@dataclass(frozen=True)
class Foreign:
    """A dataclass that is none of the program."""

    name: str


@pytest.mark.parametrize(
    "thing", [object(), b"bytes", Path(), {1, 2}, Foreign, int], ids=lambda thing: type(thing).__name__
)
def test_what_has_no_place_in_tables_is_refused(thing: object) -> None:
    with pytest.raises(TypeError):
        to_tables([thing])


# -- tables that somebody else has made --------------------------------------------------------------------------


def _tables(kind: Any, count: Any = 1, columns: Any = ((0,),), leaves: Any = ("touch hostile",)) -> dict[str, Any]:
    return {"days": [], "leaves": list(leaves), "batches": [[kind, count, columns]]}


HOSTILE = {
    "a function": _tables("os.system"),
    "a function of the program": _tables("advisor.data_tables.from_tables"),
    "a class that does something": _tables("subprocess.Popen"),
    "a class of the program that is no dataclass": _tables("advisor.cache.Cache"),
    "a dataclass of somebody else": _tables(f"{__name__}.Foreign"),
    "a module that was not loaded": _tables("antigravity.Place"),
    "a name through a module": _tables("advisor.cache.os.system"),
    "no name": _tables(7),
    "too few fields": _tables("advisor.text.Text", 1, [[0]]),
    "too many fields": _tables("advisor.text.Text", 1, [[0], [0], [0]]),
    "fewer things than they say": _tables("advisor.text.Text", 10**15, [[0], [0]]),
    "fields of some things alone": _tables("advisor.text.Text", 2, [[0, 0], [0]]),
    "no columns": _tables("advisor.text.Text", 10**15, []),
    "a part that comes later": _tables("tuple", [1], [[7]]),
    "a size below zero": _tables("tuple", [-1], [[0]]),
    "a mapping of unequal sides": _tables("dict", [1], [[0], []]),
    "keys that cannot be": {**_tables("dict", [1], [[0], [0]]), "leaves": [[]]},
    "no number": _tables("tuple", [1], [["x"]]),
    "no day": {"days": ["yesterday"], "leaves": [], "batches": []},
    "nothing": {"days": [], "leaves": [], "batches": []},
    "no tables": [],
    "a word": "tables",
    "no batches": {"days": [], "leaves": []},
}


@pytest.mark.parametrize("tables", HOSTILE.values(), ids=HOSTILE)
def test_tables_that_are_none_are_refused_and_run_nothing(
    tables: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    with pytest.raises((AttributeError, LookupError, TypeError, ValueError)):
        from_tables(tables)

    assert [] == list(tmp_path.iterdir())


def test_a_dataclass_is_made_without_any_code_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    tables = to_tables(Text(id="a", en="b"))

    def run(self: Text, **values: object) -> None:
        pytest.fail("its code was run")

    for name in ("__init__", "__post_init__", "__setattr__", "__setstate__"):
        monkeypatch.setattr(Text, name, run, raising=False)

    assert "a" == from_tables(tables).id


def test_a_day_that_is_kept_is_a_day() -> None:
    assert date(2024, 5, 31) == _there_and_back(date(2024, 5, 31))
