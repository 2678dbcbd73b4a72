from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from reinforcement.models import Brief, BriefItem
from tenants.people.admin.pages import ReadPage, ReadRows, labelled

BRIEF_COLOURS = {Brief.State.WRITTEN: "success", Brief.State.MISSED: "danger"}


class BriefItemRows(ReadRows):
    """Whom the manager was asked to talk with. What they answered is not shown."""

    model = BriefItem
    verbose_name_plural = "people in it"
    fields = ("report", "why", "moment", "prompt", "question")

    def get_queryset(self, request: HttpRequest) -> QuerySet[BriefItem]:
        items: QuerySet[BriefItem] = super().get_queryset(request)
        return items.select_related("brief__manager", "report", "prompt", "question")


@admin.register(Brief)
class BriefPage(ReadPage):
    nothing_yet = (
        "No manager has had a brief yet. The first comes once somebody in their team is on a path."
    )
    list_display = ("manager", "week", "due_at", "outcome", "reason", "minutes")
    list_filter = ("state", "reason", "due_at")
    list_select_related = ("manager",)
    search_fields = ("manager__given_name", "manager__family_name", "manager__email")
    fields = ("manager", ("due_at", "written_at"), ("state", "reason"), "minutes")
    inlines = (BriefItemRows,)

    @admin.display(description="week", ordering="due_at")
    def week(self, brief: Brief) -> str:
        return f"{brief.iso_week} of {brief.iso_year}"

    @labelled("state", ordering="state", colours=BRIEF_COLOURS)
    def outcome(self, brief: Brief) -> tuple[str, str]:
        return brief.state, brief.get_state_display()
