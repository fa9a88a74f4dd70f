"""Who has which role: by the settings and by user groups, as Slack tells it when somebody acts or looks."""

from __future__ import annotations

from typing import Any, cast

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.web import SlackResponse

from bot.delivery import Outgoing, SlackUnavailableError
from bot.letters.for_staff import only_for_staff
from bot.roles import ACTING_SECONDS, LAST_KNOWN_SECONDS, READING_SECONDS, Naming, Roles
from bot.user_groups import SlackUserGroups
from knowledge.errors import RolesUnknownError
from knowledge.model import Language, Letter, LetterKind, MemberId, Role, member_id
from knowledge.role_changes import KnownRoles
from knowledge.roles import FixedRoles
from tests.fakes import NOON

AINO, MIKAEL, RIIKKA, TEEMU = (member_id("T1", user) for user in ("UAINO", "UMIKAEL", "URIIKKA", "UTEEMU"))
STAFF_GROUP, ADMIN_GROUP = "SCOORD", "SADMIN"
NO_REQUEST: dict[str, Any] = {
    "client": None,
    "http_verb": "GET",
    "api_url": "",
    "req_args": {},
    "headers": {},
    "status_code": 200,
}


class Slack:
    """Two groups, the people of a workspace, and a clock; `is_down` says that nothing can be asked."""

    def __init__(self) -> None:
        self.groups = {STAFF_GROUP: frozenset({"UMIKAEL"}), ADMIN_GROUP: frozenset({"URIIKKA"})}
        self.insiders = {"UAINO", "UMIKAEL", "URIIKKA"}
        self.is_down = False
        self.asked: list[str] = []
        self.refused: list[str] = []
        self.now = 0.0

    def people_in(self, group: str) -> frozenset[str]:
        """Who is in it."""
        return self.groups.get(self._told(group), frozenset())

    def is_insider(self, user: str) -> bool:
        """Whether somebody belongs."""
        return self._told(user) in self.insiders

    def _told(self, about: str) -> str:
        if self.is_down:
            self.refused.append(about)
            raise SlackUnavailableError(about)
        self.asked.append(about)
        return about

    def roles(self, coordinators: str = "", admins: str = "") -> Roles:
        """By both groups, and by these people besides."""
        naming = (
            Naming(frozenset(coordinators.split()), STAFF_GROUP),
            Naming(frozenset(admins.split()), ADMIN_GROUP),
        )
        return Roles(self, self, "T1", naming, now=lambda: self.now)


def test_settings_and_groups_are_joined() -> None:
    """Whoever is named in either has the role; an admin is more than a coordinator; everybody else is a member."""
    roles = Slack().roles(admins="UAINO", coordinators="URIIKKA")
    assert [roles.role_of(each) for each in (AINO, MIKAEL, RIIKKA)] == [Role.ADMIN, Role.COORDINATOR, Role.ADMIN]
    assert [roles.is_staff(each) for each in (AINO, MIKAEL)] == [True, True]
    assert [roles.is_admin(each) for each in (AINO, MIKAEL)] == [True, False]
    assert (roles.coordinators(), roles.admins()) == ([MIKAEL, RIIKKA], [AINO, RIIKKA])
    assert roles.staff() == [AINO, MIKAEL, RIIKKA]


def test_outsiders_have_no_role_wherever_they_are_named() -> None:
    """Guests and people of other workspaces, also under a member's id with another workspace before it."""
    slack = Slack()
    slack.groups[ADMIN_GROUP] = frozenset({"UTEEMU"})
    roles = slack.roles(coordinators="UTEEMU")
    assert roles.role_of(TEEMU) is Role.OUTSIDER
    assert not any((roles.is_staff(TEEMU), roles.is_admin(TEEMU), roles.sees_as_staff(TEEMU)))
    assert not roles.is_staff(member_id("T2", "UMIKAEL"))
    assert TEEMU not in roles.everybody().held


def test_an_act_is_not_allowed_by_what_was_so_seconds_ago() -> None:
    """Whoever was taken out of the group may do nothing more; who only looks, for a minute at most."""
    slack = Slack()
    roles = slack.roles()
    assert roles.is_staff(MIKAEL)
    slack.groups[STAFF_GROUP] = frozenset()
    slack.now = ACTING_SECONDS + 1
    assert not roles.is_staff(MIKAEL)
    slack.groups[STAFF_GROUP] = frozenset({"UMIKAEL"})
    assert not roles.sees_as_staff(MIKAEL)
    slack.now += READING_SECONDS + 1
    assert roles.sees_as_staff(MIKAEL)


def test_slacks_word_about_a_group_is_heeded_at_once() -> None:
    """The event that a group has changed makes the next look a new one."""
    slack = Slack()
    roles = slack.roles()
    assert roles.is_staff(MIKAEL)
    slack.groups[STAFF_GROUP] = frozenset()
    roles.forget()
    assert not roles.is_staff(MIKAEL)


