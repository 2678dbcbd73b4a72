from collections.abc import Sequence
from typing import Any

from django.contrib import admin
from django.db.models import Count, Exists, ForeignKey, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.text import capfirst
from unfold.decorators import action

from learning.admin.framing_form import FRAMING_NOTE
from learning.admin.outcomes import OutcomeChoice
from learning.admin.rule_form import RuleForm, placeholders
from learning.admin.rule_preview import preview_page
from learning.models import AssignmentRule, Path, Step
from learning.rules.descriptions import description
from tenants.people.admin.pages import OneButtonPage, labelled

STATE_COLOURS = {"on": "success", "stuck": "danger"}


@admin.register(AssignmentRule)
class RulePage(OneButtonPage):
    """Whom to give which path by itself. Switching on goes through the preview, as saving does."""

    nothing_yet = (
        "There are no rules yet. A rule gives a path by itself, as to everybody who is new in a "
        "role."
    )
    form = RuleForm
    list_display = ("name", "path", "means", "state", "gave", "switched_on_at")
    list_filter = ("active", "path", "path__role", "switched_on_at")
    list_select_related = ("path",)
    search_fields = ("name", "path__name", "claim", "because", "sign")
    autocomplete_fields = ("roles", "departments", "created_by")
    change_form_outer_before_template = "learning/rule/switched_on.html"
    change_form_before_template = FRAMING_NOTE
    actions_detail = ("whom_it_means",)

    class Media:
        css = {"all": ("learning/rule_form.css",)}

    @action(description="See whom it means", url_path="whom-it-means", icon="group")
    def whom_it_means(self, request: HttpRequest, object_id: int) -> HttpResponse:
        return redirect("admin:learning_assignmentrule_preview", object_id)

    def get_urls(self) -> list[URLPattern]:
        preview = path(
            "<int:pk>/preview/",
            self.admin_site.admin_view(preview_page),
            name="learning_assignmentrule_preview",
        )
        return [preview, *super().get_urls()]

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        days = ("days_since_hire_from", "days_since_hire_to")
        then = "Saving leads to a preview of whom the rule means"
        then += "." if obj and obj.active else "; nobody is given anything until you switch it on."
        return (
            (None, {"fields": ("name", "path")}),
            (
                "Whom it means",
                {
                    "fields": ("roles", "departments", "locations", "statuses", days),
                    "description": f"Whoever meets all of these. {then}",
                },
            ),
            (
                "Why it helps them do their work",
                {
                    "fields": ("outcome", "claim", "because", "sign"),
                    "description": placeholders(),
                },
            ),
        )

    def get_queryset(self, request: HttpRequest) -> QuerySet[AssignmentRule]:
        rules: QuerySet[AssignmentRule] = super().get_queryset(request)
        return rules.annotate(
            given=Count("assignments"), has_steps=Exists(Step.objects.filter(path=OuterRef("path")))
        ).prefetch_related("roles", "departments")

    @admin.display(description="whom it means")
    def means(self, rule: AssignmentRule) -> str:
        return capfirst(description(rule))

    @labelled("state", ordering="active", colours=STATE_COLOURS)
    def state(self, rule: Any) -> tuple[str, str]:
        if not rule.active:
            return "off", "off"
        if rule.path.status != Path.Status.PUBLISHED:
            return "stuck", f"cannot run: its path is {rule.path.status}"
        return ("on", "on") if rule.has_steps else ("stuck", "cannot run: its path has no steps")

    @admin.display(description="gave it to", ordering="given")
    def gave(self, rule: Any) -> str:
        if not rule.given:
            return "nobody yet"
        people = "1 person" if rule.given == 1 else f"{rule.given} people"
        given = reverse("admin:learning_assignment_changelist")
        link = '<a class="underline" href="{}?rule__id__exact={}">{}</a>'
        return format_html(link, given, rule.pk, people)

    def formfield_for_foreignkey(
        self, db_field: "ForeignKey[Any, Any]", request: HttpRequest, **options: Any
    ) -> Any:
        if db_field.name == "outcome":
            options["form_class"] = OutcomeChoice
        return super().formfield_for_foreignkey(db_field, request, **options)

    def becomes_of(self, rows: Sequence[AssignmentRule]) -> list[str]:
        return ["Whoever it gave the path keeps it."]

    def get_deleted_objects(
        self, objs: Any, request: HttpRequest
    ) -> tuple[list[Any], dict[str, int], set[str], list[Any]]:
        """Names the rules alone: whom they came to may be thousands."""
        names = [f"{rule}: whoever it gave the path keeps it." for rule in objs]
        return names, {"rules": len(names)}, set(), []

    def save_model(
        self, request: HttpRequest, obj: AssignmentRule, form: RuleForm, change: bool
    ) -> None:
        if not change:
            obj.created_by = request.user  # type: ignore[assignment]
        super().save_model(request, obj, form, change)

    def response_post_save_add(self, request: HttpRequest, obj: AssignmentRule) -> HttpResponse:
        return redirect("admin:learning_assignmentrule_preview", obj.pk)

    def response_post_save_change(self, request: HttpRequest, obj: AssignmentRule) -> HttpResponse:
        return redirect("admin:learning_assignmentrule_preview", obj.pk)
