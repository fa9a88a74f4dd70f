"""What somebody new in the workspace is told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.blocks.elements import TEXTS, Block, bullets, fallback, line, paragraph, rich, small_print, title, words
from bot.blocks.forms import actions, button
from bot.blocks.own_profile import EDIT
from bot.delivery import Outgoing
from knowledge.model import Language

SPEAK = "welcome_speak_"
"""Followed by the code of the language that the message is to be drawn in."""
SPOKEN = (Language.FI, Language.SV, Language.EN)


@dataclass(frozen=True, slots=True)
class Joining:
    """How an organisation joins: a page that tells, or the names of those who know."""

    url: str
    coordinators: Sequence[str]


def welcome_message(joining: Joining, language: Language) -> Outgoing:
    """The greeting; its last row leads to the profile, and to the other languages."""
    greeting = TEXTS.get("welcome", language)
    others = [each for each in SPOKEN if each is not language]
    lines = [line(words(TEXTS.get(f"welcome.{number}", language))) for number in (1, 2, 3)]
    switches = [button(f"{SPEAK}{each.value}", TEXTS.get("welcome.switch", each)) for each in others]
    create = button(EDIT, TEXTS.get("profile.create", language), value=language.value, style="primary")
    return Outgoing(
        fallback(greeting),
        [
            paragraph(greeting),
            rich(bullets(*lines)),
            *_how_to_join(joining, language),
            paragraph(TEXTS.get("welcome.profile", language)),
            actions(create, *switches),
            small_print(" ".join(TEXTS.get("welcome.i_speak", each) for each in others)),
        ],
    )


def _how_to_join(joining: Joining, language: Language) -> list[Block]:
    if joining.url:
        page = title(TEXTS.get("welcome.join.page", language), joining.url)
        return [rich(line(words(TEXTS.get("welcome.join", language) + " "), page))]
    if joining.coordinators:
        return [paragraph(TEXTS.get("welcome.join.ask", language, names=", ".join(joining.coordinators)))]
    return []
