from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from learning.actions import decline_suggestion
from learning.admin.rehearsals import rehearse
from learning.models import PathSuggestion
from tenants.people.models import Person


class DeclineForm(forms.ModelForm):  # type: ignore[type-arg]
    """Asks for the word that goes with a no, and shows what `decline_suggestion` refuses."""

    actor: Person

    class Meta:
        model = PathSuggestion
        fields = ("answer",)
        labels = {"answer": _("Why not")}
        help_texts = {"answer": _("Whoever suggested it reads this line on the person’s page.")}

    def clean(self) -> dict[str, Any]:
        super().clean()
        try:
            rehearse(self.decline)
        except ValidationError as error:
            self.add_error(None if not hasattr(error, "error_dict") else "answer", error.messages)
        return self.cleaned_data

    def decline(self) -> PathSuggestion:
        return decline_suggestion(
            suggestion=PathSuggestion(pk=self.instance.pk),
            answer=self.cleaned_data.get("answer", ""),
            actor=self.actor,
        )
