"""Files that give trouble, made by code: protected, pictures only, cut off, blown up."""

from __future__ import annotations

import io
import zipfile

import docx
import pypdf
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

_MEGABYTE = 1024 * 1024


def pdf(*pages: str) -> bytes:
    """A PDF with a line of text per page; an empty line makes a page that is a picture."""
    stream = io.BytesIO()
    canvas = Canvas(stream)
    for text in pages:
        if text:
            canvas.drawString(72, 720, text)
        else:
            canvas.drawImage(ImageReader(Image.new("RGB", (40, 40), "grey")), 72, 400, 400, 400)
        canvas.showPage()
    canvas.save()
    return stream.getvalue()


def encrypted_pdf() -> bytes:
    """A PDF that opens with a password."""
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf("Salainen.")))
    writer.encrypt("avain", algorithm="RC4-128")
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


def word(*paragraphs: str) -> bytes:
    """A Word file."""
    document = docx.Document()
    for text in paragraphs:
        document.add_paragraph(text)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def protected_word() -> bytes:
    """What Office makes of a Word file with a password: the old format around the encrypted one."""
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1000) + "EncryptedPackage".encode("utf-16-le") + bytes(1000)


def old_word() -> bytes:
    """A Word file from before 2007, whatever its name says."""
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1000) + "WordDocument".encode("utf-16-le") + bytes(1000)


def zip_bomb() -> bytes:
    """A Word file of some kilobytes that unpacks to many megabytes."""
    stream = io.BytesIO(word("Pommi."))
    with zipfile.ZipFile(stream, "a", zipfile.ZIP_DEFLATED) as archive, archive.open("word/bomb.xml", "w") as part:
        for _ in range(40):
            part.write(bytes(_MEGABYTE))
    return stream.getvalue()
