"""The form in which somebody tells of themselves, and what they read once it is kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.blocks.elements import TEXTS, Block, paragraph, shorten
from bot.blocks.forms import OPTION, Choice, checkboxes, field, menu, modal, text_input
from knowledge.members.drafts import (
    LONGEST_NAME,
    LONGEST_ROLE,
    LONGEST_TEXT,
    LONGEST_TOPIC,
    MOST_TOPICS,
    Field,
    Trouble,
)
from knowledge.model import Consent, Language, Member, Organisation

SAVE = "profile_save"
SAVED = "profile_saved"
KNOWN, NAME, ROLE = "organisation_known", "organisation_name", "role"
SPOKEN, LANGUAGES = "spoken", "languages"
TOPICS, OFFERS, SEEKS = "topics", "offers", "seeks"
SHOWN, ALLOWED = "shown", "allowed"
PLACES = {
    Field.ORGANISATION: NAME,
    Field.ROLE: ROLE,
    Field.LANGUAGES: SPOKEN,
    Field.TOPICS: TOPICS,
    Field.OFFERS: OFFERS,
    Field.SEEKS: SEEKS,
}
"""Where what is wrong with a part of the profile is told."""
TOLD = (
    Consent.NAME,
    Consent.ORGANISATION,
    Consent.ROLE,
    Consent.LANGUAGES,
    Consent.TOPICS,
    Consent.OFFERS,
    Consent.SEEKS,
)
DONE = (Consent.ROUNDS, Consent.QUESTIONS, Consent.EVENTS)
LANGUAGE_NAMES = {Language.FI: "suomi", Language.SV: "svenska", Language.EN: "English"}
"""Each in its own language, so that everybody finds theirs."""


@dataclass(frozen=True, slots=True)
class Filling:
    """What the form begins with; nothing is chosen, and no consent given, before somebody does so.

    `spoken` is in which language to speak with them; UNKNOWN stands for the form's own.
    """

    organisation: str = ""
    role: str = ""
    languages: tuple[Language, ...] = ()
    topics: tuple[str, ...] = ()
    offers: str = ""
    seeks: str = ""
    consents: frozenset[Consent] = frozenset()
    spoken: Language = Language.UNKNOWN


def filling_of(member: Member) -> Filling:
    """The form of somebody who has a profile."""
    return Filling(
        member.organisation,
        member.role,
        member.languages,
        member.topics,
        member.offers,
        member.seeks,
        member.consents,
    )


def profile_modal(filling: Filling, organisations: Sequence[Organisation], language: Language) -> Block:
    """The form."""
    blocks = [
        paragraph(TEXTS.get("profile.form.intro", language)),
        *_organisation_fields(filling, organisations, language),
        field(
            ROLE,
            TEXTS.get("profile.form.role", language),
            text_input(filling.role, LONGEST_ROLE),
            hint=TEXTS.get("profile.form.role.hint", language),
        ),
        *_language_fields(filling, language),
        *_text_fields(filling, language),
        *_consent_fields(filling, language),
    ]
    return modal(
        SAVE,
        TEXTS.get("profile.form.title", language),
        blocks,
        close=TEXTS.get("form.cancel", language),
        submit=TEXTS.get("form.save", language),
        metadata=language.value,
    )


def saved_modal(seen: Sequence[Block], language: Language) -> Block:
    """What follows the form: the profile as others see it from now on."""
    blocks = [paragraph(TEXTS.get("profile.saved", language)), *seen]
    title = TEXTS.get("profile.saved.title", language)
    return modal(SAVED, title, blocks, close=TEXTS.get("form.close", language), metadata=language.value)


def trouble_texts(troubles: Mapping[Field, Trouble], language: Language) -> Mapping[str, str]:
    """What is wrong, by the field under which it is told."""
    return {PLACES[part]: _trouble_text(part, trouble, language) for part, trouble in troubles.items()}


def organisation_choices(organisations: Sequence[Organisation]) -> Sequence[Choice]:
    """The organisations as they can be chosen in a menu."""
    return [Choice(each.id, shorten(each.name, OPTION)) for each in organisations]


def _trouble_text(part: Field, trouble: Trouble, language: Language) -> str:
    if part is Field.ORGANISATION and trouble is Trouble.MISSING:
        return TEXTS.get("profile.no_organisation", language)
    return TEXTS.get(f"profile.trouble.{trouble.value}", language, topics=MOST_TOPICS)


def _organisation_fields(filling: Filling, organisations: Sequence[Organisation], language: Language) -> list[Block]:
    label = TEXTS.get("profile.form.organisation", language)
    if not organisations:
        return [field(NAME, label, text_input("", LONGEST_NAME))]
    choices = organisation_choices(organisations)
    known = menu(choices, filling.organisation, TEXTS.get("profile.form.organisation.choose", language))
    other = TEXTS.get("profile.form.organisation.other", language)
    return [field(KNOWN, label, known), field(NAME, other, text_input("", LONGEST_NAME))]


def _language_fields(filling: Filling, language: Language) -> list[Block]:
    choices = [Choice(each.value, name) for each, name in LANGUAGE_NAMES.items()]
    chosen = language if filling.spoken is Language.UNKNOWN else filling.spoken
    spoken = menu(choices, chosen.value, TEXTS.get("profile.form.spoken", language))
    return [
        field(SPOKEN, TEXTS.get("profile.form.spoken", language), spoken, needed=True),
        field(
            LANGUAGES,
            TEXTS.get("profile.form.languages", language),
            checkboxes(choices, {each.value for each in filling.languages}),
        ),
    ]


def _text_fields(filling: Filling, language: Language) -> list[Block]:
    topics = text_input(", ".join(filling.topics), MOST_TOPICS * (LONGEST_TOPIC + 2))
    return [
        field(
            TOPICS,
            TEXTS.get("profile.form.topics", language),
            topics,
            hint=TEXTS.get("profile.form.topics.hint", language),
        ),
        field(
            OFFERS,
            TEXTS.get("profile.form.offers", language),
            text_input(filling.offers, LONGEST_TEXT, is_long=True),
            hint=TEXTS.get("profile.form.offers.hint", language),
        ),
        field(
            SEEKS,
            TEXTS.get("profile.form.seeks", language),
            text_input(filling.seeks, LONGEST_TEXT, is_long=True),
            hint=TEXTS.get("profile.form.seeks.hint", language),
        ),
    ]


def _consent_fields(filling: Filling, language: Language) -> list[Block]:
    given = {consent.value for consent in filling.consents}
    shown, allowed = ([_consent(each, language) for each in group] for group in (TOLD, DONE))
    hint = TEXTS.get("profile.form.consents.hint", language)
    return [
        field(SHOWN, TEXTS.get("profile.form.shown", language), checkboxes(shown, given)),
        field(ALLOWED, TEXTS.get("profile.form.allowed", language), checkboxes(allowed, given), hint=hint),
    ]


def _consent(consent: Consent, language: Language) -> Choice:
    name = consent.value
    return Choice(name, TEXTS.get(f"consent.{name}", language), TEXTS.get(f"consent.{name}.about", language))
