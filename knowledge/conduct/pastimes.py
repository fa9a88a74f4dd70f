"""Orders to the machine and wishes to be entertained: nothing that documents could answer, in three languages."""

from __future__ import annotations

import re

from knowledge.conduct.work_words import speaks_of_work

_BEGINS = r"(?:^|[.!?:]\s+)(?:\w+,? ){0,3}?"
"""An order opens a sentence; who asks about such orders says more before them."""
_ORDERS = (
    # Finnish
    r"(?:unohda|ohita|ignooraa|ignoroi)\b.{0,30}\b(?:ohje\w*|sään\w+|rajoit\w+|kehot\w+)",
    r"(?:olet|oot) nyt\b.{0,25}\b(?:järjestelmänvalvoja|ylläpitäjä|admin\w*|vapaa)",
    r"(?:näytä|tulosta|kerro|paljasta)\b.{0,15}\b(?:sisäi|järjestelmä|alkuperäi)\w*.{0,12}\b(?:kehot|prompt)\w*",
    # Swedish
    r"(?:ignorera|glöm|strunta i|bortse från)\b.{0,30}\b(?:regler\w*|instruktion\w*|anvisning\w*|begränsning\w*)",
    r"(?:nu har du inga regler|du är nu\b.{0,25}\b(?:administratör|fri))\b",
    r"(?:visa|skriv ut|avslöja)\b.{0,15}\b(?:systemprompt\w*|databasens innehåll|dina (?:regler|instruktioner))",
    # English
    r"(?:ignore|forget|disregard|override)\b.{0,30}\b(?:rules?|instructions?|restrictions?|prompts?|guidelines)\b",
    r"(?:you are now\b.{0,25}\b(?:admin\w*|root|free|dan)|(?:enter )?developer mode)\b",
    r"(?:show|print|reveal|dump|repeat)\b.{0,20}\b(?:system prompt|hidden prompt|all users|your instructions)\b",
)
_PASTIMES = (
    r"\b(?:kerro|keksi|heitä|sano)\b.{0,20}\b(?:vits[ie]\w*|tarina\w*|satu\w*|juttu)\b",
    r"\b(?:kirjoita|tee|keksi|laula|piirrä)\b.{0,20}\b(?:runo\w*|laulu\w*|räp\w*|kissa\w*|kuva\b|biisi\w*)",
    r"\b(?:rakastatko|tykkäätkö) (?:mua|musta|minua|minusta)\b|\bonko (?:jumala\w*|sinulla (?:tyttö|poika)ystävä\w*)",
    r"\b(?:berätta|dra|säg)\b.{0,20}\b(?:vits\w*|skämt\w*|saga\w*|rolig\w* historia|historia om)\b",
    r"\b(?:skriv|sjung|rita)\b.{0,15}\b(?:dikt\w*|sång\w*|katt\w*|visa|bild)\b|\bfinns det en gud\b|\bälskar du mig\b",
    r"\btell (?:me |us )?(?:a|another|some)\b.{0,15}\b(?:joke|jokes|story|stories)\b",
    r"\b(?:write|sing|draw)\b(?: me)?.{0,15}\b(?:poem|song|haiku|cat|dog|picture|rap)\b",
    r"\bis there a god\b|\bdo you (?:love me|have a (?:girl|boy)friend)\b|\bwill you marry me\b",
)
_ORDER = re.compile(f"{_BEGINS}(?:{'|'.join(_ORDERS)})", re.IGNORECASE)
_PASTIME = re.compile("|".join(_PASTIMES), re.IGNORECASE)


def is_pastime(text: str) -> bool:
    """Whether somebody plays with the machine, or orders it about; not where a wish is about tools, data or studies."""
    plain = " ".join(text.replace("’", "'").split())
    return bool(_ORDER.search(plain)) or (bool(_PASTIME.search(plain)) and not speaks_of_work(plain))
