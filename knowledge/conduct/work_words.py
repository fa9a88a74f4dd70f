"""Words of the field's work: a text that holds one speaks of tools, data or how things are done, not of a patient."""

from __future__ import annotations

import re

_STEMS = r"""
tekoäly malli(?!nen) mallei mallin sovellu ratkaisu ohjelmisto järjestelmä algoritm robot tutka sensor anturi pilot
kokeilu hanke hankk hankin hankit kilpailut toimittaj jäsen verkosto ekosysteem hyvinvointialue tietosuoj tietotur
rekister aineisto data tallen säilyt kirjaam kirjau suostumu ohje(?!lm?a sairaal) opas oppaa asiakirj dokument raport
pöytäkirj tutkim tutkit selvity arvioin arvioitu arvioida ennust tunnist kokemu käytössä käyttöönot käyttötapau käyttäjä
palvelu digi automati pilvi etäseur etävast keskustelubot chatbot chattrobot chatgpt copilot kielimall työryhm webinaar
seminaar koulutu strategi tilasto vaaratapahtum virheen virhee vastuu kysymy kysely budjet
lösning program system algoritm applikation pilot försök projekt upphandl leverantör medlem nätverk ekosystem
välfärdsområd dataskydd uppgift lagra spara dokument samtycke guide anvisning rapport protokoll forskning
utvärder bedömning förutse förutsäg prognos identifier erfarenhet använd användningsfall tjänst moln distans språkmodell
modell arbetsgrupp webbinari utbildning avvikelse ansvar fråga enkät
software algorithm application project procure supplier member network ecosystem county counties
privacy stored storage record consent guideline report minutes research study studies evaluat assess predict detect
recogni experience service cloud remote model tool(?!o) trial implement training incident responsib question survey
use_cases? shortage
"""
_WHOLE = (
    r"ai|ai:\w+|apps?|appen|appar|appi\w*|apper|dpia|gdpr|mdr|thl|fimea|valvira|kanta(?:an|ssa|sta|in)?|kanta-\w+|"
    r"slack|solmun|solmus"
)
_WORK = re.compile(
    rf"\b(?:{_WHOLE})\b|\b(?:\w*)(?:{'|'.join(_STEMS.split())})".replace("_", " "),
    re.IGNORECASE,
)


def speaks_of_work(text: str) -> bool:
    """Whether such a word stands in the text, also inside a compound."""
    return bool(_WORK.search(text))
