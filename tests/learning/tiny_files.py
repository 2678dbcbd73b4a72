"""Tiny files that are what they say, made on the spot."""

import io
import struct
import zipfile
import zlib
from pathlib import Path

from django.core.files.uploadedfile import SimpleUploadedFile

from learning.files import FileRefused, examine

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
GIF = b"GIF89a\x01\x00\x01\x00\x00\x00\x00;"
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00\xff\xd9"
WEBP = (
    b"RIFF\x1a\x00\x00\x00WEBPVP8L\x0d\x00\x00\x00\x2f\x00\x00\x00\x10\x07\x10\x11\x11\x88\x88\xfe"
)
MP4 = b"\x00\x00\x00\x18ftypisom\x00\x00\x02\x00isommp41" + bytes(16)
M4A = b"\x00\x00\x00\x18ftypM4A \x00\x00\x00\x00M4A isom" + bytes(16)
MP3 = b"\xff\xfb\x90\x64" + bytes(413)  # one frame of 128 kbit/s at 44.1 kHz
TAGGED_MP3 = b"ID3\x04\x00\x00\x00\x00\x00\x00" + MP3
WEBM = b"\x1a\x45\xdf\xa3\x8b\x42\x82\x84webm\x42\x87\x81\x04"
MATROSKA = b"\x1a\x45\xdf\xa3\x8f\x42\x82\x88matroska\x42\x87\x81\x04"
QUICKTIME = b"\x00\x00\x00\x14ftypqt  \x00\x00\x00\x00qt  "
OLD_WORD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
WINDOWS_PROGRAM = b"MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff" + bytes(50)
LINUX_PROGRAM = b"\x7fELF\x02\x01\x01" + bytes(50)
SVG = b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"
WEB_PAGE = b"<!DOCTYPE html>\n<script>alert(1)</script>"


def chunk(kind: bytes, body: bytes) -> bytes:
    checked = kind + body
    return struct.pack(">I", len(body)) + checked + struct.pack(">I", zlib.crc32(checked))


PNG = b"".join(
    (
        b"\x89PNG\r\n\x1a\n",
        chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)),
        chunk(b"IDAT", zlib.compress(b"\x00\xff")),
        chunk(b"IEND", b""),
    )
)


def archive(*names: str, **contents: bytes) -> bytes:
    """A ZIP archive of files by these names; `mimetype` is stored, the others are packed."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as writing:
        for name, content in {**contents, **dict.fromkeys(names, b"x")}.items():
            packing = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            # of one day, so that tests that are named by it have the same name in every worker
            writing.writestr(zipfile.ZipInfo(name), content, packing)
    return stream.getvalue()


def office(folder: str, *more: str) -> bytes:
    return archive("[Content_Types].xml", "_rels/.rels", f"{folder}/document.xml", *more)


def open_document(kind: str, *more: str) -> bytes:
    media_type = f"application/vnd.oasis.opendocument.{kind}".encode()
    return archive("content.xml", *more, mimetype=media_type)


DOCX, XLSX, PPTX = office("word"), office("xl"), office("ppt")
ZIP = archive("index.html", "imsmanifest.xml")


def upload(name: str, content: bytes) -> SimpleUploadedFile:
    """As a browser sends it, claiming to be something else."""
    return SimpleUploadedFile(name, content, content_type="text/html")


def contents(folder: Path) -> list[bytes]:
    """What is stored below a folder."""
    return sorted(path.read_bytes() for path in folder.rglob("*") if path.is_file())


def refusal(name: str, content: bytes) -> str | None:
    """What is told about a file; None where it is taken."""
    try:
        examine(upload(name, content))
    except FileRefused as refused:
        return refused.messages[0]
    return None
