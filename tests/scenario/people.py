"""Members of the workspace in the bot's database: a named one, and one who agreed to less."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.sandbox.values import TEAM
from knowledge.members.catalogue import organisation_id
from knowledge.model import Consent, Language, Member, OrganisationKind, member_id
from knowledge.settings import Settings
from knowledge.store import open_store
from tests.builders import member, organisation
from tests.standin import ADMIN, COORDINATOR

HOME, SHOP = "Lumiharjun hyvinvointialue", "Puhevako Oy"
# Under the ids that they get when a profile names them first: one test's organisations outlive it.
COUNTY = organisation(HOME, contact=member_id(TEAM, ADMIN), id=organisation_id(HOME))
VENDOR = organisation(SHOP, kind=OrganisationKind.VENDOR, id=organisation_id(SHOP))
OFFER = "Kerromme mielellämme sänkyantureista kaatumisten ehkäisyssä."
UNNAMED_OFFER = "Vi hjälper med upphandling av taligenkänning."
SECRET = "Neuvottelemme salaa yritysostosta."
"""What neither agreed to show."""


def people(offers: str = OFFER) -> list[Member]:
    """The admin, who shows all but what they seek, and the coordinator, who shows no name."""
    return [
        member(
            id=member_id(TEAM, ADMIN),
            of=COUNTY,
            topics=("kaatuminen",),
            offers=offers,
            seeks=SECRET,
            consents=frozenset(Consent) - {Consent.SEEKS},
        ),
        member(
            id=member_id(TEAM, COORDINATOR),
            of=VENDOR,
            role="säljare",
            languages=(Language.SV,),
            topics=("hemlighet",),
            offers=UNNAMED_OFFER,
            seeks=SECRET,
            consents=frozenset({Consent.OFFERS, Consent.ORGANISATION, Consent.ROUNDS}),
        ),
    ]


@contextmanager
def people_in(data_dir: Path, offers: str = OFFER) -> Iterator[None]:
    """They are members until left; the admin offers what is told."""
    store = open_store(Settings(data_dir=data_dir).database)
    with store() as work:
        for organised in (COUNTY, VENDOR):
            work.organisations.put(organised)
        for each in people(offers):
            work.members.put(each)
        work.commit()
    try:
        yield
    finally:
        with store() as work:
            for each in people():
                work.members.remove(each.id)
            work.commit()
        store.dispose()