def test_a_group_that_is_switched_off_or_empty_has_nobody() -> None:
    """The other keeps its people."""
    slack = Slack()
    slack.groups = {ADMIN_GROUP: frozenset({"URIIKKA"})}
    roles = slack.roles()
    assert (roles.role_of(MIKAEL), roles.role_of(RIIKKA)) == (Role.MEMBER, Role.ADMIN)
    assert roles.coordinators() == []


def test_nobody_acts_while_slack_cannot_be_asked() -> None:
    """Who only looks is believed for some minutes; then nobody is on the staff. Letters go to those last known."""
    slack = Slack()
    roles = slack.roles()
    assert roles.sees_as_staff(MIKAEL)
    slack.is_down, slack.now = True, READING_SECONDS + 1
    with pytest.raises(RolesUnknownError):
        roles.is_staff(MIKAEL)
    assert roles.everybody() == KnownRoles({}, {"T1"})
    assert roles.sees_as_staff(MIKAEL)
    assert not roles.sees_as_staff(AINO)
    slack.now = LAST_KNOWN_SECONDS + 1
    assert not roles.sees_as_staff(MIKAEL)
    assert roles.role_of(MIKAEL) is Role.OUTSIDER
    assert roles.coordinators() == [MIKAEL]


def test_one_click_asks_once() -> None:
    """The listener and the use case and everybody who clicks in the same seconds share what Slack said."""
    slack = Slack()
    roles = slack.roles()
    for _ in range(3):
        assert roles.is_staff(MIKAEL)
    assert slack.asked == [STAFF_GROUP, ADMIN_GROUP, "UMIKAEL"]
    assert not roles.sees_as_staff(AINO)
    assert "UAINO" not in slack.asked


def test_a_refusal_is_remembered_for_a_while() -> None:
    """While Slack lets no lists be read, one of many clicks waits for its refusal; some seconds later one asks anew."""
    slack = Slack()
    roles = slack.roles()
    slack.is_down = True
    for _ in range(2):
        with pytest.raises(RolesUnknownError):
            roles.is_staff(MIKAEL)
    assert slack.refused == [STAFF_GROUP]
    slack.is_down = False
    with pytest.raises(RolesUnknownError):
        roles.is_staff(MIKAEL)
    slack.now = ACTING_SECONDS
    assert roles.is_staff(MIKAEL)


class Client:
    """Slack's answer about a group, or its refusal."""

    def __init__(self, answer: dict[str, object]) -> None:
        self.answer = answer

    def api_call(self, method: str, *, params: dict[str, str]) -> dict[str, object]:
        """Answer."""
        assert (method, params) == ("usergroups.users.list", {"usergroup": STAFF_GROUP})
        if not self.answer["ok"]:
            message = "refused"
            raise SlackApiError(message, SlackResponse(**NO_REQUEST, data=self.answer))
        return self.answer


@pytest.mark.parametrize("code", ["no_such_subteam", "plan_upgrade_required"])
def test_slack_tells_that_a_group_is_gone(code: str) -> None:
    """Then nobody is in it; any other refusal says nothing about people."""
    gone = SlackUserGroups(cast(WebClient, Client({"ok": False, "error": code})))
    assert gone.people_in(STAFF_GROUP) == frozenset()
    refusing = SlackUserGroups(cast(WebClient, Client({"ok": False, "error": "missing_scope"})))
    with pytest.raises(SlackUnavailableError):
        refusing.people_in(STAFF_GROUP)
    full = SlackUserGroups(cast(WebClient, Client({"ok": True, "users": ["U1", "U2"]})))
    assert full.people_in(STAFF_GROUP) == {"U1", "U2"}


class Unknown(FixedRoles):
    """Nobody can tell."""

    def is_staff(self, person: MemberId) -> bool:
        """Whether somebody is."""
        raise RolesUnknownError(person)


def test_a_letter_to_staff_reaches_whoever_is_on_the_staff_when_it_is_sent() -> None:
    """It is not written to somebody who left meanwhile, and waits while nobody can tell; others' letters are sent."""
    writers = {
        kind: lambda _letter, _language: Outgoing("told", []) for kind in (LetterKind.CURATE, LetterKind.RETURNED)
    }
    letter = Letter("l1", MIKAEL, LetterKind.CURATE, "i1", {}, NOON)
    now = only_for_staff(writers, FixedRoles([MIKAEL]))
    assert now[LetterKind.CURATE](letter, Language.FI) == Outgoing("told", [])
    left = only_for_staff(writers, FixedRoles())
    assert left[LetterKind.CURATE](letter, Language.FI) is None
    assert left[LetterKind.RETURNED](letter, Language.FI) == Outgoing("told", [])
    with pytest.raises(SlackUnavailableError):
        only_for_staff(writers, Unknown())[LetterKind.CURATE](letter, Language.FI)
