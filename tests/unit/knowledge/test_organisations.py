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


@pytest.mark.parametrize(
    "names",
    [
        ("Selkälahden keskussairaala", "Selkälahti Central Hospital", "Selkälahti centralsjukhus"),
        ("Lumiharjun yliopisto", "Lumiharju University", "University of Lumiharju", "Lumiharju universitet"),
        ("Suvikankaan ammattikorkeakoulu", "Suvikangas University of Applied Sciences", "Suvikangas yrkeshögskola"),
        ("Lumiharjun yliopistollinen sairaala", "Lumiharju University Hospital", "Lumiharju universitetssjukhus"),
    ],
)
def test_hospitals_and_universities_are_one_in_every_language(names: tuple[str, ...]) -> None:
    """As counties are: their own name is their place's."""
    assert len({name_key(name) for name in names}) == 1


@pytest.mark.parametrize(
    "names",
    [
        ("HUS", "HUS Helsingin yliopistollinen sairaala", "Helsingfors universitetssjukhus", "HUS-yhtymä"),
        ("Tyks", "Turun yliopistollinen keskussairaala (Tyks)", "Åbo universitetscentralsjukhus ÅUCS"),
        ("Tays", "Tampereen yliopistollinen sairaala", "Tammerfors universitetssjukhus", "Tampere University Hospital"),
        ("KYS", "Kuopion yliopistollinen sairaala", "Kuopio universitetssjukhus", "KYS Kuopio University Hospital"),
        ("OYS", "Oulun yliopistollinen sairaala", "Uleåborgs universitetssjukhus", "Oulu University Hospital"),
        ("Helsingin yliopisto", "Helsingfors universitet", "University of Helsinki"),
        ("Aalto-yliopisto", "Aalto-universitetet", "Aalto University"),
        ("Turun yliopisto", "Åbo universitet", "University of Turku"),
        ("Åbo Akademi", "Åbo Akademi University"),
        ("Tampereen yliopisto", "Tammerfors universitet", "Tampere University"),
        ("Jyväskylän yliopisto", "Jyväskylä universitet", "University of Jyväskylä"),
        ("Oulun yliopisto", "Uleåborgs universitet", "University of Oulu"),
        ("Itä-Suomen yliopisto", "Östra Finlands universitet", "University of Eastern Finland (UEF)"),
        ("Lapin yliopisto", "Lapplands universitet", "University of Lapland"),
        ("Vaasan yliopisto", "Vasa universitet", "University of Vaasa"),
        ("Hanken", "Svenska handelshögskolan", "Hanken School of Economics"),
        ("LUT-yliopisto", "LUT University", "Lappeenrannan–Lahden teknillinen yliopisto LUT"),
        ("Taideyliopisto", "Konstuniversitetet", "University of the Arts Helsinki"),
        ("Maanpuolustuskorkeakoulu", "Försvarshögskolan", "National Defence University"),
    ],
)
def test_finlands_own_institutions_are_known(names: tuple[str, ...]) -> None:
    """Whose places have two names; a short name may stand alone or beside the long one."""
    assert len({name_key(name) for name in names}) == 1


def test_institutions_of_one_place_stay_apart() -> None:
    """And so does what only bears their name."""
    names = (
        "Turun yliopisto",
        "Åbo Akademi",
        "Turun yliopistollinen keskussairaala",
        "Turun ammattikorkeakoulu",
        "Turun yliopiston apteekki",
        "Turun kaupunki",
        "Helsingin yliopisto",
        "Helsinki University Press",
        "University",
        "Taideyliopiston ystävät ry",
    )
    assert len({name_key(name) for name in names}) == len(names)


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
