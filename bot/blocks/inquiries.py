"""A question to the network: the form with its preview, the message in the channel, and the letters about it."""

from __future__ import annotations

from bot.blocks.elements import (
    TEXTS,
    Block,
    channel_name,
    fallback,
    header,
    line,
    paragraph,
    quote,
    rich,
    small_print,
    words,
)
from bot.blocks.forms import Choice, actions, button, checkboxes, confirmation, field, modal, text_input
from bot.blocks.pickers import channel_picker
from bot.delivery import Outgoing
from knowledge.inquiries.inquiring import LONGEST_QUESTION
from knowledge.model import AskedQuestion, CuratedAnswer, Inquiry, InquiryReply, Language

SEND = "knowing_send"
"""The form, once submitted; it carries the question's id."""
TEXT, CHANNEL, NAMED = "text", "channel", "named"
YES = "yes"
ACCEPT = "knowing_accept"
"""The asker's button beneath a reply; its value is the inquiry's id and the reply's time, a colon between."""
AGREE, AGREE_UNNAMED, REFUSE = "knowing_agree", "knowing_agree_unnamed", "knowing_refuse"
"""The replier's buttons, which carry the inquiry's id; so does the author's, to take an answer back."""
RETRACT = "knowing_retract"


def ask_modal(asked: AskedQuestion, language: Language) -> Block:
    """What is asked, where, and whether under the asker's name: nothing is posted before it is submitted."""
    named = Choice(YES, TEXTS.get("knowing.form.named", language), TEXTS.get("knowing.form.named.about", language))
    channel = TEXTS.get("knowing.form.channel", language)
    hint = TEXTS.get("knowing.form.text.hint", language)
    blocks = [
        paragraph(TEXTS.get("knowing.form.about", language)),
        field(
            TEXT,
            TEXTS.get("knowing.form.text", language),
            text_input(asked.text, LONGEST_QUESTION, is_long=True),
            hint=hint,
            needed=True,
        ),
        field(CHANNEL, channel, channel_picker(channel), needed=True),
        field(NAMED, TEXTS.get("knowing.form.name", language), checkboxes([named], [])),
        small_print(TEXTS.get("knowing.form.consent", language)),
    ]
    return modal(
        SEND,
        TEXTS.get("knowing.form.title", language),
        blocks,
        close=TEXTS.get("form.cancel", language),
        submit=TEXTS.get("knowing.form.submit", language),
        metadata=asked.id,
    )


def inquiry_message(inquiry: Inquiry, name: str, *, is_answered: bool = False) -> Outgoing:
    """The question as it stands in the channel; `name` is the asker's, empty where they gave none."""
    language = inquiry.language
    heading = TEXTS.get("knowing.inquiry.title", language)
    whose = (
        TEXTS.get("knowing.inquiry.by", language, person=name)
        if name
        else TEXTS.get("knowing.inquiry.unnamed", language)
    )
    how = TEXTS.get("knowing.inquiry.answered" if is_answered else "knowing.inquiry.how", language)
    blocks = [header(heading), rich(quote(words(inquiry.text))), paragraph(whose), small_print(how)]
    return Outgoing(fallback(f"{heading} {inquiry.text}"), blocks)


def withdrawn_message(language: Language) -> Outgoing:
    """What stands in its place once the asker has left."""
    text = TEXTS.get("knowing.inquiry.withdrawn", language)
    return Outgoing(fallback(text), [small_print(text)])


def reply_message(inquiry: Inquiry, reply: InquiryReply, name: str, language: Language) -> Outgoing:
    """To the asker: what was replied, and the button that says that it helped."""
    told = TEXTS.get("knowing.reply.told", language)
    value = f"{inquiry.id}:{reply.ts}"
    blocks = [
        rich(line(words(told), words(" "), channel_name(inquiry.channel), words(f" – {name}" if name else ""))),
        rich(line(words(inquiry.text, italic=True)), quote(words(reply.text))),
        actions(button(ACCEPT, TEXTS.get("knowing.reply.accept", language), value=value, style="primary")),
        small_print(TEXTS.get("knowing.reply.about", language)),
    ]
    return Outgoing(fallback(f"{told} {reply.text}"), blocks)


def consent_message(inquiry: Inquiry, reply: InquiryReply, language: Language) -> Outgoing:
    """To the replier: whether the reply may be kept, and under their name."""
    # Only what was asked through Solmu has a message of its own; anything else was proposed by somebody.
    text = TEXTS.get("knowing.consent.ask" if inquiry.ts else "nominate.consent", language)
    named = button(AGREE, TEXTS.get("knowing.consent.named", language), value=inquiry.id, style="primary")
    unnamed = button(AGREE_UNNAMED, TEXTS.get("knowing.consent.unnamed", language), value=inquiry.id)
    refuse = button(REFUSE, TEXTS.get("knowing.consent.refuse", language), value=inquiry.id)
    blocks = [
        paragraph(text),
        rich(line(words(inquiry.text, italic=True)), quote(words(reply.text))),
        actions(named, unnamed, refuse),
        small_print(TEXTS.get("knowing.consent.about", language)),
    ]
    return Outgoing(fallback(text), blocks)


def taken_in_message(answer: CuratedAnswer, language: Language, *, is_author: bool, shows: bool = True) -> Outgoing:
    """To asker and author: that the answer is part of what Solmu knows; `shows` quotes it."""
    text = TEXTS.get("knowing.taken_in.author" if is_author else "knowing.taken_in.asker", language)
    blocks = [paragraph(text)]
    if shows:
        blocks.append(rich(line(words(answer.question, bold=True)), quote(words(answer.text))))
    if is_author:
        asked = confirmation("knowing_retract", language)
        name = TEXTS.get("knowing.retract", language)
        blocks.append(actions(button(RETRACT, name, value=answer.inquiry, style="danger", confirm=asked)))
    return Outgoing(fallback(text), blocks)
