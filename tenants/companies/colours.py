"""A company's own colour, moved as far as it takes to be read in light and in dark."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

Colour = tuple[float, float, float]
"""Red, green and blue, each from 0 to 255."""

READABLE: Final = 4.5  # WCAG 2.2, success criterion 1.4.3
MARGIN: Final = 0.2  # hexadecimal colours are rounded
BLACK: Final[Colour] = (0, 0, 0)
WHITE: Final[Colour] = (255, 255, 255)
SHEETS: Final = {"light": "#eef1ef", "dark": "#242c29"}  # the least favourable ones; see tokens
INKS: Final = {"light": WHITE, "dark": (13, 31, 26)}  # on a button


@dataclass(frozen=True)
class Shades:
    """One scheme's colours (hexadecimal): the brand's, its deeper one, the tint, the ink on it."""

    thread: str
    deep: str
    tint: str
    on_thread: str


@lru_cache(maxsize=1000)
def shades(colour: str, scheme: str) -> Shades:
    """What `colour` (``#rrggbb``) becomes in a scheme, ``light`` or ``dark``.

    Text in it, and the ink on a button of it, have a contrast of 4.5 at least. Found once per
    process: every page asks.
    """
    sheet = parts_of(SHEETS[scheme])
    away = BLACK if scheme == "light" else WHITE
    ink: Colour = INKS[scheme]
    brand = parts_of(colour)
    tint = _mixed(parts_of("#ffffff" if scheme == "light" else "#1b211f"), brand, 0.1)
    share = next(
        share
        for share in (step / 50 for step in range(51))
        if all(
            contrast(_mixed(brand, away, share), other) >= READABLE + MARGIN
            for other in (sheet, tint, ink)
        )
    )
    thread = _mixed(brand, away, share)
    return Shades(_hex(thread), _hex(_mixed(thread, away, 0.3)), _hex(tint), _hex(ink))


def contrast(one: Colour, other: Colour) -> float:
    """The ratio of their luminances, from 1 to 21 (WCAG 2.2, "contrast ratio")."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: Colour) -> float:
    """WCAG 2.2, "relative luminance"."""
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (channel / 255 for channel in colour)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _mixed(colour: Colour, other: Colour, share: float) -> Colour:
    red, green, blue = (a * (1 - share) + b * share for a, b in zip(colour, other, strict=True))
    return red, green, blue


def parts_of(colour: str) -> Colour:
    red, green, blue = bytes.fromhex(colour.removeprefix("#"))
    return red, green, blue


def _hex(colour: Colour) -> str:
    return "#" + bytes(round(channel) for channel in colour).hex()
