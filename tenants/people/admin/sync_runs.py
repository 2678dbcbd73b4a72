from django.contrib import admin
from django.utils.html import format_html_join

from tenants.people.admin.pages import ReadPage
from tenants.people.models import SyncRun


@admin.register(SyncRun)
class SyncRunPage(ReadPage):
    """What each push of people did, and what was wrong with it."""

    list_display = (
        "started_at",
        "source",
        "mode",
        "actor",
        "created",
        "updated",
        "unchanged",
        "deactivated",
        "failed",
    )
    list_filter = ("source", "mode", "started_at")
    list_select_related = ("actor",)
    search_fields = ("source",)
    date_hierarchy = "started_at"
    fieldsets = (
        (None, {"fields": (("source", "mode"), ("started_at", "finished_at"), "actor")}),
        (
            "What it did",
            {"fields": (("created", "updated", "unchanged"), ("deactivated", "failed"))},
        ),
        ("What was wrong", {"fields": ("told",)}),
    )

    @admin.display(description="rows")
    def told(self, run: SyncRun) -> str:
        lines = ((problem["line"] or "–", problem["message"]) for problem in run.problems)
        return format_html_join("", "<p>Line {}: {}</p>", lines) or "Nothing."
