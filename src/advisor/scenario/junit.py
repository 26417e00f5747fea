"""The results as JUnit XML, which build servers read: one testsuite a file, one testcase a scenario."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from advisor.catalogue import say
from advisor.scenario.result import ScenarioResult, counted
from advisor.text import Language

NOT_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML cannot hold."""


def junit_xml(
    results: Iterable[ScenarioResult], describe: Callable[[ScenarioResult], str], language: Language
) -> str:
    """Return a JUnit report; `describe` says why a scenario failed."""
    files: dict[str, list[ScenarioResult]] = {}
    for result in results:
        files.setdefault(result.scenario.place.file, []).append(result)
    root = Element("testsuites", {"name": "advisor test", **_totals([r for rs in files.values() for r in rs])})
    for file, of_file in files.items():
        suite = SubElement(root, "testsuite", {"name": _clean(file), **_totals(of_file)})
        for result in of_file:
            _add_case(suite, result, describe, language)
    indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(root, encoding="unicode") + "\n"


def _totals(results: Sequence[ScenarioResult]) -> dict[str, str]:
    counts = counted(results)
    return {
        "tests": str(len(results)),
        "failures": str(counts["failed"]),
        "errors": "0",
        "skipped": str(counts["waiting"]),
        "time": _seconds(sum(result.seconds for result in results)),
    }


def _add_case(
    suite: Element, result: ScenarioResult, describe: Callable[[ScenarioResult], str], language: Language
) -> None:
    scenario = result.scenario
    named = {"classname": _clean(scenario.place.file), "name": scenario.id, "time": _seconds(result.seconds)}
    case = SubElement(suite, "testcase", named)
    if result.status == "waiting":
        SubElement(case, "skipped", {"message": say("scenario.waiting", language)})
    if result.status == "failed":
        message = f"{scenario.place}: {scenario.name}"
        failure = SubElement(case, "failure", {"message": _clean(message), "type": "scenario"})
        failure.text = _clean(describe(result))


def _seconds(seconds: float) -> str:
    return f"{seconds:.3f}"


def _clean(text: str) -> str:
    return NOT_XML.sub("\ufffd", text)
