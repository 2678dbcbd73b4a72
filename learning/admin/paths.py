from collections.abc import Sequence
from typing import Any, ClassVar

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import Count, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from unfold.decorators import action
from unfold.forms import PaginationInlineFormSet

from learning.admin.assign import MAY as MAY_GIVE
from learning.admin.deleting import ARCHIVE, DeletesInWords, kept_path
from learning.admin.path_people import people_on_path
from learning.admin.path_preview import MAY as MAY_PREVIEW
from learning.admin.path_preview import preview_page
from learning.admin.slugs import SluggedForm
from learning.admin.versions import KeepsVersion
from learning.models import Assignment, Path, Step
from tenants.people.admin.pages import EditPage, EditRows, labelled

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
        self._refuse_to_publish_nothing()

    def _refuse_to_publish_nothing(self) -> None:
        left = [form for form in self.forms if form not in self.deleted_forms and _is_step(form)]
        if self.instance.status == Path.Status.PUBLISHED and not left:
            raise ValidationError(
                "A published path needs a step: add one, or keep the path a draft until it has one."
            )

    def _refuse_shared_places(self) -> None:
        taken: dict[int, str] = {}
        for form in self.forms:
            if form in self.deleted_forms or not _is_step(form):
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
    wrapped = ("effort",)

    @admin.display(description="")
    def more(self, step: Step) -> str:
        """The way to what does not fit in a row: the text, the skills it raises."""
        if not step.pk:
            return ""
        page = reverse("admin:learning_step_change", args=[step.pk])
        return format_html('<a class="underline" href="{}">Open</a>', page)


@admin.register(Path)
class PathPage(DeletesInWords, KeepsVersion, EditPage):
    """Changing a path leaves the plans alone that were made of it."""

    actions = None  # deleted one by one: others rest on them
    instead_of_deleting = ARCHIVE

    nothing_yet = (
        "There are no paths yet. Take one from the starter library with its role, or write one "
        "for a role of your own."
    )
    list_display = ("name", "role", "state", "step_count", "on_it")
    list_filter = ("status", "role")
    list_select_related = ("role",)
    search_fields = ("name", "role__name")
    autocomplete_fields = ("role",)
    form = SluggedForm
    fields = ("name", "role", "status", "summary")
    inlines = (StepRows,)
    change_form_outer_before_template = "learning/path/on_it.html"
    actions_detail = ("assign", "preview_as", "who_is_on_it")

    class Media:
        css: ClassVar = {"all": ["learning/ordering.css"]}
        js = ("learning/ordering.js",)

    @action(
        description="Assign",
        url_path="assign",
        icon="group_add",
        permissions=("giving",),  # by name, Unfold would look each up in the database at start
    )
    def assign(self, request: HttpRequest, object_id: int) -> HttpResponse:
        chosen = get_object_or_404(Path, pk=object_id)
        return redirect(f"{reverse('admin:learning_assign')}?path={chosen.pk}")

    def has_giving_permission(self, request: HttpRequest, object_id: Any = None) -> bool:
        return request.user.has_perm(MAY_GIVE)

    @action(
        description="Preview as…",
        url_path="preview-as",
        icon="visibility",
        permissions=("preview",),
    )
    def preview_as(self, request: HttpRequest, object_id: int) -> HttpResponse:
        return redirect("admin:learning_path_preview", object_id)

    def has_preview_permission(self, request: HttpRequest, object_id: Any = None) -> bool:
        return request.user.has_perms(MAY_PREVIEW)

    @action(description="Who is on it", url_path="who-is-on-it", icon="group")
    def who_is_on_it(self, request: HttpRequest, object_id: int) -> HttpResponse:
        return redirect("admin:learning_path_people", object_id)

    def get_urls(self) -> list[URLPattern]:
        people = path(
            "<int:pk>/people/",
            self.admin_site.admin_view(people_on_path),
            name="learning_path_people",
        )
        preview = path(
            "<int:pk>/preview/",
            self.admin_site.admin_view(preview_page),
            name="learning_path_preview",
        )
        return [people, preview, *super().get_urls()]

    def ways_to_begin(self, request: HttpRequest) -> list[tuple[str, str]]:
        may = request.user.has_perm("learning.add_role")
        return [("Open the starter library", reverse("admin:library"))] if may else []

    def kept_by(self, row: Path) -> list[str]:
        return kept_path(row)

    def becomes_of(self, rows: Sequence[Path]) -> list[str]:
        return ["Its steps go with it, and what managers suggested of it."]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Path]:
        paths: QuerySet[Path] = super().get_queryset(request)
        steps = Step.objects.filter(path=OuterRef("pk"))
        on_it = Assignment.objects.filter(path=OuterRef("pk"), status__in=Assignment.OPEN)
        return paths.annotate(step_count=_count(steps), on_it=_count(on_it))

    @labelled("status", ordering="status", colours=STATUS_COLOURS)
    def state(self, path: Path) -> tuple[str, str]:
        return path.status, path.get_status_display()

    @admin.display(description="steps", ordering="step_count")
    def step_count(self, path: Any) -> int:
        return int(path.step_count)

    @admin.display(description="people on it", ordering="on_it")
    def on_it(self, path: Any) -> int:
        return int(path.on_it)


def _count(rows: "QuerySet[Any]") -> Coalesce:
    """How many rows of a correlated queryset there are, 0 where none."""
    return Coalesce(
        Subquery(rows.order_by().values("path").annotate(n=Count("*")).values("n")), Value(0)
    )


def _is_step(form: Any) -> bool:
    """Whether a row of the form holds a step, or is one left empty."""
    return bool(form.instance.pk or form.has_changed())
