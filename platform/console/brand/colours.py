"""What a colour becomes in light and in dark, and how well it can be read there."""

import re
from dataclasses import dataclass
from typing import Final

from tenants.companies.colours import SHEETS, Shades, contrast, parts_of, shades

SCHEMES: Final = {"light": "Light", "dark": "Dark"}
COLOUR: Final = re.compile(r"#[0-9a-fA-F]{6}")
OURS: Final = "#1d5a4b"
"""Throughline's own, for whoever starts from it."""


@dataclass(frozen=True)
class Shaded:
    """A colour in a scheme; contrasts are ratios (WCAG 2.2), of text on the ground that suits it
    least and of the words on a button."""

    scheme: str
    label: str
    shades: Shades
    ground: str
    text: float
    button: float
    is_moved: bool
    """Whether it had to become darker, or lighter, to be read."""


def shaded(colour: str) -> list[Shaded]:
    """Nothing for what is no colour."""
    return [_in_scheme(colour.lower(), scheme) for scheme in SCHEMES] if is_colour(colour) else []


def is_colour(colour: str) -> bool:
    return bool(COLOUR.fullmatch(colour))


def _in_scheme(colour: str, scheme: str) -> Shaded:
    made = shades(colour, scheme)
    thread = parts_of(made.thread)
    grounds = [parts_of(SHEETS[scheme]), parts_of(made.tint)]
    return Shaded(
        scheme=scheme,
        label=SCHEMES[scheme],
        shades=made,
        ground=SHEETS[scheme],
        text=min(contrast(thread, ground) for ground in grounds),
        button=contrast(thread, parts_of(made.on_thread)),
        is_moved=made.thread != colour,
    )
