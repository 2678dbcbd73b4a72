"""What the page that asks before something is deleted says."""

from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.db.models import Model
from django.template import Library

register = Library()


@register.simple_tag
def instead_of_deleting(opts: Any) -> str:
    page: Any = admin.site.get_model_admin(opts.model)
    return str(page.instead_of_deleting)


@register.simple_tag
def becomes_of(opts: Any, row: Model | str, rows: Iterable[Model] | str) -> list[str]:
    """What becomes of what depends on `row`, or on `rows` where several were chosen."""
    page: Any = admin.site.get_model_admin(opts.model)
    told: list[str] = page.becomes_of([row] if row else list(rows))
    return told
