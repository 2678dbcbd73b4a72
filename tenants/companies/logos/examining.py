"""What an uploaded logo is, whether it is taken, and if not, what to do about it."""

from typing import Any

import puremagic
from django.core.files.base import File

from tenants.companies.logos import refusals
from tenants.companies.logos.pictures import Picture, kind_of, picture_of
from tenants.companies.logos.refusals import LARGEST, LOGO_LIMIT, SMALLEST, LogoRefused

HEAD = 4096  # bytes looked at for what it is, where it is no picture of ours
SURE = 0.3  # of puremagic's confidence, from 0 to 1

Examined = Picture


def examine(upload: "File[Any]") -> Examined:
    """Look at a file before anything of it is kept. Raises `LogoRefused`."""
    if not upload.size:
        raise LogoRefused(refusals.EMPTY)
    upload.seek(0)
    head = bytes(upload.read(HEAD))
    if kind_of(head) is None:
        raise LogoRefused(_told_of(head))
    if upload.size > LOGO_LIMIT:
        raise LogoRefused(refusals.TOO_LARGE)
    upload.seek(0)
    picture = picture_of(bytes(upload.read()))
    upload.seek(0)
    if picture is None:
        raise LogoRefused(refusals.DAMAGED)
    if picture.moves:
        raise LogoRefused(refusals.MOVES)
    if max(picture.width, picture.height) > LARGEST:
        raise LogoRefused(refusals.TOO_WIDE)
    if min(picture.width, picture.height) < SMALLEST:
        raise LogoRefused(refusals.TOO_SMALL)
    return picture


def _told_of(head: bytes) -> str:
    if b"<svg" in head.lower():
        return refusals.SVG
    try:
        likely = puremagic.magic_string(head)
    except (puremagic.PureError, ValueError):
        likely = []
    names = (str(match.name) for match in likely if match.confidence >= SURE and match.name)
    return refusals.of_another_kind(next(names, None))
