from typing import Any

from django.contrib import admin
from django.db.models import Count, ManyToManyField, Q, QuerySet, URLField
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from unfold.forms import PaginationInlineFormSet

from learning.admin.slugs import SluggedForm
from learning.models import Assignment, Path, Step, StepSkill
from tenants.people.admin.pages import Checkboxes, EditPage, EditRows, key_on_page, labelled

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
        last = max((step.position for step in self.get_queryset()), default=-1)
        for form in kept:
            if form.instance.position is None:
                last += 1
                form.instance.position = last
        self._refuse_shared_places()

    def _refuse_shared_places(self) -> None:
        taken: dict[int, str] = {}
        for form in self.forms:
            if form in self.deleted_forms or not (form.instance.pk or form.has_changed()):
                continue
            place, title = form.instance.position, str(form.instance)
            if place in taken:
                form.add_error("position", f"“{taken[place]}” has this place: give it another.")
            taken.setdefault(place, title)


class StepRows(EditRows):
    model = Step
    form = SluggedForm
    formset = StepFormSet
    fields = ("position", "title", "kind", "effort", "keep", "quick_win", "more")
    readonly_fields = ("more",)
    ordering_field = "position"

    @admin.display(description="")
    def more(self, step: Step) -> str:
        """The way to what does not fit in a row: the text, the skills it raises."""
        if not step.pk:
            return ""
        page = reverse("admin:learning_step_change", args=[step.pk])
        return format_html('<a class="underline" href="{}">Open</a>', page)


@admin.register(Path)
class PathPage(EditPage):
    """Changing a path leaves the plans alone that were made of it."""

    list_display = ("name", "role", "state", "step_count", "on_it")
    list_filter = ("status", "role")
    list_select_related = ("role",)
    search_fields = ("name", "role__name")
    autocomplete_fields = ("role",)
    form = SluggedForm
    fields = ("name", "role", "status", "summary")
    inlines = (StepRows,)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Path]:
        paths: QuerySet[Path] = super().get_queryset(request)
        open_now = Q(assignments__status__in=Assignment.OPEN)
        return paths.annotate(
            step_count=Count("steps", distinct=True),
            on_it=Count("assignments", filter=open_now, distinct=True),
        )

    @labelled("status", ordering="status", colours=STATUS_COLOURS)
    def state(self, path: Path) -> tuple[str, str]:
        return path.status, path.get_status_display()

    @admin.display(description="steps", ordering="step_count")
    def step_count(self, path: Any) -> int:
        return int(path.step_count)

    @admin.display(description="people on it", ordering="on_it")
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
    form = SluggedForm
    fieldsets = (
        (None, {"fields": ("title", "path", "position", ("kind", "effort"))}),
        ("What to do", {"fields": ("body", "location")}),
        ("When it is in a plan", {"fields": (("keep", "quick_win"), "prerequisites")}),
    )
    inlines = (StepSkillRows,)
    formfield_overrides = {URLField: {"assume_scheme": "https"}}

    def formfield_for_manytomany(
        self, db_field: "ManyToManyField[Any, Any]", request: HttpRequest, **options: Any
    ) -> Any:
        step = key_on_page(request)
        options["queryset"] = Step.objects.filter(path__steps=step).exclude(pk=step or 0)
        options["widget"] = Checkboxes()
        return super().formfield_for_manytomany(db_field, request, **options)
