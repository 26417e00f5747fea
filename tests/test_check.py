"""`advisor check` proves what it finds, and finds all that it says it looks for."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from typing import Any, get_args, get_type_hints

import pytest

from advisor import cli
from advisor.advice.conclusions import conclude
from advisor.catalogue import messages
from advisor.folders import built_in
from advisor.inference.case import CaseReader
from advisor.inference.day import Day
from advisor.inference.firing import Result
from advisor.inference.program import Row
from advisor.knowledge.case import RegistryFile, StudyCase
from advisor.knowledge.exception import ExceptionFile, Kind
from advisor.knowledge.fact import ConclusionFile, FactFile, Manifest
from advisor.knowledge.instrument import InstrumentFile
from advisor.knowledge.question import GroupFile, QuestionFile
from advisor.knowledge.term import DoubtFile, FactorFile, GlossaryFile, StepFile, TermFile
from advisor.knowledge_base import Knowledge
from advisor.problem import ContradictionError, KnowledgeError
from advisor.text import LANGUAGES, Text
from advisor.verify.check.check import Check, check
from advisor.verify.check.files import Files
from advisor.verify.check.finding import Finding
from advisor.verify.check.marking import marked_apart
from advisor.verify.check.symmetry import Symmetry
from advisor.verify.check.twin import Twins
from advisor.verify.check.unshown import NEVER, SHOWN, depending
from advisor.verify.proof.days import Days
from advisor.verify.proof.example import Example
from broken_knowledge import NAMES, Broken, described, told
from rows import drawn_answers

SAID_ALONE = {"related", "example", "marked", "marked_count", "why", "none", "found", "stopped", "extent"}
"""The texts of the report that are no findings."""
SHOWING = ("gap", "conflict", "duplicate", "subsumed", "outdated")
"""The kinds of findings of which there are examples."""


@pytest.fixture(scope="module")
def shipped(knowledge: Knowledge) -> Check:
    return check(knowledge, built_in("kbase"), built_in("rules"))


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Broken]:
    """Break knowledge by name, each once for all tests."""
    made: dict[str, Broken] = {}

    def of(name: str) -> Broken:
        if name not in made:
            made[name] = Broken.made(name, tmp_path_factory.mktemp(name) / "knowledge")
        return made[name]

    return of


# -- what is found ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", NAMES)
def test_knowledge_broken_on_purpose_has_exactly_the_findings_that_follow(
    name: str, broken: Callable[[str], Broken]
) -> None:
    assert broken(name).expected(name) == [told(finding) for finding in broken(name).check.findings]


def test_every_kind_of_finding_and_each_of_its_messages_is_broken_on_purpose() -> None:
    findings = [finding for name in NAMES for finding in described(name)["findings"]]

    assert set(get_args(Kind)) == {finding["kind"] for finding in findings}
    keys = {key for key in messages() if key.startswith("check.")} - {f"check.{name}" for name in SAID_ALONE}
    assert keys == {finding["key"] for finding in findings}


def test_the_shipped_knowledge_has_no_finding_outside_its_exceptions(shipped: Check) -> None:
    assert () == shipped.findings


def test_a_rule_of_law_is_never_outdated_since_it_ends_with_what_it_cites(tmp_path: Path) -> None:
    copy = Broken.made("outdated", tmp_path / "knowledge")
    copy.change("rules/extra.yaml", "authority: judgement", "authority: law")

    assert () == copy.check.findings


# -- exceptions ---------------------------------------------------------------------------------------------


def test_every_exception_is_needed_and_says_why(knowledge: Knowledge, shipped: Check) -> None:
    exceptions = knowledge.library.exceptions

    needed = {(marked.finding.kind, marked.finding.subject): marked.reason for marked in shipped.marked}
    assert {(exception.finding, exception.of): exception.reason for exception in exceptions} == needed


def test_without_its_exception_a_finding_is_back_and_no_other(knowledge: Knowledge, shipped: Check) -> None:
    files = Files.read(built_in("kbase"), built_in("rules"))
    findings = [marked.finding for marked in shipped.marked]
    exceptions = knowledge.library.exceptions
    assert len(exceptions) > 40

    for index, exception in enumerate(exceptions):
        rest = (*exceptions[:index], *exceptions[index + 1 :])
        left, marked = marked_apart(findings, rest, files)

        assert {(exception.finding, exception.of)} == {(finding.kind, finding.subject) for finding in left}
        assert len(findings) == len(left) + len(marked)


@pytest.mark.parametrize(
    ("entry", "key", "near"),
    [
        ("finding: unreed\n    of: sector=other", "exception.finding_unknown", "unread"),
        ("finding: cycle\n    of: parties.region.old", "exception.finding_unknown", ""),
        ("finding: unread\n    of: sector=other", "id.duplicate", None),
    ],
)
def test_an_exception_that_cannot_be_one_is_refused_when_it_is_read(
    entry: str, key: str, near: str | None, tmp_path: Path
) -> None:
    copy = Broken.whole(tmp_path / "knowledge")
    reason = "    reason: {id: Ada alasannya., en: There is a reason.}\n"
    copy.change("kbase/exceptions.yaml", "exceptions:\n", f"exceptions:\n  - {entry}\n{reason}")

    with pytest.raises(KnowledgeError) as caught:
        _ = copy.knowledge

    (problem,) = caught.value.problems
    assert (key, near) == (problem.key, problem.values.get("near"))


def test_knowledge_without_a_file_of_exceptions_has_none(tmp_path: Path) -> None:
    copy = Broken.whole(tmp_path / "knowledge")
    (copy.root / "kbase" / "exceptions.yaml").unlink()

    assert () == copy.knowledge.library.exceptions


# -- examples -----------------------------------------------------------------------------------------------


def _with_examples() -> Iterator[str]:
    for name in NAMES:
        if any(finding["kind"] in SHOWING for finding in described(name)["findings"]):
            yield name


def _completions(day: Day, codes: dict[str, int], count: int = 200) -> Iterator[Row]:
    """Yield random completions of some answers that contradict nothing."""
    domains = day.program.domains
    for seed in range(count):
        drawn = zip(domains, drawn_answers(seed, day), strict=True)
        row = tuple(codes.get(domain.id, code) for domain, code in drawn)
        if not day.generated.contradictions(row):
            yield row


def _shows(finding: Finding, result: Result) -> bool:
    """Whether what follows from some answers is what a finding is about."""
    if finding.kind == "gap":
        return result.holds(("admissible", "yes")) and not result.values(finding.subject)
    rules = {*finding.subject.split("+"), *(other.name for other in finding.others)}
    return rules <= {rule.rpartition("/")[0] or rule for rule in result.fired}


@pytest.mark.parametrize("name", list(_with_examples()))
def test_whatever_else_is_answered_an_example_shows_its_finding(name: str, broken: Callable[[str], Broken]) -> None:
    for finding in broken(name).check.findings:
        example = finding.example
        assert example is not None
        knowledge = broken(name).knowledge
        reader = CaseReader(knowledge.library, knowledge.rulebase)
        if finding.key == "check.outdated.contradiction":
            with pytest.raises(ContradictionError):
                reader.data(example.data)
            continue
        case = reader.data(example.data)
        if finding.subject == knowledge.library.manifest.era:  # the calendar alone decides
            (stretch,) = (s for s in Days(knowledge).every if s.first == example.as_of)
            assert {} == example.answers
            assert (0 if finding.kind == "gap" else 2) == len(stretch.eras)
            continue
        day = knowledge.on(case.as_of)
        completions = list(_completions(day, dict(case.codes)))
        assert len(completions) > 10
        assert all(_shows(finding, day.generated.run(row)) for row in completions)


def test_no_answer_of_an_example_can_be_left_out(broken: Callable[[str], Broken]) -> None:
    (finding,) = broken("gap").check.findings
    knowledge = broken("gap").knowledge
    assert finding.example is not None
    case = CaseReader(knowledge.library, knowledge.rulebase).data(finding.example.data)
    sat = knowledge.on(case.as_of).readers.sat

    assert len(case.codes) > 3
    values = [sat.literal(("operator", value)) for value in knowledge.library.values("operator")]
    otherwise = sat.clause([-sat.literal(("admissible", "yes")), *values])
    assert sat.completion(case.codes, [otherwise]) is None
    for question in case.codes:
        fewer = {name: code for name, code in case.codes.items() if name != question}
        assert sat.completion(fewer, [otherwise]) is not None, question


def test_the_advice_on_the_example_of_a_gap_or_conflict_is_refused_for_it(broken: Callable[[str], Broken]) -> None:
    for name, key in (("gap", "knowledge.gap"), ("conflict", "knowledge.conflict")):
        (finding,) = broken(name).check.findings
        knowledge = broken(name).knowledge
        assert finding.example is not None
        case = CaseReader(knowledge.library, knowledge.rulebase).data(finding.example.data)

        with pytest.raises(KnowledgeError) as caught:
            conclude(knowledge, case)

        assert [key] == [problem.key for problem in caught.value.problems]


def test_kinds_that_are_about_cases_have_examples_and_no_others_do(
    shipped: Check, broken: Callable[[str], Broken]
) -> None:
    findings = [marked.finding for marked in shipped.marked]
    findings += [finding for name in _with_examples() for finding in broken(name).check.findings]

    assert set(SHOWING) == {finding.kind for finding in findings if finding.example is not None}
    assert all(finding.example for finding in findings if finding.kind in SHOWING)


def test_an_example_is_an_answers_file(broken: Callable[[str], Broken]) -> None:
    copy = broken("gap")
    (finding,) = copy.check.findings

    assert isinstance(finding.example, Example)
    reader = CaseReader(copy.knowledge.library, copy.knowledge.rulebase)
    case = reader.text(finding.example.text.encode(), "example.yaml")
    assert (finding.example.as_of, finding.example.answers) == (case.as_of, case.answers)


# -- proofs against drawn answers ---------------------------------------------------------------------------


def _drawn(knowledge: Knowledge, count: int) -> Iterator[tuple[Day, Row]]:
    """Yield drawn answers on every stretch of days, the newest first."""
    for first, _ in reversed(knowledge.stretches()):
        day = knowledge.on(first)
        for row in _completions(day, {}, count):
            yield day, row


def _admissible_values(knowledge: Knowledge, result: Result) -> dict[str, tuple[str, ...]]:
    """Return what is shown of a result."""
    gate = knowledge.library.conclusion_file.gate
    if not result.holds((gate, "yes")):
        return {gate: result.values(gate)}
    return {fact: result.values(fact) for fact in knowledge.library.shown}


def test_drawn_answers_give_every_value_once_and_never_one_that_is_unreached(
    knowledge: Knowledge, shipped: Check
) -> None:
    single = [c.id for c in knowledge.library.conclusions.values() if c.kind == "one"]
    never = {tuple(m.finding.subject.split("=")) for m in shipped.marked if m.finding.kind == "unreached"}
    assert 5 == len(never)

    for day, row in _drawn(knowledge, 30):
        result = day.generated.run(row)
        assert not any(result.holds((fact, value)) for fact, value in never)
        if result.holds((knowledge.library.conclusion_file.gate, "yes")):
            assert [1] * len(single) == [len(result.values(name)) for name in single]


@pytest.mark.parametrize("name", ["dead-law", "dead-never", "dead-order", "dead-nothing"])
def test_drawn_answers_never_fire_a_rule_that_is_called_dead(name: str, broken: Callable[[str], Broken]) -> None:
    (finding,) = broken(name).check.findings

    for day, row in _drawn(broken(name).knowledge, 30):
        assert finding.subject not in day.generated.run(row).fired


def test_drawn_answers_never_fire_a_subsumed_rule_alone(knowledge: Knowledge, shipped: Check) -> None:
    subsumed = [marked.finding for marked in shipped.marked if marked.finding.kind == "subsumed"]
    assert 2 == len(subsumed)

    for day, row in _drawn(knowledge, 60):
        fired = day.generated.run(row).fired
        assert all(finding.subject not in fired or finding.others[0].name in fired for finding in subsumed)


def test_examples_of_the_exceptions_show_them_too(knowledge: Knowledge, shipped: Check) -> None:
    reader = CaseReader(knowledge.library, knowledge.rulebase)
    showing = [marked.finding for marked in shipped.marked if marked.finding.kind in SHOWING]
    assert {"outdated", "subsumed"} == {finding.kind for finding in showing}

    for finding in showing:
        assert finding.example is not None
        case = reader.data(finding.example.data)
        day = knowledge.on(case.as_of)
        assert all(_shows(finding, day.generated.run(row)) for row in _completions(day, dict(case.codes), 100))


def test_drawn_answers_show_the_same_whatever_option_without_effect_is_chosen(
    knowledge: Knowledge, shipped: Check
) -> None:
    options = [m.finding for m in shipped.marked if m.finding.kind == "unread" and "=" in m.finding.subject]
    pick = random.Random(1)  # noqa: S311
    compared = 0

    for day, row in _drawn(knowledge, 30):
        finding = pick.choice(options)
        question, option = finding.subject.split("=")
        index = day.program.position[question]
        domain = day.program.domains[index]
        bit = domain.bits[option]
        if domain.question.type == "choices":
            pair = [row[index] | 1 << bit, row[index] & ~(1 << bit)]
        else:
            pair = [bit, domain.bits[pick.choice(finding.others).name.split("=")[1]]]
        rows = [(*row[:index], code, *row[index + 1 :]) for code in pair]
        if not any(day.generated.contradictions(each) for each in rows):
            one, other = (_admissible_values(knowledge, day.generated.run(each)) for each in rows)
            assert one == other, finding.subject
            compared += 1
    assert compared > 300


def test_options_that_the_rules_treat_alike_by_their_form_are_never_told_apart(knowledge: Knowledge) -> None:
    symmetry = Symmetry(knowledge.rulebase)
    library = knowledge.library
    gate = library.conclusion_file.gate
    shown = [(f, v) for f in library.shown if f != gate for v in library.values(f)]
    alike = [
        (first, second)
        for domain in knowledge.rulebase.domains
        if domain.question.type == "choice"
        for number, second in enumerate(domain.atoms)
        for first in domain.atoms[:number]
        if symmetry.interchangeable(first, second)
    ]
    assert len(alike) > 5

    for first, _ in knowledge.stretches()[::9]:
        twins = Twins(knowledge.on(first).program, (gate, "yes"), shown)
        assert [] == [pair for pair in alike if twins.told_apart(pair)]
        assert twins.told_apart((("has_none", "x"), ("initiator", "province"), ("initiator", "city")))


# -- texts that show ----------------------------------------------------------------------------------------

SHAPES = {
    "cases": StudyCase,
    "conclusions": ConclusionFile,
    "doubts": DoubtFile,
    "exceptions": ExceptionFile,
    "factors": FactorFile,
    "facts": FactFile,
    "glossary": GlossaryFile,
    "groups": GroupFile,
    "instruments": InstrumentFile,
    "knowledge": Manifest,
    "questions": QuestionFile,
    "registry": RegistryFile,
    "steps": StepFile,
    "terms": TermFile,
}


def _sorts(shape: type[Any], path: str) -> Iterator[str]:
    """Yield the sorts of texts that a shape can hold."""
    hints = get_type_hints(shape)
    for field in fields(shape):
        for part in _types(hints[field.name]):
            if part is Text:
                yield f"{path}/{field.name}"
            elif is_dataclass(part):
                yield from _sorts(part, f"{path}/{field.name}")


def _types(annotation: Any) -> Iterator[type[Any]]:
    if isinstance(annotation, type):
        yield annotation
    for part in get_args(annotation):
        yield from _types(part)


def test_of_every_sort_of_text_it_is_said_whether_it_shows(knowledge: Knowledge) -> None:
    sorts = {sort for file, shape in SHAPES.items() for sort in _sorts(shape, file)}

    said = [*SHOWN, *NEVER, *depending(Days(knowledge))]
    assert len(said) == len(set(said))
    assert sorts == set(said)


# -- the command --------------------------------------------------------------------------------------------


def _run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    status = cli.main(["check", *words])
    captured = capsys.readouterr()
    return status, captured.out, captured.err


def test_the_shipped_knowledge_ends_with_status_0_and_names_exceptions_and_extent(
    capsys: pytest.CaptureFixture[str], knowledge: Knowledge, shipped: Check
) -> None:
    status, out, err = _run(capsys, "--lang", "en")

    assert (0, "") == (status, err)
    assert f"Deliberate exceptions: {len(shipped.marked)}" in out
    for marked in shipped.marked:
        assert f"[{marked.finding.kind} {marked.finding.subject}]\n    reason: {marked.reason.en}\n" in out
    assert shipped.extent is not None
    assert f"{len(knowledge.stretches())} stretches of days" in out
    assert f"{len(knowledge.library.articles)} articles" in out


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_finding_is_told_with_its_place_other_places_and_example(
    language: str, broken: Callable[[str], Broken], capsys: pytest.CaptureFixture[str]
) -> None:
    copy = broken("conflict")
    (finding,) = copy.check.findings
    (other,) = finding.others
    assert finding.example is not None

    status, out, _ = _run(capsys, *copy.words, "--lang", language)

    assert 1 == status
    sentence = finding.sentence("id" if language == "id" else "en")
    assert out.startswith(f"{finding.place}: {sentence} [conflict {finding.subject}]\n")
    assert f" {other.place} ({other.name})\n" in out
    assert "".join(f"      {line}\n" for line in finding.example.text.splitlines()) in out


def test_json_holds_all_of_every_finding_and_exception(
    broken: Callable[[str], Broken], shipped: Check, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    copy = broken("conflict")
    (finding,) = copy.check.findings
    (other,) = finding.others
    assert finding.example is not None
    status, out, _ = _run(
        capsys, *copy.words, "--lang", "en", "--format", "json", "-o", str(tmp_path / "check.json")
    )

    assert (1, "") == (status, out)
    data = json.loads((tmp_path / "check.json").read_text("utf-8"))
    assert {"findings", "exceptions", "proved"} == set(data)
    assert [
        {
            "kind": "conflict",
            "subject": finding.subject,
            "file": finding.place.file,
            "line": finding.place.line,
            "column": finding.place.column,
            "message": finding.sentence("en"),
            "others": [
                {
                    "name": other.name,
                    "file": other.place.file,
                    "line": other.place.line,
                    "column": other.place.column,
                }
            ],
            "example": {**finding.example.data, "as_of": finding.example.as_of.isoformat()},
        }
    ] == data["findings"]
    assert [m.reason.en for m in shipped.marked] == [exception["reason"] for exception in data["exceptions"]]
    assert shipped.extent is not None
    assert shipped.extent.rules == data["proved"]["rules"]


def test_examples_are_written_as_answers_files_that_advise_refuses_for_the_finding(
    broken: Callable[[str], Broken], capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    copy = broken("gap")
    folder = tmp_path / "deep" / "examples"

    assert 1 == _run(capsys, *copy.words, "--examples", str(folder))[0]

    assert ["gap-operator.yaml"] == [path.name for path in folder.iterdir()]
    assert 2 == cli.main(["advise", str(folder / "gap-operator.yaml"), *copy.words, "--lang", "en"])
    assert "operator" in capsys.readouterr().err


def test_a_folder_for_examples_that_cannot_be_made_is_refused(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "taken").write_text("", "utf-8")

    status, out, err = _run(capsys, "--examples", str(tmp_path / "taken"), "--lang", "en")

    assert (2, "") == (status, out)
    assert str(tmp_path / "taken") in err


@pytest.mark.parametrize("name", ["cycle", "translation-missing", "uncited-rule"])
def test_what_keeps_knowledge_from_being_loaded_is_a_finding_where_it_is_of_a_known_kind(
    name: str, broken: Callable[[str], Broken], capsys: pytest.CaptureFixture[str]
) -> None:
    status, out, err = _run(capsys, *broken(name).words, "--lang", "en")

    assert (1, "") == (status, err)
    (finding,) = broken(name).check.findings
    assert out.startswith(f"{finding.in_language('en')} [{finding.kind} {finding.subject}]\n")
    assert out.endswith("Findings outside the exceptions: 1\n" + messages()["check.stopped"]["en"] + "\n")


def test_knowledge_that_is_refused_for_anything_else_too_is_refused_as_everywhere(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    copy = Broken.made("uncited-rule", tmp_path / "knowledge")
    copy.change("rules/era.yaml", "decision: era\n", "decision: era\nunknown: yes\n")

    status, out, err = _run(capsys, *copy.words, "--lang", "en")

    assert (2, "") == (status, out)
    assert 'unknown key "unknown"' in err
    assert "cites" in err


@pytest.mark.parametrize("missing", ["id: parties.region.old", "authority: law"])
def test_a_key_that_is_missing_elsewhere_is_no_finding_of_check(
    missing: str, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    copy = Broken.whole(tmp_path / "knowledge")
    old = "  - id: parties.region.old\n    when: {counterparts: region}\n"
    new = "  - when: {counterparts: region}\n"
    if missing.startswith("authority"):
        old, new = "see: [pp50-2007:3]\n    authority: law\n", "see: [pp50-2007:3]\n"
    copy.change("rules/parties.yaml", old, new)

    assert 2 == _run(capsys, *copy.words)[0]


def test_a_finding_that_is_marked_is_listed_with_its_reason_and_no_fault(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    copy = Broken.made("unread-fact", tmp_path / "knowledge")
    reason = "Kelak dipakai."
    entry = f"  - finding: unread\n    of: useless\n    reason: {{id: {reason}, en: It will be used.}}\n"
    copy.change("kbase/exceptions.yaml", "exceptions:\n", f"exceptions:\n{entry}")

    status, out, _ = _run(capsys, *copy.words)

    assert 0 == status
    assert f"[unread useless]\n    alasan: {reason}\n" in out


def test_places_are_named_as_seen_from_here_wherever_the_knowledge_was_loaded(
    knowledge: Knowledge, shipped: Check, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    elsewhere = check(knowledge, built_in("kbase"), built_in("rules"))

    assert [m.finding.place.line for m in shipped.marked] == [m.finding.place.line for m in elsewhere.marked]
    for marked in elsewhere.marked:
        assert Path(marked.finding.place.file).is_absolute()
        assert Path(marked.finding.place.file).is_file()


def test_knowledge_of_which_no_day_has_a_regime_of_law_is_still_checked(tmp_path: Path) -> None:
    copy = Broken.whole(tmp_path / "knowledge")
    era = copy.root / "rules" / "era.yaml"
    era.write_text(era.read_text("utf-8").replace("authority: law", "authority: judgement"), "utf-8")

    assert [("conflict", "era")] == [(finding.kind, finding.subject) for finding in copy.check.findings]


def test_the_same_check_gives_the_same_text(knowledge: Knowledge, broken: Callable[[str], Broken]) -> None:
    copy = broken("gap")
    again = check(replace(copy.knowledge), *copy.folders)

    assert [f.example and f.example.text for f in copy.check.findings] == [
        f.example and f.example.text for f in again.findings
    ]
