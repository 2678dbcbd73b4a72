"""The kinds of file a step can have; every other is refused."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

OFFICE = "application/vnd.openxmlformats-officedocument"
OPEN_DOCUMENT = "application/vnd.oasis.opendocument"


@dataclass(frozen=True)
class Kind:
    """`words` is what a reader is told; `called`, with its article, what an uploader is told.

    `endings` are those a file of this kind may have, the usual one first.
    """

    media_type: str
    words: "str | Promise"
    called: str
    endings: tuple[str, ...]


PDF = Kind("application/pdf", _("PDF"), "a PDF", ("pdf",))
WORD = Kind(f"{OFFICE}.wordprocessingml.document", _("Word document"), "a Word document", ("docx",))
EXCEL = Kind(f"{OFFICE}.spreadsheetml.sheet", _("Excel workbook"), "an Excel workbook", ("xlsx",))
POWERPOINT = Kind(
    f"{OFFICE}.presentationml.presentation",
    _("PowerPoint presentation"),
    "a PowerPoint presentation",
    ("pptx",),
)
ODT = Kind(f"{OPEN_DOCUMENT}.text", _("OpenDocument text"), "an OpenDocument text", ("odt",))
ODS = Kind(
    f"{OPEN_DOCUMENT}.spreadsheet",
    _("OpenDocument spreadsheet"),
    "an OpenDocument spreadsheet",
    ("ods",),
)
ODP = Kind(
    f"{OPEN_DOCUMENT}.presentation",
    _("OpenDocument presentation"),
    "an OpenDocument presentation",
    ("odp",),
)
PNG = Kind("image/png", _("PNG picture"), "a PNG picture", ("png",))
JPEG = Kind("image/jpeg", _("JPEG picture"), "a JPEG picture", ("jpg", "jpeg"))
GIF = Kind("image/gif", _("GIF picture"), "a GIF picture", ("gif",))
WEBP = Kind("image/webp", _("WebP picture"), "a WebP picture", ("webp",))
MP4 = Kind("video/mp4", _("MP4 video"), "an MP4 video", ("mp4", "m4v"))
WEBM = Kind("video/webm", _("WebM video"), "a WebM video", ("webm",))
MP3 = Kind("audio/mpeg", _("MP3 audio"), "an MP3 recording", ("mp3",))
M4A = Kind("audio/mp4", _("M4A audio"), "an M4A recording", ("m4a",))
TEXT = Kind("text/plain", _("plain text"), "a plain text", ("txt",))
CSV = Kind("text/csv", _("CSV table"), "a CSV table", ("csv",))
MARKDOWN = Kind("text/markdown", _("Markdown text"), "a Markdown text", ("md",))
ZIP = Kind("application/zip", _("ZIP archive"), "a ZIP archive", ("zip",))

TEXTS = (TEXT, CSV, MARKDOWN)
KINDS = (
    *(PDF, WORD, EXCEL, POWERPOINT, ODT, ODS, ODP),
    *(PNG, JPEG, GIF, WEBP, MP4, WEBM, MP3, M4A),
    *TEXTS,
    ZIP,
)
BY_ENDING = {ending: kind for kind in KINDS for ending in kind.endings}
BY_MEDIA_TYPE = {kind.media_type: kind for kind in KINDS}
ENDINGS = tuple(BY_ENDING)
*_most, _last = (kind.endings[0].upper() for kind in KINDS)
TAKEN = f"{', '.join(_most)} and {_last}"


def in_words(media_type: str) -> str:
    """What a reader is told about a stored file: "PDF", "MP4 video"."""
    kind = BY_MEDIA_TYPE.get(media_type)
    return str(kind.words) if kind else media_type
