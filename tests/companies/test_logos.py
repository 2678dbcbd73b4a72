"""What of a picture is read without unpacking it, and which are taken as a logo."""

import struct

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given
from hypothesis import strategies as st

from tenants.companies.logos import LOGO_LIMIT, LogoRefused, examine
from tenants.companies.logos.pictures import picture_of
from tests.companies.pictures import jpeg, png, webp, webp_extended, webp_lossy
from tests.learning import tiny_files as tiny

SIZES = st.tuples(st.integers(1, 16000), st.integers(1, 16000))


def upload(content: bytes, name: str = "logo.png") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


@given(size=SIZES)
def test_each_kind_says_how_large_it_is(size: tuple[int, int]) -> None:
    width, height = size
    for ending, make in (
        ("png", png),
        ("jpg", jpeg),
        ("webp", webp),
        ("webp", webp_lossy),
        ("webp", webp_extended),
    ):
        picture = picture_of(make(width, height))
        assert picture is not None
        assert (picture.ending, picture.width, picture.height) == (ending, width, height)
        assert not picture.moves


@given(content=st.binary(max_size=80), kind=st.sampled_from([png, jpeg, webp, webp_lossy]))
def test_whatever_is_cut_off_or_broken_raises_nothing(content: bytes, kind: object) -> None:
    whole = kind(320, 80)  # type: ignore[operator]
    for broken in (content, whole[: len(content)], whole[:12] + content, whole[:3] + content):
        picture_of(broken)


@pytest.mark.parametrize("make", [png, jpeg, webp, webp_lossy, webp_extended])
def test_a_logo_is_taken_whatever_its_name_says(make: object) -> None:
    content = make(320, 80)  # type: ignore[operator]
    picture = examine(upload(content, "logo.svg.exe"))
    assert (picture.width, picture.height) == (320, 80)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "The file is empty."),
        (tiny.SVG, "can carry scripts"),
        (b"<?xml version='1.0'?>\n<SVG/>", "can carry scripts"),
        (tiny.GIF, "Graphics interchange format"),
        (tiny.PDF, "Taken are PNG, JPEG and WebP pictures."),
        (b"hello", "Taken are PNG, JPEG and WebP pictures."),
        (png(320, 80) + bytes(LOGO_LIMIT), "larger than 40 kB"),
        (png(320, 80)[:20], "damaged or cut off"),
        (tiny.JPEG, "damaged or cut off"),
        (png(2001, 80), "more than 2,000 pixels"),
        (jpeg(80, 65535), "more than 2,000 pixels"),
        (png(15, 80), "less than 16 pixels"),
        (webp_extended(320, 80, flags=0x02), "The picture moves."),
        (png(320, 80, extra=tiny.chunk(b"acTL", struct.pack(">II", 2, 0))), "The picture moves."),
    ],
    ids=lambda given: given if isinstance(given, str) else "",
)
def test_what_is_no_logo_is_refused_with_what_to_do(content: bytes, said: str) -> None:
    with pytest.raises(LogoRefused) as refused:
        examine(upload(content))
    assert said in refused.value.messages[0]
