from typing import Any, Final, cast

from django import forms
from django.core.exceptions import ValidationError
from unfold.widgets import UnfoldAdminTextInputWidget

from api.webhooks.endpoints import add_endpoint, change_endpoint, check_room, check_url
from api.webhooks.models import WebhookEndpoint
from learning.models import LearningRecord
from tenants.people.admin.pages import Checkboxes
from tenants.people.models import Person

Kind = LearningRecord.Kind
MEANS: Final = {
    Kind.ASSIGNMENT_CREATED: "somebody is given a path",
    Kind.ASSIGNMENT_STARTED: "they start it",
    Kind.ASSIGNMENT_PAUSED: "it is paused",
    Kind.ASSIGNMENT_RESUMED: "it goes on",
    Kind.ASSIGNMENT_WITHDRAWN: "it is taken back",
    Kind.ASSIGNMENT_COMPLETED: "they complete it",
    Kind.STEP_STARTED: "a step is started",
    Kind.STEP_DONE: "a step is done",
    Kind.STEP_SET_ASIDE: "a step is set aside, as they can do it already",
    Kind.STEP_RETURNED: "a step comes back into the plan",
    Kind.FIRST_WIN: "the first win is there",
    Kind.PERSON_ERASED: "everything about somebody was erased",
}


class EndpointForm(forms.ModelForm):  # type: ignore[type-arg]
    actor: Any = None
    url = forms.CharField(
        label="Address",
        max_length=2000,
        widget=UnfoldAdminTextInputWidget(attrs={"type": "url"}),
        help_text="Where the other system takes messages; they tell you. It starts with https://.",
    )
    kinds = forms.MultipleChoiceField(
        label="Events",
        required=False,
        choices=[(kind.value, f"{words} ({kind.value})") for kind, words in MEANS.items()],
        widget=Checkboxes,
        help_text="What is sent. Choose none, and it is all of them, also kinds that come later.",
    )

    class Meta:
        model = WebhookEndpoint
        fields = ("url", "description", "kinds")

    def clean_url(self) -> str:
        """Asks DNS, where it was changed."""
        url: str = self.cleaned_data["url"].strip()
        if self.instance.pk and url == self.initial.get("url"):
            return url
        try:
            return check_url(url)
        except ValidationError as error:
            raise ValidationError(error.messages) from error

    def clean(self) -> dict[str, Any]:
        if not self.instance.pk:
            check_room()
        return super().clean() or self.cleaned_data

    def add(self) -> tuple[WebhookEndpoint, str]:
        """The new endpoint and its secret."""
        return add_endpoint(actor=cast(Person, self.actor), **self._given())

    def change(self) -> None:
        there = WebhookEndpoint.objects.get(pk=self.instance.pk)  # the instance has the new values
        change_endpoint(endpoint=there, **self._given())

    def _given(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.Meta.fields}
