"""Step 2: what each column is read as."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from unfold.widgets import UnfoldAdminSelectWidget

from tenants.people.actions import preview_file
from tenants.people.admin.imports.pages import file_or_404, is_under_way, show
from tenants.people.exports import FIELDS, Column, ExportError, Table, propose, read_rows
from tenants.people.kept_tables import kept_table
from tenants.people.models import ColumnChoice, PeopleFile, Person

GROUPS: Mapping[str, tuple[str, ...]] = {
    "Tells people apart": ("external_id", "employee_number", "email", "user_name"),
    "Name": ("given_name", "family_name", "full_name", "preferred_name"),
    "Work": ("job_title", "department", "location"),
    "Manager": (
        "manager_name",
        "manager_email",
        "manager_employee_number",
        "manager_external_id",
    ),
    "Employment": ("hired_on", "rehired_on", "ended_on", "employment_status", "account_status"),
    "Language and time": ("time_zone", "locale"),
}
NOT_READ = "Not read, not stored"
CHOICES: list[tuple[str, Any]] = [
    ("", NOT_READ),
    *((group, [(name, FIELDS[name]) for name in names]) for group, names in GROUPS.items()),
]


class ColumnsForm(forms.Form):
    """One select per column, named by its position."""

    def __init__(self, *args: Any, columns: Sequence[Column], **options: Any) -> None:
        super().__init__(*args, **options)
        for position, column in enumerate(columns):
            self.fields[str(position)] = forms.ChoiceField(
                choices=CHOICES,
                required=False,
                initial=column.field,
                label=column.heading or f"Column {position + 1}",
                widget=UnfoldAdminSelectWidget,
            )

    def clean(self) -> dict[str, Any]:
        super().clean()
        taken: dict[str, str] = {}
        for position, name in list(self.cleaned_data.items()):
            if name and name in taken:
                other = self.fields[taken[name]].label
                self.add_error(position, f"“{other}” is read as this already: keep one of the two.")
            taken.setdefault(name, position)
        return self.cleaned_data

    @property
    def chosen(self) -> list[str]:
        """Per column what is chosen now, valid or not."""
        if not self.is_bound:
            return [field.initial for field in self.fields.values()]
        known = {"", *FIELDS}
        values = [self.data.get(position, "") for position in self.fields]
        return [value if value in known else "" for value in values]


@dataclass(frozen=True, slots=True)
class Line:
    """A column as a line of the page. `mark` says who chose what it is read as, if not we."""

    heading: str
    samples: Sequence[str]
    select: forms.BoundField
    mark: str
    error: str
    is_read: bool


def columns(request: HttpRequest, *, uid: UUID) -> HttpResponse:
    file = file_or_404(uid)
    if is_under_way(file):
        return redirect("admin:people_import_run", file.uid)
    try:
        table = kept_table(file.content)
    except ExportError as error:
        return show(request, "forgotten", 2, file=file, told=str(error), status=410)
    recognised = propose(table, {})
    form = ColumnsForm(request.POST or None, columns=_as_chosen(file, table))
    if request.method == "POST" and form.is_valid():
        try:
            actor = cast(Person, request.user)
            preview_file(file=file, fields=form.chosen, actor=actor)
            return redirect("admin:people_import_preview", file.uid)
        except ExportError as error:
            form.add_error(None, str(error))
    by_hand = form.is_bound or bool(file.fields)
    return show(
        request,
        "columns",
        2,
        file=file,
        form=form,
        people=len(table.lines),
        notes=_notes(table, form),
        lines=_lines(form, recognised, "changed by you" if by_hand else "as you chose last time"),
    )


def _as_chosen(file: PeopleFile, table: Table) -> list[Column]:
    """As chosen for this file before, else as this company chose last, else as recognised."""
    proposed = propose(table, dict(ColumnChoice.objects.values_list("heading", "field")))
    if len(file.fields) != len(proposed):
        return proposed
    return [
        Column(column.heading, name, column.samples)
        for column, name in zip(proposed, file.fields, strict=True)
    ]


def _lines(form: ColumnsForm, recognised: Sequence[Column], mark: str) -> list[Line]:
    lines = []
    for position, (column, chosen) in enumerate(zip(recognised, form.chosen, strict=True)):
        select = form[str(position)]
        error = " ".join(str(told) for told in form.errors.get(str(position), []))
        is_changed = chosen != column.field
        if error:
            select.field.widget.attrs |= {"aria-invalid": "true"}
        select.field.widget.attrs |= {"aria-describedby": f"about-{position}"}
        lines.append(
            Line(
                column.heading,
                column.samples,
                select,
                mark if is_changed else "",
                error,
                bool(chosen),
            )
        )
    return lines


def _notes(table: Table, form: ColumnsForm) -> list[str]:
    """What is assumed with the columns as they stand; what is wrong with them, their form says."""
    try:
        return read_rows(table, form.chosen).notes
    except ExportError as error:
        if not form.is_bound:
            form.errors["__all__"] = form.error_class([str(error)])
        return table.notes
