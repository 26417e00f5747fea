"""Takes the pictures of the documentation from the real program: python tests/pictures.py

Each picture is the screen of the program in a pseudo-terminal, written as SVG.
"""

from __future__ import annotations

import io
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

import pyte.screens
import yaml
from rich.console import Console
from rich.style import Style
from rich.text import Text

from advisor.interview.interviewer import Interviewer
from advisor.interview.session import Session
from advisor.knowledge_base import Knowledge
from advisor.loading import load_knowledge
from terminal import CONTROL_C, ENTER, F2, F3, START, Terminal

FOLDER: Final = Path(__file__).resolve().parents[1] / "docs" / "pictures"
CASE: Final = "kartamantul"
TITLE: Final = "Sampah Kartamantul"
ANSWERED: Final = 9
COLORS: Final = {"brown": "yellow", "brightbrown": "bright_yellow", "default": "default"}
# Without the window that export_svg draws around a terminal; WIDTH and HEIGHT are put in for each picture.
CELL: Final = (12.2, 24.4)
SVG: Final = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="-8 -8 WIDTH HEIGHT" font-family="monospace">
<style>
.{unique_id}-matrix {{ font-size: {char_height}px; line-height: {line_height}px; }}
{styles}
</style>
<defs>
{lines}
</defs>
<rect x="-8" y="-8" width="WIDTH" height="HEIGHT" rx="8" fill="#292929"/>
<g>
{backgrounds}
<g class="{unique_id}-matrix">
{matrix}
</g>
</g>
</svg>
"""


class Shots:
    """Starts the program with the first answers of a case and takes pictures of what it shows."""

    def __init__(self, knowledge: Knowledge, home: Path) -> None:
        self.home = home
        self.case = knowledge.library.cases[CASE]
        self.order = tuple(_asked(knowledge))

    def start(self, answered: int, columns: int, rows: int) -> Terminal:
        """Return a terminal in which the interview stands after some answers."""
        given = {question: self.case.answers[question] for question in self.order[:answered]}
        answers = {question: list(v) if isinstance(v, tuple) else v for question, v in given.items()}
        path = self.home / "answers.yaml"
        path.write_text(yaml.safe_dump({"as_of": self.case.as_of, "title": TITLE, "answers": answers}), "utf-8")
        return Terminal(self.home, ["interview", str(path)], columns, rows)

    def take(self, answered: int, *steps: tuple[str, str], columns: int = 110, rows: int = 30) -> str:
        """Return the picture after each step: keys that are typed, and what is then seen."""
        terminal = self.start(answered, columns, rows)
        try:
            for keys, seen in steps:
                terminal.type(keys)
                terminal.wait(seen)
            terminal.settle()
            return picture(terminal.screen)
        finally:
            terminal.type(CONTROL_C)
            terminal.child.close(force=True)


def _asked(knowledge: Knowledge) -> Iterator[str]:
    """Yield the questions that the interview asks of the case, in order."""
    interviewer, case = Interviewer(knowledge), knowledge.library.cases[CASE]
    turn = interviewer.turn(Session(case.as_of))
    while turn.question is not None:
        yield turn.question
        raw = case.answers[turn.question]
        answer = ("yes" if raw else "no") if isinstance(raw, bool) else raw
        turn = interviewer.turn(turn.session.answered(turn.question, answer))


def picture(screen: pyte.Screen) -> str:
    """Return what a screen shows, as SVG."""
    console = Console(
        width=screen.columns, record=True, file=io.StringIO(), force_terminal=True, legacy_windows=False
    )
    for row in range(screen.lines):
        line = Text(no_wrap=True)
        for column in range(screen.columns):
            char = screen.buffer[row][column]
            line.append(char.data, _style(char))
        console.print(line, overflow="crop")
    width, height = (
        round(cell * count + 16) for cell, count in zip(CELL, (screen.columns, screen.lines), strict=True)
    )
    template = SVG.replace("WIDTH", str(width)).replace("HEIGHT", str(height))
    svg = console.export_svg(title="", code_format=template, unique_id="advisor")
    return "\n".join(line.rstrip() for line in svg.splitlines()) + "\n"


def _style(char: pyte.screens.Char) -> Style:
    def color(name: str) -> str:
        name = COLORS.get(name, name)
        if len(name) == 6 and all(digit in "0123456789abcdef" for digit in name):
            return f"#{name}"
        return name.replace("bright", "bright_") if name.startswith("bright") and "_" not in name else name

    return Style(color=color(char.fg), bgcolor=color(char.bg), bold=char.bold, reverse=char.reverse)


def pictures(knowledge: Knowledge, home: Path) -> dict[str, str]:
    """Return all pictures by file name; `home` is where the program keeps what it keeps."""
    shots = Shots(knowledge, home)
    every, approval = len(shots.order), shots.order.index("burdens_budget")
    middle = ("", f"pertanyaan ke-{ANSWERED + 1},")
    asked, end = ("", f"pertanyaan ke-{approval + 1},"), ("", "Semua pertanyaan yang berpengaruh")
    taken: dict[str, Callable[[], str]] = {
        "start.svg": lambda: shots.take(0, ("", "Mulai")),
        "question.svg": lambda: shots.take(0, ("", "Mulai"), (START, "pertanyaan ke-1,")),
        "interview.svg": lambda: shots.take(ANSWERED, middle),
        "why.svg": lambda: shots.take(approval, asked, ("?", "masih dapat mengubah")),
        "answers.svg": lambda: shots.take(ANSWERED, middle, (F2, "Jawaban yang diberikan"), columns=80, rows=24),
        "stop.svg": lambda: shots.take(every, end),
        "advice.svg": lambda: shots.take(every, end, (F3, "Pilih saran lengkap"), (ENTER, "SARAN KERJA SAMA")),
    }
    return {name: take() for name, take in taken.items()}


def main() -> int:
    """Write the pictures into the documentation."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as home:
        for name, svg in pictures(load_knowledge(), Path(home)).items():
            (FOLDER / name).write_text(svg, "utf-8")
            print(FOLDER / name)
    return 0


if __name__ == "__main__":
    sys.exit(main())
