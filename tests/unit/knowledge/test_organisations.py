"""What the name of an organisation says about it, and which names are of one."""

from __future__ import annotations

import pytest

from knowledge.model import OrganisationKind
from knowledge.organisations import kind_of, name_key

COUNTY, PUBLIC, VENDOR, RESEARCH, NGO, UNKNOWN = OrganisationKind


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Järvirannan hyvinvointialue", COUNTY),
        ("Nordviks välfärdsområde", COUNTY),
        ("Kuusijoki Wellbeing Services County", COUNTY),
        ("Puhevako Oy", VENDOR),
        ("Ljungskär Teknik Ab", VENDOR),
        ("Arctic Fold Robotics Ltd", VENDOR),
        ("Järvirannan hyvinvointialueen tietopalvelut Oy", VENDOR),
        ("Lumiharjun yliopisto", RESEARCH),
        ("Suvikankaan ammattikorkeakoulu Oy", RESEARCH),
        ("Forskningsinstitutet Sälgö", RESEARCH),
        ("Lumiharju University", RESEARCH),
        ("Lumiharjun yliopistollinen sairaala", PUBLIC),
        ("Lumiharju University Hospital", PUBLIC),
        ("Lumiharju universitetssjukhus", PUBLIC),
        ("Muistiväylä ry", NGO),
        ("Patientföreningen Klarvatten rf", NGO),
        ("Still Water Patients’ Association", NGO),
        ("Norrfjärdens sjukhus", PUBLIC),
        ("Hyvinvointitiedon palvelukeskus", PUBLIC),
        ("Kaihijoen kaupunki", PUBLIC),
        ("Agency for Quiet Waters", PUBLIC),
        ("Valokehä", UNKNOWN),
        ("", UNKNOWN),
    ],
)
def test_a_kind_is_told_from_the_name(name: str, kind: OrganisationKind) -> None:
    """In three languages; where the name does not say, nothing is made up."""
    assert kind_of(name) is kind


def test_names_are_compared_without_case_and_spaces() -> None:
    """One organisation, however it is typed; another name is another."""
    assert name_key("Puhevako Oy") == name_key("  puhevako   OY ") != name_key("Puhevako")


@pytest.mark.parametrize(
    "names",
    [
        ("Kuusijoen hyvinvointialue", "Kuusijoki Wellbeing Services County", "Kuusijoki välfärdsområde"),
        ("Ylä-Järvirannan hyvinvointialue", "Ylä-Järviranta Wellbeing Services County"),
        ("Nordviks välfärdsområde", "Nordvikin hyvinvointialue", "Nordvik Wellbeing Services County"),
        ("Kaihijoen ja Lumiharjun hyvinvointialue", "Kaihijoki och Lumiharju välfärdsområde"),
    ],
)
def test_a_county_is_one_in_every_language(names: tuple[str, ...]) -> None:
    """Its own name ends otherwise; without this, people of one county would be introduced to each other."""
    assert len({name_key(name) for name in names}) == 1


def test_counties_and_their_companies_stay_apart() -> None:
    """Names that begin alike, and what only bears the county's name."""
    names = (
        "Ylä-Järvirannan hyvinvointialue",
        "Ylä-Kuusijoen hyvinvointialue",
        "Ala-Järvirannan hyvinvointialue",
        "Järvirannan hyvinvointialue",
        "Tuulisalmen hyvinvointialue",
        "Tuulisaaren hyvinvointialue",
        "Järvirannan hyvinvointialueen tietopalvelut Oy",
        "Järvirannan kaupunki",
    )
    assert len({name_key(name) for name in names}) == len(names)
