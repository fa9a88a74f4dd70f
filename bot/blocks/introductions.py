"""Introductions as messages: the proposal in every state, the shared conversation, and how it went."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from babel.dates import format_date

from bot.blocks.elements import (
    BUTTON,
    TEXTS,
    Block,
    bullets,
    fallback,
    line,
    paragraph,
    plain,
    quote,
    rich,
    shorten,
    small_print,
    words,
)
from bot.blocks.forms import actions, button
from bot.blocks.own_profile import HAND_OVER, creation
from bot.blocks.status import TIMEZONE
from bot.delivery import Outgoing
from knowledge.answering.rendering import TEXTS as NAMES
from knowledge.answering.rendering import stage_name
from knowledge.introductions.scenes import Person, View
from knowledge.model import (
    NO_ORGANISATION,
    Aspect,
    Excerpt,
    IntroductionId,
    IntroductionState,
    Language,
    OrganisationId,
    Origin,
    Outcome,
    Reply,
)

INTRODUCE = "introduce"
"""The action of a button anywhere that asks for an introduction; its value is the wanted member's id."""
YES, NO, MORE = "introduction_yes", "introduction_no", "introduction_more"
RESUME = "introduction_resume"
OUTCOMES = {
    "introduction_useful": Outcome.USEFUL,
    "introduction_met": Outcome.MET,
    "introduction_not_met": Outcome.NOT_MET,
}
LONGEST, LONGEST_QUOTE, LONGEST_NAME = 300, 700, 80


class Wish(StrEnum):
    """What the menu of a proposal offers beside yes and no."""

    SNOOZE = "snooze"
    PERSON = "person"
    ORGANISATION = "organisation"


def proposal_message(view: View, name: str, language: Language) -> Outgoing:
    """The proposal as it stands for one side. `name` is the other's, where it may be told before a yes."""
    introduction, reply = view.introduction, view.side.reply
    match introduction.state:
        case IntroductionState.PROPOSED if reply is Reply.OPEN:
            return _open_proposal(view, name, language)
        case IntroductionState.PROPOSED:
            stage = "asked" if view.asked else "yes"
        case IntroductionState.MADE:
            stage = "made"
        case IntroductionState.DECLINED if reply is Reply.NO:
            stage = "no"
        case _:
            stage = "over"
    return told_message(stage, language)


def told_message(stage: str, language: Language) -> Outgoing:
    """What a proposal has become, in one sentence."""
    text = TEXTS.get(f"introduction.stage.{stage}", language)
    return Outgoing(fallback(text), [paragraph(text)])


def said_message(word: str, language: Language, detail: str = "") -> Outgoing:
    """What Solmu says about introductions on other occasions, with the button that helps, where one does.

    `detail` is a day, the reference of a failure, or an organisation's name.
    """
    told = shorten(detail, LONGEST)
    text = TEXTS.get(f"introduction.said.{word}", language, date=told, reference=told, organisation=told)
    message = Outgoing(fallback(text), [paragraph(text)])
    if word == "paused":
        message.blocks.append(actions(button(RESUME, TEXTS.get("introduction.button.resume", language), value=RESUME)))
    if word in {"contact_new", "contact_given"}:
        message.blocks.append(actions(button(HAND_OVER, TEXTS.get("contact.hand_over", language))))
    if word == "no_profile":
        message.blocks.append(creation(language))
    return message


def group_message(view: View, names: tuple[str, str], languages: tuple[Language, ...]) -> Outgoing:
    """The first message of the conversation that two share; `names` are the side's own and the other's."""
    hello = [TEXTS.get("introduction.group.hello", language, first=names[0], second=names[1]) for language in languages]
    blocks: list[Block] = [paragraph(text) for text in hello]
    people = [(names[0], view.own), (names[1], view.other)]
    blocks.append(rich(bullets(*(_particulars(name, person) for name, person in people))))
    quotes = [(name, person.quote) for name, person in people]
    for language in languages:
        # Both read the quotes as they are: once is enough.
        blocks += _ground(view, quotes if language is languages[0] else [], language)
        heading = TEXTS.get("introduction.group.questions", language)
        asked = [line(words(question)) for question in questions(view, language)]
        blocks.append(rich(line(words(heading, bold=True)), bullets(*asked)))
    blocks += [small_print(TEXTS.get("introduction.group.end", language)) for language in languages]
    return Outgoing(fallback(" ".join(hello)), blocks)


def questions(view: View, language: Language) -> tuple[str, str, str]:
    """Three to begin with, made of what the two have in common."""
    quotes = (view.own.quote, view.other.quote)
    about = TEXTS.get(f"introduction.question.{view.aspect.value}", language)
    titles = [each.use_case for each in quotes if each.use_case]
    if titles:
        case = shorten(titles[0], LONGEST)
        concrete = TEXTS.get("introduction.question.case", language, title=case)
    else:
        concrete = TEXTS.get("introduction.question.no_case", language)
    stages = {each.stage for each in quotes if each.stage}
    is_apart = len(stages) > 1
    ahead = TEXTS.get("introduction.question.apart" if is_apart else "introduction.question.next", language)
    return about, concrete, ahead


