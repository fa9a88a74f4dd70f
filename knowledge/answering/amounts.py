"""What a sentence states, made comparable: 12 months are a year, 1 200 € are 1200 euros, and `no` is not `yes`."""

from __future__ import annotations

import re
from collections.abc import Callable

from knowledge.answering.wanted import Wanted

Value = tuple[float | None, ...]
"""One number for most kinds; day, month and year for a date, None where a part is not said."""
_FIGURE = r"\d+(?:[ \u00a0.]\d{3})*(?:[.,]\d+)?"
_WORDS = {
    word: float(value)
    for value, names in enumerate(
        (
            "yksi yhden en ett one",
            "kaksi kahden kahta två two",
            "kolme kolmen tre three",
            "neljä neljän fyra four",
            "viisi viiden fem five",
            "kuusi kuuden sex six",
            "seitsemän sju seven",
            "kahdeksan åtta eight",
            "yhdeksän nio nine",
            "kymmenen tio ten",
        ),
        1,
    )
    for word in names.split()
}
_ENDINGS = ("n", "ssa", "ssä", "sta", "stä", "en", "lla", "llä", "lta", "ltä", "lle", "ksi", "a", "ä")
_STEMS = ("kahde", "kolme", "neljä", "viide", "kuude", "seitsemä", "kahdeksa", "yhdeksä", "kymmene")
_TENS = (
    "tjugo twenty,trettio thirty,fyrtio forty,femtio fifty,sextio sixty,sjuttio seventy,åttio eighty,nittio ninety,"
    "hundra hundred sata sadan"
)
_TEENS = (
    "yksitoista elva eleven,kaksitoista tolv twelve,kolmetoista tretton thirteen,neljätoista fjorton fourteen,"
    "viisitoista femton fifteen,kuusitoista sexton sixteen,seitsemäntoista sjutton seventeen,"
    "kahdeksantoista arton eighteen,yhdeksäntoista nitton nineteen"
)
_SPELT = (
    {word: value for word, value in _WORDS.items() if value > 1}
    | {stem + ending: float(value) for value, stem in enumerate(_STEMS, 2) for ending in _ENDINGS}
    | {word: float(value) for value, names in enumerate(_TEENS.split(","), 11) for word in names.split()}
    | {word: 10.0 * tens for tens, names in enumerate(_TENS.split(","), 2) for word in names.split()}
)
"""Number words in the cases in which they count something; `one` is an article too often."""
_UNITS = (
    ("sekun|second", 1 / 86400),
    ("minuu|minut", 1 / 1440),
    ("tun|timm|hour|h\\b", 1 / 24),
    ("päiv|vuorokau|vrk|dag|dyg|day", 1.0),
    ("viiko|viikk|veck|week", 7.0),
    ("kuukau|kk|månad|mån|month", 365 / 12),
    ("vuosi|vuotta|vuode|vuotis|år|year", 365.0),
)
_MONTHS = (
    "tammi januari january|helmi februari february|maalis mars march|huhti april april|touko maj may|kesä juni june|"
    "heinä juli july|elo augusti august|syys september september|loka oktober october|marras november november|"
    "joulu december december"
)
_MONTH = {name: float(number) for number, names in enumerate(_MONTHS.split("|"), 1) for name in names.split()}
_LAST_MONTH = 12
_MONEY = re.compile(rf"({_FIGURE})\s*(miljoon\w+|miljon\w*|millions?)?\s*(?:€|eur\w*)", re.IGNORECASE)
_SHARE = re.compile(rf"({_FIGURE})\s*(?:%|prosen|procent|per ?cent)", re.IGNORECASE)
_DURATION = re.compile(
    rf"\b({_FIGURE}|{'|'.join(_WORDS)})\s+(?:arki|työ|arbets|working\s+)?({'|'.join(stems for stems, _ in _UNITS)})\w*",
    re.IGNORECASE,
)
_COUNT = re.compile(rf"(?<![\d.,])({_FIGURE})(?![\d.,]*\d)")
_DAY = re.compile(r"\b(\d{1,2})\.\s?(\d{1,2})\.(?:\s?((?:19|20)\d\d))?")
_NAMED_DAY = re.compile(rf"\b(\d{{1,2}})\.?\s+({'|'.join(_MONTH)})(?:kuuta)?\b(?:\s+((?:19|20)\d\d))?", re.IGNORECASE)
_TOKEN = re.compile(rf"{_FIGURE}|[^\W\d_]+")
_FINNISH_MONTHS = {names.split()[0] for names in _MONTHS.split("|")}
_NAMED_MONTH = re.compile(
    # `may` is a verb, and `kesä` is summer.
    rf"\b(?:({'|'.join(_FINNISH_MONTHS)})kuu\w*|({'|'.join(_MONTH.keys() - _FINNISH_MONTHS - {'may'})}|(?-i:May))\b)",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?<![\d.])((?:19|20)\d\d)(?!\d)")
