"""The map as one page that needs nothing else: no server, no library, no request to anywhere."""

from __future__ import annotations

import base64
import hashlib
import html
import json
from collections.abc import Mapping
from pathlib import Path
from string import Template
from typing import Any

from knowledge.map.colours import KINDS, STAGES, kind_name, stage_name
from knowledge.map.graph import EcosystemMap, Node, NodeKind
from knowledge.map.layout import REST, Layout, lay_out
from knowledge.map.texts import TEXTS
from knowledge.model import Language

FOLDER = Path(__file__).parent / "page"
LABELS = (
    *("title", "search", "search_hint", "topic", "topic_all", "show", "organisations", "usecases", "keys"),
    *("zoom_in", "zoom_out", "zoom_all"),
)
"""Texts of the page itself."""
SAID = ("found_one", "found_many", "found_none", "close", "stage", "organisation", "open", "usecases", "topics")
"""Texts that the script sets."""
PLACES = 3
"""Decimals of a place: a thousandth of the distance of two points."""


def draw_page(graph: EcosystemMap, language: Language) -> str:
    """HTML with script, style and data inside. Its policy lets nothing run or load but those."""
    spoken = Language.FI if language is Language.UNKNOWN else language
    style, script = (_read(name) for name in ("map.css", "map.js"))
    labels = {name: html.escape(TEXTS.get(f"map.{name}", spoken)) for name in LABELS}
    return Template(_read("map.html")).substitute(
        labels,
        language=spoken.value,
        style=style,
        script=script,
        style_hash=_hash(style),
        script_hash=_hash(script),
        data=_json(_data(graph, spoken)),
    )


def _data(graph: EcosystemMap, language: Language) -> Mapping[str, Any]:
    layout = lay_out(graph)
    drawn = [node for node in graph.nodes.values() if node.id in layout.points]
    return {
        "texts": _texts(graph, language),
        "colours": STAGES,
        "nodes": [_node(node, graph, layout, language) for node in drawn],
        "discs": [
            {
                "name": TEXTS.get("map.rest", language)
                if disc.topic == REST
                else graph.nodes[disc.topic].name(language),
                **_place(disc.center),
                "r": round(disc.radius, PLACES),
            }
            for disc in layout.discs
        ],
    }


def _node(node: Node, graph: EcosystemMap, layout: Layout, language: Language) -> Mapping[str, Any]:
    topics = [graph.nodes[topic].name(language) for topic in graph.topics.get(node.id, ())]
    return {
        "id": node.id,
        "kind": node.kind.value,
        "name": node.name(language),
        **_place(layout.points[node.id]),
        "disc": layout.disc_of[node.id],
        "type": node.organisation_kind.value,
        "stage": node.stage if node.stage in STAGES else "",
        "owner": graph.owners.get(node.id, ""),
        "topics": topics,
        "url": node.url if node.url.startswith(("https://", "http://")) else "",
    }


def _place(point: tuple[float, float]) -> Mapping[str, float]:
    """On a page y runs downwards."""
    return {"x": round(point[0], PLACES), "y": round(-point[1], PLACES)}


def _texts(graph: EcosystemMap, language: Language) -> Mapping[str, str]:
    counts = {
        "organisations": len(graph.of(NodeKind.ORGANISATION)),
        "usecases": len(graph.of(NodeKind.USE_CASE)),
    }
    told = TEXTS.get("map.counts" if graph.nodes else "map.empty", language, **counts)
    return {
        **{name: TEXTS.get(f"map.{name}", language) for name in SAID},
        **{f"stage.{stage}": stage_name(stage, language) for stage in STAGES},
        **{f"kind.{kind.value}": kind_name(kind, language) for kind in KINDS},
        "counts": told,
    }


def _json(value: object) -> str:
    """JSON that cannot end the element it stands in."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")


def _hash(content: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()


def _read(name: str) -> str:
    return (FOLDER / name).read_text(encoding="utf-8")
