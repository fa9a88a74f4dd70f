"""The language in which somebody wants to be spoken to, chosen with or without a profile."""

from __future__ import annotations

from knowledge.model import Language, MemberId
from knowledge.ports import UnitOfWorkFactory


class Languages:
    """Keeps what people choose."""

    def __init__(self, uow: UnitOfWorkFactory) -> None:
        self._uow = uow

    def choose(self, member: MemberId, language: Language) -> None:
        """Speak this language with them from now on."""
        with self._uow() as work:
            work.languages.put(member, language)
            work.commit()

    def forget(self, member: MemberId) -> None:
        """Erase the choice."""
        with self._uow() as work:
            work.languages.forget(member)
            work.commit()
