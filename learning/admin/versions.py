"""Editing a path keeps it as it was for whoever is on it."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html

from learning.actions import keep_version
from learning.models import Assignment, Path, Step


class KeepsVersion:
    """For pages that change steps, alone or with their path: nobody's plan changes with them."""

    def path_of(self, obj: Any) -> Path:
        path: Path = obj.path if isinstance(obj, Step) else obj
        return path

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if isinstance(obj, Step) and _differs(obj, form):
            self.keep(request, obj.path)
        super().save_model(request, obj, form, change)  # type: ignore[misc]

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        if formset.has_changed():
            self.keep(request, self.path_of(form.instance))
        super().save_formset(request, form, formset, change)  # type: ignore[misc]

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        self.keep(request, self.path_of(obj))
        super().delete_model(request, obj)  # type: ignore[misc]

    def delete_queryset(self, request: HttpRequest, queryset: "QuerySet[Any]") -> None:
        for path in {self.path_of(obj) for obj in queryset}:
            self.keep(request, path)
        super().delete_queryset(request, queryset)  # type: ignore[misc]

    def keep(self, request: HttpRequest, path: Path) -> None:
        """Keep the version before it changes, and say who stays on it."""
        version = keep_version(path=path)
        if version is None:
            return
        staying = version.assignments.filter(status__in=Assignment.OPEN).count()
        if staying:
            messages.info(
                request,
                format_html(
                    "{} on this path keep{} it as it was until now. "
                    '<a href="{}">See who, and offer them the change</a>.',
                    f"{staying} people" if staying > 1 else "1 person",
                    "" if staying > 1 else "s",
                    reverse("admin:learning_path_people", args=[path.pk]),
                ),
            )


def _differs(step: Step, form: Any) -> bool:
    """Whether saving changes the step; a form also takes other line ends for a change."""
    before = Step.objects.filter(pk=step.pk).first()
    if before is None or "prerequisites" in form.changed_data:
        return True
    before.clean()
    return any(getattr(before, name) != getattr(step, name) for name in form.changed_data)
