"""What an uploaded file is, whether it is taken, and if not, what to do about it."""

from dataclasses import dataclass
from typing import IO, Any, cast

from django.core.files.base import File

from learning.files import signatures, texts
from learning.files.archives import weighed
from learning.files.kinds import BY_ENDING, TAKEN, TEXTS, Kind
from learning.files.names import cleaned, ending
from learning.files.refusals import (
    DAMAGED,
    EMPTY,
    FILE_LIMIT,
    NEVER,
    NOT_TEXT,
    TOO_LARGE,
    refused,
)


@dataclass(frozen=True)
class Examined:
    """A file that is taken; `size` in bytes."""

    name: str
    size: int
    kind: Kind


def examine(upload: "File[Any]") -> Examined:
    """Look at a file before anything of it is kept. Raises `FileRefused`.

    Reads the first 4 KB; of an archive also its table of contents, of a text everything.
    """
    name, size = cleaned(upload.name), upload.size
    if not size:
        raise refused(name, EMPTY)
    if size > FILE_LIMIT:
        raise refused(name, TOO_LARGE)
    content = cast(IO[bytes], upload.file)
    try:
        return Examined(name, size, _fitting(name, content))
    finally:
        content.seek(0)


def _fitting(name: str, content: IO[bytes]) -> Kind:
    content.seek(0)
    head = content.read(signatures.HEAD)
    said = ending(name)
    found = _sniffed(name, head, content)
    fitting = next((kind for kind in found if said in kind.endings), None)
    if fitting:
        return fitting
    if said in NEVER:
        raise refused(name, NEVER[said])
    if said in BY_ENDING:
        raise refused(name, _misnamed(BY_ENDING[said], found, head))
    if found:
        kind, told = found[0], f"the ending .{said}" if said else "no ending"
        told = f"has {told}, and is {kind.called}. Rename it to end in .{kind.endings[0]}."
        raise refused(name, told)
    raise refused(name, f"is of a kind that is not taken. Taken are {TAKEN}.")


def _sniffed(name: str, head: bytes, content: IO[bytes]) -> tuple[Kind, ...]:
    """The kinds that the content can be; empty where it is none of ours."""
    if found := signatures.by_signature(head):
        return found
    if head.startswith(signatures.ARCHIVE):
        return (weighed(name, content),)
    if texts.is_text(content):
        if told := texts.never_taken(head):
            raise refused(name, told)
        return TEXTS
    if told := signatures.never_taken(head):
        raise refused(name, told)
    return ()


def _misnamed(expected: Kind, found: tuple[Kind, ...], head: bytes) -> str:
    if expected in TEXTS and not found:
        return NOT_TEXT
    said = found[0].called.split(" ", 1)[1] if found else signatures.foreign_name(head)
    if not said:
        return f"is not {expected.called}, or it {DAMAGED}"
    told = f"is not {expected.called}: its first bytes say {said}. Save it as {expected.called}"
    return f"{told}, or rename it." if found else f"{told}."
