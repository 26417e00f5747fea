"""The whole check of a knowledge base: every kind of finding, the marked exceptions, and how much was proved."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from advisor.knowledge.exception import Kind
from advisor.knowledge_base import Knowledge
from advisor.problem import InputError, Problem, place_of
from advisor.snapshot import digest_of, read_together
from advisor.verify.check.addressee import wrong_addressees
from advisor.verify.check.articles import uncited, unused_articles
from advisor.verify.check.dead import DeadRules
from advisor.verify.check.doubled import doubled_rules
from advisor.verify.check.drafts import draft_findings
from advisor.verify.check.files import Files
from advisor.verify.check.finding import Finding
from advisor.verify.check.idle import idle_conditions
from advisor.verify.check.lapsed import lapsed
from advisor.verify.check.marking import Marked, marked_apart
from advisor.verify.check.outdated import outdated, outdated_texts
from advisor.verify.check.single_values import single_value_findings
from advisor.verify.check.translation import untranslated
from advisor.verify.check.unreached import unreached
from advisor.verify.check.unread import unread
from advisor.verify.proof.days import Days

READ: tuple[Kind, ...] = ("translation", "unused_article", "uncited")
"""What is found by reading the files, also where no day has a regime of law and nothing can be proved."""


@dataclass(frozen=True, slots=True)
class Extent:
    """Of how much the findings are all there is: numbers of what was looked at."""

    stretches: int
    rules: int
    conditions: int
    questions: int
    options: int
    values: int
    articles: int
    texts: int


@dataclass(frozen=True, slots=True)
class Check:
    """The findings, the deliberate exceptions, and the extent of the check (None: nothing could be proved)."""

    findings: tuple[Finding, ...]
    marked: tuple[Marked, ...] = ()
    extent: Extent | None = None

    @property
    def data(self) -> dict[str, object]:
        """The check as `plain` takes it."""
        return {
            "findings": [finding.data for finding in self.findings],
            "exceptions": [marked.finding.data | {"reason": marked.reason} for marked in self.marked],
            "proved": self.extent,
        }


def check(knowledge: Knowledge, kbase: Path, rules: Path) -> Check:
    """Check the knowledge that was loaded from the two folders.

    What is found is proved: by SAT over all answers on every day that is covered, or by reading all files. Raises
    `InputError` where they have changed since.
    """
    sources = read_together(kbase, rules)
    if digest_of(sources) != knowledge.digest:
        raise InputError([Problem(place_of(kbase), "knowledge.changed")])
    files = Files.of(*sources)
    days = Days(knowledge)
    exceptions = [e for e in knowledge.library.exceptions if days.stretches or e.finding in READ]
    findings, marked = marked_apart(_findings(days, files), exceptions, files)
    return Check(findings, marked, _extent(knowledge, days, files))


def _findings(days: Days, files: Files) -> Iterator[Finding]:
    yield from single_value_findings(days, files)
    yield from untranslated(files)
    yield from unused_articles(files)
    yield from uncited(files)
    if days.stretches:
        dead = DeadRules(days, files)
        yield from dead.findings()
        yield from doubled_rules(days, files, dead.dead)
        yield from idle_conditions(days, files, dead.dead)
        yield from outdated(days, files)
        yield from outdated_texts(days, files)
        yield from lapsed(days, files)
        yield from wrong_addressees(days, files)
        yield from unreached(days, files)
        yield from unread(days, files)
        yield from draft_findings(days, files)


def _extent(knowledge: Knowledge, days: Days, files: Files) -> Extent:
    library, rulebase = knowledge.library, knowledge.rulebase
    return Extent(
        stretches=len(days.every),
        rules=len(rulebase.authored),
        conditions=sum(1 for _ in rulebase.tests()),
        questions=len(library.questions),
        options=sum(len(question.option_ids) for question in library.questions.values()),
        values=sum(len(library.values(name)) for name in library.all_facts),
        articles=len(library.articles),
        texts=sum(1 for _ in files.texts()),
    )
