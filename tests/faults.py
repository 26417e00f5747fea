"""Bad files of every kind, the places that read files, and what must hold of a program that met one."""

from __future__ import annotations

import ctypes
import os
import random
import re
import resource
import signal
import socket
import stat
import subprocess
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from shutil import which
from typing import ClassVar, Final

import pytest

from advisor.escaping import HIDDEN, on_one_line
from advisor.text import LANGUAGES, Language
from program import LONG, PROGRAM, plain_environment

MEMORY: Final = 600 << 20
"""Bytes that the program may have, of which it needs half: most are those of its libraries."""

OTHER_LANGUAGE: Final[Mapping[Language, re.Pattern[str]]] = {
    "id": re.compile(r"\b(the|is|are|not|with|and|cannot|must|has|have|where|there|expected|found|file)\b", re.I),
    "en": re.compile(r"\b(yang|dan|tidak|adalah|dengan|untuk|berkas|ini|harus|bukan|ada|dapat)\b", re.I),
}
"""Common words of the other language; no content below holds one of them."""

QUOTED: Final = re.compile(r'"[^"]*"')


# -- kinds --------------------------------------------------------------------------------------------------

Lay = Callable[[Path, bytes], None]
"""Lays a bad file at a path; the bytes are what would be good there."""


@dataclass(frozen=True)
class Kind:
    """A kind of bad file. `tame`: what stands in it is good all the same. `special`: it is no regular file."""

    name: str
    lay: Lay
    tame: bool = False
    special: bool = False


def _content(name: str, content: Callable[[bytes], bytes], *, tame: bool = False) -> Kind:
    return Kind(name, lambda path, good: _write(path, content(good)), tame)


def _always(name: str, content: bytes) -> Kind:
    return _content(name, lambda good: content)


def _write(path: Path, content: bytes) -> None:
    path.write_bytes(content)


def _sparse(path: Path, good: bytes) -> None:
    with path.open("wb") as stream:
        stream.truncate(1 << 28)


def _socket(path: Path, good: bytes) -> None:
    here = Path.cwd()
    os.chdir(path.parent)  # the name of a socket may be no longer than a hundred bytes
    try:
        with socket.socket(socket.AF_UNIX) as made:
            made.bind(path.name)
    finally:
        os.chdir(here)


def _link(target: str) -> Lay:
    return lambda path, good: path.symlink_to(target)


def _locked(path: Path, good: bytes) -> None:
    path.write_bytes(good)
    path.chmod(0)


def _noise(count: int) -> bytes:
    return random.Random(count).randbytes(count)  # noqa: S311 - nothing secret


BOMB: Final = b"a0: &a0 [x]\n" + b"".join(
    b"a%d: &a%d [%s]\n" % (n, n, b"*a%d, " % (n - 1) * 9) for n in range(1, 30)
)

