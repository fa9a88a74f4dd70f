"""The overview as a picture: a PNG that reads the same on a light and on a dark page, and without colours."""

from __future__ import annotations

import io
from typing import Any

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.patches import FancyBboxPatch, Rectangle

from knowledge.insights.canvas import DPI, EDGE, HEIGHT, INK, MARGIN, PAPER, QUIET, WIDTH, Box, panel
from knowledge.insights.drawing import draw_around, draw_gaps, draw_path, draw_stale, draw_weeks
from knowledge.insights.overview import Insights
from knowledge.insights.texts import TEXTS, days
from knowledge.model import Language

TILES = 4
TOP, TILE_HEIGHT, GAP = 1096, 150, 24
"""Pixels from below: where the tiles begin; how high they are; what is between panels."""


def draw_insights(insights: Insights, language: Language) -> bytes:
    """A PNG of 1600 by 1200 pixels; a week without questions says so."""
    figure = Figure(figsize=(WIDTH / DPI, HEIGHT / DPI), dpi=DPI, facecolor=PAPER)
    FigureCanvasAgg(figure)
    page = figure.add_axes((0, 0, 1, 1))
    page.set_axis_off()
    page.set_xlim(0, WIDTH)
    page.set_ylim(0, HEIGHT)
    # An edge of its own, so that the sheet ends somewhere on a page that is as light.
    page.add_patch(Rectangle((1, 1), WIDTH - 2, HEIGHT - 2, fill=False, edgecolor=EDGE, linewidth=1.5))
    _head(page, insights, language)
    _tiles(page, insights, language)
    _panels(figure, page, insights, language)
    page.text(MARGIN, 26, TEXTS.get("insights.footnote", language), size=11, color=QUIET, va="center")
    out = io.BytesIO()
    # Without the software's name and version: the same week is the same file.
    figure.savefig(out, format="png", dpi=DPI, facecolor=PAPER, metadata={"Software": None})
    return out.getvalue()


def _head(page: Axes, insights: Insights, language: Language) -> None:
    page.text(MARGIN, HEIGHT - 58, TEXTS.get("insights.title", language), size=25, weight="bold", color=INK)
    page.text(WIDTH - MARGIN, HEIGHT - 56, days(insights.period, language), size=19, color=INK, ha="right")


def _tiles(page: Axes, insights: Insights, language: Language) -> None:
    tally, before = insights.tally, insights.before
    width = (WIDTH - 2 * MARGIN - (TILES - 1) * GAP) / TILES
    rows = (
        ("insights.part.questions", str(tally.asked), _change(insights, tally.asked - before.asked, language)),
        ("insights.answered", str(tally.answered), _share(tally.answered, tally.asked, language)),
        ("insights.not_found", str(tally.not_found), _change(insights, tally.not_found - before.not_found, language)),
        ("insights.helpful", *_helpful(insights, language)),
    )
    for place, (name, number, below) in enumerate(rows):
        left = MARGIN + place * (width + GAP)
        look: dict[str, Any] = {"boxstyle": "round,pad=0,rounding_size=14", "linewidth": 1.2}
        page.add_patch(FancyBboxPatch((left, TOP - TILE_HEIGHT), width, TILE_HEIGHT, fc="white", ec=EDGE, **look))
        page.text(left + 22, TOP - 42, TEXTS.get(name, language), size=15, color=QUIET)
        page.text(left + 22, TOP - 82, number, size=34, weight="bold", color=INK, va="center")
        page.text(left + 22, TOP - 132, below, size=12.5, color=INK)


def _change(insights: Insights, difference: int, language: Language) -> str:
    """How it changed, with a sign beside the word."""
    if insights.is_first and not insights.tally.asked:
        return "–"
    if insights.is_first:
        return TEXTS.get("insights.begins", language)
    name = "more" if difference > 0 else "less" if difference < 0 else "same"
    return TEXTS.get(f"insights.{name}", language, count=abs(difference))


def _share(part: int, whole: int, language: Language) -> str:
    return TEXTS.get("insights.of_answers", language, share=round(100 * part / whole)) if whole else "–"


def _helpful(insights: Insights, language: Language) -> tuple[str, str]:
    good, everyone = insights.opinions.good, insights.opinions.good + insights.opinions.bad
    if not everyone:
        return "–", TEXTS.get("insights.no_ratings", language)
    return f"{round(100 * good / everyone)} %", TEXTS.get("insights.of_ratings", language, good=good, all=everyone)


def _panels(figure: Figure, page: Axes, insights: Insights, language: Language) -> None:
    half = (WIDTH - 2 * MARGIN - GAP) / 2
    middle, low = Box(MARGIN, 500, half, 422), Box(MARGIN, 60, half, 416)
    right, third = MARGIN + half + GAP, (half - GAP) / 2
    draw_weeks(panel(figure, page, middle, TEXTS.get("insights.by_week", language)), insights, language)
    gaps = Box(right, middle.bottom, half, middle.height)
    draw_gaps(panel(figure, page, gaps, TEXTS.get("insights.part.gaps", language)), insights, language)
    draw_stale(panel(figure, page, low, TEXTS.get("insights.part.stale", language)), insights, language)
    path = Box(right, low.bottom, third, low.height)
    draw_path(panel(figure, page, path, TEXTS.get("insights.path", language)), insights, language)
    around = Box(right + third + GAP, low.bottom, third, low.height)
    draw_around(panel(figure, page, around, TEXTS.get("insights.around", language)), insights, language)
