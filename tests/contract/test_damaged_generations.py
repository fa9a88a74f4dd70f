"""Generations whose files were damaged: refused with a sentence, and stood in for where another is kept."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from knowledge.adapters.arrays import open_arrays, save_arrays
from knowledge.adapters.contents import ROW_TYPE
from knowledge.adapters.generations import GenerationShelf
from knowledge.errors import IndexDamagedError
from knowledge.model import GenerationId, ModelIdentity
from tests.builders import publish, row
from tests.fakes import SetClock

SMALL = ModelIdentity("small", "1", 4)
AXES = np.eye(4, dtype=np.float32)


@pytest.fixture
def shelf(tmp_path: Path, clock: SetClock) -> GenerationShelf:
    """Three generations, each with the passage of its number."""
    made = GenerationShelf(tmp_path / "index", 3, clock)
    for number in (1, 2, 3):
        publish(made, [row(number, "teksti", AXES[0], sentences=AXES[:2])], SMALL, revision=number)
        clock.advance(seconds=1)
    return made


def _in_segment(folder: Path, name: str) -> Path:
    """The file or folder of this name in the only segment."""
    [found] = folder.glob(f"segment-*/{name}")
    return found


def _manifest_gone(folder: Path) -> None:
    (folder / "manifest.json").unlink()


def _manifest_cut(folder: Path) -> None:
    os.truncate(folder / "manifest.json", 40)


def _manifest_of_another_dimension(folder: Path) -> None:
    content = json.loads((folder / "manifest.json").read_text())
    content["model"]["dimension"] = 8
    (folder / "manifest.json").write_text(json.dumps(content))


def _vectors_cut(folder: Path) -> None:
    os.truncate(_in_segment(folder, "vectors.faiss"), 20)


def _rows_gone(folder: Path) -> None:
    (folder / "rows.npy").unlink()


def _rows_too_many(folder: Path) -> None:
    np.save(folder / "rows.npy", np.zeros(2, dtype=ROW_TYPE))


def _words_gone(folder: Path) -> None:
    _in_segment(folder, "words.npys").unlink()


def _words_cut(folder: Path) -> None:
    os.truncate(_in_segment(folder, "words.npys"), 700)


def _words_lack_an_array(folder: Path) -> None:
    path = _in_segment(folder, "words.npys")
    save_arrays(path, open_arrays(path)[1:])


def _sentences_cut(folder: Path) -> None:
    os.truncate(_in_segment(folder, "sentences.f16"), 6)


def _segment_gone(folder: Path) -> None:
    shutil.rmtree(_in_segment(folder, "words.npys").parent)


DAMAGES = (
    _manifest_gone,
    _manifest_cut,
    _manifest_of_another_dimension,
    _vectors_cut,
    _rows_gone,
    _rows_too_many,
    _words_gone,
    _words_cut,
    _words_lack_an_array,
    _sentences_cut,
    _segment_gone,
)


def _folders(shelf: GenerationShelf, tmp_path: Path) -> list[Path]:
    return [tmp_path / "index" / manifest.generation for manifest in shelf.kept()]


@pytest.mark.parametrize("damage", DAMAGES)
def test_an_older_generation_stands_in(
    shelf: GenerationShelf, tmp_path: Path, clock: SetClock, damage: Callable[[Path], None]
) -> None:
    """With its newest files damaged, a process that starts answers from the one before."""
    damage(_folders(shelf, tmp_path)[0])
    assert GenerationShelf(tmp_path / "index", 3, clock).current().manifest.revision == 2


@pytest.mark.parametrize("damage", DAMAGES)
def test_with_nothing_readable_left_the_sentence_says_what_to_run(
    shelf: GenerationShelf, tmp_path: Path, clock: SetClock, damage: Callable[[Path], None]
) -> None:
    """When every generation is damaged, the database still holds everything: rebuild."""
    for folder in _folders(shelf, tmp_path):
        damage(folder)
    with pytest.raises(IndexDamagedError, match=r"^No index generation can be read; run `python -m indexer rebuild`"):
        GenerationShelf(tmp_path / "index", 3, clock).current()


def test_one_flipped_bit_keeps_a_generation_from_being_rolled_back_to(shelf: GenerationShelf, tmp_path: Path) -> None:
    """Before a rollback every file is compared with its checksum; the current generation stays."""
    middle = _folders(shelf, tmp_path)[1]
    damaged = _in_segment(middle, "vectors.faiss")
    content = bytearray(damaged.read_bytes())
    content[-1] ^= 1
    damaged.write_bytes(content)
    with pytest.raises(IndexDamagedError, match=r"does not match its checksums; run `python -m indexer rebuild`\.$"):
        shelf.roll_back()
    assert shelf.current().manifest.revision == 3


@pytest.mark.parametrize("damage", [_manifest_gone, _vectors_cut])
def test_a_rollback_leads_away_from_a_damaged_generation(
    shelf: GenerationShelf, tmp_path: Path, clock: SetClock, damage: Callable[[Path], None]
) -> None:
    """An admin can leave a damaged newest generation, step by step or by name, and every process follows."""
    names = [GenerationId(folder.name) for folder in _folders(shelf, tmp_path)]
    damage(_folders(shelf, tmp_path)[0])
    assert shelf.roll_back().revision == 2
    assert GenerationShelf(tmp_path / "index", 3, clock).current().manifest.revision == 2
    shelf.roll_back(names[2])
    assert GenerationShelf(tmp_path / "index", 3, clock).current().manifest.revision == 1


def test_what_a_killed_build_left_is_swept_by_the_next(shelf: GenerationShelf, tmp_path: Path) -> None:
    """Half-built folders and half-written pins are never read, and are gone after the next publication."""
    left = tmp_path / "index" / ".building-1234"
    shutil.copytree(_folders(shelf, tmp_path)[0], left)
    (tmp_path / "index" / ".ROLLED_BACK-1234").write_text("half")
    assert len(shelf.kept()) == 3
    publish(shelf, [row(4, "teksti", AXES[0])], SMALL, revision=4)
    assert [path.name for path in (tmp_path / "index").iterdir() if path.name.startswith(".")] == []


@pytest.mark.usefixtures("shelf")
def test_a_pin_nobody_understands_is_none(tmp_path: Path, clock: SetClock) -> None:
    """A damaged pin leaves the newest generation current."""
    (tmp_path / "index" / "ROLLED_BACK").write_bytes(b"\xff\x00 what")
    assert GenerationShelf(tmp_path / "index", 3, clock).current().manifest.revision == 3
