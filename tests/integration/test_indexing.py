"""Bringing sources into the index: only what changed costs anything, and no trouble outside loses what was known."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from indexer import contents
from indexer.changes import Arrived, Gone
from indexer.runs import RunBook
from knowledge.errors import ModelMismatchError
from knowledge.model import Audience, Language, RunState
from knowledge.ports import Query
from tests.fakes import SetClock, SmallEmbedder
from tests.integration.indexing import Bench, quiet

GUIDE = """# Sanelun ohje

## Tallenteet

Äänitallenne säilytetään enintään seitsemän vuorokautta sanelun päättymisestä.

## Käyttäjät

Sanelua käyttää 84 hoitajaa kolmessa kotihoidon tiimissä ja kahdella osastolla.
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with one guide of two passages and one note of one."""
    made = tmp_path / "documents"
    made.mkdir()
    (made / "ohje.md").write_text(GUIDE)
    (made / "muistio.txt").write_text("Ohjausryhmä kokoontuu seuraavan kerran toukokuun lopussa Selkälahdessa.\n")
    return made


def _rewrite(path: Path, old: str, new: str) -> None:
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


def test_unchanged_documents_are_not_read_again(bench: Bench, folder: Path) -> None:
    """A second run opens no file, embeds nothing and publishes nothing."""
    bench.add(folder)
    first = bench.sync()
    generation = bench.shelf.current().manifest.generation
    bench.reader.names.clear()
    second = bench.sync()
    assert (first.counts.new, first.counts.passages, first.counts.embedded) == (2, 3, 3)
    assert (second.counts.unchanged, second.counts.new, second.counts.passages) == (2, 0, 0)
    assert bench.reader.names == []
    assert bench.shelf.current().manifest.generation == generation


def test_a_touched_file_is_compared_and_not_read(bench: Bench, folder: Path) -> None:
    """Another time on the same bytes costs a comparison, and the time is remembered."""
    bench.add(folder)
    bench.sync()
    bench.reader.names.clear()
    (folder / "ohje.md").write_bytes((folder / "ohje.md").read_bytes())
    assert bench.sync().counts.unchanged == 2
    assert bench.reader.names == []


def test_readers_are_sent_to_the_link(bench: Bench, folder: Path) -> None:
    """A folder's files are found below its link, under names that fit an address; a new link needs no reading."""
    (folder / "ohje.md").rename(folder / "ohje 2 ä.md")
    bench.add(folder, link="https://intra.example.org/docs/")
    bench.sync()
    assert _urls(bench) == {
        "https://intra.example.org/docs/muistio.txt",
        "https://intra.example.org/docs/ohje%202%20%C3%A4.md",
    }
    bench.reader.names.clear()
    bench.add(folder, link="https://moved.example.org")
    assert bench.sync().counts.unchanged == 2
    assert bench.reader.names == []
    assert "https://moved.example.org/muistio.txt" in _urls(bench)


def test_only_changed_passages_of_a_changed_document_are_embedded(bench: Bench, folder: Path) -> None:
    """The passage that stayed keeps its id and its vector; the one that changed gets new ones."""
    bench.add(folder)
    bench.sync()
    before = bench.live()
    bench.embedder.embedded.clear()
    _rewrite(folder / "ohje.md", "84 hoitajaa", "96 hoitajaa")
    report = bench.sync()
    after = bench.live()
    assert (report.counts.changed, report.counts.passages, report.counts.embedded) == (1, 2, 1)
    assert [text for text in bench.embedder.embedded if "96 hoitajaa" in text] == bench.embedder.embedded
    assert len(before.keys() & after.keys()) == 2
    assert bench.published() == set(after)


def test_a_removed_document_leaves_the_index(bench: Bench, folder: Path) -> None:
    """What is deleted from the folder is found no more."""
    bench.add(folder)
    bench.sync()
    (folder / "muistio.txt").unlink()
    report = bench.sync()
    assert report.counts.removed == 1
    assert [type(change) for _, change in report.changed] == [Gone]
    assert set(bench.texts()) == {"ohje.md"}
    assert bench.published() == set(bench.live())


def test_a_folder_that_cannot_be_listed_loses_nothing(bench: Bench, folder: Path) -> None:
    """A share that is not mounted says so, and its documents stay in the index."""
    bench.add(folder)
    bench.sync()
    before = bench.published()
    shutil.move(folder, folder.with_name("elsewhere"))
    report = bench.sync()
    assert [trouble.line for trouble in report.troubles] == [
        f"{folder}: The folder {folder} does not exist; mount it or remove the source."
    ]
    assert report.counts.removed == 0
    assert bench.published() == before


