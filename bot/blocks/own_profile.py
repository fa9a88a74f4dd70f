"""A profile as others see it, and what its owner reads and does about it on the Home tab."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from babel.dates import format_date

from bot.blocks.elements import TEXTS, Block, beside, bullets, line, paragraph, rich, shorten, small_print, words
from bot.blocks.forms import Choice, actions, button, confirmation, menu, modal
from bot.blocks.profile import LANGUAGE_NAMES, SAVED, TOLD
from knowledge.members.named_contacts import NamedContact
from knowledge.model import Consent, Language, Member, Shown, shown

EDIT, PAUSE, RESUME, LEAVE = "profile_edit", "profile_pause", "profile_resume", "profile_leave"
WISHES, HAND_OVER, TAKE_ON = "wishes_open", "contact_hand_over", "contact_take_on"
PAUSES = (1, 3, 6)
"""Months that a pause can last."""
LONGEST = 700
LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class OwnProfile:
    """A member as they see themself. `organisation` is its name; `named` says where the catalogue may mean them."""

    member: Member
    organisation: str
    is_contact: bool
    has_contact: bool
    today: date
    named: Sequence[NamedContact] = ()

    @property
    def is_paused(self) -> bool:
        """Whether they are proposed to nobody at present."""
        return self.member.available_from > self.today


def shown_blocks(seen: Shown, organisation: str, language: Language) -> list[Block]:
    """A member as others see them. `organisation` is the name of the one that is shown."""
    lines = [_line(consent, told, language) for consent, told in _told(seen, organisation, language)]
    if not lines:
        return [paragraph(TEXTS.get("profile.seen.nothing", language))]
    return [rich(line(words(TEXTS.get("profile.seen", language), bold=True)), bullets(*lines))]


def own_blocks(own: OwnProfile, language: Language) -> list[Block]:
    """The profile on its owner's Home tab, with everything that they can do about it."""
    hidden = TEXTS.get("profile.hidden", language, parts=_hidden(own, language)) if _hidden(own, language) else ""
    return [
        *shown_blocks(shown(own.member), own.organisation, language),
        small_print(" ".join(filter(None, (hidden, _proposals(own, language), _role(own, language))))),
        *contact_offer(own.named, language),
        actions(*_first_buttons(own, language)),
        actions(*_further_buttons(own, language)),
    ]


def left_blocks(language: Language) -> list[Block]:
    """What is left on the Home tab of somebody who is a guest now: to delete the profile of earlier days."""
    return [paragraph(TEXTS.get("profile.guest", language)), actions(_leave_button(language))]


def contact_offer(named: Sequence[NamedContact], language: Language) -> list[Block]:
    """The question whether one is the contact whom the catalogue names, for the first use case of those that do."""
    if not named:
        return []
    title, role = (shorten(text, LONGEST_NAME) for text in (named[0].title, named[0].role))
    text = TEXTS.get("contact.named", language, title=title, role=role)
    return [beside(text, button(TAKE_ON, TEXTS.get("contact.named.yes", language)))]


def taken_on_modal(own: OwnProfile, language: Language) -> Block:
    """What follows when somebody says yes: that they are the contact, or that somebody else was quicker."""
    told = _role(own, language) or TEXTS.get("contact.named.late", language)
    title, close = TEXTS.get("contact.title", language), TEXTS.get("form.close", language)
    return modal(SAVED, title, [paragraph(told)], close=close, metadata=language.value)


def invitation(language: Language) -> list[Block]:
    """What stands on the Home tab of somebody without a profile, whose language is not known for sure."""
    return [paragraph(TEXTS.get("profile.none", language)), creation(language)]


def creation(language: Language) -> Block:
    """Buttons that begin a profile: in this language first, then in the others."""
    return actions(*_create_buttons(language))


def day_text(day: date, language: Language) -> str:
    """A day as people write it."""
    return format_date(day, format="medium", locale=language.value)


def _create_buttons(language: Language) -> list[Block]:
    others = [each for each in LANGUAGE_NAMES if each is not language]
    first = button(EDIT, TEXTS.get("profile.create", language), value=language.value, style="primary")
    return [first, *(button(f"{EDIT}_{each}", TEXTS.get("profile.create", each), value=each.value) for each in others)]


def _told(seen: Shown, organisation: str, language: Language) -> Iterator[tuple[Consent, str]]:
    """What there is to be read, in the order of the form; a part that is empty or hidden is left out."""
    texts = {
        Consent.NAME: TEXTS.get("profile.seen.name", language) if seen.is_named else "",
        Consent.ORGANISATION: organisation if seen.organisation else "",
        Consent.ROLE: seen.role,
        Consent.LANGUAGES: ", ".join(LANGUAGE_NAMES[each] for each in seen.languages),
        Consent.TOPICS: ", ".join(seen.topics),
        Consent.OFFERS: seen.offers,
        Consent.SEEKS: seen.seeks,
    }
    yield from ((consent, text) for consent, text in texts.items() if text)


def _line(consent: Consent, told: str, language: Language) -> Block:
    label = TEXTS.get(f"part.{consent.value}", language)
    return line(words(f"{label}: ", bold=True), words(shorten(told, LONGEST)))


def _hidden(own: OwnProfile, language: Language) -> str:
    """The parts that are filled in and shown to nobody."""
    member = own.member
    parts = {Consent.ROLE: member.role, Consent.TOPICS: "".join(member.topics)}
    parts |= {Consent.OFFERS: member.offers, Consent.SEEKS: member.seeks}
    filled = {Consent.NAME, Consent.ORGANISATION, Consent.LANGUAGES}
    filled |= {consent for consent, text in parts.items() if text}
    hidden = [consent for consent in TOLD if consent in filled - member.consents]
    return ", ".join(TEXTS.get(f"profile.hidden.{consent.value}", language) for consent in hidden)


def _proposals(own: OwnProfile, language: Language) -> str:
    until = own.member.available_from
    if own.is_paused and until == date.max:
        return TEXTS.get("profile.paused", language)
    if own.is_paused:
        return TEXTS.get("profile.paused.until", language, day=day_text(until, language))
    does = Consent.ROUNDS in own.member.consents
    return TEXTS.get("profile.proposed" if does else "profile.not_proposed", language)


def _role(own: OwnProfile, language: Language) -> str:
    return TEXTS.get("profile.contact", language, organisation=own.organisation) if own.is_contact else ""


def _first_buttons(own: OwnProfile, language: Language) -> Sequence[Block]:
    edit = button(EDIT, TEXTS.get("profile.edit", language), value=language.value, style="primary")
    if own.is_paused:
        return [edit, button(RESUME, TEXTS.get("profile.resume", language))]
    pauses = [Choice(str(months), TEXTS.get(f"profile.pause.{months}", language)) for months in PAUSES]
    return [edit, menu(pauses, "", TEXTS.get("profile.pause", language)) | {"action_id": PAUSE}]


def _further_buttons(own: OwnProfile, language: Language) -> Iterator[Block]:
    yield button(WISHES, TEXTS.get("wishes.open", language))
    if own.is_contact:
        yield button(HAND_OVER, TEXTS.get("contact.hand_over", language))
    elif not own.has_contact and not own.named:
        yield button(TAKE_ON, TEXTS.get("contact.take_on", language))
    yield _leave_button(language)


def _leave_button(language: Language) -> Block:
    return button(LEAVE, TEXTS.get("profile.leave", language), style="danger", confirm=confirmation("leave", language))
