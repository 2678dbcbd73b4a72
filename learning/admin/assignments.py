from collections.abc import Mapping
from typing import Any

from django.contrib import admin
from django.db.models import ForeignKey, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from unfold.decorators import action
from unfold.enums import ActionVariant

from learning.admin.assign import MAY as MAY_GIVE
from learning.admin.assign import assign_urls
from learning.admin.assignment_form import AssignmentForm
from learning.admin.framing_form import FRAMING_NOTE
from learning.admin.outcomes import OutcomeChoice
from learning.admin.standing import LIST_ACTIONS, MAY, change_standing, possible
from learning.models import Assignment, Path, PlanStep
from learning.receipts import sentences
from tenants.people.admin.pages import ONE_BUTTON, EditPage, ReadRows, labelled

STATUS_COLOURS = {
    Assignment.Status.IN_PROGRESS: "info",
    Assignment.Status.COMPLETED: "success",
    Assignment.Status.PAUSED: "warning",
    Assignment.Status.WITHDRAWN: "danger",
}


class PlanRows(ReadRows):
    """The plan, each step with its receipt. Three queries, however many steps."""

    model = PlanStep
    verbose_name_plural = "plan"
    fields = ("what", "state", "win", "why", "started_at", "done_at")
    readonly_fields = ("what", "win", "why")
    _receipts: Mapping[int, str] = {}  # of the plan on the page: these rows live for one request

    def get_queryset(self, request: HttpRequest) -> QuerySet[PlanStep]:
        plan: QuerySet[PlanStep] = super().get_queryset(request)
        return plan.select_related("step", "assignment")

    @admin.display(description="step")
    def what(self, plan_step: PlanStep) -> str:
        """As the plan has it: there is no page for a step that only an earlier version has."""
        return plan_step.step.title

    @admin.display(description="quick win")
    def win(self, plan_step: PlanStep) -> str:
        return "quick win" if plan_step.quick_win else ""

    @admin.display(description="why it is here")
    def why(self, plan_step: PlanStep) -> str:
        if plan_step.pk not in self._receipts:
            self._receipts = sentences(plan_step.assignment.plan_steps.all())
        return self._receipts[plan_step.pk]


@admin.register(Assignment)
class AssignmentPage(EditPage):
    """Who is on which path, and why. Given through `assign_path`; afterwards to read."""

    nothing_yet = "Nobody has a path yet. Assign one, and say what it helps people do at work."
    words_to_add = "Assign to one person"
    show_add_link = False  # beside the action that leads to the wizard, for one as for many
    form = AssignmentForm
    list_display = ("person", "path", "claim", "state", "assigned_by", "assigned_at", "first_win")
    list_filter = ("status", "source", "rule", "path", "outcome__role", "assigned_at")
    list_select_related = ("person", "path", "assigned_by")
    search_fields = ("person__given_name", "person__family_name", "person__email", "path__name")
    autocomplete_fields = ("person",)
    add_fieldsets = (
        ("Who gets what", {"fields": ("person", "path")}),
        (
            "Why it helps them do their work",
            {
                "fields": ("outcome", "claim", "because", "sign"),
                "description": "It is shown wherever they meet the path: This helps you close "
                "deals faster, because two of your demos ended without a next meeting. You will "
                "see it when every demo ends with a date in both calendars.",
            },
        ),
        ("When", {"fields": ("starts_on",)}),
    )
    fieldsets = (
        (None, {"fields": (("person", "path"), "framing", ("outcome", "status"))}),
        (
            "How it came and how it goes",
            {
                "fields": (
                    ("source", "assigned_by"),
                    ("assigned_at", "starts_on"),
                    ("first_win_due_on", "first_win_at"),
                    ("moved_at", "completed_at"),
                )
            },
        ),
    )
    readonly_fields = ("framing",)
    inlines = (PlanRows,)
    actions = LIST_ACTIONS
    actions_list = ("assign_path",)
    change_form_outer_before_template = "learning/assignment/standing.html"
    change_form_before_template = FRAMING_NOTE

    @labelled("status", ordering="status", colours=STATUS_COLOURS)
    def state(self, assignment: Assignment) -> tuple[str, str]:
        return assignment.status, assignment.get_status_display()

    @admin.display(description="first win", ordering="first_win_at")
    def first_win(self, assignment: Assignment) -> str:
        if assignment.first_win_at:
            return date_format(localtime(assignment.first_win_at))
        return f"due {date_format(assignment.first_win_due_on)}"

    def get_urls(self) -> list[URLPattern]:
        standing = path(
            "<int:pk>/standing/",
            self.admin_site.admin_view(change_standing),
            name="learning_assignment_standing",
        )
        return [*assign_urls(self.admin_site), standing, *super().get_urls()]

    @action(
        description="Assign a path",
        url_path="assign-a-path",
        icon="group_add",
        variant=ActionVariant.PRIMARY,
        permissions=("giving",),  # by name, Unfold would look each up in the database at start
    )
    def assign_path(self, request: HttpRequest) -> HttpResponse:
        return redirect("admin:learning_assign")

    def ways_to_begin(self, request: HttpRequest) -> list[tuple[str, str]]:
        may = self.has_giving_permission(request)
        return [("Assign a path", reverse("admin:learning_assign"))] if may else []

    def has_giving_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm(MAY_GIVE)

    def has_standing_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm(MAY)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **options: Any
    ) -> Any:
        assignment = context.get("original")
        if assignment and self.has_standing_permission(request):
            context["standing"] = possible(assignment)
        return super().render_change_form(request, context, *args, **options)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_inlines(self, request: HttpRequest, obj: Any) -> tuple[type[PlanRows], ...]:
        return self.inlines if obj else ()

    def get_form(self, request: HttpRequest, obj: Any = None, **options: Any) -> Any:
        form = super().get_form(request, obj, **options)
        form.actor = request.user
        return form

    def formfield_for_foreignkey(
        self, db_field: "ForeignKey[Any, Any]", request: HttpRequest, **options: Any
    ) -> Any:
        if db_field.name == "outcome":
            options["form_class"] = OutcomeChoice
        if db_field.name == "path":
            options["queryset"] = Path.objects.exclude(status=Path.Status.ARCHIVED)
        return super().formfield_for_foreignkey(db_field, request, **options)

    def add_view(self, request: HttpRequest, form_url: str = "", **_: Any) -> Any:
        """With one button: it leads to the plan that was made."""
        return self.changeform_view(request, None, form_url, ONE_BUTTON)

    def save_model(
        self, request: HttpRequest, obj: Assignment, form: AssignmentForm, change: bool
    ) -> None:
        obj.pk = form.assign().assignments[0].pk
        obj.refresh_from_db()

    def response_post_save_add(self, request: HttpRequest, obj: Assignment) -> HttpResponse:
        """On to the plan that was just made."""
        return redirect("admin:learning_assignment_change", obj.pk)
