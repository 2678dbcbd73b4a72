"""How the list of barriers is narrowed down."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from learning.models import Path
from reinforcement.admin.days import today
from reinforcement.models import Barrier
from reinforcement.reports import barriers_for_path


class Standing(admin.SimpleListFilter):
    """What is gone is out of the way, unless asked for."""

    title = "status"
    parameter_name = "status"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        named = [(status.value, str(status.label)) for status in Barrier.Status]
        return [*named, ("all", "all of them")]

    def choices(self, changelist: Any) -> Any:
        first, *others = super().choices(changelist)
        return [{**first, "display": "not gone yet"}, *others]

    def queryset(self, request: HttpRequest, queryset: "QuerySet[Barrier]") -> "QuerySet[Barrier]":
        if self.value() == "all":
            return queryset
        if self.value() in Barrier.Status.values:
            return queryset.filter(status=self.value())
        return queryset.filter(status__in=Barrier.OPEN)


class CheckBack(admin.SimpleListFilter):
    """Where the day to check back lies, by the company's own clock."""

    title = "check back"
    parameter_name = "check_back"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("due", "due"), ("to_come", "to come"), ("none", "no day chosen")]

    def queryset(self, request: HttpRequest, queryset: "QuerySet[Barrier]") -> "QuerySet[Barrier]":
        if self.value() == "due":
            return queryset.filter(check_back_on__lte=today())
        if self.value() == "to_come":
            return queryset.filter(check_back_on__gt=today())
        return queryset.filter(check_back_on=None) if self.value() == "none" else queryset


class Designed(admin.SimpleListFilter):
    """By a path that was designed for it, or where nothing was. One query for the paths."""

    title = "designed for it"
    parameter_name = "designed"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        paths = Path.objects.filter(barriers__isnull=False).distinct().order_by("name")
        return [("nothing", "nothing yet"), *((str(path.pk), path.name) for path in paths)]

    def queryset(self, request: HttpRequest, queryset: "QuerySet[Barrier]") -> "QuerySet[Barrier]":
        wanted = self.value()
        if wanted == "nothing":
            return queryset.filter(paths=None)
        path = Path.objects.filter(pk=wanted).first() if wanted and wanted.isdecimal() else None
        return queryset.filter(pk__in=barriers_for_path(path).values("pk")) if path else queryset
