from datetime import datetime
from typing import Any

import auditlog.admin  # noqa: F401  # registers a page of its own, which ours replaces
from django.contrib import admin
from django.http import HttpRequest
from django.utils.timezone import localtime
from unfold.contrib.filters.admin import AutocompleteSelectFilter

from tenants.people.admin.pages import ReadPage
from tenants.people.auditing.filters import Kind, What
from tenants.people.auditing.models import AuditEntry
from tenants.people.auditing.wording import action_of, changes_of, kind_of, sentence, who

admin.site.unregister(AuditEntry)


@admin.register(AuditEntry)
class AuditLogPage(ReadPage):
    """Who did what, when and from where. Nobody adds to it, changes it or takes away from it."""

    nothing_yet = "Nothing has been recorded yet. Every change and sign-in will be told here."
    list_display = ("when", "by", "what", "done", "whence")
    list_display_links = ("when",)
    list_filter = (("actor", AutocompleteSelectFilter), Kind, What, "timestamp")
    list_filter_submit = True
    date_hierarchy = "timestamp"
    list_select_related = ("actor", "content_type")
    search_fields = (
        "words",
        "object_repr",
        "actor_words",
        "actor__given_name",
        "actor__family_name",
        "remote_addr",
    )
    search_help_text = "What happened, to what, who did it, or an address."
    change_form_outer_before_template = "auditing/entry.html"
    show_facets = admin.ShowFacets.NEVER

    @admin.display(description="when", ordering="timestamp")
    def when(self, entry: AuditEntry) -> datetime:
        return localtime(entry.timestamp)

    @admin.display(description="who")
    def by(self, entry: AuditEntry) -> str:
        return who(entry)

    @admin.display(description="what")
    def what(self, entry: AuditEntry) -> str:
        return sentence(entry)

    @admin.display(description="action")
    def done(self, entry: AuditEntry) -> str:
        return action_of(entry)

    @admin.display(description="from where", ordering="remote_addr", empty_value="")
    def whence(self, entry: AuditEntry) -> str | None:
        return entry.remote_addr

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        return []  # the template tells it all

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **options: Any
    ) -> Any:
        entry = context.get("original")
        if entry:
            context |= {
                "entry": entry,
                "by": who(entry),
                "what": sentence(entry),
                "kind": kind_of(entry),
                "changes": changes_of(entry),
            }
        return super().render_change_form(request, context, *args, **options)
