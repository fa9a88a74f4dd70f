"""Sentences that give orders to a machine: neither shown to a language model nor taken as evidence of anything.

A list of ways to say it can never be whole; it is the first of several walls, and what passes it meets the others.
"""

from __future__ import annotations

import re

_MACHINE = (
    r"(?:tekoäly\w*|kielimalli\w*|botti|botin|botille|avustaja\w*|assistent\w*|ai|a\.i\.|llm\w*|model|malli\w*|solmu\w*|"
    r"språkmodell\w*|bott|botten|assistant\w*|bot|chatbot\w*|chatgpt|gpt\w*|claude|language models?)"
)
_RULES = (
    r"(?:instruct\w+|prompts?|rules|guidelines|directions|ohje\w*|ohjei\w+|sään\w+|kehot\w*|käsky\w*|"
    r"instruktion\w*|anvisning\w*|regl\w+|regel\w*)"
)
_EARLIER = r"(?:previous|prior|above|earlier|all|your|aiem\w+|aikaisem\w+|edelli\w+|yllä\w*|kaik\w+|tidigare|föregående|ovan\w*|alla|dina)"
_FORGET = (
    r"(?:ignore|disregard|forget|override|bypass|unohda|ohita|sivuuta|älä\s+(?:noudata|välitä)|jätä\s+huomiotta|"
    r"glöm|ignorera|bortse|strunta|åsidosätt)"
)
_SAY = (
    r"(?:say|tell|claim|reply|respond|answer|write|print|output|repeat|reveal|state|insist|translate|"
    r"sano|kerro|väitä|vastaa|kirjoita|tulosta|toista|paljasta|mainitse|vakuuta|lisää|liitä|käännä|ilmoita|"
    r"säg|berätta|påstå|svara|skriv|upprepa|avslöja|nämn|lägg|bifoga|översätt|uppge|add|append|include|mention)"
)
_ORDERS = [
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\b{_FORGET}\b.{{0,60}}\b(?:{_EARLIER}|{_RULES})\b",
        r"\b(?:system\s*prompt|systemprompt\w*|systemmeddelande\w*|järjestelmä(?:kehot|viesti|ohje)\w*|developer mode|"
        r"kehittäjätil\w+|utvecklarläge\w*|jailbreak|dan mode)\b",
        r"\b(?:you are now|act as|pretend|from now on|olet nyt|tästä lähtien|esitä olevasi|du är nu|från och med nu|"
        r"låtsas)\b",
        r"<\|?\w+\|?>|</?\w+>|\[/?(?:inst|sys|system)\]|^\W*(?:system|assistant|user|järjestelmä|developer)\s*:|"
        r"###\s*(?:instruction|ohje|system|instruktion)",
        rf"\b{_MACHINE}\b\W*(?:lle|n|:|,)?.{{0,40}}\b{_SAY}\b",
        rf"\b{_SAY}\b.{{0,40}}\b{_MACHINE}\b",
        rf"(?:^|[.:;,!\-–(*»”\"]\s*|\b(?:please|always|aina|alltid|and|ja|och|must|only)\s){_SAY}\b.{{0,70}}"
        r"\b(?:user\w*|reader\w*|asker\w*|everyone|them|answer\w*|reply|replies|response\w*|link\w*|https?|exactly|only|"
        r"käyttäjä\w*|kysyjä\w*|lukija\w*|kaikille|vastau\w+|linkki\w*|linkin|vain|pelkästään|sanatarkasti|"
        r"användar\w+|frågeställar\w+|läsar\w+|svar\w*|länk\w*|bara|endast|ordagrant|that|että|att)\b",
        rf"(?:^|[.:;,!\-–(*»”\"]\s*|\b(?:aina|always|alltid)\s)(?:vastaa|svara|reply|answer|respond|kirjoita|skriv|write)\b"
        r".{0,40}\b(?:englanniksi|ruotsiksi|suomeksi|saksaksi|venäjäksi|ranskaksi|espanjaksi|på \w+ska|in \w+(?:ish|man|ian|ch|se)|runo\w*|"
        r"dikt\w*|poem\w*|aina|alltid|always)\b",
        r"@(?:channel|here|everyone)|<!\w+",
        rf"\b(?:note|attention|important|message|huom\w*|viesti|obs|meddelande|viktigt|tärkeää|ohje|instruction\w*)\b.{{0,25}}\b{_MACHINE}\b",
    )
]


def gives_orders(sentence: str) -> bool:
    """Whether the sentence tells a machine what to do, as far as can be told from its words."""
    return any(pattern.search(sentence) for pattern in _ORDERS)
