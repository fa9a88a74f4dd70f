"""The card of an announcement: what stands in channels, the same for everybody, in one language or several."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bot.blocks.card_facts import facts_of, heading_of, own_line, state_of
from bot.blocks.elements import (
    TEXTS,
    Block,
    bullets,
    divider,
    fallback,
    header,
    is_web_address,
    line,
    rich,
    shorten,
    small_print,
    title,
    words,
)
from bot.blocks.forms import actions, button
from bot.blocks.prose import prose
from bot.blocks.times import span
from bot.delivery import Outgoing
from knowledge.events.scenes import Held, Scene
from knowledge.model import AnnouncementKind, AnnouncementState, Language, Material

GOING, MAYBE, NOT_GOING = "event_going", "event_maybe", "event_not_going"
CALENDAR, PEOPLE = "event_calendar", "event_people"
"""Actions of the buttons; their value is the occurrence's id."""
OPEN_LINK = "card_link"
TEXT_SIZES = (3000, 2000, 1200, 600, 250)
MOST_LETTERS = 11_000
"""Slack refuses messages whose blocks hold more than about 13,000 characters together."""
MOST_MATERIALS, LONGEST_TITLE, LONGEST_ADDRESS = 10, 120, 400


def card(scene: Scene, languages: Sequence[Language]) -> Outgoing:
    """The announcement as it is at the scene's moment: its wordings one after another, the buttons once.

    A text is cut where all of them together are longer than Slack takes.
    """
    cards = (Outgoing(_summary(scene, languages[0]), _blocks(scene, languages, most)) for most in TEXT_SIZES)
    return next((made for made in cards if _letters(made.blocks) <= MOST_LETTERS), _last_resort(scene, languages))


def sign_up_buttons(held: Held, language: Language, *, is_open: bool = True, has_seat: bool = False) -> Block:
    """What one can say about an occurrence; once sign-up is closed, only what one can look at.

    `has_seat` where they are for one person who has a seat already.
    """
    name = held.occurrence.id
    says = (
        button(
            GOING,
            TEXTS.get("card.button.queue" if held.is_full and not has_seat else "card.button.going", language),
            value=name,
            style="primary",
        ),
        button(MAYBE, TEXTS.get("card.button.maybe", language), value=name),
        button(NOT_GOING, TEXTS.get("card.button.not_going", language), value=name),
    )
    return actions(
        *(says if is_open else ()),
        button(CALENDAR, TEXTS.get("card.button.calendar", language), value=name),
        button(PEOPLE, TEXTS.get("card.button.people", language), value=name),
    )


def _summary(scene: Scene, language: Language) -> str:
    parts = [heading_of(scene, language)]
    if scene.gatherings:
        gathering = scene.gatherings[0]
        shown = gathering.shown.occurrence
        parts.append(span(shown.starts_at, shown.ends_at, gathering.event.zone, language))
    return fallback(" – ".join(parts))


def _blocks(scene: Scene, languages: Sequence[Language], most: int) -> list[Block]:
    blocks: list[Block] = []
    for language in languages:
        blocks += [divider()] if blocks else []
        blocks += _wording(scene, language, most)
    materials = scene.gatherings[0].event.materials if scene.gatherings else ()
    blocks += materials_of(materials, languages[0])
    return [*blocks, *_buttons(scene, languages[0])]


def _wording(scene: Scene, language: Language, most: int) -> list[Block]:
    announcement = scene.announcement
    blocks = [header(heading_of(scene, language))]
    if announcement.kind is not AnnouncementKind.EVENT:
        blocks.insert(0, small_print(TEXTS.get(f"card.kind.{announcement.kind.value}", language)))
    lines = [*state_of(scene, language), *facts_of(scene, language)]
    blocks += [rich(line(*own_line(lines)))] if lines else []
    text = announcement.wording(language).text
    blocks += [prose(text, most)] if text.strip() else []
    return blocks


def materials_of(materials: Sequence[Material], language: Language) -> list[Block]:
    """What there is to read; nothing where there is nothing."""
    shown = [each for each in materials if len(each.url) <= LONGEST_ADDRESS][:MOST_MATERIALS]
    if not shown:
        return []
    heading = line(words(TEXTS.get("card.materials", language), bold=True))
    return [rich(heading, bullets(*(line(title(shorten(each.title, LONGEST_TITLE), each.url)) for each in shown)))]


def _buttons(scene: Scene, language: Language) -> list[Block]:
    announcement = scene.announcement
    if announcement.state is AnnouncementState.CANCELLED:
        return []
    buttons: list[Block] = []
    if is_web_address(announcement.link):
        opened = button(OPEN_LINK, TEXTS.get(f"card.link.{announcement.kind.value}", language))
        buttons.append(actions(opened | {"url": announcement.link}))
    if scene.gatherings and scene.gatherings[0].coming:
        held = scene.gatherings[0].shown
        buttons.append(sign_up_buttons(held, language, is_open=held.is_open(scene.now)))
    return buttons


def _last_resort(scene: Scene, languages: Sequence[Language]) -> Outgoing:
    """In the first language alone, for what is longer than any sense."""
    return Outgoing(_summary(scene, languages[0]), _blocks(scene, languages[:1], TEXT_SIZES[-1]))


def _letters(block: Any) -> int:
    """How many characters of text and addresses blocks hold."""
    if isinstance(block, dict):
        own = sum(len(value) for name, value in block.items() if name in {"text", "url"} and isinstance(value, str))
        return own + sum(_letters(value) for value in block.values() if isinstance(value, (dict, list)))
    return sum(_letters(each) for each in block) if isinstance(block, list) else 0