_YEAR_WORD = re.compile(r"\b(?:år|year)\s+(?=(?:19|20)\d\d)", re.IGNORECASE)
_NO = re.compile(
    r"\b(?:ei|eivät|en|älä|kielletty\w*|inte|ej|aldrig|förbjud\w+|not|no|never|cannot|prohibited|forbidden)\b"
    r"|n't\b",
    re.IGNORECASE,
)
_ALLOWS = re.compile(
    r"\b(?:saa\w*|voi\w*|pitää|täytyy|sallit\w*|kielletty\w*|får|kan|ska|måste|bör|tillåt\w+|förbjud\w+|"
    r"may|can|must|should|cannot|allowed|prohibited|forbidden)\b",
    re.IGNORECASE,
)


def values(sentence: str, kind: Wanted) -> frozenset[Value]:
    """Every value of the kind that the sentence states; none for kinds that cannot be compared."""
    read = _READERS.get(kind)
    return frozenset(read(sentence)) if read else frozenset()


def figures(sentence: str, *, with_durations: bool = True) -> list[float]:
    """Every number in the sentence but those of dates, in order, in digits or, from two on, as a word."""
    plain = _NAMED_DAY.sub(" ", _DAY.sub(lambda each: " " if int(each[2]) <= _LAST_MONTH else each[0], sentence))
    plain = plain if with_durations else _DURATION.sub(" ", plain)
    read = (_SPELT.get(each.casefold(), 0.0) if each.isalpha() else _number(each) for each in _TOKEN.findall(plain))
    return [value for value in read if value]


def months(sentence: str) -> frozenset[float]:
    """The months that the sentence names, also without a day."""
    return frozenset(_MONTH[(finnish or other).lower()] for finnish, other in _NAMED_MONTH.findall(sentence))


def without_measures(sentence: str) -> str:
    """The sentence without sums of money, shares, durations and dates."""
    for measure in (_MONEY, _SHARE, _DURATION, _NAMED_DAY, _DAY, _YEAR):
        sentence = measure.sub(" ", sentence)
    return sentence


def units(sentence: str) -> frozenset[float]:
    """The days of each unit of time that the sentence names: `every week` is no `every month`."""
    plain = _YEAR_WORD.sub(" ", sentence)
    return frozenset(days for stems, days in _UNITS if re.search(rf"\b(?:{stems})", plain, re.IGNORECASE))


def years(sentence: str) -> frozenset[str]:
    """The years that the sentence names."""
    return frozenset(_YEAR.findall(sentence))


def _money(sentence: str) -> list[Value]:
    return [(_number(each[1]) * (1_000_000 if each[2] else 1),) for each in _MONEY.finditer(sentence)]


def _shares(sentence: str) -> list[Value]:
    return [(_number(each[1]),) for each in _SHARE.finditer(sentence)]


def _durations(sentence: str) -> list[Value]:
    return [(round(_number(each[1]) * _days(each[2]), 4),) for each in _DURATION.finditer(sentence)]


def _counts(sentence: str) -> list[Value]:
    """Figures that are none of the other kinds."""
    return [(_number(each[1]),) for each in _COUNT.finditer(without_measures(sentence))]


def _dates(sentence: str) -> list[Value]:
    days = [(float(day), float(month), _or_none(year)) for day, month, year in _DAY.findall(sentence)]
    days += [(float(day), _MONTH[month.lower()], _or_none(year)) for day, month, year in _NAMED_DAY.findall(sentence)]
    return [*days] or [(None, None, float(year)) for year in years(sentence)]


def _permissions(sentence: str) -> list[Value]:
    return [(0.0 if _NO.search(sentence) else 1.0,)] if _ALLOWS.search(sentence) else []


_READERS: dict[Wanted, Callable[[str], list[Value]]] = {
    Wanted.MONEY: _money,
    Wanted.SHARE: _shares,
    Wanted.DURATION: _durations,
    Wanted.COUNT: _counts,
    Wanted.DATE: _dates,
    Wanted.PERMISSION: _permissions,
}


def _or_none(year: str) -> float | None:
    return float(year) if year else None


def _number(written: str) -> float:
    """A figure as Finns, Swedes and the English write it: three digits behind a point or space are thousands."""
    if written.lower() in _WORDS:
        return _WORDS[written.lower()]
    plain = re.sub(r"[ \u00a0.](?=\d{3}(?!\d))", "", written)
    return float(plain.replace(",", "."))


def _days(unit: str) -> float:
    return next(days for stems, days in _UNITS if re.match(stems, unit, re.IGNORECASE))
