"""Words that say nothing about what a text is about, by language; matched as they stand, before lemmas."""

from __future__ import annotations

from knowledge.model import Language

_FINNISH = """
ja tai sekä että jotta koska kun kuin jos vaikka mutta vaan eli siis myös vielä jo nyt sitten niin näin noin vain aivan
on oli ovat olivat ole olla ollut olleet olisi olisivat oltava ei eivät en et emme ette eikä älä
se sen sitä siinä siitä siihen sillä siltä sille ne niiden niitä niissä niistä niihin niillä niille
tämä tämän tätä tässä tästä tähän tällä tältä tälle nämä näiden näitä näissä näistä tuo tuon tuota
hän hänen häntä hänelle he heidän heitä heille minä minun minua minulla me meidän meitä meillä sinä sinun te teidän
joka jonka jota jossa josta johon jolla jolta jolle jotka joiden joita joissa joista joihin joilla joille mikä mitä
minkä missä mistä mihin millä miltä mille mitkä kuka ketä kenen keitä kenelle milloin miten miksi kuinka paljonko
minne onko
käytössä käytetään käyttävät käyttää organisaatiot organisaatioilla organisaatioissa
tarkoittaa tarkoitetaan tarkoittavat lyhenne lyhenteellä termi
voi voiko voidaan saa saako saadaan pitää pitääkö tulee mukaan kanssa ilman kautta sekä eri muun muu muut muiden
"""
_SWEDISH = """
och eller samt att som när då om men utan även också redan nu så här där bara än inte ej
är var vara varit vore har hade ha haft ska skall skulle kan kunde får fick måste bör blir blev bli
den det de dem denna detta dessa en ett sin sitt sina hans hennes dess deras vår vårt våra min mitt mina er ert
jag du han hon vi ni man sig oss mig dig vad vilken vilket vilka vem var när hur varför vart
används använder använda organisationer
betyder innebär menas förkortningen förkortning termen
i på av till för med från vid under över efter mellan genom mot hos åt per finns ingår
"""
_ENGLISH = """
a an the and or but if then than that this these those there here so as at by for from in into of on onto to with
without is are was were be been being am do does did done has have had having can could may might must shall should
will would
use uses used using organisations organizations
mean means meaning abbreviation stand stands term
i you he she it we they me him her us them my your his its our their who whom whose which what when where why how
not no nor only also just about over under between through during before after any some each
"""

STOP_WORDS: dict[Language, frozenset[str]] = {
    Language.FI: frozenset(_FINNISH.split()),
    Language.SV: frozenset(_SWEDISH.split()),
    Language.EN: frozenset(_ENGLISH.split()),
    Language.UNKNOWN: frozenset(),
}
