"""Every reason why a document's bytes cannot be had, each one sentence that says what to do."""

from __future__ import annotations

from indexer.failures import FetchFailure

_MEGABYTE = 1024 * 1024
_LASTING = frozenset({400, 401, 403, 404, 405, 406, 410, 451})
"""A server's answers that another try will not change."""


def too_large(size: int, limit: int) -> FetchFailure:
    """More bytes than the operator allows."""
    return FetchFailure(
        "too_large",
        f"It has {size / _MEGABYTE:.1f} MB and the limit is {limit / _MEGABYTE:.0f} MB; "
        "split it, or raise SOLMU_MAX_FILE_MB.",
    )


def gone() -> FetchFailure:
    """Listed, and no longer there."""
    return FetchFailure("gone", "It disappeared while it was about to be read; synchronise again.", retriable=True)


def unreadable() -> FetchFailure:
    """The operating system refuses."""
    sentence = "The file cannot be opened; give the indexer's user the right to read it."
    return FetchFailure("unreadable", sentence, retriable=True)


def bad_address(why: str) -> FetchFailure:
    """An address that is never fetched."""
    return FetchFailure("bad_address", why)


def unknown_host(host: str) -> FetchFailure:
    """The name leads nowhere."""
    return FetchFailure("unknown_host", f"The host {host} is not known; check the address.", retriable=True)


def private_address(host: str) -> FetchFailure:
    """An address inside somebody's network."""
    return FetchFailure(
        "private_address",
        f"The host {host} is on a private network, from which nothing is fetched; "
        "use a public address, or allow its network in SOLMU_WEB_NETWORKS.",
    )


def redirect_refused(why: str) -> FetchFailure:
    """A redirect that is not followed."""
    return FetchFailure("redirect_refused", why)


def too_slow(seconds: float) -> FetchFailure:
    """The time limit passed."""
    sentence = f"The page did not arrive within {seconds:.0f} seconds; try later, or raise SOLMU_WEB_SECONDS."
    return FetchFailure("too_slow", sentence, retriable=True)


def refused(status: int) -> FetchFailure:
    """An answer other than the page."""
    return FetchFailure(
        f"http_{status}",
        f"The page's server answered {status}; open the address in a browser and correct or remove it.",
        retriable=status not in _LASTING,
    )


def bad_certificate() -> FetchFailure:
    """The server cannot show who it is."""
    sentence = "The server's certificate cannot be trusted; have it renewed, or use another address."
    return FetchFailure("certificate", sentence, retriable=True)


def unreachable() -> FetchFailure:
    """No connection, or one that broke."""
    sentence = "The page's server cannot be reached; check the address, and that this machine may reach it."
    return FetchFailure("unreachable", sentence, retriable=True)
