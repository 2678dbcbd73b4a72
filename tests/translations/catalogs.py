"""The catalogs: one per floor and language, kept in step with the sources."""

from io import BytesIO
from pathlib import Path
from typing import Final

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po, write_po

from tests.translations.extracting import wanted
from tests.translations.floors import Floor

WIDTH: Final = 100
HEADER: Final = """\
msgid ""
msgstr ""
"Language: %s\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

"""


def read(path: Path, language: str) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale=language, abort_invalid=True)


def head(language: str) -> str:
    """The glossary, ``glossary.<language>.txt``, as the comment that each catalog begins with."""
    lines = Path(__file__).with_name(f"glossary.{language}.txt").read_text().splitlines()
    return "".join(f"# {line}".rstrip() + "\n" for line in lines)


def messages(catalog: Catalog) -> dict[tuple[str, str | None], Message]:
    """By the string, the singular of it where it has a plural, and its context."""
    return {(singular(each), each.context): each for each in catalog if each.id}


def forms(message: Message) -> list[str]:
    """Its translation: one string, or one for each number."""
    told = message.string or ""
    return [told] if isinstance(told, str) else list(told)


def singular(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def updated(floor: Floor, language: str) -> str:
    """The catalog as a file: what is gone left out, what is new without a translation."""
    path = floor.catalog(language)
    known = messages(read(path, language)) if path.exists() else {}
    catalog = wanted(floor)
    for key, message in messages(catalog).items():
        before = known.get(key)
        if before and isinstance(before.id, str) == isinstance(message.id, str):
            message.string, message.user_comments = before.string, before.user_comments
    file = BytesIO()
    write_po(file, catalog, width=WIDTH, omit_header=True, include_lineno=False)
    return head(language) + HEADER % language + file.getvalue().decode().rstrip("\n") + "\n"
