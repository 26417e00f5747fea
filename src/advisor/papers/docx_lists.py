"""Lists in DOCX: real ones, so that Word counts them and a screen reader announces them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Final

from docx.document import Document as Docx
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.parts.numbering import NumberingPart
from docx.shared import Length, Twips

from advisor.papers.document import Item
from advisor.papers.nesting import nested, number_of

HANGING: Final = 400
"""How far an item stands in behind its mark, and a deeper list behind one, in twentieths of a point."""

DEEPEST: Final = 8
"""The deepest level of a list that there is in DOCX."""


class Lists:
    """The definitions of lists in a document: one for each mark, and one for each list that is numbered."""

    def __init__(self, document: Docx) -> None:
        self._numbering: Any = _numbering_of(document)
        self._marked: dict[str, int] = {}

    def numbered(self, items: Iterable[Item]) -> list[tuple[int, int, Item]]:
        """Return items that follow each other, with the id of the list of each and its level."""
        found = []
        counted: list[tuple[int, int]] = []
        """The list of numbers on each level that goes on, and its last number; (0, 0) where none does."""
        for depth, item in nested(items):
            level = min(depth, DEEPEST)
            counted = [*counted[: level + 1], *[(0, 0)] * (level + 1 - len(counted))]
            number = number_of(item)
            if number is None:
                counted[level] = (0, 0)
                found.append((self._marked_list(item.mark), level, item))
                continue
            going_on, last = counted[level]
            if not going_on or number != last + 1:
                going_on = self._added("decimal", lambda level: f"%{level + 1}.", number)
            counted[level] = (going_on, number)
            found.append((going_on, level, item))
        return found

    def indent(self, level: int) -> tuple[Length, Length]:
        """Return how far the text of a level stands in, and its mark in front of it."""
        return Twips(HANGING * (level + 1)), Twips(HANGING)

    def _marked_list(self, mark: str) -> int:
        if mark not in self._marked:
            self._marked[mark] = self._added("bullet", lambda level: mark, 1)
        return self._marked[mark]

    def _added(self, kind: str, text: Callable[[int], str], start: int) -> int:
        """Define a list, and return its id."""
        abstracts = self._numbering.findall(qn("w:abstractNum"))
        own = 1 + max((int(each.get(qn("w:abstractNumId"))) for each in abstracts), default=-1)
        definition = parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{own}"/>')
        definition.append(parse_xml(f'<w:multiLevelType {nsdecls("w")} w:val="multilevel"/>'))
        for level in range(DEEPEST + 1):
            definition.append(_level(level, kind, text(level), start))
        # All definitions stand before what uses them.
        if abstracts:
            abstracts[-1].addnext(definition)
        else:
            self._numbering.insert(0, definition)
        number: int = self._numbering.add_num(own).numId
        return number


def _level(level: int, kind: str, text: str, start: int) -> Any:
    made = parse_xml(
        f'<w:lvl {nsdecls("w")} w:ilvl="{level}"><w:start w:val="{start}"/><w:numFmt w:val="{kind}"/>'
        f'<w:lvlText w:val=""/><w:lvlJc w:val="left"/>'
        f'<w:pPr><w:ind w:left="{HANGING * (level + 1)}" w:hanging="{HANGING}"/></w:pPr></w:lvl>'
    )
    made.find(qn("w:lvlText")).set(qn("w:val"), text)
    return made


def _numbering_of(document: Docx) -> Any:
    """Return where the lists of a document are defined; a template need not have such a part."""
    part = document.part
    try:
        there: Any = part.part_related_by(RELATIONSHIP_TYPE.NUMBERING)
    except KeyError:
        name = PackURI("/word/numbering.xml")
        empty = f"<w:numbering {nsdecls('w')}/>".encode()
        made = NumberingPart.load(name, CONTENT_TYPE.WML_NUMBERING, empty, part.package)
        part.relate_to(made, RELATIONSHIP_TYPE.NUMBERING)
        return made.element
    return there.element
