"""What a question asks for (a price, a time, a person, a reason, ...), and whether a sentence offers that."""

from __future__ import annotations

import enum
import re


class Wanted(enum.StrEnum):
    """The kind of answer that a question's words call for."""

    REASON = "reason"
    MONEY = "money"
    SHARE = "share"
    DURATION = "duration"
    DATE = "date"
    COUNT = "count"
    NAME = "name"
    PERMISSION = "permission"
    MEANING = "meaning"
    ANYTHING = "anything"


def _words(text: str) -> re.Pattern[str]:
    """Any of the alternatives, one or more to a line, as whole words."""
    return re.compile(rf"\b(?:{'|'.join(text.split())})\b".replace("_", r"\s+"), re.IGNORECASE)


_ASKS = {
    Wanted.REASON: _words(
        r"""miksi minkä_(?:vuoksi|takia) mistä_syystä mistä_\w+_johtu\w+
        varför av_vilk(?:en|a)_(?:anledning|skäl|orsak)\w* why what_(?:is|was|are|were)_the_(?:main_)?reasons?"""
    ),
    Wanted.MONEY: _words(
        r"""maks(?:aa|oi|avat|oivat|etaan|ettiin) hin(?:ta|nan|noista) kustannu\w+ budjetti\w* rahoit\w+ euroa?
        (?:jäsen|osallistumis)?maksu\w* liikevaih\w+ tuotot kulut palk(?:ka|kio)\w*
        \w*kost(?:ar|ade|nad\w*) pris\w* avgift\w* budget\w* bidrag\w* ersättning\w* euro
        costs? price\w* fees? funds? funding euros income salary rent licen[cs]e_fee"""
    ),
    Wanted.SHARE: _words(
        r"""prosen\w+ osuus\w* osuuden kuinka_(?:suuren_osan|moni|suuri_osa) painoarvo\w* herkkyys\w*
        procent\w* andel\w* hur_stor_(?:del|andel|vikt) vikt känslighet\w*
        what_(?:share|percentage|proportion) per_?cent\w* sensitivity specificity how_much_weight"""
    ),
    Wanted.DURATION: _words(
        r"""kauan\w* kuinka_(?:usein|nopeasti|pitk\w+) miten_(?:usein|pitk\w+) säilyty\w* kesto kestää missä_ajassa
        paljonko_aikaa mont(?:a|ako)_(?:päivää|tuntia|viikkoa|kuukautta|vuotta|minuuttia)
        hur_(?:länge|ofta|snabbt|lång\w*|mycket_tid) inom_vilken_tid
        how_(?:long|often|soon|fast|quickly|much_time|many_(?:days|hours|weeks|months|years|minutes))"""
    ),
    Wanted.DATE: _words(
        r"""milloin mihin_mennessä minä_(?:vuonna|päivänä) monelta mihin_(?:aikaan|asti) mistä_(?:lähtien|alkaen)
        när vilk(?:et|en)_(?:år|datum|dag|månad) hur_dags (?:senaste|sista)_\w*dag(?:en)?
        when (?:what|which)_(?:year|date|day|time|month) deadline"""
    ),
    Wanted.COUNT: _words(
        r"""paljon\w* mont\w+ moni\w* kuinka_(?:monta|mon\w+|paljon|suur\w+) miten_(?:monta|paljon|suur\w+) lukumäärä
        hur_(?:många|mycket|stor\w*|gammal|hög\w*|bra|noggrann\w*) how_(?:many|much|large|big|old|high|accurate)
        what_number"""
    ),
    Wanted.NAME: _words(
        r"""kuka ketkä kenen keneltä keneen kenelle ketä keitä kenellä keillä kenellekään missä mistä mihin minne
        mitkä_(?:organisaatiot|alueet|jäsenet) mikä_(?:organisaatio|yritys|alue)
        vem vems vilka vilken_(?:organisation|enhet|leverantör) var vart
        who whose whom where which_(?:organi[sz]ation|county|company|members?|supplier)"""
    ),
    Wanted.PERMISSION: _words(
        r"""saa(?:ko|nko|vatko|mmeko|daanko) voi(?:ko|nko|vatko|daanko|mmeko) pitääkö täytyykö onko tarvitseeko
        ^får ^kan ^måste ^behöver ^ska ^bör ^may ^can ^must ^should ^do ^does ^is ^are allowed"""
    ),
    Wanted.MEANING: _words(
        r"""tarkoit\w+ mitä_(?:on|ovat) mikä_on vad_(?:är|betyder|menas|innebär) betyder
        what_(?:is|are|does) stands?_for define mean\w*"""
    ),
}
_NUMBER = (
    r"\d[\d\s.,]*|yksi|yhden|kaksi|kahden|kahta|kolme\w*|neljä\w*|viisi|viiden|kuusi|kuuden|seitsemän|kahdeksan|"
    r"yhdeksän|kymmenen|puolet|puolen|en|ett|två|tre|fyra|fem|sex|sju|åtta|nio|tio|tolv|hälften|one|two|three|four|"
    r"five|six|seven|eight|nine|ten|eleven|twelve|half"
)
_OFFERS = {
    Wanted.REASON: _words(
        r"""koska sillä siksi jotta syy\w* vuoksi takia johtu\w+
        eftersom därför för_att på_grund_av orsak\w* beror lärdom\w* because since due_to reason\w* so_that lesson\w*"""
    ),
    Wanted.MONEY: re.compile(
        r"\d[\d\s.,]*\s*(?:miljoon\w+ )?(?:€|eur\w*)|\bmaksu(?:ton|tta)\w*|\bfree\b", re.IGNORECASE
    ),
    Wanted.SHARE: re.compile(r"\d\s*(?:%|prosen|procent|per ?cent)", re.IGNORECASE),
    Wanted.DURATION: re.compile(
        rf"\b(?:{_NUMBER}|joka|varje|every|kerran)\W*(?:\w+\s)?(?:arki|työ|arbets)?(?:sekun|minuu|minut|tun|päiv|vuorokau|"
        r"viiko|viikk|kuukau|vuo|henkilöty|timm|dag|dyg|veck|månad|år|hour|day|week|month|year|second)\w*"
        r"|\b(?:samma|kertaa|gånger|twice|once|vuosittain|kuukausittain|årligen)\b",
        re.IGNORECASE,
    ),
    Wanted.DATE: re.compile(
        r"\b(?:(?:19|20)\d\d|\d{1,2}\.\d{1,2}\.(?:\d{4})?|klo|kl\.|\w+kuu(?:ssa|n|ta|hun|sta|lla)?|\w+päivänä|"
        r"keskiviikko\w*|(?:maanan|tiis|tors|perjan|lauan|sunnun)tai\w*|kevää\w+|syksy\w*|kesä\w*|talve\w+|"
        r"januari|februari|mars|april|maj|juni|juli|augusti|september|oktober|november|december|"
        r"January|February|March|May|June|July|August|October)\b",
        re.IGNORECASE,
    ),
    Wanted.COUNT: re.compile(rf"\b(?:{_NUMBER})\b", re.IGNORECASE),
    Wanted.NAME: re.compile(r"(?<=[\w,;:)»”] )[A-ZÅÄÖ][\wåäö-]+"),
    Wanted.PERMISSION: _words(
        r"""kyllä ei eivät saa\w* voi\w* pitää täytyy on_\w+tava kielletty\w*
        ja nej inte får kan ska måste bör förbjud\w+ yes no not may can must should only never"""
    ),
    Wanted.MEANING: _words(r"tarkoitta\w+ eli on ovat är betyder innebär avses dvs means? is are refers"),
}

