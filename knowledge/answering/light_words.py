"""Words that may join what a source says without saying anything themselves: it *lasts*, *costs*, *contains*."""

from __future__ import annotations

import re

from knowledge.model import Language

_WRITTEN = {
    Language.FI: r"""täyty\w+ pitä\w+ kestä\w+
        maks(?:aa|avat|oi|oivat) kulu\w+ sisäl[lt]\w+ tapahtu\w+ koske\w+ löyty\w+
        annetaan antaa tehdä\w* tehdään tekee teki
        ole\w* olla liitty\w+ kuulu\w+ järjest\w+ tarvit\w+ kerro\w+ kerto\w+
        lisäksi yhteensä noin tänään nykyisin nyt kyseinen kyseisen kyse vuonna mikäli""",
    Language.SV: r"""del(?:tar|tog|tagit|ta) finn\w+ innehåll\w+ gäll\w+ kost(?:ar|ade) tar tog ges ger gav gör göra\w*
        görs sker skett räcker varar pågår dag idag totalt också måste behöv\w+ utgör består handl\w+ fram
        numera år både""",
    Language.EN: r"""lasts? lasted takes? took costs? gives? gave given makes? made includ\w+ contain\w+ remain\w*
        concern\w* happen\w* now currently total need\w* requir\w+ exist\w* both year during while get gets""",
}
_PATTERNS = {
    language: re.compile(rf"(?:{'|'.join(written.split())})$", re.IGNORECASE) for language, written in _WRITTEN.items()
}


def is_light(word: str, language: Language) -> bool:
    """Whether the word says nothing that a source would have to say too."""
    pattern = _PATTERNS.get(language)
    return bool(pattern and pattern.match(word))
