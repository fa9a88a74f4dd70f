"""Changes to text of any kind: letters that are none, signs that nobody sees, fields without an end."""

from __future__ import annotations

import re
from random import Random

from tests.hostile.bytewise import DECIMALS, Mutation

ODD_SIGNS = (
    "\u202eakkid\u202c",  # written from right to left
    "\u2066\u2067\u2068",  # directions that are never closed
    "sa\u200dna\u200c",  # joiners without width
    "a" + "\u0301" * 3000,  # one letter under a tower of accents
    "\u0000",
    "\ufeff",
    "\ufffe",
    "\u2028\u2029\u0085",
    "\U0010ffff",
    "👩\u200d👩\u200d👧\u200d👦" * 200,
    "﷽" * 500,
    "ﬁ" * 2000,
    "\u1160" * 4000,
    "İ" * 300,
    "ä" * 20_000,
    "sana" * 3_000,
    " " * 30_000,
    "\n" * 20_000,
    "\t|" * 4_000,
    '=HYPERLINK("http://127.0.0.1:9/")',
    "<!channel> <@U0ADMIN001> <https://evil.example|docs>",
    "../../../../etc/passwd",
    "%s%n{0}${jndi:ldap://127.0.0.1:9/a}{{7*7}}",
)
"""What a text may hold that its reader does not expect."""
HALF_LETTERS = (
    b"\xed\xa0\x80",
    b"\xed\xb0\x80",
    b"\xc0\xaf",
    b"\xf8\x88\x80\x80\x80",
    b"\xff\xfe",
    b"\x80" * 100,
    b"\x00",
)
"""Bytes that are no UTF-8: half a letter, too long a form of one, a mark in the middle."""
_LINE = re.compile(rb"[^\n]*\n?")
_NUMBER = re.compile(rb"\d+")
_ENCODINGS = ("utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-7", "latin-1", "cp1252", "cp037", "iso2022_jp", "big5")


def add_odd_signs(content: bytes, random: Random) -> bytes:
    """Signs that no reader expects, in valid UTF-8."""
    for _ in range(random.choice((1, 1, 3))):
        at = random.randrange(len(content) + 1)
        content = content[:at] + random.choice(ODD_SIGNS).encode() + content[at:]
    return content


def add_half_letters(content: bytes, random: Random) -> bytes:
    """Bytes that are no UTF-8."""
    for _ in range(random.choice((1, 4, 30))):
        at = random.randrange(len(content) + 1)
        content = content[:at] + random.choice(HALF_LETTERS) + content[at:]
    return content


def change_number(content: bytes, random: Random) -> bytes:
    """Numbers in the text lie."""
    places = list(_NUMBER.finditer(content))
    for place in random.sample(places, min(len(places), random.choice((1, 2, 10)))):
        lie = random.choice(DECIMALS).encode()
        content = content[: place.start()] + lie + content[place.end() :]
    return content


def shuffle_lines(content: bytes, random: Random) -> bytes:
    """The lines in another order, some gone and some doubled."""
    lines = _LINE.findall(content)
    kept = random.choices(lines, k=len(lines)) if lines else []
    return b"".join(kept)


def change_encoding(content: bytes, random: Random) -> bytes:
    """The text in another encoding than it says, or than anybody expects."""
    return content.decode("utf-8", "replace").encode(random.choice(_ENCODINGS), "replace")


def cut_inside_letter(content: bytes, random: Random) -> bytes:
    """An end in the middle of a letter."""
    whole = content[: random.randrange(len(content) + 1)]
    return whole + "ä".encode()[:1]


IN_TEXT: tuple[Mutation, ...] = (
    *(add_odd_signs, add_half_letters, change_number),
    *(shuffle_lines, change_encoding, cut_inside_letter),
)
"""Those that fit any text."""
