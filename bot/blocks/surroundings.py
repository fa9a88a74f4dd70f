"""What somebody is shown when they have made a profile: who does the same, what others do on their topics."""

from __future__ import annotations

from collections.abc import Mapping

from bot.blocks.elements import TEXTS, Block, fallback, paragraph, shorten, small_print
from bot.blocks.network import listing_blocks
from bot.blocks.relatives import relative_blocks
from bot.delivery import Outgoing
from knowledge.introductions.surroundings import Surroundings
from knowledge.members.listing import Listing
from knowledge.model import Language, MemberId

LONGEST_TOPIC = 80


def surroundings_message(around: Surroundings, names: Mapping[MemberId, str], language: Language) -> Outgoing:
    """People with the reason, then use cases; where there is neither, what to do meanwhile."""
    if around.is_empty:
        return _nothing(around, language)
    opening = TEXTS.get("near.opening", language)
    blocks: list[Block] = [paragraph(opening)]
    if around.relatives:
        blocks += [paragraph(TEXTS.get("relatives.opening", language))]
        blocks += [block for each in around.relatives for block in relative_blocks(each, names, language)]
    if around.works:
        blocks += [paragraph(TEXTS.get("near.works", language))]
        blocks += listing_blocks(Listing("", around.works), names, language, people_first=False)
    return Outgoing(fallback(opening), [*blocks, small_print(TEXTS.get("near.later", language))])


def _nothing(around: Surroundings, language: Language) -> Outgoing:
    topic = shorten(around.topics[0], LONGEST_TOPIC) if around.topics else TEXTS.get("near.example", language)
    text = TEXTS.get("near.nothing", language, topic=topic)
    return Outgoing(fallback(text), [paragraph(text)])
