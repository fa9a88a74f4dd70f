"""The form about whom one does not want to meet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from bot.blocks.elements import TEXTS, Block, bullets, line, paragraph, plain, rich, words
from bot.blocks.forms import LABEL, Choice, checkboxes, field, menu_of_several, modal
from bot.blocks.own_profile import day_text
from bot.blocks.profile import organisation_choices
from knowledge.model import Exclusion, Language, Organisation, OrganisationId, user_of

KEEP = "wishes_save"
PEOPLE, ORGANISATIONS, FOR_ALL, UNTIL, BLIND = "people", "organisations", "for_all", "until", "blind"
ALL = "all"
MOST_LISTED = 20
MOST_BOXES = 10
Names = Mapping[OrganisationId, str]


def wishes_modal(wishes: Sequence[Exclusion], organisations: Sequence[Organisation], language: Language) -> Block:
    """Whom one does not want to meet, as it stands and to be changed."""
    people = [user_of(wish.member) for wish in wishes if wish.member]
    names = {each.id: each.name for each in organisations}
    chosen = {wish.organisation for wish in wishes if wish.organisation}
    blocks = [
        paragraph(TEXTS.get("wishes.intro", language)),
        *_as_they_are(wishes, names, language),
        *_blind_field(wishes, names, language),
        field(PEOPLE, TEXTS.get("wishes.people", language), _people_menu(people, language)),
        *_organisation_field(organisations, chosen, language),
        *_reach_fields(language),
    ]
    return modal(
        KEEP,
        TEXTS.get("wishes.title", language),
        blocks,
        close=TEXTS.get("form.cancel", language),
        submit=TEXTS.get("form.save", language),
        metadata=language.value,
    )


def _people_menu(chosen: Sequence[str], language: Language) -> Block:
    placeholder = plain(TEXTS.get("wishes.people.choose", language), LABEL)
    made: Block = {"type": "multi_users_select", "placeholder": placeholder}
    return made | ({"initial_users": list(chosen)} if chosen else {})


def _organisation_field(
    organisations: Sequence[Organisation], chosen: set[OrganisationId], language: Language
) -> list[Block]:
    if not organisations:
        return []
    choices = organisation_choices(organisations)
    of_several = menu_of_several(choices, chosen, TEXTS.get("wishes.organisations.choose", language))
    return [field(ORGANISATIONS, TEXTS.get("wishes.organisations", language), of_several)]


def _blind_field(wishes: Sequence[Exclusion], names: Names, language: Language) -> list[Block]:
    """Those about people who are not named: in no picker, so that they are taken back only where that is said."""
    blind = sorted((wish for wish in wishes if wish.is_blind), key=lambda wish: wish.suggested_on)
    if not blind:
        return []
    choices = [_blind_choice(wish, names, language) for wish in blind]
    placeholder = TEXTS.get("wishes.blind.choose", language)
    boxes = checkboxes(choices, ()) if len(choices) <= MOST_BOXES else menu_of_several(choices, (), placeholder)
    return [field(BLIND, TEXTS.get("wishes.blind", language), boxes)]


def _blind_choice(wish: Exclusion, names: Names, language: Language) -> Choice:
    about = _reach(wish, names, language) if wish.for_all or wish.until < date.max else ""
    if wish.suggestion:
        day = day_text(wish.suggested_on, language)
        return Choice(wish.key, TEXTS.get("wishes.blind.suggested", language, day=day), about)
    return Choice(wish.key, TEXTS.get("wishes.blind.erased", language), about)


def _reach_fields(language: Language) -> list[Block]:
    for_all = Choice(ALL, TEXTS.get("wishes.for_all", language), TEXTS.get("wishes.for_all.about", language))
    hint = TEXTS.get("wishes.new.hint", language)
    return [
        field(FOR_ALL, TEXTS.get("wishes.reach", language), checkboxes([for_all], ())),
        field(UNTIL, TEXTS.get("wishes.until", language), {"type": "datepicker"}, hint=hint),
    ]


def _as_they_are(wishes: Sequence[Exclusion], names: Names, language: Language) -> list[Block]:
    """How far those reach that stand in the menus, which cannot tell."""
    reaching = [
        *((names[wish.organisation], _reach(wish, names, language)) for wish in wishes if wish.organisation in names),
        *_people_reached(wishes, names, language),
    ]
    lines = [line(words(f"{whom}: ", bold=True), words(reach)) for whom, reach in reaching[:MOST_LISTED]]
    return [rich(bullets(*lines))] if lines else []


def _people_reached(wishes: Sequence[Exclusion], names: Names, language: Language) -> Iterator[tuple[str, str]]:
    """How many of those chosen are meant for others too, or until a day."""
    far = [wish for wish in wishes if wish.member and (wish.for_all or wish.until < date.max)]
    for reach, count in Counter(_reach(wish, names, language) for wish in far).items():
        yield TEXTS.get("wishes.people.chosen", language, count=count), reach


def _reach(wish: Exclusion, names: Names, language: Language) -> str:
    whole = names.get(wish.on_behalf_of, "")
    who = TEXTS.get("wishes.whole", language, organisation=whole) if whole else TEXTS.get("wishes.me", language)
    until = TEXTS.get("wishes.until.day", language, day=day_text(wish.until, language)) if wish.until < date.max else ""
    return f"{who} {until}".strip()
