"""A small part of `python -m tests.hostile payloads`: a real bot besieged, and people who go on asking it."""

from __future__ import annotations

from pathlib import Path

from tests.hostile.listening import names
from tests.hostile.siege import besiege
from tests.scenario.bot_process import copy_index

MUTANTS = 200


def test_a_siege_changes_nothing(built_index: Path, tmp_path: Path) -> None:
    """Nothing crashes or hangs, nothing unsigned is heard, no words are logged, each good question has one answer."""
    damage = besiege(copy_index(built_index, tmp_path / "data"), MUTANTS, 3)
    assert damage.findings == []
    assert (damage.sent, damage.questions) == (MUTANTS, 2)
    assert damage.peak_mb < damage.before_mb + 300


def test_every_listener_is_besieged() -> None:
    """The names come from the bot's own table: what is added there is besieged without a word here."""
    assert {("event", "message"), ("command", "/kysy"), ("view", "profile_save")} <= set(names())
    assert len(names()) > 100
