from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db.models import ForeignKey, QuerySet
from django.http import HttpRequest
from django.utils import timezone

from learning.actions import end_holding, hold_role
from learning.admin.rehearsals import rehearse
from learning.models import Role, RoleHolding
from tenants.companies.context import current_company
from tenants.people.admin.pages import OneButtonPage, labelled

SOURCE_COLOURS = {RoleHolding.Source.RULE: "info"}


class HoldingForm(forms.ModelForm):  # type: ignore[type-arg]
    """Asks for what `hold_role` and `end_holding` need, and shows what they refuse."""

    class Meta:
        model = RoleHolding
        fields = ("person", "role", "starts_on", "ends_on")
        help_texts = {
            "ends_on": "Still part of it; empty: it goes on. A role that was ended by hand is not "
            "given again by a title rule.",
        }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if "starts_on" in self.fields:
            self.fields["starts_on"].required = False
            self.fields["starts_on"].help_text = "Empty: today."

    def clean(self) -> dict[str, Any]:
        super().clean()
        if not self.errors:
            self._rehearse()
        return self.cleaned_data

    def keep(self) -> RoleHolding:
        """Do it. Raises `ValidationError` where the action refuses."""
        given = self.cleaned_data
        if self.instance.pk:
            holding = RoleHolding.objects.get(pk=self.instance.pk)
            return end_holding(holding=holding, ends_on=given["ends_on"])
        return hold_role(
            person=given["person"],
            role=given["role"],
            starts_on=given["starts_on"],
            source=RoleHolding.Source.HAND,
        )

    def _rehearse(self) -> None:
        try:
            rehearse(self.keep)
        except ValidationError as error:
            whole = "ends_on" if self.instance.pk else "role"
            for name, told in error.message_dict.items():
                self.add_error(whole if name == NON_FIELD_ERRORS else name, told)


class Now(admin.SimpleListFilter):
    """Where today lies, by the company's own clock."""

    title = "today"
    parameter_name = "today"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("held", "held"), ("over", "over"), ("to_come", "to come")]

    def queryset(
        self, request: HttpRequest, queryset: "QuerySet[RoleHolding]"
    ) -> "QuerySet[RoleHolding]":
        today = current_company().day_of(timezone.now())
        if self.value() == "held":
            return RoleHolding.objects.current(today) & queryset
        if self.value() == "over":
            return queryset.filter(ends_on__lt=today)
        return queryset.filter(starts_on__gt=today) if self.value() == "to_come" else queryset


@admin.register(RoleHolding)
class RoleHoldingPage(OneButtonPage):
    """Who has which role, from when to when. It is given and ended; what was, stays."""

    nothing_yet = "Nobody holds a role yet. Give job titles to a role, and whoever has one gets it."
    form = HoldingForm
    list_display = ("person", "role", "starts_on", "ends_on", "came")
    list_filter = (Now, "role", "source", "starts_on", "ends_on")
    list_select_related = ("person", "role")
    search_fields = ("person__given_name", "person__family_name", "person__email", "role__name")
    autocomplete_fields = ("person",)

    @labelled("how it came", ordering="source", colours=SOURCE_COLOURS)
    def came(self, holding: RoleHolding) -> tuple[str, str]:
        return holding.source, holding.get_source_display()

    def get_fields(self, request: HttpRequest, obj: Any = None) -> tuple[Any, ...]:
        if obj:
            return (("person", "role"), ("starts_on", "ends_on"), "source")
        return ("person", "role", "starts_on")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return ("person", "role", "starts_on", "source") if obj else ()

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def formfield_for_foreignkey(
        self, db_field: "ForeignKey[Any, Any]", request: HttpRequest, **options: Any
    ) -> Any:
        if db_field.name == "role":
            options["queryset"] = Role.objects.filter(status=Role.Status.ACTIVE)
        return super().formfield_for_foreignkey(db_field, request, **options)

    def save_model(
        self, request: HttpRequest, obj: RoleHolding, form: HoldingForm, change: bool
    ) -> None:
        obj.pk = form.keep().pk
        obj.refresh_from_db()
