"""Translations as gettext reads them: each ``django.po`` becomes the ``django.mo`` beside it.

Git keeps no compiled ones. ``python -m config.catalogs`` makes those that are missing or older
than their source; a deployment does so once, after installing.
"""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

ROOT: Final = Path(__file__).parents[2]
FOLDERS: Final = ("learning", "reinforcement", "tenants/*", "platform/*")


def catalogs() -> Iterator[Path]:
    for folder in FOLDERS:
        yield from sorted(ROOT.glob(f"{folder}/locale/*/LC_MESSAGES/django.po"))


def compile_catalogs() -> list[Path]:
    """What was compiled. Whoever reads meanwhile has the old one or the new one, whole."""
    stale = [path for path in catalogs() if _is_stale(path)]
    for path in stale:
        with path.open("rb") as source:
            catalog = read_po(source, abort_invalid=True)
        unfinished = path.with_suffix(f".{os.getpid()}.tmp")
        with unfinished.open("wb") as target:
            write_mo(target, catalog)
        unfinished.replace(path.with_suffix(".mo"))
    return stale


def _is_stale(path: Path) -> bool:
    compiled = path.with_suffix(".mo")
    return not compiled.exists() or compiled.stat().st_mtime < path.stat().st_mtime


if __name__ == "__main__":
    compile_catalogs()
