"""What a file may weigh, and how it is told that one is not taken."""

from django.core.exceptions import ValidationError

FILE_LIMIT = 50 * 2**20  # bytes
MEGABYTES = FILE_LIMIT // 2**20
UNPACKED_LIMIT = 10 * FILE_LIMIT  # bytes of everything in an archive or an Office document
ENTRY_LIMIT = 10_000  # files in an archive
DIRECTORY_LIMIT = 4 * 2**20  # bytes of an archive's table of contents; it is built in memory


class FileRefused(ValidationError):
    """This file is not taken; a sentence or two that name it and say what to do."""


def refused(name: str, told: str) -> FileRefused:
    """`told` goes on where the file's name ends."""
    return FileRefused(f"{name} {told}")


SVG = "is an SVG picture, which can carry scripts. Save it as a PNG."
WEB_PAGE = "is a web page, which can carry scripts. Save it as a PDF, or put it in a ZIP archive."
PROGRAM = (
    "is a program or a script: nothing that runs is taken. Give the step the address it is "
    "installed from."
)
OLD_OFFICE = (
    "is an Office document of a kind that can carry macros, or one with a password. Save it as "
    ".docx, .xlsx, .pptx or PDF, without a password."
)
MACROS = "carries macros. Save a copy without them, or a PDF."
DAMAGED = "is damaged or cut off. Download or save it again."
PASSWORD = "holds files that are protected by a password. Pack it again without one."  # noqa: S105
TOO_MANY = f"holds more than {ENTRY_LIMIT:,} files. Split it into several archives."
TOO_MUCH = (
    f"unpacks to more than {UNPACKED_LIMIT // 2**20} MB. Leave out what is not needed, or split it."
)
EMPTY = "is empty. Choose the file that has the content."
TOO_LARGE = (
    f"is larger than {MEGABYTES} MB. Make it smaller, or put it where your videos and documents "
    "are and give the step its address."
)
NOT_TEXT = (
    "is not plain text in UTF-8. Save it with the encoding UTF-8; in Excel that is 'CSV UTF-8'."
)

NEVER = {
    **dict.fromkeys(("svg", "svgz"), SVG),
    **dict.fromkeys(("htm", "html", "xhtml", "xht", "shtml", "mht", "mhtml", "hta"), WEB_PAGE),
    **dict.fromkeys(
        (
            *("exe", "msi", "com", "scr", "dll", "cpl", "lnk", "jar", "app", "apk", "dmg", "pkg"),
            *("deb", "rpm", "bat", "cmd", "sh", "ps1", "psm1", "vbs", "vbe", "wsf", "js", "mjs"),
            *("jse", "py", "pl", "rb", "php", "command", "reg", "scpt"),
        ),
        PROGRAM,
    ),
    **dict.fromkeys(
        (
            *("doc", "dot", "xls", "xlt", "xlsb", "ppt", "pps", "pot"),
            *("docm", "dotm", "xlsm", "xltm", "xlam", "pptm", "ppsm", "potm"),
        ),
        OLD_OFFICE,
    ),
}
"""What is never taken by the ending of its name, whatever is in it."""
