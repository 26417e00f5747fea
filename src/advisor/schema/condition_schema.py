"""The language of `when` as definitions, with the names of one knowledge base in it."""

from __future__ import annotations

from collections.abc import Iterable

from advisor.inference.formula import IN_FORCE
from advisor.inference.vocabulary import Vocabulary
from advisor.knowledge.library import Library
from advisor.schema.node import Node, described, either, list_of, mapping, one_or_more, ref, saying
from advisor.schema.vocabulary_schema import texts_on


def condition_defs(library: Library) -> dict[str, Node]:
    """Return the definitions `condition`, `condition_on_answers` (for contradictions) and `test.NAME`."""
    vocabulary = Vocabulary(library)
    dated = {IN_FORCE: described(one_or_more(ref("reference")), saying("schema.in_force"))}
    return {
        "condition": _condition("condition", vocabulary.names, dated),
        "condition_on_answers": _condition("condition_on_answers", library.questions, {}),
        **{f"test.{name}": _test(library, vocabulary, name) for name in vocabulary.names},
    }


def _condition(own: str, names: Iterable[str], more: dict[str, Node]) -> Node:
    """Return a condition whose parts are conditions of the same kind."""
    joints = {
        "all": described(list_of(ref(own)), saying("schema.all")),
        "any": described(list_of(ref(own)), saying("schema.any")),
        "not": described(ref(own), saying("schema.not")),
    }
    return described(mapping({**{name: ref(f"test.{name}") for name in names}, **joints, **more}))


def _test(library: Library, vocabulary: Vocabulary, name: str) -> Node:
    """Return what a condition may ask of a question or fact."""
    about = texts_on(library, name)
    if vocabulary.is_number(name):
        return described(_number_test(vocabulary, name), *about)
    grouped = vocabulary.options(name) != vocabulary.values(name)
    value = ref(f"option.{name}" if grouped else f"value.{name}")
    tests: dict[str, Node] = {"not": described(ref(f"test.{name}"), saying("schema.other_value"))}
    if vocabulary.is_many(name):
        tests |= _counting(one_or_more(value))
    operators = mapping(tests)
    if vocabulary.is_many(name):
        operators["dependentRequired"] = {"count": ["of"], "of": ["count"]}
    return described(either(value, list_of(value), operators), *about)


def _number_test(vocabulary: Vocabulary, name: str) -> Node:
    low, high = vocabulary.bounds(name)
    over = {"type": "integer", "minimum": low, "maximum": high - 1}
    other = described(ref(f"test.{name}"), saying("schema.other_value"))
    # The title is what an editor expects where something else stands.
    return {"title": "{over: N}", **mapping({"over": described(over, saying("schema.over")), "not": other})}


def _counting(options: Node) -> dict[str, Node]:
    return {
        "empty": described(ref("yes_no"), saying("schema.empty")),
        "count": described({"type": "integer", "minimum": 1}, saying("schema.count")),
        "of": described(options, saying("schema.of")),
    }
