"""The report on scenarios: for each that failed a line, then what was expected, what was found, and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from io import StringIO
from typing import Any

from advisor.advice.advice import INADMISSIBLE
from advisor.knowledge.library import Library
from advisor.knowledge.spelling import written
from advisor.papers.document import Document
from advisor.papers.paper import Paper
from advisor.papers.text_writer import MAX_WIDTH, write_text
from advisor.report.wording import Wording
from advisor.scenario.expectation import cited
from advisor.scenario.judging import Failure
from advisor.scenario.naming import fact_named
from advisor.scenario.observer import CITING
from advisor.scenario.result import Fired, ReaderName, ScenarioResult, counted
from advisor.text import Language

Row = tuple[str, str]

BY: dict[tuple[ReaderName, ...], str] = {
    ("experta", "compiled"): "scenario.by_both",
    ("compiled",): "scenario.by_compiled",
}


def scenario_report(library: Library, results: Sequence[ScenarioResult], language: Language) -> Document:
    """Write what failed and how, which scenarios wait for approval, and how many there are of each."""
    paper, wording = Paper(language), Wording(library, language)
    paper.title(wording.say("paper.scenarios"), on_screen=False)
    for result in results:
        if result.status == "failed":
            paper.paragraph(_line(wording, "scenario.failed_line", result), tone="bad")
            _write_result(paper, wording, result)
            paper.blank()
    for result in results:
        if result.status == "waiting":
            paper.paragraph(_line(wording, "scenario.waiting_line", result), tone="warning")
    paper.paragraph(wording.say("scenario.summary", **counted(results)), tone="strong")
    return paper.document


def _line(wording: Wording, key: str, result: ScenarioResult) -> str:
    scenario = result.scenario
    return wording.say(key, place=scenario.place, scenario=scenario.id, title=scenario.name)


def described(library: Library, result: ScenarioResult, language: Language, width: int = MAX_WIDTH) -> str:
    """Return why a scenario failed, as text for other programs to show."""
    paper, stream = Paper(language), StringIO()
    _write_result(paper, Wording(library, language), result)
    write_text(paper.document, stream, width)
    return stream.getvalue().rstrip("\n")


def _write_result(paper: Paper, wording: Wording, result: ScenarioResult) -> None:
    if result.disagreement is not None:
        values = {"facts": ", ".join(result.disagreement.facts), "rules": ", ".join(result.disagreement.rules)}
        paper.paragraph(wording.say("scenario.disagreement", **values), 2)
    by_fact: dict[str, list[Failure]] = {}
    for failure in result.failures:
        by_fact.setdefault(failure.expectation.fact, []).append(failure)
    told: list[tuple[Fired, ...]] = []
    for fact, failures in by_fact.items():
        for failure in failures:
            _write_failure(paper, wording, failure, result.readers)
        fired = _telling(wording.library, fact, failures, result.fired.get(fact, ()))
        if fired and fired not in told:
            told.append(fired)
            _write_fired(paper, wording, fired)


def _telling(
    library: Library, name: str, failures: Sequence[Failure], fired: tuple[Fired, ...]
) -> tuple[Fired, ...]:
    """Return the rules worth telling: of a list those behind what should not be there, or is not well cited."""
    fact = fact_named(library, name)
    if fact is None or fact.kind != "many" or any(failure.state == "inadmissible" for failure in failures):
        return fired
    about = {element for failure in failures for element in _elements(failure, library.values(fact.id))}
    return tuple(rule for rule in fired if rule.direct and any(atom[1] in about for atom in rule.concluded))


def _elements(failure: Failure, values: tuple[str, ...]) -> Iterator[str]:
    """Yield the elements of a list, out of all its `values`, whose rules tell why an expectation is not met."""
    expected: Any = failure.expected
    if failure.expectation.part in CITING:
        yield from expected if isinstance(expected, Mapping) else values
        return
    found = _listed(failure.found)
    match failure.expectation.part:
        case "excludes" | "never":
            yield from found
        case "contested":
            yield failure.expectation.fact  # what makes it contested concludes its name
        case "value" if failure.state == "settled":
            yield from (e for e in found if not isinstance(expected, tuple) or e not in expected)
        case "value" | "possible":
            lists = [value for value in found if isinstance(value, tuple)]
            yield from (e for value in lists if value != expected and value not in (expected or ()) for e in value)


def _write_failure(paper: Paper, wording: Wording, failure: Failure, readers: tuple[ReaderName, ...]) -> None:
    expectation = failure.expectation
    name = f"{expectation.fact}.{expectation.part}" if expectation.fact else expectation.part
    by = wording.say(BY[readers])
    paper.paragraph(f"{expectation.place}: {name} ({by})", 2)
    note = _note(wording, failure)
    if note:
        paper.paragraph(note, 4)
    for problem in failure.problems:
        paper.paragraph(problem.sentence(wording.language), 4)
    rows = _rows(wording, failure)
    if rows:
        heads = (wording.say("scenario.expected"), wording.say("scenario.found"))
        paper.table(heads, rows, 4)


def _note(wording: Wording, failure: Failure) -> str:
    """Return what must be known to read what was found."""
    part = failure.expectation.part
    if part == "refused":
        if failure.found is None:
            return wording.say("scenario.not_refused")
        return wording.say("scenario.refused_otherwise" if failure.expected else "scenario.refused_unexpectedly")
    if failure.state == "inadmissible":
        return wording.say("scenario.inadmissible")
    if failure.state == "no_other_regime":
        return wording.say("scenario.no_other_regime")
    if failure.state == "open" and part in ("value", "cites", "does_not_cite"):
        return wording.say("scenario.open" if part == "value" else "scenario.open_cites")
    return wording.say("scenario.must_not") if part in ("excludes", "never", "does_not_cite") else ""


def _rows(wording: Wording, failure: Failure) -> list[Row]:
    """Return what was expected and found, side by side; of lists what is missing (-) and what is too much (+)."""
    expected: Any = failure.expected
    found = failure.found
    match failure.expectation.part:
        case "cites" if isinstance(expected, Mapping):
            told = found if isinstance(found, Mapping) else {}
            return [row for e in expected for row in _asked_rows(expected[e], told.get(e, ()), f"{e}: ")]
        case "cites":
            return _asked_rows(expected, found)
        case "includes":
            return _asked_rows(expected, found, prefixes=False)
        case "does_not_cite" if failure.state != "settled":
            return []  # what its reasons name is not certain yet, and none of it is an intruder
        case "excludes" | "never" | "does_not_cite" if isinstance(found, tuple):
            return [("", f"+ {written(value)}") for value in found]
        case "refused" if expected is None or found is None:
            return [(f"- {name}", "") for name in expected or ()] + [("", f"+ {name}") for name in found or ()]
        case "value" | "contested" if not isinstance(expected, tuple) or failure.state != "settled":
            return [(written(expected), _alone(wording, failure))]
        case _:
            return _compared_rows(expected, _listed(found))


def _compared_rows(expected: Any, found: Any) -> list[Row]:
    return [
        *((f"  {written(value)}", f"  {written(value)}") for value in expected if value in found),
        *((f"- {written(value)}", "") for value in expected if value not in found),
        *(("", f"+ {written(value)}") for value in found if value not in expected),
    ] or [(written(expected), written(found))]


def _asked_rows(expected: Any, found: Any, name: str = "", *, prefixes: bool = True) -> list[Row]:
    """Return the rows of a list of which more may be found than is expected.

    A citation stands beside those of which it is the beginning, unless `prefixes` is false.
    """
    fitting = {
        value: [f for f in found if f == value or (prefixes and cited(value, frozenset([f])))] for value in expected
    }
    used = {f for several in fitting.values() for f in several}
    return [
        *((f"  {name}{value}", f"  {name}{', '.join(several)}") for value, several in fitting.items() if several),
        *((f"- {name}{value}", "") for value, several in fitting.items() if not several),
        *(("", f"  {name}{f}") for f in found if f not in used),
    ]


def _alone(wording: Wording, failure: Failure) -> str:
    """Return what was found where it is no list to be compared."""
    if failure.state == "inadmissible":
        return INADMISSIBLE
    if failure.state == "open" and failure.expectation.part == "value":
        return " | ".join(map(written, _listed(failure.found)))
    if failure.found == ():
        return wording.say("scenario.no_value")
    return written(failure.found)


def _listed(found: Any) -> tuple[Any, ...]:
    """Return what was found as a list; of a fact with too many lists its elements, uncertain ones in brackets."""
    if isinstance(found, Mapping):
        return (*found["certain"], *(f"({element})" for element in found["uncertain"]))
    return found if isinstance(found, tuple) else (found,)


def _write_fired(paper: Paper, wording: Wording, fired: Iterable[Fired]) -> None:
    paper.paragraph(wording.say("scenario.fired"), 4)
    for rule in fired:
        concluded = "; ".join(f"{fact}: {value}" for fact, value in rule.concluded)
        paper.bullet(f"{rule.place}: {rule.rule} -> {concluded}", indent=6, mark="•" if rule.direct else "◦")
        paper.paragraph(f"{wording.text(rule.text)} [{wording.citations(rule.cites)}]", 8, "quiet")
