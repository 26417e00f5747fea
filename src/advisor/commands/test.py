"""`advisor test`: scenarios run through both readers; with --coverage and --mutate, how much they prove."""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from advisor.catalogue import say
from advisor.commands.common import (
    DONE,
    NEGATIVE,
    format_of,
    knowledge_of,
    refuse_beside,
    refuse_same_file,
    refuse_unknown_rules,
    refuse_without,
    write_result,
)
from advisor.commands.progress import showing_progress
from advisor.explain.what_if import read_changes
from advisor.folders import built_in
from advisor.inference.case import CaseReader
from advisor.knowledge_base import Knowledge
from advisor.output import opened, tell
from advisor.papers.document import Document
from advisor.paths import resolved
from advisor.plain_data import plain
from advisor.problem import UsageError
from advisor.report.coverage_page import write_coverage_page
from advisor.report.coverage_report import coverage_report
from advisor.report.mutation_report import mutation_report
from advisor.report.scenario_report import described, scenario_report
from advisor.scenario.junit import junit_xml
from advisor.scenario.result import ScenarioResult, results_data
from advisor.scenario.running import run_scenarios
from advisor.scenario.scenario import Scenario
from advisor.scenario.scenario_reader import read_scenarios
from advisor.text import Language

if TYPE_CHECKING:
    from advisor.verify.coverage.coverage import Coverage
    from advisor.verify.mutation.outcome import MutantOutcome

ANSWER: Final = "--answer"


@dataclass(frozen=True)
class _Proof:
    """What was asked for, each None where it was not."""

    results: list[ScenarioResult] | None = None
    coverage: Coverage | None = None
    mutants: list[MutantOutcome] | None = None

    @property
    def failed(self) -> bool:
        """Whether a scenario fails."""
        return any(result.status == "failed" for result in self.results or ())

    @property
    def negative(self) -> bool:
        """Whether anything fails, is missing or survives."""
        incomplete = self.coverage is not None and not self.coverage.complete
        return self.failed or incomplete or any(m.verdict == "survived" for m in self.mutants or ())


def run(arguments: argparse.Namespace, language: Language) -> int:
    """Run the scenarios that the arguments name; the status is 1 where anything fails, is missing or survives.

    Mutants are tried where every scenario passes; with --rule, which is for work on a few rules, at once. Raises
    `InputError` where a file of scenarios cannot be used, `UsageError` where no rule has a name that was given or a
    word would change nothing.
    """
    if not arguments.mutate:
        refuse_without("--mutate", {"--rule": arguments.rule}, language)
    elif arguments.rule:
        refuse_beside("--rule", {"--junit": arguments.junit}, language)
    format_of(arguments, language)  # what cannot be written is refused before the work
    knowledge = knowledge_of(arguments)
    scenarios = read_scenarios(
        knowledge, arguments.paths or [built_in("scenarios")], _completing(arguments.answer, knowledge)
    )
    _check_outputs(arguments, scenarios, language)
    _check_names(arguments.rule, knowledge, language)
    proof = _proof(arguments, knowledge, scenarios)
    if arguments.mutate and proof.mutants is None:
        tell(say("mutation.not_tried", language))
    if arguments.junit is not None and proof.results is not None:
        xml = junit_xml(proof.results, lambda result: described(knowledge.library, result, language), language)
        with opened(arguments.junit) as stream:
            stream.write(xml)
    if arguments.html is not None and proof.coverage is not None:
        with opened(arguments.html) as stream:
            write_coverage_page(knowledge, proof.coverage, language, stream)
    write_result(
        arguments, language, lambda: _report(proof, knowledge, language), lambda: plain(_data(proof), language)
    )
    return NEGATIVE if proof.negative else DONE


def _completing(words: Sequence[str], knowledge: Knowledge) -> Mapping[str, Any]:
    """Return the answers that complete scenarios. Raises `AnswersError` where they cannot be given."""
    completed = read_changes(words, knowledge, ANSWER)
    day = knowledge.library.manifest.covered_from
    CaseReader(knowledge.library, knowledge.rulebase).data({"as_of": day, "answers": completed}, ANSWER)
    return completed


def _proof(arguments: argparse.Namespace, knowledge: Knowledge, scenarios: Sequence[Scenario]) -> _Proof:
    proof = _Proof()
    if not (arguments.mutate and arguments.rule):
        with showing_progress(run_scenarios(knowledge, scenarios, arguments.jobs), len(scenarios)) as results:
            proof = _Proof(results=list(results))
    coverage, mutants = None, None
    if arguments.coverage or arguments.html is not None:
        # Imported late, here and below: those who only run scenarios need none of it.
        from advisor.verify.coverage.covering import coverage_of

        coverage = coverage_of(knowledge, scenarios)
    if arguments.mutate and not proof.failed:
        from advisor.verify.mutation.mutation import mutants_of, tried

        chosen = mutants_of(knowledge, arguments.rule)
        with showing_progress(tried(knowledge, scenarios, chosen, arguments.jobs), len(chosen)) as outcomes:
            mutants = list(outcomes)
    return _Proof(proof.results, coverage, mutants)


def _data(proof: _Proof) -> dict[str, Any]:
    data = results_data(proof.results or [])
    if proof.coverage is not None:
        data["coverage"] = proof.coverage.data
    if proof.mutants is not None:
        from advisor.verify.mutation.outcome import outcomes_data

        data["mutation"] = outcomes_data(proof.mutants)
    return data


def _report(proof: _Proof, knowledge: Knowledge, language: Language) -> Document:
    reports = []
    if proof.results is not None:
        reports.append(scenario_report(knowledge.library, proof.results, language))
    if proof.coverage is not None:
        reports.append(coverage_report(knowledge.library, proof.coverage, language))
    if proof.mutants is not None:
        reports.append(mutation_report(knowledge.library, proof.mutants, language))
    return Document.joined(reports)


def _check_names(prefixes: Sequence[str], knowledge: Knowledge, language: Language) -> None:
    """Raise `UsageError` where nothing that could be changed has a name that begins so."""
    if not prefixes:
        return
    from advisor.verify.mutation.mutation import mutants_of

    names = dict.fromkeys(mutant.subject for mutant in mutants_of(knowledge))
    refuse_unknown_rules(prefixes, names, language)


def _check_outputs(arguments: argparse.Namespace, scenarios: Sequence[Scenario], language: Language) -> None:
    """Raise `UsageError` where a result would overwrite a scenario file or another result."""
    outputs = [arguments.output or Path("-"), *filter(None, (arguments.junit, arguments.html))]
    for output in outputs:
        for file in dict.fromkeys(scenario.place.file for scenario in scenarios):
            refuse_same_file(file, output, language)
    places = [output if str(output) == "-" else resolved(output) for output in outputs]
    for number, output in enumerate(outputs):
        if places[number] in places[:number]:
            raise UsageError(say("scenario.same_output", language, file=output))