CONTENTS: Final = (
    _always("empty", b""),
    _always("blanks", b" \n   \n"),
    _always("a comment", b"# kosong\n"),
    _always("noise", _noise(2_000)),
    _always("noise without line feeds", _noise(50_000).replace(b"\n", b"\r")),
    _content("no UTF-8", lambda good: good + b"\xff\xfe\xc3(\n"),
    _content("Latin 1", lambda good: b'"caf\xe9": 1\n' + good),
    _content("UTF-16", lambda good: good.decode("latin-1").encode("utf-16")),
    _content("UTF-16 without a mark", lambda good: good.decode("latin-1").encode("utf-16-be")),
    _content("UTF-32", lambda good: good.decode("latin-1").encode("utf-32")),
    _content("a NUL", lambda good: good[: len(good) // 2] + b"\0" + good[len(good) // 2 :]),
    _always("all NULs", b"\0" * 5_000),
    _content("a mark of byte order", lambda good: b"\xef\xbb\xbf" + good, tame=True),
    _content("over the limit", lambda good: good.rstrip() + b" " * 8_100_000),
    _always("brackets without end", b"[" * 100_000),
    _always("very deep", b"[" * 5_000 + b"]" * 5_000),
    _always("deep mappings", b'{"a":' * 60 + b"1" + b"}" * 60),
    _always("far too many values", b"[" + b"1," * 250_000 + b"1]"),
    _always("a key twice", b'{"answers": {}, "answers": {}}'),
    _always("an anchor", b"a: &x [1]\nb: *x\n"),
    _always("a tag", b"a: !!python/object/apply:os.system ['touch hacked']\n"),
    _always("a bomb", BOMB),
    _always("a merge", b"a: &x {b: 1}\nc: {<<: *x}\n"),
    _content("several documents", lambda good: good.rstrip() + b"\n---\n" + good),
    _always("a list", b"[1, 2]"),
    _always("a number", b"3"),
    _always("a text", b'"sesuatu"'),
    _always("null", b"null"),
    _always("an empty mapping of mappings", b'{"": {"": {"": null}}}'),
    _always("cut off YAML", b"answers: {sector: roads, activities: ["),
    _always("cut off JSON", b'{"answers": {"sector": "ro'),
    _always("control characters", b'"\x1b[2J": "\x07"\n'),
    _always("escaped control characters", b'"\\u001b[2J\\u009b31m\\u202e": "\\u001b]52;c;aGk=\\u0007"'),
    _always("half a pair of surrogates", b'{"\\ud83d": "\\udc00\\ud800"}'),
    _always("a very long key", b'{"' + b"k" * 500_000 + b'": 1}'),
    _always("very long digits", b'{"answers": {"region_count": ' + b"9" * 20_000 + b"}}"),
    _always("no number", b'{"answers": {"region_count": NaN, "sector": -Infinity}}'),
)

SPECIALS: Final = (
    Kind("nothing", lambda path, good: None, special=True),
    Kind("a folder", lambda path, good: path.mkdir(), special=True),
    Kind("a link to nothing", _link("nowhere"), special=True),
    Kind("a loop of links", lambda path, good: path.symlink_to(path.name), special=True),
    Kind("a link below a file", _link("/etc/passwd/x"), special=True),
    Kind("a pipe without a writer", lambda path, good: os.mkfifo(path), special=True),
    Kind("a socket", _socket, special=True),
    Kind("/dev/zero", _link("/dev/zero"), special=True),
    Kind("/dev/full", _link("/dev/full"), special=True),
    Kind("/dev/null", _link("/dev/null"), special=True),
    Kind("/dev/urandom", _link("/dev/urandom"), special=True),
    Kind("memory of a process", _link("/proc/self/mem"), special=True),
    Kind("a sparse file", _sparse),
    Kind("unreadable", _locked, special=True),
)

KINDS: Final = {kind.name: kind for kind in (*CONTENTS, *SPECIALS)}


# -- rights -------------------------------------------------------------------------------------------------

OVERRIDES: Final = 0b110
"""The abilities of the superuser to do what the mode of a file refuses: CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH."""


@contextmanager
def as_everybody() -> Iterator[None]:
    """Let the superuser be refused what the modes of files refuse; skip where that cannot be done."""
    if os.geteuid() != 0:
        yield
        return
    before = _abilities()
    _able_to(before & ~OVERRIDES, before)
    try:
        yield
    finally:
        _able_to(before, before)


class _Header(ctypes.Structure):
    _fields_: ClassVar = [("version", ctypes.c_uint32), ("pid", ctypes.c_int)]


_Sets = ctypes.c_uint32 * 6
"""The lower halves of what is effective, permitted and inheritable, and then the upper ones."""


def _abilities() -> int:
    line = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("CapPrm"))
    return int(line.split()[1], 16)


def _able_to(effective: int, permitted: int) -> None:
    low, high = 0xFFFFFFFF, 32
    sets = _Sets(effective & low, permitted & low, 0, effective >> high, permitted >> high, 0)
    header = _Header(0x20080522, 0)
    if ctypes.CDLL(None, use_errno=True).capset(ctypes.byref(header), ctypes.byref(sets)):
        pytest.skip("the superuser cannot do without its rights here")


# -- what must hold -----------------------------------------------------------------------------------------


def state_of(folder: Path) -> dict[str, tuple[object, ...]]:
    """Return what lies below a folder: kind, size, time and content of each file, and where links lead.

    The locks of sessions, in which there is nothing, are left out.
    """
    found: dict[str, tuple[object, ...]] = {}
    for path in sorted(path for path in folder.rglob("*") if path.suffix != ".lock"):
        state = path.lstat()
        content: object = ""
        if path.is_symlink():
            content = path.readlink()
        elif stat.S_ISREG(state.st_mode) and state.st_size < 1 << 24 and state.st_mode & 0o400:
            content = path.read_bytes()
        time = state.st_mtime_ns if not stat.S_ISDIR(state.st_mode) else 0
        found[str(path.relative_to(folder))] = (state.st_mode, state.st_size, time, content)
    return found


@dataclass
class Ended:
    """How a run ended."""

    status: int
    out: str
    err: str
    complaints: list[str] = field(default_factory=list)

    def expect(self, holds: object, complaint: str) -> None:
        """Note a complaint where something does not hold."""
        if not holds:
            self.complaints.append(f"{complaint}: status {self.status}\n{self.out[-600:]}\n{self.err[-1500:]}")

    def has_no_noise(self) -> None:
        """Expect no traceback and no control character."""
        for stream in (self.out, self.err):
            self.expect("Traceback" not in stream, "a traceback")
            self.expect(not HIDDEN.search(stream), "a control character")

    def refuses(self, statuses: set[int], names: str, language: Language) -> None:
        """Expect one of the statuses, and a message that names something, in one language."""
        self.expect(self.status in statuses, f"not one of {statuses}")
        message = self.err if self.status == 2 else self.out + self.err
        self.expect(on_one_line(names) in message, f"{names} is not named")
        said = QUOTED.sub("", message.replace(on_one_line(names), ""))
        self.expect(not OTHER_LANGUAGE[language].search(said), f"not in {language} alone")


def ran(*words: str | Path, given: bytes = b"", most: int = MEMORY, largest: int | None = None) -> Ended:
    """Run the program with so much memory at most, where no file of its own can be larger than `largest`."""

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (most, most))
        if largest is not None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (largest, largest))

    done = subprocess.run(
        [*PROGRAM, *map(str, words)], input=given, capture_output=True, preexec_fn=limit,
        env=plain_environment(), timeout=LONG, check=False,
    )  # fmt: skip
    return Ended(done.returncode, done.stdout.decode(), done.stderr.decode())


