"""The form of the profile: opened by buttons and commands, checked and kept when it is submitted."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from slack_bolt import Ack

from bot.blocks.elements import TEXTS
from bot.blocks.own_profile import contact_offer, shown_blocks
from bot.blocks.profile import (
    ALLOWED,
    KNOWN,
    LANGUAGES,
    NAME,
    OFFERS,
    ROLE,
    SEEKS,
    SHOWN,
    SPOKEN,
    TOPICS,
    Filling,
    filling_of,
    profile_modal,
    saved_modal,
    trouble_texts,
)
from bot.delivery import SlackUnavailableError
from bot.durable import Durable
from bot.failures import note_failure
from bot.filled_in import FilledIn, language_named
from bot.listeners.home import Home
from bot.membership import Membership, user_in
from bot.opening import Opening
from bot.scouting import Settler
from knowledge.members.drafts import BadProfileError, ProfileDraft
from knowledge.members.profiles import Profiles
from knowledge.model import Consent, Language, Member, MemberId, shown
from knowledge.ports import Clock

Payload = dict[str, Any]
_BETWEEN_TOPICS = re.compile("[,;\n]")


class ProfileForm:
    """Listeners for whatever opens the form, and for the form itself."""

    def __init__(
        self,
        profiles: Profiles,
        membership: Membership,
        opening: Opening,
        home: Home,
        durable: Durable,
        clock: Clock,
    ) -> None:
        self._profiles = profiles
        self._membership = membership
        self._opening = opening
        self._home = home
        self._durable = durable
        self._clock = clock

    def open(self, body: Payload) -> None:
        """A click, or a command: show the form, in the language that the person reads just then."""
        member = self._membership.member_in(body)
        language = language_named(_value(body), self._profiles.language_of(member))
        self._opening.open(body, lambda whose: self._drawn(whose, language), language)

    def save(self, ack: Ack, body: Payload) -> None:
        """The submitted form: what is wrong is told at its field, what is right is kept before Slack is told."""
        language = language_named(body["view"].get("private_metadata"), Language.FI)
        try:
            errors = self._kept(ack, body, language)
        except BadProfileError as error:
            errors = trouble_texts(error.troubles, language)
        except SlackUnavailableError:
            errors = {NAME: TEXTS.get("form.not_saved", language)}
        except Exception:  # noqa: BLE001 - whatever it is, whoever waits is told
            errors = {NAME: TEXTS.get("form.failed", language, reference=note_failure("a profile was not kept"))}
        if errors:
            ack(response_action="errors", errors=dict(errors))

    def follow_up(self, body: Payload) -> None:
        """What takes longer than Slack waits: the vectors, and the Home tab as it is now."""
        try:
            self._profiles.embed(self._membership.member_in(body))
        except Exception:  # noqa: BLE001 - the profile is kept; what is missing is made when it is needed
            note_failure("a profile's vectors cannot be made")
        self._home.draw(user_in(body))

    def _kept(self, ack: Ack, body: Payload, language: Language) -> Mapping[str, str]:
        if not self._membership.admits(body):
            return {NAME: TEXTS.get("profile.outsiders", language)}
        member = self._membership.member_in(body)
        draft = self._draft(member, FilledIn(body["view"]))
        saved = self._profiles.record(member, draft)
        self._durable.take_in_settler(Settler(saved.id, self._clock().timestamp()))
        ack(response_action="update", view=saved_modal(self._seen(saved), draft.languages[0]))
        return {}

    def _seen(self, member: Member) -> list[dict[str, Any]]:
        language, own = member.languages[0], self._membership.own(member.id)
        if own is None:
            return []
        return [*shown_blocks(shown(own.member), own.organisation, language), *contact_offer(own.named, language)]

    def _drawn(self, member: MemberId, language: Language) -> dict[str, Any]:
        found = self._profiles.find(member)
        filling = filling_of(found) if found else Filling()
        spoken = self._profiles.language_of(member, language)
        return profile_modal(replace(filling, spoken=spoken), self._profiles.organisations(member), language)

    def _draft(self, member: MemberId, filled: FilledIn) -> ProfileDraft:
        names = {each.id: each.name for each in self._profiles.organisations(member)}
        chosen = {str(each): name for each, name in names.items()}.get(filled.choice(KNOWN), "")
        return ProfileDraft(
            filled.text(NAME).strip() or chosen,
            filled.text(ROLE),
            _languages((filled.choice(SPOKEN), *filled.choices(LANGUAGES))),
            tuple(_BETWEEN_TOPICS.split(filled.text(TOPICS))),
            filled.text(OFFERS),
            filled.text(SEEKS),
            frozenset(Consent(name) for name in (*filled.choices(SHOWN), *filled.choices(ALLOWED))),
        )


def _languages(codes: tuple[str, ...]) -> tuple[Language, ...]:
    named = (language_named(code, Language.UNKNOWN) for code in codes)
    return tuple(dict.fromkeys(language for language in named if language is not Language.UNKNOWN))


def _value(body: Payload) -> str:
    """What the clicked button carries; nothing for a command."""
    return str((body.get("actions") or [{}])[0].get("value") or "")
