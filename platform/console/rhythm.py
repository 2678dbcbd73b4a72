"""The company's rhythm: when briefs come, how many people are in one, who they are from."""

from typing import Any, cast

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _

from reinforcement.selection import MOST
from tenants.companies.actions import change_rhythm, shape_briefs
from tenants.companies.context import current_company, find_company
from tenants.companies.models import Company, Weekday
from tenants.companies.zones import zones

MAY = "companies.change_company"


class RhythmForm(forms.Form):
    brief_day = forms.TypedChoiceField(
        label=_("Day"), choices=Weekday.choices, coerce=int, help_text=_("The day briefs go out.")
    )
    brief_hour = forms.TypedChoiceField(
        label=_("Hour"),
        choices=[(hour, f"{hour:02}:00") for hour in range(24)],
        coerce=int,
        help_text=_("On each manager's own clock, in summer and in winter."),
    )
    time_zone = forms.ChoiceField(
        label=_("Time zone"),
        help_text=_("For whoever has none of their own."),
        error_messages={"invalid_choice": _("Choose a time zone from the list.")},
    )
    brief_size = forms.IntegerField(
        label=_("People in a brief"),
        min_value=1,
        max_value=MOST,
        help_text=_("At most. The rest of the team is named in one line."),
        error_messages={
            "max_value": _("%(limit_value)s at most: more does not fit into six minutes."),
            "min_value": _("At least %(limit_value)s."),
        },
    )
    sender_name = forms.CharField(
        label=_("Sender"),
        max_length=100,
        required=False,
        help_text=_(
            "The name that managers see beside each brief, such as “Learning at Acme”. Empty: the "
            "company’s name and Throughline."
        ),
    )
    heads_up = forms.BooleanField(
        label=_("Heads-up to learners"),
        required=False,
        help_text=_(
            "Two days before, a short mail tells people that their manager will be prompted to "
            "talk with them, and about which step."
        ),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        kept = self.initial.get("time_zone", "UTC")
        zone: Any = self.fields["time_zone"]
        zone.choices = [(each, each.replace("_", " ")) for each in sorted({*zones(), kept})]

    def change(self, company: Company) -> None:
        given = self.cleaned_data
        change_rhythm(
            company=company,
            day=given["brief_day"],
            hour=given["brief_hour"],
            time_zone=given["time_zone"],
        )
        shape_briefs(
            company=company,
            size=given["brief_size"],
            sender_name=given["sender_name"],
            heads_up=given["heads_up"],
        )


def rhythm(request: HttpRequest) -> HttpResponse:
    """Managers' own day and hour, where they chose one, stay as they are."""
    if not request.user.has_perm(MAY):
        raise PermissionDenied
    company = find_company(current_company().slug)  # as it is now, not as it was kept
    initial = {name: getattr(company, name) for name in RhythmForm.base_fields}
    form = RhythmForm(
        cast(Any, request.POST) if request.method == "POST" else None, initial=initial
    )
    if request.method == "POST" and form.is_valid():
        form.change(company)
        messages.success(request, _("Saved. It holds from the next brief on."))
        return redirect("admin:rhythm")
    context = {**admin.site.each_context(request), "title": _("Rhythm"), "form": form}
    status = 400 if form.errors else 200
    return TemplateResponse(request, "console/rhythm.html", context, status=status)
