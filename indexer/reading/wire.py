"""How the indexer and its reading process talk: frames of a length and bytes, documents and failures as JSON."""

from __future__ import annotations

import json
import struct
from datetime import date
from typing import Any, BinaryIO

from indexer.failures import ReadFailure
from indexer.reading.document import Block, BlockKind, ReadDocument

_LENGTH = struct.Struct(">Q")


def write_frame(stream: BinaryIO, payload: bytes) -> None:
    """Send one frame."""
    stream.write(_LENGTH.pack(len(payload)))
    stream.write(payload)
    stream.flush()


def read_frame(stream: BinaryIO) -> bytes:
    """Receive one frame; raises EOFError where the other side has gone."""
    (length,) = _LENGTH.unpack(_exactly(stream, _LENGTH.size))
    return _exactly(stream, length)


def document_to_bytes(document: ReadDocument) -> bytes:
    """The answer to a document that could be read."""
    answer = {
        "title": document.title,
        "publisher": document.publisher,
        "published": document.published.isoformat() if document.published else None,
        "blocks": [[block.kind.value, block.text, block.page, block.level] for block in document.blocks],
        "url": document.url,
        "notes": list(document.notes),
    }
    return json.dumps({"document": answer}).encode()


def failure_to_bytes(failure: ReadFailure) -> bytes:
    """The answer to a document that could not be read."""
    answer = {
        "code": failure.code,
        "sentence": failure.sentence,
        "retriable": failure.retriable,
        "cause": failure.cause,
    }
    return json.dumps({"failure": answer}).encode()


def document_from_bytes(payload: bytes) -> ReadDocument:
    """The document in an answer; raises the ReadFailure that stands there instead."""
    answer: dict[str, Any] = json.loads(payload)
    if "failure" in answer:
        failure = answer["failure"]
        raise ReadFailure(failure["code"], failure["sentence"], retriable=failure["retriable"], cause=failure["cause"])
    told = answer["document"]
    return ReadDocument(
        told["title"],
        told["publisher"],
        date.fromisoformat(told["published"]) if told["published"] else None,
        tuple(Block(BlockKind(kind), text, page, level) for kind, text, page, level in told["blocks"]),
        told["url"],
        tuple(told["notes"]),
    )


def _exactly(stream: BinaryIO, count: int) -> bytes:
    payload = stream.read(count)
    if len(payload) < count:
        raise EOFError
    return payload
