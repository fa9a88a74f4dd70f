"""Questions about one person's health, in three languages: what a professional must answer, and no document can.

An illness or medicine alone is no such question: it takes a person who has it, or words that ask what to take or do,
and no word of the field's work. What these patterns miss, `knowledge.conduct.by_meaning` may still tell.
"""

from __future__ import annotations

import re

from knowledge.conduct.work_words import speaks_of_work

_ILLS = r"""
kipu kivu kipe särk kuume huima yskä yski nuha flunss ihottum ruti?sy syöp diabet verenpain verensok
sydän rintaan migreen hengity hengen pahoinvoi oksen ripul vatsa turvo murtu masen masent ahdist raska imett haav
allergi tulehd hemoglob kolester labra leikka rokot kuukauti luomi patti kyhmy oire sair tauti valitta kaatui
sekav kutin väsy nieli puutu nukutt paniik kurkku korv(?:a|issa) selk(?:ä|ä\w+)
feber sjuk(?!hus|vård|sköt|anm) hosta illamå symtom smärt utslag förvirr huvudvärk förkyl influens blodtryck
blodsock värk svull kräk magen mensen gravid amma blöd yrsel klåda operation cancer födelsemärk knöl kolesterol
andas svälj svalde ångest migrän allergi
fever headache symptom rash dizz cough nausea migrain swollen swell vomit depress pregnan bleed numb breath wheez itch
anxi haemoglob hemoglob cholesterol surgery mole lump ulcer wound throat swallow breastfeed hurts aches (?<!te)aching
diagnos
"""
_ILLS_WHOLE = (
    r"crp|inr|egfr|tsh|ont|yr|pain|ache|flu|cold|sick|cancer|kalium|sår|liggsår|klagar|föll|fell|confused|"
    r"blood (?:sugar|pressure)|my period|mår (?:dåligt|illa)|huono olo|kova olo|complains|sokeri"
)
_MEDICINES = r"""
lääke(?!tie) lääki lääkk antibioo antibiot särkylää rautatabl unilää rauhoitt pilleri tablett annos(?!tel|vir)
medicin(?!sk) läkemedel painkiller pills?\b dos\b dosen\b dose\b
"""
_NAMED_MEDICINES = r"""
parasetamol paracetamol ibupro panadol alvedon burana marevan varfari warfarin waran insulii insulin penisil penicil
aspiri kortiso metformi sertral statii statin melatoni morphine morfii?n
"""
_PERSONS = (
    r"hoidan|voinko|saanko|otanko|lopetanko|minull[ae]|minua|minun|mull[ae]|mun|mua|olen|sain|unohdin|"
    r"(?:lapse|äidi|isä|puoliso|tyttäre|poja|vaimo|miehe|mummo|vauva|vanhemma)\w*(?:ni|mme)|(?:äiti|isä|poika)ni|"
    r"(?:lapse|äidi|isä|tyttäre|poja|vaimo|miehe|mummo|vauva|taapero|potilaa|asiakkaa|asukkaa|hoidettava)l[lt][aäe]|"
    r"vauva|taapero|poika|tytär|mummo|vaari|jag|min|mitt|mina|babyn|pappa|mamma|mormor|farmor|"
    r"i (?:have|am|feel|got|get|forgot|took|was)|i'm|i've|i'd|can i|should i|do i|my|the baby|toddler|"
    r"my (?:patient|resident|client)"
)
_OPENS = r"potilas|asukas|asiakas|patienten|klienten|barnet|(?:the )?(?:patient|resident|client)"
"""They are one person where the text begins with them, elsewhere perhaps any."""
_DECIDING = r"""
(?:mitä)\s(?:minun\s|meidän\s)?(?:teen|teemme|tehdä|annan|otan|annetaan|pitäisi) pitä(?:i|is|isi|s)kö kannattaako
vaarallis\w* normaalia auttaa lopet\w+ jatkaa ottaa otan otanko annan antaa annamme syödä syön juoda päivässä päiväs
vuotiaalle kanssa yhtä\saikaa lääkärii?n? lääkärille päivystykse\w+ hoidetaan hoitaa hoidan sovi\w+
ska\s(?:jag|vi) bör\s(?:jag|vi) borde vad\sgör\svi farligt normalt hjälper sluta ta tar ge ger äter dricka läkare
jouren om\sdagen samtidigt behandla\w* sköter
should\s(?:i|we) can\s(?:i|we|you) what\s(?:should|can|do)\s(?:i|we) dangerous is\sit\s(?:ok|normal|safe) take taking
give stop do\si\sneed doctor per\sday together treat\w* helps?
annos yhdessä välissä ihop vilken\sdos what\sdose right\sdose between best\smedicine
"""
_COUNTING = r"kuinka\smonta kuinka\spaljon montako paljonko hur\smånga hur\smycket how\smany how\smuch"


def _stems(text: str) -> str:
    return rf"\b\w*(?:{'|'.join(text.split())})"


_ILL = re.compile(rf"{_stems(_ILLS)}|\b(?:{_ILLS_WHOLE})\b", re.IGNORECASE)
_MEDICINE = re.compile(_stems(_MEDICINES + _NAMED_MEDICINES), re.IGNORECASE)
_NAMED_MEDICINE = re.compile(_stems(_NAMED_MEDICINES), re.IGNORECASE)
_PERSON = re.compile(rf"\b(?:{_PERSONS})\b|^(?:{_OPENS})\b", re.IGNORECASE)
_DECIDE = re.compile(rf"\b(?:{'|'.join(_DECIDING.split())})\b", re.IGNORECASE)
_COUNT = re.compile(rf"\b(?:{'|'.join(_COUNTING.split())})\b", re.IGNORECASE)
_POINTED_AT = re.compile(
    r"\b(?:onko tämä|onko tää|är (?:den här|det här|detta)|is this)\b.{0,15}"
    r"\b(?:luomi|ihottuma|patti|kyhmy|haava|syöpä\w*|födelsemärke\w*|utslag\w*|knöl\w*|cancer|mole|rash|lump|wound)\b"
    r"|\bpitäisikö minun (?:mennä lääkär\w+|hakeutua)\b|\bshould i (?:see a doctor|call an ambulance)\b",
    re.IGNORECASE,
)


def asks_for_clinical_advice(text: str) -> bool:
    """Whether the text asks what to do about a person's illness, symptom or medicine."""
    plain = " ".join(text.replace("’", "'").split())
    if speaks_of_work(plain):
        return False
    if _POINTED_AT.search(plain):
        return True
    person = bool(_PERSON.search(plain))
    if _MEDICINE.search(plain) and (person or _DECIDE.search(plain)):
        return True
    if _NAMED_MEDICINE.search(plain) and _COUNT.search(plain):
        return True
    return person and bool(_ILL.search(plain))
