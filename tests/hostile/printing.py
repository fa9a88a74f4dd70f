"""Changes to PDF files that know how these are built: objects that lie, circles, depth, packed bombs, odd operators."""

from __future__ import annotations

import re
import zlib
from random import Random

from tests.hostile.bytewise import DECIMALS, Mutation
from tests.hostile.wording import ODD_SIGNS

_OBJECT = re.compile(rb"\d+ 0 obj\b.*?endobj", re.DOTALL)
_REFERENCE = re.compile(rb"\b\d+ 0 R\b")
_NAME = re.compile(rb"/[A-Za-z]\w*")
_STREAM = re.compile(rb"stream\r?\n(.*?)endstream", re.DOTALL)
_NUMBER = re.compile(rb"(?<=[\s\[])-?\d+\.?\d*(?=[\s\]/>])")
_NAMES = (
    b"/Page",
    b"/Pages",
    b"/Catalog",
    b"/Font",
    b"/XObject",
    b"/Kids",
    b"/Parent",
    b"/Length",
    b"/Encrypt",
    b"/ObjStm",
)
_DEEP = (b"[", b"<<", b"<< /a ", b"(", b"q ", b"BT ", b"/a <<", b"[[<<")
_FILTERS = (
    b"/FlateDecode",
    b"/LZWDecode",
    b"/ASCII85Decode",
    b"/RunLengthDecode",
    b"/JBIG2Decode",
    b"/DCTDecode",
    b"/Crypt",
)
_MEGABYTE = 1_000_000


def point_elsewhere(content: bytes, random: Random) -> bytes:
    """References to objects that do not exist, or round in a circle."""
    places = list(_REFERENCE.finditer(content))
    targets = [b"0 0 R", b"1 0 R", b"2 0 R", b"9999999 0 R", b"-1 0 R", *(found.group() for found in places)]
    for place in sorted(
        random.sample(places, min(len(places), random.choice((1, 2, 5)))), key=lambda each: -each.start()
    ):
        content = content[: place.start()] + random.choice(targets) + content[place.end() :]
    return content


def change_names(content: bytes, random: Random) -> bytes:
    """Something is called what it is not."""
    places = list(_NAME.finditer(content))
    names = [*_NAMES, *_FILTERS, *(found.group() for found in places[:50])]
    for place in sorted(
        random.sample(places, min(len(places), random.choice((1, 3, 10)))), key=lambda each: -each.start()
    ):
        content = content[: place.start()] + random.choice(names) + content[place.end() :]
    return content


def change_numbers(content: bytes, random: Random) -> bytes:
    """Lengths, counts, widths and places lie."""
    places = list(_NUMBER.finditer(content))
    for place in sorted(
        random.sample(places, min(len(places), random.choice((1, 3, 30)))), key=lambda each: -each.start()
    ):
        content = content[: place.start()] + random.choice(DECIMALS).encode() + content[place.end() :]
    return content


def double_object(content: bytes, random: Random) -> bytes:
    """An object stands there twice, is missing, or stands where another should."""
    objects = list(_OBJECT.finditer(content))
    if not objects:
        return content
    one, two = random.choice(objects), random.choice(objects)
    put = random.choice((two.group(), one.group() + b"\n" + two.group(), b""))
    return content[: one.start()] + put + content[one.end() :]


def deepen(content: bytes, random: Random) -> bytes:
    """Lists and dictionaries within each other, thousands deep."""
    places = [found.end() for found in _NAME.finditer(content)] or [0]
    at = random.choice(places)
    return content[:at] + b" " + random.choice(_DEEP) * random.choice((100, 1000, 50_000)) + content[at:]


