"""The DOCX that a document is written into: an empty one of our own, or the template of an office, emptied."""

from __future__ import annotations

import re
import zipfile
from copy import deepcopy
from io import BytesIO
from pathlib import Path
from typing import Any, Final
from zlib import error as deflate_error

import docx
from docx.document import Document as Docx
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.exceptions import OpcError
from docx.oxml.ns import qn

from advisor.catalogue import say
from advisor.folders import content_of
from advisor.problem import UsageError
from advisor.text import Language

LARGEST: Final = 20_000_000
"""Bytes of a template, packed."""

LARGEST_UNPACKED: Final = 200_000_000
"""Bytes of all that is in it: what packs to nothing must not fill the memory."""

DOCX: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
DOTX: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml"
TYPES: Final = "[Content_Types].xml"
BREAKS: Final = (
    *(OpcError, zipfile.BadZipFile, deflate_error, EOFError),
    *(SyntaxError, NotImplementedError, RuntimeError),  # what XML, packing and passwords are refused with
    *(AttributeError, KeyError, IndexError, TypeError, ValueError),  # where a part is missing that all have
)
"""What goes wrong in reading a file that only looks like a DOCX."""


def empty_docx() -> Docx:
    """Return a DOCX without anything in it; of the program that python-docx made its own with nothing is left."""
    document: Docx = docx.Document()
    package = document.part.package
    for name, relation in list(package.rels.items()):
        if relation.reltype == RELATIONSHIP_TYPE.THUMBNAIL:
            del package.rels[name]
    for part in package.iter_parts():
        if str(part.partname) == "/docProps/app.xml":
            part._blob = re.sub(rb"<Application>.*?</Application>", b"", part.blob)
    _modern(document)
    return document


def emptied_template(path: Path, language: Language) -> Docx:
    """Return a template (DOCX, or the DOTX of Word) without what its body says: its page, header, footer, styles.

    Of several sections the first one stays. Raises `InputError` where it cannot be read, and `UsageError` where it
    is no such file.
    """
    content = content_of(path, LARGEST + 1)
    if len(content) > LARGEST:
        raise UsageError(say("paper.template_large", language, file=path, most=LARGEST // 1_000_000))
    try:
        document: Docx = docx.Document(BytesIO(_as_docx(content)))
        _empty(document)
    except BREAKS as error:
        raise UsageError(say("cli.template_no_docx", language, file=path)) from error
    return document


def _as_docx(content: bytes) -> bytes:
    """Return the content of a DOCX; a DOTX differs from one in what it says it is. Raises one of `BREAKS`."""
    with zipfile.ZipFile(BytesIO(content)) as old:
        if sum(entry.file_size for entry in old.infolist()) > LARGEST_UNPACKED:
            raise zipfile.BadZipFile
        types = old.read(TYPES)
        if DOTX.encode() not in types:
            return content
        written = BytesIO()
        with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as new:
            for name in dict.fromkeys(old.namelist()):
                new.writestr(name, types.replace(DOTX.encode(), DOCX.encode()) if name == TYPES else old.read(name))
    return written.getvalue()


def _empty(document: Docx) -> None:
    """Take everything out of the body but the page of its first section."""
    body: Any = document.element.body
    first = next(body.iter(qn("w:sectPr")), None)
    page = None if first is None else deepcopy(first)
    for element in list(body):
        body.remove(element)
    if page is None:
        body.get_or_add_sectPr()
    else:
        for kind in page.findall(qn("w:type")):
            page.remove(kind)
        body.append(page)


def _modern(document: Docx) -> None:
    """Let Word open the file as one of today, and not in the mode for files of an old version."""
    for setting in document.settings.element.iter(qn("w:compatSetting")):
        if setting.get(qn("w:name")) == "compatibilityMode":
            setting.set(qn("w:val"), "15")
