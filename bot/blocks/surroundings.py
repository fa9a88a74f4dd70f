"""What somebody is shown when they have made a profile: who does the same, what others do, which events are coming."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.blocks.elements import TEXTS, Block, fallback, paragraph, shorten, small_print
from bot.blocks.network import listing_blocks
from bot.blocks.programme import dated_blocks
from bot.blocks.relatives import relative_blocks
from bot.delivery import Outgoing
from knowledge.events.programme import Dated, Told
from knowledge.introductions.surroundings import Surroundings
from knowledge.members.listing import Listing
from knowledge.model import Language, MemberId

LONGEST_TOPIC = 80


@dataclass(frozen=True, slots=True)
class Coming:
    """Events that can be signed up for at the moment `now`."""

    now: datetime
    dates: Sequence[Dated] = ()


def surroundings_message(
    around: Surroundings, coming: Coming, names: Mapping[MemberId, str], language: Language
) -> Outgoing:
    """People with the reason, then use cases, then events; where there is nothing, what to do meanwhile."""
    if around.is_empty and not coming.dates:
        return _nothing(around, language)
    opening = TEXTS.get("near.opening", language)
    blocks: list[Block] = [paragraph(opening)]
    if around.relatives:
        blocks += [paragraph(TEXTS.get("relatives.opening", language))]
        blocks += [block for each in around.relatives for block in relative_blocks(each, names, language)]
    if around.works:
        blocks += [paragraph(TEXTS.get("near.works", language))]
        blocks += listing_blocks(Listing("", around.works), names, language, people_first=False)
    if coming.dates:
        blocks += [paragraph(TEXTS.get("near.events", language))]
        for each in coming.dates:
            blocks += dated_blocks(each, Told.COMING, language, coming.now)
    return Outgoing(fallback(opening), [*blocks, small_print(TEXTS.get("near.later", language))])


def _nothing(around: Surroundings, language: Language) -> Outgoing:
    topic = shorten(around.topics[0], LONGEST_TOPIC) if around.topics else TEXTS.get("near.example", language)
    text = TEXTS.get("near.nothing", language, topic=topic)
    return Outgoing(fallback(text), [paragraph(text)])
