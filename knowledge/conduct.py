"""Questions that documents should not answer: greetings, advice about a person's health, nothing, or far too much."""

from __future__ import annotations

import re

from knowledge.model import Reason
from knowledge.privacy import holds_identity_code

LONGEST_QUESTION = 2000
"""Characters; a longer text is no question."""

_GREETING = re.compile(
    r"^\W*(?:hei|moi|moikka|terve|heippa|huomenta|hyvää (?:huomenta|päivää|iltaa)|kiitos(?: paljon)?|kiitti|ok|okei|"
    r"mitä kuuluu|kuka (?:sinä )?olet|mikä (?:sinä )?olet|mitä (?:sinä )?osaat|miten (?:sinä )?toimit|apua|"
    r"hej|hejsan|tjena|god (?:morgon|dag|kväll)|tack(?: så mycket)?|hur mår du|vem är du|vad kan du(?: göra)?|hjälp|"
    r"hi|hello|hey|good (?:morning|afternoon|evening)|thanks?(?: you)?(?: very much)?|how are you|who are you|"
    r"what (?:are you|can you do)|what can you help (?:me )?with|help)"
    r"(?:[\s,]+(?:solmu|solmulle|kaikki|alla|all|there))?\W*$",
    re.IGNORECASE,
)
_OWN_HEALTH = re.compile(
    r"\b(?:minulla|minua|mulla|lapsellani|äidilläni|isälläni|puolisollani|potilaallani|potilaallamme|asiakkaallani)\b"
    r".{0,60}\b(?:kipu|kipua|särky|särkyä|särkee|kuume|kuumetta|oire|oireita|huimaa|yskä|yskää|ihottuma|ihottumaa|"
    r"sairaus|tauti|syöpä|diabetes|rintakipu|rintakipua|verenpaine)\w*"
    r"|\b(?:mitä lääkettä|mikä annos|kuinka paljon lääkettä)\b.{0,60}\b(?:ottaa|otan|ottaisin|annan|antaa|potilaalle)\b"
    r"|\bpitäisikö minun (?:mennä|ottaa|soittaa|hakeutua)\b"
    r"|\b(?:jag|mitt barn|min (?:mamma|pappa|man|fru|patient))\b.{0,40}\b(?:har ont|har feber|är sjuk|hostar|mår illa|"
    r"har symtom|har smärta|är yr)\b"
    r"|\bvilken (?:medicin|dos)\b.{0,40}\b(?:ska jag|kan jag|bör jag|till min patient)\b"
    r"|\b(?:i|my (?:child|mother|father|wife|husband|patient))\b.{0,40}\b(?:have|has|having|feel|feels)\b.{0,30}"
    r"\b(?:pain|fever|symptoms?|headache|rash|dizzy|cough|nausea)\b"
    r"|\bmy (?:chest|head|stomach|back|throat|leg|arm)\w* (?:hurts?|aches?)\b"
    r"|\b(?:which|what) (?:medicine|medication|drug|dose)\b.{0,40}\b(?:should i|can i|do i|for my patient)\b"
    r"|\bshould i (?:take|see a doctor|go to (?:the )?(?:hospital|emergency))\b",
    re.IGNORECASE,
)


def reason_to_refuse(text: str) -> Reason:
    """Why a text is not looked up, or NONE; personal data is told first, before anything else is done with it."""
    if holds_identity_code(text):
        return Reason.PERSONAL_DATA
    if not any(letter.isalnum() for letter in text):
        return Reason.EMPTY
    if len(text) > LONGEST_QUESTION:
        return Reason.TOO_LONG
    if _GREETING.match(text):
        return Reason.SMALL_TALK
    return Reason.CLINICAL_ADVICE if _OWN_HEALTH.search(text) else Reason.NONE
