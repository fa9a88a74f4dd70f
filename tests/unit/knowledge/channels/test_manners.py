"""Quiet hours and languages of a channel."""

from __future__ import annotations

from datetime import time

import pytest

from knowledge.model import ChannelId, Language, Manners

NIGHT = Manners(ChannelId("C1"), quiet_from=time(18), quiet_until=time(8))
LUNCH = Manners(ChannelId("C1"), quiet_from=time(11), quiet_until=time(12, 30))


@pytest.mark.parametrize(
    ("manners", "at", "is_quiet"),
    [
        (NIGHT, time(18), True),
        (NIGHT, time(23, 59), True),
        (NIGHT, time(7, 59), True),
        (NIGHT, time(8), False),
        (NIGHT, time(17, 59), False),
        (LUNCH, time(11), True),
        (LUNCH, time(12, 30), False),
        (LUNCH, time(2), False),
        (Manners(ChannelId("C1")), time(0), False),
        (Manners(ChannelId("C1")), time(12), False),
    ],
)
def test_quiet_hours_begin_and_end_on_time(manners: Manners, at: time, is_quiet: bool) -> None:  # noqa: FBT001
    """Also those past midnight; without any it is never quiet."""
    assert manners.is_quiet(at) is is_quiet


def test_a_channel_without_languages_minds_all() -> None:
    """With some it minds those, and what is of no certain language."""
    swedish = Manners(ChannelId("C1"), languages=(Language.SV,))
    assert all(NIGHT.minds(language) for language in Language)
    assert [language for language in Language if swedish.minds(language)] == [Language.SV, Language.UNKNOWN]
