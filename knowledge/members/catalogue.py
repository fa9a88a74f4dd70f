"""The organisations of the use-case catalogue: known as soon as one of their use cases is read."""

from __future__ import annotations

import dataclasses
import hashlib

from knowledge.matching.catalogue import live_use_cases
from knowledge.members.merging import merge_organisations
from knowledge.members.registry import let_idle_go
from knowledge.model import Audience, Organisation, OrganisationId, OrganisationKind, UseCase
from knowledge.organisations import kind_of, name_key
from knowledge.ports import UnitOfWork, UnitOfWorkFactory


def organisation_id(name: str) -> OrganisationId:
    """The id of an organisation that is first met under this name, or another name of the same one."""
    return OrganisationId("o" + hashlib.sha256(name_key(name).encode()).hexdigest()[:15])


def find_or_make(work: UnitOfWork, name: str) -> Organisation:
    """The organisation of this name, stored where it was not known; one of unknown kind is looked at again."""
    known = work.organisations.find(name)
    guessed = kind_of(name)
    if known is None:
        plain = " ".join(name.split())
        made = Organisation(organisation_id(plain), plain, guessed)
    elif known.kind is OrganisationKind.UNKNOWN and guessed is not OrganisationKind.UNKNOWN:
        made = dataclasses.replace(known, kind=guessed)
    else:
        return known
    work.organisations.put(made)
    return made


def take_in_organisations(uow: UnitOfWorkFactory) -> int:
    """Store the organisations of all live use cases that are not known yet; returns how many were new.

    Those that were stored twice, under names that are now known to be of one, are made one first.
    What people changed of an organisation stays. A catalogue for coordinators alone makes nobody known, and whoever was
    known by one that is theirs alone by now, or that is gone, is let go.
    """
    merge_organisations(uow)
    with uow() as work:
        let_idle_go(work)
        work.commit()
    with uow.reading() as work:
        names = {use_case.organisation for use_case in catalogue(work, Audience.MEMBERS)}
        known = {organisation.name for organisation in work.organisations.all()}
        missing = sorted(name for name in names - known if name.strip())
    if not missing:
        return 0
    with uow() as work:
        before = len(work.organisations.all())
        for name in missing:
            find_or_make(work, name)
        work.commit()
        return len(work.organisations.all()) - before


def catalogue(work: UnitOfWork, audience: Audience) -> list[UseCase]:
    """The live use cases that the audience may read."""
    return [use_case for _, use_case in live_use_cases(work, audience)]
