"""Choosing an outcome where those of every role are on offer: each says whose it is."""

from typing import Any

from django import forms

from learning.models import Outcome


class OutcomeChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """``Account executive: Close deals faster``. One query for all of them."""

    def __init__(self, queryset: Any, **options: Any) -> None:
        super().__init__(queryset.select_related("role").order_by("role__name", "id"), **options)

    def label_from_instance(self, outcome: Outcome) -> str:
        return f"{outcome.role}: {outcome}"
