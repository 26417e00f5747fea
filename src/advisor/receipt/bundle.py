"""kbase/ and rules/ in a receipt: the YAML files in a .tar.gz, written as base64.

What is unpacked comes from a file of somebody else. Only regular files with plain names below kbase/ and rules/ are
written, and never more than a stated number of bytes.
"""

from __future__ import annotations

import gzip
import re
import tarfile
import zlib
from base64 import b64decode, b64encode
from collections.abc import Iterator, Sequence
from io import BytesIO
from itertools import islice
from pathlib import Path
from typing import Final

from advisor.paths import DEVICE, writable
from advisor.problem import InputError, Problem, place_of
from advisor.snapshot import contents_of, digest_of_contents, read_together
from advisor.system_error import reason_of

MOST_BYTES: Final = 20_000_000
"""Of the archive before it is compressed; the built-in knowledge has one million."""
MOST_FILES: Final = 2_000
PART: Final = rf"(?!{DEVICE}(?:/|$))[^/\\:*?\"<>|\x00-\x1f]*[^/\\:*?\"<>|\x00-\x1f. ]"
NAME: Final = re.compile(rf"(?:kbase|rules)(?:/{PART})*/(?={PART}$)[^/]+\.yaml")
"""What a file may be called: as every system, Windows among them, can name one."""


class BundleError(Exception):
    """What should be a bundle is none, or is none that may be unpacked; the message says why, in English."""


def packed(folders: Sequence[Path], digest: str) -> str:
    """Return the content of a kbase/ and a rules/ whose digest is `digest`.

    Raises `InputError` where it is another one (they have changed), or where a file has a name or the whole a
    size with which it could not be unpacked.
    """
    contents = list(contents_of(read_together(*folders)))
    if digest_of_contents(contents) != digest:
        raise InputError([Problem(place_of(folders[0]), "receipt.knowledge_changed")])
    archive = BytesIO()
    with tarfile.open(fileobj=archive, mode="w", format=tarfile.PAX_FORMAT) as tar:
        for name, content in sorted(contents):
            member = tarfile.TarInfo(name)  # the time, the owner and the rights are the same for all
            member.size = len(content)
            tar.addfile(member, BytesIO(content))
    unfit = [writable(name) for name, _ in contents if not NAME.fullmatch(name) or name != writable(name)]
    if unfit or len(contents) > MOST_FILES or archive.tell() > MOST_BYTES:
        told = {"name": ", ".join(unfit), "files": str(MOST_FILES), "bytes": str(MOST_BYTES)}
        key = "receipt.unfit_name" if unfit else "receipt.too_much_knowledge"
        raise InputError([Problem(place_of(folders[0]), key, told)])
    compressed = BytesIO()
    with gzip.GzipFile(filename="", mode="wb", fileobj=compressed, mtime=0) as stream:
        stream.write(archive.getvalue())
    return b64encode(compressed.getvalue()).decode("ascii")


def unpacked(bundle: str, folder: Path) -> tuple[Path, Path]:
    """Write what is in a bundle below a folder, and return its kbase/ and its rules/. Raises `BundleError`."""
    for name, content in _members(bundle):
        path = folder / name
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        except OSError as error:
            raise BundleError(f"{name[:80]!r}: {reason_of(error).en}") from error
    return folder / "kbase", folder / "rules"


def _members(bundle: str) -> Iterator[tuple[str, bytes]]:
    left = MOST_BYTES
    archive = BytesIO(_archive(bundle))
    try:
        with tarfile.open(fileobj=archive, mode="r:") as tar:
            # One by one and no more than so many: the header of a member may point back to where the archive began.
            for number, member in enumerate(islice(tar, MOST_FILES + 1)):
                content = _content(tar, member)
                left -= len(content)
                if number == MOST_FILES or left < 0:
                    raise BundleError(f"more than {MOST_FILES} files, or than {MOST_BYTES} bytes")
                yield member.name, content
    except (tarfile.TarError, ValueError, OverflowError, EOFError, OSError) as error:
        raise BundleError(str(error)) from error


def _archive(bundle: str) -> bytes:
    try:
        with gzip.GzipFile(fileobj=BytesIO(b64decode(bundle, validate=True))) as stream:
            archive = stream.read(MOST_BYTES + 1)
    except (ValueError, EOFError, OSError, zlib.error) as error:
        raise BundleError(str(error)) from error
    if len(archive) > MOST_BYTES:
        raise BundleError(f"more than {MOST_BYTES} bytes")
    return archive


def _content(tar: tarfile.TarFile, member: tarfile.TarInfo) -> bytes:
    stream = tar.extractfile(member) if member.isreg() and not member.issparse() else None
    if stream is None or not NAME.fullmatch(member.name):
        raise BundleError(f"{member.name[:80]!r} is no YAML file of kbase/ or rules/")
    return stream.read(MOST_BYTES + 1)
