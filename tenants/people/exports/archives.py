"""A workbook as the ZIP archive it is: weighed before anything of it is built in memory."""

import io
import zipfile
import zlib
from collections.abc import Sequence
from xml.parsers import expat

from openpyxl.xml.constants import SHEET_MAIN_NS

from tenants.people.exports.refusals import UNPACKED_LIMIT, ExportError, too_large

MEMBER_LIMIT = 1_000  # parts of a workbook
PIECE_LIMIT = 500_000  # rows that a sheet mentions, or texts of a workbook
RUN_LIMIT = 8 * 2**20  # bytes of a part between one row and the next
CHUNK = 64 * 2**10
METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
PIECES = frozenset({f"{SHEET_MAIN_NS} row", f"{SHEET_MAIN_NS} si"})
CELL, FORMULA, VALUE = (f"{SHEET_MAIN_NS} {name}" for name in "cfv")
DAMAGED = (
    "This workbook is damaged or cut off: download it again, or save the sheet as 'CSV UTF-8'."
)
OPEN_DOCUMENT = b"application/vnd.oasis.opendocument"


def weigh(content: bytes) -> bool:
    """Raise `ExportError` unless this is a workbook that can be read in bounded memory; tell
    whether it has formulas that were never calculated.

    The declared sizes are trusted for the sum only: `zipfile` never yields more than they say.
    openpyxl keeps what it has parsed until a row or text is complete, so the distance between
    two of them is bounded, too. Costs one pass over the parts, 64 KB at a time.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = archive.infolist()
            if len(members) > MEMBER_LIMIT:
                too_large("archive")
            if sum(member.file_size for member in members) > UNPACKED_LIMIT:
                too_large("workbook")
            _check_kind(archive)
            weighed = [_weigh_part(archive, member) for member in members]  # all of them
            return any(weighed)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError) as error:
        if isinstance(error, ExportError):
            raise
        raise ExportError(DAMAGED) from error


def _check_kind(archive: zipfile.ZipFile) -> None:
    if any(member.flag_bits & 1 for member in archive.infolist()):
        raise ExportError("This archive is protected by a password: unpack it, upload the file.")
    if any(member.compress_type not in METHODS for member in archive.infolist()):
        raise ExportError(DAMAGED)
    members = {member.filename: member for member in archive.infolist()}
    if "[Content_Types].xml" in members and any(name.startswith("xl/") for name in members):
        if "xl/workbook.bin" in members:
            raise ExportError(
                "This is a binary workbook (.xlsb): save it as 'Excel Workbook (.xlsx)'."
            )
        return
    kind = members.get("mimetype")
    if kind and kind.file_size < CHUNK and archive.read(kind).startswith(OPEN_DOCUMENT):
        raise ExportError(
            "This is a document of LibreOffice: save it as 'Excel 2007-365 (.xlsx)' or CSV."
        )
    if "Index/Document.iwa" in members:
        raise ExportError("This is a document of Apple's Numbers: export it to Excel or CSV.")
    raise ExportError("This is a ZIP archive: unpack it and upload the CSV or XLSX file in it.")


def _weigh_part(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bool:
    census = _Census()
    with archive.open(member) as part:
        run = 0
        while chunk := part.read(CHUNK):
            pieces = census.pieces
            try:
                census.parser.Parse(chunk)
            except expat.ExpatError:
                return False  # a picture; where it is a sheet, openpyxl says so
            run = 0 if census.pieces > pieces else run + len(chunk)
            if run > RUN_LIMIT or census.pieces > PIECE_LIMIT:
                too_large("workbook")
    return census.uncalculated or census.open_formula


class _Census:
    """Counts the rows and texts of a part of a workbook, and looks for formulas without a value.

    A formula that gives an empty text has none, either, but says that it is text.
    """

    def __init__(self) -> None:
        self.pieces = 0
        self.uncalculated = False
        self.open_formula = self._is_text = False
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.ordered_attributes = True
        self.parser.StartElementHandler = self._start
        self.parser.StartDoctypeDeclHandler = self._refuse

    def _start(self, name: str, attributes: Sequence[str]) -> None:
        if name == CELL or name in PIECES:
            self.pieces += name != CELL
            self.uncalculated |= self.open_formula
            self.open_formula, self._is_text = False, "str" in attributes
        elif name == FORMULA:
            self.open_formula = not self._is_text
        elif name == VALUE and self.open_formula:
            self.parser.CharacterDataHandler = self._close

    def _close(self, _: str) -> None:
        self.open_formula = False
        self.parser.CharacterDataHandler = None

    def _refuse(self, *_: object) -> None:
        raise ExportError(DAMAGED)  # no workbook has a document type; entities need one
