"""Who does the same as oneself, and why: both sides' own words, with the offer to be introduced."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.blocks.elements import TEXTS, Block, beside, divider, fallback, paragraph, shorten
from bot.blocks.forms import button
from bot.blocks.introductions import INTRODUCE, ground_blocks
from bot.blocks.own_profile import creation
from bot.blocks.status import notice
from bot.delivery import Outgoing
from knowledge.introductions.relatives import Relative
from knowledge.model import Language, MemberId

LONGEST = 200


def relatives_message(found: Sequence[Relative], names: Mapping[MemberId, str], language: Language) -> Outgoing:
    """The answer to `/verkosto minulle`; the next step where there is nobody."""
    if not found:
        return notice("relatives.none", language)
    opening = TEXTS.get("relatives.opening", language)
    blocks: list[Block] = [paragraph(opening)]
    for each in found:
        blocks += relative_blocks(each, names, language)
    return Outgoing(fallback(opening), blocks)


def no_profile_message(language: Language) -> Outgoing:
    """What to do first."""
    told = notice("relatives.no_profile", language)
    told.blocks.append(creation(language))
    return told


def relative_blocks(relative: Relative, names: Mapping[MemberId, str], language: Language) -> list[Block]:
    """One of them, set apart by a line."""
    seen, ground = relative.seen, relative.ground
    name = names.get(seen.member, "") if seen.is_named else ""
    known = [name or TEXTS.get("network.somebody", language), seen.role, relative.organisation]
    who = " · ".join(shorten(part, LONGEST) for part in known if part)
    offer = button(INTRODUCE, TEXTS.get("network.introduce", language), value=relative.handle)
    own, other = (TEXTS.get(f"introduction.quote.{whose}", language) for whose in ("own", "other"))
    quotes = [(own, ground.first), (other, ground.second)]
    return [divider(), beside(who, offer), *ground_blocks(ground.aspect, ground.shared, quotes, language)]
