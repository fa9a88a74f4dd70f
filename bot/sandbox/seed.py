"""The workspace that everybody starts with: the invented people and channels of the network Valokehä."""

from __future__ import annotations

from bot.sandbox.values import BOT, OTHER_TEAM, SLACKBOT, Channel, Person, Role

TEAM_NAME = "Valokehä"
MEMBER = "U0MEMBER01"
COORDINATOR = "U0COORD001"
ADMIN = "U0ADMIN001"
GUEST = "U0GUEST001"
GENERAL = "C0YLEINEN1"
QUESTIONS = "C0KYSYMYS1"
EVENTS = "C0TAPAHTU1"
OFFICE = "C0TOIMISTO"
PARTNERS = "C0KUMPPANI"

PEOPLE = (
    Person(MEMBER, "aino.lehtola", "Aino Lehtola", Role.MEMBER, "Kehittämispäällikkö, Selkälahden hyvinvointialue"),
    Person(COORDINATOR, "mikael.sund", "Mikael Sund", Role.COORDINATOR, "Koordinaattori, Valokehä ry"),
    Person(ADMIN, "riikka.ojala", "Riikka Ojala", Role.ADMIN, "Ylläpitäjä, Valokehä ry"),
    Person(GUEST, "teemu.vieras", "Teemu Harju", Role.GUEST, "Vieras, Pohjanlinna Oy", OTHER_TEAM),
    Person(BOT, "solmu", "Solmu", Role.APP, "Vastaa lähteiden kanssa"),
    Person(SLACKBOT, "slackbot", "Slackbot", Role.APP, "Työtilan viestit"),
)

COMMANDS = (
    {"name": "/kysy", "usage": "kysymys", "about": "Vastaus lähteineen, vain sinulle"},
    {
        "name": "/solmu",
        "usage": "status | reindex | round | introduce",
        "about": "Aineiston tila ja päivitys, esittelyt (ylläpitäjille ja koordinaattoreille)",
    },
)
"""The slash commands of the app's manifest, with what the composer says of them."""

_STAFF = frozenset({COORDINATOR, ADMIN, BOT})
_ALL = frozenset({MEMBER, COORDINATOR, ADMIN, BOT})

CHANNELS = (
    Channel(GENERAL, "yleinen", "Verkoston yhteiset asiat", _ALL),
    Channel(QUESTIONS, "kysymykset", "Kysymyksiä verkostolle ja Solmulle", _ALL),
    Channel(EVENTS, "tapahtumat", "Tekoälyaamut, työpajat ja seminaarit", _ALL),
    Channel(OFFICE, "toimisto", "Koordinaattorien ja ylläpidon kanava", _STAFF, is_private=True),
    Channel(PARTNERS, "kumppanit", "Yhteinen kanava kumppaniverkoston kanssa", _ALL | {GUEST}, is_shared=True),
    *(Channel(f"D{person.id[1:]}", "solmu", "", frozenset({person.id, BOT}), person.id) for person in PEOPLE[:4]),
)
