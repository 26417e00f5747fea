"""Texts that never show: what stands in kbase/ for readers, and no reader ever sees."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from advisor.knowledge.library import ARTICLES
from advisor.verify.check.files import FOLDERS, Files, Written
from advisor.verify.check.finding import Finding
from advisor.verify.proof.days import Days

# A text counts as shown where some command can write it out for a person: a report or its JSON, an explanation,
# the interview, a lesson, a picture, the questionnaire, the case library, a refusal, `check` itself, or the schema
# that an editor shows to rule authors. What only goes into the fingerprints of a receipt does not show. Sorts of
# texts are named by their folder or file and by their keys. Those of rules/ all show: also the reason of a silent
# rule, in lessons and explanations.
SHOWN = frozenset(
    {
        "cases/findings/form",
        "cases/findings/funding",
        "cases/findings/legal_base",
        "cases/findings/performance",
        "cases/findings/scope",
        "cases/findings/sustainability",
        "cases/issues",
        "cases/lesson",
        "cases/location",
        "cases/opportunities",
        "cases/outcome",
        "cases/reading/text",
        "cases/strengths",
        "cases/threats",
        "cases/title",
        "cases/weaknesses",
        "conclusions/conclusions/label",
        "conclusions/conclusions/question",
        "doubts/doubts/title",
        "exceptions/exceptions/reason",
        "factors/factors/label",
        "facts/facts/label",
        "groups/groups/label",
        "instruments/articles/label",
        "instruments/short",
        "instruments/title",
        "questions/questions/help",
        "questions/questions/options/help",
        "questions/questions/options/label",
        "questions/questions/short",
        "questions/questions/text",
        "questions/questions/unit",
        "questions/title",
        "registry/entries/note",
        "steps/steps/actor",
        "steps/steps/deadline",
        "steps/steps/label",
        "steps/steps/output",
        "terms/terms/label",
        "terms/title",
    }
)
NEVER = frozenset(
    {
        "cases/members/note",
        "doubts/doubts/text",
        "factors/factors/text",
        "glossary/terms/term",
        "glossary/terms/text",
        "instruments/articles/note",
        "instruments/note",
        "knowledge/title",
        "registry/entries/members/note",
        "registry/entries/title",
    }
)
DETAILED = ("documents", "notices", "next_steps_to_target")
"""The facts of whose terms a report, or its JSON, writes out more than the label."""


def unshown(days: Days, files: Files) -> Iterator[Finding]:
    """Yield each sort of texts of which some can never be shown: one finding a sort, with their number.

    That a rule never fires or a value never comes out is a finding of its own, and not told again here.
    """
    depends = depending(days)
    hidden: dict[str, list[Written]] = {}
    for text in files.texts():
        sort = sort_of(text)
        if sort in NEVER or (sort in depends and not depends[sort](text)):
            hidden.setdefault(sort, []).append(text)
    for sort, texts in hidden.items():
        told = {"sort": sort, "count": str(len(texts))}
        yield Finding("unshown", sort, texts[0].place, "check.unshown", told)


def sort_of(text: Written) -> str:
    """Return the sort of a text: its folder or file, and its keys without numbers and names of questions."""
    path = text.document.path
    file = path.parent.name if path.parent.name in (*FOLDERS, "rules") else path.stem
    keys = [step for step in text.key if isinstance(step, str)]
    if file == "cases" and keys[0] == "reading":
        del keys[1]
    return "/".join([file, *keys])


def depending(days: Days) -> Mapping[str, Callable[[Written], bool]]:
    """Return, for the sorts of which only some texts show, what says whether one does."""
    library = days.knowledge.library
    detailed = {library.all_facts[name].table for name in DETAILED if name in library.all_facts}
    listed = {conclusion.table for conclusion in library.conclusions.values() if conclusion.kind == "many"}
    risks = set(library.values("risks")) if "risks" in library.all_facts else set()
    cited = {cite for rule in days.knowledge.rulebase.rules if not rule.silent for cite in rule.grounds.cites}
    named = {name for name, fact in library.all_facts.items() if fact.table == ARTICLES}
    cited |= {value for rule in days.knowledge.rulebase.rules for fact, value in rule.heads if fact in named}
    law = {article for article in cited if library.instrument_of(article).rank != "study"}
    return {
        "factors/factors/evidence": lambda text: _around(text)["id"] in risks,
        "factors/factors/remedy": lambda text: _around(text)["id"] in risks,
        "instruments/articles/text": lambda text: _around(text)["id"] in law,
        "registry/entries/area": lambda text: not _around(text)["members"],
        "terms/terms/contents": lambda text: text.document.data["table"] in detailed,
        "terms/terms/parallels/text": lambda text: text.document.data["table"] in listed,
        "terms/terms/text": lambda text: text.document.data["table"] in detailed,
    }


def _around(text: Written) -> dict[str, object]:
    """Return the thing of a list in which a text stands."""
    part, index = text.key[:2]
    found: dict[str, object] = text.document.data[part][index]
    return found
