"""The ecosystem's people: organisations, their members, and what each has agreed to."""

from __future__ import annotations

import enum
import secrets
from dataclasses import dataclass, field
from datetime import date, datetime

from knowledge.model.documents import Language
from knowledge.model.identifiers import Handle, MemberId, OrganisationId

NOBODY = MemberId("")
NO_ORGANISATION = OrganisationId("")
NO_HANDLE = Handle("")


class OrganisationKind(enum.StrEnum):
    """What an organisation is. COUNTY is a wellbeing services county."""

    COUNTY = "county"
    PUBLIC = "public"
    VENDOR = "vendor"
    RESEARCH = "research"
    NGO = "ngo"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Organisation:
    """A member organisation. `domain` says what it works on; `contact` is NOBODY where no member speaks for it."""

    id: OrganisationId
    name: str
    kind: OrganisationKind
    domain: str = ""
    region: str = ""
    contact: MemberId = NOBODY


class Consent(enum.StrEnum):
    """What a member can agree to, one by one; nothing is agreed to at first.

    The first seven show that field to other members; NAME shows who they are in Slack. ROUNDS lets Solmu propose
    them to others, QUESTIONS lets it look at what they asked, EVENTS lets it write to them of what fits their topics.
    """

    NAME = "name"
    ORGANISATION = "organisation"
    ROLE = "role"
    LANGUAGES = "languages"
    TOPICS = "topics"
    OFFERS = "offers"
    SEEKS = "seeks"
    ROUNDS = "rounds"
    QUESTIONS = "questions"
    EVENTS = "events"


def new_handle() -> Handle:
    """One that nobody has and nobody can guess."""
    return Handle(secrets.token_urlsafe(12))


@dataclass(frozen=True, slots=True)
class Member:
    """A person of the ecosystem, as they described themselves. Others see what `shown` leaves of it, never this.

    They are proposed to others from `available_from` on: `date.min` where always, `date.max` where they are paused
    until they say otherwise. `silent_rounds` counts the proposals in a row that they did not answer. `handle` stands
    for them in buttons that others get. Whoever `is_away` belongs to the workspace no more: their account is switched
    off, or a guest's.
    """

    id: MemberId
    organisation: OrganisationId
    role: str
    languages: tuple[Language, ...]
    topics: tuple[str, ...]
    offers: str
    seeks: str
    consents: frozenset[Consent]
    joined_at: datetime
    available_from: date = date.min
    silent_rounds: int = 0
    handle: Handle = field(default_factory=new_handle)
    is_away: bool = False


@dataclass(frozen=True, slots=True)
class Shown:
    """What others may know of a member: fields that they did not agree to show are empty."""

    member: MemberId
    organisation: OrganisationId
    role: str
    languages: tuple[Language, ...]
    topics: tuple[str, ...]
    offers: str
    seeks: str

    @property
    def is_named(self) -> bool:
        """Whether it may be said who this is."""
        return self.member != NOBODY


def shown(member: Member) -> Shown:
    """The one gate between what members wrote and what others see. Of whoever is away nobody sees anything."""

    def agreed(consent: Consent) -> bool:
        return consent in member.consents and not member.is_away

    return Shown(
        member.id if agreed(Consent.NAME) else NOBODY,
        member.organisation if agreed(Consent.ORGANISATION) else NO_ORGANISATION,
        member.role if agreed(Consent.ROLE) else "",
        member.languages if agreed(Consent.LANGUAGES) else (),
        member.topics if agreed(Consent.TOPICS) else (),
        member.offers if agreed(Consent.OFFERS) else "",
        member.seeks if agreed(Consent.SEEKS) else "",
    )
