"""The workspace that everybody starts with: the invented people and channels of the network Valokehä."""

from __future__ import annotations

from bot.sandbox.values import BOT, OTHER_TEAM, SLACKBOT, TEAM, Channel, Person, Role

TEAM_NAME = "Valokehä"
MEMBER = "U0MEMBER01"
SWEDISH_MEMBER = "U0MEDLEM01"
COORDINATOR = "U0COORD001"
ADMIN = "U0ADMIN001"
GUEST = "U0GUEST001"
GENERAL = "C0YLEINEN1"
QUESTIONS = "C0KYSYMYS1"
EVENTS = "C0TAPAHTU1"
SWEDISH = "C0SVENSKA1"
ENGLISH = "C0ENGLISH1"
COFFEE = "C0KAHVIHUO"
OFFICE = "C0TOIMISTO"
PARTNERS = "C0KUMPPANI"

PEOPLE = (
    Person(
        MEMBER,
        "aino.lehtola",
        "Aino Lehtola",
        Role.MEMBER,
        "Kehittämispäällikkö, Selkälahden hyvinvointialue",
        played="Jäsen",
    ),
    Person(
        COORDINATOR,
        "mikael.sund",
        "Mikael Sund",
        Role.COORDINATOR,
        "Koordinaattori, Valokehä ry",
        played="Koordinaattori",
    ),
    Person(ADMIN, "riikka.ojala", "Riikka Ojala", Role.ADMIN, "Ylläpitäjä, Valokehä ry", played="Ylläpitäjä"),
    Person(
        GUEST,
        "teemu.vieras",
        "Teemu Harju",
        Role.GUEST,
        "Vieras, Pohjanlinna Oy",
        OTHER_TEAM,
        played="Vieras",
        zone="Europe/Lisbon",
    ),
    Person(
        SWEDISH_MEMBER,
        "linnea.strand",
        "Linnea Strand",
        Role.MEMBER,
        "Utvecklingschef för hemvården, Nordviks välfärdsområde",
        played="Medlem",
        locale="sv-SE",
    ),
    Person("U0SAARELA1", "outi.saarela", "Outi Saarela", Role.MEMBER, "Kotihoidon palvelupäällikkö, Kuusijoki"),
    Person("U0KIVIMAA1", "jarno.kivimaa", "Jarno Kivimaa", Role.MEMBER, "Kirjaamisen kehityspäällikkö, Järviranta"),
    Person("U0BACKLUN1", "emil.backlund", "Emil Backlund", Role.MEMBER, "Ledande forskare, Sälgö"),
    Person("U0HOLMQVI1", "siv.holmqvist", "Siv Holmqvist", Role.MEMBER, "Planerare inom hemvården, Havsbandet"),
    Person(
        "U0WHITLOC1",
        "grace.whitlock",
        "Grace Whitlock",
        Role.MEMBER,
        "Lead data scientist, Talvipilvi Data",
        zone="Europe/London",
    ),
    Person("U0RANTALA1", "petri.rantala", "Petri Rantala", Role.MEMBER, "Tuotepäällikkö, Vesiheinä Analytics"),
    Person("U0HEINONE1", "marja.heinonen", "Marja Heinonen", Role.MEMBER, "Laatupäällikkö, Pihlajamarja"),
    Person("U0TUOMINE1", "kaisa.tuominen", "Kaisa Tuominen", Role.MEMBER, "Toiminnanjohtaja, Muistiväylä ry"),
    Person(BOT, "solmu", "Solmu", Role.APP, "Vastaa lähteiden kanssa"),
    Person(SLACKBOT, "slackbot", "Slackbot", Role.APP, "Työtilan viestit"),
)
COMMANDS = (
    {"name": "/kysy", "usage": "kysymys", "about": "Vastaus lähteineen, vain sinulle"},
    {"name": "/verkosto", "usage": "aihe", "about": "Kuka tietää ja missä tehdään, vain sinulle"},
    {"name": "/natverk", "usage": "ämne", "about": "Vem kan och var görs det, bara för dig"},
    {"name": "/network", "usage": "topic", "about": "Who knows and where it is done, only for you"},
    {
        "name": "/tapahtuma",
        "usage": "kalenteri | lista",
        "about": "Kalenterin tilaus; uusi tapahtuma koordinaattoreille",
    },
    {
        "name": "/evenemang",
        "usage": "kalender | lista",
        "about": "Kalenderprenumeration; nytt evenemang för koordinatorer",
    },
    {"name": "/event", "usage": "calendar | list", "about": "Calendar subscription; a new event for coordinators"},
    {"name": "/tiedote", "usage": "lista", "about": "Uusi tiedote, koordinaattoreille"},
    {"name": "/meddelande", "usage": "lista", "about": "Nytt meddelande, för koordinatorer"},
    {"name": "/announce", "usage": "list", "about": "New announcement, for coordinators"},
    {
        "name": "/solmu",
        "usage": "status | reindex | network | round | introduce | channels | insights | questions",
        "about": "Aineiston ja verkoston tila, esittelyt (ylläpidolle)",
    },
)
"""The slash commands of the app's manifest, with what the composer says of them."""

_STAFF = frozenset({COORDINATOR, ADMIN, BOT})
_ALL = frozenset(person.id for person in PEOPLE if person.team == TEAM and person.id != SLACKBOT)
OPEN_TO_ALL = (GENERAL, QUESTIONS, EVENTS, SWEDISH, ENGLISH, COFFEE)
"""The channels that newcomers are in too."""


def direct_channel(person: Person) -> Channel:
    """The direct messages between Solmu and a person."""
    return Channel(f"D{person.id[1:]}", "solmu", "", frozenset({person.id, BOT}), person.id)


CHANNELS = (
    Channel(GENERAL, "yleinen", "Verkoston yhteiset asiat", _ALL),
    Channel(QUESTIONS, "kysymykset", "Kysymyksiä verkostolle ja Solmulle", _ALL),
    Channel(EVENTS, "tapahtumat", "Tekoälyaamut, työpajat ja seminaarit", _ALL),
    Channel(SWEDISH, "på-svenska", "Nyheter och frågor på svenska", _ALL),
    Channel(ENGLISH, "in-english", "News and questions in English", _ALL),
    Channel(COFFEE, "kahvihuone", "Vapaata jutustelua kahvikupin ääressä", _ALL - {BOT}),
    Channel(OFFICE, "toimisto", "Koordinaattorien ja ylläpidon kanava", _STAFF, is_private=True),
    Channel(PARTNERS, "kumppanit", "Yhteinen kanava kumppaniverkoston kanssa", _ALL | {GUEST}, is_shared=True),
    *(direct_channel(person) for person in PEOPLE if person.role is not Role.APP),
)
