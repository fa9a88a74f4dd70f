"""HTML pages: the text that a person came for, and what the page says of itself."""

from __future__ import annotations

from datetime import date

import pytest

from indexer.reading.document import BlockKind
from indexer.reading.webpage import read_webpage

HEAD, TEXT, ITEM, TABLE = BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.TABLE
LONG = "Pääteksti on tässä ja jatkuu pitkään. " * 10


def _shown(body: str, head: str = "") -> list[tuple[BlockKind, str]]:
    page = f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>"
    return [(block.kind, block.text) for block in read_webpage(page.encode(), "sivu").blocks]


def test_text_comes_as_a_browser_shows_it() -> None:
    """Words parted by tags stay whole, white space is single, signs of Markdown are text, a break is a line."""
    assert _shown("<p>Ensim<b>mäinen</b>\n  kappale &amp; *tähti* # 1. &lt;x&gt;<br>Toinen <i>rivi</i>.</p>") == [
        (TEXT, "Ensimmäinen kappale & *tähti* # 1. <x>\nToinen rivi.")
    ]


def test_headings_lists_and_definitions() -> None:
    """Each is a block of its own; a list inside a list too."""
    body = (
        "<h1>Ohje <small>2026</small></h1><p>Ota mukaan:</p><ul><li>puhelin</li><li>avain<ul><li>vara-avain</li></ul>"
        "</li></ul><dl><dt>Sanelu</dt><dd>Puhe tekstiksi.</dd></dl>"
        "<details><summary>Saako?</summary>Kyllä saa.</details>"
    )
    assert _shown(body) == [
        (HEAD, "Ohje 2026"),
        (TEXT, "Ota mukaan:"),
        (ITEM, "puhelin"),
        (ITEM, "avain"),
        (ITEM, "vara-avain"),
        (TEXT, "Sanelu"),
        (TEXT, "Puhe tekstiksi."),
        (TEXT, "Saako?"),
        (TEXT, "Kyllä saa."),
    ]


def test_tables_of_data_are_tables_and_tables_of_layout_are_not() -> None:
    """Rows keep together; a page drawn by a table is read as the text in it."""
    data = "<table><tr><th>Nimi</th><th>Arvo</th></tr><tr><td>Aika</td><td><p>22</p><p>min</p></td></tr></table>"
    assert _shown(data) == [(TABLE, "| Nimi | Arvo |\n| Aika | 22 min |")]
    layout = "<table><tr><td><h2>Otsikko</h2></td><td><p>Teksti.</p></td></tr></table>"
    assert _shown(layout) == [(HEAD, "Otsikko"), (TEXT, "Teksti.")]


@pytest.mark.parametrize(
    "around",
    [
        "<nav>Etusivu</nav>",
        "<header><a href='/'>Logo</a></header>",
        "<footer>© 2026</footer>",
        "<aside>Lue myös</aside>",
        "<div role='navigation'>Etusivu</div>",
        "<div class='cookie-banner'>Käytämme evästeitä.</div>",
        "<div id='CybotCookie' class='x consent'>Hyväksy</div>",
        "<ol class='breadcrumb'><li>Etusivu</li></ol>",
        "<a class='skip-link' href='#main'>Siirry sisältöön</a>",
        "<form><label>Haku</label><input value='x'></form>",
        "<p hidden>Piilossa</p>",
        "<p aria-hidden='true'>Koriste</p>",
        "<script>let x = 1</script><style>p {}</style><noscript>Ei JavaScriptiä</noscript><!-- huomio -->",
        "<button>Jaa</button>",
        "<div class='left site-sidebar'>Uutiset</div>",
        "<ul class='main-menu'><li>Palvelut</li></ul>",
    ],
)
def test_what_stands_around_the_text_is_left_out(around: str) -> None:
    """Menus, banners, forms, footers and what is not shown are no knowledge."""
    assert _shown(f"{around}<h1>Ohje</h1><p>Teksti.</p>{around}") == [(HEAD, "Ohje"), (TEXT, "Teksti.")]


@pytest.mark.parametrize("name", ["main", "article"])
def test_what_the_page_calls_its_main_part_is_its_text(name: str) -> None:
    """Where a page says what matters, the rest is left out; unless next to nothing is in there."""
    assert _shown(f"<div>Ympärillä.</div><{name}><p>{LONG}</p></{name}>") == [(TEXT, LONG.strip())]
    assert _shown(f"<div>Ympärillä.</div><{name}></{name}>") == [(TEXT, "Ympärillä.")]


@pytest.mark.parametrize(
    "wrapper",
    ["<form id='aspnetForm'>{}</form>", "<div class='with-sidebar menu open'>{}</div>", "<header>{}</header>"],
)
def test_a_page_inside_a_form_or_a_frame_is_not_lost(wrapper: str) -> None:
    """What holds the page's first heading holds its text, whatever it is called."""
    assert _shown(wrapper.format("<h1>Ohje</h1><p>Teksti.</p>")) == [(HEAD, "Ohje"), (TEXT, "Teksti.")]


@pytest.mark.parametrize("name", ["content with-sidebar", "no-menu", "has-navbar text", "menukaardid", "cookiecutter"])
def test_a_name_that_only_resembles_a_frames_is_none(name: str) -> None:
    """What stands beside a sidebar is text."""
    assert _shown(f"<div class='{name}'><p>Teksti.</p></div>") == [(TEXT, "Teksti.")]


def test_what_the_page_says_of_itself() -> None:
    """Title without the site's name, publisher, day and address."""
    page = (
        "<html><head><title>Ohje sanelusta | Valokehä</title><meta name='author' content='Valokehä ry'>"
        "<meta property='article:published_time' content='2026-03-12T08:00:00Z'>"
        "<link rel='canonical' href='https://example.org/ohje'></head>"
        "<body><h1>Ohje sanelusta</h1><p>A.</p></body></html>"
    )
    read = read_webpage(page.encode(), "sivu")
    assert (read.title, read.publisher, read.published, read.url) == (
        "Ohje sanelusta",
        "Valokehä ry",
        date(2026, 3, 12),
        "https://example.org/ohje",
    )


def test_a_page_that_says_nothing_of_itself() -> None:
    """Its file's name is its title."""
    read = read_webpage(b"<p>Teksti.</p>", "ohje_sanelusta")
    assert (read.title, read.publisher, read.published, read.url) == ("ohje sanelusta", "", None, "")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "iso-8859-1", "cp1252"])
def test_encodings(encoding: str) -> None:
    """Letters come through in what the page says, what its first bytes show, or what they must be."""
    said = f'<meta charset="{encoding}">' if encoding == "iso-8859-1" else ""
    page = f"<html><head>{said}</head><body><p>Hyvää työtä</p></body></html>"
    assert [block.text for block in read_webpage(page.encode(encoding), "s").blocks] == ["Hyvää työtä"]


def test_a_lie_about_the_encoding_is_seen_through() -> None:
    """A page that says UTF-8 and is not is read as Windows in Western Europe writes."""
    page = '<html><head><meta charset="utf-8"></head><body><p>Hyvää työtä</p></body></html>'
    assert [block.text for block in read_webpage(page.encode("cp1252"), "s").blocks] == ["Hyvää työtä"]


def test_xhtml_is_html() -> None:
    """An XML declaration stops nobody."""
    page = (
        '<?xml version="1.0" encoding="UTF-8"?><html xmlns="http://www.w3.org/1999/xhtml"><body><p>Ä.</p></body></html>'
    )
    assert [block.text for block in read_webpage(page.encode(), "s").blocks] == ["Ä."]
