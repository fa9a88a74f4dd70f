"""Sentences that give orders to a machine: neither shown to a language model nor taken as evidence of anything.

A list of ways to say it can never be whole; it is the first of several walls, and what passes it meets the others.
"""

from __future__ import annotations

import re


def _any(text: str) -> str:
    """One of the alternatives, as whole words."""
    return rf"\b(?:{'|'.join(text.split())})\b".replace("_", r"\s+")


_MACHINE = _any(
    r"""tekoäly\w* kielimalli\w* botti\w* botin botille avustaja\w* assistentti\w* assistentin solmu\w*
    språkmodell\w* bott botten assistent\w* ai ai-\w+ llm\w* bot chatbot\w* gpt\w* chatgpt claude assistant\w*
    language_models? summari[sz]er\w* koneelle model"""
)
_RULES = _any(
    r"""ohje ohjeet ohjeita ohjeesi ohjeistu\w+ sääntö\w* säännö\w+ kehot\w* käsky\w* vastausohje\w*
    instruktion\w* anvisning\w* regler\w* systemregler\w* instruct\w+ prompts? rules guidelines directions"""
)
_EARLIER = _any(
    r"""aiem\w+ aikaisem\w+ edelli\w+ yllä\w* kaikki_muu\w* tidigare föregående ovan\w* ovanstående dina
    previous prior above earlier your everything"""
)
_FORGET = _any(
    r"""unohda ohita sivuuta älä_noudata älä_välitä jätä_huomiotta hylkää glöm ignorera bortse strunta åsidosätt
    ignore disregard forget override bypass"""
)
_SAY = _any(
    r"""sano kerro väitä vastaa kirjoita tulosta toista paljasta mainitse vakuuta lisää liitä käännä ilmoita suosittele
    säg berätta påstå svara skriv upprepa avslöja nämn lägg bifoga översätt uppge rekommendera
    say tell claim reply respond answer write print output repeat reveal state insist translate add append include
    mention recommend"""
)
_READER = _any(
    r"""käyttäjä\w* kysyjä\w* lukija\w* kaikille heille vastau\w+ linkki\w* linkin sanatarkasti
    användar\w+ frågeställar\w+ läsar\w+ svar svaret svaren länk\w* ordagrant
    user\w* reader\w* asker\w* everyone them answers? repl(?:y|ies) responses? links? https? verbatim"""
)
_TONGUE = _any(
    r"""englanniksi ruotsiksi suomeksi saksaksi venäjäksi ranskaksi espanjaksi runo\w* vitsi\w*
    på_\w+ska in_\w+(?:ish|man|ian|ench|nese) dikt\w* poems? pirat\w* aina alltid always"""
)
_TALKER = _any(
    r"""kielimalli\w* botin bottien avustajan avustajien assistentin språkmodell\w* botten assistenten assistenter
    language_models? assistants? bots? chatbots?"""
)
_IS_TO_SAY = (
    r"\b(?:on|tulee|pitää|täytyy|ska|skall|måste|bör|must|should|shall|has to|have to)\b.{0,30}"
    r"\b(?:mainit|sanot|kerrot|väit|vastat|suosit|lisä|näm|säg|berätt|påst|svar|rekommender|mention|say|tell|claim|"
    r"answer|recommend|add)\w*"
)
_OPENS = r"(?:^|[.:;,!?\-–(*»”\"]\s*|\b(?:please|always|only|must|aina|vain|alltid|bara|and|then|ja|och)\s+)"
_ORDERS = [
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"{_FORGET}.{{0,60}}(?:{_EARLIER}|{_RULES})",
        rf"{_MACHINE}.{{0,50}}{_SAY}",
        rf"{_SAY}.{{0,50}}{_MACHINE}",
        rf"{_TALKER}.{{0,10}}{_IS_TO_SAY}",
        rf"{_OPENS}{_SAY}.{{0,70}}{_READER}",
        rf"{_OPENS}{_SAY}\W+(?:\w+\W+){{0,2}}(?:että|att|that)\b",
        rf"{_OPENS}{_SAY}.{{0,40}}{_TONGUE}",
        _any(r"system_?prompt\w* systemmeddelande\w* järjestelmä(?:kehot|viesti|ohje)\w* developer_mode jailbreak\w*"),
        _any(r"you_are_now act_as pretend from_now_on olet_nyt tästä_lähtien esitä_olevasi du_är_nu låtsas"),
        r"<\|?/?\w+\|?>|\[/?(?:inst|sys|system)\]|###\s*(?:instru\w+|system\w*|ohje\w*|anvisning\w*)",
        r"^\W*(?:system|assistant|user|developer|järjestelmä|käyttäjä|användare)\s*:",
        r"@(?:channel|here|everyone)\b|<!\w+",
    )
]


def gives_orders(sentence: str) -> bool:
    """Whether the sentence tells a machine what to do, as far as can be told from its words."""
    return any(pattern.search(sentence) for pattern in _ORDERS)
