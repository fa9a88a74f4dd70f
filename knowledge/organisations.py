"""What an organisation's name tells: which names are of one, and what kind of organisation it is."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from knowledge.institutions import institution_key
from knowledge.model import OrganisationKind

_KINDS: Mapping[OrganisationKind, re.Pattern[str]] = {
    OrganisationKind.RESEARCH: re.compile(
        r"yliopisto(?!llis|llinen)|korkeakoul|tutkimus(?:laitos|keskus|instituutti)|universitet(?!ssjukhus)|"
        r"högskol|forskning|\buniversity\b(?! hospital)|\bresearch\b|\binstitute of technology\b|\bVTT\b",
        re.IGNORECASE,
    ),
    OrganisationKind.VENDOR: re.compile(
        r"\b(?:oyj?|ab|abp|ltd|inc|llc|gmbh|plc|corp|as|aps|tmi|osk|ky)\b\.?|osakeyhtiö|aktiebolag|\bcompany\b",
        re.IGNORECASE,
    ),
    OrganisationKind.COUNTY: re.compile(
        r"hyvinvointialue|hyvinvointikuntayhtymä|\bhva\b|välfärdsområde|wellbeing services county|\bHUS\b",
        re.IGNORECASE,
    ),
    OrganisationKind.NGO: re.compile(
        r"\b(?:ry|rf)\b\.?|yhdisty|järjestö|säätiö|\bsr\b|förening|förbund|stiftelse|\bassociation\b|\bfoundation\b|"
        r"\bfederation\b|\bNGO\b",
        re.IGNORECASE,
    ),
    OrganisationKind.PUBLIC: re.compile(
        r"sairaala|terveyskeskus|kaupunki|\bkunta\b|kunnan\b|kuntayhtymä|ministeri|virasto|laitos\b|osaamiskeskus|"
        r"palvelukeskus|sjukhus|hälsovårdscentral|\bstad\b|kommun|ministerium|myndighet|verket\b|institutet\b|"
        r"\bhospital\b|\bhealth cent(?:re|er)\b|\b(?:city|town|municipality|ministry|agency|authority|institute)\b",
        re.IGNORECASE,
    ),
}
"""Asked in this order: a university of applied sciences may be a company by its form, and a company a county's."""


def kind_of(name: str) -> OrganisationKind:
    """What an organisation of this name probably is; UNKNOWN where the name does not say."""
    return next((kind for kind, said in _KINDS.items() if said.search(name)), OrganisationKind.UNKNOWN)


_COUNTY_WORDS = re.compile(
    r"hyvinvointialue\w*|hyvinvointikuntayhtymä\w*|\bhva\b|välfärdsområde\w*|wellbeing services county"
)
_HOUSES: Mapping[str, re.Pattern[str]] = {
    "university hospital": re.compile(
        r"\byliopistollinen (?:keskus)?sairaala\b|\buniversitets(?:central)?sjukhus\b|"
        r"\buniversity (?:central )?hospital\b"
    ),
    "central hospital": re.compile(r"\bkeskussairaala\b|\bcentralsjukhus\b|\bcentral hospital\b"),
    "applied sciences": re.compile(r"\bammattikorkeakoulu\b|\byrkeshögskolan?\b|\buniversity of applied sciences\b"),
    "university": re.compile(r"\byliopisto\b|\buniversitet(?:et)?\b|\buniversity\b"),
}
"""Houses that bear the name of their place. In Finnish only as they call themselves: what is a university's own, such
as its pharmacy, has another form of the word. Asked in this order, as one holds the other's word."""
_BETWEEN = frozenset({"ja", "och", "and", "of"})
_DOUBLED = re.compile(r"(\w)\1")
_ENDING = re.compile(r"[aeiouyåäö]*[gkptd]?[aeiouyåäö]*[ns]?$")
"""What cases change of a place's name: Kuusijoen and Kuusijoki, Suvikankaan and Suvikangas, Nordviks and Nordvik."""
_CACHED = 10_000


@lru_cache(_CACHED)
def name_key(name: str) -> str:
    """The same for all names of one organisation: letter case and spaces do not matter.

    Nor does the language of a wellbeing services county, a central hospital or a university, whose names differ by the
    ending of their place alone; where the place itself has two names, the list of Finland's own institutions knows.
    """
    plain = " ".join(name.split()).casefold()
    return institution_key(plain) or _county_key(plain) or _house_key(plain) or plain


def _county_key(plain: str) -> str:
    """Empty for all but wellbeing services counties: a company of one is none."""
    proper = _COUNTY_WORDS.sub(" ", plain)
    if proper == plain or kind_of(plain) is not OrganisationKind.COUNTY:
        return ""
    return _placed("county", proper)


def _house_key(plain: str) -> str:
    """Empty for all but houses that bear the name of a place."""
    for kind, said in _HOUSES.items():
        proper = said.sub(" ", plain)
        if proper != plain:
            return _placed(kind, proper)
    return ""


def _placed(kind: str, proper: str) -> str:
    parts = [part for part in re.findall(r"[^\W\d_]+", proper) if part not in _BETWEEN]
    return f"{kind} {' '.join(map(_without_ending, parts))}" if parts else ""


def _without_ending(word: str) -> str:
    return _ENDING.sub("", _DOUBLED.sub(r"\1", word))
