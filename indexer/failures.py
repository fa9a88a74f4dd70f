"""Why something could not be indexed: each failure carries a code, one sentence for an admin, and whether to retry."""

from __future__ import annotations

from knowledge.errors import SolmuError


class IndexingFailure(SolmuError):
    """One document could not be indexed. `str(failure)` is the sentence; `code` is a short stable word.

    `retriable` tells whether another try with the same bytes can help; `cause`, for the log, which error it was
    and where, never a word of the document.
    """

    def __init__(self, code: str, sentence: str, *, retriable: bool = False, cause: str = "") -> None:
        super().__init__(sentence)
        self.code = code
        self.sentence = sentence
        self.retriable = retriable
        self.cause = cause


class FetchFailure(IndexingFailure):
    """The document's bytes could not be had."""


class ReadFailure(IndexingFailure):
    """The bytes were there, but no text could be read from them."""


class ListingError(SolmuError):
    """A source could not be listed, so nothing is known about what it holds: nothing may be removed."""


def unexpected() -> ReadFailure:
    """A defect of the reader, told in its log; a mended one may manage."""
    sentence = (
        "Reading it ended in an unexpected error, which the indexer's log tells; leave it out until it is mended."
    )
    return ReadFailure("unexpected", sentence, retriable=True)
