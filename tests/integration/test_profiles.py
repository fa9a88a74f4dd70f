"""Profiles over a real database: joining, changing, pausing, wishing, handing over and leaving."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from datetime import date, timedelta
from typing import cast

import pytest

from bot.blocks.elements import Block
from bot.blocks.profile import SPOKEN
from bot.durable import Durable
from bot.listeners.home import Home
from bot.listeners.profile import ProfileForm
from bot.lookup import Lookup
from bot.membership import Membership
from bot.opening import Opening
from knowledge.documents import text_hash
from knowledge.errors import NotFoundError
from knowledge.members.appointing import Appointments
from knowledge.members.drafts import BadProfileError, ProfileDraft
from knowledge.members.languages import Languages
from knowledge.members.named_contacts import NamedContacts
from knowledge.members.profiles import Profiles
from knowledge.model import (
    NO_ORGANISATION,
    NOBODY,
    Consent,
    Exclusion,
    IntroductionState,
    Language,
    Member,
    MemberId,
    Organisation,
)
from knowledge.roles import FixedRoles
from knowledge.store import Store
from tests.builders import introduction
from tests.fakes import NOON, SetClock, SmallEmbedder

ONE, TWO, THREE = MemberId("T1:U1"), MemberId("T1:U2"), MemberId("T1:U3")
DRAFT = ProfileDraft(
    "Järvirannan hyvinvointialue",
    "kehittämispäällikkö",
    (Language.SV, Language.FI),
    ("puheentunnistus",),
    "Meillä on malli kirjaamisesta. Se on tuotannossa.",
    "Etsimme kokemuksia kuvantamisesta.",
    frozenset({Consent.TOPICS}),
)


class DrawnForms:
    """Draws what is to be opened for whoever clicked, and keeps the language that its form begins with."""

    def __init__(self) -> None:
        self.spoken: list[str] = []

    def open(self, _body: object, make: Callable[[MemberId], Block], _language: Language) -> None:
        """Draw it."""
        [field] = [each for each in make(ONE)["blocks"] if each.get("block_id") == SPOKEN]
        self.spoken.append(field["element"]["initial_option"]["value"])


@pytest.fixture
def profiles(store: Store, small_embedder: SmallEmbedder, clock: SetClock) -> Profiles:
    """The use case over an empty database, with English for whoever has no profile."""
    return Profiles(store, small_embedder, clock, Language.EN)


def _found(profiles: Profiles, member: MemberId = ONE) -> Member:
    found = profiles.find(member)
    assert found is not None
    return found


def _only_organisation(profiles: Profiles) -> Organisation:
    [organisation] = profiles.organisations(ONE)
    return organisation


def _change(**changes: object) -> ProfileDraft:
    return dataclasses.replace(DRAFT, **changes)  # type: ignore[arg-type]


def test_whoever_joins_finds_or_founds_their_organisation(profiles: Profiles) -> None:
    """A name that differs in letter case and spaces is the same organisation."""
    profiles.save(ONE, DRAFT)
    profiles.save(TWO, _change(organisation=" järvirannan  HYVINVOINTIALUE"))
    organisation = _only_organisation(profiles)
    assert organisation.name == "Järvirannan hyvinvointialue"
    assert organisation.contact == NOBODY
    assert {_found(profiles, each).organisation for each in (ONE, TWO)} == {organisation.id}
    assert (_found(profiles).role, _found(profiles).joined_at) == ("kehittämispäällikkö", NOON)
    assert _found(profiles).consents == {Consent.TOPICS}


def test_the_language_told_in_the_form_is_spoken_from_then_on(profiles: Profiles, store: Store) -> None:
    """It takes the place of what was chosen before, as any later choice takes its place."""
    Languages(store).choose(ONE, Language.FI)
    profiles.save(ONE, DRAFT)
    assert (DRAFT.languages[0], profiles.language_of(ONE)) == (Language.SV, Language.SV)
    Languages(store).choose(ONE, Language.EN)
    assert profiles.language_of(ONE) is Language.EN
    profiles.leave(ONE)
    Languages(store).forget(ONE)
    assert profiles.language_of(ONE, Language.FI) is Language.FI


def test_the_form_begins_with_the_language_that_was_chosen(profiles: Profiles, store: Store, clock: SetClock) -> None:
    """Else with the profile's first, else with that of the form itself, which a button may tell."""
    membership = Membership(profiles, cast(NamedContacts, None), cast(Lookup, None), "T1", clock)
    opening = DrawnForms()
    form = ProfileForm(profiles, membership, cast(Opening, opening), cast(Home, None), cast(Durable, None), clock)
    click = {"user": {"id": "U1"}, "actions": [{"value": "fi"}]}
    form.open(click)
    Languages(store).choose(ONE, Language.EN)
    form.open(click)
    profiles.save(ONE, DRAFT)
    Languages(store).forget(ONE)
    form.open(click)
    assert opening.spoken == ["fi", "en", "sv"]


def test_a_changed_profile_keeps_what_is_not_in_the_form(profiles: Profiles, clock: SetClock) -> None:
    """The day of joining and a pause stay; a consent that is no longer given is gone."""
    profiles.save(ONE, DRAFT)
    profiles.snooze(ONE, date(2026, 9, 1))
    clock.advance(days=3)
    profiles.save(ONE, _change(role="johtaja", consents=frozenset()))
    assert _found(profiles) == dataclasses.replace(
        _found(profiles), role="johtaja", joined_at=NOON, available_from=date(2026, 9, 1), consents=frozenset()
    )