_WHO = _words(
    r"""missä kuka ketkä kellä kellään kenellä kenelläkään keillä mitkä millä_\w+ muut muilla muualla
    vem vilka var någon andra who which where anyone anybody others other"""
)
_USES = _words(
    r"""käytössä käytt\w+ kokeil\w+ kokemu\w+ otettu pilotoi\w* tekee tehdään on_\w+robot\w* hyödynt\w+
    använd\w+ prövar? prövat testar? erfarenhet\w* tagit_i_bruk uses? using used
    tried tries piloting pilots experience"""
)

_KINDS_OF_USERS = _words(
    r"""organisaati\w+ hyvinvointialue\w* alue\w* jäsen\w* sairaal\w+ yritys yritykset toimija\w*
    organisation\w* välfärdsområde\w* medlem\w* sjukhus\w* företag\w* aktör\w*
    organi[sz]ations? county counties members? hospitals? compan(?:y|ies)"""
)


def wanted(question: str) -> Wanted:
    """The kind whose words open the question; `how much` and `what is` give way to what is measured later on."""
    text = " ".join(question.split())
    found = {kind: match.start() for kind, pattern in _ASKS.items() if (match := pattern.search(text))}
    first = min(found, key=lambda kind: found[kind], default=Wanted.ANYTHING)
    measured = [kind for kind in (Wanted.MONEY, Wanted.SHARE, Wanted.DURATION) if kind in found]
    if first in {Wanted.COUNT, Wanted.MEANING} and measured:
        return min(measured, key=lambda kind: found[kind])
    return first


def asks_for_users(question: str) -> bool:
    """Whether it asks who uses, tries or has something: use cases answer that better than guides do."""
    return bool(_WHO.search(question) and _USES.search(question))


def used_thing(question: str) -> str:
    """What is left of a question about users without the words that ask for users: the thing that is used."""
    for pattern in (_WHO, _USES, _KINDS_OF_USERS):
        question = pattern.sub(" ", question)
    return " ".join(question.split())


def measures(kind: Wanted) -> bool:
    """Whether a number answers it: half a year is a good answer to `when`, and a date to `how long`."""
    return kind in {Wanted.MONEY, Wanted.SHARE, Wanted.DURATION, Wanted.DATE, Wanted.COUNT}


def offers(sentence: str, kind: Wanted) -> bool:
    """Whether the sentence holds something of that kind; of no kind in particular, no sentence does."""
    return kind is not Wanted.ANYTHING and bool(_OFFERS[kind].search(sentence))
