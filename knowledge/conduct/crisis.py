"""Words of somebody who may die by their own hand, in three languages: they are answered at once, before all else."""

from __future__ import annotations

import re

from knowledge.conduct.work_words import speaks_of_work

_DEATH_WISHES = (
    # Finnish
    r"\b(?:haluan|haluaisin|haluu?n|tahdon|toivoisin|toivon)\b.{0,20}\b(?:kuolla|kuolema\w*)",
    r"\b(?:haluava\w*|haluaa|tahtoo)\b.{0,12}\b(?:kuolla|päättää päiv\w+)",
    r"\b(?:en|ei) (?:halua|haluu|jaksa|jaksais\w*|tahdo|kestä|pysty)\b.{0,15}\belää\b",
    r"\b(?:tap(?:an|paa|paisin|pava\w*)|satut(?:an|taa|tava\w*)|vahingoi\w+|viil(?:län|tää|telen|elly\w*|lelly\w*|tely\w*|telly\w*))\b.{0,15}\b(?:itse|itte)\w+",
    r"\b(?:itse|itte)(?:ä|ni|nsä|äni|änsä)\b.{0,12}\b(?:tappa|satutta|vahingoitta)\w+",
    r"\boisin\b.{0,15}\bkuollu|\bolisin\b.{0,15}\bkuollut|\bpäättää päivä(?:ni|nsä)\b|\briistää henke(?:ni|nsä)\b",
    r"\bitsemur\w*",
    r"\bitsetuho\w*",
    # Swedish
    r"\b(?:jag|han|hon|hen)\b.{0,15}\bvill\b.{0,8}\b(?:dö|inte leva|inte finnas)\b",
    r"\b(?:orkar|vill) (?:jag )?(?:inte|int) (?:längre )?(?:leva|mer leva|finnas)\b",
    r"\bta(?:r|git)? (?:livet av (?:mig|sig)|(?:mitt|sitt) (?:eget )?liv)\b|\bjag inte (?:fanns|funnes)\b",
    r"\b(?:skadar|skada|skär) (?:jag )?(?:mig|sig)(?: själv)?\b(?! på)|\bsjälv(?:mord|skad)\w*",
    # English
    r"\b(?:want|wants|wish|wishing|going|plans?|trying) to (?:die|kill (?:my|him|her|them)sel\w+)\b",
    r"\b(?:can'?t|cannot) stop cutting\b(?! \w+s\b)",
    r"\b(?:kill|killing|hurt|hurting|harm|harming|cut|cutting) (?:my|him|her|them)sel(?:f|ves)\b",
    r"\b(?:don'?t|do not|doesn'?t|no longer) (?:want|wants) to (?:live|be alive|exist)\b",
    r"\bend(?:ing)? (?:my|his|her|their) (?:own )?li(?:fe|ves)\b|\b(?:if|when) i (?:was|were) (?:dead|gone)\b",
    r"\bsuicid\w*|\bself[- ]harm\w*",
)
_CRISIS = re.compile("|".join(_DEATH_WISHES), re.IGNORECASE)


def speaks_of_crisis(text: str) -> bool:
    """Whether somebody's life may be at stake; not where such words are about tools, data or studies."""
    plain = " ".join(text.replace("’", "'").split())
    return bool(_CRISIS.search(plain)) and not speaks_of_work(plain)
