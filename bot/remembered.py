"""Whom finished work was about: durable work keeps what it was begun with for a while, which names people."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from knowledge.adapters.erasure_ledger import hashed
from knowledge.model import MemberId, member_id

_TEAM = re.compile(r"(?<![A-Z0-9])[TE][A-Z0-9]{2,}(?![A-Z0-9])")
_USER = re.compile(r"(?<![A-Z0-9])[UW][A-Z0-9]{2,}(?![A-Z0-9])")


def is_about_any(told: object, erased: frozenset[str]) -> bool:
    """Whether anything in what work was begun with names one of those erased, whose hashes these are."""
    return any(hashed(person) in erased for person in _people(str(told)))


def _people(told: str) -> Iterator[MemberId]:
    """Everybody who may be meant: every user that is named, in every workspace that is."""
    teams, users = set(_TEAM.findall(told)), set(_USER.findall(told))
    return _pairs(teams, users)


def _pairs(teams: Iterable[str], users: Iterable[str]) -> Iterator[MemberId]:
    return (member_id(team, user) for team in teams for user in users)
