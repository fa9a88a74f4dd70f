"""A message as an answer for others: nothing of it is given to anybody before its author and a coordinator agree."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from knowledge.errors import NotFoundError
from knowledge.inquiries.curating import Curation, Edited
from knowledge.inquiries.inquiring import Heard, Inquiries, NothingAskedError, NotYoursError, OverError
from knowledge.inquiries.nominating import Nomination, Nominations
from knowledge.model import NOBODY, Audience, ChannelId, InquiryId, InquiryState, Language, LetterKind, MemberId
from knowledge.privacy import IdentityCodeError
from knowledge.roles import FixedRoles
from knowledge.store import Store, open_store
from tests.fakes import SetClock

AUTHOR, FINDER, COORDINATOR = MemberId("T1:UAUTHOR"), MemberId("T1:UFINDER"), MemberId("T1:UCOORD")
NOTE = Nomination(
    ChannelId("C1"),
    "7.1",
    AUTHOR,
    "Kuinka kauan käyttöönotto kestää?",
    "Meillä se kesti yhdeksän viikkoa.",
    Language.FI,
)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """An empty one."""
    return open_store(f"sqlite:///{tmp_path / 'solmu.sqlite'}")


@pytest.fixture
def nominations(store: Store) -> Nominations:
    """What is under test."""
    return Nominations(store, SetClock())


def _letters(store: Store, person: MemberId) -> list[LetterKind]:
    with store.reading() as work:
        return [each.kind for each in work.letters.due(SetClock()(), 50) if each.to == person]


def _state(store: Store, name: InquiryId) -> InquiryState:
    with store.reading() as work:
        return work.inquiries.get(name).state


def test_author_and_coordinator_decide(nominations: Nominations, store: Store) -> None:
    """The author is asked first; only they may agree; then a coordinator approves it under the author's name."""
    name = nominations.nominate(NOTE, FINDER)
    assert _letters(store, AUTHOR) == [LetterKind.REPLY_CONSENT]
    curation = Curation(store, SetClock(), FixedRoles([COORDINATOR]))
    with pytest.raises(NotYoursError):
        curation.agree(name, FINDER, "Väärä")
    curation.agree(name, AUTHOR, "Outi Saarela")
    assert _letters(store, COORDINATOR) == [LetterKind.CURATE]
    curation.approve(name, Edited(NOTE.question, NOTE.text, Audience.MEMBERS), COORDINATOR)
    answer = curation.answer(name)
    assert (answer.author, answer.name, answer.text) == (AUTHOR, "Outi Saarela", NOTE.text)
    assert LetterKind.CURATED in _letters(store, FINDER)


def test_a_message_is_proposed_once(nominations: Nominations, store: Store) -> None:
    """Also by another person; whoever refused is not asked again."""
    name = nominations.nominate(NOTE, FINDER)
    Curation(store, SetClock(), FixedRoles()).refuse(name, AUTHOR)
    with pytest.raises(OverError):
        nominations.nominate(NOTE, COORDINATOR)
    assert _state(store, name) is InquiryState.CLOSED


@pytest.mark.parametrize("how", ["refused by its author", "not taken in", "taken back"])
def test_a_proposal_that_came_to_nothing_leaves_no_words(nominations: Nominations, store: Store, how: str) -> None:
    """Nobody said them to Solmu; all that stays is that it was proposed, without by whom."""
    name = nominations.nominate(NOTE, FINDER)
    curation = Curation(store, SetClock(), FixedRoles([COORDINATOR]))
    if how == "refused by its author":
        curation.refuse(name, AUTHOR)
    else:
        curation.agree(name, AUTHOR, "")
        if how == "not taken in":
            curation.dismiss(name, COORDINATOR)
        else:
            curation.approve(name, Edited(NOTE.question, NOTE.text, Audience.MEMBERS), COORDINATOR)
            curation.retract(name, AUTHOR)
    with store.reading() as work:
        left = work.inquiries.get(name)
        with pytest.raises(NotFoundError):
            work.inquiries.reply(name, NOTE.ts)
    assert (left.asker, left.text, left.state) == (NOBODY, "", InquiryState.CLOSED)


@pytest.mark.parametrize(
    ("changed", "error"),
    [
        ({"question": " "}, NothingAskedError),
        ({"text": ""}, NothingAskedError),
        ({"text": "Potilas 131052-308T sai lääkkeen."}, IdentityCodeError),
    ],
)
def test_what_may_not_be_kept_is_not(
    nominations: Nominations, store: Store, changed: dict[str, str], error: type[Exception]
) -> None:
    """No words, or a personal identity code in them: nobody is asked."""
    with pytest.raises(error):
        nominations.nominate(dataclasses.replace(NOTE, **changed), FINDER)  # type: ignore[arg-type]
    assert _letters(store, AUTHOR) == []


def test_what_is_said_below_the_message_is_no_reply(nominations: Nominations, store: Store) -> None:
    """Its thread is people's own, and Solmu has nothing to post for it."""
    nominations.nominate(NOTE, FINDER)
    inquiries = Inquiries(store, SetClock())
    assert not inquiries.hear(Heard(NOTE.channel, NOTE.ts, "7.2", FINDER, "Kiitos!"))
    assert inquiries.waiting() == []
