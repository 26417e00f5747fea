"""`advisor check`: proves or refutes that the rule base is sound."""

from __future__ import annotations

import argparse
import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from advisor.commands.common import DONE, NEGATIVE, format_of, knowledge_of, write_result
from advisor.folders import built_in
from advisor.output import opened, writing_to
from advisor.plain_data import plain
from advisor.problem import KnowledgeError
from advisor.report.check_report import check_report
from advisor.text import Language
from advisor.verify.check.check import Check, check
from advisor.verify.check.finding import Finding
from advisor.verify.check.refused import refused


def run(arguments: argparse.Namespace, language: Language) -> int:
    """Write what was found as a report or as JSON; 1 where something is that is no marked exception."""
    format_of(arguments, language)  # what cannot be written is refused before the work
    found = _checked(arguments)
    if arguments.examples is not None:
        _write_examples(found.findings, arguments.examples)
    write_result(
        arguments,
        language,
        lambda: check_report(found, language, all_exceptions=arguments.all),
        lambda: plain(found.data, language),
    )
    return NEGATIVE if found.findings else DONE


def _checked(arguments: argparse.Namespace) -> Check:
    try:
        knowledge = knowledge_of(arguments)
    except KnowledgeError as error:
        findings = refused(error)
        if findings is None:
            raise
        return Check(findings)
    return check(knowledge, arguments.kbase or built_in("kbase"), arguments.rules or built_in("rules"))


def _write_examples(findings: Iterable[Finding], folder: Path) -> None:
    """Write the example of each finding that has one as an answers file. Raises `CannotWriteError`."""
    with writing_to(folder):
        folder.mkdir(parents=True, exist_ok=True)
    written: Counter[str] = Counter()
    for finding in findings:
        if finding.example is not None:
            name = re.sub(r"[^A-Za-z0-9_.+=-]", "_", f"{finding.kind}-{finding.subject}")
            written[name] += 1
            number = f"-{written[name]}" if written[name] > 1 else ""
            with opened(folder / f"{name}{number}.yaml") as stream:
                stream.write(finding.example.text)
