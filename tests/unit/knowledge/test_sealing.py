"""Secrets at rest."""

from __future__ import annotations

import pytest

from knowledge.adapters.sealing import Seal, SealBrokenError, new_key
from knowledge.errors import SettingsError

OLD, NEW = new_key(), new_key()
TOKEN = "xoxb-1234"


def test_what_is_sealed_shows_nothing_and_opens_again() -> None:
    """Neither the secret nor its owner can be read; the same twice looks different."""
    seal = Seal([NEW])
    once, twice = seal.seal(TOKEN, "T1"), seal.seal(TOKEN, "T1")
    assert TOKEN not in once
    assert once != twice
    assert seal.open(once, "T1") == seal.open(twice, "T1") == TOKEN


def test_an_older_key_opens_until_everything_is_sealed_anew() -> None:
    """With the newest key first both are read; once renewed, the old key is needed no more."""
    sealed = Seal([OLD]).seal(TOKEN, "T1")
    renewed = Seal([NEW, OLD]).renewed(sealed, "T1")
    assert Seal([NEW]).open(renewed, "T1") == TOKEN
    with pytest.raises(SealBrokenError, match="workspace T1 cannot be opened"):
        Seal([NEW]).open(sealed, "T1")


def test_a_secret_of_another_workspace_does_not_open() -> None:
    """Whoever can write into the database cannot give a workspace the token of another, nor change one."""
    sealed = Seal([NEW]).seal(TOKEN, "T1")
    for broken, owner in ((sealed, "T2"), (sealed[:-4] + "AAA=", "T1"), ("xoxb-plain", "T1")):
        with pytest.raises(SealBrokenError):
            Seal([NEW]).open(broken, owner)


def test_a_key_that_is_none_is_named_by_its_place() -> None:
    """The sentence does not repeat the key."""
    with pytest.raises(SettingsError, match=r"Key 2 of SOLMU_TOKEN_KEYS is not a key") as caught:
        Seal([NEW, "sesame"])
    assert "sesame" not in str(caught.value)
