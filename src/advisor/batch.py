"""Bulk work: one case a line in, one line of conclusions out, in the same order."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import date
from itertools import chain, islice
from pathlib import Path
from typing import Any

from advisor.advice.advice import Conclusion
from advisor.advice.advising import advise
from advisor.advice.as_data import conclusion_data
from advisor.advice.conclusions import conclude, era_of
from advisor.inference.case import Case, CaseReader
from advisor.knowledge.document import MAX_BYTES
from advisor.knowledge_base import Knowledge
from advisor.knowledge_cache import kept_knowledge
from advisor.problem import InputError, Place, Problem
from advisor.text import Language

CHUNK = 100


@dataclass(frozen=True, slots=True)
class BatchOptions:
    """How a batch is run; plain data, so that it can be handed to other processes."""

    language: Language = "id"
    explain: bool = False
    as_of: date | None = None
    kbase: Path | None = None
    rules: Path | None = None
    name: str = "batch"


@dataclass(frozen=True, slots=True)
class BatchLine:
    """The answer to one line: JSON text, and whether the line was bad."""

    text: str
    bad: bool


def run_batch(lines: Iterable[bytes], options: BatchOptions, workers: int | None = None) -> Iterator[BatchLine]:
    """Yield the answer to each line, in order. A bad line becomes an error line, and the rest goes on.

    Work is spread over `workers` processes (default: one a core) once there is more than a few chunks of it.
    """
    count = workers if workers is not None else os.cpu_count() or 1
    chunks = _chunks(lines)
    first = list(islice(chunks, 3))
    if count < 2 or len(first) < 3:
        work = _Worker(options)
        for chunk in chain(first, chunks):
            yield from work.run(chunk)
        return
    pool = ProcessPoolExecutor(count, initializer=_start, initargs=(options,))
    try:
        # No more than a few chunks a process are under way at once, so a long file is never held in memory.
        waiting = [pool.submit(_work, chunk) for chunk in first]
        for chunk in chunks:
            waiting.append(pool.submit(_work, chunk))
            if len(waiting) > 4 * count:
                yield from waiting.pop(0).result()
        for future in waiting:
            yield from future.result()
    finally:
        # Whoever stops reading early does not wait for what nobody wants any more.
        pool.shutdown(wait=True, cancel_futures=True)


def _chunks(lines: Iterable[bytes]) -> Iterator[list[tuple[int, bytes]]]:
    numbered = iter(enumerate(lines, start=1))
    while chunk := list(islice(numbered, CHUNK)):
        yield chunk


class _Worker:
    """Answers lines in one process."""

    def __init__(self, options: BatchOptions) -> None:
        self.options = options
        self.knowledge: Knowledge = kept_knowledge(options.kbase, options.rules)
        self.reader = CaseReader(self.knowledge.library, self.knowledge.rulebase)

    def run(self, chunk: list[tuple[int, bytes]]) -> list[BatchLine]:
        return [self._line(number, raw) for number, raw in chunk]

    def _line(self, number: int, raw: bytes) -> BatchLine:
        try:
            data = _json(raw, Place(self.options.name, number, 1))
            case = self.reader.data(data, f"{self.options.name}:{number}", self.options.as_of)
            answer = self._answer(number, case)
        except InputError as error:
            bad = {"line": number, "error": error.in_language(self.options.language)}
            return BatchLine(_written(bad), bad=True)
        return BatchLine(_written(answer), bad=False)

    def _answer(self, number: int, case: Case) -> dict[str, Any]:
        explain = self.options.explain
        conclusions: dict[str, Conclusion] = (
            dict(advise(self.knowledge, case).conclusions) if explain else conclude(self.knowledge, case)
        )
        label = {} if case.id is None else {"id": case.id}
        return {
            "line": number,
            **label,
            "as_of": case.as_of.isoformat(),
            "era": era_of(self.knowledge, self.knowledge.on(case.as_of)),
            "unanswered": [name for name in self.reader.domains if name not in case.answers],
            "conclusions": {
                name: conclusion_data(conclusion, self.options.language, explain=explain)
                for name, conclusion in conclusions.items()
            },
        }


_worker: _Worker | None = None


def _start(options: BatchOptions) -> None:
    global _worker
    _worker = _Worker(options)


def _work(chunk: list[tuple[int, bytes]]) -> list[BatchLine]:
    if _worker is None:  # pragma: no cover - the pool always runs the initializer first
        raise RuntimeError("the worker process was not initialised")
    return _worker.run(chunk)


def _json(raw: bytes, place: Place) -> Any:
    if len(raw) > MAX_BYTES:
        values = {"size": str(len(raw)), "most": str(MAX_BYTES)}
        raise InputError([Problem(place, "file.too_large", values)])
    if not raw.strip():
        raise InputError([Problem(place, "batch.empty_line")])
    try:
        return json.loads(raw, object_pairs_hook=_unique)
    except _DuplicateKeyError as error:
        raise InputError([Problem(place, "yaml.duplicate_key", {"name": str(error)})]) from error
    except (ValueError, RecursionError) as error:
        raise InputError([Problem(place, "batch.not_json", {"reason": str(error)})]) from error


def _written(data: dict[str, Any]) -> str:
    """Return data as JSON that can be written as UTF-8 (half a surrogate pair cannot, unless it is escaped)."""
    text = json.dumps(data, ensure_ascii=False)
    try:
        text.encode()
    except UnicodeEncodeError:
        return json.dumps(data)
    return text


class _DuplicateKeyError(Exception):
    """A key that stands twice in one object."""


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise _DuplicateKeyError(key)
        found[key] = value
    return found
