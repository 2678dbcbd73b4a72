"""Archives are weighed before anything in them is looked at."""

import struct
import tracemalloc
import zipfile

from hypothesis import given
from hypothesis import strategies as st

from learning.files.refusals import DIRECTORY_LIMIT, ENTRY_LIMIT
from tests.learning import tiny_files as tiny
from tests.learning.tiny_files import archive, open_document, refusal, upload


def told(name: str, content: bytes) -> str:
    return refusal(name, content) or ""


def test_an_archive_that_unpacks_to_a_flood_is_refused_unopened() -> None:
    bomb = archive(zeros=bytes(2**20))
    entry = bomb.index(b"PK\x01\x02")
    for name in ("a.zip", "a.docx"):
        lying = bytearray(bomb)
        struct.pack_into("<I", lying, entry + 24, 501 * 2**20)  # the unpacked size
        assert "unpacks to more than 500 MB" in told(name, bytes(lying))


def _directory(entries: int, declared: int | None = None) -> bytes:
    """A table of contents alone, of this many empty files."""
    entry = b"PK\x01\x02" + struct.pack("<6H3I5H2I", *[20, 20, *[0] * 7, 1, *[0] * 6]) + b"x"
    count = entries if declared is None else declared
    end = struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, count, count, len(entry) * entries, 40, 0)
    return b"PK\x03\x04" + bytes(36) + entry * entries + end


def test_an_archive_of_too_many_files_is_refused_before_they_are_built_in_memory() -> None:
    assert "holds more than 10,000 files" in told("a.zip", _directory(ENTRY_LIMIT + 1))
    assert "holds more than 10,000 files" in told("a.zip", _directory(ENTRY_LIMIT + 1, declared=1))
    many = _directory(900_000, declared=1)
    tracemalloc.start()
    try:
        assert "holds more than 10,000 files" in told("a.zip", many)
        assert tracemalloc.get_traced_memory()[1] < DIRECTORY_LIMIT
    finally:
        tracemalloc.stop()


def test_an_archive_of_the_size_for_floods_is_refused() -> None:
    locator = b"PK\x06\x07" + bytes(16)
    end = tiny.ZIP.rindex(b"PK\x05\x06")
    assert "holds more than" in told("a.zip", tiny.ZIP[:end] + locator + tiny.ZIP[end:])


def test_an_archive_with_a_password_or_a_damage_is_refused() -> None:
    locked = bytearray(tiny.ZIP)
    locked[tiny.ZIP.index(b"PK\x01\x02") + 8] |= 1
    assert "protected by a password" in told("a.zip", bytes(locked))
    assert "damaged or cut off" in told("a.zip", tiny.ZIP[:-30])
    assert "damaged or cut off" in told("a.docx", b"PK\x03\x04 and then nothing")


@given(st.data())
def test_whatever_befalls_an_archive_it_is_taken_or_refused(data: st.DataObject) -> None:
    content = bytearray(data.draw(st.sampled_from([tiny.ZIP, tiny.DOCX, open_document("text")])))
    for _ in range(data.draw(st.integers(1, 8))):
        content[data.draw(st.integers(4, len(content) - 1))] = data.draw(st.integers(0, 255))
    assert (refusal("a.zip", bytes(content)) or "a.zip ").startswith("a.zip ")


def test_the_stand_in_archives_are_what_they_say() -> None:
    for content in (tiny.ZIP, tiny.DOCX, open_document("text")):
        with zipfile.ZipFile(upload("a", content)) as opened:
            assert opened.testzip() is None