def pack_bomb(content: bytes, random: Random) -> bytes:
    """A stream that unpacks to far more than its size, perhaps packed several times."""
    filler = random.choice((b"\x00", b"\x00", b"BT /F1 9 Tf (ha) Tj ET\n", b"q ", b"/X0 Do ", b"0 0 m 9 9 l S\n"))
    # Zeros cost nothing to read; of operators a tenth of it takes as long.
    size = random.choice((1, 3, 40)) * _MEGABYTE // (1 if filler == b"\x00" else 10)
    bomb = zlib.compress(filler * (size // len(filler)), 1)
    layers = random.choice((1, 1, 2, 8))
    for _ in range(layers - 1):
        bomb = zlib.compress(bomb)
    return _with_stream(content, bomb, b"/Filter [" + b"/FlateDecode " * layers + b"]", random)


def change_stream(content: bytes, random: Random) -> bytes:
    """What stands on a page is nonsense: odd operators, odd letters, or the wrong packing."""
    odd = random.choice(
        (
            b"BT /F1 9 Tf 0 0 Td (" + random.choice(ODD_SIGNS).encode("utf-16") + b") Tj ET",
            b"BT /F1 1e38 Tf 1e38 1e38 Td (ha) Tj ET" * 50,
            b"BT /F1 0 Tf 0 0 0 0 0 0 Tm (ha) Tj ET" * 500,
            b"q " * 20_000 + b"(ha) Tj",
            b"BI /W 99999 /H 99999 /BPC 8 /CS /RGB ID \x00 EI",
            b"(" * 5000 + b") Tj",
            b"/Fm0 Do " * 1000,
            random.randbytes(3000),
        )
    )
    return _with_stream(content, odd, random.choice((b"", b"", b"/Filter " + random.choice(_FILTERS))), random)


def add_action(content: bytes, random: Random) -> bytes:
    """Scripts and programs that want to start, files within, forms, and a password that there is none for."""
    extra = random.choice(
        (
            b"/OpenAction << /S /JavaScript /JS (while\\(1\\){}) >>",
            b"/OpenAction << /S /Launch /F (/bin/sh) >>",
            b"/AA << /O << /S /URI /URI (http://127.0.0.1:9/) >> >>",
            b"/AcroForm << /XFA (" + b"<a>" * 5000 + b") /Fields [1 0 R 1 0 R] >>",
            b"/Names << /EmbeddedFiles << /Kids [1 0 R 2 0 R] >> >>",
            b"/StructTreeRoot 1 0 R /Outlines 1 0 R",
            b"/Encrypt << /Filter /Standard /V 5 /R 6 /Length 99999 /O () /U () /P -1 >>",
            b"/Metadata 1 0 R /PageLabels << /Nums [0 1 0 R] >>",
        )
    )
    place = random.choice((b"/Type /Catalog", b"/Type /Page", b"/Root", b"/Type /Font"))
    return content.replace(place, extra + b" " + place, 1)


def lie_at_end(content: bytes, random: Random) -> bytes:
    """The table at the end, by which all objects are found, lies or runs in a circle."""
    at = content.rfind(b"startxref")
    end = random.choice(
        (
            b"startxref\n0\n%%EOF",
            b"startxref\n99999999999999999999\n%%EOF",
            b"startxref\n-5\n%%EOF",
            b"xref\n0 99999999\ntrailer << /Size 99999999 /Root 1 0 R /Prev 9 >>\nstartxref\n9\n%%EOF",
            b"trailer << /Root 1 0 R /Prev %d >>\nstartxref\n%d\n%%%%EOF" % (at, at),
            b"%%EOF" * 10_000,
        )
    )
    return content[: max(at, 0)] + end


def _with_stream(content: bytes, stream: bytes, told: bytes, random: Random) -> bytes:
    """One stream in the place of another, its dictionary told so."""
    places = list(_STREAM.finditer(content))
    if not places:
        return content
    place = random.choice(places)
    opening = content.rfind(b"<<", 0, place.start())
    head = b"<< /Length %d %s >>\n" % (len(stream), told)
    return content[: max(opening, 0)] + head + b"stream\n" + stream + b"\nendstream" + content[place.end() :]


IN_PDF: tuple[Mutation, ...] = (
    *(point_elsewhere, change_names, change_numbers, double_object),
    *(deepen, pack_bomb, change_stream, add_action, lie_at_end),
)
"""Those that fit PDF."""
