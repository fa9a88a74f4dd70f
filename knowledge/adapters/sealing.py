"""Secrets at rest: sealed with the newest of several keys, opened with any of them."""

from __future__ import annotations

from collections.abc import Sequence

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from knowledge.errors import SettingsError, SolmuError

MAKE_ONE = "make one with `python -m bot new-key`"


class SealBrokenError(SolmuError):
    """Something was sealed with a key that is not there, for somebody else, or was changed since."""


class Seal:
    """Seals with the first of `keys`; what is sealed tells for whom, so that nobody can swap two secrets."""

    def __init__(self, keys: Sequence[str]) -> None:
        self._boxes = MultiFernet([_box(key, number) for number, key in enumerate(keys, 1)])

    def seal(self, secret: str, owner: str) -> str:
        """What can be stored in the open."""
        return self._boxes.encrypt(f"{owner} {secret}".encode()).decode()

    def open(self, sealed: str, owner: str) -> str:
        """The secret; raises SealBrokenError."""
        try:
            sealed_for, _, secret = self._boxes.decrypt(sealed.encode()).decode().partition(" ")
        except InvalidToken as error:
            raise SealBrokenError(_broken(owner)) from error
        if sealed_for != owner:
            raise SealBrokenError(_broken(owner))
        return secret

    def renewed(self, sealed: str, owner: str) -> str:
        """The same secret sealed anew with the newest key; raises SealBrokenError."""
        return self.seal(self.open(sealed, owner), owner)


def new_key() -> str:
    """A key that nobody has."""
    return Fernet.generate_key().decode()


def _box(key: str, number: int) -> Fernet:
    try:
        return Fernet(key)
    except ValueError as error:
        message = f"Key {number} of SOLMU_TOKEN_KEYS is not a key of 32 bytes in base64; {MAKE_ONE}."
        raise SettingsError(message) from error


def _broken(owner: str) -> str:
    return (
        f"The token of workspace {owner} cannot be opened with SOLMU_TOKEN_KEYS; "
        "add the key that it was sealed with, or install Solmu there again."
    )