def test_every_sentence_and_topic_has_its_vector(
    profiles: Profiles, store: Store, small_embedder: SmallEmbedder
) -> None:
    """They replace those of what was written before, and are found under the text itself."""
    profiles.save(ONE, DRAFT)
    profiles.save(ONE, _change(seeks="", topics=("kuvantaminen", "kirjaaminen")))
    written = ["kuvantaminen", "kirjaaminen", "Meillä on malli kirjaamisesta.", "Se on tuotannossa."]
    with store.reading() as work:
        vectors = work.members.vectors(small_embedder.identity)
    assert set(vectors) == {text_hash(text) for text in written}
    assert vectors[text_hash("kuvantaminen")].tolist() == small_embedder.embed_query("kuvantaminen").tolist()


def test_vectors_of_what_has_changed_meanwhile_are_not_kept(
    profiles: Profiles, store: Store, small_embedder: SmallEmbedder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody who left while their words were embedded leaves no vectors."""
    profiles.record(ONE, DRAFT)
    embed = small_embedder.embed_passages

    def leave_first(texts: list[str]) -> object:
        profiles.leave(ONE)
        return embed(texts)

    monkeypatch.setattr(small_embedder, "embed_passages", leave_first)
    profiles.embed(ONE)
    profiles.embed(TWO)
    with store.reading() as work:
        assert work.members.vectors(small_embedder.identity) == {}


def test_a_refused_profile_leaves_nothing(
    profiles: Profiles, small_embedder: SmallEmbedder, caplog: pytest.LogCaptureFixture
) -> None:
    """With an identity code in it, nothing is stored, embedded or logged, and an older profile stays."""
    with pytest.raises(BadProfileError):
        profiles.save(ONE, _change(offers="Hetuni on 131052-308T."))
    assert profiles.find(ONE) is None
    assert list(profiles.organisations(ONE)) == small_embedder.embedded == caplog.records == []
    profiles.save(ONE, DRAFT)
    with pytest.raises(BadProfileError):
        profiles.save(ONE, _change(role="131052-308T"))
    assert _found(profiles).role == DRAFT.role


def test_a_pause_begins_and_ends(profiles: Profiles) -> None:
    """Whoever comes back is proposed as if no proposal had stayed without an answer."""
    profiles.save(ONE, DRAFT)
    assert profiles.snooze(ONE, date(2026, 6, 12)).available_from == date(2026, 6, 12)
    assert _found(profiles).available_from == date(2026, 6, 12)
    profiles.resume(ONE)
    assert (_found(profiles).available_from, _found(profiles).silent_rounds) == (date.min, 0)
    with pytest.raises(NotFoundError):
        profiles.snooze(TWO, date.max)


def test_wishes_are_ones_own_and_end(profiles: Profiles, clock: SetClock) -> None:
    """A wish holds through its last day; others' wishes are not seen; without a profile there are none."""
    for each in (ONE, TWO):
        profiles.save(each, DRAFT)
    wish = Exclusion(ONE, TWO, NO_ORGANISATION, for_all=True, until=NOON.date())
    profiles.exclude(wish)
    wish = dataclasses.replace(wish, on_behalf_of=_found(profiles).organisation)
    assert list(profiles.wishes(ONE)) == [wish]
    assert list(profiles.wishes(TWO)) == []
    clock.now += timedelta(days=1)
    assert list(profiles.wishes(ONE)) == []
    lasting = dataclasses.replace(wish, until=date.max)
    profiles.exclude(lasting)
    assert list(profiles.wishes(ONE)) == [lasting]
    profiles.allow(lasting)
    assert list(profiles.wishes(ONE)) == []
    with pytest.raises(NotFoundError):
        profiles.exclude(dataclasses.replace(wish, by=THREE))


def test_a_wish_for_all_stays_with_the_organisation_that_is_left(profiles: Profiles, store: Store) -> None:
    """Also one that the release before kept, which does not write down for whom it is."""
    profiles.save(ONE, DRAFT)
    home = _found(profiles).organisation
    with store() as work:
        work.members.exclude(Exclusion(ONE, TWO, NO_ORGANISATION, for_all=True, until=date.max))
        work.commit()
    profiles.save(ONE, _change(organisation="Puhevako Oy"))
    assert [wish.on_behalf_of for wish in profiles.wishes(ONE)] == [home] != [_found(profiles).organisation]


def test_whoever_leaves_ends_their_open_proposals(profiles: Profiles, store: Store) -> None:
    """Nothing is left of the profile, nor of any introduction; leaving twice does no harm."""
    for each in (ONE, TWO, THREE):
        profiles.save(each, DRAFT)
    waiting, made = introduction("i1"), introduction("i2", "U3", "U1", state=IntroductionState.MADE)
    with store() as work:
        for each in (waiting, made):
            work.introductions.put(each)
        work.commit()
    for _ in range(2):
        profiles.leave(ONE)
    assert profiles.find(ONE) is None
    with store.reading() as work:
        assert list(work.introductions.all()) == []


def test_a_contact_who_changes_jobs_speaks_no_more_for_the_old_one(
    profiles: Profiles, store: Store, clock: SetClock
) -> None:
    """The old organisation has no contact then; the new one gets none by that."""
    for each in (ONE, TWO):
        profiles.save(each, DRAFT)
    Appointments(store, clock, FixedRoles()).take_on(ONE)
    profiles.save(ONE, _change(role="johtaja"))
    assert _only_organisation(profiles).contact == ONE
    profiles.save(ONE, _change(organisation="Puhevako Oy"))
    with store.reading() as work:
        assert [each.contact for each in work.organisations.all()] == [NOBODY, NOBODY]


def test_solmu_speaks_the_first_language_of_a_profile(profiles: Profiles) -> None:
    """Or the one that is set, where there is none."""
    assert profiles.language_of(ONE) is Language.EN
    profiles.save(ONE, DRAFT)
    assert profiles.language_of(ONE) is Language.SV
