"""The admin site's icons: those it shows, cut out of the font of 4,000 that Unfold brings.

Unfold's whole font weighs 292 kB and is loaded before anything of a page is seen; the cut about
20 kB. It is made of Unfold's own file when it is asked for (`config.made_files`).
"""

import re
from collections.abc import Iterator
from functools import cache
from importlib.metadata import version
from io import BytesIO
from pathlib import Path
from typing import Final

import unfold
from django.apps import apps
from fontTools import subset
from fontTools.ttLib import TTFont

FONT: Final = "unfold/fonts/material-symbols/Material-Symbols-Outlined.woff2"
_UNFOLD: Final = Path(unfold.__file__).parent
_FLOORS: Final = ("unfold", "console", "api", "reinforcement", "learning", "tenants")
_WORD: Final = re.compile("[a-z0-9_]+")


@cache
def names() -> str:
    """Every word that could name an icon, one a line, after the version of what they are cut from.

    Read once by each process: a new icon is seen after a restart.

    An icon is named anywhere in templates, stylesheets and Python, often by a variable; so each
    word of them is kept that is a name in the font. A few too many are let in, none is missed.
    """
    folders = {
        Path(app.path) for app in apps.get_app_configs() if app.name.split(".")[0] in _FLOORS
    }
    found: set[str] = set()
    for folder in folders:
        for kind in ("*.html", "*.css", "*.py"):
            for file in folder.rglob(kind):
                found.update(_WORD.findall(file.read_text()))
    return "\n".join([version("django-unfold"), *sorted(found)])


def cut(names: str) -> bytes:
    """Unfold's font with the icons of `names` only (see there), as WOFF2."""
    font = TTFont(_UNFOLD / "static" / FONT, recalcTimestamp=False)
    wanted = set(names.splitlines())
    glyphs = dict(sorted(each for each in ligatures(font) if each[0] in wanted))
    options = subset.Options(
        flavor="woff2",
        layout_closure=False,  # or every icon comes along whose letters are there
        layout_features=["*"],  # a name becomes its icon by a ligature, whatever that is called
        hinting=False,
        drop_tables=[*subset.Options().drop_tables, "FFTM"],  # FontForge's time stamps
    )
    subsetter = subset.Subsetter(options)
    subsetter.populate(
        glyphs=list(glyphs.values()),
        unicodes=sorted(ord(letter) for letter in {*"".join(glyphs)}),
    )
    subsetter.subset(font)
    font.flavor = "woff2"
    content = BytesIO()
    font.save(content)
    return content.getvalue()


def ligatures(font: TTFont) -> Iterator[tuple[str, str]]:
    """Each icon's name, which is what one writes to see it, with the glyph that appears instead."""
    letter_of = {glyph: chr(code).lower() for code, glyph in font.getBestCmap().items()}
    for lookup in font["GSUB"].table.LookupList.Lookup:
        for table in lookup.SubTable:
            for first, rest in getattr(table, "ligatures", {}).items():
                for ligature in rest:
                    word = "".join(letter_of[glyph] for glyph in (first, *ligature.Component))
                    yield word, ligature.LigGlyph