def test_a_document_that_can_no_longer_be_read_keeps_its_old_text(bench: Bench, folder: Path) -> None:
    """A file that was replaced by rubbish is reported once as new, and stays as it was read before."""
    bench.add(folder)
    bench.sync()
    before = bench.texts()
    (folder / "muistio.txt").write_bytes(b" \n ")
    first, second = bench.sync(), bench.sync()
    assert [(trouble.key, trouble.is_new) for trouble in first.troubles] == [("muistio.txt", True)]
    assert [(trouble.key, trouble.is_new) for trouble in second.troubles] == [("muistio.txt", False)]
    assert bench.texts() == before
    with bench.store.reading() as work:
        assert [failure.code for failure in work.failures.all()] == ["empty"]
    (folder / "muistio.txt").write_text("Seuraava kokous on kesäkuussa.")
    assert bench.sync().counts.changed == 1
    with bench.store.reading() as work:
        assert work.failures.all() == []


def test_the_language_is_told_passage_by_passage(bench: Bench, folder: Path) -> None:
    """A Finnish document with a Swedish summary has passages in both, and is Finnish by the most of its text."""
    _rewrite(
        folder / "ohje.md",
        "## Käyttäjät",
        "## Sammanfattning\n\nLjudinspelningen får sparas i högst sju dygn efter dikteringen.\n\n## Käyttäjät",
    )
    bench.add(folder / "ohje.md")
    bench.sync()
    with bench.store.reading() as work:
        (home,) = work.documents.live()
        languages = [passage.language for passage in work.documents.of_document(home.id)]
    assert languages == [Language.FI, Language.SV, Language.FI]
    assert home.language is Language.FI


def test_rolling_back_and_forth(bench: Bench, folder: Path, clock: SetClock) -> None:
    """The earlier generation finds what it found; the next one that is published takes over."""
    bench.add(folder)
    bench.sync()
    first = bench.published()
    clock.advance(minutes=1)
    (folder / "uusi.txt").write_text("Uusi asia koskee koulutusta ja tukea.")
    bench.sync()
    second = bench.published()
    assert first < second
    bench.shelf.roll_back()
    assert bench.published() == first
    assert bench.sync().counts.unchanged == 3
    assert bench.published() == first
    clock.advance(minutes=1)
    (folder / "toinen.txt").write_text("Toinen uusi asia koskee hankintoja.")
    bench.sync()
    assert second < bench.published()


def test_a_retired_passage_can_be_quoted_after_a_rollback(bench: Bench, folder: Path, clock: SetClock) -> None:
    """A kept generation finds what has changed since: its text is still there."""
    bench.add(folder)
    bench.sync()
    first = bench.published()
    clock.advance(minutes=1)
    _rewrite(folder / "ohje.md", "84 hoitajaa", "96 hoitajaa")
    bench.sync()
    bench.shelf.roll_back()
    with bench.store.reading() as work:
        texts = [passage.text for passage, _ in work.documents.passages(bench.published()).values()]
    assert bench.published() == first
    assert any("84 hoitajaa" in text for text in texts)


def test_a_removed_source_is_erased(bench: Bench, folder: Path, tmp_path: Path) -> None:
    """Removing a source takes everything of it out of SQL, and out of the reach of kept generations."""
    kept = tmp_path / "kept.txt"
    kept.write_text("Tämä tiedosto jää hakemistoon.")
    source = bench.add(folder)
    bench.add(kept)
    bench.sync()
    ids = bench.published()
    with bench.store() as work:
        work.sources.remove(source.id)
        work.commit()
    bench.sync()
    assert set(bench.texts()) == {"kept.txt"}
    assert bench.published() == set(bench.live())
    with bench.store.reading() as work:
        assert len(work.documents.passages(ids)) == 1


def test_a_changed_audience_is_published(bench: Bench, folder: Path) -> None:
    """Narrowing a source's audience hides it from the index without reading anything again."""
    bench.add(folder, audience=Audience.PUBLIC)
    bench.sync()
    bench.reader.names.clear()
    bench.add(folder, audience=Audience.COORDINATORS)
    bench.sync()
    vector = bench.embedder.embed_query("sanelu")
    found = bench.shelf.current().candidates(Query("sanelu", Language.FI, vector), Audience.MEMBERS.readable, 10)
    assert found.ids.tolist() == []
    assert len(bench.published()) == 3
    assert bench.reader.names == []


