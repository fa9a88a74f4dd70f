"""E-mail messages: the subject as title, the sender as publisher, the text of the first readable part."""

from __future__ import annotations

import email
import email.policy
from email.message import EmailMessage
from email.utils import parseaddr
from typing import cast

from indexer.reading.document import ReadDocument
from indexer.reading.texts import read_plain
from indexer.reading.webpage import read_webpage


def read_mail(content: bytes, stem: str) -> ReadDocument:
    """A message without its attachments; a note names them."""
    message = email.message_from_bytes(content, policy=email.policy.default)
    body = cast(EmailMessage | None, message.get_body(("plain", "html")))
    text = body.get_content() if body else ""
    read = read_webpage if body and body.get_content_subtype() == "html" else read_plain
    inner = read(text.encode(), stem) if text.strip() else None
    name, address = parseaddr(message.get("From", ""))
    date = message.get("Date")
    names = [part.get_filename() or part.get_content_type() for part in message.iter_attachments()]
    note = f"Its attachments were not read: {', '.join(names)}; save them beside it." if names else ""
    return ReadDocument(
        " ".join(message.get("Subject", "").split()) or stem,
        name or address,
        date.datetime.date() if date and date.datetime else None,
        inner.blocks if inner else (),
        "",
        (note,) if note else (),
    )