def outcome_message(view: View, name: str, language: Language) -> Outgoing:
    """The question how it went, and once it is answered the thanks."""
    outcome = view.side.outcome
    if outcome is not Outcome.ASKED:
        return told_message(f"told_{outcome.value}", language)
    text = TEXTS.get("introduction.outcome", language, partner=name)
    buttons = [
        button(action, TEXTS.get(f"introduction.button.{told.value}", language), value=view.introduction.id)
        for action, told in OUTCOMES.items()
    ]
    return Outgoing(fallback(text), [paragraph(text), actions(*buttons)])


def _open_proposal(view: View, name: str, language: Language) -> Outgoing:
    titles = [each.title for each in view.event if each.language is language] or [each.title for each in view.event]
    opening = TEXTS.get(f"introduction.open.{view.introduction.origin.value}", language)
    if titles:
        opening = TEXTS.get("introduction.open_at", language, title=shorten(titles[0], LONGEST))
    blocks: list[Block] = [paragraph(opening)]
    lead = name if view.introduction.origin is Origin.ASKED else ""
    if lead or view.other.role or view.other.organisation or view.other.topics:
        blocks.append(rich(_particulars(lead, view.other)))
    own, other = (TEXTS.get(f"introduction.quote.{whose}", language) for whose in ("own", "other"))
    blocks += _ground(view, [(own, view.own.quote), (other, view.other.quote)], language)
    date = format_date(view.introduction.due_at.astimezone(TIMEZONE), format="short", locale=language.value)
    blocks.append(small_print(TEXTS.get("introduction.deadline", language, date=date)))
    blocks.append(_answers(view, language))
    return Outgoing(fallback(opening), blocks)


def _answers(view: View, language: Language) -> Block:
    name = view.introduction.id
    wishes = [Wish.SNOOZE, Wish.PERSON]
    # Where the organisation is not shown, offering to avoid it would tell that there is one.
    if view.other.organisation_id != NO_ORGANISATION:
        wishes.append(Wish.ORGANISATION)
    options = [(f"{wish}:{name}", TEXTS.get(f"introduction.wish.{wish.value}", language)) for wish in wishes]
    made = actions(
        button(YES, TEXTS.get("introduction.button.yes", language), value=name, style="primary"),
        button(NO, TEXTS.get("introduction.button.no", language), value=name),
        {
            "type": "overflow",
            "action_id": MORE,
            "options": [{"text": plain(text, BUTTON), "value": value} for value, text in options],
        },
    )
    if Wish.ORGANISATION in wishes:
        # The one that is shown here: a later click means it, whatever has changed by then. The options themselves
        # stay as the release before posts and reads them.
        made["block_id"] = f"{Wish.ORGANISATION}:{view.other.organisation_id}"
    return made


def wish_of(value: str, block: str) -> tuple[Wish, IntroductionId, OrganisationId]:
    """What was chosen in the menu, in which proposal, and about which organisation, if any; raises ValueError.

    `block` is the id of the block that the menu stands in; Slack makes one up for those of earlier versions.
    """
    wish, _, name = value.partition(":")
    kind, _, organisation = block.partition(":")
    is_told = wish == kind == Wish.ORGANISATION
    return Wish(wish), IntroductionId(name), OrganisationId(organisation) if is_told else NO_ORGANISATION


def _ground(view: View, quotes: Sequence[tuple[str, Excerpt]], language: Language) -> list[Block]:
    # One quote alone does not show what the two share.
    is_told = bool(view.own.quote.text and view.other.quote.text)
    return ground_blocks(view.aspect if is_told or view.shared else None, view.shared, quotes, language)


def ground_blocks(
    aspect: Aspect | None, shared: Sequence[str], quotes: Sequence[tuple[str, Excerpt]], language: Language
) -> list[Block]:
    """What two sides share, where it can be told, and their own words after whose they are; empty ones are left out."""
    parts: list[Block] = []
    if aspect is not None:
        parts.append(line(words(TEXTS.get(f"introduction.ground.{aspect.value}", language), bold=True)))
    if shared:
        topics = shorten(", ".join(shared), LONGEST)
        parts.append(line(words(TEXTS.get("introduction.shared", language, topics=topics))))
    for whose, excerpt in quotes:
        if excerpt.text:
            details = _details(excerpt, language)
            parts.append(line(words(f"{whose}{f' ({details})' if details else ''}:")))
            parts.append(quote(words(shorten(excerpt.text, LONGEST_QUOTE))))
    return [rich(*parts)] if parts else []


def _details(excerpt: Excerpt, language: Language) -> str:
    is_foreign = excerpt.language not in {language, Language.UNKNOWN}
    spoken = NAMES.get(f"language.{excerpt.language.value}", language) if is_foreign else ""
    parts = [shorten(excerpt.use_case, LONGEST), stage_name(excerpt.stage, language) if excerpt.stage else "", spoken]
    return " · ".join(part for part in parts if part)


def _particulars(name: str, person: Person) -> Block:
    known = [shorten(part, LONGEST) for part in (person.role, person.organisation, ", ".join(person.topics)) if part]
    text = " · ".join(known)
    lead = [words(shorten(name, LONGEST_NAME), bold=True)] if name else []
    between = [words(" – ")] if name and text else []
    return line(*lead, *between, *([words(text)] if text else []))
