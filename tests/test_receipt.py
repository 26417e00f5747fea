"""A receipt holds the advice, the answers and the knowledge, and whoever has it can have the advice again."""

from __future__ import annotations

import io
import json
import random
import subprocess
import sys
import tarfile
from base64 import b64decode
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest

from advisor.advice.advising import advise
from advisor.advice.as_data import advice_data
from advisor.inference.case import Case, CaseReader
from advisor.knowledge_base import Knowledge
from advisor.loading import load_knowledge
from advisor.problem import InputError
from advisor.receipt.receipt import Receipt, receipt_text
from advisor.receipt.receipt_reader import bundled_knowledge, read_receipt
from advisor.receipt.replay import replay
from advisor.snapshot import Snapshot, contents_of, digest_of
from receipts import FOLDERS, NAME, Changed, assert_same, case_data, dues_case, plain_case, receipt_of, text_of
from rows import drawn_answers

CASES = ("barlingmascakeb", "kartamantul", "kedungsepur", "kunci-bersama", "wonosobo")
AT_ONCE = 10


@pytest.fixture(scope="module")
def dues(knowledge: Knowledge) -> str:
    return text_of(knowledge, dues_case(knowledge))


# -- what is in it ------------------------------------------------------------------------------------------


def test_its_advice_is_what_the_json_of_the_advice_is_legal_basis_included(knowledge: Knowledge, dues: str) -> None:
    advice = advice_data(advise(knowledge, dues_case(knowledge)), "id")

    data = json.loads(dues)

    assert advice == data["advice"]
    assert len(data["advice"]["legal_basis"]) > 10


def test_its_case_is_an_answers_file(knowledge: Knowledge, dues: str) -> None:
    reader = CaseReader(knowledge.library, knowledge.rulebase)

    case = reader.text(json.dumps(json.loads(dues)["case"]).encode(), "answers.json")

    assert reader.data(dues_case(knowledge)) == case


def test_it_keeps_the_parties_and_the_notes_of_the_answers_file(knowledge: Knowledge) -> None:
    data = plain_case() | {
        "parties": [{"name": "Kabupaten Sleman", "signatory": "Bupati"}, {"kind": "regency"}],
        "notes": {"sector": "menurut Dinas PU"},
    }
    reader = CaseReader(knowledge.library, knowledge.rulebase)

    receipt = receipt_of(knowledge, data)

    assert reader.data(data) == reader.data(dict(receipt.case))
    assert "identical" == replay(receipt, knowledge, knowledge, NAME).verdict


def test_it_names_the_knowledge_and_the_versions_of_what_drew_the_conclusions(
    knowledge: Knowledge, dues: str
) -> None:
    data = json.loads(dues)

    assert {"version": knowledge.version, "digest": knowledge.digest} == data["knowledge"]
    for package in ("kerjasama-advisor", "experta", "python-sat"):
        assert version(package) == data["versions"][package]
    assert sys.version.startswith(data["versions"]["python"])


def test_it_holds_every_file_of_the_knowledge_to_the_byte_and_nothing_else(dues: str) -> None:
    with tarfile.open(fileobj=io.BytesIO(b64decode(json.loads(dues)["files"])), mode="r:gz") as tar:
        held = {member.name: (stream.read() if (stream := tar.extractfile(member)) else None) for member in tar}

    assert dict(contents_of(map(Snapshot.of, FOLDERS))) == held
    assert {".yaml"} == {Path(name).suffix for name in held}


def test_it_is_no_larger_than_a_picture(dues: str) -> None:
    # All law, rules and texts of the knowledge are in it.
    assert len(dues) < 700_000


# -- the same again -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", CASES)
def test_a_fresh_receipt_of_a_case_of_the_study_is_proved_to_be_the_same(name: str, knowledge: Knowledge) -> None:
    receipt = receipt_of(knowledge, case_data(knowledge, name))

    found = replay(receipt, knowledge, knowledge, NAME)

    assert_same(found)
    assert "identical" == found.verdict
    assert len(knowledge.library.conclusions) == found.compared.conclusions
    assert found.compared.items
    assert found.compared.rules


def test_every_case_of_the_study_is_replayed(knowledge: Knowledge) -> None:
    assert set(CASES) == set(knowledge.library.cases)


UNFIT = ("a:b.yaml", "a?.yaml", "nul.yaml", "Con.x.yaml", 'a"b.yaml')
"""What a file may be called on Linux and not on Windows."""


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


