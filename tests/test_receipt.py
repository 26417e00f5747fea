"""A receipt proves that today's knowledge gives the same advice, or shows what changed and by which rule."""

from __future__ import annotations

import copy
import io
import json
import random
import re
import shutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from advisor import cli
from advisor.advice.advising import advise
from advisor.commands import common
from advisor.folders import built_in, digest_of
from advisor.inference.case import Case, CaseReader
from advisor.inference.condition import Combination, Test
from advisor.inference.formula import TRUE, Literal, negation
from advisor.inference.ground import GroundRule
from advisor.inference.rulebase import Exclusion
from advisor.inference.rulebase_reader import RuleBaseReader
from advisor.knowledge.library import Library
from advisor.knowledge.rule import Contradiction
from advisor.knowledge_base import Knowledge
from advisor.loading import load_knowledge
from advisor.problem import AnswersError, Place
from advisor.receipt.change import (
    ArticleChange,
    Cause,
    ContradictionChange,
    QuestionChange,
    RuleChange,
    TermChange,
)
from advisor.receipt.fingerprint import seal_of
from advisor.receipt.receipt import Receipt, receipt_of
from advisor.receipt.receipt_reader import read_receipt
from advisor.receipt.replay import Replay, replay
from advisor.receipt.replay_data import replay_data
from advisor.receipt.written_receipt import receipt_text
from advisor.report.replay_report import write_replay
from advisor.text import LANGUAGES, Text
from rows import drawn_answers

CASES = ("barlingmascakeb", "kartamantul", "kedungsepur", "kunci-bersama", "wonosobo")
RANDOM_CASES = 100
PORTIONS = 10
NAME = Path("r.json")

# -- receipts to replay -------------------------------------------------------------------------------------


def _reader(knowledge: Knowledge) -> CaseReader:
    return CaseReader(knowledge.library, knowledge.rulebase)


def _receipt(knowledge: Knowledge, data: dict[str, Any]) -> Receipt:
    case = _reader(knowledge).data(data)
    return receipt_of(knowledge, case, advise(knowledge, case))


def _read(raw: bytes, knowledge: Knowledge) -> Receipt:
    return read_receipt(raw, NAME, knowledge.library.manifest.covered_from)


def _case_data(knowledge: Knowledge, name: str) -> dict[str, Any]:
    case = knowledge.library.cases[name]
    answers = {q: list(a) if isinstance(a, tuple) else a for q, a in case.answers.items()}
    return {"as_of": case.as_of, "title": case.name, "answers": answers}


@pytest.fixture(scope="module")
def plain(knowledge: Knowledge) -> Receipt:
    """Every question answered: two regencies share equipment, in 2021."""
    file = Path(__file__).parent / "scenarios" / "base.yaml"
    scenarios = yaml.load(file.read_text("utf-8"), Loader=yaml.CSafeLoader)["scenarios"]
    scenario = next(scenario for scenario in scenarios if scenario["id"] == "base-plain-region-c")
    return _receipt(knowledge, {"as_of": scenario["as_of"], "answers": scenario["answers"]})


@pytest.fixture(scope="module")
def dues(knowledge: Knowledge) -> Receipt:
    """A case of the study, with open questions, on a day under the law of 2018; it is funded by routine dues."""
    return _receipt(knowledge, _case_data(knowledge, "kartamantul") | {"as_of": date(2024, 5, 31)})


# -- knowledge that was changed -----------------------------------------------------------------------------


NEW_QUESTION = """
  - id: moon
    type: yes_no
    text: {id: Bulan purnama?, en: Is the moon full?}
    short: {id: Bulan, en: Moon}
    help: {id: Lihat langit., en: Look at the sky.}
    source: [prasetya-2013:10]
    control: given
"""


def rule_text(
    rule: str, when: str = "{sector: solid_waste}", then: str = "{funding_scheme: service_payment}"
) -> str:
    """Return a rule as it stands in a file."""
    return (
        f"  - id: {rule}\n    when: {when}\n    then: {then}\n"
        "    because: {id: Ada alasannya., en: There is a reason.}\n"
        "    cites: [prasetya-2013:10]\n    authority: study\n    provenance: verified\n"
    )


@dataclass(frozen=True)
class Changed:
    """A copy of the built-in folders in which something is changed."""

    root: Path
    library: Library

    def replace(self, name: str, *pairs: tuple[str, str]) -> None:
        path = self.root / name
        text = path.read_text("utf-8")
        for old, new in pairs:
            assert 1 == text.count(old), f"{old!r} must stand once in {name}"
            text = text.replace(old, new)
        path.write_text(text, "utf-8")

    def in_rule(self, name: str, rule: str, old: str, new: str) -> None:
        """Replace what stands in one rule."""
        path = self.root / "rules" / name
        before, found, rest = path.read_text("utf-8").partition(f"  - id: {rule}\n")
        own, following, after = rest.partition("\n  - id: ")
        assert found
        assert old in own
        path.write_text(before + found + own.replace(old, new, 1) + following + after, "utf-8")

    def drop(self, name: str, rule: str) -> None:
        path = self.root / "rules" / name
        before, found, rest = path.read_text("utf-8").partition(f"  - id: {rule}\n")
        assert found
        path.write_text(before + "  - id: " + rest.partition("\n  - id: ")[2], "utf-8")

    def add(self, rule: str, when: str, then: str) -> None:
        """Add a file with one rule."""
        text = "decision: extra\ntitle: {id: Tambahan, en: Extra}\nrules:\n" + rule_text(rule, when, then)
        (self.root / "rules" / "extra.yaml").write_text(text, "utf-8")

    def load(self) -> Knowledge:
        kbase, rules = self.root / "kbase", self.root / "rules"
        if digest_of([kbase]) != digest_of([built_in("kbase")]):
            return load_knowledge(kbase, rules)
        # Where rules alone were changed, the rest need not be read again.
        reader = RuleBaseReader(rules, self.library)
        rulebase = reader.read()
        assert rulebase is not None, reader.problems
        return Knowledge(self.library, rulebase, digest_of([kbase, rules]))

    def replayed(self, receipt: Receipt) -> Replay:
        """Replay a receipt on the changed knowledge; whatever came of it can be told in both languages."""
        knowledge = self.load()
        found = replay(knowledge, receipt)
        for language in LANGUAGES:
            stream = io.StringIO()
            write_replay(knowledge, found, language, stream)
            assert stream.getvalue()
            json.dumps(replay_data(found, language))
        return found


