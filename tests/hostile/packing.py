"""Changes to Office files, which are archives of XML: parts that lie, are doubled, missing, bombs or another's."""

from __future__ import annotations

import io
import struct
import warnings
import zipfile
from collections.abc import Sequence
from random import Random

from tests.hostile.bytewise import EVERYWHERE, Mutation
from tests.hostile.growing import change_tree
from tests.hostile.marking import IN_MARKUP, Bombing
from tests.hostile.wording import IN_TEXT

Parts = list[tuple[str, bytes]]
_MEGABYTE = 1_000_000
_CENTRAL = b"PK\x01\x02"
_EXTERNAL = (
    b'<Relationship Id="rId9{n}" TargetMode="External" Target="{where}" Type='
    b'"http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}"/>'
)
_KINDS = (
    b"attachedTemplate",
    b"image",
    b"hyperlink",
    b"oleObject",
    b"externalLink",
    b"vbaProject",
    b"footnotes",
    b"slide",
)


def unpacked(content: bytes) -> Parts:
    """The parts of an archive, in order."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return [(entry.filename, archive.read(entry)) for entry in archive.infolist()]


def packed(parts: Sequence[tuple[str, bytes]], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """An archive of these parts."""
    stream = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(stream, "w", method) as archive:
        # Doubled names are meant.
        warnings.simplefilter("ignore")
        for name, part in parts:
            archive.writestr(zipfile.ZipInfo(name), part, method, 1)
    return stream.getvalue()


class PartChange:
    """Takes one XML part out, changes it as text, and packs it in again."""

    def __init__(self, canary: str) -> None:
        broken = (*IN_MARKUP, *IN_TEXT, *EVERYWHERE, Bombing(canary), Bombing(canary), Bombing(canary))
        # Most stay well-formed: what is not is turned away by the parser, before any reader sees it.
        self._mutations = (*broken, *[change_tree] * (2 * len(broken)))

    def __call__(self, content: bytes, random: Random) -> bytes:
        """The archive with a part or two changed."""
        parts = unpacked(content)
        for _ in range(random.choice((1, 1, 2, 5))):
            at = _a_part(parts, random)
            name, part = parts[at]
            parts[at] = (name, random.choice(self._mutations)(part, random))
        return packed(parts)


def _a_part(parts: Parts, random: Random) -> int:
    """The number of a part, mostly of one that the readers look at."""
    read = [
        at for at, (name, _) in enumerate(parts) if any(word in name for word in ("document", "slide", "sheet", "rels"))
    ]
    return random.choice(read) if read and random.random() < 0.7 else random.randrange(len(parts))


def drop_part(content: bytes, random: Random) -> bytes:
    """A part is missing."""
    parts = unpacked(content)
    parts.pop(random.randrange(len(parts)))
    return packed(parts)


def double_part(content: bytes, random: Random) -> bytes:
    """Two parts bear the same name, or by the thousand."""
    parts = unpacked(content)
    name, part = random.choice(parts)
    return packed([*parts, *[(name, part)] * random.choice((1, 1, 3))])


def exchange_parts(content: bytes, random: Random) -> bytes:
    """A part holds what belongs into another, or an archive, or nothing."""
    parts = unpacked(content)
    at = _a_part(parts, random)
    other = random.choice((random.choice(parts)[1], content, b"", b"\x00" * 100, b"%PDF-1.7"))
    parts[at] = (parts[at][0], other)
    return packed(parts)


def rename_part(content: bytes, random: Random) -> bytes:
    """A part bears a name that leads out, is no text or is without an end."""
    parts = unpacked(content)
    at = random.randrange(len(parts))
    names = (
        "../../../tmp/x",
        "/etc/passwd",
        "a" * 60_000,
        "\u202etxt.exe",
        "C:\\x",
        "",
        "word/document.xml/",
        "\ud83d\ude00".encode("utf-16", "surrogatepass").decode("utf-16"),
    )
    parts[at] = (random.choice(names), parts[at][1])
    return packed(parts)


def add_bomb(content: bytes, random: Random) -> bytes:
    """A part that unpacks to far more than its size, as an own one or in the place of one that is read."""
    parts = unpacked(content)
    size = random.choice((3, 15, 30)) * _MEGABYTE
    filler = random.choice((bytes(size), b" " * size, b"<a>" * (size // 3), b"<w:p/>" * (size // 6)))
    at = _a_part(parts, random)
    name, part = parts[at]
    middle = part.find(b">", len(part) // 2) + 1
    parts[at] = random.choice(((name, filler), (name, part[:middle] + filler + part[middle:]), ("bomb.xml", filler)))
    return packed(parts)


def lie_in_table(content: bytes, random: Random) -> bytes:
    """The archive's table of contents lies about sizes, places, methods or passwords."""
    changed = bytearray(content)
    entries = [at for at in range(len(content) - 46) if content[at : at + 4] == _CENTRAL]
    for at in random.sample(entries, min(len(entries), random.choice((1, 2, len(entries))))):
        where, form = random.choice(((8, "<H"), (10, "<H"), (16, "<I"), (20, "<I"), (24, "<I"), (28, "<H"), (42, "<I")))
        largest = 0xFFFF if form == "<H" else 0xFFFFFFFF
        struct.pack_into(form, changed, at + where, random.choice((0, 1, 12, 14, 99, 900_000_000 & largest, largest)))
    return bytes(changed)


def repack(content: bytes, random: Random) -> bytes:
    """Packed in a way that Office never uses, so that changes to the bytes meet the parts themselves."""
    stored = packed(unpacked(content), random.choice((zipfile.ZIP_STORED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA)))
    return random.choice(EVERYWHERE)(stored, random)


def link_outside(content: bytes, random: Random) -> bytes:
    """Links that lead out of the file: templates, pictures and macros from elsewhere, and a macro inside."""
    parts = unpacked(content)
    relations = [at for at, (name, _) in enumerate(parts) if name.endswith(".rels")]
    for number, at in enumerate(random.sample(relations, min(3, len(relations)))):
        where = random.choice((b"http://127.0.0.1:9/x", b"file:///dev/zero", b"\\\\127.0.0.1\\x", b"NULL", b"../" * 99))
        link = _EXTERNAL.replace(b"{n}", b"%d" % number).replace(b"{where}", where)
        link = link.replace(b"{kind}", random.choice(_KINDS))
        if random.random() < 0.3:
            link = link.replace(b'TargetMode="External" ', b"")
        name, part = parts[at]
        parts[at] = (name, part.replace(b"</Relationships>", link + b"</Relationships>"))
    return packed([*parts, ("word/vbaProject.bin", b"\xd0\xcf\x11\xe0" + random.randbytes(2000))])


IN_PACKAGES: tuple[Mutation, ...] = (
    *(drop_part, double_part, exchange_parts, rename_part),
    *(add_bomb, lie_in_table, repack, link_outside),
)
"""Those that fit archives of parts."""
