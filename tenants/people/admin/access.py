"""Who may do what here, on the page of a person and as a filter of the list."""

from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from unfold.widgets import UnfoldAdminRadioSelectWidget

from tenants.people.access import GROUPS, MEANS, Access, access_of
from tenants.people.actions import check_access
from tenants.people.models import Person


def _choices() -> list[tuple[str, Any]]:
    return [
        (access.value, format_html("<b>{}</b>: {}", access.label, MEANS[access]))
        for access in Access
    ]


class Choices(UnfoldAdminRadioSelectWidget):  # type: ignore[misc]
    """One of some. Django's own labels wrap on a phone, where Unfold's overflow."""

    option_template_name = "django/forms/widgets/radio_option.html"

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        classes = set(self.attrs["class"].split()) - {"block"}
        self.attrs["class"] = " ".join(sorted(classes | {"inline-block", "mr-2"}))


class PersonForm(forms.ModelForm):  # type: ignore[type-arg]
    """`actor` is whoever fills it in; only of an owner it asks for access."""

    actor: ClassVar[Person]
    access = forms.ChoiceField(
        required=False,
        choices=_choices,
        widget=Choices(),
        label="May do here",
        help_text="Take the least that does for their work.",
    )

    class Meta:
        model = Person
        fields = ()  # the page names them

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if self.instance.pk:
            self.initial["access"] = access_of(self.instance).value

    def clean_access(self) -> Access:
        access = Access(self.cleaned_data["access"])
        person = self.instance if self.instance.pk else None
        if self.fields["access"].has_changed(self.initial.get("access", ""), access.value):
            check_access(person=person, access=access, actor=self.actor)
        return access

    def clean(self) -> dict[str, Any]:
        """Whoever opens the admin site signs in, and for that needs an address."""
        super().clean()
        opens = self.cleaned_data.get("access", Access.NOTHING) != Access.NOTHING
        if opens and "email" in self.fields and not self.cleaned_data.get("email"):
            self.add_error(
                "email", ValidationError("Whoever may do something here signs in by it.")
            )
        return self.cleaned_data


class MayDo(admin.SimpleListFilter):
    title = "access"
    parameter_name = "access"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        named = [(access.value, str(access.label)) for access in Access if access.value]
        return [("any", "Any"), *named]

    def queryset(self, request: HttpRequest, queryset: "QuerySet[Person]") -> "QuerySet[Person]":
        wanted = self.value()
        if wanted == "any":
            return queryset.filter(is_staff=True)
        if wanted == Access.OWNER:
            return queryset.filter(is_staff=True, is_superuser=True)
        return queryset.filter(groups__name=wanted) if wanted in GROUPS else queryset
