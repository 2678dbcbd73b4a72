"""Static files that are made of others when they are asked for: what others call a build step."""

import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from threading import get_ident
from typing import Any, Final, NamedTuple

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage

from console import icons
from portal import stylesheet
from tenants.people import stylesheet as workshop


class Made(NamedTuple):
    path: str
    """Where it is found, as ``{% static %}`` has it."""
    sources: Callable[[], str]
    """All that it depends on: read at every question, so cheap."""
    make: Callable[[str], bytes]
    """The file's content, from what `sources` gave."""


MADE: Final = (
    Made("portal/portal.css", stylesheet.joined, str.encode),
    Made("people/workshop.css", workshop.joined, str.encode),
    Made(icons.FONT, icons.names, icons.cut),
)


class MadeFilesFinder(BaseFinder):
    """Finds the files of MADE, each in a folder named after what it was made of.

    Kept in ``VAR/made``: whoever asks again gets the file that is there already.
    """

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:
        found = [str(_root(made) / path) for made in MADE if made.path == path]
        return found if find_all or not found else found[0]

    def list(self, ignore_patterns: Any) -> Iterator[tuple[str, FileSystemStorage]]:
        for made in MADE:
            yield made.path, FileSystemStorage(_root(made))


def _root(made: Made) -> Path:
    """The folder under which `made` lies.

    Several processes and threads may make it at once: it is put in place whole, and the first
    stays, as whoever serves it has noted its size.
    """
    sources = made.sources()
    root: Path = settings.VAR / "made" / sha256(f"{made.path}\n{sources}".encode()).hexdigest()[:16]
    target = root / made.path
    if not target.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        unfinished = target.with_suffix(f".{os.getpid()}.{get_ident()}")
        unfinished.write_bytes(made.make(sources))
        with suppress(FileExistsError):
            os.link(unfinished, target)
        unfinished.unlink()
    return root
