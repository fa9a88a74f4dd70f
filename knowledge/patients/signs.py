"""Dates, numbers and turns of phrase that stand around a name where a certain patient or client is told of.

All look into small letters. None says anything alone; `supporting` and `roles` tell how much each counts.
"""

from __future__ import annotations

import re


def _pattern(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.VERBOSE)


_DATE = r"""
(?:[0-3]?\d\s?[./-]\s?[01]?\d\s?[./-]\s?(?:19|20)\d\d|(?:19|20)\d\d-[01]\d-[0-3]\d
|[0-3]?\d\.?\s(?:of\s)?[a-zåäö]{3,10}kuuta\s(?:19|20)\d\d
|[0-3]?\d\.?\s(?:january|february|march|april|may|june|july|august|september|october|november|december
|januari|februari|mars|maj|juni|juli|augusti|oktober)\s(?:19|20)\d\d)
"""
_BORN = r"""
(?<!\w)(?:s\.|s(?=\s\d)|synt\.?|syntynyt|syntymäaika|syntymäpäivä|f\.|född(?:\sden)?|födelsedatum|födelsetid|b\.|born(?:\son)?
|date\sof\sbirth|birth\sdate|dob|d\.o\.b\.)
"""
BIRTH_DATE = _pattern(rf"{_BORN}[\s:]{{0,3}}{_DATE}")
"""A day on which somebody who may be alive was born."""
_SEX = r"(?:mies|nainen|poika|tyttö|man|kvinna|pojke|flicka|male|female|woman|boy|girl)"
BIRTH_YEAR = _pattern(
    rf"{_BORN}[\s:]{{0,3}}(?:19|20)\d\d(?!\d)|^[\s,]{{1,2}}-\d\d(?!\d)|^[\s,]{{1,2}}{_SEX}[\s,]{{1,2}}(?:19|20)\d\d(?!\d)"
)
BARE_DATE = _pattern(
    rf"^(?:\s?[,;:(]\s?{_DATE}|\s[0-3]?\d[./-][01]?\d[./-](?:19|20)\d\d|[\s,;:(]{{1,3}}[0-3]\d[01]\d\d\d(?!\d))"
)
"""A date right after a name, also as six digits."""
_YEARS = r"""\d{1,3}\s?-?\s?(?:vuotia\w+|-?v(?:uot\w*)?\.?(?!\w)|vee(?!\w)
|år(?:ig\w*|ing\w*)?(?!\w)|y/?o(?!\w)|years?(?:[\s-]olds?)?(?!\w)
|kk(?!\w)|kuukau\w+|months?(?:[\s-]olds?)?(?!\w)|mån(?:\w+)?(?!\w)|[mf](?!\w))"""
AGE = _pattern(
    rf"(?<![\w.,/])(?:{_YEARS}|(?:aged?|ikä|iältään|ålder|i\sen\sålder\sav)[\s:]{{1,2}}\d{{1,3}}(?!\w)|(?:täyttää|täytti|fyller|fyllde|turns|turned)\s\d{{1,3}}(?!\w))"
)
AGE_AFTER = _pattern(
    rf"^(?:[\s,:(]{{1,3}}(?:on\s|är\s|is\s|ikä\s|ålder\s|aged?\s|noin\s|ca\.?\s)?{_YEARS}|\s?[,(]\s?\d{{1,3}}(?=\s?[),;:]|\.?$)|\s(?:on|är|is)\s\d\d(?=[,.;]|\s(?:ja|och|and)\b|$))"
)
"""An age right after a name, also a bare number."""
AGE_BEFORE = _pattern(rf"(?:{_YEARS})[\s,:]{{1,2}}(?:[\w-]+[\s,]{{1,2}}){{0,2}}$")
NUMBER = _pattern(
    r"""(?<!\w)(?:(?:potilas|asiakas|asukas)(?:numero|tunnus|id)\w{0,4}|(?:patient|klient)(?:nummer|nr|id)\w{0,4}
    |(?:patient|client|resident|nhs)\s(?:number|no\.?|id)|mrn|medical\srecord\snumber)
    (?:\s(?:on|är|is))?[\s:#.]{0,3}(?=[\w-]*\d{4})[\w-]+"""
)
"""A patient's or client's number, told as such."""
ADDRESS = _pattern(
    r"""(?<!\w)(?:[\wåäö-]{2,}(?:katu|kadun|kadulla|tie|tiellä|kuja|kujalla|polku|rinne|raitti|gatan|vägen|gränden|stigen|svägen)\s\d+\w?
    |\d+\w?\s\w+\s(?:street|road|lane|avenue|drive|close|st\.|rd\.))(?!\w)"""
)
PHONE = _pattern(r"(?<![\w-])(?:\+358\s?|0)(?:4\d|50)\s?-?\d{3}\s?\d{3,4}(?!\d)")
CLASS = _pattern(
    r"^[\s,(]{1,2}\d\s?-?[a-f](?!\w)|^[\s,(]{1,2}\d\.?\s?-?(?:luok|klass)|^[\s,(]{1,2}(?:class|grade|year|årskurs|åk|luokka)\s\d"
)
"""A pupil's class right after a name."""
MEASURED = _pattern(
    r"""(?<!\w)(?:(?:hba1c|crp|rr|inr|bt|bp|hb|krea|egfr|probnp|spo2|mmse|moca|gds|bdi|audit|bmi|gcs|psa|tsh|ef|gluk\w*|verensoker\w*|verenpaine\w*
    |blodtryck\w*|blodsocker\w*|blood\spressure|blood\ssugar|glucose|pulssi|puls|pulse|saturaat\w*|kuume|feber|temp)(?:\son|\sär|\sis|\soli|\sof)?[\s:=]{1,2}\d
    |\d{2,3}/\d{2,3}(?!\d)|\d+[.,]?\d*\s?(?:mg|µg|mikrog\w*|mmol|mmhg|ml|ky|ie|iu)(?!\w)|[a-tv-z]\d\d\.\d(?!\w)|\d\s?x\s?\d(?!\w)|\d[\s/](?:30|63)(?=\s?(?:p|pist\w*|points|poäng)(?!\w))
    |(?:rv|h|gv)\s?\d\d\s?(?:\+\s?\d)?(?!\w)|\d+\s(?:weeks|viikolla|veckan)(?!\w))"""
)
"""A measured value, a dose, a diagnosis's code or a week of pregnancy."""
HAVING = _pattern(
    r"""(?<!\w)(?:sairastaa|sairastanut|sairastui|sairasti|kärsii|kärsinyt|todettiin|todettu|todetaan|diagnosoi\w+|epäillään|epäily|epäiltiin|hänellä|jolla|jolle|hänelle|sai|saanut|saa
    |lider|led|lidit|insjuknade|insjuknat|drabbades|drabbats|har\sfått|fick|har\shaft|har\svarit|on\sollut|har\sen|med\sdiagnos\w*|misstänkt|misstänks|konstaterades|på\sgrund\sav|takia|vuoksi|because\sof|due\sto|väntar\spå|odottaa|waiting\sfor
    |suffers|suffering|suffered|diagnosed|was\sgiven|has\shad|has\sbeen|had\sa|has|suspected|is\son|är\spå|äter|behöver|needs|tarvitsee|takes|käyttää|syö|ottaa)(?!\w)"""
)
"""An illness or treatment told as somebody's own."""
HAVING_AFTER = _pattern(rf"^[\s,]{{1,2}}(?:(?:on|har|has|joka|som|who)\s)?(?:{HAVING.pattern})")
IS_OR_HAS = _pattern(
    r"^(?:\s\([^)]*\))?[\s,]{1,2}(?:joka\s|som\s|who\s)?(?:on|oli|är|var|har|hade|blev|is|was|has|had)\s"
)
_CLAUSE_END = re.compile(r"[.!?;|](?:\s|$)")
TREATED = _pattern(
    r"""(?<!\w)(?:(?:lääk\w+|antibioot\w+|kuuri|hoito|\w+lääkitys|medicin\w*|antidepressiv\w*(?:\smedicin\w*)?|antibiotik\w+|behandling|medications?|antidepressants?|antibiotics|treatment)
    \s(?:on\s)?(?:aloitettu|aloitettiin|lopetettu|vaihdettu|tauolla|inledd\w*|inleddes|insatt\w*|påbörjad\w*|avslutad\w*|started|begun|stopped|changed)
    |sairauslomal\w+|sjukskriv\w+|sick\sleave|insatt\spå|put\son|started\son|aloitettu|tutkimukset\skesken|utredning\spågår)"""
)
"""What was done for somebody who is ill."""
CARED_FOR = _pattern(
    r"""(?<!\w)(?:(?:asiakkaa|potilaa|asukkaa|hoidettava|hoidokki)(?:na|namme|nani|llamme|llani|stamme|stani|mme|ni)|omaishoitajana|omaishoitaja\solen|hoidan|osastollamme|yksikössämme
    |vår\s(?:klient|patient|boende|brukare|elev)|på\svår\s(?:avdelning|enhet)|jag\svårdar|on\sour\sward|our\s(?:client|patient|resident|pupil|student|ward)|i\scare\sfor|i\slook\safter|under\sour\scare)(?!\w)"""
)
"""Somebody told of as looked after by whoever writes."""
WITH_US = _pattern(r"(?<!\w)(?:meillä|meidän|luonamme|hos\soss|vi\shar|we\shave|with\sus)(?!\w)")
"""Said of partners and guests too."""
PRONOUN = _pattern(
    r"(?<!\w)(?:hän|hänen|hänellä|hänelle|häntä|häneltä|hänestä|hänet|hon|henne|hennes|han|honom|hans|she|her|he|him|his|sin|sitt|sina|\w{3,}(?:nsa|nsä))(?!\w)"
)
ROOM = _pattern(
    r"(?<!\w)(?:huone\w*|rum|room|osasto\w*|avd\.?|avdelning\w*|ward|paikka|bed|säng)\s\d+|(?<!\w)\d+\.?\s?(?:osasto\w*|krs)|(?<!\w)(?:os|avd)\.?\s\d+"
)
RECORD = _pattern(
    r"""(?<!\w)(?:hoitokertomu\w*|sairauskertomu\w*|potilaskertomu\w*|epikriisi\w*|lähete|lähetteessä|sairauskertomuksesta|hoitokertomuksesta|tulosyy|esitiedot|anamneesi|vårdberättelse\w*|journalanteckning\w*|inkomstorsak|epikris|remiss|anamnes
    |care\srecord|case\snotes?|clinical\snotes?|referral|handover|discharge\sletter(?:\sfor)?|report|rapport|raportti|discharge\ssummary|asiakassuunnitelma\w*|kirjaus|päiväkirjamerkintä)(?:\sfor)?\s?[:,–-]?\s$"""
)
"""The name of a document that is about one patient."""


def clause(text: str) -> str:
    """The text up to the end of the sentence."""
    return _CLAUSE_END.split(text, maxsplit=1)[0]
