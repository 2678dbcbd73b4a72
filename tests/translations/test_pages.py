"""Every page of the portal in German and in Spanish."""

import re
from typing import Final

from django.db import transaction
from django.test import Client
from django_tenants.utils import schema_context

from tenants.companies.connections import connection
from tenants.companies.hosts import forget_hosts
from tenants.companies.models import Company
from tenants.people.models import Person
from tests.browser.sights import Sight, sights
from tests.browser.world import World
from tests.conftest import at
from tests.translations.catalogs import messages, read
from tests.translations.floors import FLOORS, LANGUAGES
from tests.translations.reading import Page, written_by_the_company

ENGLISH: Final = {"style"}  # for whoever builds pages
NAMES: Final = {"Throughline", "Slack", "Microsoft Teams", "Deutsch", "Español", "English"}
BETWEEN: Final = re.compile(r" · |· | ·|← |, |: |; | \(|\)|“|”")
ADDRESS: Final = re.compile(r"\S*[@.]\S+")
WORD: Final = re.compile(r"[^\W\d_]{2}")


def test_no_page_leaves_an_english_sentence(acme: Company, world: World):
    """A text that reads alike in two languages is the company's own, or a word of both."""
    english = shown(acme, world, "en")
    own = written_by_the_company(acme, list(Person.objects.all()))
    for language in LANGUAGES:
        pages = shown(acme, world, language)
        assert {sight for sight, page in pages.items() if page.language != language} == set()
        shared = the_same_in(language)
        left = {
            f"{sight}: {text}"
            for sight, page in pages.items()
            for text in page.texts & english[sight].texts
            if text not in own and text not in sent_by(sight)
            for part in parts(text)
            if part not in NAMES and part not in own and part.casefold() not in shared
        }
        assert left == set(), "\n".join(sorted(left))


def shown(company: Company, world: World, language: str) -> dict[Sight, Page]:
    """Each page in the language that the company has, and strangers on the root domain ask for.

    What the pages' forms write is undone, so that the next language finds things as they were.
    """
    with schema_context("public"):
        Company.objects.filter(pk=company.pk).update(locale=language)
    company.locale = language
    forget_hosts()
    with transaction.atomic():
        pages = {
            sight: looked_at(company, world, sight, language)
            for sight in sights(world)
            if sight.name not in ENGLISH
        }
        transaction.set_rollback(True)
    return pages


def looked_at(company: Company, world: World, sight: Sight, language: str) -> Page:
    if sight.root:
        client = Client(headers={"host": "localhost", "accept-language": language})
    else:
        client = at(company, world.people.get(sight.reader))
    send = client.post if sight.sent else client.get
    response = send(sight.path, dict(sight.sent), follow=True)
    connection.set_tenant(company)
    return Page(response.content.decode())


def the_same_in(language: str) -> set[str]:
    """Strings that the language has as English has them, in small letters: "code"."""
    return {
        str(each.string).casefold()
        for floor in FLOORS
        for each in messages(read(floor.catalog(language), language)).values()
        if isinstance(each.string, str) and str(each.id).casefold() == each.string.casefold()
    }


def sent_by(sight: Sight) -> set[str]:
    """What the form is kept with, as it was typed."""
    return {" ".join(value.split()) for _name, value in sight.sent}


def parts(text: str) -> list[str]:
    """Without what is an address, in mail or on the web."""
    words = (part for part in BETWEEN.split(text) if not ADDRESS.fullmatch(part))
    return [part for part in words if WORD.search(part)]
