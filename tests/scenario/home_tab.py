"""The Home tab and the forms behind it as people use them, and what the bot keeps of that."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from bot.sandbox.values import TEAM
from knowledge.model import Consent, Member, MemberId, Organisation, member_id
from knowledge.settings import Settings
from knowledge.store import Store, open_store
from tests.scenario.conftest import Workplace
from tests.scenario.filling_in import filled_in, option
from tests.standin import StandIn


@contextmanager
def store_of(workplace: Workplace) -> Iterator[Store]:
    """The bot's own database."""
    store = open_store(Settings(data_dir=workplace.bot.data_dir).database)
    try:
        yield store
    finally:
        store.dispose()


def member_of(workplace: Workplace, user: str) -> Member | None:
    """The profile of a person, where there is one."""
    with store_of(workplace) as store, store.reading() as work:
        return work.members.have([id_of(user)]).get(id_of(user))


def organisation_of(workplace: Workplace, name: str) -> Organisation:
    """The organisation of this name."""
    with store_of(workplace) as store, store.reading() as work:
        found = work.organisations.find(name)
    assert found is not None
    return found


def id_of(user: str) -> MemberId:
    """The id of a person's profile."""
    return member_id(TEAM, user)


def home(slack: StandIn, user: str, holds: Callable[[str], bool]) -> str:
    """The Home tab as text, once it holds what is waited for."""

    def drawn() -> str:
        try:
            text = json.dumps(slack.home(user), ensure_ascii=False)
        except KeyError:
            return ""
        return text if holds(text) else ""

    return slack.wait_for(drawn)


def click_home(slack: StandIn, user: str, action: str, chosen: str = "") -> None:
    """Click a button of the Home tab, or choose in a menu of it."""
    picked = {"selected_option": option(chosen)} if chosen else None
    assert slack.click_view(user, action, home=True, chosen=picked).acknowledged


def modal(slack: StandIn, user: str, callback: str) -> dict[str, Any]:
    """The window of that name, once it is what the person sees."""

    def opened() -> dict[str, Any]:
        try:
            view = slack.modal(user)
        except LookupError:
            return {}
        return view if view["callback_id"] == callback else {}

    return slack.wait_for(opened)


def open_form(slack: StandIn, user: str) -> dict[str, Any]:
    """The form of the profile, opened from the Home tab."""
    slack.open_app(user)
    home(slack, user, lambda text: "profile_edit" in text)
    click_home(slack, user, "profile_edit")
    return modal(slack, user, "profile_save")


def fill_in_profile(slack: StandIn, user: str, *consents: Consent, **filled: str) -> None:
    """Fill the form in, and return once the Home tab shows the profile."""
    open_form(slack, user)
    assert slack.submit(user, filled_in(*consents, **filled)) == {}
    slack.close_modal(user)
    home(slack, user, lambda text: "profile_leave" in text)


def clear(workplace: Workplace, *users: str) -> None:
    """None of them has a profile any more, nor a language of their own, nor a window before them."""
    slack = workplace.slack
    for user in users:
        with store_of(workplace) as store, store() as work:
            work.members.remove(id_of(user))
            work.languages.forget(id_of(user))
            work.commit()
        slack.close_modal(user)
        # What the next test waits for must not be what this one left behind.
        slack.open_app(user)
        home(slack, user, lambda text: "profile_leave" not in text)
