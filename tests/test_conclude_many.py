"""Many cases from Python: the same conclusions as one by one, also where an engine spreads them over processes."""

from __future__ import annotations

import json
import pickle
import random
from pathlib import Path
from typing import Any

import dask
import dask.bag
import pytest
from distributed import Client, LocalCluster

from advisor import conclude_many
from advisor.advice.as_data import conclusion_data
from advisor.advice.conclusions import conclude
from advisor.batch import bulk
from advisor.batch.lines import BatchOptions
from advisor.batch.pool import run_batch
from advisor.inference.case import Case, CaseReader
from advisor.knowledge_base import Knowledge
from advisor.problem import AnswersError, ContradictionError
from conftest import DAYS
from rows import drawn_answers

Data = dict[str, Any]


@pytest.fixture(scope="module")
def cases(knowledge: Knowledge) -> list[Data]:
    """Full cases, and every tenth with a few questions open, none of them contradictory."""
    day = knowledge.on(DAYS[0])
    found: list[Data] = []
    for seed in range(1000):
        row = drawn_answers(seed, day)
        if not day.generated.contradictions(row):
            drawn = random.Random(seed)  # noqa: S311
            answers = {
                domain.id: domain.decode(code)
                for domain, code in zip(day.program.domains, row, strict=True)
                if len(found) % 10 or drawn.random() < 0.9
            }
            found.append({"as_of": drawn.choice(DAYS).isoformat(), "answers": _listed(answers)})
    return found[:100]


def _listed(answers: dict[str, Any]) -> dict[str, Any]:
    return {name: list(answer) if isinstance(answer, tuple) else answer for name, answer in answers.items()}


def _case(knowledge: Knowledge, data: Data) -> Case:
    return CaseReader(knowledge.library, knowledge.rulebase).data(data)


@pytest.mark.parametrize("at_once", [1, 7, 1000])
def test_each_case_has_the_conclusions_that_it_has_alone(
    at_once: int, knowledge: Knowledge, cases: list[Data], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulk, "AT_ONCE", at_once)

    assert [conclude(knowledge, _case(knowledge, data)) for data in cases] == conclude_many(knowledge, cases)


def test_a_case_may_be_data_or_a_case_that_was_read(knowledge: Knowledge, cases: list[Data]) -> None:
    read = [_case(knowledge, data) for data in cases]

    assert conclude_many(knowledge, cases) == conclude_many(knowledge, (case for case in read))
    assert conclude_many(knowledge, cases[:2]) == conclude_many(knowledge, [cases[0], read[1]])
    assert [] == conclude_many(knowledge, [])


def test_the_first_case_that_cannot_be_used_is_named(knowledge: Knowledge, cases: list[Data]) -> None:
    misspelt = cases[1] | {"answers": cases[1]["answers"] | {"initiator": "citty"}}
    contradictory = cases[1] | {"answers": cases[1]["answers"] | {"counterparts": []}}

    with pytest.raises(AnswersError, match=r'^cases\[3\]: .*"citty"') as misspelling:
        conclude_many(knowledge, [*cases[:3], misspelt, contradictory])
    with pytest.raises(ContradictionError, match=r"^cases\[0\]: "):
        conclude_many(knowledge, [contradictory, misspelt])
    assert not isinstance(misspelling.value, ContradictionError)


def test_errors_may_stand_in_the_place_of_conclusions(knowledge: Knowledge, cases: list[Data]) -> None:
    misspelt = cases[1] | {"answers": cases[1]["answers"] | {"initiator": "citty"}}
    contradictory = cases[1] | {"answers": cases[1]["answers"] | {"counterparts": []}}

    first, wrong, clash, last = conclude_many(
        knowledge, [cases[0], misspelt, contradictory, cases[1]], errors="return"
    )

    assert [first, last] == conclude_many(knowledge, cases[:2])
    assert isinstance(wrong, AnswersError)
    assert str(wrong).startswith("cases[1]: ")
    assert isinstance(clash, ContradictionError)
    copy = pickle.loads(pickle.dumps(clash))  # noqa: S301 - made here
    assert (type(clash), str(clash), clash.problems, clash.questions) == (
        type(copy),
        str(copy),
        copy.problems,
        copy.questions,
    )


def test_knowledge_is_pickled_without_its_solvers(knowledge: Knowledge, cases: list[Data]) -> None:
    copy = pickle.loads(pickle.dumps(knowledge))  # noqa: S301 - made here
    fresh = pickle.dumps(copy)
    found = conclude_many(copy, cases)

    assert fresh == pickle.dumps(copy)
    assert found == conclude_many(knowledge, cases)
    assert found == pickle.loads(pickle.dumps(found))  # noqa: S301 - made here


def test_dask_workers_find_what_a_batch_finds(knowledge: Knowledge, cases: list[Data], tmp_path: Path) -> None:
    given = [cases[0] | {"as_of": "2024-05-31"}, *(data for n, data in enumerate(cases) if n % 10)]
    lines = [json.dumps(data).encode() for data in given]
    expected = [
        json.loads(answer.text)["conclusions"] for answer in run_batch(lines, knowledge, BatchOptions(), workers=1)
    ]
    unusable = [{"answers": {"initiator": "citty"}}]
    cluster = LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None, local_directory=str(tmp_path))

    with cluster, Client(cluster):
        parts = dask.bag.from_sequence(given, npartitions=4)
        found = dask.bag.map_partitions(conclude_many, dask.delayed(knowledge, traverse=False), parts).compute()
        with pytest.raises(AnswersError, match="citty"):
            dask.delayed(conclude_many)(dask.delayed(knowledge, traverse=False), unusable).compute()

    assert expected == [
        {name: conclusion_data(conclusion, "id", explain=False) for name, conclusion in case.items()}
        for case in found
    ]
