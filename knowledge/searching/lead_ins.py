"""What people say before they ask: `kerro minulle`, `vet någon`, `could you tell me`; it is no part of the question."""

from __future__ import annotations

import re

_FINNISH = r"""
hei|moi|moikka|terve|huomenta|päivää
(?:kerro|kertoisitko|kertokaa|kertoisitteko|selitä|voitko kertoa|voisitko kertoa)(?: (?:minulle|mulle|meille))?
(?:voiko|voisiko|osaako|osaisiko) (?:joku|kukaan|kukahan|solmu) (?:kertoa|sanoa|neuvoa|auttaa)
(?:tietääkö|tietäisikö|tiedättekö|tiedätkö|tiedätsä)(?: (?:joku|kukaan|kukahan|te|sinä|sä|solmu))?
onko (?:kellään|kenelläkään|jollakulla|jollain|teillä|sinulla|sulla) (?:mitään |joku )?(?:tietoa|tiedossa|hajua)
(?:haluaisin|haluan|haluaisimme) (?:tietää|kysyä)|(?:minua|mua|meitä) kiinnosta[ai]\w*
"""
_SWEDISH = r"""
hej|hejsan|god morgon
(?:berätta|(?:kan|kunde|skulle) (?:du|ni|någon)(?: kunna)? (?:berätta|säga|förklara))(?: (?:för )?(?:mig|oss))?(?: om)?
vet (?:du|ni|någon|nån)(?: av er)?(?: om)?
(?:har|finns) (?:du|ni|någon|det någon som har) (?:någon )?(?:information|kännedom|koll) (?:om|på)
(?:jag|vi) (?:undrar|(?:skulle )?vill?(?:ja)? (?:veta|fråga))(?: om)?
"""
_ENGLISH = r"""
hi|hello|hey|good morning
(?:please )?tell (?:me|us)(?: (?:about|please))?
(?:can|could|would) (?:you|anyone|someone|anybody|somebody)(?: please)? (?:tell|explain to) (?:me|us)(?: about)?
(?:do|does|would) (?:you|any of you|anyone|anybody|someone|somebody)(?: happen to)? know(?: about)?
(?:do|does) (?:you|anyone|anybody) have (?:any )?(?:information|knowledge) (?:about|on)
(?:i|we)(?:'d| would) (?:like|love) to (?:know|ask)(?: about)?|(?:i am|i'm|we are) wondering(?: about)?
"""
_SAID = "|".join(line for text in (_FINNISH, _SWEDISH, _ENGLISH) for line in text.split("\n") if line)
_LEAD_IN = re.compile(rf"\s*(?:{_SAID})\b(?:\s+(?:siitä|että|att))?[\s,:;.!?–-]*", re.IGNORECASE)


def without_lead_in(text: str) -> str:
    """The question alone, or all of the text where nothing else would be left of it."""
    rest = text
    while found := _LEAD_IN.match(rest.replace("’", "'")):
        rest = rest[found.end() :]
    if rest == text or not re.search(r"\w", rest):
        return text
    return rest[0].upper() + rest[1:]
