"""Web pages: only from allowed places, within limits, and only when they changed."""

from __future__ import annotations

import gzip
import socket
import threading
from collections.abc import Iterator
from ipaddress import ip_network
from pathlib import Path
from typing import Any

import pytest

from indexer.failures import FetchFailure
from indexer.reading.formats import read_bytes
from indexer.sources.base import Fetched, Item, NotModified
from indexer.sources.web import WebSource
from knowledge.settings import Settings
from tests.fakes import SetClock
from tests.integration.indexing import Bench
from tests.integration.webserver import Page, Site, serving

LOOPBACK = (ip_network("127.0.0.0/8"),)
HTML = {"Content-Type": "text/html; charset=utf-8"}
TEXT = b"<html><head><title>Ohje</title></head><body><h1>Ohje</h1><p>Tallenne poistetaan viikossa.</p></body></html>"


@pytest.fixture
def site() -> Iterator[Site]:
    """A server on loopback."""
    with serving() as running:
        yield running


def _fetch(address: str, known: str = "", **changes: Any) -> Fetched | NotModified:
    settings = Settings(**({"web_networks": LOOPBACK, "web_seconds": 5, "max_file_mb": 1} | changes))
    return WebSource(address, settings).fetch(Item(address, "", address), known)


def _failure(address: str, **changes: Any) -> FetchFailure:
    with pytest.raises(FetchFailure) as caught:
        _fetch(address, **changes)
    return caught.value


def _resolve_to(monkeypatch: pytest.MonkeyPatch, **hosts: str) -> None:
    """Let names lead where a test says; addresses lead where they always do."""
    real = socket.getaddrinfo

    def getaddrinfo(host: str, *args: Any, **kwargs: Any) -> Any:
        return real(hosts.get(str(host).split(".")[0], host), *args, **kwargs)

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)


def test_a_page_arrives_as_it_is(site: Site) -> None:
    """Its bytes, a name that tells its type, and nothing remembered where the server names no mark."""
    site.pages["/ohje"] = Page(TEXT, headers=HTML)
    fetched = _fetch(site.url("/ohje"))
    assert isinstance(fetched, Fetched)
    assert (fetched.content.removeprefix(b"\xef\xbb\xbf"), fetched.name, fetched.revision) == (TEXT, "ohje.html", "")


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "2130706433",
        "0x7f.1",
        "0",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "[::ffff:a00:1]",
        "[64:ff9b::10.0.0.1]",
        "[2002:a00:1::]",
        "[fd00::1]",
        "10.0.0.1",
        "169.254.169.254",
        "100.64.0.1",
        "224.0.0.1",
    ],
)
def test_private_addresses_are_refused_however_they_are_written(host: str) -> None:
    """No form of an address inside a network is asked; the sentence says what can be done."""
    failure = _failure(f"http://{host}:9/", web_networks=())
    assert failure.code == "private_address"
    assert "allow its network in SOLMU_WEB_NETWORKS" in failure.sentence
    assert not failure.retriable


