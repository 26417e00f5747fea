"""The report on mutants: those that no scenario noticed, each as a question to whoever knows the law."""

from __future__ import annotations

from collections.abc import Sequence

from advisor.knowledge.library import Library
from advisor.papers.document import Document
from advisor.papers.paper import Paper
from advisor.report.wording import Wording, decimal
from advisor.text import Language
from advisor.verify.coverage.coverage import Share
from advisor.verify.mutation.mutant import Mutant
from advisor.verify.mutation.outcome import MutantOutcome, TellingCase, ToldFact, counted
from advisor.yaml_text import LINE, yaml_text


def mutation_report(library: Library, outcomes: Sequence[MutantOutcome], language: Language) -> Document:
    """Write each mutant that survived, with a case that tells it from the original, and how many became what."""
    paper, wording = Paper(language), Wording(library, language)
    paper.title(wording.say("paper.mutation"), on_screen=False)
    for outcome in outcomes:
        if outcome.verdict == "survived" and outcome.telling is not None:
            _write_survivor(paper, wording, outcome.mutant, outcome.telling)
            paper.blank()
    numbers = counted(outcomes)
    noticed = numbers["caught"] + numbers["refused"]
    # The share of those that say anything else than the original.
    score = decimal(Share(noticed, noticed + numbers["survived"]).percent, language)
    paper.paragraph(wording.say("mutation.summary", all=len(outcomes), **numbers, score=score), tone="strong")
    return paper.document


def _write_survivor(paper: Paper, wording: Wording, mutant: Mutant, telling: TellingCase) -> None:
    change = wording.say(f"mutation.{mutant.kind}", **mutant.values)
    told = {"place": mutant.place, "subject": mutant.subject, "change": change}
    paper.paragraph(wording.say("mutation.survived", **told), tone="bad")
    for difference in _differences(wording, mutant, telling):
        paper.paragraph(difference, 2)
    key = "mutation.case_based" if telling.based_on else "mutation.case_whole"
    paper.paragraph(wording.say(key, day=telling.as_of, base=telling.based_on), 2)
    if telling.answers:
        paper.verbatim(yaml_text(dict(telling.answers), LINE).splitlines(), 4)
    paper.paragraph(wording.say("mutation.question"), 2)


def _differences(wording: Wording, mutant: Mutant, telling: TellingCase) -> list[str]:
    if mutant.change.exclusions is not None:
        return [wording.say("mutation.answers_differ")]
    if not telling.differences:
        return [wording.say("mutation.articles_differ")]
    return [_difference(wording, difference) for difference in telling.differences]


def _difference(wording: Wording, told: ToldFact) -> str:
    fact, before, after = told.fact, told.before, told.after
    nothing = wording.say("mutation.nothing")
    if wording.library.all_facts[fact].kind == "many":
        gone = ", ".join(value for value in before if value not in after)
        new = ", ".join(value for value in after if value not in before)
        return wording.say("mutation.list_difference", fact=fact, gone=gone or nothing, new=new or nothing)
    values = {"before": ", ".join(before) or nothing, "after": ", ".join(after) or nothing}
    return wording.say("mutation.difference", fact=fact, **values)