@pytest.fixture
def changed(tmp_path: Path, knowledge: Knowledge) -> Changed:
    for name in ("kbase", "rules"):
        shutil.copytree(built_in(name), tmp_path / name)
    return Changed(tmp_path, knowledge.library)


def _changed_rules(causes: Iterable[Cause]) -> set[str]:
    """Return the rules among causes that were changed themselves, by the name that stands in the rule file."""
    return {c.part_of or c.rule for c in causes if isinstance(c, RuleChange) and c.aspects}


def _because(found: Replay) -> dict[str, tuple[Cause, ...]]:
    return {difference.id: difference.because for difference in found.conclusions}


def _all_causes(found: Replay) -> set[Cause]:
    return {cause for difference in (*found.conclusions, *found.items) for cause in difference.because}


def _assert_same(found: Replay) -> None:
    assert not found.differs
    assert () == (*found.conclusions, *found.items, *found.firings, *found.refused, *found.without_value)
    assert found.era is None
    assert found.other_regime is None


# -- the same knowledge -------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", CASES)
def test_a_fresh_receipt_of_a_case_of_the_study_is_proved_to_be_the_same(name: str, knowledge: Knowledge) -> None:
    case = _reader(knowledge).data(_case_data(knowledge, name))
    advice = advise(knowledge, case)
    receipt = receipt_of(knowledge, case, advice)

    found = replay(knowledge, _read(receipt_text(receipt).encode(), knowledge))

    _assert_same(found)
    assert "identical" == found.verdict
    assert receipt.firings
    assert found.counts.firings == len(receipt.firings)
    # Every article that the advice shows is named, and what is certain there is so here.
    for basis in advice.legal_basis:
        item = receipt.items.legal_basis[basis.article.id]
        assert item.status == basis.status
        assert item.certain or not basis.certain, basis.article.id


def test_every_case_of_the_study_is_replayed(knowledge: Knowledge) -> None:
    assert set(CASES) == set(knowledge.library.cases)


def _random_case(knowledge: Knowledge, drawn: random.Random) -> Case:
    """Return a case drawn at random, with a few answers left open."""
    as_of = drawn.choice([date(2013, 6, 1), date(2024, 5, 31)])
    day = knowledge.on(as_of)
    while day.generated.contradictions(row := drawn_answers(drawn.randrange(2**32), day)):
        pass
    codes = {domain.id: code for domain, code in zip(day.program.domains, row, strict=True)}
    for question in drawn.sample(list(codes), drawn.choice((0, 0, 0, 1, 2))):
        del codes[question]
    answers = {q: day.program.domains[day.program.position[q]].decode(code) for q, code in codes.items()}
    return Case(as_of, answers, codes)


