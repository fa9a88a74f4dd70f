"""Questions that people answer (`kuka tietää`, `vem kan om`, `who knows about`), and the topic they are on."""

from __future__ import annotations

import re

_FINNISH = r"""
(?:kuka|ketkä){here} (?:tietää|tietäisi|tietävät){some}
(?:kuka|ketkä){here} (?:tuntee|tuntevat|osaa|osaavat|hallitsee|hallitsevat)
(?:kuka|ketkä){here} (?:on|ovat)(?: jo)? (?:perehtyn|kokeill|käyttän)(?:yt|yeet|ut|eet)
(?:kuka|ketkä){here} (?:voi|voisi|osaa|osaisi)(?:vat)? (?:auttaa|neuvoa|kertoa){us}{some}
(?:kellä|kenellä|keillä){here}(?: olisi| on){some} (?:kokemu[sk]\w+|osaamista|tietoa|tietämystä)
onko (?:kellään|kenelläkään|jollakulla|jollain|jollakin){here}{some} (?:kokemu[sk]\w+|osaamista)
(?:keneltä|keiltä){here} (?:voi|voin|voisi|voisin|kannatta[ai]\w*|pitäisi) (?:kysyä|kuulla){some}
"""
_SWEDISH = r"""
(?:vem|vilka){here} (?:vet|kan){some} om
(?:vem|vilka){here} (?:känner till|är insatta? i|har provat|har testat)
(?:vem|vilka){here} (?:kan|kunde|skulle kunna) (?:hjälpa|berätta){us}(?: till)?{some} (?:med|om)
(?:vem|vilka){here} har{here}{some} (?:erfarenhet|kunskap|koll)(?:er)? (?:av|om|kring|inom|på)
har (?:någon|nån){here}{some} (?:erfarenhet|kunskap|koll)(?:er)? (?:av|om|kring|inom|på)
(?:vem|vilka) (?:kan|ska|bör|borde) (?:jag|man|vi) fråga om
"""
_ENGLISH = r"""
who{here} (?:knows|might know|would know){some} about
who{here} (?:has|have|might have){some} (?:experience|expertise|knowledge) (?:with|of|in|on|about)
(?:does|do) (?:anyone|anybody|someone|somebody){here} have{some} (?:experience|expertise) (?:with|of|in|on)
who{here} (?:can|could) (?:help|tell){us}{some} (?:with|about)
whom? (?:can|could|should) (?:i|we) (?:ask|talk to|contact) about
who{here} (?:is|are)(?: an| the)? (?:experts?|specialists?) (?:in|on|at)
is there (?:anyone|anybody|someone){here} who knows{some} about
"""
_GAPS = {
    "{here}": r"(?: (?:meistä|meillä|täällä|verkostossa|ekosysteemissä|jäsenistä|muu|muut|här|här i nätverket|av oss|"
    r"i nätverket|i ekosystemet|here|of us|in the network|in the ecosystem|else))?",
    "{some}": r"(?: (?:jotain|jotakin|mitään|eniten|enemmän|hyvää|lisää|aiempaa|aikaisempaa|mer|mest|mycket|något|nåt|"
    r"någonting|någon|some|something|anything|more|most|any|a lot|previous|practical))?",
    "{us}": r"(?: (?:minua|meitä|minulle|meille|mig|oss|me|us))?",
}
"""What may stand between the words."""


def _pattern() -> str:
    said = "|".join(line for text in (_FINNISH, _SWEDISH, _ENGLISH) for line in text.split("\n") if line)
    for gap, filled in _GAPS.items():
        said = said.replace(gap, filled)
    return rf"\s*(?:{said})\b[\s,:]*(?P<topic>.*?)[\s?!.]*"


_ASKS = re.compile(_pattern(), re.IGNORECASE | re.DOTALL)
_FILLER = re.compile(r"^(?:(?:aiheesta|asiasta|siitä|tästä|ämnet|the topic(?: of)?)\b[\s:,]*)+", re.IGNORECASE)
_INDIRECT = re.compile(
    r"(?:että|milloin|koska|miten|kuinka|mitä|mikä|mitkä|missä|mistä|mihin|miksi|kuka|ketkä|kenen|paljonko|montako|"
    r"monta|\w+(?:ko|kö)\b|att|när|hur|vad|vilken|vilket|vilka|varför|var|vem|man|det|jag|vi|"
    r"that|when|how|what|which|where|why|who|whether|if|it|the (?:date|deadline|price|time))\b",
    re.IGNORECASE,
)
"""What follows where the words ask for a fact after all: `kuka tietää, milloin …` is for the documents."""


def topic_for_people(question: str) -> str:
    """The topic that somebody is sought for; empty where the question does not ask for people."""
    asked = _ASKS.fullmatch(" ".join(question.split()))
    if asked is None:
        return ""
    topic = _FILLER.sub("", asked["topic"])
    return "" if not re.search(r"\w", topic) or _INDIRECT.match(topic) else topic
