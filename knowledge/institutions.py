"""Finland's universities and university hospitals, by the names that they bear in three languages."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

_WORD = re.compile(r"[^\W\d_]+")
_INSTITUTIONS: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...] = (
    (
        ("HUS", "HUCS", "HYKS"),
        (
            "Helsingin yliopistollinen sairaala",
            "Helsingin yliopistollinen keskussairaala",
            "Helsingfors universitetssjukhus",
            "Helsingfors universitetscentralsjukhus",
            "Helsinki University Hospital",
            "HUS-yhtymä",
            "HUS-sammanslutningen",
            "HUS Group",
        ),
    ),
    (
        ("Tyks", "ÅUCS"),
        (
            "Turun yliopistollinen keskussairaala",
            "Turun yliopistollinen sairaala",
            "Åbo universitetscentralsjukhus",
            "Åbo universitetssjukhus",
            "Turku University Hospital",
            "Turku University Central Hospital",
        ),
    ),
    (
        ("Tays",),
        (
            "Tampereen yliopistollinen sairaala",
            "Tampereen yliopistollinen keskussairaala",
            "Tammerfors universitetssjukhus",
            "Tampere University Hospital",
        ),
    ),
    (
        ("KYS",),
        ("Kuopion yliopistollinen sairaala", "Kuopio universitetssjukhus", "Kuopio University Hospital"),
    ),
    (
        ("OYS",),
        ("Oulun yliopistollinen sairaala", "Uleåborgs universitetssjukhus", "Oulu University Hospital"),
    ),
    (("HY",), ("Helsingin yliopisto", "Helsingfors universitet", "University of Helsinki", "Helsinki University")),
    ((), ("Aalto-yliopisto", "Aalto-universitetet", "Aalto University")),
    ((), ("Turun yliopisto", "Åbo universitet", "University of Turku", "Turku University")),
    (
        ("ÅA",),
        ("Åbo Akademi", "Åbo Akademi University"),
    ),
    ((), ("Tampereen yliopisto", "Tammerfors universitet", "Tampere University", "University of Tampere")),
    (("JYU",), ("Jyväskylän yliopisto", "Jyväskylä universitet", "University of Jyväskylä", "Jyväskylä University")),
    ((), ("Oulun yliopisto", "Uleåborgs universitet", "University of Oulu", "Oulu University")),
    (("UEF",), ("Itä-Suomen yliopisto", "Östra Finlands universitet", "University of Eastern Finland")),
    ((), ("Lapin yliopisto", "Lapplands universitet", "University of Lapland")),
    ((), ("Vaasan yliopisto", "Vasa universitet", "University of Vaasa", "Vaasa University")),
    (("Hanken",), ("Svenska handelshögskolan", "Hanken School of Economics")),
    (
        ("LUT",),
        (
            "Lappeenrannan-Lahden teknillinen yliopisto",
            "Lappeenrannan teknillinen yliopisto",
            "Villmanstrand-Lahtis tekniska universitet",
            "Villmanstrands tekniska universitet",
            "Lappeenranta-Lahti University of Technology",
            "Lappeenranta University of Technology",
            "LUT-yliopisto",
            "LUT-universitetet",
            "LUT University",
        ),
    ),
    (
        ("Uniarts",),
        ("Taideyliopisto", "Konstuniversitetet", "University of the Arts Helsinki", "Uniarts Helsinki"),
    ),
    (("MPKK",), ("Maanpuolustuskorkeakoulu", "Försvarshögskolan", "National Defence University")),
)
"""Of each what it is called for short, and its names; a short one may stand beside another name."""


def institution_key(name: str) -> str:
    """The same for all names of one of them; empty for everybody else."""
    said = _words(name)
    return _keys().get(said, "") or next(
        (key for shorts, key in _shorts() if said and _keys().get(_without(said, shorts)) == key), ""
    )


@cache
def _keys() -> dict[tuple[str, ...], str]:
    found = {}
    for shorts, names in _INSTITUTIONS:
        for name in (*names, *shorts):
            found[_words(name)] = f"institution {names[0].casefold()}"
    return found


@cache
def _shorts() -> list[tuple[frozenset[str], str]]:
    return [
        (frozenset(map(str.casefold, shorts)), f"institution {names[0].casefold()}")
        for shorts, names in _INSTITUTIONS
        if shorts
    ]


def _without(said: Iterable[str], shorts: frozenset[str]) -> tuple[str, ...]:
    return tuple(word for word in said if word not in shorts)


def _words(name: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(name.casefold()))
