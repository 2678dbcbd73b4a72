"""The database as it is published: a ZIP of some forty tables, of which two are unpacked."""

import io
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import PurePosixPath

from learning.onet.files import File, Kind
from learning.onet.refusals import TABLE_LIMIT, OnetError, unusable
from tenants.people.exports.archives import MEMBER_LIMIT, METHODS

ENTRY = b"PK\x01\x02"  # before each entry of the table of contents: APPNOTE.TXT 4.3.12
WANTED = {kind.casefold(): kind for kind in Kind}
DAMAGED = "is damaged or cut off."
AGAIN = "Download it again."
UNPACK = "Unpack it, and upload the two tables."


def tables_in(file: File) -> list[File]:
    """The published tables that a ZIP holds, one or two of them.

    The entries are counted before any is built in memory. Declared sizes can be trusted as limits:
    `zipfile` never yields more than they say. Raises `OnetError`.
    """
    if file.content.count(ENTRY) > MEMBER_LIMIT:
        raise unusable(file, "holds too many files to be the O*NET database.")
    try:
        with zipfile.ZipFile(io.BytesIO(file.content)) as archive:
            found = {}
            for kind, member in _wanted(archive):
                if kind in found:
                    raise unusable(file, f"holds “{kind}” more than once.", UNPACK)
                found[kind] = _unpacked(file, archive, member)
            if not found:
                raise _nothing_in(file, archive)
            return list(found.values())
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError) as error:
        if isinstance(error, OnetError):
            raise
        raise unusable(file, DAMAGED, AGAIN) from error


def _wanted(archive: zipfile.ZipFile) -> Iterator[tuple[Kind, zipfile.ZipInfo]]:
    for member in archive.infolist():
        path = PurePosixPath(member.filename)
        if path.parts[:1] != ("__MACOSX",) and (kind := WANTED.get(path.name.casefold())):
            yield kind, member


def _unpacked(file: File, archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> File:
    path = PurePosixPath(member.filename)
    if member.flag_bits & 1:
        raise unusable(file, "is protected by a password.", UNPACK)
    if member.compress_type not in METHODS:
        raise unusable(file, "is packed in a way that is not read here.", UNPACK)
    if member.file_size > TABLE_LIMIT:
        megabytes = TABLE_LIMIT // 2**20
        raise unusable(file, f"holds a “{path.name}” of more than {megabytes} MB.")
    folder = f"{file.folder}/{file.name}/{path.parent}"
    return File(path.name, archive.read(member), folder)


def _nothing_in(file: File, archive: zipfile.ZipFile) -> OnetError:
    names = archive.namelist()
    if "[Content_Types].xml" in names or any(name.endswith(".xlsx") for name in names):
        return unusable(file, "is the Excel version.")
    return unusable(file, f"holds neither “{Kind.OCCUPATIONS}” nor “{Kind.TASKS}”.")
