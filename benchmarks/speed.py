"""What everything costs, in one table and one run: python benchmarks/speed.py (it takes some minutes).

Ratios are within the run and can be compared between machines; seconds cannot.
"""

from __future__ import annotations

import platform
import tempfile
from collections.abc import Iterator
from datetime import date
from importlib.metadata import version
from pathlib import Path

from advisor.knowledge_base import Knowledge
from advisor.loading import load_knowledge
from commands import advice_rows, interview_rows, proof_rows
from deciding import batch_rows, deciding_rows
from measuring import Row, processors

DAY = date(2026, 1, 1)


def rows(knowledge: Knowledge, folder: Path) -> Iterator[Row]:
    """Yield the table row by row, as it is measured."""
    yield from deciding_rows(knowledge, DAY)
    yield from batch_rows(knowledge, DAY, folder)
    yield from advice_rows(folder)
    yield from interview_rows(knowledge, folder)
    yield from proof_rows(folder)


def main() -> None:
    """Print the table in Markdown."""
    knowledge = load_knowledge()
    rules = len(knowledge.on(DAY).program.rules)
    here = f"Python {platform.python_version()}, {platform.machine()}, {processors()} processors"
    print(f"advisor {version('kerjasama-advisor')}, {rules} rules on {DAY}; {here}")
    print("\n| | takes | times | as long as |\n|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        for row in rows(knowledge, Path(folder)):
            print(row, flush=True)


if __name__ == "__main__":
    main()
