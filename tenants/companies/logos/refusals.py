"""What a logo may weigh and measure, and how it is told that one is not taken."""

from typing import Final

from django.core.exceptions import ValidationError

LOGO_LIMIT: Final = 40_000  # bytes: whoever opens their first page, and every mail, carries it
KILOBYTES: Final = LOGO_LIMIT // 1000
LARGEST: Final = 2000  # pixels of a side: a small file can unpack to a huge picture
SMALLEST: Final = 16  # pixels
TAKEN: Final = "PNG, JPEG and WebP"

SMALLER: Final = "Save it about 400 pixels wide as a WebP or PNG picture."
EMPTY: Final = "The file is empty. Choose the one that has the picture."
TOO_LARGE: Final = f"The picture is larger than {KILOBYTES} kB. {SMALLER}"
TOO_WIDE: Final = f"The picture is more than {LARGEST:,} pixels wide or high. {SMALLER}"
TOO_SMALL: Final = f"The picture is less than {SMALLEST} pixels wide or high. Choose a larger one."
SVG: Final = "An SVG picture can carry scripts. Save it as a PNG or WebP picture."
MOVES: Final = "The picture moves. Choose one that stands still."
DAMAGED: Final = "The picture is damaged or cut off. Download or save it again."


class LogoRefused(ValidationError):
    """This file is not taken; a sentence or two that say what to do."""


def of_another_kind(name: str | None) -> str:
    is_one = f"The file is something else ({name})" if name else "The file is no picture we know"
    return f"{is_one}. Taken are {TAKEN} pictures."
