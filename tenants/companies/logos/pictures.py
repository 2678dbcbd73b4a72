"""Kind and size of a picture, by its first bytes, without unpacking it.

PNG: W3C Portable Network Graphics, sections 5.2 and 11.2.1. JPEG: ITU-T T.81, annex B. WebP: RFC
9649, sections 2.4 to 2.7.
"""

import struct
from dataclasses import dataclass
from typing import Final

MEDIA_TYPES: Final = {"png": "image/png", "jpg": "image/jpeg", "webp": "image/webp"}
ENDINGS: Final = ("png", "jpg", "jpeg", "webp")
PNG_SIGNATURE: Final = b"\x89PNG\r\n\x1a\n"
NO_FRAME: Final = {0xC4, 0xC8, 0xCC}  # of JPEG's markers from C0 to CF
WEBP_MOVES: Final = 0x02  # of the flags of an extended file


@dataclass(frozen=True)
class Picture:
    """`ending` is one of `MEDIA_TYPES`; width and height in pixels."""

    ending: str
    width: int
    height: int
    moves: bool = False


def kind_of(content: bytes) -> str | None:
    """The ending of what it says it is, where that is a kind we take."""
    if content.startswith(PNG_SIGNATURE):
        return "png"
    if content.startswith(b"\xff\xd8\xff"):
        return "jpg"
    return "webp" if content[:4] == b"RIFF" and content[8:12] == b"WEBP" else None


def picture_of(content: bytes) -> Picture | None:
    """What the picture is; None where it is none of ours, or is cut off before it says."""
    read = {"png": _png, "jpg": _jpeg, "webp": _webp}
    kind = kind_of(content)
    try:
        return read[kind](content) if kind else None
    except (struct.error, IndexError):
        return None


def _png(content: bytes) -> Picture | None:
    if content[12:16] != b"IHDR":
        return None
    width, height = struct.unpack_from(">II", content, 16)
    return Picture("png", width, height, moves=b"acTL" in content[: content.find(b"IDAT")])


def _jpeg(content: bytes) -> Picture | None:
    place = 2
    while content[place] == 0xFF:
        marker = content[place + 1]
        if marker == 0xFF:  # padding before a marker
            place += 1
            continue
        (length,) = struct.unpack_from(">H", content, place + 2)
        if 0xC0 <= marker <= 0xCF and marker not in NO_FRAME:
            height, width = struct.unpack_from(">HH", content, place + 5)
            return Picture("jpg", width, height)
        place += 2 + length
    return None


def _webp(content: bytes) -> Picture | None:
    chunk = content[12:16]
    if chunk == b"VP8X":
        width, height = (int.from_bytes(content[at : at + 3], "little") + 1 for at in (24, 27))
        moves = bool(content[20] & WEBP_MOVES)
        return Picture("webp", width, height, moves) if len(content) >= 30 else None
    if chunk == b"VP8L" and content[20] == 0x2F:
        (bits,) = struct.unpack_from("<I", content, 21)
        return Picture("webp", (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1)
    if chunk == b"VP8 " and content[23:26] == b"\x9d\x01\x2a":
        width, height = struct.unpack_from("<HH", content, 26)
        return Picture("webp", width & 0x3FFF, height & 0x3FFF)
    return None
