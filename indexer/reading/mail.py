"""E-mail messages: the subject as title, the sender as publisher, the text of the first readable part."""

from __future__ import annotations

import codecs
import email
import email.policy
from datetime import date
from email.errors import HeaderParseError
from email.message import EmailMessage
from email.utils import parseaddr, parsedate_to_datetime
from typing import cast

from indexer.reading import failures
from indexer.reading.document import ReadDocument
from indexer.reading.texts import decode, read_plain
from indexer.reading.webpage import read_webpage

_UNUSABLE = (AttributeError, IndexError, KeyError, LookupError, TypeError, ValueError, AssertionError, HeaderParseError)
"""What the standard library raises over heads that it cannot take apart."""


def read_mail(content: bytes, stem: str) -> ReadDocument:
    """A message without its attachments; a note names them. Raises ReadFailure where its parts cannot be told apart."""
    message = email.message_from_bytes(content, policy=email.policy.default)
    try:
        return _read(message, stem)
    except _UNUSABLE as error:
        raise failures.damaged() from error


def _read(message: EmailMessage, stem: str) -> ReadDocument:
    body = cast(EmailMessage | None, message.get_body(("plain", "html")))
    text = _text(body) if body else ""
    read = read_webpage if body and body.get_content_subtype() == "html" else read_plain
    # The mark says that a page's own word about its encoding is no longer true.
    inner = read(codecs.BOM_UTF8 + text.encode(), stem) if text.strip() else None
    name, address = parseaddr(_header(message, "From"))
    names = [part.get_filename() or part.get_content_type() for part in message.iter_attachments()]
    note = f"Its attachments were not read: {', '.join(names)}; save them beside it." if names else ""
    return ReadDocument(
        " ".join(_header(message, "Subject").split()) or stem,
        name or address,
        _day(message),
        inner.blocks if inner else (),
        "",
        (note,) if note else (),
    )


def _header(message: EmailMessage, name: str) -> str:
    """What the head says under this name; nothing where that makes no sense."""
    try:
        return str(message.get(name, ""))
    except _UNUSABLE:
        return ""


def _day(message: EmailMessage) -> date | None:
    try:
        return parsedate_to_datetime(_header(message, "Date")).date()
    except (*_UNUSABLE, OverflowError):
        return None


def _text(body: EmailMessage) -> str:
    """The body in the encoding that it names, or that it must be in where it names none that there is."""
    try:
        return str(body.get_content()).encode("utf-8", "replace").decode()
    except (LookupError, UnicodeError):
        return decode(cast(bytes, body.get_payload(decode=True)))
