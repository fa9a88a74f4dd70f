"""Every quote stands verbatim on the page that its citation names, by the word of other readers than our own."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.passages import cut
from indexer.reading.formats import read_bytes
from knowledge.answering.quoting import Quoter
from knowledge.documents import text_hash
from knowledge.language.sentences import split_sentences
from knowledge.model import Language, Passage, PassageDraft, PassageId
from tests.builders import document, found
from tests.fakes import SmallEmbedder
from tests.integration.page_texts import bare, page_texts

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "bot" / "sandbox" / "sample" / "documents"
TURKU = ROOT.parent / "shared" / "data" / "documents" / "turku-paohdocs"
READ_BOTH_WAYS = {".pdf", ".docx", ".pptx", ".html", ".md"}
QUESTIONS = {
    Language.FI: ("Mitä uutta ohjeessa on?", "Kuinka monta käyttäjää oli mukana?"),
    Language.SV: ("Vad är nytt i anvisningen?", "Hur många användare deltog?"),
    Language.EN: ("What is new?", "How many users took part?"),
}


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.suffix in READ_BOTH_WAYS)


def _drafts(path: Path) -> list[PassageDraft]:
    return cut(read_bytes(path.read_bytes(), path.name))


def _passage(draft: PassageDraft) -> Passage:
    return Passage(
        PassageId(1), document().id, 0, draft.text, draft.page, draft.headings, draft.language, text_hash(draft.text)
    )


def _name(path: Path) -> str:
    return path.name


@pytest.mark.parametrize("path", _files(SAMPLE), ids=_name)
def test_every_sentence_of_the_sample_stands_on_its_page(path: Path) -> None:
    """A quote is made of a passage's sentences: each of them is on the page by another reader's word."""
    assert _astray(path) == []


@pytest.mark.parametrize("path", _files(TURKU), ids=_name)
def test_every_sentence_of_a_citys_documents_stands_on_its_page(path: Path) -> None:
    """What holds for documents that were made for Solmu holds for those of others."""
    assert _astray(path) == []


@pytest.mark.parametrize("path", _files(SAMPLE), ids=_name)
def test_every_quote_from_the_sample_stands_on_its_page(path: Path) -> None:
    """Whatever passage a question leads to, in whatever language: what is quoted of it is on the cited page."""
    quoter = Quoter(SmallEmbedder())
    pages = {number: bare(text) for number, text in page_texts(path).items()}
    for draft in _drafts(path):
        for language, questions in QUESTIONS.items():
            for question in questions:
                quote = quoter.choose(found(question, language=language), _passage(draft), "")
                assert quote.text
                assert bare(quote.text) in pages[draft.page]


def _astray(path: Path) -> list[str]:
    """The sentences that do not stand on the page of their passage."""
    pages = {number: bare(text) for number, text in page_texts(path).items()}
    return [
        f"{draft.page}: {sentence}"
        for draft in _drafts(path)
        for sentence in split_sentences(draft.text, draft.language)
        if bare(sentence) not in pages[draft.page]
    ]
