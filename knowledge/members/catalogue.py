"""The organisations of the use-case catalogue: known as soon as one of their use cases is read."""

from __future__ import annotations

import dataclasses
import hashlib
import re
from collections.abc import Mapping

from knowledge.model import Audience, DocumentKind, Organisation, OrganisationId, OrganisationKind, UseCase
from knowledge.ports import UnitOfWork, UnitOfWorkFactory

_KINDS: Mapping[OrganisationKind, re.Pattern[str]] = {
    OrganisationKind.RESEARCH: re.compile(
        r"yliopisto(?!llis|llinen)|korkeakoul|tutkimus(?:laitos|keskus|instituutti)|universitet(?!ssjukhus)|"
        r"högskol|forskning|\buniversity\b(?! hospital)|\bresearch\b|\binstitute of technology\b|\bVTT\b",
        re.IGNORECASE,
    ),
    OrganisationKind.VENDOR: re.compile(
        r"\b(?:oyj?|ab|abp|ltd|inc|llc|gmbh|plc|corp|as|aps|tmi|osk|ky)\b\.?|osakeyhtiö|aktiebolag|\bcompany\b",
        re.IGNORECASE,
    ),
    OrganisationKind.COUNTY: re.compile(
        r"hyvinvointialue|hyvinvointikuntayhtymä|\bhva\b|välfärdsområde|wellbeing services county|\bHUS\b",
        re.IGNORECASE,
    ),
    OrganisationKind.NGO: re.compile(
        r"\b(?:ry|rf)\b\.?|yhdisty|järjestö|säätiö|\bsr\b|förening|förbund|stiftelse|\bassociation\b|\bfoundation\b|"
        r"\bfederation\b|\bNGO\b",
        re.IGNORECASE,
    ),
    OrganisationKind.PUBLIC: re.compile(
        r"sairaala|terveyskeskus|kaupunki|\bkunta\b|kunnan\b|kuntayhtymä|ministeri|virasto|laitos\b|osaamiskeskus|"
        r"palvelukeskus|sjukhus|hälsovårdscentral|\bstad\b|kommun|ministerium|myndighet|verket\b|institutet\b|"
        r"\bhospital\b|\bhealth cent(?:re|er)\b|\b(?:city|town|municipality|ministry|agency|authority|institute)\b",
        re.IGNORECASE,
    ),
}
"""Asked in this order: a university of applied sciences may be a company by its form, and a company a county's."""


def kind_of(name: str) -> OrganisationKind:
    """What an organisation of this name probably is; UNKNOWN where the name does not say."""
    return next((kind for kind, said in _KINDS.items() if said.search(name)), OrganisationKind.UNKNOWN)


def organisation_id(name: str) -> OrganisationId:
    """The id of an organisation that is first met under this name, the same however it is spaced and capitalised."""
    return OrganisationId("o" + hashlib.sha256(" ".join(name.split()).casefold().encode()).hexdigest()[:15])


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

    What people changed of an organisation stays. A catalogue for coordinators alone makes nobody known.
    """
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
    """The live use cases that the audience may read, in the order of their sources and keys."""
    documents = [
        document.id
        for document in work.documents.live()
        if document.kind is DocumentKind.USECASE and document.audience in audience.readable
    ]
    known = work.documents.use_cases(documents)
    return [known[document] for document in documents if document in known]


def same_name(first: str, second: str) -> bool:
    """Whether two names are of one organisation, as the store compares them."""
    return organisation_id(first) == organisation_id(second)
