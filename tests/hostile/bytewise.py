"""Changes to any file that know nothing of its format: flipped bits, cuts, doublings, numbers that lie, noise."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

Mutation = Callable[[bytes, Random], bytes]
LYING_NUMBERS = (
    b"\x00\x00\x00\x00",
    b"\xff\xff\xff\xff",
    b"\xff\xff\xff\x7f",
    b"\x00\x00\x00\x80",
    b"\x7f\xff\xff\xff",
    b"\xff\xff",
    b"\x01",
)
DECIMALS = ("0", "-1", "1", "65536", "2147483648", "99999999999999999999", "1e309", "NaN", "", "0x10", "1" * 5000)
_LONGEST_COPY = 20_000


def span(content: bytes, random: Random, longest: int = _LONGEST_COPY) -> tuple[int, int]:
    """Where a piece of the content begins and ends."""
    start = random.randrange(len(content) + 1)
    return start, min(len(content), start + random.randrange(1, longest))


def flip_bits(content: bytes, random: Random) -> bytes:
    """Some bits the other way round."""
    changed = bytearray(content)
    for _ in range(random.choice((1, 1, 2, 8, 64, 500)) if content else 0):
        changed[random.randrange(len(changed))] ^= 1 << random.randrange(8)
    return bytes(changed)


def cut_end(content: bytes, random: Random) -> bytes:
    """The end is missing, as after a broken transfer."""
    return content[: random.randrange(len(content) + 1)]


def cut_start(content: bytes, random: Random) -> bytes:
    """The beginning is missing."""
    return content[random.randrange(len(content) + 1) :]


def cut_out(content: bytes, random: Random) -> bytes:
    """A piece is missing."""
    start, end = span(content, random)
    return content[:start] + content[end:]


def double(content: bytes, random: Random) -> bytes:
    """A piece stands there several times."""
    start, end = span(content, random)
    return content[:end] + content[start:end] * random.choice((1, 2, 20)) + content[end:]


def overwrite(content: bytes, random: Random) -> bytes:
    """Numbers that lie stand where anything stood."""
    changed = bytearray(content)
    for _ in range(random.choice((1, 3, 20))):
        lie = random.choice(LYING_NUMBERS)
        at = random.randrange(len(changed) + 1)
        changed[at : at + len(lie)] = lie
    return bytes(changed)


def add_noise(content: bytes, random: Random) -> bytes:
    """Random bytes in the middle."""
    at = random.randrange(len(content) + 1)
    return content[:at] + random.randbytes(random.choice((1, 4, 64, 4096))) + content[at:]


def swap(content: bytes, random: Random) -> bytes:
    """Two pieces have changed places."""
    one, two, three = sorted(random.randrange(len(content) + 1) for _ in range(3))
    return content[:one] + content[two:three] + content[one:two] + content[three:]


def prefix(content: bytes, random: Random) -> bytes:
    """Another format's first bytes before it."""
    heads = (b"MZ", b"PK\x03\x04", b"%PDF-1.7\n", b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf", b"\x00" * 600, b"<html>")
    return random.choice(heads) + content


EVERYWHERE: tuple[Mutation, ...] = (
    *(flip_bits, cut_end, cut_start, cut_out, double),
    *(overwrite, add_noise, swap, prefix),
)
"""Those that fit any format."""