def test_a_public_name_that_leads_inside_is_refused(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """What counts is where a name leads, not how it looks."""
    _resolve_to(monkeypatch, intra="127.0.0.1")
    assert _failure(site.url("/ohje", "intra.example.org"), web_networks=()).code == "private_address"
    assert site.asked == []


def test_the_host_is_asked_by_its_own_name(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """The connection goes to the checked address, the request to the host as the admin wrote it."""
    _resolve_to(monkeypatch, intra="127.0.0.1")
    site.pages["/ohje"] = Page(TEXT, headers=HTML)
    _fetch(site.url("/ohje", "intra.example.org"))
    assert site.asked[0][1]["host"] == f"intra.example.org:{site.port}"


def test_a_redirect_on_the_same_host_is_followed(site: Site) -> None:
    """A page that moved inside its site is fetched where it is now."""
    site.pages["/vanha"] = Page(status=301, headers={"Location": "/uusi"})
    site.pages["/uusi"] = Page(TEXT, headers=HTML)
    fetched = _fetch(site.url("/vanha"))
    assert isinstance(fetched, Fetched)
    assert [path for path, _ in site.asked] == ["/vanha", "/uusi"]


def test_a_redirect_elsewhere_needs_leave(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another host is named in the sentence, and followed once it is allowed."""
    _resolve_to(monkeypatch, one="127.0.0.1", two="127.0.0.1")
    site.pages["/tassa"] = Page(status=302, headers={"Location": site.url("/siella", "two.example.org")})
    site.pages["/siella"] = Page(TEXT, headers=HTML)
    address = site.url("/tassa", "one.example.org")
    failure = _failure(address)
    assert failure.code == "redirect_refused"
    assert "two.example.org" in failure.sentence
    assert isinstance(_fetch(address, web_redirect_hosts=frozenset({"two.example.org"})), Fetched)


def test_an_allowed_redirect_into_a_network_is_refused(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave for a host is no leave for where it leads: every step is checked."""
    _resolve_to(monkeypatch, one="127.0.0.1", two="10.0.0.1")
    site.pages["/tassa"] = Page(status=302, headers={"Location": "http://two.example.org:9/"})
    failure = _failure(site.url("/tassa", "one.example.org"), web_redirect_hosts=frozenset({"two.example.org"}))
    assert failure.code == "private_address"


@pytest.mark.parametrize("location", ["file:///etc/passwd", "ftp://127.0.0.1/x", "http://user:word@127.0.0.1/"])
def test_a_redirect_to_something_else_than_a_page_is_refused(site: Site, location: str) -> None:
    """Files, other protocols and passwords are never followed."""
    site.pages["/"] = Page(status=302, headers={"Location": location})
    assert _failure(site.url("/")).code == "bad_address"


def test_a_circle_of_redirects_ends(site: Site) -> None:
    """After a few steps the page is given up."""
    site.pages["/a"] = Page(status=302, headers={"Location": "/b"})
    site.pages["/b"] = Page(status=302, headers={"Location": "/a"})
    assert _failure(site.url("/a")).sentence.startswith("The page redirects more than 5 times")


def test_a_page_that_never_ends_is_cut_off(site: Site) -> None:
    """The limit holds while the page streams in: the sender is hung up on long before its end."""
    sent = []

    def endless() -> Iterator[bytes]:
        while len(sent) < 1000:
            sent.append(1)
            yield b"x" * 65536

    site.pages["/"] = Page(headers=HTML, pieces=endless)
    assert _failure(site.url("/")).code == "too_large"
    assert len(sent) < 1000


def test_a_compressed_page_is_measured_unpacked(site: Site) -> None:
    """A small answer that unpacks to much more than the limit is refused."""
    bomb = gzip.compress(b"x" * 50_000_000)
    assert len(bomb) < 100_000
    site.pages["/"] = Page(bomb, headers={**HTML, "Content-Encoding": "gzip"})
    assert _failure(site.url("/")).code == "too_large"


def test_a_slow_page_is_given_up(site: Site) -> None:
    """A server that sends a little now and then does not hold the indexer for ever."""
    hung_up = threading.Event()

    def drop_by_drop() -> Iterator[bytes]:
        while not hung_up.wait(0.05):
            yield b"x"

    site.pages["/"] = Page(headers=HTML, pieces=drop_by_drop)
    failure = _failure(site.url("/"), web_seconds=1)
    hung_up.set()
    assert (failure.code, failure.retriable) == ("too_slow", True)


@pytest.mark.parametrize(
    ("mark", "revision", "condition"),
    [
        ({"ETag": '"v1"'}, 'etag "v1"', "if-none-match"),
        ({"Last-Modified": "Thu, 12 Mar 2026 12:00:00 GMT"}, "date Thu, 12 Mar 2026 12:00:00 GMT", "if-modified-since"),
    ],
)
def test_an_unchanged_page_is_not_sent_again(site: Site, mark: dict[str, str], revision: str, condition: str) -> None:
    """The server's own mark is remembered and asked about."""
    site.pages["/"] = Page(TEXT, headers={**HTML, **mark})
    fetched = _fetch(site.url("/"))
    assert isinstance(fetched, Fetched)
    assert fetched.revision == revision
    site.pages["/"] = Page(status=304)
    assert _fetch(site.url("/"), revision) == NotModified(revision)
    assert site.asked[1][1][condition] == revision.split(" ", 1)[1]


@pytest.mark.parametrize(("status", "again"), [(404, False), (410, False), (403, False), (429, True), (503, True)])
def test_a_refusal_is_tried_again_only_where_that_can_help(site: Site, status: int, *, again: bool) -> None:
    """A missing page stays missing; a server in trouble may recover."""
    site.pages["/"] = Page(status=status)
    failure = _failure(site.url("/"))
    assert (failure.code, failure.retriable) == (f"http_{status}", again)


def test_a_server_that_is_not_there(site: Site) -> None:
    """No connection is a sentence, and worth another try."""
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
    failure = _failure(f"http://127.0.0.1:{port}/")
    assert (failure.code, failure.retriable) == ("unreachable", True)
    assert site.asked == []


@pytest.mark.parametrize(
    ("path", "kind", "name"),
    [
        ("/raportti.pdf", "application/pdf", "raportti.pdf"),
        ("/lataa", "application/pdf", "lataa.pdf"),
        ("/ohje.md", "text/plain", "ohje.md"),
        ("/esitys.pptx", "application/octet-stream", "esitys.pptx"),
        ("/", "text/html", "127.0.0.1.html"),
        ("/kuva", "image/png", "kuva.png"),
    ],
)
def test_the_type_is_as_the_server_says(site: Site, path: str, kind: str, name: str) -> None:
    """The name's extension follows the content type, or the address where the type says little."""
    site.pages[path] = Page(b"bytes", headers={"Content-Type": kind})
    fetched = _fetch(site.url(path))
    assert isinstance(fetched, Fetched)
    assert fetched.name == name


@pytest.mark.parametrize(
    ("kind", "head"),
    [
        ("text/html; charset=iso-8859-1", ""),
        ("text/html", '<meta charset="iso-8859-1">'),
        ("text/html; charset=ISO-8859-1", '<meta charset="utf-8">'),
        ("text/html; charset=nonsense", '<meta http-equiv="Content-Type" content="text/html; charset=iso-8859-1">'),
    ],
)
def test_letters_survive_old_encodings(site: Site, kind: str, head: str) -> None:
    """The server's word goes before the page's, and the page's before a guess."""
    page = f"<html><head>{head}<title>Päätös</title></head><body><p>Hoitajan työväline.</p></body></html>"
    site.pages["/"] = Page(page.encode("iso-8859-1"), headers={"Content-Type": kind})
    fetched = _fetch(site.url("/"))
    assert isinstance(fetched, Fetched)
    read = read_bytes(fetched.content, fetched.name)
    assert (read.title, [block.text for block in read.blocks]) == ("Päätös", ["Hoitajan työväline."])


def test_a_page_that_fails_later_keeps_its_text(site: Site, tmp_path: Path, clock: SetClock) -> None:
    """A page is indexed, then not sent again, then out of order: it stays in the index as it was."""
    site.pages["/ohje"] = Page(TEXT, headers={**HTML, "ETag": '"v1"'})
    bench = Bench(tmp_path / "data", clock, web_networks=LOOPBACK)
    bench.add(site.url("/ohje"))
    assert bench.sync().counts.new == 1
    site.pages["/ohje"] = Page(status=304)
    assert bench.sync().counts.unchanged == 1
    site.pages["/ohje"] = Page(status=500)
    report = bench.sync()
    assert [trouble.key for trouble in report.troubles] == [site.url("/ohje")]
    assert bench.texts() == {site.url("/ohje"): ["Tallenne poistetaan viikossa."]}
    with bench.store.reading() as work:
        assert [document.url for document in work.documents.live()] == [site.url("/ohje")]
    bench.close()
