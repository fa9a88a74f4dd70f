"""The map: what is on it, where it lies, and its picture."""

from __future__ import annotations

import io
import json
import math
import re
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from knowledge.map.colours import KINDS, STAGES
from knowledge.map.graph import EcosystemMap, NodeKind, about, make_map
from knowledge.map.layout import REST, lay_out
from knowledge.map.page import draw_page
from knowledge.map.picture import draw_map
from knowledge.model import DocumentId, Language, OrganisationKind, UseCase
from knowledge.searching.synonyms import NO_SYNONYMS, read_synonyms
from tests.benchmark.ecosystem import invent
from tests.builders import organisation

SHIPPED = read_synonyms()


def _case(title: str, owner: str, *topics: str, stage: str = "pilot") -> UseCase:
    return UseCase(DocumentId(title), title, owner, stage, topics, "Maija Meikäläinen", "https://example.org")


@pytest.fixture(scope="module")
def large() -> EcosystemMap:
    """250 organisations and 500 use cases."""
    cases, registered = invent()
    return make_map(cases, SHIPPED, registered)


def test_names_of_a_topic_in_three_languages_are_one_topic() -> None:
    """`puheentunnistus`, `taligenkänning` and `speech recognition` are one, and called so in each language."""
    graph = make_map(
        [
            (_case("A", "Ensimmäinen", "puheentunnistus"), Language.FI),
            (_case("B", "Andra", "taligenkänning"), Language.SV),
            (_case("C", "Ensimmäinen", "puheentunnistus", "kotihoito"), Language.FI),
        ],
        SHIPPED,
    )
    topics = {node.name(Language.FI): node for node in graph.of(NodeKind.TOPIC)}
    assert set(topics) == {"puheentunnistus", "kotihoito"}
    assert topics["puheentunnistus"].names == {
        Language.FI: "puheentunnistus",
        Language.SV: "taligenkänning",
        Language.EN: "speech recognition",
    }
    assert topics["kotihoito"].name(Language.EN) == "home care"


def test_an_organisation_is_one_whatever_its_letter_case_and_spaces() -> None:
    """Its kind and the spelling of its name come from the register; one that is not there is of unknown kind."""
    known = organisation("Puhevako Oy", kind=OrganisationKind.VENDOR)
    cases = [_case("A", "PUHEVAKO  oy"), _case("B", "Puhevako Oy"), _case("C", "Muu ry"), _case("D", "")]
    graph = make_map([(case, Language.FI) for case in cases], SHIPPED, {"puhevako oy": known})
    owners = {node.name(Language.SV): node.organisation_kind for node in graph.of(NodeKind.ORGANISATION)}
    assert owners == {"Puhevako Oy": OrganisationKind.VENDOR, "Muu ry": OrganisationKind.UNKNOWN}
    assert len(graph.owners) == 3


def test_no_person_is_on_the_map() -> None:
    """A use case's contact stands neither in the graph nor on the page."""
    graph = make_map([(_case("A", "Muu ry", "kotihoito"), Language.FI)], SHIPPED)
    assert "Meikäläinen" not in repr(graph)
    assert "Meikäläinen" not in draw_page(graph, Language.FI)


def test_the_map_of_a_topic_holds_its_use_cases_and_theirs() -> None:
    """Asked for in English, the use cases with the Finnish topic stay, with their organisations and other topics."""
    graph = make_map(
        [
            (_case("A", "Ensimmäinen", "puheentunnistus", "kotihoito"), Language.FI),
            (_case("B", "Toinen", "kuvantaminen"), Language.FI),
        ],
        SHIPPED,
    )
    part = about(graph, "speech recognition", SHIPPED)
    assert {node.name(Language.FI) for node in part.nodes.values()} == {
        "A",
        "Ensimmäinen",
        "puheentunnistus",
        "kotihoito",
    }
    assert not about(graph, "avaruus", SHIPPED).nodes


def test_everything_has_a_place_and_no_two_the_same(large: EcosystemMap) -> None:
    """No two points are nearer than half of what neighbours usually are, and each lies in its disc."""
    layout = lay_out(large)
    assert len(layout.points) == 750
    places = np.array(list(layout.points.values()))
    apart = np.linalg.norm(places[:, None] - places[None, :], axis=2)
    np.fill_diagonal(apart, np.inf)
    assert apart.min() > 0.4
    for node, place in layout.points.items():
        disc = layout.discs[layout.disc_of[node]]
        assert math.dist(place, disc.center) <= disc.radius


