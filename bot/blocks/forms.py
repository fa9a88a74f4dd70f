"""The pieces of forms: buttons, fields, menus and modals, cut to what Slack takes."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from bot.blocks.elements import TEXTS, Block, plain
from knowledge.model import Language

TITLE = 24
LABEL = 150
OPTION = 75
BUTTON = 75
CONFIRM_TITLE, CONFIRM_TEXT, CONFIRM_BUTTON = 100, 300, 30
MENU = 100
"""How many options a menu has at most, and how many groups of them."""
GROUP = 20
"""How many options a group of them holds, where a menu needs groups."""
VALUE = "value"
"""The action id of every field: its block's id tells which field it is."""


@dataclass(frozen=True, slots=True)
class Choice:
    """Something that can be chosen: its value, what is read, and what that means."""

    value: str
    text: str
    about: str = ""

    def option(self) -> Block:
        """As Slack wants it."""
        about = {"description": plain(self.about, OPTION)} if self.about else {}
        return {"text": plain(self.text.strip() or "–", OPTION), "value": self.value} | about


def button(action: str, text: str, *, value: str = "", style: str = "", confirm: Block | None = None) -> Block:
    """A button; `style` is primary, danger or nothing."""
    made: Block = {"type": "button", "action_id": action, "text": plain(text, BUTTON)}
    extra = {"value": value, "style": style, "confirm": confirm}
    return made | {name: given for name, given in extra.items() if given}


def confirmation(name: str, language: Language) -> Block:
    """What is asked before something is done that cannot be undone: the texts `name`.title, .text, .yes and .no."""
    return {
        "title": plain(TEXTS.get(f"{name}.title", language), CONFIRM_TITLE),
        "text": plain(TEXTS.get(f"{name}.text", language), CONFIRM_TEXT),
        "confirm": plain(TEXTS.get(f"{name}.yes", language), CONFIRM_BUTTON),
        "deny": plain(TEXTS.get(f"{name}.no", language), CONFIRM_BUTTON),
        "style": "danger",
    }


def actions(*elements: Block) -> Block:
    """Buttons and menus in a row."""
    return {"type": "actions", "elements": list(elements)}


def field(name: str, label: str, element: Block, *, hint: str = "", needed: bool = False) -> Block:
    """A field of a form, whose block is called `name`."""
    made: Block = {
        "type": "input",
        "block_id": name,
        "label": plain(label, LABEL),
        "element": element | {"action_id": VALUE},
        "optional": not needed,
    }
    return made | ({"hint": plain(hint, LABEL)} if hint else {})


def text_input(written: str, most: int, *, is_long: bool = False) -> Block:
    """A place to write in, with what was written before."""
    made: Block = {"type": "plain_text_input", "max_length": most, "multiline": is_long}
    return made | ({"initial_value": written[:most]} if written else {})


def checkboxes(choices: Sequence[Choice], chosen: Collection[str]) -> Block:
    """Boxes of which any may be ticked."""
    ticked = [each.option() for each in choices if each.value in chosen]
    made: Block = {"type": "checkboxes", "options": [each.option() for each in choices]}
    return made | ({"initial_options": ticked} if ticked else {})


def menu(choices: Sequence[Choice], chosen: str, placeholder: str) -> Block:
    """A list of which one is chosen."""
    initial = next((each.option() for each in choices if each.value == chosen), None)
    made: Block = {"type": "static_select", "placeholder": plain(placeholder, LABEL)} | _listed(choices)
    return made | ({"initial_option": initial} if initial else {})


def menu_of_several(choices: Sequence[Choice], chosen: Collection[str], placeholder: str) -> Block:
    """A list of which any number is chosen."""
    initial = [each.option() for each in choices if each.value in chosen]
    made: Block = {"type": "multi_static_select", "placeholder": plain(placeholder, LABEL)} | _listed(choices)
    return made | ({"initial_options": initial} if initial else {})


def modal(
    callback: str, title: str, blocks: Sequence[Block], *, close: str, submit: str = "", metadata: str = ""
) -> Block:
    """A window; what `metadata` holds comes back with it, and anybody may have changed it."""
    made: Block = {
        "type": "modal",
        "callback_id": callback,
        "title": plain(title, TITLE),
        "close": plain(close, TITLE),
        "private_metadata": metadata,
        "blocks": list(blocks),
    }
    return made | ({"submit": plain(submit, TITLE)} if submit else {})


def _listed(choices: Sequence[Choice]) -> Block:
    """The options of a menu; more than one list holds are grouped by their first letters."""
    if len(choices) <= MENU:
        return {"options": [each.option() for each in choices]}
    size = max(-(-len(choices) // MENU), GROUP)
    pages = [choices[at : at + size] for at in range(0, len(choices), size)]
    return {
        "option_groups": [
            {
                "label": plain(f"{page[0].text[:1]} – {page[-1].text[:1]}".upper(), OPTION),
                "options": [each.option() for each in page[:MENU]],
            }
            for page in pages
        ]
    }
