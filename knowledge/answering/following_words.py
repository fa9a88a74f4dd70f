"""The words by which a question leans on the one before it, in three languages."""

from __future__ import annotations

import re

from knowledge.language.lemmas import base_form, is_known
from knowledge.language.stop_words import STOP_WORDS
from knowledge.model import Language


def _any(text: str) -> str:
    """The alternatives, longest first, with underscores for spaces."""
    return "|".join(sorted((each.replace("_", " ") for each in text.split()), key=len, reverse=True))


def _listed(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _words(text: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{_any(text)})\b", re.IGNORECASE)


OPENING = re.compile(
    r"\s*(?:(?:no|ja|ok|och|men|and|but|so)[\s,]+)?(?:"
    + _any(
        r"""entäs? entäpä mites? miten_on ja tai mutta_entä mitä_jos
        och men eller hur_är_det(?:_då)?_med hur_blir_det_med vad_gäller(?:_för)? hur_är_det
        and but or what_about how_about"""
    )
    + r")\b[\s,:]*",
    re.IGNORECASE,
)
"""`Entä`, `och`, `what about`: what follows is a part of the question before."""
ASKING = re.compile(
    r"\s*(?:"
    + _any(
        r"""mihin_mennessä mistä_lähtien milloin monelta koska missä mistä mihin minne miksi miten paljonko kauanko
        montako kuinka_(?:paljon|kauan|usein|moni|monta|monessa|suur\w+|nopeasti|pitk\w+|hyvin) kuinka
        miten_(?:paljon|kauan|usein|moni|monta|suur\w+|nopeasti|pitk\w+|hyvin) kuka ketkä kenelle kenellä
        keneltä kenen ketä keitä mitä mikä mitkä minkä millä mille miltä millainen millais\w+ onko saako voiko pitääkö
        hur_(?:länge|mycket|många|ofta|stor\w*|bra|snabbt|noggrann\w*) hur när varför varifrån vart var vem vems vilka
        vilken vilket vad får kan måste
        how_(?:much|many|long|often|soon|big|far|well) how when where why who whom whose which what should may can is
        are does do did"""
    )
    + r")\b\s*",
    re.IGNORECASE,
)
"""What a question begins with."""
PRONOUNS = {
    Language.FI: _words(
        """se sen sitä siitä siinä siihen sillä sille siltä ne niiden niitä niistä niissä niillä niille
        tämä tämän tätä tästä tässä nämä näitä näistä näiden siellä sinne sieltä he heillä heiltä heidän"""
    ),
    Language.SV: _words("det den de dem där dit dess deras detta denna dessa"),
    Language.EN: re.compile(r"\b(?:it|its|they|them|theirs?|those|these|there|this|that(?=\W*$))\b", re.IGNORECASE),
}
"""What stands for something that was named before."""
EMPTY_PRONOUNS = re.compile(
    r"\bse\b[^,]*,\s*(?:että|jos|kun)\b|\b(?:sen|sitä|siitä|siihen)\b,?\s+(?:että|jos|kun)\b"
    r"|\bse (?:seuraava|uusi|viime|toinen|\w+(?:aamu|seminaari|tapahtuma|koulutus|webinaari|kokous))\b"
    r"|\b(?:är|var|blir|blev|kommer|vore|har|e) det? \w+ \w|\bmen hur (?:är|var) det\b|\bdet här\b|\bdet vore\b"
    r"|\b(?:finns|går|fanns|gick) det\b|\bdet\b\s+(?:\w+\s+)?(?:att|som|om)\b|\b(?:det|där) (?:finns|går)\b"
    r"|\b(?:is|was|would|could) it (?:\w+ ){1,2}(?:to|that|for|if)\b|\b(?:is|was|are|were) there\b"
    r"|\bthere (?:is|was|are|were)\b|\bde (?:små|stora|nya|senaste|olika|andra|flesta|gemensamma)\b"
    r"|\b(?:den|det) (?:\w+[ae]) \w+(?:en|et|n|t)\b|\bth(?:is|ese|ose) \w+\b",
    re.IGNORECASE,
)
"""The same words where they stand for nothing, or for what the question itself goes on to say."""
LANGUAGE_NAMES = (
    (Language.FI, re.compile(r"\b(?:suomeksi|på finska|in finnish)\b", re.IGNORECASE)),
    (Language.SV, re.compile(r"\b(?:ruotsiksi|på svenska|in swedish)\b", re.IGNORECASE)),
    (Language.EN, re.compile(r"\b(?:englanniksi|på engelska|in english)\b", re.IGNORECASE)),
)
POLITE = _words(
    """kiitos vielä sama sanottuna vastaa voitko voisitko sanoa tack då svara gärna kan du säga samma
    sak det it the same please could can you say answer that vastata kertoa saman"""
)
"""What stands around the wish for another language."""
ATTRIBUTES = re.compile(
    r"(?:kustannu|hin(?:ta|na|to)|budjet|hyöd|hyöty|haitat|haitto|risk|aikataul|yhteyshenkil|yhteystie|vastuuhenkil|aihe|"
    r"teema|tulokset|tuloksi|lähde|lähteet|kostnad|pris|budget|nytta|tidtabell|tidsplan|kontaktperson|resultat|tema|"
    r"cost|price|benefit|schedule|timeline|contact|result|topic|theme|source)\w*",
    re.IGNORECASE,
)
"""What anything may have: asked for alone, it is that of what was spoken of."""
VERBS = re.compile(
    r"(?:"
    + _any(
        r"""\w+e(?:taan|tään) \w+ttiin
        maks(?:aa|oi|avat|oivat|etaan) kest(?:ää|i|ävät) alka(?:a|vat) alkoi pääty\w+ päätty\w+ pide(?:tään|ttiin)
        käyt(?:tää|tävät|etään|etty|ti|täisi) säilyt(?:tää|etään|ettävä) sisäl(?:tää|tävät|tyy) tarkoit\w+
        rahoit(?:taa|ti) lope(?:tettiin|ttaa) hakea haetaan hakee kokeil(?:la|laan|ee|evat|taan|tiin) laatii laaditaan
        vast(?:aa|aavat) tehdään tekee tapahtu(?:u|i|vat) saatiin ilmoit(?:tivat|taa|etaan) toimi\w* löyt(?:yy|yvät|i)
        tiedetään sano(?:o|taan)
        kosta(?:r|de) håll(?:s|as|er) används använder börja(?:r|de) sluta(?:r|de) spara(?:s|r) gäller
        fungerar avsluta(?:s|des) finansierar levererar kräver
        costs? cost uses? used using starts? ends? ended begins? began lasts? took takes? leads? led receives? funds?
        funded sends? sent keeps? kept held happens? happened works? worked"""
    )
    + r")",
    re.IGNORECASE,
)
"""Verbs that questions are asked with, and which name no subject by themselves."""
MEASURES = re.compile(
    r"(?:"
    + _any(
        """kauan paljon usein moni monta yhteensä yleensä niin ei länge mycket många ofta totalt inte tack long much
        many often so not total please exactly tarkalleen exakt yes kyllä sitten då then jälkeen"""
    )
    + r")",
    re.IGNORECASE,
)
PREPOSITIONS = _listed(
    """i på för hos med utan från till av om kring under över vid inom
    in on for at with without from to of about during by"""
)
UNBENT = _listed("ensi viime joka koko eri pikku esimerkiksi")
"""Finnish words that stay as they are before a noun in any case."""
ARTICLES = _listed("en ett a an the")
_WORD = re.compile(r"\w+(?:[-'’:]\w+)*")


def content_words(text: str, language: Language) -> list[str]:
    """What a text is about: its words but for those that every question has."""
    stops = STOP_WORDS[language]
    return [word for word in _WORD.findall(text) if word.casefold() not in stops and not MEASURES.fullmatch(word)]


def subjects(text: str, language: Language) -> list[str]:
    """The content words that are neither verbs of asking nor what anything may have."""
    return [
        word for word in content_words(text, language) if not VERBS.fullmatch(word) and not ATTRIBUTES.fullmatch(word)
    ]


def is_genitive(word: str) -> bool:
    """Whether a Finnish word is one by its form; a name such as `Virtanen` or `Meikäläinen` is none."""
    if not word.casefold().endswith("n"):
        return False
    if base_form(word, Language.FI) != word.casefold():
        return True
    return not (is_known(word, Language.FI) or word.casefold().endswith("nen"))
