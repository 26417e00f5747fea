"""The pictures of the documentation show what the program shows."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest

from advisor.knowledge_base import Knowledge
from pictures import FOLDER, pictures

PAGES = (FOLDER.parents[1] / "README.md", FOLDER.parent / "panduan.md")


@pytest.fixture(scope="module")
def taken(knowledge: Knowledge, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    return pictures(knowledge, tmp_path_factory.mktemp("home"))


def _text(svg: str) -> list[str]:
    """Return what a picture says, without the digest of the knowledge, which every edit changes."""
    found = re.findall(r">([^<>]+)</text>", svg)
    return [re.sub(r"sidik.[0-9a-f]{12}", "sidik", html.unescape(part)) for part in found]


def test_every_picture_shows_what_the_program_shows_now(taken: dict[str, str]) -> None:
    kept = {path.name: path.read_text("utf-8") for path in FOLDER.glob("*.svg")}

    assert {name: _text(svg) for name, svg in taken.items()} == {name: _text(svg) for name, svg in kept.items()}


def test_every_picture_is_shown_somewhere_and_every_one_that_is_shown_exists() -> None:
    shown = {Path(name).name for page in PAGES for name in re.findall(r"\(([^)]+\.svg)\)", page.read_text("utf-8"))}

    assert {path.name for path in FOLDER.glob("*.svg")} == shown


def test_pictures_load_nothing_from_elsewhere() -> None:
    for path in FOLDER.glob("*.svg"):
        assert ["http://www.w3.org/2000/svg"] == re.findall(r"https?://[^\"\s]+", path.read_text("utf-8"))
