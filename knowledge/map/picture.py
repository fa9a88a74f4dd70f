"""The map as a picture: a PNG for places where nothing can be clicked."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Circle
from matplotlib.transforms import Bbox
from numpy.typing import NDArray

from knowledge.map.colours import INK, KINDS, PAPER, SHADE, STAGES, TIE, kind_name, stage_name
from knowledge.map.graph import EcosystemMap, NodeKind
from knowledge.map.layout import REST, Layout, lay_out
from knowledge.map.texts import TEXTS
from knowledge.model import Language

WIDTH, HEIGHT, DPI = 1600, 1200, 100
MARGIN = 24
HEAD, FOOT = 70, 64
"""Pixels above for the heading, and below for the legend."""
NAMED = 45
"""Organisations that may get their name written, those with the most use cases first, as far as there is room."""
HIDDEN = 1
"""Points that a name may hide."""
NAME: dict[str, Any] = {
    "size": 8,
    "color": INK,
    "zorder": 7,
    "bbox": {"boxstyle": "round,pad=0.15", "facecolor": PAPER, "edgecolor": "none", "alpha": 0.78},
}
LONGEST = 34
"""Letters of a name before it is cut: the page has the whole."""


@dataclass(frozen=True, slots=True)
class _Scale:
    """From the layout's units to pixels, origin at the bottom left."""

    factor: float
    left: float
    bottom: float

    def __call__(self, point: tuple[float, float]) -> tuple[float, float]:
        return self.left + self.factor * point[0], self.bottom + self.factor * point[1]


def draw_map(graph: EcosystemMap, language: Language) -> bytes:
    """A PNG of 1600 by 1200 pixels; an empty map says that there is nothing to show."""
    figure = Figure(figsize=(WIDTH / DPI, HEIGHT / DPI), dpi=DPI, facecolor=PAPER)
    FigureCanvasAgg(figure)
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_axis_off()
    axes.set_xlim(0, WIDTH)
    axes.set_ylim(0, HEIGHT)
    counts = {kind: len(graph.of(kind)) for kind in NodeKind}
    axes.text(MARGIN, HEIGHT - 42, TEXTS.get("map.title", language), size=20, weight="bold", color=INK)
    told = TEXTS.get("map.counts" if graph.nodes else "map.empty", language, **_values(counts))
    axes.text(WIDTH - MARGIN, HEIGHT - 40, told, size=13, color=INK, ha="right")
    if graph.nodes:
        _draw(axes, graph, language)
    _legend(axes, graph, language)
    out = io.BytesIO()
    # Without the software's name and version: the same map is the same file.
    figure.savefig(out, format="png", dpi=DPI, facecolor=PAPER, metadata={"Software": None})
    return out.getvalue()


def _values(counts: dict[NodeKind, int]) -> dict[str, int]:
    return {"organisations": counts[NodeKind.ORGANISATION], "usecases": counts[NodeKind.USE_CASE]}


def _draw(axes: Axes, graph: EcosystemMap, language: Language) -> None:
    layout = lay_out(graph)
    scale = _fitted(layout)
    for disc in layout.discs:
        axes.add_patch(Circle(scale(disc.center), disc.radius * scale.factor, color=SHADE, zorder=1))
    _draw_ties(axes, graph, layout, scale)
    _draw_points(axes, graph, layout, scale)
    taken = list(_draw_topics(axes, graph, layout, scale, language))
    _draw_names(axes, graph, layout, scale, taken)


def _fitted(layout: Layout) -> _Scale:
    """As large as the sheet allows, in its middle."""
    left = min(disc.center[0] - disc.radius for disc in layout.discs)
    right = max(disc.center[0] + disc.radius for disc in layout.discs)
    low = min(disc.center[1] - disc.radius for disc in layout.discs)
    high = max(disc.center[1] + disc.radius for disc in layout.discs) + 1.5
    room = WIDTH - 2 * MARGIN, HEIGHT - HEAD - FOOT - MARGIN
    factor = min(room[0] / (right - left), room[1] / (high - low), 60)
    return _Scale(
        factor,
        MARGIN + (room[0] - factor * (right - left)) / 2 - factor * left,
        FOOT + (room[1] - factor * (high - low)) / 2 - factor * low,
    )


def _draw_ties(axes: Axes, graph: EcosystemMap, layout: Layout, scale: _Scale) -> None:
    """Each use case to its organisation; those that leave their disc fainter, so that they do not hide the rest."""
    near: list[list[tuple[float, float]]] = []
    far: list[list[tuple[float, float]]] = []
    for case, owner in graph.owners.items():
        line = [scale(layout.points[case]), scale(layout.points[owner])]
        (near if layout.disc_of[case] == layout.disc_of[owner] else far).append(line)
    axes.add_collection(LineCollection(far, colors=TIE, linewidths=0.5, alpha=0.35, zorder=2))
    axes.add_collection(LineCollection(near, colors=TIE, linewidths=0.9, alpha=0.9, zorder=2))


