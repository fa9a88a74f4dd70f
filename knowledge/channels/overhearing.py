"""Which messages in a channel are questions to everybody, so that Solmu may know the answer unasked."""

from __future__ import annotations

import re

from knowledge.conduct.rules import reason_to_refuse
from knowledge.model import Reason

FEWEST_WORDS = 3
MOST_CHARACTERS = 400
"""A longer text tells something, and asks by the way."""
_ADDRESSED = re.compile(r"<@|<!subteam|(?:^|\s)@\w")
"""Somebody is asked by name."""
_CODE = re.compile(r"```|^\s*>", re.MULTILINE)
"""Somebody else's words, or a machine's."""
_LINK = re.compile(r"<?https?://\S+")
_INTERROGATIVES = (
    "mikä mitä mitkä miten mistä missä mihin miksi milloin minkä millainen millaisia montako kuinka kuka ketkä kenellä "
    "kenelle kumpi paljonko onko voiko saako pitääkö tarvitaanko löytyykö tietääkö osaako "
    "vad vem vilka vilken vilket var varifrån vart varför när hur finns får kan ska måste vet "
    "what which who whom whose where when why how does do did is are can could should may must has have"
)
_ASKS = re.compile(rf"(?:{'|'.join(_INTERROGATIVES.split())})\b", re.IGNORECASE)


def is_open_question(text: str) -> bool:
    """Whether a message, as Slack stores it, asks whoever reads it something that could be looked up."""
    if _ADDRESSED.search(text) or _CODE.search(text) or len(text) > MOST_CHARACTERS:
        return False
    bare = _LINK.sub(" ", text).strip()
    if len(bare.split()) < FEWEST_WORDS or reason_to_refuse(bare) is not Reason.NONE:
        return False
    return bare.rstrip(' )"”!').endswith("?") or (_ASKS.match(bare) is not None and "?" in bare)
