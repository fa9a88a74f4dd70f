"""Which web addresses are fetched, where redirects may lead, and what the bytes are called."""

from __future__ import annotations

from ipaddress import ip_address, ip_network

import httpx
import pytest

from indexer.failures import FetchFailure
from indexer.sources.addresses import is_allowed
from indexer.sources.webaddress import check_address, file_name, next_address


@pytest.mark.parametrize("address", ["8.8.8.8", "2001:4860:4860::8888", "64:ff9b::8.8.8.8", "::ffff:8.8.8.8"])
def test_public_addresses_are_allowed(address: str) -> None:
    """Also where IPv6 wraps a public one."""
    assert is_allowed(ip_address(address), ())


@pytest.mark.parametrize(
    "address",
    [
        *(
            "127.0.0.1",
            "10.1.2.3",
            "172.16.0.1",
            "192.168.1.1",
            "169.254.169.254",
            "100.64.0.1",
            "0.0.0.0",  # noqa: S104 - to be refused
            "224.0.0.1",
        ),
        *("255.255.255.255", "::1", "::", "fe80::1", "fc00::1", "ff02::1", "::ffff:10.0.0.1", "64:ff9b::10.0.0.1"),
        *("2002:0a00:0001::", "2001:0:0a00:1::f5ff:fffe", "192.0.2.1", "240.0.0.1"),
    ],
)
def test_all_others_are_not(address: str) -> None:
    """Private, local, shared, reserved and multicast ones, also in disguise."""
    assert not is_allowed(ip_address(address), ())


def test_an_operator_may_allow_an_intranet() -> None:
    """That network and no other, also where IPv6 wraps it."""
    networks = (ip_network("10.1.0.0/16"), ip_network("fd00::/8"))
    assert is_allowed(ip_address("10.1.2.3"), networks)
    assert is_allowed(ip_address("::ffff:10.1.2.3"), networks)
    assert is_allowed(ip_address("fd12::1"), networks)
    assert not is_allowed(ip_address("10.2.0.1"), networks)


@pytest.mark.parametrize(
    ("address", "word"),
    [
        ("ftp://example.org/x", "https://"),
        ("file:///etc/passwd", "https://"),
        ("https://", "https://"),
        ("https://user:word@example.org/", "password"),
        ("https://exa mple.org:port/", "not a web address"),
    ],
)
def test_what_is_no_page_is_refused(address: str, word: str) -> None:
    """Each with a sentence that says what to write."""
    with pytest.raises(FetchFailure, match=word) as caught:
        check_address(address)
    assert caught.value.code == "bad_address"


@pytest.mark.parametrize(
    ("location", "target"),
    [
        ("/uusi", "https://example.org/uusi"),
        ("?s=2", "https://example.org/a?s=2"),
        ("https://EXAMPLE.org/x#y", "https://example.org/x"),
    ],
)
def test_redirects_on_the_host(location: str, target: str) -> None:
    """Relative or whole, whatever the case of the host; what follows the hash is for browsers."""
    assert str(next_address(httpx.URL("https://example.org/a"), location, {"example.org"})) == target


@pytest.mark.parametrize(
    ("location", "word"),
    [
        ("http://example.org/", "from https to http"),
        ("https://example.com/", "redirects to example.com"),
        ("https://example.org.evil.example/", "redirects to example.org.evil.example"),
    ],
)
def test_redirects_that_are_not_followed(location: str, word: str) -> None:
    """Down to http, or to a host without leave."""
    with pytest.raises(FetchFailure, match=word):
        next_address(httpx.URL("https://example.org/a"), location, {"example.org"})


@pytest.mark.parametrize(
    ("address", "kind", "name"),
    [
        ("https://example.org/a/ohje", "text/html; charset=utf-8", "ohje.html"),
        ("https://example.org/ohje.PDF", "application/octet-stream", "ohje.PDF"),
        ("https://example.org/ohje.pdf", "text/html", "ohje.html"),
        ("https://example.org/p%C3%A4%C3%A4t%C3%B6s.docx", "", "päätös.docx"),
        ("https://example.org/", "application/pdf", "example.org.pdf"),
        ("https://example.org/x", "", "x.html"),
        ("https://example.org/x", "image/png", "x.png"),
    ],
)
def test_names(address: str, kind: str, name: str) -> None:
    """As the server says, unless it says little and the address says more."""
    assert file_name(httpx.URL(address), kind) == name
