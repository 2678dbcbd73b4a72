"""What the first bytes of a file say it is.

Signatures are those of the MIME Sniffing Standard, section 6 (mimesniff.spec.whatwg.org), and of
the formats' own specifications. Only what is taken or never taken has one here; for the name of
anything else, puremagic is asked.
"""

import puremagic

from learning.files import kinds
from learning.files.kinds import Kind
from learning.files.refusals import OLD_OFFICE, PROGRAM

HEAD = 4096  # bytes looked at
SURE = 0.3  # of puremagic's confidence, from 0 to 1

FIXED: tuple[tuple[bytes, Kind], ...] = (
    (b"%PDF-", kinds.PDF),
    (b"\x89PNG\r\n\x1a\n", kinds.PNG),
    (b"\xff\xd8\xff", kinds.JPEG),
    (b"GIF87a", kinds.GIF),
    (b"GIF89a", kinds.GIF),
    *((b"ID3" + version, kinds.MP3) for version in (b"\x02", b"\x03", b"\x04")),
)
ARCHIVE = (b"PK\x03\x04", b"PK\x05\x06")  # of files, or of none
EBML, WEBM_TYPE = b"\x1a\x45\xdf\xa3", b"\x42\x82\x84webm"  # RFC 8794, 11.2.1 and 11.2.6
SOUND_BRANDS = (b"M4A ", b"M4B ")
VIDEO_BRANDS = (
    *(b"mp41", b"mp42", b"isom", b"iso2", b"iso3", b"iso4", b"iso5", b"iso6", b"iso7", b"iso8"),
    *(b"iso9", b"avc1", b"dash", b"M4V ", b"MSNV", b"mmp4"),
)
NEVER = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", OLD_OFFICE),
    (b"MZ", PROGRAM),
    (b"\x7fELF", PROGRAM),
    *((start, PROGRAM) for start in (b"\xfe\xed\xfa\xce", b"\xfe\xed\xfa\xcf")),  # macOS
    *((start, PROGRAM) for start in (b"\xce\xfa\xed\xfe", b"\xcf\xfa\xed\xfe")),
    (b"\xca\xfe\xba\xbe", PROGRAM),  # macOS, Java
    (b"dex\n", PROGRAM),  # Android
    (b"L\x00\x00\x00\x01\x14\x02\x00", PROGRAM),  # a shortcut of Windows
)


def by_signature(head: bytes) -> tuple[Kind, ...]:
    """The kinds these bytes can be, but for archives and texts; empty where none is ours."""
    for start, kind in FIXED:
        if head.startswith(start):
            return (kind,)
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return (kinds.WEBP,)
    if head.startswith(EBML) and WEBM_TYPE in head[:64]:
        return (kinds.WEBM,)
    if head[4:8] == b"ftyp" and head[8:12] in SOUND_BRANDS:
        return (kinds.M4A,)
    if head[4:8] == b"ftyp" and head[8:12] in VIDEO_BRANDS:
        return (kinds.MP4, kinds.M4A)  # recorders give sound the brand of video
    return (kinds.MP3,) if _is_mpeg_frame(head) else ()


def never_taken(head: bytes) -> str | None:
    """What to tell about bytes that are refused whatever the name says."""
    return next((told for start, told in NEVER if head.startswith(start)), None)


def foreign_name(head: bytes) -> str | None:
    """What a file of a kind that is not ours is called, where that is known."""
    try:
        likely = puremagic.magic_string(head)
    except (puremagic.PureError, ValueError):
        return None
    foreign = (  # ours it is not: `by_signature` looks closer
        match
        for match in likely
        if match.confidence >= SURE and match.extension.lstrip(".") not in kinds.BY_ENDING
    )
    return next((str(match.name) for match in foreign), None)


def _is_mpeg_frame(head: bytes) -> bool:
    """ISO/IEC 11172-3, 2.4.1.3: eleven bits set, layer III, neither bit rate nor sampling rate of
    the forbidden values."""
    if len(head) < 4 or head[0] != 0xFF or head[1] & 0xE0 != 0xE0:
        return False
    has_version, is_layer_3 = head[1] & 0x18 != 0x08, head[1] & 0x06 == 0x02
    return has_version and is_layer_3 and head[2] & 0xF0 != 0xF0 and head[2] & 0x0C != 0x0C
