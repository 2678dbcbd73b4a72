from collections.abc import Callable, Sequence
from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import Count, Q, QuerySet
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from unfold.decorators import action

from tenants.people.access import Access, access_of
from tenants.people.actions import give_access
from tenants.people.admin.access import MayDo, PersonForm
from tenants.people.admin.erasing import erase
from tenants.people.admin.imports import MAY, import_urls
from tenants.people.admin.pages import EditPage, labelled
from tenants.people.models import Department, EmploymentStatus, Person
from tenants.people.signals import PersonChange, people_changed

STATUS_COLOURS = {
    EmploymentStatus.PREHIRE: "info",
    EmploymentStatus.ACTIVE: "success",
    EmploymentStatus.LEAVE: "warning",
}


@admin.register(Person)
class PersonPage(EditPage):
    """Who works here. Nobody is deleted: they leave, and what they learned stays, until an owner
    erases them for good."""

    words_to_add = "Add a person"
    has_shortcuts = False
    nothing_yet = "Nobody is here yet. Import a file of people, or connect the HRIS."
    list_display = ("name", "email", "job_title", "department", "manager", "status", "hired_on")
    list_filter = ("employment_status", "department", MayDo, "hired_on")
    list_select_related = ("department", "manager")
    search_fields = (
        "given_name",
        "family_name",
        "preferred_name",
        "email",
        "external_id",
        "employee_number",
    )
    search_help_text = "A name, an e-mail address or a key of the HRIS."
    autocomplete_fields = ("manager", "department")
    readonly_fields = ("may_do", "attributes", "last_login", "created_at", "updated_at")
    form = PersonForm
    actions_list = ("org_chart", "import_file")
    actions_detail = ("whole_story", "erase_them")
    actions_row = ("whole_story",)
    fieldsets = (
        ("Who", {"fields": (("given_name", "family_name"), "preferred_name", "email")}),
        (
            "Work",
            {
                "fields": (("job_title", "location"), "department", "manager"),
                "description": "The HRIS writes these again when it next sends this person.",
            },
        ),
        (
            "Employment",
            {
                "fields": (
                    ("employment_status", "hired_on"),
                    ("rehired_on", "ended_on"),
                    ("external_id", "employee_number"),
                )
            },
        ),
        ("Language and time", {"fields": (("time_zone", "locale"),)}),
        ("Kept", {"classes": ("collapse",), "fields": readonly_fields[1:]}),
    )

    @action(
        description="Import a file",
        url_path="import-file",
        icon="upload",
        permissions=("import",),  # by name, Unfold would look each up in the database at start
    )
    def import_file(self, request: HttpRequest) -> HttpResponse:
        return redirect("admin:people_import")

    @action(description="Org chart", url_path="org-chart", icon="lan", permissions=("view",))
    def org_chart(self, request: HttpRequest) -> HttpResponse:
        return redirect("admin:person_chart")  # the console's, as its pages span apps

    @action(
        description="Whole story", url_path="whole-story", icon="timeline", permissions=("view",)
    )
    def whole_story(self, request: HttpRequest, object_id: int) -> HttpResponse:
        return redirect("admin:person_story", object_id)

    @action(description="Erase…", url_path="erase-them", icon="delete", permissions=("erase",))
    def erase_them(self, request: HttpRequest, object_id: int) -> HttpResponse:
        return redirect("admin:person_erase", object_id)

    def has_erase_permission(self, request: HttpRequest, object_id: Any = None) -> bool:
        return _is_owner(request)

    def has_import_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perms(MAY)

    def get_urls(self) -> list[URLPattern]:
        erasing = path("<int:pk>/erase/", self.admin_site.admin_view(erase), name="person_erase")
        return [erasing, *import_urls(self.admin_site), *super().get_urls()]

    @admin.display(description="name", ordering="family_name")
    def name(self, person: Person) -> str:
        return person.name

    @labelled("status", ordering="employment_status", colours=STATUS_COLOURS)
    def status(self, person: Person) -> tuple[str, str]:
        return person.employment_status, person.get_employment_status_display()

    @admin.display(description="may do here")
    def may_do(self, person: Person) -> str:
        return str(access_of(person).label)

    def get_fieldsets(self, request: HttpRequest, obj: Person | None = None) -> Any:
        """Nobody gives access that is not theirs to give: only an owner is asked for it."""
        is_asked = _is_owner(request) and self.has_change_permission(request, obj)
        access = ("Access", {"fields": ("access" if is_asked else "may_do",)})
        *others, kept = self.fieldsets
        return (*others, access, kept)

    def get_form(self, request: HttpRequest, obj: Any = None, **options: Any) -> Any:
        form = super().get_form(request, obj, **options)
        form.actor = request.user
        return form

    def has_change_permission(self, request: HttpRequest, obj: Person | None = None) -> bool:
        """Whoever could change the address of somebody with access could sign in as them."""
        if obj and obj.is_staff and obj != request.user and not _is_owner(request):
            return False
        return bool(super().has_change_permission(request, obj))

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def save_model(
        self, request: HttpRequest, obj: Person, form: "ModelForm[Person]", change: bool
    ) -> None:
        """Tells the floors above, as a sync does: leaving pauses what somebody is on."""
        if not change:
            obj.set_unusable_password()
        super().save_model(request, obj, form, change)
        if "access" in form.changed_data:
            actor: Any = request.user
            give_access(person=obj, access=Access(form.cleaned_data["access"]), actor=actor)
        moved = {
            name: (form.initial.get(name), form.cleaned_data[name])
            for name in form.changed_data
            if change and name != "access"
        }
        told = PersonChange(obj.pk, created=not change, fields=moved)
        people_changed.send(sender=Person, changes=[told])


def _is_owner(request: HttpRequest) -> bool:
    return bool(getattr(request.user, "is_superuser", False))


@admin.register(Department)
class DepartmentPage(EditPage):
    others: ClassVar[list[Callable[[Sequence[Department]], list[str]]]] = []
    """What the floors above say becomes of theirs once departments are deleted."""
    words_to_add = "Add a department"
    nothing_yet = "There are no departments yet. They come with people, from the HRIS or an import."
    list_display = ("name", "people_now")
    ordering = ("name",)  # counted, rows lose that of the model
    search_fields = ("name",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Department]:
        here = ~Q(people__employment_status=EmploymentStatus.TERMINATED)
        departments: QuerySet[Department] = super().get_queryset(request)
        return departments.annotate(here=Count("people", filter=here))

    def becomes_of(self, rows: Sequence[Department]) -> list[str]:
        people = Person.objects.filter(department__in=rows).count()
        told = {0: "Nobody is in it.", 1: "1 person is in it, and stays without a department."}
        many = f"{people:,} people are in it, and stay without a department."
        return [told.get(people, many), *(line for find in self.others for line in find(rows))]

    @admin.display(description="people", ordering="here")
    def people_now(self, department: Any) -> int:
        return int(department.here)
