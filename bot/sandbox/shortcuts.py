"""The shortcuts that an app declares in its manifest."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class ShortcutKind(StrEnum):
    """Where a shortcut is offered: everywhere, or on a message."""

    GLOBAL = "global"
    MESSAGE = "message"


@dataclass(frozen=True, slots=True)
class Shortcut:
    """A shortcut as the manifest declares it; the fields bear its names."""

    callback_id: str
    name: str
    description: str
    type: ShortcutKind = ShortcutKind.GLOBAL


SHORTCUTS: tuple[Shortcut, ...] = (
    Shortcut("new_event", "Uusi tapahtuma", "Luonnostele tapahtuma (koordinaattoreille)"),
    Shortcut("new_announcement", "Uusi tiedote", "Luonnostele tiedote (koordinaattoreille)"),
    Shortcut(
        "answer_message",
        "Vastaa tähän",
        "Solmu vastaa viestin kysymykseen ketjussa tai vain sinulle",
        ShortcutKind.MESSAGE,
    ),
    Shortcut(
        "add_knowledge",
        "Lisää tietoon",
        "Viestin linkki Solmun lähteeksi, tai ehdotus ylläpitäjille",
        ShortcutKind.MESSAGE,
    ),
)
"""Those of Solmu's manifest."""
