"""`advisor cases`: the case library, one case, and its answers file."""

from __future__ import annotations

import re

import pytest

from advisor import cli
from advisor.inference.case import CaseReader
from advisor.knowledge_base import Knowledge
from advisor.text import LANGUAGES
from program import refused, run


@pytest.mark.usefixtures("loaded")
def test_all_cases_and_the_registry_are_listed(capsys: pytest.CaptureFixture[str], knowledge: Knowledge) -> None:
    status = cli.main(["cases"])

    out, err = capsys.readouterr()
    assert (0, "") == (status, err)
    for case in knowledge.library.cases.values():
        assert f"{case.id} – {case.name}" in out
    flat = re.sub(r"\s+", " ", out)
    for entry in knowledge.library.registry:
        assert re.sub(r"\s+", " ", entry.name) in flat


@pytest.mark.parametrize("word", ["kartamantul", "KARTAMANTUL"])
@pytest.mark.usefixtures("loaded")
def test_one_case_is_shown(word: str, capsys: pytest.CaptureFixture[str]) -> None:
    status = cli.main(["cases", word])

    out, err = capsys.readouterr()
    assert (0, "") == (status, err)
    assert "KARTAMANTUL" in out
    assert "Kabupaten Sleman" in out


@pytest.mark.usefixtures("loaded")
def test_a_case_is_shown_in_the_language_asked_for(
    capsys: pytest.CaptureFixture[str], knowledge: Knowledge
) -> None:
    flat = {}
    for language in LANGUAGES:
        assert 0 == cli.main(["cases", "kartamantul", "--lang", language])
        flat[language] = re.sub(r"\s+", "", capsys.readouterr().out)

    for language in LANGUAGES:
        title = knowledge.library.cases["kartamantul"].title.in_language(language)
        assert [language] == [other for other in LANGUAGES if re.sub(r"\s+", "", title) in flat[other]]


@pytest.mark.usefixtures("loaded")
def test_an_unknown_case_is_refused_with_the_nearest(capsys: pytest.CaptureFixture[str]) -> None:
    indonesian = refused(capsys, "cases", "kartamantull")
    english = refused(capsys, "cases", "kartamantull", "--lang", "en")

    assert indonesian.startswith('kasus "kartamantull" tidak ada; maksudnya "kartamantul"?')
    assert english.startswith('no case "kartamantull"; do you mean "kartamantul"?')


@pytest.mark.usefixtures("loaded")
def test_a_case_unlike_any_is_refused_with_all_there_are(
    capsys: pytest.CaptureFixture[str], knowledge: Knowledge
) -> None:
    err = refused(capsys, "cases", "xyzzy", "--lang", "en")

    assert f'no case "xyzzy"; there are {", ".join(knowledge.library.cases)}\n' == err


@pytest.mark.usefixtures("loaded")
def test_answers_without_a_case_arerefused(capsys: pytest.CaptureFixture[str]) -> None:
    assert "advisor cases kartamantul --answers" in refused(capsys, "cases", "--answers")


@pytest.mark.usefixtures("loaded")
def test_the_answers_of_every_case_can_be_advised_on(
    capsys: pytest.CaptureFixture[str], knowledge: Knowledge
) -> None:
    reader = CaseReader(knowledge.library, knowledge.rulebase)
    for name, case in knowledge.library.cases.items():
        assert 0 == cli.main(["cases", name, "--answers"])
        read = reader.text(capsys.readouterr().out.encode(), name)
        answers = {n: list(v) if isinstance(v, tuple) else v for n, v in case.answers.items()}
        parties = [{"name": member.name} for member in case.members]
        told = {"as_of": case.as_of, "title": case.name, "parties": parties, "answers": answers}
        assert reader.data(told) == read


def test_the_answers_of_a_case_can_be_piped_into_advise() -> None:
    answers = run("cases", "wonosobo", "--answers")
    advice = run("advise", "-", given=answers.stdout)

    assert (0, 0, b"", b"") == (answers.returncode, advice.returncode, answers.stderr, advice.stderr)
    assert "SARAN KERJA SAMA" in advice.stdout.decode()
