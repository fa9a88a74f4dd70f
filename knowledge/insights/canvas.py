"""The sheet that an overview is drawn on: its size, its colours, and panels on it."""

from __future__ import annotations

from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import FancyBboxPatch

WIDTH, HEIGHT, DPI = 1600, 1200, 100
MARGIN = 40
PAPER, INK, QUIET, EDGE = "#eef1f5", "#1d2733", "#51606f", "#9aa7b5"
"""The paper is neither white nor dark: it does not glare on a dark page, and ink is plain on it."""
ANSWERED, NOT_FOUND, OTHER = "#12839a", "#f0b7a6", "#ffffff"
"""Told apart without their colours too: one is filled, one hatched, one empty."""
HATCH = "////"
HEADING = 46
"""Pixels of a panel that its heading takes."""


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in pixels, from below and left."""

    left: float
    bottom: float
    width: float
    height: float


def panel(figure: Figure, page: Axes, box: Box, title: str) -> Axes:
    """A white panel with a heading; returns what is drawn into, in pixels of its own inside."""
    look = "round,pad=0,rounding_size=14"
    page.add_patch(
        FancyBboxPatch((box.left, box.bottom), box.width, box.height, boxstyle=look, fc="white", ec=EDGE, linewidth=1.2)
    )
    page.text(box.left + 22, box.bottom + box.height - 37, title, size=15, weight="bold", color=INK)
    inside = Box(box.left + 22, box.bottom + 16, box.width - 44, box.height - HEADING - 24)
    axes = figure.add_axes((inside.left / WIDTH, inside.bottom / HEIGHT, inside.width / WIDTH, inside.height / HEIGHT))
    axes.set_axis_off()
    axes.set_xlim(0, inside.width)
    axes.set_ylim(0, inside.height)
    return axes


def size_of(axes: Axes) -> tuple[float, float]:
    """Width and height in its own pixels."""
    return axes.get_xlim()[1], axes.get_ylim()[1]


def cut(text: str, most: int) -> str:
    """At most so many letters."""
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def say_nothing(axes: Axes, text: str) -> None:
    """One quiet sentence where there is nothing to draw."""
    width, height = size_of(axes)
    axes.text(width / 2, height / 2, text, size=13, color=QUIET, ha="center", va="center", wrap=True)
