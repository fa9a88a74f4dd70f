"""An ecosystem out of thin air: as many organisations and use cases as one likes, the same for the same seed."""

from __future__ import annotations

import random

from knowledge.model import DocumentId, Language, Organisation, OrganisationId, OrganisationKind, UseCase

PLACES = (
    *("Järvi", "Kuusi", "Honka", "Tuuli", "Selkä", "Pihlaja", "Lumi", "Meri", "Suvi", "Talvi", "Vesi", "Kallio"),
    *("Niemi", "Harju", "Koivu", "Halla", "Usva", "Aamu", "Ilta", "Pouta", "Routa", "Kaisla", "Kangas", "Lehto"),
)
ENDS = ("ranta", "joki", "salmi", "lahti", "marja", "mäki", "saari", "vuori", "koski", "luoto", "järvi")
OWNERS = (
    ("{} hyvinvointialue", OrganisationKind.COUNTY),
    ("{} Oy", OrganisationKind.VENDOR),
    ("{} ry", OrganisationKind.NGO),
    ("{} yliopisto", OrganisationKind.RESEARCH),
    ("{} virasto", OrganisationKind.PUBLIC),
)
TOPICS = (
    *("puheentunnistus", "kirjaaminen", "kuvantaminen", "kaatuminen", "keskustelurobotti", "lähete", "ajanvaraus"),
    *("kotihoito", "selkokieli", "yhteenveto", "lääkitys", "muistisairaudet", "työvuorosuunnittelu", "priorisointi"),
    *("infektiot", "kuntoutus", "talous", "tietosuoja", "koulutus", "päivystys", "palveluasuminen", "nuoret"),
    *("mielenterveys", "käännökset", "etävastaanotto", "toimintakyky", "hankinta", "kielimalli", "konenäkö", "robotit"),
)
STAGES = ("idea", "pilot", "production", "ended")
Ecosystem = tuple[list[tuple[UseCase, Language]], dict[str, Organisation]]


def invent(organisations: int = 250, use_cases: int = 500, seed: int = 1) -> Ecosystem:
    """Use cases with their language, and organisations by plain name; a few topics are frequent, most are rare."""
    chance = random.Random(seed)
    owners = [_owner(number, chance) for number in range(organisations)]
    cases = [_case(number, owners, chance) for number in range(use_cases)]
    return [(case, Language.FI) for case in cases], {owner.name.casefold(): owner for owner in owners}


def _owner(number: int, chance: random.Random) -> Organisation:
    form, kind = chance.choice(OWNERS)
    place = PLACES[number % len(PLACES)] + ENDS[number // len(PLACES) % len(ENDS)]
    return Organisation(OrganisationId(f"o{number}"), form.format(place), kind)


def _case(number: int, owners: list[Organisation], chance: random.Random) -> UseCase:
    # Some organisations have many use cases, most have one or two.
    owner = owners[number] if number < len(owners) else owners[int(len(owners) * chance.random() ** 2.5)]
    first = int(len(TOPICS) * chance.random() ** 1.8)
    topics = dict.fromkeys(
        [TOPICS[first], *(TOPICS[(first + step) % len(TOPICS)] for step in chance.sample(range(1, 8), 2))]
    )
    title = f"{TOPICS[first].capitalize()}: kokeilu {number}"
    url = f"https://esimerkki.example/{number}" if number % 2 else ""
    return UseCase(DocumentId(f"d{number}"), title, owner.name, chance.choice(STAGES), tuple(topics), "", url)
