"""Audiences: who may read what."""

from __future__ import annotations

import pytest

from knowledge.model import Audience


@pytest.mark.parametrize(
    ("reader", "readable"),
    [
        (Audience.PUBLIC, {Audience.PUBLIC}),
        (Audience.MEMBERS, {Audience.PUBLIC, Audience.MEMBERS}),
        (Audience.COORDINATORS, {Audience.PUBLIC, Audience.MEMBERS, Audience.COORDINATORS}),
    ],
)
def test_everybody_reads_their_own_and_wider_sources(reader: Audience, readable: set[Audience]) -> None:
    """A narrower circle reads what wider ones read, never the other way."""
    assert reader.readable == readable
