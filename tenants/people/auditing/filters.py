from typing import Any

from auditlog.registry import auditlog
from django.contrib import admin
from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from django.http import HttpRequest

from tenants.people.auditing.events import Event
from tenants.people.auditing.models import AuditEntry
from tenants.people.auditing.wording import VERBS

Entries = QuerySet[AuditEntry]


class Kind(admin.SimpleListFilter):
    """What it happened to, of the tables that are in the log. One query."""

    title = "kind of thing"
    parameter_name = "kind"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        named = [
            (model._meta.label_lower, str(model._meta.verbose_name))
            for model in auditlog.get_models()
        ]
        return sorted(named, key=lambda each: each[1].lower())

    def queryset(self, request: HttpRequest, queryset: Entries) -> Entries:
        app, _, model = (self.value() or "").partition(".")
        if not app:
            return queryset
        return queryset.filter(
            content_type__in=ContentType.objects.filter(app_label=app, model=model)
        )


class What(admin.SimpleListFilter):
    """What was done: to a row, or as an event."""

    title = "action"
    parameter_name = "did"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        done = [(verb, verb) for verb in VERBS.values()]
        return [*done, *((event.value, str(event.label)) for event in Event)]

    def queryset(self, request: HttpRequest, queryset: Entries) -> Entries:
        wanted = self.value()
        for action, verb in VERBS.items():
            if wanted == verb:
                return queryset.filter(action=action)
        return queryset.filter(event=wanted) if wanted else queryset