def test_another_model_is_refused_before_anything_is_touched(bench: Bench, folder: Path, tmp_path: Path) -> None:
    """An index made with another model is not mixed with this one: the sentence says what to run."""
    bench.add(folder)
    bench.sync()
    other = Bench(tmp_path / "data", bench.clock, SmallEmbedder(dimension=16, revision="2"))
    with pytest.raises(ModelMismatchError, match=r"small 1 \(32 dimensions\).*small 2 \(16 .*indexer rebuild"):
        other.sync()
    other.publisher.publish()
    assert other.shelf.current().manifest.model == other.embedder.identity
    assert other.sync().counts.unchanged == 2
    other.close()


def test_a_plan_writes_nothing(bench: Bench, folder: Path) -> None:
    """What a dry run tells is what the run then does, and before that nothing has happened."""
    bench.add(folder)
    plan = bench.pipeline().plan(bench.sources(), quiet)
    assert sorted(change.item.key for _, change in plan.changed if isinstance(change, Arrived)) == [
        "muistio.txt",
        "ohje.md",
    ]
    assert plan.counts.new == 2
    assert bench.texts() == {}
    assert bench.reader.names == []
    assert bench.shelf.kept() == []
    assert bench.sync().counts.new == plan.counts.new


def test_a_file_that_vanishes_between_listing_and_reading(bench: Bench, folder: Path) -> None:
    """It is reported as gone and worth another try; the others are read."""
    bench.add(folder)

    def tell(phase: str, done: int, total: int) -> None:
        del phase, total
        if done == 0:
            (folder / "ohje.md").unlink(missing_ok=True)

    report = bench.pipeline().sync(bench.sources(), tell)
    assert [(trouble.key, trouble.sentence) for trouble in report.troubles] == [
        ("ohje.md", "It disappeared while it was about to be read; synchronise again.")
    ]
    assert set(bench.texts()) == {"muistio.txt"}
    assert bench.sync().troubles == ()


def test_better_reading_rules_read_everything_again(
    bench: Bench, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A new reader's version makes unchanged bytes worth reading; equal passages are not embedded twice."""
    bench.add(folder)
    bench.sync()
    bench.embedder.embedded.clear()
    for module in ("pipeline", "contents"):
        monkeypatch.setattr(f"indexer.{module}.RULES", "next")
    report = bench.sync()
    assert (report.counts.changed, report.counts.embedded) == (2, 0)
    assert bench.embedder.embedded == []


def test_a_document_that_nobody_foresaw_costs_only_itself(
    bench: Bench, folder: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """A defect met in one document is logged and told with it; the others are indexed, and the next run tries again."""
    bench.add(folder)
    with monkeypatch.context() as broken:
        cut = contents.cut
        broken.setattr(contents, "cut", lambda read: 1 / 0 if "ohje" in read.title.lower() else cut(read))
        report = bench.sync()
    assert (report.counts.new, report.counts.failed) == (1, 1)
    assert "ZeroDivisionError" in caplog.text
    assert "the indexer's log tells" in report.troubles[0].sentence
    assert bench.sync().counts.new == 1


def test_a_run_tells_how_far_it_is_and_how_it_ended(bench: Bench, folder: Path) -> None:
    """SQL shows phases as they come, and at the end what was done."""
    bench.add(folder)
    heard: list[tuple[str, int, int]] = []
    book = RunBook(bench.store, bench.clock, "test")
    book.perform(
        book.begin("shell"),
        lambda tell: bench.pipeline().sync(bench.sources(), tell),
        lambda phase, done, total: heard.append((phase, done, total)),
    )
    assert heard == [
        ("reading", 0, 2),
        ("reading", 1, 2),
        ("reading", 2, 2),
        ("embedding", 3, 3),
        ("publishing", 0, 3),
        ("publishing", 3, 3),
    ]
    with bench.store.reading() as work:
        run = work.runs.latest()
    assert run is not None
    assert (run.state, run.counts.new, run.counts.embedded, run.message) == (RunState.DONE, 2, 3, "")


def _urls(bench: Bench) -> set[str]:
    with bench.store.reading() as work:
        return {document.url for document in work.documents.live()}
