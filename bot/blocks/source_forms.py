"""The windows in which admins add sources, go back to an earlier index, and say what replaces what."""

from __future__ import annotations

from collections.abc import Sequence

from bot.blocks.elements import TEXTS, Block, beside, divider, paragraph, shorten
from bot.blocks.forms import Choice, actions, button, confirmation, field, menu, modal, text_input
from bot.blocks.sources import ADD_FILE, ADD_PAGE, OPEN, audience_field, megabytes
from bot.blocks.times import moment
from knowledge.administering.kinds import READABLE
from knowledge.administering.sources import KeptGeneration
from knowledge.events.schedule import HOME_ZONE
from knowledge.model import Audience, Document, Language, Replacement

PAGE, FILE = "page", "file"
ROLL_BACK, SEARCH, REPLACE, TAKE_BACK = "sources_roll_back", "sources_search", "sources_replace", "sources_take_back"
OLD, NEW = "old", "new"
LONGEST_PAGE, LONGEST_WORDS, LONGEST_TITLE = 2000, 200, 150
MOST_SHOWN = 20


def page_modal(address: str, language: Language) -> Block:
    """A page's address, and for whom it is."""
    label = TEXTS.get("sources.page", language)
    written = text_input(address, LONGEST_PAGE)
    hint = TEXTS.get("sources.page.hint", language)
    blocks = [field(PAGE, label, written, hint=hint, needed=True), audience_field(Audience.MEMBERS, language)]
    return _form(
        ADD_PAGE, TEXTS.get("sources.add.page", language), blocks, TEXTS.get("sources.add", language), language
    )


def file_modal(most_bytes: int, language: Language) -> Block:
    """A file, and for whom it is."""
    label = TEXTS.get("sources.file", language)
    hint = TEXTS.get("sources.file.hint", language, size=megabytes(most_bytes, language))
    chosen: Block = {
        "type": "file_input",
        "max_files": 1,
        "filetypes": sorted(extension.removeprefix(".") for extension in READABLE),
    }
    blocks = [field(FILE, label, chosen, hint=hint, needed=True), audience_field(Audience.MEMBERS, language)]
    return _form(
        ADD_FILE, TEXTS.get("sources.add.file", language), blocks, TEXTS.get("sources.add", language), language
    )


def shared_file_modal(name: str, metadata: str, language: Language) -> Block:
    """For whom a file is that was shared in a message."""
    about = paragraph(TEXTS.get("sources.shared", language, file=shorten(name, LONGEST_TITLE)))
    blocks = [about, audience_field(Audience.MEMBERS, language)]
    return _form(
        ADD_FILE,
        TEXTS.get("sources.add.file", language),
        blocks,
        TEXTS.get("sources.add", language),
        language,
        metadata,
    )


def told_modal(text: str, language: Language) -> Block:
    """What came of it, and the way back to the sources."""
    back = actions(button(OPEN, TEXTS.get("sources.back", language)))
    return _window("sources_told", [paragraph(text), back], language)


def generations_modal(generations: Sequence[KeptGeneration], language: Language) -> Block:
    """The generations that are kept, and a button that makes an earlier one current."""
    blocks = [paragraph(TEXTS.get("sources.generations.about", language))]
    for each in generations:
        text = TEXTS.get(
            "sources.generation.current" if each.is_current else "sources.generation",
            language,
            when=moment(each.built_at, HOME_ZONE, language),
            passages=each.passages,
            size=megabytes(each.size, language),
        )
        back = button(
            ROLL_BACK,
            TEXTS.get("sources.roll_back", language),
            value=each.id,
            confirm=confirmation("sources_rolling_back", language),
        )
        blocks.append(paragraph(text) if each.is_current else beside(text, back))
    if not generations:
        blocks.append(paragraph(TEXTS.get("status.empty", language)))
    blocks.append(actions(button(OPEN, TEXTS.get("sources.back", language))))
    return _window("sources_generations_list", blocks, language)


def replaced_modal(known: Sequence[tuple[Replacement, Document, Document]], language: Language) -> Block:
    """What was replaced by what, each to be taken back; and a search for two documents."""
    blocks = [paragraph(TEXTS.get("sources.replaced.about", language))]
    for _, old, new in known[:MOST_SHOWN]:
        text = TEXTS.get("sources.replaced.pair", language, old=_named(old), new=_named(new))
        taken = TEXTS.get("sources.take_back", language)
        sure = confirmation("sources_taking_back", language)
        blocks.append(beside(text, button(TAKE_BACK, taken, value=old.id, confirm=sure)))
    if known:
        blocks.append(divider())
    old_label, new_label = TEXTS.get("sources.old", language), TEXTS.get("sources.new", language)
    hint = TEXTS.get("sources.search.hint", language)
    blocks += [
        field(OLD, old_label, text_input("", LONGEST_WORDS), hint=hint, needed=True),
        field(NEW, new_label, text_input("", LONGEST_WORDS), hint=TEXTS.get("sources.search.same", language)),
    ]
    return _form(
        SEARCH, TEXTS.get("sources.replaced", language), blocks, TEXTS.get("sources.search", language), language
    )


def choose_modal(old: Sequence[Document], new: Sequence[Document], language: Language) -> Block:
    """Which of the documents that were found replaces which."""
    blocks = [paragraph(TEXTS.get("sources.replace.about", language))]
    for name, found in ((OLD, old), (NEW, new)):
        label = TEXTS.get(f"sources.{name}", language)
        choices = [Choice(each.id, _named(each), about=_details(each)) for each in found]
        blocks.append(field(name, label, menu(choices, "", label), needed=True))
    return _form(
        REPLACE, TEXTS.get("sources.replaced", language), blocks, TEXTS.get("sources.replace", language), language
    )


def _named(document: Document) -> str:
    return shorten(document.title or document.key, LONGEST_TITLE)


def _details(document: Document) -> str:
    published = "" if document.published is None else f"{document.published:%Y-%m-%d}"
    return " · ".join(part for part in (document.publisher, published, document.key) if part)


def _form(name: str, title: str, blocks: Sequence[Block], submit: str, language: Language, metadata: str = "") -> Block:
    close = TEXTS.get("form.cancel", language)
    return modal(name, title, blocks, close=close, submit=submit, metadata=metadata)


def _window(name: str, blocks: Sequence[Block], language: Language) -> Block:
    return modal(name, TEXTS.get("sources.heading", language), blocks, close=TEXTS.get("form.close", language))
