"""What somebody reads on a page: its texts, and which of them the company has written itself."""

from collections.abc import Iterator
from html.parser import HTMLParser

from django.apps import apps
from django.db import models

from tenants.companies.models import Company
from tenants.people.models import Person

SPOKEN = ("aria-label", "title", "alt", "placeholder")
UNSEEN = ("style", "script", "option")
FLOORS = ("people", "learning", "reinforcement")


class Page(HTMLParser):
    """The language a page says it is in, and its texts, with single spaces."""

    def __init__(self, content: str) -> None:
        super().__init__()
        self.language, self.texts = "", set[str]()
        self._unseen = 0
        self.feed(content)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "html":
            self.language = given.get("lang") or ""
        self._unseen += tag in UNSEEN
        for name in SPOKEN:
            self._read(given.get(name) or "")

    def handle_endtag(self, tag: str) -> None:
        self._unseen -= tag in UNSEEN

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self._read(data)

    def _read(self, text: str) -> None:
        if any(letter.isalpha() for letter in text):
            self.texts.add(" ".join(text.split()))


def written_by_the_company(company: Company, people: list[Person]) -> str:
    """Every text in its tables, prompts and questions said about each of these people."""
    texts = {" ".join(text.split()) for text in _stored()}
    named = [text for text in texts if "{name}" in text]
    about = [text.replace("{name}", person.called) for text in named for person in people]
    return "\n".join([company.name, *(person.name for person in people), *texts, *about])


def _stored() -> Iterator[str]:
    for label in FLOORS:
        for model in apps.get_app_config(label).get_models():
            named = [
                f
                for f in model._meta.concrete_fields
                if isinstance(f, models.CharField | models.TextField)
            ]
            if named:
                for row in model._default_manager.values_list(*(field.attname for field in named)):
                    yield from (value for value in row if value)
