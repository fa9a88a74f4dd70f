"""Contacts that the catalogue names by their role: whom a role may mean. Nobody is a contact before they say so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.language.analysis import words
from knowledge.language.lemmas import base_form
from knowledge.matching.catalogue import live_use_cases
from knowledge.model import NOBODY, Audience, Language, MemberId, OrganisationId
from knowledge.organisations import name_key
from knowledge.ports import UnitOfWork, UnitOfWorkFactory


@dataclass(frozen=True, slots=True)
class NamedContact:
    """A use case, by its title, whose contact somebody may be; `role` is what both it and they say."""

    title: str
    role: str


class NamedContacts:
    """Compares the roles of members with the catalogue."""

    def __init__(self, uow: UnitOfWorkFactory) -> None:
        self._uow = uow

    def meaning(self, member: MemberId) -> Sequence[NamedContact]:
        """Where the catalogue may mean the member; nothing where their organisation has a contact already."""
        with self._uow.reading() as work:
            known = work.members.have([member]).get(member)
            if known is None or not known.role.strip():
                return ()
            return tuple(_meaning(work, known.organisation, known.role))


def common_role(one: str, other: str, language: Language) -> str:
    """The role that both texts name, as the shorter puts it; empty where they name none in common.

    Either is the same as the other, or stands in it as whole words; letter case and inflection do not matter.
    """
    first, second = (_base_forms(text, language) for text in (one, other))
    if _is_within(first, second):
        return one.strip()
    return other.strip() if _is_within(second, first) else ""


def _meaning(work: UnitOfWork, organisation: OrganisationId, role: str) -> list[NamedContact]:
    home = next((each for each in work.organisations.all() if each.id == organisation), None)
    if home is None or home.contact != NOBODY:
        return []
    key = name_key(home.name)
    # Of the contact no more is told than the member says of themselves: who else is named there is not their business.
    named = [
        NamedContact(case.title, common_role(role, case.contact, document.language))
        for document, case in live_use_cases(work, Audience.MEMBERS)
        if case.contact and name_key(case.organisation) == key
    ]
    return [each for each in named if each.role]


def _base_forms(text: str, language: Language) -> tuple[str, ...]:
    return tuple(base_form(word, language) for word in words(text))


def _is_within(part: tuple[str, ...], whole: tuple[str, ...]) -> bool:
    starts = range(len(whole) - len(part) + 1)
    return bool(part) and any(whole[start : start + len(part)] == part for start in starts)
