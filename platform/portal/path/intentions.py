"""The one line about what somebody will try at work, as a form."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from learning.actions.steps import LONGEST_INTENTION
from learning.models import PlanStep
from tenants.people.models import Person


class IntentionForm(forms.Form):
    """Shows the line as it is kept, or as it was typed with what the action says about it."""

    intention = forms.CharField(
        label=gettext_lazy("What will you try at work?"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "maxlength": LONGEST_INTENTION}),
    )

    def __init__(self, plan_step: PlanStep, manager: Person | None, sent: Any = None) -> None:
        super().__init__(sent, initial={"intention": plan_step.intention}, auto_id="%s")
        told = _("One line, if you like.")
        if manager:
            told = _("One line, if you like. %(name)s sees it.") % {"name": manager.called}
        self.fields["intention"].help_text = told

    def refuse(self, error: ValidationError) -> bool:
        """Whether the error is about the line; it stands at the field then."""
        told = getattr(error, "error_dict", {}).get("intention")
        if told:
            self.add_error("intention", told)
        return bool(told)
