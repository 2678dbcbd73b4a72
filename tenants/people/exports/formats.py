"""What kind of file this is, told from its content: names and media types lie."""

import re

from tenants.people.exports.refusals import SAVE_AS, ExportError

ZIP = b"PK\x03\x04"
EMPTY_ZIP = b"PK\x05\x06"
OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")  # [MS-OFFCRYPTO] 2.3.4.4
PICTURES_AND_ARCHIVES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x1f\x8b", b"Rar!", b"7z\xbc\xaf")
MARKUP = re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:!doctype|!--|\?xml|html|head|body|table|meta)", re.I)
EXCEL_2003 = b"urn:schemas-microsoft-com:office:spreadsheet"


def is_archive(content: bytes) -> bool:
    return content.startswith((ZIP, EMPTY_ZIP))


def refuse_what_is_no_table(content: bytes) -> None:
    """Raise `ExportError` for the files that people take for CSV or XLSX. Looks at bytes only."""
    if not content.strip(b"\xef\xbb\xbf\xff\xfe \t\r\n\0"):
        raise ExportError("This file is empty: export it again with a line of headings.")
    if content.startswith(OLE2):
        if ENCRYPTED in content:
            raise ExportError(
                "This workbook is protected by a password: save it without one and try again."
            )
        raise ExportError(
            "This is a workbook of the old kind (.xls): save it as 'Excel Workbook (.xlsx)' or "
            "'CSV UTF-8' and try again."
        )
    if content.startswith(b"%PDF"):
        raise ExportError("This is a PDF: export the report as CSV or XLSX instead.")
    if content.startswith(PICTURES_AND_ARCHIVES):
        raise ExportError("This is neither CSV nor XLSX: export the report in one of the two.")
    if MARKUP.match(content):
        kind = "an XML spreadsheet of Excel 2003" if EXCEL_2003 in content[:4096] else "a web page"
        raise ExportError(
            f"This is {kind}, whatever its name ends in: open it in Excel, {SAVE_AS}."
        )
