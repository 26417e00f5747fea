"""Which of the dependencies between decisions are drawn as lines: none that leads back, and no shortcut."""

from __future__ import annotations

from collections.abc import Collection, Iterable

Line = tuple[str, str]
"""Two decisions, of which the second uses what the first one states."""


def without_cycles(ids: Iterable[str], lines: Collection[Line]) -> list[Line]:
    """Return the lines but for those that lead back.

    Facts never depend on themselves, but two decisions can each state something that the other one uses.
    """
    after = _after(lines)
    kept: list[Line] = []
    done: set[str] = set()
    under_way: set[str] = set()

    def visit(name: str) -> None:
        under_way.add(name)
        for target in after.get(name, ()):
            if target not in under_way:
                kept.append((name, target))
                if target not in done:
                    visit(target)
        under_way.discard(name)
        done.add(name)

    for name in ids:
        if name not in done:
            visit(name)
    return kept


def without_shortcuts(lines: Collection[Line]) -> list[Line]:
    """Return the lines (without cycles) but for those whose ends are joined by a longer way too."""
    after = _after(lines)
    beyond: dict[str, set[str]] = {}

    def reached(name: str) -> set[str]:
        if name not in beyond:
            beyond[name] = set().union(*({target} | reached(target) for target in after.get(name, ())))
        return beyond[name]

    return [
        (source, target)
        for source, target in lines
        if not any(target in reached(other) for other in after[source] if other != target)
    ]


def _after(lines: Iterable[Line]) -> dict[str, list[str]]:
    after: dict[str, list[str]] = {}
    for source, target in lines:
        after.setdefault(source, []).append(target)
    return after
