"""The committed schemas, and what fits them, as the program and as editors read YAML."""

from __future__ import annotations

import json
import re
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from jsonschema import Draft202012Validator
from referencing import Registry, Resource

from advisor.knowledge.document import parse_document

TOP = Path(__file__).resolve().parents[1]
FOLDER = TOP / "kbase" / "schema"
HEADER = re.compile(r"# yaml-language-server: \$schema=(\S+)")


@cache
def contents() -> dict[str, Any]:
    """The committed schemas by the names of their files."""
    return {path.name: json.loads(path.read_text("utf-8")) for path in sorted(FOLDER.glob("*.json"))}


@cache
def registry() -> Registry[Any]:
    """What the references of the schemas lead to."""
    return Registry().with_resources((name, Resource.from_contents(node)) for name, node in contents().items())


def mistakes(schema: dict[str, Any], data: Any) -> list[str]:
    """Return where `data` does not fit the schema."""
    checker = Draft202012Validator.FORMAT_CHECKER
    validator = Draft202012Validator(schema, registry=registry(), format_checker=checker)
    return sorted({error.json_path for error in validator.iter_errors(data)})


def as_the_program_reads(text: str) -> Any:
    """Return YAML as the project's reader takes it: `yes` is a truth value, a day is a date."""
    return _with_days(parse_document(text.encode(), Path("probe.yaml")).data)


def as_editors_read(text: str) -> Any:
    """Return YAML as version 1.2 has it: `yes` and a day are words."""
    return yaml.load(text, Loader=Core)  # noqa: S506 - it makes nothing but plain data


class Core(yaml.CSafeLoader):
    """Reads YAML by the core schema of version 1.2."""

    yaml_implicit_resolvers = {}  # noqa: RUF012 - that is how PyYAML keeps them


Core.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(true|True|TRUE|false|False|FALSE)$"), [*"tTfF"])
Core.add_implicit_resolver("tag:yaml.org,2002:null", re.compile(r"^(~|null|Null|NULL|)$"), ["~", "n", "N", ""])
Core.add_implicit_resolver("tag:yaml.org,2002:int", re.compile(r"^[-+]?[0-9]+$"), [*"-+0123456789"])
Core.add_implicit_resolver("tag:yaml.org,2002:float", re.compile(r"^[-+]?[0-9]+\.[0-9]+$"), [*"-+0123456789"])


def _with_days(data: Any) -> Any:
    """Return data with days written out: JSON has none."""
    if isinstance(data, dict):
        return {key: _with_days(value) for key, value in data.items()}
    if isinstance(data, list):
        return [_with_days(value) for value in data]
    return data.isoformat() if isinstance(data, date) else data


def schema_of(path: Path) -> Path:
    """Return the schema that the first line of a file names."""
    first = path.read_text("utf-8").partition("\n")[0]
    found = HEADER.fullmatch(first)
    assert found, f"{path.relative_to(TOP)} does not begin with its schema"
    return (path.parent / found[1]).resolve()