@pytest.mark.parametrize("seed", [0, *(pytest.param(seed, marks=pytest.mark.heavy) for seed in range(1, 20))])
def test_fresh_receipts_of_random_cases_are_proved_to_be_the_same(seed: int, knowledge: Knowledge) -> None:
    drawn = random.Random(seed)  # noqa: S311
    for _ in range(AT_ONCE):
        receipt = receipt_of(knowledge, _random_case(knowledge, drawn))

        assert "identical" == replay(receipt, knowledge, knowledge, NAME).verdict


def test_the_knowledge_in_it_gives_the_same_advice_to_the_word(
    knowledge: Knowledge, dues: str, tmp_path: Path
) -> None:
    other = Changed.copied(tmp_path, knowledge)
    other.in_entry("rules/legal_basis.yaml", "basis.roads", "en: >-\n", "en: >-\n        Once more:\n")
    receipt = read_receipt(dues.encode(), NAME)

    bundled = bundled_knowledge(receipt, NAME, other.load())

    assert knowledge.digest == bundled.digest
    assert bundled is not knowledge
    assert receipt.advice == advice_data(advise(bundled, dues_case(bundled)), "id")


def test_knowledge_of_the_same_content_need_not_be_loaded_from_it(knowledge: Knowledge, dues: str) -> None:
    assert knowledge is bundled_knowledge(read_receipt(dues.encode(), NAME), NAME, knowledge)


def test_the_same_answers_give_the_same_bytes(dues: str) -> None:
    again = load_knowledge()

    assert dues == text_of(again, dues_case(again))


def test_it_does_not_depend_on_how_answers_were_written(knowledge: Knowledge) -> None:
    answers: dict[str, Any] = plain_case()["answers"]
    turned = {
        q: list(reversed(a)) if isinstance(a, list) else {"yes": True, "no": "tidak"}.get(str(a), a)
        for q, a in reversed(answers.items())
    }

    assert text_of(knowledge, plain_case()) == text_of(knowledge, {"as_of": "2021-03-01", "answers": turned})


def test_the_names_of_the_folders_do_not_matter(knowledge: Knowledge, tmp_path: Path) -> None:
    copy = Changed.copied(tmp_path, knowledge)
    folders = [folder.rename(folder.with_name(f"my-{folder.name}")) for folder in copy.folders]
    case = CaseReader(knowledge.library, knowledge.rulebase).data(plain_case())
    advice = advice_data(advise(knowledge, case), "id")

    assert knowledge.digest == digest_of(map(Snapshot.of, folders))
    assert text_of(knowledge, case) == receipt_text(knowledge, case, advice, "id", folders)


# -- what cannot be kept ------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["new.yaml", *UNFIT])
def test_knowledge_that_changed_meanwhile_or_cannot_be_unpacked_gives_no_receipt(
    name: str, knowledge: Knowledge, tmp_path: Path
) -> None:
    copy = Changed.copied(tmp_path, knowledge)
    (copy.root / "rules" / name).write_text("{}", "utf-8")
    digest = digest_of(map(Snapshot.of, copy.folders)) if name in UNFIT else knowledge.digest
    changed = Knowledge(knowledge.library, knowledge.rulebase, digest)
    case = CaseReader(knowledge.library, knowledge.rulebase).data(plain_case())

    with pytest.raises(InputError) as caught:
        receipt_text(changed, case, {}, "id", copy.folders)

    expected = "receipt.unfit_name" if name in UNFIT else "receipt.knowledge_changed"
    assert [expected] == [problem.key for problem in caught.value.problems]
    assert caught.value.in_language("id") != caught.value.in_language("en")


def test_an_advice_without_a_receipt_loads_nothing_of_it() -> None:
    code = (
        "import sys, advisor.commands.advise\n"
        "assert not [name for name in sys.modules if name.startswith('advisor.receipt') or name == 'tarfile']"
    )

    assert 0 == subprocess.run([sys.executable, "-c", code], check=False).returncode


def test_a_receipt_that_is_read_back_is_the_one_that_was_written(dues: str) -> None:
    receipt: Receipt = read_receipt(dues.encode(), NAME)
    data = json.loads(dues)

    assert data["advice"] == receipt.advice
    assert data["case"] == receipt.case
    assert data["versions"] == receipt.versions
    assert (data["files"], data["seal"], "id") == (receipt.files, receipt.seal, receipt.language)
