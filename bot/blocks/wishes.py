"""The form about whom one does not want to meet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from bot.blocks.elements import TEXTS, Block, bullets, line, paragraph, plain, rich, words
from bot.blocks.forms import LABEL, Choice, checkboxes, field, menu_of_several, modal
from bot.blocks.own_profile import day_text
from bot.blocks.profile import organisation_choices
from knowledge.model import Exclusion, Language, Organisation, OrganisationId, user_of

KEEP = "wishes_save"
PEOPLE, ORGANISATIONS, FOR_ALL, UNTIL = "people", "organisations", "for_all", "until"
ALL = "all"
MOST_LISTED = 20


def wishes_modal(wishes: Sequence[Exclusion], organisations: Sequence[Organisation], language: Language) -> Block:
    """Whom one does not want to meet, as it stands and to be changed."""
    people = [user_of(wish.member) for wish in wishes if wish.member]
    chosen = {wish.organisation for wish in wishes if wish.organisation}
    blocks = [
        paragraph(TEXTS.get("wishes.intro", language)),
        *_as_they_are(wishes, {each.id: each.name for each in organisations}, language),
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


def _reach_fields(language: Language) -> list[Block]:
    for_all = Choice(ALL, TEXTS.get("wishes.for_all", language), TEXTS.get("wishes.for_all.about", language))
    hint = TEXTS.get("wishes.new.hint", language)
    return [
        field(FOR_ALL, TEXTS.get("wishes.reach", language), checkboxes([for_all], ())),
        field(UNTIL, TEXTS.get("wishes.until", language), {"type": "datepicker"}, hint=hint),
    ]


def _as_they_are(wishes: Sequence[Exclusion], names: Mapping[OrganisationId, str], language: Language) -> list[Block]:
    """How far those about organisations reach: the menus cannot tell."""
    named = [(names[wish.organisation], wish) for wish in wishes if wish.organisation in names]
    lines = [line(words(f"{name}: ", bold=True), words(_reach(wish, language))) for name, wish in named[:MOST_LISTED]]
    return [rich(bullets(*lines))] if lines else []


def _reach(wish: Exclusion, language: Language) -> str:
    who = TEXTS.get("wishes.whole" if wish.for_all else "wishes.me", language)
    until = TEXTS.get("wishes.until.day", language, day=day_text(wish.until, language)) if wish.until < date.max else ""
    return f"{who} {until}".strip()
