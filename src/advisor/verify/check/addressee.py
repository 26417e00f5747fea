"""Wrong addressees: rules that fire for cases of which an article that they cite does not speak."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from advisor.inference.addressees import read_addressees
from advisor.inference.cnf import Lit, denied
from advisor.inference.condition import formula_of, written
from advisor.inference.formula import Formula
from advisor.inference.ground import GroundRule
from advisor.inference.time_limit import deciding
from advisor.verify.check.files import Files
from advisor.verify.check.finding import Finding
from advisor.verify.proof.days import Days, Found, Stretch


class _Claim(NamedTuple):
    """A rule cites an article, which speaks of cases that meet a condition."""

    rule: GroundRule
    citation: str
    addressed: Formula
    condition: str


def wrong_addressees(days: Days, files: Files) -> Iterator[Finding]:
    """Yield each rule that fires, on some day and answers, where an article that it cites addresses somebody else.

    Whom an article addresses stands in its `applies_to`; an article without it is general.
    """
    documents = (document for document in files.kbase if "articles" in document.data)
    conditions = read_addressees(days.knowledge.library, documents, [])
    open_claims = [
        _Claim(rule, citation, formula_of(conditions[citation]), written(conditions[citation]))
        for rules in days.knowledge.rulebase.by_source.values()
        for rule in rules
        for citation in rule.grounds.cites
        if citation in conditions
    ]
    told: set[str] = set()
    for stretch in days.stretches:
        for claim, found in _broken(stretch, open_claims):
            open_claims.remove(claim)
            subject = f"{claim.rule.source}/{claim.citation}"
            if subject not in told:
                told.add(subject)
                yield _finding(files, claim, found, subject)


def _broken(stretch: Stretch, claims: list[_Claim]) -> Iterator[tuple[_Claim, Found]]:
    """Yield the claims that some answers break on these days: each model shows as many as it breaks."""
    encoding = stretch.encoding
    there = [claim for claim in claims if claim.rule.id in {rule.id for rule in stretch.program.rules}]
    breach: dict[_Claim, Lit] = {
        claim: encoding.cnf.all_of([encoding.fires(claim.rule.id), denied(encoding.formula(claim.addressed))])
        for claim in there
    }
    while breach:
        rules = [claim.rule for claim in breach]
        with deciding("rule", rules[0].place, *(rule.id for rule in rules)):
            model = encoding.solver.model([encoding.cnf.any_of(list(breach.values()))])
        if model is None:
            return
        for claim, literal in list(breach.items()):
            if model.holds(literal):
                del breach[claim]
                yield claim, Found(stretch, model, (literal,))


def _finding(files: Files, claim: _Claim, found: Found, subject: str) -> Finding:
    told = {"name": claim.rule.source, "article": claim.citation, "condition": claim.condition}
    place = files.of_rule(claim.rule.place)
    return Finding("addressee", subject, place, "check.addressee", told, found.example())
