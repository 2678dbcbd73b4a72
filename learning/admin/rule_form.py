from typing import Any

from django import forms
from django.db.models import Count, Q
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from learning.admin.framing_form import FramingForm
from learning.framing import QUESTIONS, Framing
from learning.models import AssignmentRule, Path
from learning.models.rules import HERE, at_work
from learning.rules.templates import PLACEHOLDERS, check_template, sample
from tenants.people.admin.pages import Checkboxes
from tenants.people.models import EmploymentStatus, Person


class RuleForm(FramingForm):
    """A rule is saved switched off; the framing is checked as it would read for somebody."""

    locations = forms.MultipleChoiceField(
        required=False,
        widget=Checkboxes(),
        help_text=gettext_lazy("None: wherever they are."),
    )
    statuses = forms.MultipleChoiceField(
        label=gettext_lazy("Employment status"),
        choices=HERE,
        initial=at_work,
        widget=Checkboxes(),
        help_text=gettext_lazy("Nobody who has left is given anything."),
        error_messages={"required": gettext_lazy("Choose at least one: so it means nobody.")},
    )

    class Meta:
        model = AssignmentRule
        fields = (
            "name",
            "path",
            "roles",
            "departments",
            "locations",
            "statuses",
            "days_since_hire_from",
            "days_since_hire_to",
            "outcome",
            *QUESTIONS,
        )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["locations"].choices = _places(self.instance.locations)  # type: ignore[attr-defined]
        for part in QUESTIONS:
            if part in self.fields:
                self.fields[part].validators.append(check_template)
        if "path" in self.fields:
            self._offer_paths()

    def _offer_paths(self) -> None:
        """What can be given, and what the rule has already, whatever became of it."""
        choice = self.fields["path"]
        given = Q(status=Path.Status.PUBLISHED) | Q(pk=self.instance.path_id)
        choice.queryset = Path.objects.filter(given)  # type: ignore[attr-defined]
        choice.help_text = _("Only paths that are published can be given.")

    def framing(self) -> Framing:
        """Filled with what stands in for a person. A text that was refused is empty here."""
        parts = {part: self.cleaned_data.get(part) or "" for part in QUESTIONS}
        return sample(AssignmentRule(**parts))


def _places(stored: list[str]) -> list[tuple[str, str]]:
    """Where people are, each with how many, and what the rule says already. One query."""
    here = Person.objects.exclude(employment_status=EmploymentStatus.TERMINATED)
    counted = here.exclude(location="").order_by().values_list("location").annotate(Count("pk"))
    people = dict.fromkeys(stored, 0) | dict(counted)
    return [(place, f"{place} ({_people(people[place])})") for place in sorted(people)]


def _people(number: int) -> str:
    if not number:
        return _("nobody is there now")
    return ngettext("%(number)d person", "%(number)d people", number) % {"number": number}


def placeholders() -> SafeString:
    """What may stand in the texts, as a list for the page."""
    terms = format_html_join(
        "",
        "<div><dt><code>{}</code></dt> <dd>{}</dd></div>",
        ((f"{{{name}}}", meaning) for name, meaning in PLACEHOLDERS.items()),
    )
    return format_html(
        '<p>{}</p><p>{}</p><dl class="placeholders">{}</dl>',
        _(
            "It is shown wherever they meet the path: This helps you close deals faster, because "
            "two of your demos ended without a next meeting. You will see it when every demo ends "
            "with a date in both calendars."
        ),
        _(
            "These stand for something that differs from person to person. Whoever lacks it waits "
            "until it is known:"
        ),
        terms,
    )
