"""What is wrong with broken YAML, in the words of the catalogue."""

from __future__ import annotations

from itertools import islice
from pathlib import Path
from typing import Final

import yaml
from yaml.reader import ReaderError

from advisor.problem import Place, Problem, place_of

SYNTAX: Final = (
    ("found a tab character", "yaml.syntax.tab"),
    ("directive", "yaml.syntax.directive"),
    ("found incompatible YAML document", "yaml.syntax.directive"),
    ("while scanning a tag", "yaml.syntax.tag"),
    ("while parsing a tag", "yaml.syntax.tag"),
    ("found undefined tag handle", "yaml.syntax.tag"),
    ("while scanning an alias", "yaml.syntax.anchor"),
    ("while scanning an anchor", "yaml.syntax.anchor"),
    ("while scanning a block scalar", "yaml.syntax.block"),
    ("mapping values are not allowed", "yaml.syntax.colon"),
    ("found unexpected ':'", "yaml.syntax.colon"),
    ("mapping keys are not allowed", "yaml.syntax.question_mark"),
    ("could not find expected ':'", "yaml.syntax.no_colon"),
    ("did not find expected key", "yaml.syntax.indentation"),
    ("did not find expected '-' indicator", "yaml.syntax.indentation"),
    ("block sequence entries are not allowed", "yaml.syntax.entry"),
    ("did not find expected ',' or ']'", "yaml.syntax.list"),
    ("did not find expected ',' or '}'", "yaml.syntax.mapping"),
    ("did not find expected node content", "yaml.syntax.bracket"),
    ("did not find expected <document start>", "yaml.syntax.complete"),
    ("found character that cannot start any token", "yaml.syntax.character"),
    ("found unexpected end of stream", "yaml.syntax.quote"),
    ("found unexpected document indicator", "yaml.syntax.quote"),
    ("found unknown escape character", "yaml.syntax.escape"),
    ("did not find expected hexdecimal number", "yaml.syntax.code"),
    ("found invalid Unicode character escape code", "yaml.syntax.code"),
    ("control characters are not allowed", "yaml.syntax.control"),
)
"""What the parser says of broken YAML (what it was doing, and what it found), and which message says it to people;
the first that fits."""


def syntax_problem(error: yaml.YAMLError, text: str, path: Path) -> Problem:
    """Return what the parser found wrong with `text`, with its place; `path` is only named.

    Where its words are not known they are quoted.
    """
    place, said = place_of(path), str(error)
    if isinstance(error, yaml.MarkedYAMLError):
        mark = error.problem_mark or error.context_mark
        place = place_of(path, mark.line + 1, mark.column + 1) if mark else place
        said = f"{error.context}: {error.problem}" if error.context else str(error.problem)
    elif isinstance(error, ReaderError):
        # The parser counts bytes.
        before = text.encode()[: error.position].decode(errors="ignore")
        place = place_of(path, before.count("\n") + 1, len(before) - before.rfind("\n"))
        said = error.reason
    key = next((key for words, key in SYNTAX if words in said), None)
    if key is None:
        return Problem(place, "yaml.syntax", {"said": said})
    return Problem(place, _seen_closer(key, place, text))


def _seen_closer(key: str, place: Place, text: str) -> str:
    """Return the message that fits better, where the line itself says more than the parser."""
    line = next(islice(text.splitlines(), max(place.line - 1, 0), None), "")
    column = max(place.column - 1, 0)
    if key == "yaml.syntax.character" and line[column:].startswith("\t"):
        return "yaml.syntax.tab"
    if key == "yaml.syntax.indentation" and line[:column].strip():
        return "yaml.syntax.behind"
    return key