def _draw_points(axes: Axes, graph: EcosystemMap, layout: Layout, scale: _Scale) -> None:
    dot = min(9.0, 0.22 * scale.factor)
    for stage, colour in STAGES.items():
        cases = [node for node in graph.of(NodeKind.USE_CASE) if _stage(node.stage) == stage]
        if cases:
            places = np.array([scale(layout.points[node.id]) for node in cases])
            axes.scatter(places[:, 0], places[:, 1], s=dot**2, c=colour, linewidths=0, zorder=3)
    count = Counter(graph.owners.values())
    for kind, marker in KINDS.items():
        owners = [node for node in graph.of(NodeKind.ORGANISATION) if node.organisation_kind is kind]
        if owners:
            places = np.array([scale(layout.points[node.id]) for node in owners])
            sizes = np.array([(dot * (1.1 + 0.14 * min(8, count[node.id]))) ** 2 for node in owners])
            look: dict[str, Any] = {"c": INK, "marker": marker, "linewidths": 0.8, "edgecolors": PAPER}
            axes.scatter(places[:, 0], places[:, 1], s=sizes, zorder=4, **look)


def _draw_topics(axes: Axes, graph: EcosystemMap, layout: Layout, scale: _Scale, language: Language) -> Iterator[Bbox]:
    """The name of each disc above it; gives where they stand."""
    for disc in layout.discs:
        name = TEXTS.get("map.rest", language) if disc.topic == REST else graph.nodes[disc.topic].name(language)
        x, y = scale((disc.center[0], disc.center[1] + disc.radius))
        size = 12 if disc.radius * scale.factor > 60 else 10  # noqa: PLR2004 - pixels
        text = axes.text(x, y + 5, _cut(name), size=size, weight="bold", color=INK, ha="center", zorder=6)
        yield text.get_window_extent()


def _draw_names(axes: Axes, graph: EcosystemMap, layout: Layout, scale: _Scale, taken: list[Bbox]) -> None:
    """Names of organisations beside their points, where they hide no other name and hardly a point."""
    count = Counter(graph.owners.values())
    biggest = sorted(graph.of(NodeKind.ORGANISATION), key=lambda node: (-count[node.id], node.id))[:NAMED]
    points = np.array([scale(point) for point in layout.points.values()])
    for node in biggest:
        x, y = scale(layout.points[node.id])
        options = [
            axes.text(x + dx, y + dy, _cut(node.name(Language.FI)), ha=side, va="center", **NAME)
            for dx, dy, side in ((8, 0, "left"), (-8, 0, "right"), (0, 12, "center"), (0, -12, "center"))
        ]
        places = [text.get_window_extent().padded(1) for text in options]
        hidden = [_hidden(place, points) if _is_free(place, taken) else HIDDEN + 1 for place in places]
        best = int(np.argmin(hidden))
        for number, text in enumerate(options):
            if number != best or hidden[best] > HIDDEN:
                text.remove()
        if hidden[best] <= HIDDEN:
            taken.append(places[best])


def _is_free(place: Bbox, taken: Sequence[Bbox]) -> bool:
    return _is_inside(place) and not any(place.overlaps(other) for other in taken)


def _hidden(place: Bbox, points: NDArray[np.float64]) -> int:
    """How many points a name there would hide."""
    inside = (points > (place.x0, place.y0)) & (points < (place.x1, place.y1))
    return int(inside.all(axis=1).sum())


def _is_inside(place: Bbox) -> bool:
    return bool(place.x0 > 0 and place.x1 < WIDTH and place.y0 > FOOT and place.y1 < HEIGHT - HEAD)


def _legend(axes: Axes, graph: EcosystemMap, language: Language) -> None:
    """What the colours and shapes mean; only those that are on the map."""
    stages = {_stage(node.stage) for node in graph.of(NodeKind.USE_CASE)}
    kinds = {node.organisation_kind for node in graph.of(NodeKind.ORGANISATION)}
    handles = [_mark("o", colour, stage_name(stage, language)) for stage, colour in STAGES.items() if stage in stages]
    handles += [_mark(marker, INK, kind_name(kind, language)) for kind, marker in KINDS.items() if kind in kinds]
    if handles:
        axes.legend(
            handles=handles,
            loc="lower center",
            ncols=len(handles),
            frameon=False,
            fontsize=10.5,
            labelcolor=INK,
            handletextpad=0.2,
            columnspacing=1.3,
            bbox_to_anchor=(0.5, 0.005),
        )


def _mark(marker: str, colour: str, label: str) -> Line2D:
    return Line2D([], [], linestyle="", marker=marker, color=colour, markersize=8, label=label)


def _stage(stage: str) -> str:
    """A stage that has a colour; whatever else a catalogue says has that of none."""
    return stage if stage in STAGES else ""


def _cut(name: str) -> str:
    return name if len(name) <= LONGEST else f"{name[: LONGEST - 1].rstrip()}…"
