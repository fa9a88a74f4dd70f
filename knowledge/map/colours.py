"""Colours and shapes of the map, the same in the picture and on the page, and what they are called."""

from __future__ import annotations

from collections.abc import Mapping

from knowledge.map.texts import TEXTS
from knowledge.model import Language, OrganisationKind

PAPER, INK, SHADE, TIE = "#ffffff", "#1d2733", "#eef2f6", "#93a1b1"
STAGES: Mapping[str, str] = {
    "idea": "#b58900",
    "pilot": "#d1495b",
    "production": "#12839a",
    "ended": "#8a93a0",
    "": "#6c5fc7",
}
"""By a use case's stage; the last is for those of which no stage is known."""
KINDS: Mapping[OrganisationKind, str] = {
    OrganisationKind.COUNTY: "s",
    OrganisationKind.PUBLIC: "p",
    OrganisationKind.VENDOR: "D",
    OrganisationKind.RESEARCH: "^",
    OrganisationKind.NGO: "h",
    OrganisationKind.UNKNOWN: "X",
}
"""Shapes by matplotlib's names: square, pentagon, diamond, triangle, hexagon, cross."""


def stage_name(stage: str, language: Language) -> str:
    """What the stage is called."""
    return TEXTS.get(f"stage.{stage}" if stage else "map.stage.none", language)


def kind_name(kind: OrganisationKind, language: Language) -> str:
    """What the kind of organisation is called."""
    return TEXTS.get(f"map.kind.{kind.value}", language)
