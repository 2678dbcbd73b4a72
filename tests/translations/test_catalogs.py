"""German and Spanish are complete for what the portal, mail, chat and calendars show."""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import product

import pytest
from babel.messages.catalog import Message
from django.utils import translation
from django.utils.translation import gettext, ngettext, npgettext, pgettext

from tests.translations.catalogs import forms, head, messages, read, singular
from tests.translations.extracting import wanted
from tests.translations.floors import FLOORS, LANGUAGES, Floor

PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[a-z]|\{\w*\}")
TAG = re.compile(r"</?[a-z][^<>]*>")
EACH = [
    pytest.param(floor, language, id=f"{floor.folder}-{language}")
    for floor, language in product(FLOORS, LANGUAGES)
]
RUN_THIS = "run `make messages`, then translate"


@pytest.mark.parametrize(("floor", "language"), EACH)
def test_no_string_of_the_sources_is_missing(floor: Floor, language: str):
    there = messages(read(floor.catalog(language), language))
    asked = messages(wanted(floor))
    missing = [
        key
        for key, message in asked.items()
        if key not in there or isinstance(there[key].id, str) != isinstance(message.id, str)
    ]
    assert missing == [], RUN_THIS


@pytest.mark.parametrize(("floor", "language"), EACH)
def test_every_string_is_translated_in_each_of_its_forms(floor: Floor, language: str):
    catalog = read(floor.catalog(language), language)
    assert [key for key, each in messages(catalog).items() if not all(forms(each))] == []
    assert [key for key, each in messages(catalog).items() if each.fuzzy] == []
    for each in catalog:
        assert len(forms(each)) == (1 if isinstance(each.id, str) else catalog.num_plurals)


@pytest.mark.parametrize(("floor", "language"), EACH)
def test_what_is_gone_from_the_sources_is_gone_from_the_catalog(floor: Floor, language: str):
    catalog = read(floor.catalog(language), language)
    assert catalog.obsolete == {}
    assert sorted(messages(catalog).keys() - messages(wanted(floor)).keys()) == [], RUN_THIS


@pytest.mark.parametrize(("floor", "language"), EACH)
def test_translations_hold_what_the_string_holds(floor: Floor, language: str):
    """Placeholders, markup, and the white space at both ends."""
    for message in messages(read(floor.catalog(language), language)).values():
        for original, form in pairs(message):
            assert Counter(PLACEHOLDER.findall(form)) == Counter(PLACEHOLDER.findall(original)), (
                form
            )
            assert TAG.findall(form) == TAG.findall(original), form
            assert edges(form) == edges(original), form
            assert form.count("\n") == original.count("\n"), form


@pytest.mark.parametrize(("floor", "language"), EACH)
def test_the_form_for_one_may_leave_out_the_number_and_no_more(floor: Floor, language: str):
    for message in messages(read(floor.catalog(language), language)).values():
        if not isinstance(message.id, str):
            given = set(PLACEHOLDER.findall(singular(message)))
            told = set(PLACEHOLDER.findall(forms(message)[0]))
            assert told <= given, message.string
            assert len(given - told) <= 1, message.string


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_string_reads_the_same_wherever_it_is_asked_for(language: str):
    """Django keeps all catalogs as one: of two translations it would take either."""
    seen: dict[tuple[object, object], object] = {}
    for floor in FLOORS:
        for key, message in messages(read(floor.catalog(language), language)).items():
            assert seen.setdefault(key, message.string) == message.string, key


@pytest.mark.parametrize(("floor", "language"), EACH)
def test_what_pages_get_is_what_the_catalog_says(floor: Floor, language: str):
    """No other app that has the same string comes before."""
    with translation.override(language):
        for (text, context), message in messages(read(floor.catalog(language), language)).items():
            for number, form in zip((1, 2), forms(message), strict=False):
                given = resolved(text, context, message, number)
                assert given == form, text


@pytest.mark.parametrize(("floor", "language"), EACH)
def test_quotation_marks_are_those_of_the_language(floor: Floor, language: str):
    opening, closing = {"de": ("„", "“"), "es": ("“", "”")}[language]
    for message in messages(read(floor.catalog(language), language)).values():
        for form in forms(message):
            assert '"' not in TAG.sub("", form), form
            assert form.count(opening) == form.count(closing), form
            assert not set("„“”‘") & set(form) - {opening, closing}, form


@pytest.mark.parametrize(("floor", "language"), EACH)
def test_each_catalog_begins_with_the_glossary_of_its_language(floor: Floor, language: str):
    assert floor.catalog(language).read_text().startswith(head(language) + 'msgid ""\n')


def resolved(text: str, context: str | None, message: Message, number: int) -> str:
    if isinstance(message.id, str):
        return pgettext(context, text) if context else gettext(text)
    one, many = message.id[0], message.id[1]
    return npgettext(context, one, many, number) if context else ngettext(one, many, number)


def pairs(message: Message) -> Iterator[tuple[str, str]]:
    """What has to hold the same: a string and its translation, or both their plurals."""
    if isinstance(message.id, str):
        yield message.id, forms(message)[0]
    else:
        yield from ((message.id[1], form) for form in forms(message)[1:])


def edges(text: str) -> tuple[str, str]:
    return text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
