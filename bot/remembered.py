"""Whom durable work is about: it keeps what it was begun with for a while, which names people."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from knowledge.adapters.erasure_ledger import hashed
from knowledge.model import MemberId, member_id

_TEAM = re.compile(r"(?<![A-Z0-9])[TE][A-Z0-9]{2,}(?![A-Z0-9])")
_USER = re.compile(r"(?<![A-Z0-9])[UW][A-Z0-9]{2,}(?![A-Z0-9])")


def is_about_any(told: object, erased: frozenset[str]) -> bool:
    """Whether anything in what work was begun with names one of those erased, whose hashes these are."""
    return any(hashed(person) in erased for person in _people(str(told)))


def whose(plain: Mapping[str, Any]) -> MemberId:
    """Who asked, came or settled in, from what such work was begun with."""
    if "member" in plain:
        return MemberId(plain["member"])
    return member_id(plain.get("user_team") or plain["team"], plain["user"])


def wanted_at(plain: Mapping[str, Any], begun_ms: int) -> datetime:
    """When they did, where it tells; else when the work was begun: a later try is work of its own."""
    told = plain.get("ts") or plain.get("came_at") or plain.get("saved_at") or plain.get("asked_at")
    return datetime.fromtimestamp(float(told or begun_ms / 1000), UTC)


def _people(told: str) -> Iterator[MemberId]:
    """Everybody who may be meant: every user that is named, in every workspace that is."""
    teams, users = set(_TEAM.findall(told)), set(_USER.findall(told))
    return _pairs(teams, users)


def _pairs(teams: Iterable[str], users: Iterable[str]) -> Iterator[MemberId]:
    return (member_id(team, user) for team in teams for user in users)
