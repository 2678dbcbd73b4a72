from typing import Any

from django.contrib import admin
from django.db.models import Count, Q, QuerySet
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern
from unfold.decorators import action

from tenants.people.admin.imports import MAY, import_urls
from tenants.people.admin.pages import EditPage, labelled
from tenants.people.models import Department, EmploymentStatus, Person
from tenants.people.signals import PersonChange, people_changed

ACCESS = ("is_staff", "is_superuser", "groups")
STATUS_COLOURS = {
    EmploymentStatus.PREHIRE: "info",
    EmploymentStatus.ACTIVE: "success",
    EmploymentStatus.LEAVE: "warning",
}


@admin.register(Person)
class PersonPage(EditPage):
    """Who works here. Nobody is deleted: they leave, and what they learned stays."""

    list_display = ("name", "email", "job_title", "department", "manager", "status", "hired_on")
    list_filter = ("employment_status", "department", "is_staff", "hired_on")
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
    autocomplete_fields = ("manager", "department", "groups")
    readonly_fields = ("attributes", "last_login", "created_at", "updated_at")
    actions_list = ("import_file",)
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
        ("Access", {"fields": ACCESS}),
        ("Kept", {"classes": ("collapse",), "fields": readonly_fields}),
    )

    @action(
        description="Import a file",
        url_path="import-file",
        icon="upload",
        permissions=("import",),  # by name, Unfold would look each up in the database at start
    )
    def import_file(self, request: HttpRequest) -> HttpResponse:
        return redirect("admin:people_import")

    def has_import_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perms(MAY)

    def get_urls(self) -> list[URLPattern]:
        return [*import_urls(self.admin_site), *super().get_urls()]

    @admin.display(description="name", ordering="family_name")
    def name(self, person: Person) -> str:
        return person.name

    @labelled("status", ordering="employment_status", colours=STATUS_COLOURS)
    def status(self, person: Person) -> tuple[str, str]:
        return person.employment_status, person.get_employment_status_display()

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """Nobody gives access that is not theirs: only a superuser changes it."""
        superuser = getattr(request.user, "is_superuser", False)
        return self.readonly_fields if superuser else (*self.readonly_fields, *ACCESS)

    def has_change_permission(self, request: HttpRequest, obj: Person | None = None) -> bool:
        """Whoever could change a superuser's e-mail address could sign in as them."""
        if obj and obj.is_superuser and not getattr(request.user, "is_superuser", False):
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
        moved = {
            name: (form.initial.get(name), form.cleaned_data[name])
            for name in form.changed_data
            if change
        }
        told = PersonChange(obj.pk, created=not change, fields=moved)
        people_changed.send(sender=Person, changes=[told])


@admin.register(Department)
class DepartmentPage(EditPage):
    list_display = ("name", "people_now")
    ordering = ("name",)  # counted, rows lose that of the model
    search_fields = ("name",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Department]:
        here = ~Q(people__employment_status=EmploymentStatus.TERMINATED)
        departments: QuerySet[Department] = super().get_queryset(request)
        return departments.annotate(here=Count("people", filter=here))

    @admin.display(description="people", ordering="here")
    def people_now(self, department: Any) -> int:
        return int(department.here)
