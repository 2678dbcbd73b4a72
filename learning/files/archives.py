"""ZIP archives, and the documents that are ZIP archives inside: weighed by their table of contents.

Nothing in them is unpacked here, but whoever downloads one will.
"""

import struct
import zipfile
from typing import IO

from learning.files import kinds
from learning.files.kinds import Kind
from learning.files.refusals import (
    DAMAGED,
    DIRECTORY_LIMIT,
    ENTRY_LIMIT,
    MACROS,
    PASSWORD,
    TOO_MANY,
    TOO_MUCH,
    UNPACKED_LIMIT,
    refused,
)

# APPNOTE.TXT, 4.3.15 and 4.3.16: where the table of contents is, and how long
END, END_64 = b"PK\x05\x06", b"PK\x06\x07"
END_SIZE, END_64_SIZE, COMMENT_SIZE = 22, 20, 2**16  # bytes
OFFICE = {"word/": kinds.WORD, "xl/": kinds.EXCEL, "ppt/": kinds.POWERPOINT}
OPEN_DOCUMENT = {kind.media_type.encode(): kind for kind in (kinds.ODT, kinds.ODS, kinds.ODP)}
MACRO_PARTS = ("vbaproject.bin", "xl/macrosheets/")
MACRO_FOLDERS = ("Basic/", "Scripts/")  # of an OpenDocument


def weighed(name: str, content: IO[bytes]) -> Kind:
    """Which kind the archive is. Raises `FileRefused` where it is one to beware of.

    Costs memory for `ENTRY_LIMIT` entries at most.
    """
    _measure_directory(name, content)
    try:
        with zipfile.ZipFile(content) as archive:
            entries = archive.infolist()
            if len(entries) > ENTRY_LIMIT:
                raise refused(name, TOO_MANY)
            if sum(entry.file_size for entry in entries) > UNPACKED_LIMIT:
                raise refused(name, TOO_MUCH)
            if any(entry.flag_bits & 1 for entry in entries):
                raise refused(name, PASSWORD)
            return _kind(name, archive)
    except (zipfile.BadZipFile, EOFError, OSError, RuntimeError, ValueError) as error:
        raise refused(name, DAMAGED) from error


def _measure_directory(name: str, content: IO[bytes]) -> None:
    """Before any of it is built in memory. An archive within our limits never needs ZIP64."""
    size = content.seek(0, 2)
    content.seek(max(size - END_SIZE - COMMENT_SIZE - END_64_SIZE, 0))
    tail = content.read()
    at = tail.rfind(END)
    if at < 0 or len(tail) - at < END_SIZE:
        raise refused(name, DAMAGED)
    entries, length = struct.unpack_from("<10xHI", tail, at)
    is_64 = at >= END_64_SIZE and tail.startswith(END_64, at - END_64_SIZE)
    if is_64 or entries > ENTRY_LIMIT or length > DIRECTORY_LIMIT:
        raise refused(name, TOO_MANY)


def _kind(name: str, archive: zipfile.ZipFile) -> Kind:
    names = archive.namelist()
    kind = _document(archive, names)
    if kind in OFFICE.values() and any(
        part in entry.lower() for entry in names for part in MACRO_PARTS
    ):
        raise refused(name, MACROS)
    if kind in OPEN_DOCUMENT.values() and any(entry.startswith(MACRO_FOLDERS) for entry in names):
        raise refused(name, MACROS)
    return kind or kinds.ZIP


def _document(archive: zipfile.ZipFile, names: list[str]) -> Kind | None:
    if "[Content_Types].xml" in names:
        folders = (folder for folder in OFFICE if any(entry.startswith(folder) for entry in names))
        return next((OFFICE[folder] for folder in folders), None)
    if "mimetype" in names:  # OpenDocument 1.3, part 2, 3.3: stored, not packed
        entry = archive.getinfo("mimetype")
        if entry.compress_type == zipfile.ZIP_STORED and entry.file_size < 100:
            return OPEN_DOCUMENT.get(archive.read(entry).strip())
    return None
