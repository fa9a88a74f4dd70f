"""Text is kept in the letters that people type."""

from __future__ import annotations

import pytest

from indexer.reading.formats import read_bytes
from indexer.reading.letters import plain_letters
from indexer.sources.tables import read_table


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("Ka\u0308ytto\u0308", "Käyttö"),
        ("vuoro\u00adkausi", "vuorokausi"),
        ("kon\ufb01guraatio", "konfiguraatio"),
        ("a\x00b\u200bc\ufeff", "abc"),
        ("sivu\x0csivu", "sivu\nsivu"),
        ("puoli \ud83d kirjain", "puoli  kirjain"),
        ("T&K – 264\u00a0000 € ½ m² 😀", "T&K – 264\u00a0000 € ½ m² 😀"),
    ],
)
def test_letters_are_composed_and_seen(written: str, kept: str) -> None:
    """What looks alike is alike, what nobody sees is gone, and everything else stays."""
    assert plain_letters(written) == kept


def test_documents_and_catalogues_come_in_plain_letters() -> None:
    """No format brings a sign that a database would refuse."""
    fields = "title: O\x00hje\nauthor: V\x00K\nurl: https://example.org/\x00o"
    read = read_bytes(f"---\n{fields}\n---\na\x00b ka\u0308si".encode(), "x.md")
    assert (read.title, read.publisher, read.url) == ("Ohje", "VK", "https://example.org/o")
    assert [block.text for block in read_bytes("a\x00b ka\u0308si".encode(), "x.txt").blocks] == ["ab käsi"]
    assert read_table(b'{"title": "puoli \\ud83d", "x": "a\\u0000b"}', "x.jsonl")[1] == [{"title": "puoli ", "x": "ab"}]
