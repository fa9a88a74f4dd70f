"""The words of three languages by which questions ask for events: what frames a question, and kinds of events."""

from __future__ import annotations

import re


def _words(text: str) -> re.Pattern[str]:
    """Any of the alternatives, set apart by white space, as whole words; `_` stands between words of one."""
    return re.compile(rf"\b(?:{'|'.join(text.split())})(?=\W|$)".replace("_", r"\s+"))


ANY_EVENT = "event"
CALL = "call"
_NOUNS = {
    ANY_EVENT: r"tapahtum\w+ tilaisuu\w+ tilaisuks\w+ menoja evenemang\w* tillställning\w* events?",
    "webinar": r"""\w*webinaar\w+ \w*webbinari\w+ \w*webinars? etätilaisuu\w+ etätilaisuks\w+ verkkotilaisu\w+""",
    "training": r"""\w*koulutu(?:s|ksia|kset|ksen|sta|ksiin|kseen) \w*kurs(?:si|sin|sit|seja|ssi|sille|en|er|erna)?
        \w*utbildning(?:en|ar|arna)? trainings? courses?""",
    "workshop": r"\w*työpaj\w+ \w*workshop\w* \w*verkstad\w* \w*verkstäder\w*",
    "seminar": r"seminaar\w+ seminari\w+ seminars?",
    "conference": r"konferens\w* conferences?",
    "lecture": r"luen(?:to|non|toja|not|nolle|nnot) föreläsning\w* lectures?",
    "meeting": r"tapaami\w+ \w*träff\w* meet-?ups?",
    CALL: r"""(?:rahoitus)?ha(?:ku|ut|un|kuja|uista|kuun|kua) rahoitushakemu\w+ rahoitus(?:ta)? finansiering(?:en)?
    funding (?:finansierings)?utlysning\w*
        (?:funding_)?calls?(?:_for_(?:proposals|funding))?""",
}
"""Kinds of events in three languages; a kind's word may end a compound."""
_ENDING = {kind: _words(text) for kind, text in _NOUNS.items()}
_ALONE = {kind: _words(re.sub(r"(?<!\S)\\w\*", "", text)) for kind, text in _NOUNS.items()}
MANY = _words(
    r"""tapahtum(?:ia|at|ista|issa) tilaisuu(?:det|ksia) menoja \w*webinaar(?:eja|it|eista|ia)
    \w*koulutu(?:ksia|kset|sta)
    \w*kurs(?:seja|sit) \w*työpaj(?:oja|at) \w*seminaar(?:eja|it|ia) konferenss(?:eja|it) luen(?:toja|not)
    tapaami(?:sia|set) (?:rahoitus)?ha(?:kuja|ut|kua) tapahtumaa tilaisuutta \w*webinaaria \w*työpajaa \w*seminaaria
    \w*kurssia konferenssia luentoa tapaamista
    evenemang(?:en)? \w*webbinari(?:er|um) \w*utbildningar \w*kurser \w*workshop(?:par|ar|pia|peja|s) \w*verkstäder
    seminari(?:er|um) konferenser föreläsningar \w*träffar \w*utlysningar
    events webinars? trainings? courses workshops seminars? conferences lectures meet-?ups calls"""
)
"""Several events, or one of many: what lists are asked for with."""
LISTS = _words(
    r"""mikä mitkä mitä millaisia minkälaisia onko onks löytyykö tuleeko järjestetäänkö pidetäänkö listaa näytä kerro
    vad vilka vilket finns är_det blir_det kommer_det ordnas_det hålls_det har_ni lista visa berätta
    what which any are is list show tell do_you_have"""
)
HAPPENS = _words(
    r"""mitä_(?:\w+_)*(?:tapahtuu|on_(?:ohjelmassa|tiedossa)) vad_(?:händer|är_på_gång|finns_på_programmet)
    (?:what|anything|something)_(?:is_)?(?:on|happening|going_on|planned)"""
)
"""What asks for everything there is, where it says when."""
COMING = _words(
    r"""tulossa tulevi\w+ tulevat lähiaikoi\w+ lähiviikkoi\w+ kohta pian luvassa ohjelmassa kalenteri\w* auki avoinna
    kommande på_gång framöver snart aktuella på_kommande kalender\w* öppn\w+
    upcoming coming(?:_up)? soon scheduled planned ahead calendar open"""
)
NEXT = _words(r"seuraava\w* tuleva[nat]? nästa nästkommande kommande next upcoming coming")
LAST = _words(
    r"""viimeksi viime_kerralla edelli(?:nen|sen|stä) pidettiin järjestettiin oli senaste förra hölls ordnades när_var
    last previous latest was did"""
)
WHEN_ALONE = _words(r"milloin millon koska mihin_aikaan när when")
WHEN = _words(
    r"""milloin millon koska mihin_(?:kellon)?aikaan minne päivämäärä monelta moneltako
    minä_(?:päivänä|viikonpäivänä|iltana|aamuna)
    mikä_päivä
    mones(?:ko)?_päivä mistä_ilmoit\w+ miten_(?:ilmoit\w+|pääsen|voin_ilmoit\w+|mukaan) ilmoittaudun ilmoittautua
    ilmoittautu\w+ ilmottaut\w+ halu(?:an|aisin)_(?:mukaan|osallistua) pääse(?:n|nkö|e|ekö|mmekö)
    onko_(?:vielä_)?(?:tilaa|paikkoja) mahtuu(?:ko)? osallistu(?:n|a|minen) ajankohta
    när hur_dags vilken_(?:dag|tid) vilket_datum anmäla anmäler anmälan finns_det_(?:ännu_)?plats\w*
    (?:kan|får)_(?:jag|man|vi)_(?:ännu_)?(?:delta|komma)
    when what_(?:time|day|date) which_(?:day|date) sign_(?:me_)?up register registration
    the_(?:date|time)_(?:of|for) (?:can|may|could)_(?:i|we)_(?:still_)?(?:join|attend|come)
    (?:seats|places|room)_left"""
)
WHERE = _words(
    r"""missä minne var vart where onko(?:s|han)? onks järjestetäänkö pidetäänkö tuleeko löytyykö
    finns_det ordnas_det hålls_det blir_det kommer_det is_there are_there will_there"""
)
"""A place, or whether there is something: it may as well be asked of what documents are about."""
DEADLINE = _words(
    r"""mihin_(?:mennessä|asti|saakka) mihin_päivään_mennessä viimeistään viimeinen_(?:ilmoittautumis|haku)päivä\w*
    määräaika\w* määräpäivä\w* takaraja\w* milloin_(?:\w+_)*(?:päättyy|sulkeutuu|umpeutuu)
    senast sista_(?:anmälnings|ansöknings)?dag(?:en)? när_(?:går|löper)_\w+_ut när_(?:stänger|stängs)
    deadline\w* by_when closing_date last_day due_date when_(?:does|do|is)_(?:\w+_)*(?:close|end|due) until_when"""
)
OWN = _words(
    r"""olen(?:ko)?_(?:minä_|mä_)?(?:jo_)?(?:ilmoittautunut|ilmottautunut|menossa|lähdössä)
    ilmoittautumis(?:ia|iani|eni)_minulla minulla_(?:on_)?ilmoittautumisia
    (?:omat|mun|minun)_(?:tulevat_)?(?:ilmoittautumis\w+|tapahtuma\w*) missä_tapahtumissa_(?:minä_)?olen_mukana
    mihin_(?:tapahtumiin_)?(?:oon|olen)_(?:ilmo\w+|menossa)
    har_jag_anmält_mig är_jag_anmäld mina_(?:kommande_)?(?:evenemang|anmälningar)
    (?:have_i|i_have|i've|did_i|am_i|i_am|i'm)_(?:already_)?(?:signed?_up|registered|registering|attending|going)
    my_(?:upcoming_)?(?:events|sign-?ups|registrations)"""
)
SOMETHING_ELSE = _words(
    r"""paljonko kuinka_(?:paljon|monta|moni|kauan|usein|pitk\w+|suur\w+) montako miksi mitä_\w+_(?:maksaa|tarkoittaa)
    mitä_(?:maksaa|tarkoittaa|päätettiin|sovittiin) maks(?:aa|oi) kuka ketkä kenen kenelle keneltä miten_usein
    hur_(?:mycket|många|länge|ofta|stor\w*|lång\w*) varför vad_(?:kostar|betyder|innebär|beslöts) vem kost(?:ar|ade)
    how_(?:much|many|long|often|big|large) why who whose costs? what_does_\w+_mean
    käytetään käytetty käytössä används använder använt used? uses using"""
)
"""A price, a number, a person, a reason, a use: that is for the documents, whatever else the question names."""
_EMPTY = _words(
    r"""(?:pide|järjeste)tään(?:kö)? pidettiin järjestettiin alka(?:a|vat|ako) kokoontuu(?:ko)? tulee(?:ko)? tulossa
    on onko\w* onks olisi ovat oli voi(?:ko|n|daanko|mmeko|si|daan)? pitää pitäisi täytyy tehtävä jätettävä haettava
    tehdä jättää haetaan hakea
    hakemu(?:s|ksen|kset) lähettää lähetettävä sulkeutuu päättyy umpeutuu auki avoinna ilmoittau\w+ ilmottau\w+
    mukaan osallistu\w* kertaa? kerran kerralla viimeksi viimeistään viimeinen edelli(?:nen|sen|stä) seuraava\w* ensi
    mennessä asti saakka mihin millon milloin koska monelta mikä mitä mitkä millaisia minä päivä(?:nä|än)? aikaan missä
    miten mistä halua(?:n|isin) pääse\w* mahtuu\w* kerro kertoa listaa näytä löytyykö tuleva\w* tulevi\w+ tapahtuu
    lähiaikoina lähiviikkoina luvassa tiedossa kohta pian ohjelmassa kalenteri\w* aihe(?:esta|tta|ista) liitty\w+
    koskien koskevi?a hei moi moikka kiitos kiitti
    tiedätkö tiedätte minne kellonaikaan päivämäärä silloin taas jälleen vielä enää yhtään jotain jotakin
    joku johonkin mitään muita
    määräaika takaraja aika ajankohta paikkoja tilaa siis nyt se meillä teillä verkosto\w* ekosysteemi\w* paikan päällä
    when när hålls ordnas börjar startar äger rum nästa kommande senaste? förra hölls ordnades dags dag(?:en)? datum tid
    sista anmäl\w+ ansök\w* söka söks lämnas? skickas in görs göra stänger går ut gång(?:en)? framöver snart aktuella
    finns blir kommer händer några något någon gäller handlar tack hej lista visa berätta vill ska delta komma med ett
    en
    det vad vilka vilken vilket kring inom temat ämnet kalendern oss igen ännu fortfarande vet du plats\w* programmet
    nätverk\w*
    öppn\w+
    held takes? taking place happen(?:s|ing)? start(?:s|ing)? begins? next last previous upcoming coming soon scheduled
    planned time date day which deadline due closes? closing submit(?:ted)? apply applications? register registration
    sign join signed attend come please hello hi hey thanks tell show list any anything something there related topic
    regarding want like would one know calendar open us up again still yet until left do seats places room
    going network"""
)


