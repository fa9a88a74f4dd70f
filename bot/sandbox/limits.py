"""Slack's documented limits on texts, blocks and views; what breaks one is refused as Slack would."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from bot.sandbox.checks import Problems, count, length, plain, text
from bot.sandbox.element_limits import IDENTIFIER, element_problems
from bot.sandbox.values import Payload

TEXT = 40_000
MESSAGE_BLOCKS = 50
VIEW_BLOCKS = 100
MARKDOWN = 12_000
TABLE_ROWS, TABLE_COLUMNS = 100, 20
VIEW_TITLE, CALLBACK, PRIVATE = 24, 255, 3000


def _section(block: Payload, pointer: str) -> Problems:
    if "text" not in block and "fields" not in block:
        yield pointer, "missing required field: text"
    if "text" in block:
        yield from text(block["text"], f"{pointer}/text", 3000)
    if "fields" in block:
        yield from count(block["fields"], f"{pointer}/fields", 10)
        for index, field in enumerate(block["fields"]):
            yield from text(field, f"{pointer}/fields/{index}", 2000)
    if "accessory" in block:
        yield from element_problems(block["accessory"], f"{pointer}/accessory", "section")


def _header(block: Payload, pointer: str) -> Problems:
    yield from plain(block.get("text"), f"{pointer}/text", 150)


def _context(block: Payload, pointer: str) -> Problems:
    yield from count(block.get("elements"), f"{pointer}/elements", 10)
    for index, element in enumerate(block.get("elements") or []):
        if element.get("type") != "image":
            yield from text(element, f"{pointer}/elements/{index}", 3000)


def _actions(block: Payload, pointer: str) -> Problems:
    yield from count(block.get("elements"), f"{pointer}/elements", 25)
    for index, element in enumerate(block.get("elements") or []):
        yield from element_problems(element, f"{pointer}/elements/{index}", block["type"])


def _input(block: Payload, pointer: str) -> Problems:
    yield from plain(block.get("label"), f"{pointer}/label", 2000)
    yield from element_problems(block.get("element") or {}, f"{pointer}/element", "input")


def _image(block: Payload, pointer: str) -> Problems:
    yield from length(block.get("alt_text"), f"{pointer}/alt_text", 2000, 0)
    if "slack_file" not in block:
        yield from length(block.get("image_url"), f"{pointer}/image_url", 3000)


def _markdown(block: Payload, pointer: str) -> Problems:
    yield from length(block.get("text"), f"{pointer}/text", MARKDOWN)


def _rich_text(block: Payload, pointer: str) -> Problems:
    if not isinstance(block.get("elements"), list):
        yield f"{pointer}/elements", "missing required field: elements"
    for index, element in enumerate(block.get("elements") or []):
        inner = f"{pointer}/elements/{index}"
        if element.get("type") == "date":
            yield from _date(element, inner)
        elif "elements" in element:
            yield from _rich_text(element, inner)


def _date(element: Payload, pointer: str) -> Problems:
    if not isinstance(element.get("timestamp"), int):
        yield f"{pointer}/timestamp", "must be seconds since the epoch"
    if "{" not in str(element.get("format") or ""):
        yield f"{pointer}/format", "must hold at least one token"


def _table(block: Payload, pointer: str) -> Problems:
    yield from count(block.get("rows"), f"{pointer}/rows", TABLE_ROWS)
    for index, row in enumerate(block.get("rows") or []):
        yield from count(row, f"{pointer}/rows/{index}", TABLE_COLUMNS)


def _divider(block: Payload, pointer: str) -> Problems:
    del block, pointer
    yield from ()


BLOCKS: dict[str, Callable[[Payload, str], Problems]] = {
    "actions": _actions,
    "context": _context,
    "context_actions": _actions,
    "divider": _divider,
    "header": _header,
    "image": _image,
    "input": _input,
    "markdown": _markdown,
    "rich_text": _rich_text,
    "section": _section,
    "table": _table,
}
IN_MESSAGES_ONLY = {"markdown", "table", "context_actions"}


def block_problems(blocks: object, *, most: int = MESSAGE_BLOCKS, in_view: bool = False) -> Sequence[str]:
    """What Slack would say about these blocks; empty when they are fine."""
    return [f"[ERROR] {what} [json-pointer:{where}]" for where, what in _all_blocks(blocks, most, in_view=in_view)]


def _all_blocks(blocks: object, most: int, *, in_view: bool) -> Problems:
    if not isinstance(blocks, list) or len(blocks) > most:
        yield "/blocks", f"must be a list of at most {most} items"
        return
    seen: set[str] = set()
    for index, block in enumerate(blocks):
        pointer = f"/blocks/{index}"
        kind = block.get("type") if isinstance(block, dict) else None
        if kind not in BLOCKS or (in_view and kind in IN_MESSAGES_ONLY):
            yield f"{pointer}/type", f"unsupported type: {kind}"
            continue
        yield from BLOCKS[str(kind)](block, pointer)
        if "block_id" in block:
            yield from length(block["block_id"], f"{pointer}/block_id", IDENTIFIER)
            if block["block_id"] in seen:
                yield f"{pointer}/block_id", "duplicate block_id"
            seen.add(block["block_id"])
    if sum(len(block.get("text", "")) for block in blocks if block.get("type") == "markdown") > MARKDOWN:
        yield "/blocks", f"markdown blocks hold more than {MARKDOWN} characters together"


def view_problems(view: object) -> Sequence[str]:
    """What Slack would say about a modal or a Home tab; empty when it is fine."""
    if not isinstance(view, dict) or view.get("type") not in {"modal", "home"}:
        return ["[ERROR] unsupported type [json-pointer:/view/type]"]
    found = [f"[ERROR] {what} [json-pointer:{where}]" for where, what in _view_fields(view)]
    return [*found, *block_problems(view.get("blocks"), most=VIEW_BLOCKS, in_view=True)]


def _view_fields(view: Payload) -> Problems:
    if view["type"] == "modal":
        yield from plain(view.get("title"), "/view/title", VIEW_TITLE)
        for name in ("submit", "close"):
            if name in view:
                yield from plain(view[name], f"/view/{name}", VIEW_TITLE)
        has_input = any(block.get("type") == "input" for block in view.get("blocks") or [] if isinstance(block, dict))
        if has_input and "submit" not in view:
            yield "/view/submit", "a submit button is required when an input block is in the blocks array"
    yield from length(view.get("callback_id", ""), "/view/callback_id", CALLBACK, 0)
    yield from length(view.get("private_metadata", ""), "/view/private_metadata", PRIVATE, 0)
