"""Who does and who knows what, as a message: organisations with their use cases, and people as far as they agreed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.blocks.elements import (
    TEXTS,
    Block,
    beside,
    bullets,
    divider,
    fallback,
    header,
    line,
    paragraph,
    rich,
    shorten,
    small_print,
    title,
    words,
)
from bot.blocks.forms import button
from bot.blocks.introductions import INTRODUCE
from bot.delivery import Outgoing
from knowledge.answering.rendering import stage_name
from knowledge.members.listing import Doing, Knower, Knows, Listing
from knowledge.model import NO_HANDLE, DocumentId, Handle, Language, MemberId, OrganisationKind, UseCase

LONGEST_TITLE = 200
LONGEST_NAME = 100
LONGEST_WORDS = 400
Names = Mapping[MemberId, str]
"""What people who agreed to be named are called."""


def listing_message(listing: Listing, names: Names, language: Language) -> Outgoing:
    """The answer to `/verkosto`: what there is on a topic, or the next step where there is nothing."""
    topic = shorten(listing.topic, LONGEST_NAME)
    if listing.is_empty:
        text = TEXTS.get("network.empty", language, topic=topic)
        return Outgoing(fallback(text), [paragraph(text)])
    opening = TEXTS.get("network.opening", language, topic=topic)
    return Outgoing(fallback(opening), [header(opening), *listing_blocks(listing, names, language, people_first=False)])


def listing_blocks(listing: Listing, names: Names, language: Language, *, people_first: bool) -> list[Block]:
    """Organisations and people with what can be done about them; people who come first need no heading."""
    doing = _section("doing", [block for each in listing.doing for block in _doing(each, language)], language)
    if listing.more_doing and doing:
        doing.append(small_print(TEXTS.get("network.more", language, count=listing.more_doing)))
    people = [_person(each, names, language) for each in listing.people]
    people = people if people_first else _section("people", people, language)
    if listing.more_people and people:
        people.append(small_print(TEXTS.get("network.more", language, count=listing.more_people)))
    first, second = (people, doing) if people_first else (doing, people)
    return [*first, *([divider()] if first and second else []), *second]


def contact_blocks(
    use_cases: Sequence[UseCase], contacts: Mapping[DocumentId, Handle], language: Language
) -> list[Block]:
    """The offer to be introduced to those behind the use cases, once for each."""
    by_handle: dict[Handle, UseCase] = {}
    for each in use_cases:
        if each.document in contacts:
            by_handle.setdefault(contacts[each.document], each)
    return [_contact(each.organisation, handle, language) for handle, each in by_handle.items()]


def _section(part: str, blocks: Sequence[Block], language: Language) -> list[Block]:
    return [rich(line(words(TEXTS.get(f"network.{part}", language), bold=True))), *blocks] if blocks else []


def _doing(doing: Doing, language: Language) -> list[Block]:
    name = [words(shorten(doing.organisation, LONGEST_NAME) or "–", bold=True)]
    kind = "" if doing.kind is OrganisationKind.UNKNOWN else TEXTS.get(f"kind.{doing.kind.value}", language)
    if kind and kind not in doing.organisation.casefold():
        name.append(words(f" · {kind}"))
    cases = [bullets(*(_use_case(each, language) for each in doing.use_cases))] if doing.use_cases else []
    here = TEXTS.get("network.contact_here", language)
    offer = [beside(here, _introduce(doing.contact, language))] if doing.contact != NO_HANDLE else []
    return [rich(line(*name), *cases), *offer]


def _use_case(use_case: UseCase, language: Language) -> Block:
    stage = stage_name(use_case.stage, language)
    pieces = [title(shorten(use_case.title, LONGEST_TITLE), use_case.url)]
    return line(*pieces, *([words(f" – {shorten(stage, LONGEST_NAME)}")] if stage else []))


def _contact(organisation: str, handle: Handle, language: Language) -> Block:
    text = TEXTS.get("network.contact", language, organisation=shorten(organisation, LONGEST_NAME))
    return beside(text, _introduce(handle, language))


def _person(knower: Knower, names: Names, language: Language) -> Block:
    told = [_who(knower, names, language), _words(knower, language)]
    text = "\n".join(told)
    return paragraph(text) if knower.reach == NO_HANDLE else beside(text, _introduce(knower.reach, language))


def _who(knower: Knower, names: Names, language: Language) -> str:
    """Name, role and organisation, each where it is shown; who has no name is somebody."""
    name = names.get(knower.shown.member, "") if knower.shown.is_named else ""
    known = [name or TEXTS.get("network.somebody", language), knower.shown.role, knower.organisation]
    return " · ".join(shorten(each, LONGEST_NAME) for each in known if each)


def _words(knower: Knower, language: Language) -> str:
    said = shorten(knower.words, LONGEST_WORDS)
    if knower.knows is Knows.USE_CASE:
        stage = stage_name(knower.stage, language)
        said = f"{said} ({shorten(stage, LONGEST_NAME)})" if stage else said
    return TEXTS.get(f"network.knows.{knower.knows.value}", language, words=said)


def _introduce(handle: Handle, language: Language) -> Block:
    return button(INTRODUCE, TEXTS.get("network.introduce", language), value=handle)