_EVENTFUL = re.compile(
    r"(?:aamu|ilta|iltapäivä|päivä|päivät|klinikka|kokous|tapaaminen|koulutus|webinaari|seminaari|työpaja|kahvit|foorumi|"
    r"luento|kurssi|messut|juhla|perehdytys|kierros|vierailu|treffit|tilaisuus|"
    r"morgon|kväll|kvällen|dag|dagen|dagar|möte|mötet|träff|utbildning|webbinarium|seminarium|verkstad|kaffe|forum|"
    r"föreläsning|kurs|besök|introduktion|"
    r"morning|evening|day|days|clinic|meeting|meetup|workshop|seminar|webinar|training|course|coffee|lecture|visit|"
    r"conference)\b"
)
"""What the names of events end in, unlike those of subjects."""


def is_eventful(title: str) -> bool:
    """Whether a title, or a piece of one, is the name of an event by its words."""
    return bool(_EVENTFUL.search(title.casefold()))


def nouns_in(text: str) -> frozenset[str]:
    """The kinds of events that a text names, also as the end of a compound."""
    plain = text.casefold()
    return frozenset(kind for kind, pattern in _ENDING.items() if pattern.search(plain))


def without_nouns(text: str) -> str:
    """A text in small letters without those kinds of events that stand alone in it."""
    for pattern in _ALONE.values():
        text = pattern.sub(" ", text)
    return text


def without_frame(text: str) -> str:
    """The words of a text in small letters that may name an event."""
    kept = (word for word in re.findall(r"[\w'’:-]+", without_nouns(text)) if not _EMPTY.fullmatch(word))
    return " ".join(kept)
