"""Papers as others open them: pages in a browser, looked through by axe-core, and DOCX in LibreOffice.

Heavy, and only where they are at hand: Chromium, Playwright for Python and axe-core (its file named by AXE_CORE, or
in a folder node_modules above), and soffice.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import docx
import pytest

from advisor import cli
from advisor.papers.document import Ladder
from advisor.papers.docx_writer import docx_of
from advisor.papers.html_writer import html_of
from advisor.papers.paper import Paper
from paper_texts import MEANING, letters

pytestmark = pytest.mark.heavy

COMMANDS: Final = {
    "advice": ("advise", "CASE"),
    "how": ("explain", "CASE", "--how", "institutional_form"),
    "why-not": ("explain", "CASE", "--why-not", "institutional_form=cooperation_body"),
    "cases": ("cases",),
    "questions": ("questions", "--lang", "en"),
    "check": ("check",),
}
LOOKS: Final = (
    ("light", 1000, "screen"),
    ("dark", 1000, "screen"),
    ("dark", 360, "screen"),
    ("light", 800, "print"),
)


def _strange() -> Paper:
    """A document with texts of every kind in blocks of every kind, and pictures of many rows and columns."""
    paper = Paper("id")
    paper.title("Teks yang aneh")
    for number, text in enumerate(MEANING):
        paper.subheading(f"{number}. {text}", text, text)
        paper.paragraph(text, tone="warning")
        paper.bullet(text, text, 2, "•")
        paper.bullet(text, text, 5, "!")
        paper.pairs([(text, text)])
        paper.table(["", text, "c", "d", "e"], [[text] * 5, [""] * 5])
        paper.verbatim([text])
    paper.paragraph("a" * 10_000)
    columns = tuple(f"Penyelenggaraan {number}" for number in range(7))
    rows = tuple((text or "-", ("yes", "no", "open", "free", "yes", "no", "open")) for text in MEANING)
    paper.picture(Ladder("Tangga", columns, (*rows, *rows), 3))
    return paper


@pytest.fixture(scope="module")
def folder(kartamantul: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Reports as HTML and DOCX."""
    folder = tmp_path_factory.mktemp("papers")
    for name, words in COMMANDS.items():
        given = [str(kartamantul) if word == "CASE" else word for word in words]
        for ending in ("html", "docx"):
            assert cli.main([*given, "-o", str(folder / f"{name}.{ending}")]) in (0, 1)
    strange = _strange().document
    (folder / "strange.html").write_text(html_of(strange), "utf-8")
    (folder / "strange.docx").write_bytes(docx_of(strange))
    return folder


@pytest.fixture(scope="module")
def axe() -> str:
    """What axe-core runs in a page."""
    named = os.environ.get("AXE_CORE")
    above = (parent / "node_modules/axe-core/axe.min.js" for parent in Path(__file__).resolve().parents)
    found = Path(named) if named else next((path for path in above if path.exists()), None)
    if found is None:
        pytest.skip("axe-core is not at hand")
    return found.read_text("utf-8")


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Chromium, without a window."""
    program = shutil.which("chromium") or shutil.which("google-chrome")
    playwright = pytest.importorskip("playwright.sync_api")
    if program is None:
        pytest.skip("no Chromium is at hand")
    with playwright.sync_playwright() as started:
        found = started.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield found
        found.close()


@pytest.mark.parametrize("name", [*COMMANDS, "strange"])
@pytest.mark.parametrize(("scheme", "width", "media"), LOOKS, ids=str)
def test_a_page_asks_for_nothing_fits_its_window_and_is_open_to_everybody(
    name: str, scheme: str, width: int, media: str, folder: Path, axe: str, browser: Any
) -> None:
    context = browser.new_context(color_scheme=scheme, viewport={"width": width, "height": 800})
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: asked.append(message.text))
    page.goto((folder / f"{name}.html").as_uri())
    page.emulate_media(media=media, color_scheme=scheme)
    page.evaluate(axe)
    found = page.evaluate("axe.run()")

    assert [(folder / f"{name}.html").as_uri()] == asked
    told = [(one["id"], [node["html"][:200] for node in one["nodes"]][:3]) for one in found["violations"]]
    assert [] == told
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    context.close()


@pytest.mark.parametrize("name", [*COMMANDS, "strange"])
def test_a_page_prints_on_a4(name: str, folder: Path, browser: Any) -> None:
    page = browser.new_page()
    page.goto((folder / f"{name}.html").as_uri())
    content = page.pdf(prefer_css_page_size=True)
    page.close()

    assert b"/MediaBox [0 0 594.9" in content or b"/MediaBox [0 0 595" in content


@pytest.mark.parametrize("name", [*COMMANDS, "strange"])
def test_libreoffice_opens_a_docx_and_shows_all_of_its_text(name: str, folder: Path, tmp_path: Path) -> None:
    soffice = shutil.which("soffice")
    if soffice is None:
        pytest.skip("no LibreOffice is at hand")
    command = [soffice, "--headless", f"-env:UserInstallation={(tmp_path / 'office').as_uri()}"]
    command += ["--convert-to", "txt:Text (encoded):UTF8", "--outdir", str(tmp_path), str(folder / f"{name}.docx")]

    subprocess.run(command, capture_output=True, check=True, timeout=180)

    shown = letters([(tmp_path / f"{name}.txt").read_text("utf-8-sig")])
    paragraphs = docx.Document(str(folder / f"{name}.docx")).paragraphs
    assert [] == [paragraph.text for paragraph in paragraphs if letters([paragraph.text]) not in shown]
