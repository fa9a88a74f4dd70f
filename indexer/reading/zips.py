"""Looks into a zip archive's table of contents before anything is unpacked."""

from __future__ import annotations

import io
import zipfile

from indexer.reading import failures

MOST_ENTRIES = 20_000
MOST_BYTES = 1_000_000_000
"""Unpacked size above which no document of ours lies."""
MOST_RATIO = 150
"""Unpacked size for each packed byte above which a part is suspicious."""
SMALL = 20_000_000
"""Unpacked size below which a part may be packed as tightly as it likes: an empty sheet is."""
_OLE = b"\xd0\xcf\x11\xe0"
"""Office wraps its encrypted files in this older format, in which it kept all files once."""
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


def check_zip(content: bytes) -> None:
    """Raise ReadFailure unless this is an archive that can be unpacked safely."""
    if content.startswith(_OLE):
        raise failures.encrypted() if _ENCRYPTED in content else failures.damaged()
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise failures.damaged() from error
    if any(entry.flag_bits & 1 for entry in entries):
        raise failures.encrypted()
    if len(entries) > MOST_ENTRIES or sum(entry.file_size for entry in entries) > MOST_BYTES:
        raise failures.zip_bomb()
    if any(entry.file_size > max(SMALL, MOST_RATIO * entry.compress_size) for entry in entries):
        raise failures.zip_bomb()