@pytest.mark.parametrize("portion", range(PORTIONS))
def test_fresh_receipts_of_random_cases_are_proved_to_be_the_same(portion: int, knowledge: Knowledge) -> None:
    drawn = random.Random(portion)  # noqa: S311
    for _ in range(RANDOM_CASES // PORTIONS):
        case = _random_case(knowledge, drawn)
        receipt = receipt_of(knowledge, case, advise(knowledge, case))

        assert "identical" == replay(knowledge, receipt).verdict


def test_a_receipt_that_is_read_back_is_the_one_that_was_written(knowledge: Knowledge, dues: Receipt) -> None:
    text = receipt_text(dues)

    read = _read(text.encode(), knowledge)

    assert dues == read
    assert text == receipt_text(read)


def test_the_firings_of_a_fully_answered_case_are_those_of_experta(knowledge: Knowledge) -> None:
    drawn = random.Random(7)  # noqa: S311
    for _ in range(8):
        case = _random_case(knowledge, drawn)
        day = knowledge.on(case.as_of)
        if len(case.codes) < len(day.program.domains):
            continue
        result = day.experta.run(tuple(case.codes[domain.id] for domain in day.program.domains))
        helpers = {rule for rule in result.fired if rule.endswith("/fits")}
        matched = {
            firing.rule.removesuffix("/fits"): {f"{n}={v}" for n, v in firing.matched if n not in ("fits",)}
            for firing in sorted(result.firings, key=lambda firing: firing.rule in helpers)
        }

        receipt = receipt_of(knowledge, case, advise(knowledge, case))

        assert [f.rule for f in result.firings if f.rule not in helpers] == [f.rule for f in receipt.firings]
        for firing in receipt.firings:
            # What is in force is settled before experta runs; a receipt tells it all the same.
            facts = {fact for fact in firing.matched if not fact.startswith("in_force=")}
            assert facts == matched[firing.rule], firing.rule


def test_the_firings_of_an_open_case_are_those_that_every_completion_shares(
    knowledge: Knowledge, plain: Receipt
) -> None:
    left_open = ("sector", "burdens_budget", "coordination")
    answers = {q: list(a) if isinstance(a, tuple) else a for q, a in plain.answers.items()}
    known = {q: a for q, a in answers.items() if q not in left_open}
    day = knowledge.on(plain.as_of)
    fired: list[frozenset[str]] = []
    for sector in knowledge.library.questions["sector"].option_ids:
        for burdens in ("yes", "no"):
            for coordination in knowledge.library.questions["coordination"].option_ids:
                full = known | {"sector": sector, "burdens_budget": burdens, "coordination": coordination}
                codes = _reader(knowledge).data({"as_of": plain.as_of, "answers": full}).codes
                result = day.generated.run(tuple(codes[domain.id] for domain in day.program.domains))
                assert result.holds(("admissible", "yes"))
                fired.append(frozenset(rule for rule in result.fired if not rule.endswith("/fits")))

    receipt = _receipt(knowledge, {"as_of": plain.as_of, "answers": known})

    assert frozenset.intersection(*fired) == {firing.rule for firing in receipt.firings}
    sometimes = {name for name, mark in receipt.rules.items() if mark.fires == "sometimes"}
    assert frozenset.union(*fired) - frozenset.intersection(*fired) == sometimes


def test_the_same_answers_give_the_same_bytes(dues: Receipt) -> None:
    again = load_knowledge()

    other = _receipt(again, _case_data(again, "kartamantul") | {"as_of": date(2024, 5, 31)})

    assert receipt_text(dues) == receipt_text(other)


def test_a_receipt_holds_one_entry_a_line(plain: Receipt) -> None:
    text = receipt_text(plain)

    assert len(text.splitlines()) > len(plain.rules) + len(plain.firings)
    assert json.loads(text)["conclusions"]["dprd_approval"]["value"] == "not_required"
    assert re.search(r'^    "funding.agency-budgets": \{"fires": "always", ', text, re.MULTILINE)


def test_a_receipt_does_not_depend_on_how_answers_were_written(knowledge: Knowledge, plain: Receipt) -> None:
    answers = {q: list(a) if isinstance(a, tuple) else a for q, a in plain.answers.items()}
    turned = {
        q: list(reversed(a)) if isinstance(a, list) else {"yes": True, "no": "tidak"}.get(str(a), a)
        for q, a in reversed(answers.items())
    }

    assert receipt_text(plain) == receipt_text(_receipt(knowledge, {"as_of": "2021-03-01", "answers": turned}))


# -- changed rules ------------------------------------------------------------------------------------------


def test_a_changed_condition_that_turns_a_conclusion_is_named_and_no_other_rule(
    changed: Changed, dues: Receipt
) -> None:
    changed.in_rule("funding_scheme.yaml", "funding.routine-dues", "up_to_one_year]", "up_to_one_year, permanent]")

    found = changed.replayed(dues)

    assert "different" == found.verdict
    assert {"funding_scheme", "risks"} == set(_because(found))
    assert {"funding.routine-dues"} == _changed_rules(_all_causes(found)) == _changed_rules(found.firings)
    funding = next(d for d in found.conclusions if d.id == "funding_scheme")
    assert (funding.before and funding.before.value) == "routine_dues"
    assert (funding.now and funding.now.value) == "agency_budgets"
    # What follows from it is nearest; what it follows from comes behind.
    nearest, *others = _because(found)["risks"]
    assert isinstance(nearest, RuleChange)
    assert ("diagnosis.risk-dues-dependence", ()) == (nearest.rule, nearest.aspects)
    assert ("funding_scheme=routine_dues",) == nearest.missing
    assert {"funding.routine-dues"} == _changed_rules(others)


CHANGES: tuple[Callable[[GroundRule], GroundRule | None], ...] = (
    lambda rule: None,
    lambda rule: replace(rule, body=negation(rule.body)),
    lambda rule: replace(rule, body=TRUE),
)


@pytest.mark.parametrize("seed", range(3))
def test_whichever_rule_is_changed_it_alone_is_named_for_every_difference(
    seed: int, knowledge: Knowledge, plain: Receipt, dues: Receipt
) -> None:
    drawn = random.Random(seed)  # noqa: S311
    receipt, change = drawn.choice((plain, dues)), drawn.choice(CHANGES)
    rules = {rule.id: rule for rule in knowledge.rulebase.rules}
    firing = [name for name, mark in receipt.rules.items() if mark.fires != "never"]
    name = drawn.choice([name for name in firing if change(rules[name]) != rules[name]])
    # Of a policy, the condition of a rule stands in the rule that says that it fits.
    changed = {of: change(rules[of]) for of in (f"{name}/fits", name) if of in rules}
    if len(changed) == 2 and None not in changed.values():
        del changed[name]
    kept = tuple(r for rule in knowledge.rulebase.rules if (r := changed.get(rule.id, rule)) is not None)

    found = replay(Knowledge(knowledge.library, replace(knowledge.rulebase, rules=kept), "0" * 64), receipt)

    assert found.differs or found.rules
    differing = [d for d in (found.era, found.other_regime, *found.conclusions, *found.items) if d]
    assert all(_named(difference.because) == {name} for difference in differing)
    assert _named(found.firings) <= {name}


def _named(causes: Iterable[Cause]) -> set[str]:
    return {cause.rule for cause in causes if isinstance(cause, RuleChange) and cause.aspects}


def test_changed_sentences_alone_change_nothing_and_are_told(changed: Changed, plain: Receipt) -> None:
    changed.in_rule("legal_basis.yaml", "basis.roads", "en: >-\n", "en: >-\n        Once more:\n")
    for name, start in (
        ("kbase/instruments/uu38-2004.yaml", "  - id: uu38-2004:16-4\n"),
        ("kbase/terms/documents.yaml", "id: offer_letter\n"),
    ):
        path = changed.root / name
        before, found, rest = path.read_text("utf-8").partition(start)
        assert found
        path.write_text(before + found + rest.replace("en: ", "en: New ", 1), "utf-8")

    replayed = changed.replayed(plain)

    _assert_same(replayed)
    assert "same" == replayed.verdict
    (rule,) = replayed.rules
    assert ("basis.roads", ("wording",), "always", "always") == (rule.rule, rule.aspects, rule.before, rule.now)
    assert [("uu38-2004:16-4", ("text",))] == [
        (article.reference, article.aspects) for article in replayed.articles
    ]
    assert (TermChange("documents", "offer_letter"),) == replayed.terms
    assert () == replayed.elsewhere


def test_changes_that_do_not_touch_the_advice_leave_it_the_same(
    changed: Changed, plain: Receipt, knowledge: Knowledge
) -> None:
    open_answers = _receipt(knowledge, _case_data(knowledge, "wonosobo") | {"as_of": date(2024, 5, 31)})
    assert open_answers.answers["sector"] != "solid_waste"
    changed.add("extra.talk", "{sector: solid_waste}", "{risks: rivalry}")
    changed.in_rule("dprd_approval.yaml", "dprd.foreign.a", "has_foreign: yes", "has_foreign: yes, sector: roads")
    # Another order of conditions is no change at all.
    old, new = "{coordination: high, interests: common}", "{interests: common, coordination: high}"
    changed.in_rule("collective_action.yaml", "collective-action.organisation", old, new)
    # Before all others of its policy, but it does not fit.
    changed.replace("rules/funding_scheme.yaml", ("rules:\n", "rules:\n" + rule_text("funding.first")))
    path = changed.root / "kbase" / "questions" / "50-institution.yaml"
    path.write_text(path.read_text("utf-8").rstrip("\n") + NEW_QUESTION, "utf-8")

    knowledge = changed.load()
    found = replay(knowledge, plain)

    _assert_same(found)
    assert "identical" == found.verdict
    assert found.before != found.now
    # Nor does it matter that other examples are drawn of the answers that are open.
    assert "identical" == replay(knowledge, open_answers).verdict
    assert {"extra.talk", "dprd.foreign.a", "funding.first"} == _changed_rules(found.elsewhere)
    assert [("moon", ("new",))] == [
        (change.question, change.aspects) for change in found.elsewhere if isinstance(change, QuestionChange)
    ]


def test_a_dropped_rule_is_told_with_what_it_leaves_behind(changed: Changed, plain: Receipt) -> None:
    changed.drop("needs.yaml", "needs.settle")

    found = changed.replayed(plain)

    assert "different" == found.verdict
    gone = [rule for rule in found.firings if "gone" in rule.aspects]
    assert ["needs.settle"] == [rule.rule for rule in gone]
    assert ("always", "never") == (gone[0].before, gone[0].now)
    # Rules that stood on it, among other things, say so.
    (ranked,) = (rule for rule in found.firings if rule.rule == "target.technical_agreement")
    assert ("needs=settle",) == ranked.missing
    assert {"needs.settle"} == _changed_rules((*_all_causes(found), *found.firings))


def test_an_added_rule_is_told_where_it_fires(changed: Changed, plain: Receipt) -> None:
    changed.add("extra.talk", "{sector: roads}", "{risks: rivalry}")

    found = changed.replayed(plain)

    assert {"risks"} == set(_because(found))
    (new,) = _because(found)["risks"]
    assert isinstance(new, RuleChange)
    assert ("extra.talk", ("new",), "never", "always") == (new.rule, new.aspects, new.before, new.now)
    assert {"extra.talk"} == {rule.rule for rule in found.firings}


def test_a_rule_put_before_others_of_its_policy_is_told(changed: Changed, dues: Receipt) -> None:
    path = changed.root / "rules" / "funding_scheme.yaml"
    head, *rules = re.split(r"(?m)^(?=  - id: )", path.read_text("utf-8"))
    always = next(rule for rule in rules if rule.startswith("  - id: funding.agency-budgets\n"))
    rules.remove(always)
    path.write_text(head + always + "".join(rules), "utf-8")

    found = changed.replayed(dues)

    assert {"funding_scheme", "risks"} == set(_because(found))
    told = {c.rule: c for c in _because(found)["funding_scheme"] if isinstance(c, RuleChange)}
    dropped = told["funding.routine-dues"]
    assert (("order",), "always", "never") == (dropped.aspects, dropped.before, dropped.now)
    assert ("funding.agency-budgets",) == dropped.overtaken_by == dropped.after
    assert ("never", "always") == (told["funding.agency-budgets"].before, told["funding.agency-budgets"].now)


def _plain_answers(receipt: Receipt) -> dict[str, Any]:
    return {q: list(a) if isinstance(a, tuple) else a for q, a in receipt.answers.items()}


def test_changed_citations_are_told_with_both_and_move_the_legal_basis(changed: Changed, plain: Receipt) -> None:
    changed.in_rule("legal_basis.yaml", "basis.roads", "[uu38-2004:16-4]", "[uu38-2004:16-4, uu38-2004:16]")
    changed.in_rule("kinds.yaml", "kinds.voluntary", "[uu23-2014:363-3", "[uu23-2014:363-2, uu23-2014:363-3")

    found = changed.replayed(plain)

    assert [("legal_basis", "uu23-2014:363-2")] == [(item.kind, item.id) for item in found.items]
    assert {"kinds.voluntary"} == _changed_rules(found.items[0].because)
    assert () == found.conclusions == found.firings
    (noted,) = (rule for rule in found.rules if rule.rule == "basis.roads")
    assert (("citations",), ("uu38-2004:16-4",)) == (noted.aspects, noted.cites_before)
    assert ("uu38-2004:16-4", "uu38-2004:16") == noted.cites_now


def test_knowledge_that_leaves_a_conclusion_without_any_value_is_told_by_its_cause(
    changed: Changed, plain: Receipt
) -> None:
    changed.in_rule("dprd_approval.yaml", "dprd.new.not-required.region", "unfunded: no", "unfunded: yes")

    found = changed.replayed(plain)

    assert ("dprd_approval",) == found.without_value
    assert {"dprd.new.not-required.region"} == _changed_rules(_because(found)["dprd_approval"])
    assert found.conclusions[0].now is None


def test_a_rule_about_the_other_law_is_told_where_its_answer_is_shown(changed: Changed, plain: Receipt) -> None:
    for rule in ("dprd.old.not-required", "dprd.old.exempt"):
        changed.in_rule("dprd_approval.yaml", rule, "dprd_approval: not_required", "dprd_approval: conflict")

    found = changed.replayed(plain)

    assert () == found.conclusions == found.items == found.firings
    assert found.other_regime is not None
    assert found.differs
    assert {"dprd.old.not-required", "dprd.old.exempt"} == _changed_rules(found.other_regime.because)


# -- changed law, questions and terms -----------------------------------------------------------------------


def test_an_article_that_was_revoked_earlier_is_named_with_the_rules_that_stood_on_it(
    changed: Changed, plain: Receipt
) -> None:
    path = changed.root / "kbase" / "instruments" / "uu38-2004.yaml"
    before, article, rest = path.read_text("utf-8").partition("  - id: uu38-2004:16-4\n")
    assert article
    path.write_text(before + article + rest.replace("revoked: 2022-01-12", "revoked: 2020-01-12", 1), "utf-8")

    found = changed.replayed(plain)

    assert [("legal_basis", "uu38-2004:16")] == [(item.kind, item.id) for item in found.items]
    articles = [cause for cause in found.items[0].because if isinstance(cause, ArticleChange)]
    assert ["uu38-2004:16-4"] == [article.reference for article in articles]
    assert ("status", "revoked") == articles[0].aspects
    assert articles[0].now is not None
    assert ("in_force", "revoked") == (articles[0].before.status, articles[0].now.status)
    rules = [cause for cause in found.items[0].because if isinstance(cause, RuleChange)]
    assert [("basis.roads", (), "always", "never")] == [(r.rule, r.aspects, r.before, r.now) for r in rules]
    assert () == found.conclusions


def test_an_instrument_that_begins_later_turns_the_era_and_all_that_hangs_on_it(
    changed: Changed, plain: Receipt
) -> None:
    changed.replace("kbase/instruments/pp28-2018.yaml", ("\nin_force: 2018-07-13\n", "\nin_force: 2022-07-13\n"))
    path = changed.root / "kbase" / "instruments" / "pp50-2007.yaml"
    path.write_text(re.sub(r"(?m)^revoked: .*$", "revoked: 2022-07-13", path.read_text("utf-8")), "utf-8")

    found = changed.replayed(plain)

    assert found.era is not None
    assert ("C", "B") == (found.era.before, found.era.now)
    named = {cause.reference for cause in found.era.because if isinstance(cause, ArticleChange)}
    assert "pp28-2018:52" in named
    assert set() == _changed_rules((*_all_causes(found), *found.firings))


def test_an_option_that_is_no_more_is_told_and_the_rest_is_replayed(changed: Changed, dues: Receipt) -> None:
    path = changed.root / "kbase" / "questions" / "40-commitment.yaml"
    path.write_text(re.sub(r"(?m)^ *- \{id: universities, .*\n", "", path.read_text("utf-8")), "utf-8")
    changed.replace("rules/diagnosis.yaml", ("support: [donor_ngo, universities]", "support: donor_ngo"))
    changed.replace("kbase/cases/kartamantul.yaml", ("support: [donor_ngo, universities]", "support: [donor_ngo]"))

    found = changed.replayed(dues)

    assert {"support": ("universities",)} == found.dropped
    (question,) = found.questions
    assert (("options",), ("universities",)) == (question.aspects, question.options_gone)
    # The strength rests on the donor that is left; the rule no longer stands on the universities.
    assert () == found.conclusions
    assert ["diagnosis.strength-outside-support"] == [rule.rule for rule in found.firings]
    assert ("support=universities",) == found.firings[0].missing


def test_an_answer_that_is_not_accepted_any_more_is_left_out_and_named_as_the_cause(
    changed: Changed, plain: Receipt
) -> None:
    path = changed.root / "kbase" / "questions" / "30-money.yaml"
    path.write_text(re.sub(r"(?m)^ *- \{id: moderate, .*\n", "", path.read_text("utf-8"), count=1), "utf-8")

    found = changed.replayed(plain)

    assert {"fiscal_capacity": "moderate"} == found.dropped
    assert [("fiscal_capacity", ("moderate",))] == [(q.question, q.options_gone) for q in found.questions]
    assert {"strengths", "risks"} == set(_because(found))
    for difference in found.conclusions:
        named = [cause for cause in difference.because if isinstance(cause, QuestionChange)]
        assert ["fiscal_capacity"] == [question.question for question in named], difference.id
    assert set() == _changed_rules((*_all_causes(found), *found.firings))


def test_a_question_that_is_no_more_is_told_with_the_rule_that_asked_it(changed: Changed, dues: Receipt) -> None:
    path = changed.root / "kbase" / "questions" / "40-commitment.yaml"
    text = path.read_text("utf-8")
    start = text.index("  - id: succession_soon\n")
    path.write_text(text[:start] + text[text.index("  - id: ", start + 1) :], "utf-8")
    changed.drop("diagnosis.yaml", "diagnosis.risk-leadership-succession")
    case = changed.root / "kbase" / "cases" / "kartamantul.yaml"
    # The answer, and below how it was read from the study.
    case.write_text(re.sub(r"(?m)^  succession_soon:.*\n(    .*\n)*", "", case.read_text("utf-8")), "utf-8")

    found = changed.replayed(dues)

    assert {"succession_soon": "yes"} == found.dropped
    assert [("succession_soon", ("gone",))] == [(q.question, q.aspects) for q in found.questions]
    assert {"risks"} == set(_because(found))
    assert {"diagnosis.risk-leadership-succession"} == _changed_rules(_all_causes(found))


def test_answers_that_can_no_longer_stand_together_are_told_with_the_rule_that_says_so(
    changed: Changed, plain: Receipt
) -> None:
    path = changed.root / "rules" / "contradictions.yaml"
    added = (
        "\n  - id: no-roads\n    when: {sector: roads, rivalry: no}\n"
        "    message: {id: Tidak bisa bersama., en: Not both.}\n    authority: judgement\n"
    )
    path.write_text(path.read_text("utf-8").rstrip("\n") + added, "utf-8")

    found = changed.replayed(plain)

    assert "different" == found.verdict
    assert ["sector, rivalry"] == [problem.values["questions"] for problem in found.refused]
    assert [ContradictionChange("no-roads", ("new",))] == list(found.contradictions)


def test_a_contradiction_that_takes_away_what_was_possible_is_named(knowledge: Knowledge, dues: Receipt) -> None:
    message = Text(id="Tidak bisa.", en="It cannot be.")
    shape = Contradiction(id="no-rivals", when=None, message=message, authority="judgement")
    place = Place("rules/contradictions.yaml")
    tests = [
        Test(name, "is", (value,), Literal((name, value)), place)
        for name, value in (("rivalry", "yes"), ("sector", "solid_waste"))
    ]
    exclusions = (*knowledge.rulebase.exclusions, Exclusion(shape, Combination("all", tuple(tests), place), place))
    changed = Knowledge(knowledge.library, replace(knowledge.rulebase, exclusions=exclusions), "0" * 64)

    found = replay(changed, dues)

    assert "solid_waste" == dues.answers["sector"]
    assert "rivalry" not in dues.answers
    assert {"risks"} == set(_because(found))
    assert ContradictionChange("no-rivals", ("new",)) in _because(found)["risks"]
    assert set() == _changed_rules(_all_causes(found))


def test_the_program_is_named_where_the_knowledge_is_the_same(knowledge: Knowledge, plain: Receipt) -> None:
    other = replace(plain.conclusions["operator"], value="third_party", possible=("third_party",))
    found = replay(knowledge, replace(plain, conclusions={**plain.conclusions, "operator": other}))

    stream = io.StringIO()
    write_replay(knowledge, found, "en", stream)

    assert ["operator"] == [difference.id for difference in found.conclusions]
    assert () == found.conclusions[0].because
    assert "it is the program that has changed" in " ".join(stream.getvalue().split())


# -- reading a receipt --------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def small(plain: Receipt) -> dict[str, Any]:
    """A receipt as data, with fewer rules and articles, so that it is sooner read."""
    data: dict[str, Any] = json.loads(receipt_text(plain))
    for key in ("rules", "articles"):
        data[key] = {
            name: data[key][name] for name in [*list(data[key])[:30], *(["era.c"] if key == "rules" else [])]
        }
    resealed: dict[str, Any] = json.loads(_sealed(data))
    return resealed


def _sealed(data: dict[str, Any]) -> bytes:
    """Return a receipt that somebody wrote who knows how seals are made."""
    content = {key: value for key, value in data.items() if key != "seal"}
    return json.dumps(content | {"seal": seal_of(content)}).encode()


def _refused(raw: bytes, knowledge: Knowledge) -> list[tuple[str, str]]:
    """Return the places and keys of what is found wrong; both languages say it."""
    with pytest.raises(AnswersError) as caught:
        _read(raw, knowledge)
    texts = {caught.value.in_language(language) for language in LANGUAGES}
    assert 2 == len(texts)
    return [(str(problem.place), problem.key) for problem in caught.value.problems]


def test_a_receipt_that_was_edited_is_refused_at_its_seal(knowledge: Knowledge, plain: Receipt) -> None:
    text = receipt_text(plain)
    edited = text.replace('"value": "not_required"', '"value": "required"', 1)
    line = edited.count("\n") - 1

    assert text != edited
    assert [(f"r.json:{line}:11", "receipt.broken_seal")] == _refused(edited.encode(), knowledge)


def test_a_receipt_that_was_only_laid_out_anew_is_read(knowledge: Knowledge, plain: Receipt) -> None:
    data = json.loads(receipt_text(plain))
    turned = dict(reversed(data.items()))

    assert plain == _read(json.dumps(turned, indent=7).encode(), knowledge)


def test_every_part_of_a_receipt_is_under_its_seal(knowledge: Knowledge, small: dict[str, Any]) -> None:
    data = small
    assert _read(json.dumps(data).encode(), knowledge)
    for key in data:
        other: Any = "x" * 64 if key == "seal" else data[key]
        if isinstance(other, dict):
            other = dict(list(other.items())[1:])
        elif isinstance(other, list):
            other = other[1:]
        elif other is None:
            continue
        else:
            other = {"schema": "receipt/9", "as_of": "2021-03-02"}.get(key, f"{other}x")
        assert _refused(json.dumps(data | {key: other}).encode(), knowledge), key


@pytest.mark.parametrize(
    ("raw", "place", "key"),
    [
        (b"", "r.json", "file.empty"),
        (b" \n", "r.json", "file.empty"),
        (b"\xff\xfe", "r.json:1:1", "file.not_utf8"),
        (b"as_of: 2024-05-31\n", "r.json:1:1", "receipt.not_json"),
        (b'{"schema": "receipt/1",\n x}', "r.json:2:2", "receipt.not_json"),
        (b'{"schema": NaN}', "r.json", "receipt.not_json"),
        (b'{"a": ' + b"9" * 5000 + b"}", "r.json", "receipt.not_json"),
        (b"[" * 200_000, "r.json", "receipt.not_json"),
        (b'{"a":' * 100_000, "r.json", "receipt.not_json"),
        (b" " * 1_000_001, "r.json", "file.too_large"),
        (b"[]", "r.json", "receipt.not_a_receipt"),
        (b"null", "r.json", "receipt.not_a_receipt"),
        (b'"receipt/1"', "r.json", "receipt.not_a_receipt"),
        (b'{"schema_": 1}', "r.json", "receipt.not_a_receipt"),
        (b'{"schema": "advice/1"}', "r.json:1:12", "receipt.other_schema"),
        (b'{"schema": ["receipt/1"]}', "r.json:1:12", "receipt.other_schema"),
        (b'{"schema": "receipt/1", "schema": "receipt/1"}', "r.json:1:25", "yaml.duplicate_key"),
    ],
    ids=lambda part: part[:24].decode("latin-1") if isinstance(part, bytes) else "",
)
def test_what_is_no_receipt_is_refused_at_its_place(raw: bytes, place: str, key: str, knowledge: Knowledge) -> None:
    assert [(place, key)] == _refused(raw, knowledge)


def _set(*path: str | int, to: Any) -> Callable[[dict[str, Any]], None]:
    def change(data: Any) -> None:
        for step in path[:-1]:
            data = data[step]
        data[path[-1]] = to

    return change


def _without(*path: str) -> Callable[[dict[str, Any]], None]:
    def change(data: Any) -> None:
        for step in path[:-1]:
            data = data[step]
        del data[path[-1]]

    return change


@pytest.mark.parametrize(
    ("change", "key"),
    [
        (_without("answers"), "key.missing"),
        (_without("seal"), "key.missing"),
        (_without("items", "steps"), "key.missing"),
        (_without("conclusions", "kinds", "contested"), "key.missing"),
        (_set("sael", to=1), "key.unknown"),
        (_set("rules", "era.c", "cite", to=[]), "key.unknown"),
        (_set("title", to=5), "receipt.not_text"),
        (_set("as_of", to="2021-3-1"), "receipt.not_day"),
        (_set("as_of", to=20210301), "receipt.not_day"),
        (_set("rules", to=[]), "receipt.not_mapping"),
        (_set("firings", to={}), "receipt.not_list"),
        (_set("firings", 0, "matched", to="sector=roads"), "receipt.not_list"),
        (_set("items", "steps", "c-offer", "certain", to="yes"), "receipt.not_flag"),
        (_set("rules", "era.c", "fires", to="perhaps"), "receipt.not_one_of"),
        (_set("questions", "region_count", "min", to=True), "receipt.not_whole"),
        (_set("answers", "sector", to={"roads": 1}), "receipt.not_fitting"),
        (_set("answers", "region_count", to=2.5), "receipt.not_fitting"),
    ],
)
def test_a_part_of_a_wrong_kind_is_found_at_its_place(
    change: Callable[[dict[str, Any]], None], key: str, knowledge: Knowledge, small: dict[str, Any]
) -> None:
    data = copy.deepcopy(small)
    change(data)

    ((place, found),) = _refused(json.dumps(data, indent=1).encode(), knowledge)

    assert key == found
    assert re.fullmatch(r"r\.json:\d+:\d+", place)


def test_a_day_that_is_not_covered_is_refused_at_its_place(knowledge: Knowledge, plain: Receipt) -> None:
    data = json.loads(receipt_text(plain)) | {"as_of": "2007-08-21"}

    assert [("answers.not_covered")] == [key for _, key in _refused(_sealed(data), knowledge)]


def test_no_more_than_a_screenful_is_said_of_a_file_that_is_wrong_everywhere(knowledge: Knowledge) -> None:
    data: dict[str, Any] = {"schema": "receipt/1", **{f"key{number}": number for number in range(5000)}}

    assert len(_refused(json.dumps(data).encode(), knowledge)) < 40


def _leaves(data: Any, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    if isinstance(data, dict):
        return [path, *(leaf for key, value in data.items() for leaf in _leaves(value, (*path, key)))]
    if isinstance(data, list):
        return [path, *(leaf for index, value in enumerate(data) for leaf in _leaves(value, (*path, index)))]
    return [path]


STRANGE: tuple[Any, ...] = (
    None, True, -1, 10**4000, 1.5, "", "\x1b[2J\x00", "\ud800", "yes", "a=b", "x" * 9999, [], ["\ud800"], {},
    {"": ""},
)  # fmt: skip


def test_strange_receipts_are_refused_or_replayed_but_never_stop_the_program(
    knowledge: Knowledge, small: dict[str, Any]
) -> None:
    leaves = [leaf for leaf in _leaves(small) if leaf]
    drawn = random.Random(3)  # noqa: S311
    replayed = refused = 0
    while replayed < 4 or refused < 25:
        data = copy.deepcopy(small)
        *path, last = drawn.choice(leaves)
        # Half of them where anything goes, so that it is not always refused.
        if drawn.random() < 0.4:
            path, last = ["answers"], drawn.choice(list(small["answers"]))
        _set(*path, last, to=drawn.choice(STRANGE))(data)
        try:
            receipt = _read(_sealed(data), knowledge)
        except AnswersError:
            refused += 1
            continue
        if replayed < 4:
            replayed += 1
            found = replay(knowledge, receipt)
            for language in LANGUAGES:
                stream = io.StringIO()
                write_replay(knowledge, found, language, stream)
                assert "\x1b" not in stream.getvalue()


# -- the command line ---------------------------------------------------------------------------------------


@pytest.fixture
def loaded(knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let commands use the knowledge that is loaded already."""
    monkeypatch.setattr(common, "kept_knowledge", lambda kbase, rules: knowledge)


@pytest.fixture
def answers(plain: Receipt, tmp_path: Path) -> Path:
    """An answers file."""
    path = tmp_path / "answers.json"
    path.write_text(json.dumps({"as_of": plain.as_of.isoformat(), "answers": _plain_answers(plain)}), "utf-8")
    return path


def _run(capsys: pytest.CaptureFixture[str], *words: str | Path) -> tuple[int, str, str]:
    status = cli.main([str(word) for word in words])
    out, err = capsys.readouterr()
    assert "Traceback" not in err
    return status, out, err


@pytest.mark.usefixtures("loaded")
def test_advise_writes_a_receipt_beside_the_advice(
    answers: Path, plain: Receipt, knowledge: Knowledge, capsys: pytest.CaptureFixture[str]
) -> None:
    bare = _run(capsys, "advise", answers)
    path = answers.with_name("r.json")

    assert bare == _run(capsys, "advise", answers, "--receipt", path)
    assert plain == _read(path.read_bytes(), knowledge)
    assert receipt_text(plain) == path.read_text("utf-8")


@pytest.mark.usefixtures("loaded")
def test_a_receipt_goes_to_stdout_where_the_advice_does_not(
    answers: Path, plain: Receipt, capsys: pytest.CaptureFixture[str]
) -> None:
    out = answers.with_name("advice.txt")

    assert (0, receipt_text(plain), "") == _run(capsys, "advise", answers, "--receipt", "-", "-o", out)
    assert out.read_text("utf-8")


@pytest.mark.usefixtures("loaded")
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "words",
    [
        ["--receipt", "answers.json"],
        ["--receipt", "link.json"],
        ["--receipt", "-"],
        ["--receipt", "x.json", "-o", "x.json"],
        ["--receipt", "./x.json", "-o", "x.json"],
        ["--receipt", "-", "-o", "-"],
    ],
    ids=" ".join,
)
def test_a_receipt_never_overwrites_the_answers_nor_the_advice(
    words: list[str],
    language: str,
    answers: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(answers.parent)
    Path("link.json").symlink_to(answers)
    before = answers.read_bytes()

    status, out, err = _run(capsys, "advise", "answers.json", *words, "--lang", language)

    assert (2, "") == (status, out)
    assert err
    assert before == answers.read_bytes()
    assert not Path("x.json").exists()


@pytest.mark.usefixtures("loaded")
def test_a_receipt_that_cannot_be_written_leaves_no_advice_unaccounted_for(
    answers: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, out, err = _run(capsys, "advise", answers, "--receipt", answers.parent / "no" / "r.json")

    assert (2, "") == (status, out)
    assert "r.json" in err


@pytest.fixture
def written(plain: Receipt, tmp_path: Path) -> Path:
    """A receipt on disk."""
    path = tmp_path / "r.json"
    path.write_text(receipt_text(replace(plain, title="Jalan")), "utf-8")
    return path


@pytest.mark.usefixtures("loaded")
def test_replay_ends_with_status_0_where_the_advice_is_the_same(
    written: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, out, err = _run(capsys, "replay", written)

    assert (0, "") == (status, err)
    assert "SAMA: hari dan jawaban yang sama memberi simpulan, kaidah, dan pasal yang sama." in out
    english = _run(capsys, "replay", written, "--lang", "en")[1]
    assert "THE SAME: the same day and answers give the same conclusions" in english
    assert "Jalan" in english


@pytest.mark.usefixtures("loaded")
@pytest.mark.parametrize("language", LANGUAGES)
def test_replay_ends_with_status_2_where_a_receipt_cannot_be_used(
    language: str, written: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    written.write_text(written.read_text("utf-8").replace("Jalan", "Jalur"), "utf-8")
    missing, folder = written.with_name("no.json"), written.parent

    for path, told in (
        (written, "segel" if language == "id" else "seal"),
        (missing, "no.json"),
        (folder, "folder"),
    ):
        status, out, err = _run(capsys, "replay", path, "--lang", language)
        assert (2, "") == (status, out)
        assert told in err
    assert 2 == _run(capsys, "replay", "a\0b")[0]
    if Path("/dev/zero").exists():
        assert 2 == _run(capsys, "replay", "/dev/zero")[0]


def test_replay_ends_with_status_1_where_the_advice_differs(
    changed: Changed, written: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(written.parent))
    changed.in_rule(
        "diagnosis.yaml", "diagnosis.strength-mutual-benefit", "mutual_benefit: yes", "mutual_benefit: no"
    )
    changed.in_rule("legal_basis.yaml", "basis.roads", "sector: roads", "sector: solid_waste")
    folders = ("--kbase", changed.root / "kbase", "--rules", changed.root / "rules")

    status, out, err = _run(capsys, "replay", written, *folders, "--lang", "en")
    assert (1, "") == (status, err)
    assert "DIFFERENT. " in out
    assert "Rule basis.roads: fires no more; its condition or conclusion was changed" in " ".join(out.split())

    status, out, err = _run(capsys, "replay", written, *folders, "--format", "json")
    data = json.loads(out)
    assert (1, "") == (status, err)
    assert ("replay/1", "different") == (data["schema"], data["verdict"])
    assert {
        "schema", "verdict", "knowledge", "as_of", "title", "compared", "dropped_answers", "refused",
        "without_value", "era", "conclusions", "other_regime", "items", "firings", "unchanged_result",
        "contradictions", "elsewhere",
    } == set(data)  # fmt: skip
    assert ["strengths"] == [conclusion["id"] for conclusion in data["conclusions"]]
    (item,) = (item for item in data["items"] if item["id"] == "uu38-2004:16")
    assert ("legal_basis", None) == (item["kind"], item["now"])
    (cause,) = item["because"]
    assert ("rule", "basis.roads", ["meaning"]) == (cause["kind"], cause["rule"], cause["aspects"])


def test_the_same_knowledge_in_other_folders_gives_the_same(
    changed: Changed, written: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(written.parent))
    version = changed.root / "kbase" / "knowledge.yaml"
    version.write_text(version.read_text("utf-8").replace('version: "2026.11"', 'version: "2028.1"'), "utf-8")

    folders = ("--kbase", changed.root / "kbase", "--rules", changed.root / "rules")
    status, out, _ = _run(capsys, "replay", written, *folders, "--lang", "en")

    assert 0 == status
    assert "THE SAME: the knowledge has changed, this advice has not." in out
    assert "2028.1" in out
