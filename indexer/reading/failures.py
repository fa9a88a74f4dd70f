"""Every reason why a document's bytes give no text, each one sentence that says what to do."""

from __future__ import annotations

from indexer.failures import ReadFailure

_MEGABYTE = 1_000_000
MOST_TEXT = 10_000_000
"""Characters that one document may give, unless the file itself is as long."""
MOST_BLOCKS = 500_000
"""Paragraphs, items and tables that one document may give."""


def too_large(size: int, limit: int) -> ReadFailure:
    """More bytes than the operator allows."""
    return ReadFailure(
        "too_large",
        f"The file has {size / _MEGABYTE:.0f} MB and the limit is {limit / _MEGABYTE:.0f} MB; "
        "split it, or raise SOLMU_MAX_FILE_MB.",
    )


def empty() -> ReadFailure:
    """No bytes, or no text in them."""
    return ReadFailure("empty", "The file holds no text; check that the right file was saved here.")


def encrypted() -> ReadFailure:
    """A password is needed."""
    return ReadFailure("encrypted", "The file is protected by a password; save a copy without one.")


def picture_only() -> ReadFailure:
    """Pages without a text layer."""
    return ReadFailure(
        "picture_only",
        "The PDF contains only pictures of text; run OCR (text recognition) on it and save it with a text layer.",
    )


def damaged() -> ReadFailure:
    """The bytes are not what the extension says, or end too early."""
    return ReadFailure(
        "damaged", "The file is damaged or is not of the type its name tells; open it, save it again and replace it."
    )


def zip_bomb() -> ReadFailure:
    """A small archive that would unpack to an absurd size."""
    return ReadFailure(
        "zip_bomb", "The file unpacks to far more than its size and was not opened; save it again with its own program."
    )


def too_slow(seconds: float) -> ReadFailure:
    """The time limit passed; a less busy machine may manage."""
    return ReadFailure(
        "too_slow",
        f"Reading took more than {seconds:.0f} seconds and was given up; split the file, or raise SOLMU_READ_SECONDS.",
        retriable=True,
    )


def too_much_memory(limit_mb: int) -> ReadFailure:
    """The address space did not suffice."""
    return ReadFailure(
        "too_much_memory",
        f"Reading needed more than {limit_mb} MB of memory; split the file, or raise SOLMU_READ_MEMORY_MB.",
    )


def too_much_text() -> ReadFailure:
    """Far more text than a document has: one piece that the file names a million times."""
    return ReadFailure(
        "too_much_text", "The file holds more text than a document can have; split it, or save it with its own program."
    )


def too_deep() -> ReadFailure:
    """Parts within parts, hundreds deep: no program writes so."""
    return ReadFailure(
        "too_deep", "The file's parts lie too deep within each other to be read; save it again with its own program."
    )


def crashed(cause: str) -> ReadFailure:
    """The reading process died without a word, or a reader met what it does not foresee."""
    sentence = "The file made its reader crash; save it again with its own program or as PDF."
    return ReadFailure("crashed", sentence, retriable=True, cause=cause)


def unsupported(extension: str, known: str) -> ReadFailure:
    """A type that is not read."""
    what = f"Files of type {extension}" if extension else "Files without an extension"
    return ReadFailure("unsupported", f"{what} are not read; save it as one of {known}.")