@contextmanager
def deadline(seconds: float = LONG) -> Iterator[None]:
    """Fail what takes longer."""
    before = signal.signal(signal.SIGALRM, lambda number, frame: pytest.fail("it never ends"))
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def language_for(*what: object) -> Language:
    """Return one of the languages; over all runs each has its turn."""
    return LANGUAGES[sum(map(ord, "".join(map(str, what)))) % len(LANGUAGES)]


def removed(path: Path) -> None:
    """Remove a file, whatever it is."""
    with suppress(FileNotFoundError):
        path.unlink()


# -- disks --------------------------------------------------------------------------------------------------


@contextmanager
def small_disk(folder: Path) -> Iterator[None]:
    """Mount a file system of a few pages; skip where that needs rights that nobody gave."""
    mount, folder = which("mount"), folder
    folder.mkdir(parents=True)
    command = [mount or "mount", "-t", "tmpfs", "-o", "size=32k", "none", str(folder)]
    if mount is None or subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("nobody may mount a file system here")
    try:
        yield
    finally:
        subprocess.run([which("umount") or "umount", "-l", str(folder)], check=True)


@contextmanager
def filled(folder: Path) -> Iterator[None]:
    """Fill a disk to the last byte for a while."""
    file = folder / "penuh"
    with suppress(OSError), file.open("wb", buffering=0) as stream:
        while stream.write(b"x" * 512):
            pass
    try:
        yield
    finally:
        file.unlink()


# -- processes ----------------------------------------------------------------------------------------------


def members_of(session: int) -> list[int]:
    """Return the processes of a session, which is named by its first process."""
    found = []
    for path in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):  # it has ended meanwhile
            if int((path / "stat").read_text().rpartition(")")[2].split()[3]) == session:
                found.append(int(path.name))
    return found
