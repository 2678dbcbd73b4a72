"""What is above a page of our own: the head of the page shows the way back to it."""

from django.db.models import Model
from django.urls import reverse
from django.utils.text import capfirst


def list_of(model: type[Model]) -> tuple[str, str]:
    """Its words and its address."""
    meta = model._meta
    page = reverse(f"admin:{meta.app_label}_{meta.model_name}_changelist")
    return capfirst(str(meta.verbose_name_plural)), page


def trail_to(row: Model) -> list[tuple[str, str]]:
    """The list, and the row in it."""
    meta = row._meta
    page = reverse(f"admin:{meta.app_label}_{meta.model_name}_change", args=[row.pk])
    return [list_of(type(row)), (str(row), page)]
