"""The guide for rule authors, read as a sequence of things to do on a copy of the knowledge.

A mark, a comment `<!-- uji: … -->` before a block (or alone), says which file the block is written to, added to or
stands in, or that a command takes long or is not run. Commands in `sh` blocks run in order; a `text` block after
them shows what they print, with `…` for what is left out. Such a block names all that `advisor check` finds, unless
its mark says that it shows a part. A mark may also name a slip of the pen; the block then shows how it is refused.
"""

from __future__ import annotations

import contextlib
import io
import re
import shutil
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

from advisor import cli

TOP = Path(__file__).parent.parent
GUIDE = TOP / "docs" / "menulis-kaidah.md"
BLOCK = re.compile(r"(?:^<!-- uji: (?P<mark>[^\n]*) -->\n)?^```(?P<kind>\w+)\n(?P<text>.*?)^```$", re.M | re.S)
ALONE = re.compile(r"^<!-- uji: (?P<mark>.*) -->\n(?!```)", re.M)
SLIP = re.compile(r'salah tulis "(?P<right>[^"]+)" sebagai "(?P<wrong>[^"]+)" dalam \S+')
IN_PART = "sebagian"
LEFT_OUT = "…"


@dataclass(frozen=True)
class Block:
    """A block of the guide: its first line, its mark, its kind (yaml, sh, text, toml; empty for a mark alone)."""

    line: int
    mark: str
    kind: str
    text: str

    @property
    def file(self) -> str:
        """The file that the mark names, its last word."""
        return self.mark.rpartition(" ")[2]

    @property
    def slip(self) -> re.Match[str] | None:
        """What is misspelt, and how, where the block shows what is said of that."""
        return SLIP.fullmatch(self.mark)


@dataclass
class Printed:
    """What the commands of one block printed, and with which status each of them ended."""

    commands: list[str] = field(default_factory=list)
    statuses: list[int] = field(default_factory=list)
    output: str = ""
    complaints: str = ""


def blocks() -> list[Block]:
    """Return the blocks and marks of the guide, in order."""
    source = GUIDE.read_text("utf-8")
    found = [*BLOCK.finditer(source), *ALONE.finditer(source)]
    return [_block(source, match) for match in sorted(found, key=lambda match: match.start())]


def _block(source: str, match: re.Match[str]) -> Block:
    parts = {"kind": "", "text": "", **match.groupdict()}
    return Block(source.count("\n", 0, match.start()) + 1, parts["mark"] or "", parts["kind"], parts["text"])


def shows(shown: str, printed: str) -> bool:
    """Whether what is shown was printed in this order, whatever the line breaks and whatever is left out."""
    pieces = [re.escape(" ".join(piece.split())) for piece in shown.split(LEFT_OUT)]
    return re.search(".*?".join(pieces), " ".join(printed.split()), re.S) is not None


class Walk:
    """The guide, followed from top to bottom in a folder with a copy of the knowledge."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.printed: dict[int, Printed] = {}
        self._last = Printed()
        self._replaced = Block(0, "", "", "")
        for folder in ("kbase", "rules", "tests/scenarios"):
            shutil.copytree(TOP / folder, root / folder)

    def follow(self, mark: str = "") -> Walk:
        """Do what every block says, of the commands those with this mark; `printed` is by the line of a block."""
        with contextlib.chdir(self.root):
            for block in blocks():
                if block.kind == "sh":
                    self._run(block, block.mark == mark or (not mark and block.mark.startswith("hapus")))
                elif block.kind == "text":
                    self.printed[block.line] = self._slip(block, block.slip) if block.slip else self._last
                else:
                    self._edit(block)
                if mark and block.mark == mark:
                    break
        return self

    def _run(self, block: Block, wanted: bool) -> None:
        self._edit(block)
        self._last = Printed()
        self.printed[block.line] = self._last
        for command in block.text.splitlines():
            if not command.startswith("advisor"):
                subprocess.run(command.split(), check=True)
            elif wanted:
                self._advise(command)

    def _slip(self, block: Block, slip: re.Match[str]) -> Printed:
        """Return what `advisor check` says of a file in which something is misspelt once."""
        path, self._last = self.root / block.file, Printed()
        right = path.read_text("utf-8")
        assert slip["right"] in right, f"{slip['right']!r} must stand in {path}"
        path.write_text(right.replace(slip["right"], slip["wrong"], 1), "utf-8")
        self._advise("advisor check --kbase draf/kbase --rules draf/rules")
        path.write_text(right, "utf-8")
        return self._last

    def _advise(self, command: str) -> None:
        out, err = io.StringIO(), io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            status = cli.main(command.split()[1:])
        self._last.commands.append(command)
        self._last.statuses.append(status)
        self._last.output += out.getvalue()
        self._last.complaints += err.getvalue()

    def _edit(self, block: Block) -> None:
        path = self.root / block.file
        match block.mark.split(" ")[0]:
            case "berkas":
                path.write_text(block.text, "utf-8")
            case "tambah":
                path.write_text(path.read_text("utf-8") + block.text, "utf-8")
            case "ada" | "dari":
                assert 1 == path.read_text("utf-8").count(block.text), f"must stand once in {block.file}"
                self._replaced = block
            case "menjadi":
                self._replace(self.root / self._replaced.file, self._replaced.text, block.text)
            case "pulihkan":
                shutil.copy(self.root / block.file.removeprefix("draf/"), path)
            case "di":  # above a line that stands in the file several times
                above = block.mark.split(" ")[2]
                self._replace(path, f"      {above}:", f"{block.text}      {above}:")
            case "hapus":
                _, line, _ = block.mark.split('"')
                self._replace(path, f"  {line}\n", "")

    def _replace(self, path: Path, old: str, new: str) -> None:
        source = path.read_text("utf-8")
        assert old in source, f"{old!r} must stand in {path}"
        path.write_text(source.replace(old, new), "utf-8")
