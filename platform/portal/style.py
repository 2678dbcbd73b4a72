"""The living style page: every part of the design system, drawn by the real templates."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from portal.stylesheet import SOURCES
from tenants.companies.colours import READABLE, contrast, parts_of

TOKENS: Final = SOURCES / "10-tokens.css"
COLOUR: Final = re.compile(r"--([\w-]+): light-dark\((#\w{6}), (#\w{6})\);")
LENGTH: Final = re.compile(r"--(small|body|large|title|display|s\d): ([^;]+);")
TEXT: Final = ("ink", "soft", "thread", "thread-deep", "warm", "wrong")
GROUNDS: Final = ("paper", "sheet", "sunk")
ICONS: Final = Path(__file__).parent / "templates" / "portal" / "icons"
STATES: Final = ("done", "done", "doing", "to_do", "to_do")


@dataclass(frozen=True)
class Swatch:
    """A colour of the tokens; `least` is its worst contrast as text, where it is used as text."""

    name: str
    light: str
    dark: str
    least: float | None

    @property
    def is_readable(self) -> bool:
        return self.least is None or self.least >= READABLE


class Sample(forms.Form):
    """A field as it stands in any form, and one that is wrong."""

    name = forms.CharField(label="A field", help_text="One line of help, before it is needed.")
    day = forms.DateField(label="A field that is wrong", error_messages={"invalid": "Write it so."})


@require_safe
def style(request: HttpRequest) -> HttpResponse:
    tokens = TOKENS.read_text()
    form = Sample({"name": "What was typed", "day": "the day after"})
    context = {
        "swatches": swatches(tokens),
        "lengths": LENGTH.findall(tokens),
        "states": STATES,
        "form": form,
        "icons": sorted(file.stem for file in ICONS.glob("*.html")),
    }
    return render(request, "portal/style.html", context)


def swatches(tokens: str) -> list[Swatch]:
    """Every colour that `tokens` (CSS) names, in both schemes."""
    colours = {name: (light, dark) for name, light, dark in COLOUR.findall(tokens)}
    return [
        Swatch(name, *pair, least=_least(name, colours) if name in TEXT else None)
        for name, pair in colours.items()
    ]


def _least(name: str, colours: dict[str, tuple[str, str]]) -> float:
    return min(
        contrast(parts_of(colours[name][scheme]), parts_of(colours[ground][scheme]))
        for ground in GROUNDS
        for scheme in (0, 1)
    )
