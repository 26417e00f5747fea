"""A file that cannot be read is named, with the reason, wherever it lies."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from advisor import cli
from advisor.commands.common import UNUSABLE
from advisor.folders import built_in
from advisor.loading import load_knowledge
from advisor.snapshot import Snapshot, digest_of
from advisor.verify.check.files import Files

SCENARIO = """\
scenarios:
  - {id: one, name: A name, source: [pp28-2018:6-2], why: A reason., as_of: 2021-03-01, refused: [as_of]}
"""


def _folder(path: Path) -> None:
    path.mkdir()


def _dangling_link(path: Path) -> None:
    path.symlink_to("nowhere")


def _pipe(path: Path) -> None:
    os.mkfifo(path)


def _locked(path: Path) -> None:
    path.write_text("decision: x\n")
    path.chmod(0)


as_a_person = pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may read everything")
UNREADABLE = [
    pytest.param(_folder, "this is a folder, not a file", id="folder"),
    pytest.param(_dangling_link, "the file cannot be read (No such file or directory)", id="dangling link"),
    pytest.param(_pipe, "this is no regular file (but a pipe or a device), so it is not read", id="pipe"),
    pytest.param(_locked, "the file cannot be read (Permission denied)", id="locked", marks=as_a_person),
]


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working directory with a copy of the built-in folders and one file of scenarios."""
    for name in ("kbase", "rules"):
        shutil.copytree(built_in(name), tmp_path / name)
    (tmp_path / "scenarios").mkdir()
    (tmp_path / "scenarios" / "a.yaml").write_text(SCENARIO, "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("name", ["kbase/x.yaml", "kbase/terms/x.yaml", "rules/x.yaml", "scenarios/x.yaml"])
@pytest.mark.parametrize(("make", "reason"), UNREADABLE)
def test_a_file_that_cannot_be_read_is_named_with_the_reason(
    name: str, make: Callable[[Path], None], reason: str, project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    make(project / name)

    status = cli.main(["test", "scenarios", "--kbase", "kbase", "--rules", "rules", "--lang", "en"])

    out, err = capsys.readouterr()
    assert (UNUSABLE, "") == (status, out)
    assert err.splitlines()[-1].startswith(f"{name}: {reason}")


def test_all_files_that_cannot_be_read_are_named_at_once(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _folder(project / "rules" / "x.yaml")
    _dangling_link(project / "kbase" / "terms" / "x.yaml")
    (project / "kbase" / "steps.yaml").unlink()

    assert UNUSABLE == cli.main(["cases", "--kbase", "kbase", "--rules", "rules", "--lang", "en"])

    named = [line.partition(":")[0] for line in capsys.readouterr().err.splitlines()[1:]]
    assert ["kbase/steps.yaml", "kbase/terms/x.yaml", "rules/x.yaml"] == named


@pytest.mark.parametrize("make", [_dangling_link, _folder, lambda path: path.write_text("not: [read")])
def test_what_an_editor_hides_beside_the_files_is_passed_over(
    make: Callable[[Path], object], project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folders = (project / "kbase", project / "rules")
    digest = digest_of(map(Snapshot.of, folders))
    for name in ("kbase/.#facts.yaml", "kbase/terms/.#needs.yaml", "rules/.#era.yaml", "scenarios/.#a.yaml"):
        make(project / name)

    assert digest == digest_of(map(Snapshot.of, folders)) == load_knowledge(*folders).digest
    assert not [d for d in Files.read(*folders).rules if d.path.name.startswith(".")]
    assert 1 == cli.main(["test", "scenarios", "--kbase", "kbase", "--rules", "rules", "--jobs", "1"])
    assert "0 skenario lulus, 1 gagal, 0 menunggu persetujuan" == capsys.readouterr().out.splitlines()[-1]


def test_answers_may_come_through_a_pipe() -> None:
    command = f"{sys.executable} -m advisor advise <(echo 'answers: {{initator: city}}') --lang en"

    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False)  # noqa: S607

    assert (UNUSABLE, True) == (done.returncode, 'unknown question "initator"' in done.stderr)
