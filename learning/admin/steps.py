from collections.abc import Sequence
from typing import Any, ClassVar

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import ManyToManyField, QuerySet, URLField
from django.http import HttpRequest

from learning.admin.deleting import DeletesInWords, in_plans
from learning.admin.slugs import SluggedForm
from learning.admin.step_files import FileRows, will_have_files
from learning.admin.trails import trail_to
from learning.admin.uploads import TakesFiles
from learning.admin.versions import KeepsVersion
from learning.models import Assignment, PlanStep, Step, StepSkill
from learning.prerequisites import loop_in
from tenants.people.admin.pages import Checkboxes, EditPage, EditRows, key_on_page


class StepForm(SluggedForm):
    class Meta:
        labels: ClassVar = {
            "position": "Place in the path",
            "body": "Text",
            "location": "Web address",
            "keep": "Whose plan it is in",
            "prerequisites": "What has to be done before",
        }
        help_texts: ClassVar = {
            "position": "0 is the first. On the page of the path, steps are moved with the mouse.",
            "effort": "How long it takes, such as “15 minutes”. It is no target.",
            "body": "An empty line begins a paragraph, “- ” at its beginning makes a line part of "
            "a list, and **two stars** on either side make words bold.",
            "location": "Of the page or film, if it is elsewhere.",
            "keep": "Always: everybody’s. When there is a gap: of those who do not show yet what "
            "it raises.",
        }

    def clean(self) -> dict[str, Any]:
        """Refuse a step that has nothing to do in it. A link's address the model asks for."""
        super().clean()
        kind, body, location = map(self._written, ("kind", "body", "location"))
        has_files = will_have_files(self)
        if kind == Step.Kind.PACKAGE and not location and not has_files:
            told = "A package needs its address, or its file: add that below."
            self.add_error("location", told)
        elif kind != Step.Kind.LINK and not (body or location or has_files):
            self.add_error("body", "Say what to do: a text here, an address, or a file below.")
        return self.cleaned_data

    def _written(self, name: str) -> str:
        """What a field holds, right or wrong; what is stored, where it is not on the page."""
        value = self[name].data if name in self.fields else getattr(self.instance, name)
        return str(value or "").strip()

    def clean_prerequisites(self) -> Any:
        """Refuse a loop, spelled out."""
        chosen = self.cleaned_data["prerequisites"]
        if not self.instance.pk:
            return chosen  # nothing needs it yet
        steps = Step.objects.filter(path=self.instance.path).prefetch_related("prerequisites")
        needs = {step: set(step.prerequisites.all()) for step in steps}
        needs[self.instance] = set(chosen)
        if loop := loop_in(needs):
            told = " needs ".join(f"“{step}”" for step in loop)
            raise ValidationError(f"These would wait for each other: {told}.")
        return chosen


class StepSkillRows(EditRows):
    model = StepSkill
    verbose_name = "skill it raises"
    verbose_name_plural = "skills it raises"
    autocomplete_fields = ("skill",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[StepSkill]:
        rows: QuerySet[StepSkill] = super().get_queryset(request)
        return rows.select_related("step", "skill")


@admin.register(Step)
class StepPage(DeletesInWords, TakesFiles, KeepsVersion, EditPage):
    """Reached from its path; the list is for finding a step whose path one forgot."""

    nothing_yet = "There are no steps yet. Write them on a path."
    list_display = ("title", "path", "position", "kind", "keep", "quick_win")
    list_filter = ("kind", "keep", "quick_win", "path")
    list_select_related = ("path",)
    search_fields = ("title", "path__name")
    autocomplete_fields = ("path",)
    has_shortcuts = False
    form = StepForm
    change_form_outer_before_template = "learning/path/step_on_it.html"
    fieldsets = (
        (None, {"fields": ("title", "path", "position", ("kind", "effort"))}),
        ("What to do", {"fields": ("body", "location")}),
        ("When it is in a plan", {"fields": (("keep", "quick_win"), "prerequisites")}),
    )
    inlines = (FileRows, StepSkillRows)
    formfield_overrides = {URLField: {"assume_scheme": "https"}}

    def formfield_for_manytomany(
        self, db_field: "ManyToManyField[Any, Any]", request: HttpRequest, **options: Any
    ) -> Any:
        step = key_on_page(request)
        options["queryset"] = Step.objects.filter(path__steps=step).exclude(pk=step or 0)
        options["widget"] = Checkboxes()
        return super().formfield_for_manytomany(db_field, request, **options)

    def get_readonly_fields(self, request: HttpRequest, obj: Step | None = None) -> tuple[str, ...]:
        return ("path",) if obj else ()

    def becomes_of(self, rows: Sequence[Step]) -> list[str]:
        return in_plans(rows)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **options: Any
    ) -> Any:
        step = context.get("original")
        here = PlanStep.objects.filter(step=step, assignment__status__in=Assignment.OPEN)
        context["held_by"] = here.count() if step else 0
        if step:
            context |= {"trail": trail_to(step.path), "here": str(step)}
        return super().render_change_form(request, context, *args, **options)
