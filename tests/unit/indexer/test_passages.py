"""Cutting documents into passages: sentences, tables and lists stay whole, headings and pages are never mixed."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from indexer.passages import LONGEST, MOST_WORDS, TABLE_WORDS, TINY_WORDS, cut
from indexer.reading.document import Block, BlockKind, ReadDocument
from knowledge.model import Language, PassageDraft

SENTENCE = "Hoitaja kirjaa käynnin heti sen jälkeen ja lukee tekstin kokonaan läpi."
WORDS = len(SENTENCE.split())


def _heading(text: str, level: int = 1, page: int | None = None) -> Block:
    return Block(BlockKind.HEADING, text, page, level)


def _text(text: str, page: int | None = None) -> Block:
    return Block(BlockKind.PARAGRAPH, text, page)


def _item(text: str) -> Block:
    return Block(BlockKind.LIST_ITEM, text)


def _table(rows: int, words: int = 4) -> Block:
    cells = " ".join(["sana"] * (words - 1))
    return Block(BlockKind.TABLE, "\n".join(["| Nimi | Arvo |", *(f"| {cells} | {row} |" for row in range(rows))]))


def _cut(*blocks: Block, title: str = "Otsikko") -> list[PassageDraft]:
    return cut(ReadDocument(title, "", None, blocks))


def _long(sentences: int) -> Block:
    return _text(" ".join([SENTENCE] * sentences))


def test_a_passage_belongs_to_the_headings_above_it() -> None:
    """A heading of a higher or the same rank closes those before it."""
    drafts = _cut(
        _heading("Ohje"),
        _heading("Tallenteet", 2),
        _text("Tallenne poistetaan viikossa."),
        _heading("Säilytys", 3),
        _text("Säilytys on lyhyt."),
        _heading("Lokit", 2),
        _text("Lokit säilyvät vuoden."),
    )
    assert [(draft.headings, draft.text) for draft in drafts] == [
        (("Ohje", "Tallenteet"), "Tallenne poistetaan viikossa."),
        (("Ohje", "Tallenteet", "Säilytys"), "Säilytys on lyhyt."),
        (("Ohje", "Lokit"), "Lokit säilyvät vuoden."),
    ]


def test_a_passage_stays_on_its_page() -> None:
    """Text that goes on over the page is two passages, under the same heading."""
    drafts = _cut(_heading("Ohje", page=1), _text("Sivulla yksi.", 1), _text("Sivulla kaksi.", 2))
    assert [(draft.page, draft.headings, draft.text) for draft in drafts] == [
        (1, ("Ohje",), "Sivulla yksi."),
        (2, ("Ohje",), "Sivulla kaksi."),
    ]


def test_long_text_is_cut_evenly_between_sentences() -> None:
    """Two and a half passages' worth of text becomes three of about a length, each of whole sentences."""
    drafts = _cut(_long(2 * MOST_WORDS // WORDS + 10))
    counts = [len(draft.text.split()) for draft in drafts]
    assert len(counts) == 3
    assert max(counts) - min(counts) <= 2 * WORDS
    assert all(line == SENTENCE for draft in drafts for line in draft.text.split("\n"))


def test_a_sentence_longer_than_a_passage_stays_whole() -> None:
    """No length is a reason to tear a sentence."""
    sentence = "Sana" + " sana" * (MOST_WORDS + 50) + "."
    assert [draft.text for draft in _cut(_text(f"Alku on tässä. {sentence} Loppu on tässä."))][1] == sentence


def test_what_is_no_sentence_is_cut_between_words() -> None:
    """A file of numbers without a full stop does not become one passage of a megabyte; no word is lost."""
    numbers = " ".join(str(number) for number in range(5000))
    drafts = _cut(_text(numbers))
    assert max(len(draft.text) for draft in drafts) <= LONGEST
    assert " ".join(draft.text for draft in drafts).split() == numbers.split()


def test_a_table_stays_whole_where_it_fits() -> None:
    """A table of more words than a passage has, but not too many, is one passage with every row."""
    table = _table(60)
    assert MOST_WORDS < 60 * 4 < TABLE_WORDS
    drafts = _cut(_heading("Taulut"), _long(20), table, _long(20))
    assert [table.text in draft.text for draft in drafts].count(True) == 1


def test_a_long_table_is_cut_between_rows_and_remembers_its_columns() -> None:
    """Every row stands verbatim in one passage; those without the column names carry them as their last heading."""
    table = _table(200)
    drafts = _cut(_heading("Taulut"), table)
    assert "\n".join(draft.text for draft in drafts) == table.text
    assert [draft.headings for draft in drafts] == [("Taulut",), *[("Taulut", "Nimi, Arvo")] * (len(drafts) - 1)]
    assert len(drafts) > 2


def test_a_long_table_remembers_its_caption() -> None:
    """Where the table has a caption, its parts carry that."""
    drafts = _cut(_text("Kustannukset vuosittain tuhansina euroina"), _table(200))
    assert drafts[0].text == "Kustannukset vuosittain tuhansina euroina"
    assert {draft.headings for draft in drafts[2:]} == {("Kustannukset vuosittain tuhansina euroina",)}


def test_wide_tables_carry_only_as_many_names_as_a_heading_holds() -> None:
    """Thirty columns would drown the rows."""
    header = " | ".join(f"Sarakkeen nimi {number}" for number in range(30))
    rows = "\n".join(f"| {' | '.join(['arvo'] * 30)} |" for _ in range(40))
    drafts = _cut(Block(BlockKind.TABLE, f"| {header} |\n{rows}"))
    assert drafts[-1].headings == (
        "Sarakkeen nimi 0, Sarakkeen nimi 1, Sarakkeen nimi 2, Sarakkeen nimi 3, Sarakkeen nimi 4",
    )


def test_a_list_stays_with_what_announces_it() -> None:
    """Where text must be cut, it is cut before the line that ends with a colon, not after it."""
    items = [_item(f"kohta {number} on tässä luettelossa") for number in range(10)]
    drafts = _cut(_long(14), _text("Ohjeessa on seuraavat kohdat:"), *items, _long(10))
    holding = [draft for draft in drafts if "seuraavat kohdat:" in draft.text]
    assert len(holding) == 1
    assert all(item.text in holding[0].text for item in items)


def test_small_remainders_are_joined() -> None:
    """What a table leaves behind is not a passage of five words."""
    drafts = _cut(_table(45), _text("Luvut ovat vuodelta 2025."))
    assert len(drafts) == 1
    assert drafts[0].text.endswith("\nLuvut ovat vuodelta 2025.")
    drafts = _cut(_long(14), _table(60), _text("Luvut ovat vuodelta 2025."))
    assert all(len(draft.text.split()) >= TINY_WORDS for draft in drafts[:-1])


def test_a_byline_is_no_passage() -> None:
    """Who wrote it and when is in the document's own fields, and answers no question as a quote."""
    drafts = _cut(
        _heading("Ohje"), _text("Valokehä ry, 12.3.2026"), _heading("Alku", 2), _text("Ohje alkaa tästä nyt.")
    )
    assert [draft.text for draft in drafts] == ["Ohje alkaa tästä nyt."]


def test_a_short_first_sentence_is_a_passage() -> None:
    """What ends like a sentence is text, however short; so is all that a document has."""
    assert [draft.text for draft in _cut(_text("Kyllä saa."), _heading("A"), _text("Ei saa."))] == [
        "Kyllä saa.",
        "Ei saa.",
    ]
    assert [draft.text for draft in _cut(_text("Valokehä ry"))] == ["Valokehä ry"]


def test_headings_alone_are_text_where_they_say_something() -> None:
    """A slide whose title is its message is kept; a divider, the title once more and thanks are not."""
    drafts = _cut(
        _heading("Tekoäly kotihoidossa", page=1),
        _heading("Sanelu säästää kotihoidossa 22 minuuttia vuorossa", page=2),
        _heading("Tulokset", page=3),
        _heading("Aika", page=4),
        _text("Aikaa säästyi paljon.", 4),
        _heading("Kiitos!", page=5),
        title="Tekoäly kotihoidossa",
    )
    assert [(draft.page, draft.headings, draft.text) for draft in drafts] == [
        (2, (), "Sanelu säästää kotihoidossa 22 minuuttia vuorossa"),
        (4, ("Aika",), "Aikaa säästyi paljon."),
    ]


def test_a_document_of_headings_alone_is_not_empty() -> None:
    """Where nothing else is there, the headings are the text."""
    assert [(draft.page, draft.text) for draft in _cut(_heading("Yksi", page=1), _heading("Kaksi", page=2))] == [
        (1, "Yksi"),
        (2, "Kaksi"),
    ]


def test_a_passage_without_words_of_its_own_language_takes_the_documents() -> None:
    """Numbers and names are in the language of most of the text."""
    drafts = _cut(
        _heading("A"), _long(5), _heading("B"), _text("12 400 €, 15 %."), _heading("C"), _text("The end is near.")
    )
    assert [draft.language for draft in drafts] == [Language.FI, Language.FI, Language.EN]


@given(
    st.lists(
        st.builds(
            Block,
            st.sampled_from(list(BlockKind)),
            st.text("ab.: |\n", min_size=1, max_size=60).map(lambda text: text.strip() or "a"),
            st.sampled_from([1, 2]),
            st.just(0),
        ),
        max_size=12,
    ).map(lambda blocks: sorted(blocks, key=lambda block: block.page or 0))
)
def test_no_letter_is_lost_and_none_comes_twice(blocks: list[Block]) -> None:
    """Whatever the blocks, their text stands in the passages in order, each letter once."""
    blocks = [block for block in blocks if block.kind is not BlockKind.HEADING]
    first = [_text("Ensimmäinen virke on tässä.", 1)]
    written = "".join("".join(block.text.split()) for block in [*first, *blocks])
    assert "".join("".join(draft.text.split()) for draft in _cut(*first, *blocks)) == written
