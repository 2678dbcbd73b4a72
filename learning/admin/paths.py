from typing import Any

from django.contrib import admin
from django.db.models import Count, ManyToManyField, Q, QuerySet
from django.http import HttpRequest
from unfold.decorators import display
from unfold.forms import PaginationInlineFormSet

from learning.models import Assignment, Path, Step, StepSkill
from tenants.people.admin.pages import EditPage, EditRows

STATUS_COLOURS = {Path.Status.PUBLISHED: "success", Path.Status.ARCHIVED: "warning"}


class StepFormSet(PaginationInlineFormSet):  # type: ignore[misc]
    """Steps in an order: a new one without a place comes last, and places may be swapped."""

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        form.fields["position"].required = False
        form.validate_constraints = lambda: None  # places are checked at commit, slugs in `clean`

    def clean(self) -> None:
        super().clean()
        kept = [
            form for form in self.forms if form not in self.deleted_forms and form.has_changed()
        ]
        last = max((step.position for step in self.get_queryset()), default=0)
        for form in kept:
            if form.instance.position is None:
                last += 1
                form.instance.position = last


class StepRows(EditRows):
    model = Step
    formset = StepFormSet
    fields = ("position", "title", "slug", "kind", "effort", "keep", "quick_win")
    prepopulated_fields = {"slug": ("title",)}
    ordering_field = "position"
    show_change_link = True


@admin.register(Path)
class PathPage(EditPage):
    """Changing a path leaves the plans alone that were made of it."""

    list_display = ("name", "role", "state", "step_count", "on_it")
    list_filter = ("status", "role")
    list_select_related = ("role",)
    search_fields = ("name", "role__name")
    autocomplete_fields = ("role",)
    prepopulated_fields = {"slug": ("name",)}
    fields = (("name", "slug"), ("role", "status"), "summary")
    inlines = (StepRows,)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Path]:
        paths: QuerySet[Path] = super().get_queryset(request)
        open_now = Q(assignments__status__in=Assignment.OPEN)
        return paths.annotate(
            step_count=Count("steps", distinct=True),
            on_it=Count("assignments", filter=open_now, distinct=True),
        )

    @display(description="status", ordering="status", label=STATUS_COLOURS)
    def state(self, path: Path) -> tuple[str, str]:
        return path.status, path.get_status_display()

    @display(description="steps", ordering="step_count")
    def step_count(self, path: Any) -> int:
        return int(path.step_count)

    @display(description="people on it", ordering="on_it")
    def on_it(self, path: Any) -> int:
        return int(path.on_it)


class StepSkillRows(EditRows):
    model = StepSkill
    verbose_name = "skill it raises"
    verbose_name_plural = "skills it raises"
    autocomplete_fields = ("skill",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[StepSkill]:
        rows: QuerySet[StepSkill] = super().get_queryset(request)
        return rows.select_related("step", "skill")


@admin.register(Step)
class StepPage(EditPage):
    """Reached from its path; the list is for finding a step whose path one forgot."""

    list_display = ("title", "path", "position", "kind", "keep", "quick_win")
    list_filter = ("kind", "keep", "quick_win", "path")
    list_select_related = ("path",)
    search_fields = ("title", "path__name")
    autocomplete_fields = ("path",)
    filter_horizontal = ("prerequisites",)
    prepopulated_fields = {"slug": ("title",)}
    fieldsets = (
        (None, {"fields": (("title", "slug"), ("path", "position"), ("kind", "effort"))}),
        ("What to do", {"fields": ("body", "location")}),
        ("When it is in a plan", {"fields": (("keep", "quick_win"), "prerequisites")}),
    )
    inlines = (StepSkillRows,)

    def formfield_for_manytomany(
        self, db_field: "ManyToManyField[Any, Any]", request: HttpRequest, **options: Any
    ) -> Any:
        step = request.resolver_match and request.resolver_match.kwargs.get("object_id")
        siblings = Step.objects.filter(path__steps=step).exclude(pk=step)
        return super().formfield_for_manytomany(db_field, request, **options, queryset=siblings)
