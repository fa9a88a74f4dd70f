"""What the name of an organisation says about it."""

from __future__ import annotations

import pytest

from knowledge.members.catalogue import kind_of, organisation_id, same_name
from knowledge.model import OrganisationKind

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
    assert same_name("Puhevako Oy", "  puhevako   OY ")
    assert organisation_id("Puhevako Oy") != organisation_id("Puhevako")
