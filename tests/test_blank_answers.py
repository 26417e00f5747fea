"""The blank answers file: usable as it stands, and filled in with any id or label of any question."""

from __future__ import annotations

import io
import re
from datetime import date
from pathlib import Path

import pytest

from advisor import cli
from advisor.inference.case import Case, CaseReader
from advisor.knowledge_base import Knowledge
from advisor.report.blank_answers import write_blank_answers
from advisor.text import LANGUAGES, Language
from advisor.understanding.answer import choices_of
from advisor.understanding.reading import Answer
from program import refused


@pytest.fixture(scope="module")
def reader(knowledge: Knowledge) -> CaseReader:
    return CaseReader(knowledge.library, knowledge.rulebase)


@pytest.fixture(scope="module")
def blank(knowledge: Knowledge) -> dict[Language, str]:
    """The blank file in each language."""
    found: dict[Language, str] = {}
    for language in LANGUAGES:
        stream = io.StringIO()
        write_blank_answers(knowledge.library, language, stream)
        found[language] = stream.getvalue()
    return found


def _case(reader: CaseReader, text: str) -> Case:
    return reader.text(text.encode(), "blank.yaml")


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_can_be_read_as_it_stands_and_asks_every_question(
    blank: dict[Language, str], reader: CaseReader, language: Language
) -> None:
    case = _case(reader, blank[language])

    assert ({}, date.today(), "", ()) == (case.answers, case.as_of, case.title, case.parties)
    assert list(reader.domains) == re.findall(r"(?m)^  (\w+): unknown$", blank[language])


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_shows_text_hint_and_options_in_one_language(
    blank: dict[Language, str], knowledge: Knowledge, language: Language
) -> None:
    text = " ".join(re.sub(r"(?m)^ *# *", "", blank[language]).split())
    for question in knowledge.library.questions.values():
        assert question.text.in_language(language) in text
        assert question.hint is None or question.hint.in_language(language) in text
        for option in question.options:
            assert f"{option.id} – {option.label.in_language(language)}" in text
    assert max(map(len, blank[language].splitlines())) <= 110


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("written", ["id", *LANGUAGES])
def test_filled_in_with_any_id_or_label_it_says_what_is_meant(
    blank: dict[Language, str], knowledge: Knowledge, language: Language, written: str
) -> None:
    reader = CaseReader(knowledge.library, knowledge.rulebase)
    reader.exclusions = ()  # the first option of each question stand together here, then the second, and so on
    questions = knowledge.library.questions.values()
    for number in range(max(len(question.option_ids) for question in questions)):
        text = blank[language]
        meant: dict[str, Answer] = {}
        for question in questions:
            for choice in choices_of(question)[number : number + 1]:
                word = choice.id if written == "id" else getattr(choice.label, written)
                several = question.type == "choices"
                answer = f"[{word}]" if several and number % 2 else word
                text = text.replace(f"  {question.id}: unknown\n", f"  {question.id}: {answer}\n")
                meant[question.id] = (choice.id,) if several else choice.id

        assert meant == _case(reader, text).answers


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_stands_there_as_an_example_may_be_used_without_its_sign(
    blank: dict[Language, str], reader: CaseReader, language: Language
) -> None:
    example = re.search(r"(?ms)^# title: .*?\n\n", blank[language])
    assert example is not None

    text = blank[language].replace(example.group(), re.sub(r"(?m)^# ", "", example.group()))
    case = _case(reader, text)

    assert case.title
    assert [True, True] == [all((party.name, party.kind, party.signatory, party.office)) for party in case.parties]
    assert ["sector"] == list(case.notes)


@pytest.mark.usefixtures("loaded")
def test_it_is_written_to_a_file_and_never_over_one_that_may_be_filled_in(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], blank: dict[Language, str]
) -> None:
    path = tmp_path / "jawaban kita.yaml"

    assert 0 == cli.main(["questions", "--blank", "-o", str(path)])
    assert blank["id"] == path.read_text("utf-8")

    path.write_text("filled in", "utf-8")
    err = refused(capsys, "questions", "--blank", "-o", path)

    assert f"{path} sudah ada dan tidak ditimpa; pilih nama lain.\n" == err
    assert "filled in" == path.read_text("utf-8")
