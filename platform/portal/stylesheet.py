"""The portal's one stylesheet: the files of ``static/portal/styles``, joined by name."""

import os
from collections.abc import Iterator
from pathlib import Path
from threading import get_ident
from typing import Any, Final

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage

SOURCES: Final = Path(__file__).parent / "static" / "portal" / "styles"
NAME: Final = "portal.css"


class StylesheetFinder(BaseFinder):
    """Finds ``portal/portal.css``, made when it is asked for: a page waits for one file.

    Each file keeps to what it is about; the numbers before their names say what comes first.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.storage = FileSystemStorage(settings.VAR / "styles")
        self.storage.prefix = "portal"  # type: ignore[attr-defined]  # as Django's own finders do

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:
        if path != f"portal/{NAME}":
            return []
        made = str(self._made())
        return [made] if find_all else made

    def list(self, ignore_patterns: Any) -> Iterator[tuple[str, FileSystemStorage]]:
        self._made()
        yield NAME, self.storage

    def _made(self) -> Path:
        """Several processes and threads may make it at once: it is put in place whole."""
        target = Path(self.storage.path(NAME))
        content = joined()
        if not target.exists() or target.read_text() != content:
            target.parent.mkdir(parents=True, exist_ok=True)
            unfinished = target.with_suffix(f".{os.getpid()}.{get_ident()}")
            unfinished.write_text(content)
            unfinished.replace(target)
        return target


def joined() -> str:
    return "\n".join(file.read_text() for file in sorted(SOURCES.glob("*.css")))
