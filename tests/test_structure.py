"""The house has no circles: no module imports, at whatever place, one that leads back to it."""

from __future__ import annotations

import ast
import importlib
import pkgutil
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

import advisor

ROOT = Path(advisor.__file__).parent
ROOMS = sorted(info.name for info in pkgutil.walk_packages([str(ROOT)], "advisor.") if info.ispkg)


def _modules() -> dict[str, Path]:
    found = {}
    for path in sorted(ROOT.rglob("*.py")):
        parts = path.relative_to(ROOT.parent).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


def _imported(path: Path, modules: dict[str, Path]) -> Iterator[str]:
    """Yield the modules of the package that a file imports anywhere, also for types alone or late."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in modules)
        elif isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                whole = f"{node.module}.{alias.name}"
                yield whole if whole in modules else node.module


def test_no_module_leads_back_to_itself() -> None:
    modules = _modules()
    # The face of the package names what it offers for type checkers; nobody inside imports it.
    graph = {
        name: {other for other in _imported(path, modules) if other in modules and other != "advisor"}
        for name, path in modules.items()
        if name != "advisor"
    }

    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        pytest.fail(" -> ".join(reversed(error.args[1])))


@pytest.mark.parametrize("room", ROOMS)
def test_each_room_says_in_one_sentence_what_is_in_it(room: str) -> None:
    text = importlib.import_module(room).__doc__ or ""

    assert text.endswith(".")
    assert "\n" not in text.strip(), text