def test_discs_do_not_touch(large: EcosystemMap) -> None:
    """Between any two there is room for a topic's name."""
    discs = lay_out(large).discs
    assert 8 <= len(discs) <= 19
    for one, other in combinations(discs, 2):
        assert math.dist(one.center, other.center) >= one.radius + other.radius + 2


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["", "Ensimmäinen", "Toinen", "Kolmas"]),
            st.lists(st.sampled_from(["kotihoito", "lähete", "talous", "robotit"]), max_size=3, unique=True),
        ),
        max_size=30,
    )
)
@settings(max_examples=60)
def test_any_map_can_be_laid_out_and_always_lies_in_the_same_way(cases: list[tuple[str, list[str]]]) -> None:
    """Use cases without owner or topics too; what has no topic lies in the disc of the rest."""
    made = [(_case(f"Tapaus {number}", owner, *topics), Language.FI) for number, (owner, topics) in enumerate(cases)]
    graph = make_map(made, SHIPPED)
    layout = lay_out(graph)
    assert layout == lay_out(make_map(made, SHIPPED))
    assert set(layout.points) == {node.id for node in graph.nodes.values() if node.kind is not NodeKind.TOPIC}
    if any(not topics for _, topics in cases):
        assert layout.discs[-1].topic == REST


def test_the_picture_is_a_png_of_its_size_with_every_colour_of_the_stages(large: EcosystemMap) -> None:
    """1600 by 1200 pixels; each stage's colour is on many of them, and the same map is the same file."""
    drawn = draw_map(large, Language.FI)
    picture = Image.open(io.BytesIO(drawn)).convert("RGB")
    assert picture.size == (1600, 1200)
    pixels = np.asarray(picture)
    for stage in ("idea", "pilot", "production", "ended"):
        colour = tuple(int(STAGES[stage][at : at + 2], 16) for at in (1, 3, 5))
        assert (pixels == colour).all(axis=2).sum() > 1000
    assert drawn == draw_map(large, Language.FI)


def test_an_empty_map_is_drawn_too() -> None:
    """It says that there is nothing yet: more than an empty sheet, less than a map."""
    picture = np.asarray(Image.open(io.BytesIO(draw_map(make_map([], SHIPPED), Language.SV))).convert("RGB"))
    assert 500 < (picture != 255).any(axis=2).sum() < 30_000


@pytest.mark.parametrize("language", [Language.FI, Language.SV, Language.EN, Language.UNKNOWN])
def test_the_page_is_whole_in_every_language(language: Language) -> None:
    """No placeholder is left, nothing is loaded from elsewhere, and the data cannot end its element."""
    graph = make_map([(_case("</script><b>", "Muu ry", "kotihoito", stage="omituinen"), Language.FI)], SHIPPED)
    page = draw_page(graph, language)
    assert not re.search(r"\$[a-z_]+", page.split('<script type="application/json"')[0].split("<style>")[0])
    assert not re.search(r"(?:src|href)=\"https?:", page)
    assert page.count("</script>") == 2
    data = json.loads(page.split('id="data">')[1].split("</script>")[0])
    assert [node["name"] for node in data["nodes"]] == ["</script><b>", "Muu ry"]
    assert data["nodes"][0]["stage"] == ""


def test_every_kind_of_organisation_has_a_shape() -> None:
    """A new kind must not vanish from the map."""
    assert set(KINDS) == set(OrganisationKind)


def test_topics_are_one_by_the_synonyms_that_are_given(tmp_path: Path) -> None:
    """By one's own list, which replaces the shipped one, what the list says and nothing else is the same topic."""
    file = tmp_path / "own.tsv"
    file.write_text("lumikenkä\tsnösko\tsnowshoe\n", encoding="utf-8")
    own = read_synonyms(file)
    cases = [
        (_case("A", "Ensimmäinen", "lumikenkä"), Language.FI),
        (_case("B", "Andra", "snösko"), Language.SV),
        (_case("C", "Kolmas", "puheentunnistus"), Language.FI),
        (_case("D", "Fjärde", "taligenkänning"), Language.SV),
    ]
    names = {node.name(Language.EN) for node in make_map(cases, own).of(NodeKind.TOPIC)}
    assert names == {"snowshoe", "puheentunnistus", "taligenkänning"}
    assert len(make_map(cases, NO_SYNONYMS).of(NodeKind.TOPIC)) == 4
    assert len(about(make_map(cases, own), "snowshoe", own).of(NodeKind.USE_CASE)) == 2
