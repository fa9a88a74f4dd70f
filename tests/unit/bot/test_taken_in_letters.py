"""Whoever asked and whoever replied are told that the answer was taken in, and its words where they may read it."""

from __future__ import annotations

from typing import cast

import pytest

from bot.letters.inquiries import InquiryLetters
from bot.naming import Naming
from bot.roles import Insiders
from bot.seeing import Seeing
from knowledge.inquiries.curating import Curation
from knowledge.inquiries.inquiring import Inquiries
from knowledge.model import Audience, CuratedAnswer, InquiryId, Language, LetterKind, MemberId, user_of
from knowledge.roles import FixedRoles
from tests.builders import letter
from tests.inquiring import curated_answer

ASKER, AUTHOR, COORDINATOR, GUEST = (MemberId(f"T1:U{name}") for name in ("ASKER", "AUTHOR", "COORD", "GUEST"))
WORDS, RETRACT = "Toimittaja vaihdetaan syksyllä.", "Poista vastaukseni"


class FakeCuration:
    """Holds one answer of the author's."""

    def __init__(self, audience: Audience) -> None:
        self._audience = audience

    def answer(self, _: InquiryId) -> CuratedAnswer:
        """The answer."""
        return curated_answer(author=AUTHOR, text=WORDS, audience=self._audience)


class House:
    """All but the guest belong to it."""

    def is_insider(self, user: str) -> bool:
        """Whether somebody does."""
        return user_of(MemberId(user)) != user_of(GUEST)


@pytest.mark.parametrize(
    ("audience", "to", "told"),
    [
        (Audience.MEMBERS, ASKER, [WORDS]),
        (Audience.MEMBERS, AUTHOR, [WORDS, RETRACT]),
        (Audience.COORDINATORS, ASKER, None),
        (Audience.COORDINATORS, AUTHOR, [RETRACT]),
        (Audience.COORDINATORS, COORDINATOR, [WORDS]),
        (Audience.MEMBERS, GUEST, None),
        (Audience.PUBLIC, GUEST, [WORDS]),
    ],
)
def test_only_those_who_may_read_an_answer_read_it(audience: Audience, to: MemberId, told: list[str] | None) -> None:
    """A coordinator may have written into it what is not for them; its author can take it back all the same."""
    seeing = Seeing(cast(Insiders, House()), FixedRoles([COORDINATOR]))
    letters = InquiryLetters(cast(Inquiries, None), cast(Curation, FakeCuration(audience)), cast(Naming, None), seeing)
    message = letters.taken_in(letter(to=to, kind=LetterKind.CURATED), Language.FI)
    shown = [each for each in (WORDS, RETRACT) if each in str(message.blocks)] if message else None
    assert shown == told
