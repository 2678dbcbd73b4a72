"""Every column that names a person, and every text that may, has been thought of."""

import re
from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import CASCADE, SET_NULL

from tenants.people.erasing.contributions import erasures
from tenants.people.erasing.rows import relations, tables_below
from tenants.people.models import Person

TEXTS = (
    models.CharField,
    models.TextField,
    models.JSONField,
    models.BinaryField,
    ArrayField,
    models.GenericIPAddressField,
)


def label(model: type[models.Model], field: Any) -> str:
    return f"{model._meta.label}.{field.name}"


def pointing(on_delete: Any = None) -> Iterator[tuple[str, Any]]:
    """Columns that name a person, or a row that goes with one; with what their end does."""
    below = set(tables_below())
    for model in apps.get_models(include_auto_created=True):
        if model._meta.proxy:
            continue
        for field in model._meta.local_fields:
            if field.related_model in below and model is not field.related_model:
                yield label(model, field), field.remote_field.on_delete  # type: ignore[union-attr]
    yield "people.Person.manager", SET_NULL


def texts() -> Iterator[str]:
    for model in apps.get_models(include_auto_created=True):
        if model._meta.proxy or not model._meta.managed:
            continue
        for field in model._meta.local_fields:
            if isinstance(field, TEXTS) and not field.choices:
                yield label(model, field)


def told_of(part: str) -> dict[str, Any]:
    told: dict[str, Any] = {}
    for each in erasures():
        found = getattr(each, part)
        told |= found if isinstance(found, dict) else dict.fromkeys(found, "")
    return told


def test_every_column_that_names_a_person_says_what_becomes_of_it() -> None:
    found = dict(pointing())
    assert len(found) > 60
    told = {
        **dict.fromkeys(told_of("goes"), CASCADE),
        **dict.fromkeys(told_of("emptied"), SET_NULL),
    }
    itself = set(told_of("itself"))
    assert {name: end for name, end in found.items() if name not in itself} == told
    assert itself <= set(found)


def test_every_text_is_struck_through_or_left_for_a_reason() -> None:
    scrubbed, stays = set(told_of("scrubbed")), told_of("stays")
    found = set(texts())
    assert len(found) > 100
    unthought = [
        name
        for name in found
        if name not in scrubbed and name not in stays and name.rpartition(".")[0] not in stays
    ]
    assert unthought == []
    assert scrubbed <= found


def test_what_is_left_exists_and_has_a_reason() -> None:
    for name, why in {**told_of("stays"), **told_of("itself")}.items():
        model, field = re.fullmatch(r"(\w+\.\w+)(?:\.(\w+))?", name).groups()  # type: ignore[union-attr]
        assert field is None or apps.get_model(model)._meta.get_field(field)
        assert why.endswith("."), name


def test_what_hangs_on_others_comes_after_them() -> None:
    below = tables_below()
    assert below[0] is Person
    for model, field in relations(CASCADE):
        if model in below and field.related_model in below and model is not field.related_model:
            assert below.index(field.related_model) < below.index(model)
