"""Use-case catalogues: JSONL, CSV or XLSX, in three languages, with columns guessed or told."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import openpyxl
import pytest

from indexer.failures import ListingError
from indexer.sources.catalogue import CatalogueSource
from knowledge.model import Audience, DocumentKind, UseCase
from tests.builders import organisation
from tests.integration.indexing import Bench

FINNISH = ["Nimi", "Organisaatio", "Kuvaus", "Vaihe", "Aiheet"]
ROWS = [
    [
        "Puheentunnistus",
        "Järviranta",
        "Hoitaja sanelee kirjauksen puhelimella heti käynnin jälkeen.",
        "Pilotti",
        "puhe; kirjaaminen",
    ],
    [
        "Kaatumisen tunnistus",
        "Nordvik",
        "Tutka huomaa kaatumisen ja hälyttää yöhoitajan paikalle.",
        "Tuotannossa",
        "turvallisuus",
    ],
]


def _csv(columns: list[str], rows: list[list[str]], delimiter: str = ";") -> bytes:
    stream = io.StringIO(newline="")
    csv.writer(stream, delimiter=delimiter).writerows([columns, *rows])
    return stream.getvalue().encode("utf-8-sig")


def _jsonl(columns: list[str], rows: list[list[str]]) -> bytes:
    return "\n".join(json.dumps(dict(zip(columns, row, strict=True)), ensure_ascii=False) for row in rows).encode()


def _xlsx(columns: list[str], rows: list[list[str]]) -> bytes:
    workbook = openpyxl.Workbook()
    for row in [columns, *rows]:
        workbook.worksheets[0].append(row)
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()


FORMATS = {"cases.csv": _csv, "cases.jsonl": _jsonl, "cases.xlsx": _xlsx}


def _use_cases(bench: Bench) -> list[UseCase]:
    with bench.store.reading() as work:
        documents = work.documents.live()
        assert {document.kind for document in documents} <= {DocumentKind.USECASE}
        found = work.documents.use_cases([document.id for document in documents])
    return sorted(found.values(), key=lambda each: each.title)


@pytest.mark.parametrize("name", FORMATS)
def test_a_catalogue_is_read_alike_from_every_format(bench: Bench, tmp_path: Path, name: str) -> None:
    """Each row becomes a document with its organisation, its stage in one of four words, and its topics."""
    path = tmp_path / name
    path.write_bytes(FORMATS[name](FINNISH, ROWS))
    bench.add(path, use_cases=True)
    assert bench.sync().counts.new == 2
    falls, speech = _use_cases(bench)
    assert (speech.title, speech.organisation, speech.stage, speech.topics) == (
        "Puheentunnistus",
        "Järviranta",
        "pilot",
        ("puhe", "kirjaaminen"),
    )
    assert (falls.organisation, falls.stage) == ("Nordvik", "production")
    assert sorted(text for texts in bench.texts().values() for text in texts) == sorted(row[2] for row in ROWS)


def test_columns_can_be_told(bench: Bench, tmp_path: Path) -> None:
    """Names that nobody could guess are mapped by the admin; the others are still guessed."""
    path = tmp_path / "cases.csv"
    path.write_bytes(_csv(["Juttu", "Talo", "Kuvaus"], [row[:3] for row in ROWS], ","))
    bench.add(path, use_cases=True, columns=(("title", "Juttu"), ("organisation", "talo")))
    bench.sync()
    assert [(case.title, case.organisation) for case in _use_cases(bench)] == [
        ("Kaatumisen tunnistus", "Nordvik"),
        ("Puheentunnistus", "Järviranta"),
    ]


def test_only_a_changed_row_is_indexed_again(bench: Bench, tmp_path: Path) -> None:
    """A row that changed is a changed document, a row that went is a removed one, the rest stays."""
    path = tmp_path / "cases.jsonl"
    path.write_bytes(_jsonl(FINNISH, [*ROWS, ["Ajanvaraus", "Tuulisalmi", "Robotti varaa ajan.", "Idea", ""]]))
    bench.add(path, use_cases=True)
    bench.sync()
    bench.embedder.embedded.clear()
    changed = [ROWS[0], [*ROWS[1][:2], "Matto huomaa kaatumisen ja hälyttää yöhoitajan paikalle.", *ROWS[1][3:]]]
    path.write_bytes(_jsonl(FINNISH, changed))
    counts = bench.sync().counts
    assert (counts.unchanged, counts.changed, counts.removed, counts.embedded) == (1, 1, 1, 1)
    assert [text for text in bench.embedder.embedded if "Matto huomaa" in text] == bench.embedder.embedded


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        (
            "c.xlsx",
            _xlsx(ROWS[0], [ROWS[1]]),
            r"has no column for the title: .*holds Puheentunnistus, .*--column title",
        ),
        ("c.xlsx", _xlsx([], []), r"c\.xlsx holds no use cases"),
        ("c.xlsx", b"PK\x03\x04 half", r"cannot be read: The file is damaged"),
        ("c.csv", _csv(ROWS[0], [ROWS[1]]), r"has no column for the title"),
        ("c.jsonl", b'{"title": "x"}\n{"title"', r"Line 2 of c\.jsonl is not a JSON object"),
        ("c.json", b"[]", r"save it as JSONL, CSV or XLSX"),
        ("c.csv", b"", r"holds no use cases"),
    ],
)
def test_what_is_no_catalogue_is_refused_in_one_sentence(
    tmp_path: Path, name: str, content: bytes, sentence: str
) -> None:
    """No header, no rows, half a file: the listing fails, so that nothing known is removed."""
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(ListingError, match=sentence):
        CatalogueSource(path, (), 1_000_000).list()


def test_rows_keep_their_keys_when_others_come(tmp_path: Path) -> None:
    """Without ids of their own rows are known by title and organisation, not by their place."""
    path = tmp_path / "c.csv"
    path.write_bytes(_csv(FINNISH, ROWS))
    before = [item.key for item in CatalogueSource(path, (), 1_000_000).list()]
    path.write_bytes(_csv(FINNISH, [["Uusi", "Nordvik", "Aivan uusi.", "Idea", ""], *ROWS]))
    after = [item.key for item in CatalogueSource(path, (), 1_000_000).list()]
    assert before == ["kaatumisen-tunnistus-nordvik", "puheentunnistus-jarviranta"]
    assert [key for key in after if key in before] == before


def test_the_organisations_of_a_catalogue_are_known(bench: Bench, tmp_path: Path) -> None:
    """After each indexing, once each; what people changed of one stays, and one whose kind was not known is told."""
    place = tmp_path / "cases.csv"
    place.write_bytes(
        _csv(FINNISH, [*ROWS, [ROWS[0][0], "Järviranta", "Toinen", "", ""], ["X", "Uusi Oy", "Y", "", ""]])
    )
    bench.add(place, use_cases=True)
    with bench.store() as work:
        work.organisations.put(organisation("järviranta", region="Itä"))
        work.commit()
    bench.sync()
    bench.sync()
    with bench.store.reading() as work:
        assert [(each.name, each.region, each.kind.value) for each in work.organisations.all()] == [
            ("järviranta", "Itä", "county"),
            ("Nordvik", "", "unknown"),
            ("Uusi Oy", "", "vendor"),
        ]


def test_a_catalogue_for_coordinators_makes_nobody_known(bench: Bench, tmp_path: Path) -> None:
    """Others would see the names of its organisations."""
    place = tmp_path / "cases.csv"
    place.write_bytes(_csv(FINNISH, ROWS))
    bench.add(place, use_cases=True, audience=Audience.COORDINATORS)
    bench.sync()
    with bench.store.reading() as work:
        assert work.organisations.all() == []
