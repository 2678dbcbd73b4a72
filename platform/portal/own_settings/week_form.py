"""What a manager can set: where their week comes, when, and until when it rests."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reinforcement.actions import set_preference
from reinforcement.actions.preferences import LONGEST_PAUSE
from reinforcement.models import ChannelPreference
from reinforcement.models.channels import MAIL, PORTAL
from reinforcement.ways import Way
from tenants.companies.models import Company
from tenants.people.models import Person

DAY = "%Y-%m-%d"  # what a date input sends (HTML, "valid date string")


class WeekForm(forms.Form):
    """The rules are the action's; this keeps what was typed, and says each of them at its field."""

    channel = forms.CharField(required=False)
    paused_until = forms.DateField(
        label=gettext_lazy("Until"),
        required=False,
        input_formats=[DAY],
        widget=forms.DateInput(format=DAY, attrs={"type": "date"}),
        help_text=gettext_lazy("The first day on which your week may come again. Empty: no pause."),
        error_messages={"invalid": gettext_lazy("Write the date as in 2026-12-24.")},
    )

    def __init__(
        self,
        ways: Mapping[str, Way],
        person: Person,
        company: Company,
        chosen: ChannelPreference | None,
        sent: Any = None,
    ) -> None:
        self.person, self.ways, self.today = person, ways, timezone.localdate(None, person.zone)
        super().__init__(sent, initial=_initial(chosen, self.today))
        self.fields["day"] = _one_of(_("Day"), _days(company))
        self.fields["hour"] = _one_of(_("Hour"), _hours(company))
        self.fields["paused_until"].widget.attrs |= {
            "min": f"{self.today + timedelta(days=1):{DAY}}",
            "max": f"{self.today + LONGEST_PAUSE:{DAY}}",
        }
        for name, way in ways.items():
            if way.channel.needs_address:
                self.fields[f"address_{name}"] = _address(way)

    def rows(self) -> list[tuple[Way, bool, forms.BoundField | None]]:
        """Each way, the portal last; whether it is marked; and its address field if it has one."""
        marked = self["channel"].value()
        return [
            (way, name == marked, self[f"address_{name}"] if way.channel.needs_address else None)
            for name, way in sorted(self.ways.items(), key=lambda item: item[0] == PORTAL)
        ]

    def save(self) -> bool:
        """Whether it could be saved; if not, what is wrong is said at the fields."""
        if not self.is_valid():
            return False
        given = self.cleaned_data
        address = f"address_{given['channel']}"
        try:
            set_preference(
                person=self.person,
                channel=given["channel"],
                day=given["day"],
                hour=given["hour"],
                paused_until=given["paused_until"],
                address=given.get(address, ""),
            )
        except ValidationError as error:
            for field, told in error.message_dict.items():
                self.add_error(address if field == "address" else field, ValidationError(told))
            return False
        return True


def _initial(chosen: ChannelPreference | None, today: date) -> dict[str, object]:
    if chosen is None:
        return {"channel": MAIL}
    until = chosen.paused_until
    return {
        "channel": chosen.channel,
        "day": chosen.day,
        "hour": chosen.hour,
        "paused_until": until if until and until > today else None,
    }


def _days(company: Company) -> list[tuple[object, str]]:
    usual = _("As usual here: %(day)s") % {"day": WEEKDAYS[company.brief_day - 1]}
    return [("", usual), *((number + 1, str(name)) for number, name in WEEKDAYS.items())]


def _hours(company: Company) -> list[tuple[object, str]]:
    usual = _("As usual here: %(hour)s") % {"hour": f"{company.brief_hour:02}:00"}
    return [("", usual), *((hour, f"{hour:02}:00") for hour in range(24))]


def _one_of(label: str, choices: list[tuple[object, str]]) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=label,
        choices=choices,
        required=False,
        coerce=int,
        empty_value=None,
        error_messages={"invalid_choice": _("Choose one of the list.")},
    )


def _address(way: Way) -> forms.CharField:
    """Empty at first, whatever is stored: an address that is a secret is never shown again."""
    told = str(way.channel.address_help)
    if way.found:
        told = _("An address is stored. Paste another one only to replace it.")
    return forms.CharField(
        label=str(way.channel.address_label or _("Address")),
        required=False,
        max_length=2000,
        help_text=told,
        widget=forms.URLInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
