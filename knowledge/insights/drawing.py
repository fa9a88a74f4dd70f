"""The panels of the picture: weeks, topics, documents, introductions, and what people did together."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from typing import Any

from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from knowledge.insights.canvas import ANSWERED, EDGE, HATCH, INK, NOT_FOUND, OTHER, QUIET, cut, say_nothing, size_of
from knowledge.insights.overview import Insights
from knowledge.insights.stale import StaleDocument
from knowledge.insights.texts import TEXTS, short_day
from knowledge.insights.wording import gap_name
from knowledge.model import Language

LOOKS: dict[str, dict[str, Any]] = {
    "answered": {"facecolor": ANSWERED, "edgecolor": INK},
    "not_found": {"facecolor": NOT_FOUND, "edgecolor": INK, "hatch": HATCH},
    "refused": {"facecolor": OTHER, "edgecolor": INK},
}
MOST_TOPICS, MOST_DOCUMENTS = 4, 4
LONGEST_TOPIC, LONGEST_TITLE = 62, 76


def draw_weeks(axes: Axes, insights: Insights, language: Language) -> None:
    """A column for each week, of the ends of its questions one above the other, with the number of all on top."""
    width, height = size_of(axes)
    most = max(tally.asked for _, tally in insights.weeks)
    foot, head = 44.0, 48.0
    step = width / len(insights.weeks)
    scale = (height - foot - head - 22) / max(1, most)
    axes.plot([0, width], [foot, foot], color=EDGE, linewidth=1.2)
    for place, (period, tally) in enumerate(insights.weeks):
        left, bottom = place * step + step * 0.2, foot
        for name, look in LOOKS.items():
            if high := getattr(tally, name) * scale:
                axes.add_patch(Rectangle((left, bottom), step * 0.6, high, linewidth=0.9, **look))
                bottom += high
        is_last = place == len(insights.weeks) - 1
        text: dict[str, Any] = {"ha": "center", "color": INK, "weight": "bold" if is_last else "normal"}
        axes.text(left + step * 0.3, bottom + 5, str(tally.asked), size=13, va="bottom", **text)
        axes.text(left + step * 0.3, foot - 8, short_day(period.first, language), size=11.5, va="top", **text)
    axes.text(width / 2, 2, TEXTS.get("insights.week_from", language), size=11, color=QUIET, ha="center", va="bottom")
    _legend(axes, language)


def _legend(axes: Axes, language: Language) -> None:
    _, height = size_of(axes)
    left = 0.0
    for name, look in LOOKS.items():
        axes.add_patch(Rectangle((left, height - 20), 24, 15, linewidth=0.9, **look))
        text = axes.text(
            left + 32, height - 13, TEXTS.get(f"insights.{name}", language), size=12, color=INK, va="center"
        )
        left += 32 + text.get_window_extent().width + 30


def draw_gaps(axes: Axes, insights: Insights, language: Language) -> None:
    """A bar for each topic, its name above it; what may not be told apart is one bar more."""
    gaps = insights.gaps
    rows = [(gap_name(gap, language), gap.questions, gap.people) for gap in gaps.topics[:MOST_TOPICS]]
    others = gaps.other + sum(gap.questions for gap in gaps.topics[MOST_TOPICS:])
    if not rows and not others:
        name = "insights.gaps.none" if insights.tally.answered else "insights.nothing"
        say_nothing(axes, TEXTS.get(name, language))
        return
    width, height = size_of(axes)
    drawn = [*rows, *([(TEXTS.get("insights.others", language), others, 0)] if others else [])]
    most, step = max(count for _, count, _ in drawn), min(height / len(drawn), 84.0)
    for place, (name, count, people) in enumerate(drawn):
        top = height - place * step
        is_other = not people
        axes.text(0, top - 14, cut(name, LONGEST_TOPIC), size=13, color=INK, va="center")
        length = max(4.0, (width - 190) * count / most)
        look = LOOKS["refused"] if is_other else LOOKS["not_found"]
        axes.add_patch(Rectangle((0, top - step + 12), length, step - 40, linewidth=0.9, **look))
        values = {"questions": count, "people": people}
        told = str(count) if is_other else TEXTS.get("insights.people_asked", language, **values)
        axes.text(length + 10, top - step / 2 - 8, told, size=12.5, color=INK, va="center")


def draw_stale(axes: Axes, insights: Insights, language: Language) -> None:
    """The documents to look at, each with the reason."""
    if not insights.stale:
        name = "insights.stale.none" if insights.tally.answered else "insights.nothing"
        say_nothing(axes, TEXTS.get(name, language))
        return
    _, top = size_of(axes)
    for each in insights.stale[:MOST_DOCUMENTS]:
        title = textwrap.fill(each.title, LONGEST_TITLE, max_lines=2, placeholder="…")
        axes.text(0, top, title, size=13, color=INK, va="top", linespacing=1.25)
        lines = 1 + title.count("\n")
        axes.text(0, top - 6 - 23 * lines, _reason(each, language), size=12, color=QUIET, va="top")
        top -= 46 + 23 * lines


def _reason(document: StaleDocument, language: Language) -> str:
    year = document.published.year if document.published else ""
    why = TEXTS.get(f"insights.short.{document.why.value}", language, year=year)
    return f"{why} · {TEXTS.get('insights.short.cited', language, cited=document.cited)}"


def draw_path(axes: Axes, insights: Insights, language: Language) -> None:
    """How many introductions came how far, one bar below the other."""
    lately = insights.lately
    width, height = size_of(axes)
    step = height / 4
    for place, name in enumerate(("proposed", "made", "met", "useful")):
        count, top = getattr(lately, name), height - place * step
        axes.text(0, top - 16, TEXTS.get(f"insights.path.{name}", language), size=13, color=INK, va="center")
        length = (width - 50) * count / max(1, lately.proposed)
        if count:
            axes.add_patch(Rectangle((0, top - step + 14), length, step - 46, linewidth=0.9, **LOOKS["answered"]))
        axes.text(length + 9, top - step / 2 - 9, str(count), size=13, weight="bold", color=INK, va="center")


def draw_around(axes: Axes, insights: Insights, language: Language) -> None:
    """Numbers of events and of questions to the network, each with what it counts."""
    events, inquiries = insights.events, insights.inquiries
    figures: Sequence[tuple[str, int]] = (
        ("held", events.held),
        ("signed_up", events.signed_up),
        ("coming", events.coming),
        ("booked", events.booked),
        ("asked", inquiries.asked),
        ("helped", inquiries.helped),
    )
    _, height = size_of(axes)
    step = height / len(figures)
    for place, (name, count) in enumerate(figures):
        middle = height - (place + 0.5) * step
        axes.text(62, middle, str(count), size=21, weight="bold", color=INK, ha="right", va="center")
        told = textwrap.fill(TEXTS.get(f"insights.figure.{name}", language), 24)
        axes.text(78, middle, told, size=13, color=INK, va="center")
