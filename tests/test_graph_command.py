"""`advisor graph` writes a picture or says why not, and a label is text whatever stands in it."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml

from advisor import cli
from advisor.commands import common
from advisor.commands.common import DONE, UNUSABLE
from advisor.folders import built_in
from advisor.knowledge_base import Knowledge
from drawing import ALLOWED, SVG, assert_readable, parsed


@pytest.fixture
def loaded(knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the command use the knowledge that is loaded already."""
    monkeypatch.setattr(common, "kept_knowledge", lambda kbase, rules: knowledge)


@pytest.fixture
def answers(knowledge: Knowledge, tmp_path: Path) -> Path:
    """The answers file of KARTAMANTUL."""
    path = tmp_path / "kartamantul.yaml"
    case = knowledge.library.cases["kartamantul"]
    given = {name: list(a) if isinstance(a, tuple) else a for name, a in case.answers.items()}
    path.write_text(yaml.safe_dump({"as_of": case.as_of, "answers": given}), "utf-8")
    return path


def _refused(capsys: pytest.CaptureFixture[str], *words: str | Path) -> str:
    status = cli.main([str(word) for word in ("graph", *words)])

    out, err = capsys.readouterr()
    assert (UNUSABLE, "") == (status, out)
    assert "Traceback" not in err
    return err


@pytest.mark.usefixtures("loaded")
def test_the_picture_of_a_case_goes_to_a_file(answers: Path) -> None:
    target = answers.with_name("out.svg")

    assert DONE == cli.main(["graph", str(answers), "-o", str(target)])
    assert_readable(parsed(target.read_text("utf-8")))
    assert "kartamantul.yaml" in target.read_text("utf-8")


@pytest.mark.usefixtures("loaded")
def test_the_picture_can_go_to_standard_output(capsys: pytest.CaptureFixture[str]) -> None:
    assert DONE == cli.main(["graph", "-o", "-", "--as-of", "2024-05-31"])
    assert_readable(parsed(capsys.readouterr().out))


@pytest.mark.usefixtures("loaded")
@pytest.mark.parametrize("layout", ["auto", "graphviz", "plain"])
def test_there_is_one_layout_and_no_option_for_another(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, layout: str
) -> None:
    assert "--layout" in _refused(capsys, "-o", tmp_path / "out.svg", "--layout", layout)
    assert not list(tmp_path.iterdir())


@pytest.mark.usefixtures("loaded")
@pytest.mark.parametrize("name", ["out.png", "out", "out.svg.gz", "svg", "answers.yaml"])
def test_a_picture_is_written_only_under_the_name_of_one(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, name: str
) -> None:
    assert "must end in .svg" in _refused(capsys, "-o", tmp_path / name, "--lang", "en")
    assert "harus berakhiran .svg" in _refused(capsys, "-o", tmp_path / name)
    assert not list(tmp_path.iterdir())


@pytest.mark.usefixtures("loaded")
def test_what_cannot_be_drawn_or_written_is_said(capsys: pytest.CaptureFixture[str], answers: Path) -> None:
    same = answers.rename(answers.with_suffix(".svg"))
    given = same.read_bytes()

    assert str(same) in _refused(capsys, same, "-o", same)
    assert given == same.read_bytes()
    assert "nowhere" in _refused(capsys, "-o", same.parent / "nowhere" / "out.svg")
    assert "2007-08-22" in _refused(capsys, "-o", same.with_name("out.svg"), "--as-of", "1999-01-01")
    assert "missing.yaml" in _refused(capsys, "missing.yaml", "-o", same.with_name("out.svg"))
    assert "-o" in _refused(capsys, same)
    assert [same] == list(same.parent.iterdir())


HOSTILE = '<script>alert(\'1\')</script> "quoted" & \\N \\" ]]> <!-- {brace}'


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Knowledge in which labels and titles are such as do harm where they are not escaped."""
    folder = tmp_path_factory.mktemp("hostile")
    for name in ("kbase", "rules"):
        shutil.copytree(built_in(name), folder / name)
    _changed(folder / "kbase" / "questions" / "20-parties.yaml", lambda data: data["questions"][0]["short"])
    _changed(folder / "kbase" / "questions" / "30-object.yaml", lambda data: data["title"])
    _changed(folder / "kbase" / "conclusions.yaml", lambda data: data["conclusions"][2]["label"])
    _changed(folder / "rules" / "operator.yaml", lambda data: data["title"])
    return folder / "kbase", folder / "rules"


def _changed(path: Path, text_of: Any) -> None:
    data = yaml.load(path.read_text("utf-8"), yaml.CBaseLoader)  # noqa: S506 - words alone, as the program reads it
    text_of(data).update(id=HOSTILE, en=HOSTILE)
    path.write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False), "utf-8")


def test_a_label_is_text_whatever_stands_in_it(hostile: tuple[Path, Path], answers: Path) -> None:
    kbase, rules = hostile
    target = answers.with_name("out.svg")
    title = {"title": HOSTILE + "\x07", **yaml.safe_load(answers.read_text("utf-8"))}
    answers.write_text(yaml.safe_dump(title), "utf-8")

    status = cli.main(["graph", str(answers), "-o", str(target), "--kbase", str(kbase), "--rules", str(rules)])
    root = parsed(target.read_text("utf-8"))

    assert DONE == status
    assert_readable(root)
    assert ALLOWED >= {element.tag.removeprefix(SVG) for element in root.iter()}
    shown = " ".join(text.text or "" for text in root.iter(f"{SVG}text"))
    assert shown.count("<script>") >= 4
    assert HOSTILE in "".join(title.text or "" for title in root.iter(f"{SVG}title"))
