"""What an organisation's name tells: which names are of one, and what kind of organisation it is."""

from __future__ import annotations

import re
from collections.abc import Mapping

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
_BETWEEN = frozenset({"ja", "och", "and"})
_DOUBLED = re.compile(r"(\w)\1")
_ENDING = re.compile(r"[aeiouyåäö]*[kptd]?[aeiouyåäö]*[ns]?$")
"""What cases change of a place's name: Kuusijoen and Kuusijoki, Järvirannan and Järviranta, Nordviks and Nordvik."""


def name_key(name: str) -> str:
    """The same for all names of one organisation: letter case and spaces do not matter.

    Nor does a wellbeing services county's language: what is left of its names differs by its ending alone.
    """
    plain = " ".join(name.split()).casefold()
    proper = _COUNTY_WORDS.sub(" ", plain)
    if proper == plain or kind_of(plain) is not OrganisationKind.COUNTY:
        return plain
    parts = [part for part in re.findall(r"[^\W\d_]+", proper) if part not in _BETWEEN]
    return f"county {' '.join(map(_without_ending, parts))}" if parts else plain


def _without_ending(word: str) -> str:
    return _ENDING.sub("", _DOUBLED.sub(r"\1", word))
