"""One web page: fetched from public addresses only, within limits of size and time, and only when it changed."""

from __future__ import annotations

import asyncio
import codecs

import httpx

from indexer.sources import failures
from indexer.sources.addresses import resolve
from indexer.sources.base import Fetched, Item, NotModified
from indexer.sources.webaddress import check_address, file_name, next_address
from knowledge.settings import Settings

MOST_REDIRECTS = 5
_MEGABYTE = 1024 * 1024
_NOT_MODIFIED = 304


class WebSource:
    """One page; its key is its address."""

    def __init__(self, address: str, settings: Settings) -> None:
        self._address = address
        self._networks = settings.web_networks
        self._redirect_hosts = settings.web_redirect_hosts
        self._seconds = settings.web_seconds
        self._max_bytes = settings.max_file_mb * _MEGABYTE

    def list(self) -> list[Item]:
        """The page alone; whether it is there shows when it is fetched."""
        return [Item(self._address, "", self._address)]

    def fetch(self, item: Item, known_revision: str = "") -> Fetched | NotModified:
        """The page's bytes, or NotModified where its server says so; raises FetchFailure."""
        return asyncio.run(self._within_time(item.key, known_revision))

    async def _within_time(self, address: str, known_revision: str) -> Fetched | NotModified:
        try:
            async with asyncio.timeout(self._seconds):
                return await self._follow(check_address(address), known_revision)
        except TimeoutError as error:
            raise failures.too_slow(self._seconds) from error
        except httpx.HTTPError as error:
            untrusted = "CERTIFICATE" in str(error).upper()
            raise (failures.bad_certificate() if untrusted else failures.unreachable()) from error

    async def _follow(self, address: httpx.URL, known_revision: str) -> Fetched | NotModified:
        allowed = {address.host.lower(), *(host.lower() for host in self._redirect_hosts)}
        async with httpx.AsyncClient(trust_env=False, timeout=self._seconds) as client:
            for _ in range(MOST_REDIRECTS + 1):
                response = await self._send(client, address, known_revision)
                try:
                    if not response.has_redirect_location:
                        return await self._take(response, address, known_revision)
                    address = next_address(address, response.headers["location"], allowed)
                finally:
                    await response.aclose()
        sentence = f"The page redirects more than {MOST_REDIRECTS} times; add the address where it ends."
        raise failures.redirect_refused(sentence)

    async def _send(self, client: httpx.AsyncClient, address: httpx.URL, known_revision: str) -> httpx.Response:
        """Ask at the very addresses that were checked: a second look-up could give another answer."""
        hosts = await resolve(address.host, address.port or (443 if address.scheme == "https" else 80), self._networks)
        for position, host in enumerate(hosts, 1):
            request = client.build_request(
                "GET",
                address.copy_with(host=host),
                headers={"Host": address.netloc.decode("ascii"), **_headers(known_revision)},
                extensions={"sni_hostname": address.raw_host.decode("ascii")},
            )
            try:
                return await client.send(request, stream=True)
            except httpx.ConnectError:
                if position == len(hosts):
                    raise
        raise AssertionError

    async def _take(self, response: httpx.Response, address: httpx.URL, known_revision: str) -> Fetched | NotModified:
        if response.status_code == _NOT_MODIFIED and known_revision:
            return NotModified(known_revision)
        if not response.is_success:
            raise failures.refused(response.status_code)
        pieces = bytearray()
        async for piece in response.aiter_bytes():
            pieces += piece
            if len(pieces) > self._max_bytes:
                raise failures.too_large(len(pieces), self._max_bytes)
        name = file_name(address, response.headers.get("content-type", ""))
        return Fetched(_in_utf8(bytes(pieces), response), name, _revision(response))


def _headers(known_revision: str) -> dict[str, str]:
    plain = {"User-Agent": "Solmu", "Accept-Encoding": "identity"}
    kind, _, mark = known_revision.partition(" ")
    condition = {"etag": "If-None-Match", "date": "If-Modified-Since"}.get(kind)
    return plain | {condition: mark} if condition and mark else plain


def _in_utf8(content: bytes, response: httpx.Response) -> bytes:
    """A text in the encoding that its server names comes in UTF-8 with a mark: the name is not in the bytes."""
    told = response.charset_encoding
    if not told or not response.headers["content-type"].lower().startswith("text/"):
        return content
    try:
        return codecs.BOM_UTF8 + content.decode(told).removeprefix("\ufeff").encode()
    except (LookupError, UnicodeDecodeError):
        return content


def _revision(response: httpx.Response) -> str:
    """`etag …` or `date …` as the server told, empty where it told neither."""
    told = response.headers
    if "etag" in told:
        return f"etag {told['etag']}"
    return f"date {told['last-modified']}" if "last-modified" in told else ""
