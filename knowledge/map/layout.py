"""Where everything lies on the map: use cases of one topic together in a disc, discs with much in common side by side.

In a disc every organisation has a sector, with its use cases around it. The same map always lies in the same way.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from knowledge.map.graph import EcosystemMap

FEWEST = 3
"""Use cases that make a disc of their own; what belongs to none is gathered in a last one."""
MOST_DISCS = 18
"""More cannot be told apart by colour and place."""
WIDER = 2.0
"""How much broader than high the whole is wished to be."""
GAP = 2.6
"""Between two discs, in the distance of two points: room for the name of the topic."""
GOLDEN = math.pi * (3 - math.sqrt(5))
REST = ""
"""The topic of the disc of what belongs to no other."""
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Disc:
    """A topic's place: `topic` is its id, or REST."""

    topic: str
    center: Point
    radius: float


@dataclass(frozen=True, slots=True)
class Layout:
    """Places by node id, and the discs; a unit is about the distance of two neighbours. Topics have no point."""

    points: Mapping[str, Point]
    discs: Sequence[Disc]
    disc_of: Mapping[str, int] = field(default_factory=dict)


def lay_out(graph: EcosystemMap) -> Layout:
    """The place of every organisation and use case."""
    groups = _groups(graph)
    homes = _homes(graph, groups)
    members = {topic: [*cases, *homes.get(topic, ())] for topic, cases in groups.items()}
    radii = {topic: math.sqrt(len(inside)) * 0.6 + 0.8 for topic, inside in members.items()}
    centers = _packed(radii, _ties(graph, groups))
    points: dict[str, Point] = {}
    for topic, cases in groups.items():
        points |= _inside(centers[topic], cases, homes.get(topic, ()), graph.owners)
    discs = [Disc(topic, centers[topic], radii[topic]) for topic in groups]
    disc_of = {node: number for number, topic in enumerate(groups) for node in members[topic]}
    return Layout(points, discs, disc_of)


def _groups(graph: EcosystemMap) -> dict[str, list[str]]:
    """The use cases of each disc, the largest first: over and over the topic that most of those left have."""
    left = dict.fromkeys(graph.topics)
    groups: dict[str, list[str]] = {}
    while left and len(groups) < MOST_DISCS:
        counted = Counter(topic for case in left for topic in graph.topics[case])
        topic, count = max(counted.items(), key=lambda each: (each[1], each[0]), default=("", 0))
        if count < FEWEST:
            break
        groups[topic] = [case for case in left if topic in graph.topics[case]]
        for case in groups[topic]:
            del left[case]
    _join_kin(left, groups, graph)
    if left:
        groups[REST] = list(left)
    return groups


def _join_kin(left: dict[str, None], groups: Mapping[str, list[str]], graph: EcosystemMap) -> None:
    """Move what is left to the disc whose use cases share the most of its topics, where any do."""
    shares = {topic: Counter(each for case in cases for each in graph.topics[case]) for topic, cases in groups.items()}
    for case in list(left):
        kin = {topic: sum(shared[each] for each in graph.topics[case]) for topic, shared in shares.items()}
        best = max(kin, key=lambda topic: kin[topic], default=REST)
        if kin.get(best):
            groups[best].append(case)
            del left[case]


def _homes(graph: EcosystemMap, groups: Mapping[str, Sequence[str]]) -> Mapping[str, list[str]]:
    """The organisations of each disc: each is at home where most of its use cases are."""
    counted: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for topic, cases in groups.items():
        for case in cases:
            if case in graph.owners:
                counted[graph.owners[case]][topic] += 1
    homes: defaultdict[str, list[str]] = defaultdict(list)
    for owner, topics in counted.items():
        homes[topics.most_common(1)[0][0]].append(owner)
    return homes


def _ties(graph: EcosystemMap, groups: Mapping[str, Sequence[str]]) -> Counter[frozenset[str]]:
    """How much every two discs have in common: organisations, and topics of their use cases."""
    held: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for topic, cases in groups.items():
        for case in cases:
            for each in (*graph.topics[case], graph.owners.get(case, "")):
                held[each][topic] += 1
    ties: Counter[frozenset[str]] = Counter()
    for counts in held.values():
        for one, other in combinations(counts, 2):
            ties[frozenset((one, other))] += min(counts[one], counts[other])
    return ties


def _packed(radii: Mapping[str, float], ties: Mapping[frozenset[str], int]) -> dict[str, Point]:
    """Centers of discs that do not touch: the largest in the middle, each next one where it is nearest to its kin."""
    placed: dict[str, Point] = {}
    for topic in sorted(radii, key=lambda each: (-radii[each], each)):
        options = [spot for spot in _spots(radii[topic], placed, radii) if _is_free(spot, radii[topic], placed, radii)]

        def cost(spot: Point, topic: str = topic) -> float:
            pull = sum(
                ties.get(frozenset((topic, other)), 0) * math.dist(spot, center) for other, center in placed.items()
            )
            return math.hypot(spot[0] / WIDER, spot[1]) + 0.02 * pull

        placed[topic] = min(options, key=cost, default=(0.0, 0.0))
    return placed


def _spots(radius: float, placed: Mapping[str, Point], radii: Mapping[str, float]) -> Iterator[Point]:
    """Places around each disc that is there; all along its edge, at its own distance."""
    for other, (x, y) in placed.items():
        away = radius + radii[other] + GAP
        for step in range(72):
            angle = step * math.tau / 72
            yield x + away * math.cos(angle), y + away * math.sin(angle)


def _is_free(spot: Point, radius: float, placed: Mapping[str, Point], radii: Mapping[str, float]) -> bool:
    return all(math.dist(spot, center) >= radius + radii[other] + GAP - 1e-6 for other, center in placed.items())


def _inside(
    center: Point, cases: Sequence[str], organisations: Sequence[str], owners: Mapping[str, str]
) -> dict[str, Point]:
    """Points of a sunflower: going around, each organisation takes as many as it has use cases, and one for itself."""
    families: defaultdict[str, list[str]] = defaultdict(list)
    for case in cases:
        families[owners.get(case, "")].append(case)
    count = len(cases) + len(organisations)
    spots = sorted((_seed(center, number) for number in range(count)), key=lambda spot: _angle(center, spot))
    points: dict[str, Point] = {}
    at_home = set(organisations)
    for owner in sorted(families, key=lambda each: (-len(families[each]), each)):
        size = len(families[owner]) + (owner in at_home)
        own, spots = spots[:size], spots[size:]
        if owner in at_home:
            points[owner] = min(own, key=lambda spot: (sum(math.dist(spot, each) for each in own), spot))
            own.remove(points[owner])
        points.update(zip(families[owner], own, strict=True))
    return points


def _seed(center: Point, number: int) -> Point:
    distance, angle = 0.58 * math.sqrt(number + 0.5), number * GOLDEN
    return center[0] + distance * math.cos(angle), center[1] + distance * math.sin(angle)


def _angle(center: Point, spot: Point) -> float:
    return math.atan2(spot[1] - center[1], spot[0] - center[0])
