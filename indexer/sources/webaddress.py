"""Web addresses: which may be fetched, where a redirect may lead, and what file name a page gets."""

from __future__ import annotations

import mimetypes
from collections.abc import Set as AbstractSet
from pathlib import PurePosixPath
from urllib.parse import unquote

import httpx

from indexer.reading.kinds import READABLE
from indexer.sources.failures import bad_address, redirect_refused

_EXTENSIONS = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "application/pdf": ".pdf",
    "text/markdown": ".md",
    "message/rfc822": ".eml",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": ".pptx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
}
_SAYS_LITTLE = frozenset({"", "text/plain", "application/octet-stream", "binary/octet-stream", "application/zip"})
"""Content types that servers also give to files they do not know."""


def check_address(text: str) -> httpx.URL:
    """The address, if it is one that is fetched: http(s), with a host and without a password; raises FetchFailure."""
    try:
        address = httpx.URL(text)
    except httpx.InvalidURL as error:
        sentence = "This is not a web address; write it as the browser shows it."
        raise bad_address(sentence) from error
    if address.scheme not in {"http", "https"} or not address.host:
        sentence = "Only addresses that begin with https:// or http:// are fetched; write the whole address."
        raise bad_address(sentence)
    if address.userinfo:
        sentence = "The address holds a user name or password, which is never sent; use an address without one."
        raise bad_address(sentence)
    return address


def next_address(current: httpx.URL, location: str, allowed: AbstractSet[str]) -> httpx.URL:
    """Where a redirect leads, if it may: to these hosts (in lower case), never from https to http."""
    try:
        target = current.join(location)
    except httpx.InvalidURL as error:
        sentence = "The page redirects to something that is no web address; use another address."
        raise redirect_refused(sentence) from error
    target = check_address(str(target.copy_with(fragment=None)))
    if target.host.lower() not in allowed:
        sentence = f"The page redirects to {target.host}; add that address, or allow it in SOLMU_WEB_REDIRECT_HOSTS."
        raise redirect_refused(sentence)
    if current.scheme == "https" and target.scheme == "http":
        sentence = "The page redirects from https to http, which is not followed; use another address."
        raise redirect_refused(sentence)
    return target


def file_name(address: httpx.URL, content_type: str) -> str:
    """A name for the bytes whose extension tells their type: as the server says, else as the address ends."""
    path = PurePosixPath(unquote(address.path))
    kind = content_type.partition(";")[0].strip().lower()
    if kind in _SAYS_LITTLE and path.suffix.lower() in READABLE:
        return path.name
    guessed = _EXTENSIONS.get(kind) or (mimetypes.guess_extension(kind) if kind else None) or ".html"
    return f"{path.stem or address.host}{guessed}"
