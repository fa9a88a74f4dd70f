"""Greetings, thanks, farewells, swearing and questions about the bot itself, in three languages."""

from __future__ import annotations

import re

from knowledge.conduct.work_words import speaks_of_work

_PHRASES = r"""
mo+i(?:kka|kkelis|ks)*; morjens(?:ta)?; terve vaan; no (?:moi|moro|hei|terve); öitä; hei sitten; mors
hei; hei vaan; hei taas; heippa; heips; moi; moi vaan; moikka; moro; terve; tervehdys; huomenta; iltaa; päivää
hyvää (?:huomenta|päivää|iltaa|yötä|viikonloppua|viikonloppua|joulua|kesää|vappua|viikkoa)
kiitos(?: paljon| kovasti| tosi paljon| avusta| vastauksesta| tästä| samoin)*; kiitti; kiitokset; suuri kiitos; kiva
(?:tämä|tää|se|siitä oli|tästä oli) (?:auttoi|apua); hyvä vastaus; hienoa; mahtavaa; selvä; selvä juttu; okei; ok
joo; juu
nähdään; näkemiin; hei hei; moi moi; testi; testaan; testaus; testing; test; haloo; apua
mitä kuuluu; mites menee; miten menee; mitä (?:sinulle|sulle) kuuluu; onko kukaan (?:hereillä|paikalla)
onks kukaan hereillä
(?:kuka|mikä) (?:sinä |sä )?(?:oikein )?(?:olet|oot); (?:kuka|mikä) (?:sinä|sä) (?:oikein )?(?:olet|oot)(?: oikein)?
(?:kuka|mikä) (?:sinut|sut) on (?:tehny|tehnyt|koodannu|koodannut|luonu|luonut); oletko ihminen vai kone
mitä (?:kaikkea )?(?:sinä|sä) osaat(?: tehdä)?; miten (?:sinua|sua) käytetään; onks (?:sulla|sinulla) nime[eä]
voit(?:ko |sä )auttaa(?: minua| mua)?; (?:sinä olet|sä oot|oot) (?:paras|ihana|fiksu|mahtava)
 kuka (?:sinut|sut) on tehnyt; kuka teki (?:sinut|sut)
(?:mikä|mitä) (?:sinun |sun )?nim(?:esi|i) on; mikä on (?:sinun )?nimesi; mikä sun nimi on
(?:oletko|ootko|ootsä) (?:sinä )?(?:robotti|ihminen|botti|tekoäly|kone|oikea ihminen|hereillä|paikalla|siellä)
mitä (?:sinä |sä )?(?:osaat|teet)(?: tehdä)?; mitä (?:sinä |sä )?voit tehdä; mitä (?:sinulta|sulta) voi kysyä
mitä (?:voin|voi|saa) kysyä(?: sinulta| sulta)?; mihin (?:sinua|sua) voi käyttää
(?:miten|kuinka) (?:sinä |sä )?toimit
(?:miten|kuinka) (?:voit|osaat) auttaa(?: minua)?; voitko auttaa(?: minua)?
(?:osaatko|puhutko) (?:suomea|ruotsia|englantia)
tja läget; läget; vem är du egentligen; vad är du för (?:nåt|något|en bot); vad heter du då
hur är det(?: med dig)?(?: idag)?; vem har (?:byggt|gjort|skapat) dig; hur gammal är du; är du där; kan du svenska
sov gott; tusen tack; stort tack
hej; hejsan; hej hej; hejdå; hallå; tjena; tja; morn; god (?:morgon|dag|kväll|natt); godmorgon; tack
tack så (?:mycket|hemskt mycket); tack för (?:hjälpen|svaret|det); tusen tack; bra; toppen; okej; vi ses
ha det (?:bra|fint)
trevlig (?:helg|dag|kväll|sommar); det hjälpte; bra svar; hur mår du; hur är läget; läget; hjälp; är någon där
vem är du; vad är du; vad heter du; vem har (?:gjort|skapat) dig; är du (?:en )?(?:robot|människa|bot|ai|maskin)
vad kan du(?: göra)?; vad gör du; vad kan (?:jag|man) fråga(?: dig)?(?: om)?; hur fungerar du; kan du hjälpa(?: mig)?
hur kan du hjälpa(?: mig)?; (?:kan|talar|pratar) du (?:finska|svenska|engelska)
how(?:'s| is) it going(?: today)?; who r u; what are you exactly; hiya; yo; sup; see ya(?: tomorrow)?; bye for now; ty
how old are you; anyone here; can you hear me; are you there; what can you (?:actually )?do(?: for me)?
you(?:'re| are) awesome
hi; hi there; hello; hello there; hey; hey there; howdy; good (?:morning|afternoon|evening|night|day); morning
thanks?; thanks? you(?: so much| very much)?; thx; ty; thanks (?:a lot|for (?:the|your) help); many thanks; cheers
that (?:helped|helps); good answer; great; perfect; nice; cool; bye; goodbye; see you; see you later
have a nice (?:day|weekend)
nice to meet you; how are you(?: doing)?; how's it going; what's up; is anybody there; help; help me
who are you; what are you; what(?:'s| is) your name; who (?:made|built|created) you
are you (?:a |an )?(?:bot|robot|human|ai|person)
what can you do; what do you do; what can (?:i|you) ask(?: you)?; what can you help (?:me )?with; can you help(?: me)?
how do you work; how can you help(?: me)?; do you speak (?:finnish|swedish|english)
"""
_SWEARING = re.compile(
    r"\b(?:vittu\w*|perkele\w*|saatana\w*|helvet\w+|paska\w*|haista|turpa kiinni|hitto|jumalauta|jävla\w*|fy fan|"
    r"fan vad|skit|håll käften|dra åt helvete|fuck\w*|shit|damn|shut up|"
    r"wtf|bullshit|asshole|idioot\w*|idiot\w*|sucks?)\b",
    re.IGNORECASE,
)
_SHORT = 8
"""Words up to which a text that swears is no question: longer ones may have something to ask, angrily."""
_ADDRESSED = (
    r"solmu|solmulle|bot|botti|kaikille|kaikki|kaverit|alla|allihop|all|everyone|everybody|there|nyt|taas|to you"
)
_EACH = sorted(
    (piece.strip() for line in _PHRASES.strip().splitlines() for piece in line.split(";")), key=len, reverse=True
)
# Longest first and never tried again another way: a thousand greetings in a row must not take longer than one.
_SMALL_TALK = re.compile(
    rf"(?>(?:{'|'.join(filter(None, _EACH))})\b(?:[\s,]+(?:{_ADDRESSED})\b)?(?:\s|[^\w\s])*)++", re.IGNORECASE
)


def is_small_talk(text: str) -> bool:
    """Whether nothing but such phrases stands in the text, one or several, or it swears and says little else."""
    plain = re.sub(r"^[\W_]+", "", " ".join(text.replace("’", "'").split()))
    if _SWEARING.search(plain):
        return len(plain.split()) <= _SHORT and not speaks_of_work(plain)
    return bool(plain) and bool(_SMALL_TALK.fullmatch(plain))
