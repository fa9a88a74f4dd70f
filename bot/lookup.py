"""Asking Slack about people and channels. What Slack refuses to tell counts as outside.

A stand-in that knows less than Slack may be silent: what it does not say counts against nobody.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.connection import NETWORK_ERRORS, code_of
from bot.delivery import SlackUnavailableError, is_passing
from knowledge.model import MemberId, team_of, user_of

PAGE = 1000
KEPT_SECONDS = 300.0
"""How long the list of the workspace's people is believed: Slack lets it be read a few times a minute."""
FEW = 20
"""Of so many people each is asked about alone."""
MOST_UNKNOWN = 5
"""How many people of a channel are asked about one by one; of more, not all can have come lately."""
UNKNOWN, NOT_THERE = "unknown_method", 404
"""How a stand-in says that it lacks a method; Slack itself has them all."""
NOBODY_THERE = frozenset({"user_not_found", "user_not_visible", "users_not_found"})
"""What Slack answers about an id that is nobody's in the workspace; any other refusal says nothing about the person."""
NOT_FOUND, ARCHIVED, NOT_IN_CHANNEL = "channel_not_found", "is_archived", "not_in_channel"
_OUTSIDE = ("is_stranger", "is_restricted", "is_ultra_restricted", "deleted")
_SHARED = ("is_ext_shared", "is_pending_ext_shared", "is_org_shared")
_log = logging.getLogger(__name__)


class _NotToldError(Exception):
    """Slack knows and does not tell; with its word for why, where it has one."""


