"""The folder of handed-over files."""

from __future__ import annotations

from pathlib import Path

from knowledge.adapters.file_shelf import FolderShelf


def test_a_file_goes_alone(tmp_path: Path) -> None:
    """The same content may lie beside it under another name, as a source of its own; nothing elsewhere is touched."""
    shelf = FolderShelf(tmp_path / "uploads")
    first, second = shelf.put("mark", "ohje.pdf", b"sama"), shelf.put("mark", "ohje-2026.pdf", b"sama")
    shelf.remove(first)
    assert not (tmp_path / first).exists()
    assert (tmp_path / second).read_bytes() == b"sama"
    shelf.remove(second)
    assert list((tmp_path / "uploads").iterdir()) == []
    elsewhere = tmp_path / "muualla.pdf"
    elsewhere.write_bytes(b"x")
    shelf.remove("muualla.pdf")
    shelf.remove(first)
    assert elsewhere.exists()
