"""Which decisions are joined by a line, and in what order decisions stand."""

from __future__ import annotations

from collections.abc import Collection, Iterable

Pair = tuple[str, str]


def without_cycles(ids: Iterable[str], pairs: Collection[Pair]) -> list[Pair]:
    """Return the pairs but for those that lead back.

    Facts never depend on themselves, but two decisions can each state something that the other one uses.
    """
    after: dict[str, list[str]] = {}
    for source, target in pairs:
        after.setdefault(source, []).append(target)
    kept: list[Pair] = []
    done: set[str] = set()
    under_way: set[str] = set()

    def visit(name: str) -> None:
        under_way.add(name)
        for target in after.get(name, ()):
            if target in under_way:
                continue
            kept.append((name, target))
            if target not in done:
                visit(target)
        under_way.discard(name)
        done.add(name)

    for name in ids:
        if name not in done:
            visit(name)
    return kept


def without_shortcuts(pairs: Collection[Pair]) -> list[Pair]:
    """Return the pairs (without cycles) but for those whose ends are joined by a longer way too."""
    after: dict[str, set[str]] = {}
    for source, target in pairs:
        after.setdefault(source, set()).add(target)
    beyond: dict[str, set[str]] = {}

    def reached(name: str) -> set[str]:
        if name not in beyond:
            beyond[name] = set().union(*({target} | reached(target) for target in after.get(name, ())))
        return beyond[name]

    return [
        (source, target)
        for source, target in pairs
        if not any(target in reached(other) for other in after[source] if other != target)
    ]


def layers(ids: Collection[str], pairs: Collection[Pair], *, short: bool) -> dict[str, int]:
    """Return a layer for each id, so that all pairs (without cycles) lead to a later one.

    Each is as early as it can be, or, for `short` lines, as late where more lines begin than end.
    """
    before: dict[str, list[str]] = {name: [] for name in ids}
    after: dict[str, list[str]] = {name: [] for name in ids}
    for source, target in pairs:
        before[target].append(source)
        after[source].append(target)
    found: dict[str, int] = {}

    def earliest(name: str) -> int:
        if name not in found:
            found[name] = 1 + max((earliest(source) for source in before[name]), default=-1)
        return found[name]

    for name in sorted(ids, key=earliest, reverse=True):
        if short and len(after[name]) > len(before[name]):
            found[name] = min(found[target] for target in after[name]) - 1
    return found
