"""The windows in which a contact or a coordinator hands an organisation's contact over, and what follows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.blocks.elements import TEXTS, Block, paragraph, shorten
from bot.blocks.forms import MENU, OPTION, Choice, actions, field, menu, modal
from knowledge.model import NOBODY, Language, MemberId, Organisation, OrganisationId

CHOOSE, APPOINT, GIVE = "contact_organisation", "contact_appoint", "contact_save"
PERSON = "person"
LONGEST_NAME = 200


def choosing_modal(organisations: Sequence[Organisation], language: Language) -> Block:
    """Of which organisation it is."""
    return _window(_organisation_menu(organisations, OrganisationId(""), language), language)


def appointing_modal(
    organisations: Sequence[Organisation],
    chosen: OrganisationId,
    people: Mapping[MemberId, str],
    language: Language,
) -> Block:
    """To whom it goes: `people` are those of the chosen organisation who can be named, with their names."""
    first = _organisation_menu(organisations, chosen, language)
    if not people:
        return _window([*first, paragraph(TEXTS.get("contact.staff.nobody", language))], language)
    submit = TEXTS.get("contact.staff.submit", language)
    return _window(
        [*first, _person_field(people, language)], language, submit=submit, metadata=_about(chosen, language)
    )


def appointed_modal(organisation: str, name: str, before: MemberId, language: Language) -> Block:
    """What was done, and who is told of it; `before` is NOBODY where there was no contact."""
    values = {"organisation": shorten(organisation, LONGEST_NAME), "person": shorten(name, LONGEST_NAME)}
    told = TEXTS.get("contact.staff.first" if before == NOBODY else "contact.staff.done", language, **values)
    return _window([paragraph(told)], language)


def handing_modal(organisation: str, people: Mapping[MemberId, str], language: Language) -> Block:
    """To which colleague its contact hands it over: `people` are those who can be named, with their names."""
    name = shorten(organisation, LONGEST_NAME)
    if not people:
        return _window([paragraph(TEXTS.get("contact.give.nobody", language, organisation=name))], language)
    intro = paragraph(TEXTS.get("contact.intro", language, organisation=name))
    submit = TEXTS.get("contact.submit", language)
    return _window([intro, _person_field(people, language)], language, submit=submit, callback=GIVE)


def given_modal(name: str, language: Language) -> Block:
    """That it is handed over, and that the colleague is told."""
    told = TEXTS.get("contact.give.done", language, person=shorten(name, LONGEST_NAME))
    return _window([paragraph(told)], language)


def not_yours_modal(language: Language) -> Block:
    """For whoever asks from an older message, and is the contact no more."""
    return _window([paragraph(TEXTS.get("contact.give.late", language))], language)


def what_about(metadata: object) -> tuple[str, OrganisationId]:
    """The code of the language and the organisation that a window carries; anybody may have changed them."""
    code, _, organisation = str(metadata or "").partition(" ")
    return code, OrganisationId(organisation)


def _about(organisation: OrganisationId, language: Language) -> str:
    return f"{language.value} {organisation}"


def _person_field(people: Mapping[MemberId, str], language: Language) -> Block:
    by_name = sorted(people.items(), key=lambda pair: pair[1].casefold())[:MENU]
    person = menu([Choice(member, name) for member, name in by_name], "", TEXTS.get("contact.choose", language))
    hint = TEXTS.get("contact.staff.hint", language)
    return field(PERSON, TEXTS.get("contact.successor", language), person, hint=hint, needed=True)


def _window(
    blocks: Sequence[Block], language: Language, *, submit: str = "", metadata: str = "", callback: str = APPOINT
) -> Block:
    return modal(
        callback,
        TEXTS.get("contact.title", language),
        blocks,
        close=TEXTS.get("form.cancel" if submit else "form.close", language),
        submit=submit,
        metadata=metadata or language.value,
    )


def _organisation_menu(
    organisations: Sequence[Organisation], chosen: OrganisationId, language: Language
) -> list[Block]:
    has, has_not = TEXTS.get("contact.staff.has", language), TEXTS.get("contact.staff.has_not", language)
    choices = [
        Choice(each.id, shorten(each.name, OPTION), has_not if each.contact == NOBODY else has)
        for each in organisations
    ]
    listed = menu(choices, chosen, TEXTS.get("contact.staff.organisation", language))
    return [paragraph(TEXTS.get("contact.staff.intro", language)), actions(listed | {"action_id": CHOOSE})]
