"""What stands around a name where a certain patient or client is told of: patterns in three languages.

Each is looked for beside a name or in the whole text; none of them says anything alone.
"""

from __future__ import annotations

import re


def _words(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE | re.VERBOSE)


_DATE = r"""
(?:[0-3]?\d\s?[./-]\s?[01]?\d\s?[./-]\s?(?:19|20)\d\d|(?:19|20)\d\d-[01]\d-[0-3]\d
|[0-3]?\d\.?\s(?:of\s)?[a-zåäö]{3,10}kuuta\s(?:19|20)\d\d
|[0-3]?\d\.?\s(?:january|february|march|april|may|june|july|august|september|october|november|december
|januari|februari|mars|maj|juni|juli|augusti|oktober)\s(?:19|20)\d\d)
"""
_BORN = r"""
(?<!\w)(?:s\.|s(?=\s\d)|synt\.?|syntynyt|syntymäaika|f\.|född(?:\sden)?|födelsedatum|b\.|born(?:\son)?
|date\sof\sbirth|dob)
"""
BIRTH_DATE = _words(rf"{_BORN}[\s:]{{0,3}}{_DATE}")
"""A day on which somebody who may be alive was born."""
BIRTH_YEAR = _words(rf"{_BORN}\s?(?:19|20)\d\d(?!\d)")
BARE_DATE = _words(rf"^[\s,;(]{{1,3}}(?:{_DATE}|[0-3]\d[01]\d\d\d(?!\d))")
"""A date right after a name, also as six digits."""
AGE = _words(
    r"""(?<![\w.])(?:\d{1,3}\s?-?\s?(?:vuotia\w+|v\.?(?!\w)|år(?:ig\w*|ing\w*)?(?!\w)|years?(?:[\s-]olds?)?(?!\w))
    |(?:aged?|ikä|ålder)\s\d{1,3}(?!\w)|^[\s,]{0,2}\(\d\d\)|^[\s,]{1,2}\d\d,)"""
)
NUMBER = _words(
    r"""(?<!\w)(?:(?:potilas|asiakas|asukas)(?:numero|tunnus|id)\w{0,4}|(?:patient|klient)(?:nummer|nr|id)\w{0,4}
    |(?:patient|client|resident)\s(?:number|no\.?|id)|mrn|medical\srecord\snumber)
    (?:\s(?:on|är|is))?[\s:#.]{0,3}(?=[\w-]*\d{4})[\w-]+"""
)
"""A patient's or client's number, told as such."""
PATIENT = _words(
    r"""(?<![\w-])(?:(?:lapsi|vanhus|syöpä|tehohoito)?potila(?:s|an|sta|alla|alle|aseen|amme|ani|ana)|asuka(?:s|an|alla|amme)|hoidettava(?:mme|ni|n)?
    |(?:barn|cancer)?patient(?:ens?)?|boende|vårdtagare(?:n)?|(?:child\s)?patient|resident)(?![\w-])"""
)
CLIENT = _words(
    r"(?<![\w-])(?:asiak(?:as|kaan|kaalla|kaamme|kaani)|klient(?:ens?)?|client|oppilas|oppilaamme|elev(?:en)?|pupil)(?![\w-])"
)
RELATIVE = _words(
    r"""(?<!\w)(?:(?:äiti|isä|mummo|mummi|vaari|puoliso|vaimo|miehe|tyttäre|poika|lapse|naapuri|sisare|velje|ystävä|täti|setä|eno|anoppi|appi)(?:ni|mme)
    |(?:min|mitt|vår)\s(?:mamma|mor|pappa|far|mormor|morfar|farmor|farfar|fru|man|dotter|son|granne|syster|bror|vän)
    |rouva|herra|fru|herr|mrs?\.?|ms\.?
    |(?:my|our)\s(?:mother|mum|father|dad|grandmother|grandfather|wife|husband|daughter|son|neighbour|neighbor|sister|brother|friend|aunt|uncle))
    (?!\w)"""
)
PROFESSION = _words(
    r"""(?:päällikkö|johtaja|professori|lääkäri|hoitaja|tutkija|professori|asiantuntija|koordinaattori|suunnittelija|henkilö|puheenjohtaja
    |chef(?:en)?|direktör(?:en)?|läkare(?:n)?|skötare(?:n)?|forskare(?:n)?|koordinator(?:n)?|person(?:en)?|ordförande(?:n)?
    |jag\sheter|(?:i|my\sname)\s(?:am|is)|olen|nimeni\son|manager|director|doctor|dr\.?|nurse|researcher|professor|contact|coordinator|colleague|kollega(?:ni|n)?|lead|chair)[\s:,]{1,3}$"""
)
"""Right before the name of somebody who is spoken of for their work."""
ADDRESS = _words(
    r"""(?<!\w)(?:[A-ZÅÄÖ][\wåäö-]*(?:katu|tie|kuja|polku|rinne|raitti|gatan|vägen|gränden|stigen)\s\d+\w?
    |\d+\w?\s[A-Z]\w+\s(?:street|road|lane|avenue))(?!\w)"""
)
LIVES = _words(r"(?<!\w)(?:asuu|kotoisin|bor(?:\si|\sensam|\spå)|lives(?:\salone|\sin|\sat))(?!\w)")
SUFFERS = _words(
    r"""^[\s,]{1,2}(?:(?:on|har|has)\s(?:ollut\s|varit\s|been\s)?)?(?:sairastaa|sairastui|sairasti|lider\sav|insjuknade|drabbades
    |suffers\sfrom|diagnosed\swith|har\shaft|fick\s(?:en\s)?(?:hjärn|hjärt)|sai\s(?:aivo|sydän))"""
)
"""Right after a name, as its verb."""
TREATED = _words(
    r"""(?:lääk\w+|antibioot\w+|kuuri|hoito|medicin\w*|antidepressiv\w*(?:\smedicin\w*)?|antibiotik\w+|medications?|antidepressants?|antibiotics|treatment)
    \s(?:on\s)?(?:aloitettu|aloitettiin|lopetettu|vaihdettu|inledd\w*|inleddes|insatt\w*|påbörjad\w*|avslutad\w*|started|begun|stopped|changed)
    |sairauslomal\w+|sjukskriv\w+|sick\sleave"""
)
"""What was done for somebody who is ill."""
HEALTH = _words(
    r"""(?<!\w)(?:diabe\w+|syöpä\w*|\w{3,}syöpä\w*|sairast\w+|sairaus\w*|sairaut\w+|\w{2,}tauti(?:a|n|in)?(?!\w)|\w{2,}taudi\w*|dementi\w*|muistisair\w*|skitsofreni\w*
    |masen\w+|depress?i\w*|depriv\w*|masentun\w+|astma\w*|allergi\w*|\w*allergia\w*|\w*murtuma\w*|\w*fraktur\w*|\w*infarkt\w*|\w*vajaatoimin\w*|päihde\w*|\w*verenvuo\w+|\w*kipu\w*|\w*kivun
    |sepsi\w*|psykiatri\w*|psykoo\w*|lääkity\w*|\w*lääk(?:e|k)\w*|insulii?n\w*|sertral\w*|klotsap\w*|klozap\w*|clozap\w*|warfar\w*|marevan|harhail\w*|kaatuillut|leikat\w*
    |cancer\w*|\w{3,}cancer\w*|\w*sjukdom\w*|(?:kol|copd)(?!\w)|stroke|hjärtsvikt|\w*svikt|hjärnblödning\w*|schizofr\w*|schizophr\w*|medicin\w*|demens\w*|opererad\w*|\w*smärt\w*|deprimerad\w*|psykiatrisk\w*
    |nedsatt\s\w+|asthma\w*|fracture\w*|dementia|alzheimer\w*|parkinson\w*|\w*failure|haemorrhage|hemorrhage|medication\w*|depressed|psychiatric|operated|diagno\w+|chest\spain|disease
    |adhd\w*|alkoholist\w*|alcoholic|\w*kouristu\w*|\w*kramp\w*|seizures?|epilep\w*|burnout|uupumus|utmattning|sairauslom\w*|sjukskriv\w*|sick\sleave|autis\w*|antidepress\w*|kaatui|föll|fell|hba1c|crp|rr|blodtryck\w*|blood\spressure|verenpai\w+|[a-tv-z]\d\d\.\d)(?!\w)"""
)
"""An illness, a medicine or a measured value."""
