"""Which organisations are listed for whom, and which are let go once nothing speaks for them any more.

That an organisation is known can tell of a person: of a sole trader it is their name.
"""

from __future__ import annotations

from collections.abc import Sequence

from knowledge.errors import NotFoundError
from knowledge.matching.catalogue import live_use_cases
from knowledge.model import NO_ORGANISATION, NOBODY, Audience, MemberId, Organisation, OrganisationId, shown
from knowledge.organisations import name_key
from knowledge.ports import UnitOfWork


def listed(work: UnitOfWork, viewer: MemberId) -> list[Organisation]:
    """By name: those of use cases that members may read, of an import, and those that somebody shows to belong to.

    The viewer's own are among them: the one they belong to, and those that they do not want to meet.
    """
    members = work.members.all()
    known = {shown(each).organisation for each in members}
    known |= {each.organisation for each in members if each.id == viewer}
    wishes = [wish for wish in work.members.exclusions() if wish.by == viewer]
    known |= {each for wish in wishes for each in (wish.organisation, wish.on_behalf_of)}
    keys = _catalogue_keys(work)
    return [
        each
        for each in work.organisations.all()
        if each.id in known or _is_described(each) or name_key(each.name) in keys
    ]


def hold(work: UnitOfWork, organisation: Organisation, *, beside: OrganisationId = NO_ORGANISATION) -> Organisation:
    """Keep it from being let go before this transaction ends; it is stored again where it was let go just now.

    With `beside`, another one that is about to be changed: always in one order, so that two who change places do not
    wait for each other.
    """
    held = {name: _locked(work, name) for name in sorted({organisation.id, beside} - {NO_ORGANISATION})}[
        organisation.id
    ]
    if held is None:
        work.organisations.put(organisation)
    return held or organisation


def let_idle_go(work: UnitOfWork) -> int:
    """Erase those that no member, contact, wish, import or use case for members tells of; returns how many."""
    found = _idle(work, work.organisations.all())
    if not found:
        return 0
    # One that somebody holds is not idle; were they waited for, they might wait for one that is held here.
    idle = _idle(work, work.organisations.lock_free([each.id for each in found]))
    for each in idle:
        work.organisations.remove(each.id)
    return len(idle)


def _locked(work: UnitOfWork, organisation: OrganisationId) -> Organisation | None:
    try:
        return work.organisations.lock(organisation)
    except NotFoundError:
        return None


def _idle(work: UnitOfWork, organisations: Sequence[Organisation]) -> list[Organisation]:
    if not organisations:
        return []
    needed = {each.organisation for each in work.members.all()}
    needed |= {each for wish in work.members.exclusions() for each in (wish.organisation, wish.on_behalf_of)}
    keys = _catalogue_keys(work)
    return [
        each
        for each in organisations
        if each.id not in needed
        and each.contact == NOBODY
        and not _is_described(each)
        and name_key(each.name) not in keys
    ]


def _is_described(organisation: Organisation) -> bool:
    """Whether somebody who keeps the register told about it: no form asks for this."""
    return bool(organisation.domain or organisation.region)


def _catalogue_keys(work: UnitOfWork) -> set[str]:
    return {name_key(case.organisation) for _, case in live_use_cases(work, Audience.MEMBERS)}