class Lookup:
    """Reads the workspace named `team`. Every method raises SlackUnavailableError where another try can help.

    People are named by their id in Slack, or in full as `TEAM:USER`.
    """

    def __init__(
        self, client: WebClient, team: str, *, is_slack: bool = True, now: Callable[[], float] = time.monotonic
    ) -> None:
        self._client = client
        self._team = team
        self._is_slack = is_slack
        self._now = now
        self._lock = threading.Lock()
        self._insiders: frozenset[str] = frozenset()
        self._names: Mapping[str, str] = {}
        self._all_names: frozenset[str] = frozenset()
        self._read_at = float("-inf")

    def is_open_to_others(self, channel: str) -> bool:
        """Whether people of other organisations may be in the channel."""
        try:
            told = self._one("conversations.info", "channel", channel=channel)
        except _NotToldError:
            return True
        return any(told.get(name) for name in _SHARED)

    def closed_because(self, channel: str) -> str:
        """Why the bot cannot write in a channel, in Slack's word; empty where it can."""
        try:
            told = self._one("conversations.info", "channel", channel=channel)
        except _NotToldError:
            return NOT_FOUND
        if told.get("is_archived"):
            return ARCHIVED
        return "" if told.get("is_member", not self._is_slack) else NOT_IN_CHANNEL

    def is_insider(self, user: str) -> bool:
        """Whether a person is at this moment of the workspace itself: no guest, nobody from elsewhere."""
        try:
            return self._belongs(self._one("users.info", "user", user=_bare(user)))
        except _NotToldError:
            return False

    def belonging(self, users: Collection[str]) -> Mapping[str, bool]:
        """Whether each is of the workspace itself, only of those whom Slack tells of; of many, as it was minutes ago.

        Unlike `is_insider` this takes no refusal for an answer: nothing may be taken from anybody because of one.
        """
        own = [user for user in users if team_of(MemberId(user)) in {"", self._team}]
        if len(own) > FEW:
            listed = self._listed()
            return {user: listed[_bare(user)] for user in own if _bare(user) in listed}
        asked = {user: self._told_to_belong(user) for user in own}
        return {user: belongs for user, belongs in asked.items() if belongs is not None}

    def name_of(self, user: str) -> str:
        """What a person is called, or nothing where Slack does not tell."""
        try:
            return _name(self._one("users.info", "user", user=_bare(user)))
        except _NotToldError:
            return ""

    def zone_of(self, user: str) -> str:
        """The IANA name of the time zone that a person has in Slack, or nothing where Slack does not tell."""
        try:
            return str(self._one("users.info", "user", user=_bare(user)).get("tz") or "")
        except _NotToldError:
            return ""

    def names_of(self, users: Collection[str]) -> Mapping[str, str]:
        """The same of several; of many all are read at once, as Slack lets one person be asked about so often only."""
        with self._lock:
            if len(users) > FEW and self._is_outdated():
                self._read()
            known = {} if self._is_outdated() else self._names
        return {user: known.get(_bare(user)) or self.name_of(user) for user in users}

    def all_names(self) -> Sequence[str]:
        """What the people of the workspace are called, as far as Slack tells; in no order that means anything."""
        try:
            with self._lock:
                if self._is_outdated():
                    self._read()
                return sorted(self._all_names - {""})
        except _NotToldError:
            return ()

    def was_insider(self, user: str) -> bool:
        """Whether a person was one when all were read, minutes ago at most; as `is_insider` where that is not known."""
        return (not self._is_outdated() and _bare(user) in self._insiders) or self.is_insider(user)

    def refresh(self) -> None:
        """Read who belongs to the workspace, where that was long ago and nobody else is at it."""
        if self._is_outdated() and self._lock.acquire(blocking=False):
            try:
                self._read()
            except (SlackUnavailableError, _NotToldError):
                _log.info("who belongs to the workspace could not be read; each is asked about alone")
            finally:
                self._lock.release()

    def all_are_insiders(self, channel: str) -> bool:
        """Whether everybody in a channel is. Of who came lately, and is not in the list yet, Slack is asked."""
        try:
            members = set(self._all("conversations.members", "members", channel=channel))
            insiders = self._known_insiders()
        except _NotToldError:
            return False
        if not insiders and not self._is_slack:
            return True
        unknown = sorted(members - insiders)
        return len(unknown) <= MOST_UNKNOWN and all(self.is_insider(user) for user in unknown)

    def all_are_among(self, channel: str, people: frozenset[str]) -> bool:
        """Whether nobody else is in a channel."""
        try:
            there = self._all("conversations.members", "members", channel=channel)
            return frozenset(map(_bare, people)).issuperset(there)
        except _NotToldError:
            return False

    def _listed(self) -> Mapping[str, bool]:
        """Whether each of those that Slack lists belongs; nobody where it lists none."""
        try:
            with self._lock:
                if self._is_outdated():
                    self._read()
                return {user: user in self._insiders for user in self._names}
        except _NotToldError:
            return {}

    def _told_to_belong(self, user: str) -> bool | None:
        try:
            person = self._one("users.info", "user", user=_bare(user))
        except _NotToldError as error:
            return False if str(error) in NOBODY_THERE else None
        return self._belongs(person) if person else None

    def _known_insiders(self) -> frozenset[str]:
        with self._lock:
            if self._is_outdated():
                self._read()
            return self._insiders

    def _is_outdated(self) -> bool:
        return self._now() - self._read_at > KEPT_SECONDS

    def _read(self) -> None:
        people = list(self._all("users.list", "members"))
        self._insiders = frozenset(person["id"] for person in people if self._belongs(person))
        self._names = {str(person["id"]): _name(person) for person in people}
        profiles = [person.get("profile") or {} for person in people if not person.get("is_bot")]
        told = ("real_name", "display_name")
        self._all_names = frozenset(str(profile.get(name) or "") for profile in profiles for name in told)
        self._read_at = self._now()

    def _belongs(self, person: Mapping[str, Any]) -> bool:
        team = person.get("team_id")
        is_at_home = team == self._team or not (self._is_slack or (team and self._team))
        return is_at_home and not is_outside(person)

    def _one(self, method: str, key: str, **arguments: str) -> Mapping[str, Any]:
        found = self._call(method, arguments).get(key)
        if isinstance(found, dict):
            return found
        if self._is_slack:
            raise _NotToldError
        return {}

    def _all(self, method: str, key: str, **arguments: str) -> Iterator[Any]:
        cursor = ""
        while True:
            page = self._call(method, {**arguments, "limit": str(PAGE)} | ({"cursor": cursor} if cursor else {}))
            if self._is_slack and not page.get(key):
                raise _NotToldError
            yield from page.get(key) or ()
            cursor = (page.get("response_metadata") or {}).get("next_cursor") or ""
            if not cursor:
                return

    def _call(self, method: str, arguments: Mapping[str, str]) -> Mapping[str, Any]:
        try:
            return self._client.api_call(method, params=dict(arguments)).data  # type: ignore[return-value]
        except SlackApiError as error:
            if not self._is_slack and (code_of(error) == UNKNOWN or error.response.status_code == NOT_THERE):
                return {}
            if is_passing(error):
                raise SlackUnavailableError(method) from error
            _log.warning("%s answered %s; the asker gets public sources only", method, code_of(error))
            raise _NotToldError(code_of(error)) from error
        except NETWORK_ERRORS as error:
            raise SlackUnavailableError(method) from error


def is_outside(person: Mapping[str, Any]) -> bool:
    """Whether Slack's record of a person says that they are a guest, of elsewhere, or switched off."""
    return any(person.get(name) for name in _OUTSIDE)


def _bare(user: str) -> str:
    return user_of(MemberId(user))


def _name(person: Mapping[str, Any]) -> str:
    profile = person.get("profile") or {}
    return str(profile.get("display_name") or profile.get("real_name") or "")
