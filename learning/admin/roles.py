from collections.abc import Sequence
from decimal import Decimal
from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import Count, DecimalField, ForeignKey, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from unfold.decorators import action
from unfold.widgets import UnfoldAdminTextInputWidget

from learning.admin.deleting import (
    ARCHIVE,
    DeletesInWords,
    RemovesInWords,
    kept_outcome,
    kept_role,
    kept_skill,
)
from learning.admin.holders import TitleRuleRows
from learning.admin.onet import MAY, onet_urls
from learning.admin.role_map import MAY as MAY_SEE_MAP
from learning.admin.role_map import map_page
from learning.admin.slugs import SluggedForm
from learning.models import Outcome, Role, RoleSkill, Skill
from tenants.people.admin.pages import EditPage, EditRows, key_on_page, labelled

STATUS_COLOURS = {Role.Status.ACTIVE: "success", Role.Status.ARCHIVED: "warning"}


class PlainNumber(UnfoldAdminTextInputWidget):  # type: ignore[misc]
    """62, where the database keeps 62.00."""

    def format_value(self, value: Any) -> str | None:
        shown = f"{value.normalize():f}" if isinstance(value, Decimal) else value
        return super().format_value(shown)  # type: ignore[no-any-return]


class OutcomeRows(RemovesInWords, EditRows):
    model = Outcome
    form = SluggedForm
    fields = ("name", "measure", "unit", "direction", "baseline", "target")
    formfield_overrides: ClassVar = {DecimalField: {"widget": PlainNumber}}

    def kept_by(self, row: Outcome) -> list[str]:
        return kept_outcome(row)


class RoleSkillRows(EditRows):
    """A skill can name an outcome once that is saved with its role."""

    model = RoleSkill
    verbose_name = "required skill"
    fields = ("skill", "required_level", "outcome")
    autocomplete_fields = ("skill",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[RoleSkill]:
        rows: QuerySet[RoleSkill] = super().get_queryset(request)
        return rows.select_related("role", "skill")

    def formfield_for_foreignkey(
        self, db_field: "ForeignKey[Any, Any]", request: HttpRequest, **options: Any
    ) -> Any:
        if db_field.name == "outcome":
            options["queryset"] = Outcome.objects.filter(role=key_on_page(request))
        return super().formfield_for_foreignkey(db_field, request, **options)


@admin.register(Role)
class RolePage(DeletesInWords, EditPage):
    actions = None  # deleted one by one: others rest on them
    instead_of_deleting = ARCHIVE
    nothing_yet = (
        "There are no roles yet. Start from the starter library: ten roles with outcomes, "
        "skills and a path, ready to use."
    )
    list_display = ("name", "state", "outcome_count", "skill_count", "path_count")
    ordering = ("name",)  # counted, rows lose that of the model
    list_filter = ("status",)
    search_fields = ("name", "summary", "outcomes__name")
    form = SluggedForm
    fields = ("name", "status", "summary")
    readonly_fields = ("attribution",)
    inlines = (OutcomeRows, RoleSkillRows, TitleRuleRows)
    actions_list = ("start_from_library", "start_from_onet")
    actions_detail = ("skill_map",)

    class Media:
        css: ClassVar = {"all": ["learning/role_form.css"]}

    @action(description="Skill map", url_path="skill-map", icon="grid_view", permissions=("map",))
    def skill_map(self, request: HttpRequest, object_id: int) -> HttpResponse:
        return redirect("admin:learning_role_map", object_id)

    def has_map_permission(self, request: HttpRequest, object_id: Any = None) -> bool:
        return request.user.has_perms(MAY_SEE_MAP)

    @action(
        description="Start from the library",
        url_path="start-from-library",
        icon="library_books",
        permissions=("start",),  # by name, Unfold would look it up in the database at start
    )
    def start_from_library(self, request: HttpRequest) -> HttpResponse:
        return redirect("admin:library")  # the console's, as it spans apps

    @action(
        description="Start from O*NET",
        url_path="start-from-onet",
        icon="travel_explore",
        permissions=("start",),
    )
    def start_from_onet(self, request: HttpRequest) -> HttpResponse:
        return redirect("admin:learning_onet")

    def ways_to_begin(self, request: HttpRequest) -> list[tuple[str, str]]:
        may = request.user.has_perm(MAY)
        return [("Open the starter library", reverse("admin:library"))] if may else []

    def has_start_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm(MAY)

    def get_urls(self) -> list[URLPattern]:
        page = path("<int:pk>/map/", self.admin_site.admin_view(map_page), name="learning_role_map")
        return [*onet_urls(self.admin_site), page, *super().get_urls()]

    def kept_by(self, row: Role) -> list[str]:
        return kept_role(row)

    def becomes_of(self, rows: Sequence[Role]) -> list[str]:
        return ["Its outcomes, required skills and job titles go with it."]

    def get_fields(self, request: HttpRequest, obj: Role | None = None) -> tuple[str, ...]:
        return (*self.fields, "attribution") if obj and obj.attribution else self.fields

    def get_queryset(self, request: HttpRequest) -> QuerySet[Role]:
        roles: QuerySet[Role] = super().get_queryset(request)
        return roles.annotate(
            outcome_count=Count("outcomes", distinct=True),
            skill_count=Count("role_skills", distinct=True),
            path_count=Count("paths", distinct=True),
        )

    @labelled("status", ordering="status", colours=STATUS_COLOURS)
    def state(self, role: Role) -> tuple[str, str]:
        return role.status, role.get_status_display()

    @admin.display(description="outcomes", ordering="outcome_count")
    def outcome_count(self, role: Any) -> int:
        return int(role.outcome_count)

    @admin.display(description="required skills", ordering="skill_count")
    def skill_count(self, role: Any) -> int:
        return int(role.skill_count)

    @admin.display(description="paths", ordering="path_count")
    def path_count(self, role: Any) -> int:
        return int(role.path_count)


@admin.register(Skill)
class SkillPage(DeletesInWords, EditPage):
    instead_of_deleting = (
        "Take it off the roles and steps that name it first. What was seen of it stays."
    )
    nothing_yet = (
        "There are no skills yet. They come with a role of the starter library, or from O*NET."
    )
    list_display = ("name", "on_their_own", "role_count")
    list_filter = ("role_skills__role",)
    search_fields = ("name",)
    form = SluggedForm
    fieldsets = (
        (None, {"fields": ("name",)}),
        (
            "What it looks like",
            {
                "fields": ("not_seen", "with_help", "on_their_own", "coaches_others"),
                "description": "What a manager sees at work, so that two would see the same.",
            },
        ),
    )

    def ways_to_begin(self, request: HttpRequest) -> list[tuple[str, str]]:
        may = request.user.has_perm(MAY)
        return [("Open the starter library", reverse("admin:library"))] if may else []

    def kept_by(self, row: Skill) -> list[str]:
        return kept_skill(row)

    def becomes_of(self, rows: Sequence[Skill]) -> list[str]:
        return ["Prompts and questions about it go with it."]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Skill]:
        skills: QuerySet[Skill] = super().get_queryset(request)
        return skills.annotate(role_count=Count("role_skills"))

    @admin.display(description="roles", ordering="role_count")
    def role_count(self, skill: Any) -> int:
        return int(skill.role_count)
