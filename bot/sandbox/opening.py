"""What the invented people wrote before the visitor came, so that the workspace is not an empty one."""

from __future__ import annotations

from bot.sandbox.seed import ADMIN, COORDINATOR, EVENTS, GENERAL, GUEST, PARTNERS
from bot.sandbox.values import Message
from bot.sandbox.workspace import Workspace

MESSAGES = (
    (
        GENERAL,
        COORDINATOR,
        (
            "Tervetuloa Valokehän työtilaan! Täällä jaetaan kokeilujen oppeja puolin ja toisin. "
            "Kysy rohkeasti: jos vastaus on jo verkoston aineistossa, Solmu löytää sen lähteineen."
        ),
    ),
    (
        GENERAL,
        ADMIN,
        "Hej på er! Här kan ni skriva på svenska också. Solmu svarar på det språk som ni frågar på.",
    ),
    (
        EVENTS,
        COORDINATOR,
        (
            "Tekoälyaamu on tuttuun tapaan joka toinen keskiviikko klo 8.30–9.30. "
            "Seuraavalla kerralla kuullaan, miten puheentunnistus on sujunut kotihoidossa."
        ),
    ),
    (
        PARTNERS,
        GUEST,
        "Terveisiä Pohjanlinnasta! Onko jollakulla kokemuksia kaatumisten tunnistamisesta palveluasumisessa?",
    ),
)


def furnish(workspace: Workspace) -> None:
    """Post it all, without a word to the bot: it was written before the bot came."""
    for channel, author, text in MESSAGES:
        workspace.add(Message(channel, "", author, text))
