"""The strings of the sources: what gettext is asked for, in Python and in templates.

Babel reads both, a template after Django has turned its tags into calls.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Final

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from django.utils.translation.template import templatize

from tests.translations.floors import ROOT, Floor

SINGULAR: Final = None
PLURAL: Final = (1, 2)
IN_CONTEXT: Final = ((1, "c"), 2)
PLURAL_IN_CONTEXT: Final = ((1, "c"), 2, 3)
KEYWORDS: Final = {
    **dict.fromkeys(("_", "gettext", "gettext_lazy", "gettext_noop"), SINGULAR),
    **dict.fromkeys(("ngettext", "ngettext_lazy"), PLURAL),
    **dict.fromkeys(("pgettext", "pgettext_lazy"), IN_CONTEXT),
    **dict.fromkeys(("npgettext", "npgettext_lazy"), PLURAL_IN_CONTEXT),
}


@dataclass(frozen=True)
class Found:
    """A string and where it is asked for; with its plural, `text` has both."""

    text: str | tuple[str, ...]
    context: str | None
    path: str
    line: int
    comments: list[str]

    @property
    def key(self) -> tuple[str, str | None]:
        return self.text if isinstance(self.text, str) else self.text[0], self.context


def strings_of(paths: Iterable[Path]) -> Iterator[Found]:
    for path in paths:
        code = path.read_text()
        if path.suffix != ".py":
            # what is no string stays as letters, whose indentation Python would not accept
            code = "\n".join(line.strip() for line in templatize(code).splitlines())
        for line, text, comments, context in extract(
            "python", BytesIO(code.encode()), keywords=KEYWORDS, comment_tags=["Translators:"]
        ):
            yield Found(text, context, str(path.relative_to(ROOT)), line, comments)


def wanted(floor: Floor) -> Catalog:
    """An empty catalog of everything a floor asks for."""
    catalog = Catalog(charset="utf-8")
    for found in strings_of(floor.sources()):
        catalog.add(
            found.text,
            context=found.context,
            locations=[(found.path, found.line)],
            auto_comments=found.comments,
        )
    return catalog
