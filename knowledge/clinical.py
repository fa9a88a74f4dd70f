"""Questions about one person's health, in three languages: what a professional must answer, and no document can."""

from __future__ import annotations

import re

_ILLS = (
    r"kipu\w*|kipeä\w*|särk\w*|kuume\w*|oire\w*|huima\w*|yskä\w*|yskii|ihottuma\w*|sairaus|tauti|syöpä\w*|diabetes|"
    r"rintakipu\w*|"
    r"verenpaine\w*|flunssa\w*|migreeni\w*|päänsär\w*|hengenahdistu\w*|pahoinvoin\w*|oksen\w*|turvot\w*|murtuma|"
    r"sekava\w*|inr|sokeri|"
    r"masennu\w*|ahdistu\w*|ont|feber|sjuk|hostar?|illamående|mår illa|symtom\w*|smärt\w*|yr|utslag|förvirrad|"
    r"huvudvärk|"
    r"förkyl\w*|influensa\w*|blodtryck\w*|värk\w*|pain|fever|symptoms?|headaches?|rash|dizzy|dizziness|cough\w*|nausea|"
    r"confused|flu|cold|migraine|blood pressure|swollen|vomiting|depress\w*"
)
_MEDICINES = (
    r"lääke|lääkettä|lääkitys\w*|parasetamol\w*|ibuprofe\w*|panadol\w*|burana\w*|marevan\w*|varfari\w*|insuliini(?:a|"
    r"n)?|"
    r"antibiootti?\w*|aspirii?n\w*|kortiso\w*|särkylää\w*|medicin|medicine|medication|läkemedel|paracetamol|ibuprofen|"
    r"insulin|warfarin|"
    r"waran|antibioti\w*|painkillers?|värktablett\w*|drug"
)
_MINE = (
    r"minulla|minua|mulla|mua|(?:lapse|äidi|isä|puoliso|tyttäre|poja|vaimo|miehe|mummo|vauva|potilaa|asiakkaa|"
    r"asukkaa)ll[aä](?:ni|mme)|"
    r"(?:jag|(?:mitt|min|mina|vårt|vår) \w+) (?:har|är|mår|känner|hostar)|"
    r"(?:i|we) (?:have|feel|am|got)|(?:my|our) \w+ (?:has|have|is|feels?)|mitt \w+ gör|min \w+ gör"
)
_ONE = rf"(?:{_MINE}|potilas|asukas|asiakas|patienten|klienten|the patient|the resident|the client|a patient)"
_GIVE = (
    r"otan|ottaa|ottaisin|annan|antaa|annetaan|annamme|syödä|syön|lopettaa|lopetan|"
    r"ta|tar|ge|ger|äta|sluta|take|taking|give|stop|mix|combine"
)
_WHOM = (
    r"lapselle\w*|vauvalle\w*|potilaalle\w*|asiakkaalle\w*|äidille\w*|isälle\w*|vuotiaalle|raskaana|"
    r"barn|patient|gravid|mamma|pappa|child|baby|patient|pregnant|mother|father|year old"
)
_OURS = r"kysy|sovellu|ratkaisu|pilot|hanke|fråg|lösning|projekt|question|tool|app\b|solution|use case|project"
"""Who has one of these asks about work, whatever illness it is for."""
_WHAT_NOW = (
    r"mitä (?:minun |meidän )?(?:teen|teemme|tehdä|pitäisi|pitää|annan|otan)|pitäisikö|vad (?:ska|bör|kan|gör) (?:jag|"
    r"vi)|ska (?:jag|vi)|"
    r"what (?:should|can|do) (?:i|we)|should (?:i|we)"
)
_ADVICE = re.compile(
    "|".join(
        (
            rf"\b(?:{_MINE})\b(?!.{{0,40}}\b(?:{_OURS})).{{0,40}}\b(?:{_ILLS})\b",
            (
                rf"\b{_ONE}\b.{{0,60}}\b(?:{_ILLS}|valittaa|kaatui|klagar|föll|complains|"
                rf"fell)\b.{{0,60}}\b(?:{_WHAT_NOW})\b"
            ),
            (
                rf"\b(?:annos\w*|annostus\w*|dos|dosen|dose|dosage|kuinka paljon|paljonko|hur mycket|"
                rf"how much)\b.{{0,40}}\b(?:{_MEDICINES})\b"
                rf".{{0,60}}\b(?:{_GIVE}|\w*{_WHOM})\b"
            ),
            (
                rf"\b(?:mitä|mikä|vilken|vilket|which|what) (?:{_MEDICINES}|annos\w*|dos|dose)\b.{{0,60}}\b(?:{_GIVE}|"
                rf"{_WHOM})\b"
            ),
            (
                rf"\b(?:voi(?:n|mme)?ko|voiko|saa(?:n)?ko|pitäisikö|kan|får|ska|bör|can|may|"
                rf"should)\b.{{0,40}}\b(?:{_GIVE})\b.{{0,40}}"
                rf"\b(?:{_MEDICINES})\b"
            ),
            rf"\b(?:voi(?:n)?ko|saa(?:n)?ko)\b.{{0,20}}\b(?:{_MEDICINES})\b.{{0,20}}\b(?:{_GIVE})\b",
            (
                r"\b(?:onko tämä|onko tää|är (?:den här|det här|detta)|is this)\b.{0,15}"
                r"\b(?:luomi|ihottuma|patti|kyhmy|haava|födelsemärke\w*|utslag\w*|knöl\w*|mole|rash|lump|wound)\b"
            ),
            rf"\b(?:miten|kuinka) hoidan\b.{{0,30}}\b(?:{_ILLS})\b|\bhur behandlar jag\b.{{0,30}}\b(?:{_ILLS})\b",
            rf"\bhow (?:do|should|can) i (?:treat|cure)\b.{{0,30}}\b(?:{_ILLS})\b",
            (
                r"\bpitäisikö minun (?:mennä|ottaa|soittaa|hakeutua)\b|\bmy (?:chest|head|stomach|back|throat|leg|arm|"
                r"knee)\w* (?:hurts?|aches?)\b"
            ),
            (
                r"\bshould i (?:see a doctor|go to (?:the )?(?:hospital|emergency|doctor)|call an ambulance|"
                r"take [a-z]+(?:en|in|ol|an))\b"
            ),
        )
    ),
    re.IGNORECASE,
)


def asks_for_clinical_advice(text: str) -> bool:
    """Whether the text asks what to do about a person's illness, symptom or medicine."""
    return bool(_ADVICE.search(" ".join(text.split())))
