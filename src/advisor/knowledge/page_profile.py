"""Profiles of pages: paper, margins and type of what is written for Word."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from advisor.knowledge.shape import FILLED, Constraint, Id, Shape, Told
from advisor.text import Text

Centimetres = Annotated[float, Constraint(ge=0, le=100), Told("schema.page.centimetres")]
Points = Annotated[float, Constraint(ge=6, le=36), Told("schema.page.points")]


@dataclass(frozen=True, kw_only=True)
class Margins(Shape):
    """What is left free at each edge of a page."""

    top: Centimetres
    right: Centimetres
    bottom: Centimetres
    left: Centimetres


@dataclass(frozen=True, kw_only=True)
class PageProfile(Shape):
    """The page and the type of a paper; `judgement` says that no rule asks for it."""

    id: Id
    label: Text
    text: Text
    width: Centimetres
    height: Centimetres
    margins: Margins
    font: Annotated[str, FILLED]
    size: Points
    spacing: Annotated[float, Constraint(ge=0.8, le=3), Told("schema.page.spacing")] = 1.0
    judgement: bool = False


@dataclass(frozen=True, kw_only=True)
class PageFile(Shape):
    """The content of kbase/papers.yaml; the first profile is used unless another one is asked for."""

    profiles: Annotated[tuple[PageProfile, ...], FILLED]
