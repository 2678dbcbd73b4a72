from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.db.models.fields.json import KT
from django.http import HttpRequest
from django.utils.formats import date_format
from django.utils.timezone import localtime

from learning.models import LearningRecord
from tenants.people.admin.pages import ReadPage


@admin.register(LearningRecord)
class LearningRecordPage(ReadPage):
    """What HRIS and BI are told, as they are told it. Append-only: no hours, no score, no level."""

    nothing_yet = (
        "Nothing has happened yet that the HRIS would be told. The first record comes with the "
        "first path that is assigned."
    )
    list_display = ("happened", "what", "person", "path", "step", "claim")
    list_filter = ("kind", "occurred_at")
    list_select_related = ("person",)
    search_fields = ("person__given_name", "person__family_name", "person__email")
    ordering = ("-occurred_at", "-id")
    fields = (("what", "at"), ("person", "path"), ("step", "outcome"), "claim", "key")
    readonly_fields = ("what", "at", "path", "step", "outcome", "claim", "key")

    def get_queryset(self, request: HttpRequest) -> "QuerySet[LearningRecord]":
        """With the names as they were at that moment."""
        found: QuerySet[LearningRecord] = super().get_queryset(request)
        return found.annotate(
            path_name=KT("payload__path__name"),
            step_title=KT("payload__step__title"),
            claimed=KT("payload__assignment__claim"),
            outcome_name=KT("payload__assignment__outcome"),
        )

    @admin.display(description="when", ordering="occurred_at")
    def happened(self, record: LearningRecord) -> Any:
        return record.occurred_at

    @admin.display(description="when")
    def at(self, record: LearningRecord) -> str:
        return date_format(localtime(record.occurred_at), "DATETIME_FORMAT")

    @admin.display(description="what", ordering="kind")
    def what(self, record: LearningRecord) -> str:
        return record.words

    @admin.display(description="its key in the feed")
    def key(self, record: LearningRecord) -> str:
        return str(record.uid)

    @admin.display(description="path", ordering="path_name")
    def path(self, record: Any) -> str:
        return record.path_name or "-"

    @admin.display(description="step", ordering="step_title")
    def step(self, record: Any) -> str:
        return record.step_title or "-"

    @admin.display(description="outcome", ordering="outcome_name")
    def outcome(self, record: Any) -> str:
        return record.outcome_name or "-"

    @admin.display(description="this helps to", ordering="claimed")
    def claim(self, record: Any) -> str:
        return record.claimed or "-"
