"""Organisations that turn out to be one, because two of their names are known to be of the same: made one."""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Sequence

from knowledge.model import NOBODY, Organisation, OrganisationId, OrganisationKind
from knowledge.organisations import name_key
from knowledge.ports import UnitOfWork, UnitOfWorkFactory


def merge_organisations(uow: UnitOfWorkFactory) -> int:
    """Make one of all that bear names of one organisation; returns how many are no more.

    The one with a contact stays, else the first by name; members and wishes are moved to it, and what it lacks is
    taken from the others.
    """
    with uow.reading() as work:
        if not _doubles(work):
            return 0
    with uow() as work:
        doubles = _doubles(work)
        for same in doubles:
            _merge(work, sorted(same, key=lambda each: each.contact == NOBODY))
        work.commit()
    return sum(len(same) - 1 for same in doubles)


def _doubles(work: UnitOfWork) -> list[list[Organisation]]:
    by_key: defaultdict[str, list[Organisation]] = defaultdict(list)
    for each in work.organisations.all():
        by_key[name_key(each.name)].append(each)
    return [same for same in by_key.values() if len(same) > 1]


def _merge(work: UnitOfWork, same: Sequence[Organisation]) -> None:
    kept, *others = same
    for other in others:
        _move(work, other.id, kept.id)
        work.organisations.remove(other.id)
        kept = _completed(kept, other)
    work.organisations.put(kept)


def _move(work: UnitOfWork, old: OrganisationId, new: OrganisationId) -> None:
    for member in work.members.of(old):
        work.members.put(dataclasses.replace(member, organisation=new))
    _speak_for(work, old, new)
    wishes = work.members.exclusions()
    kept = {wish.by: wish for wish in wishes if wish.organisation == new}
    for wish in wishes:
        if wish.organisation == old:
            also = kept.get(wish.by, wish)
            for_all, until = wish.for_all or also.for_all, max(wish.until, also.until)
            whom = wish.on_behalf_of or also.on_behalf_of
            moved = dataclasses.replace(wish, organisation=new, for_all=for_all, until=until, on_behalf_of=whom)
            work.members.allow(wish)
            work.members.exclude(moved)


def _speak_for(work: UnitOfWork, old: OrganisationId, new: OrganisationId) -> None:
    for wish in work.members.exclusions():
        if wish.on_behalf_of == old:
            work.members.exclude(dataclasses.replace(wish, on_behalf_of=new))


def _completed(kept: Organisation, other: Organisation) -> Organisation:
    return dataclasses.replace(
        kept,
        kind=other.kind if kept.kind is OrganisationKind.UNKNOWN else kept.kind,
        domain=kept.domain or other.domain,
        region=kept.region or other.region,
    )
