from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from reinforcement.actions import connect
from reinforcement.models import ChannelConnection
from tenants.people.models import Person

SECRET = {"autocomplete": "off", "spellcheck": "false"}


class ConnectForm(forms.Form):
    """What is typed is never shown again, not even where it was wrong."""

    token = forms.CharField(
        label=_("Bot token"),
        max_length=500,
        required=False,
        widget=forms.PasswordInput(attrs=SECRET),
    )
    signing_secret = forms.CharField(
        label=_("Signing secret"),
        max_length=500,
        required=False,
        widget=forms.PasswordInput(attrs=SECRET),
    )

    def connect(self, channel: str, actor: Person) -> ChannelConnection | None:
        """None where it was refused, which is told at its field."""
        if not self.is_valid():
            return None
        try:
            return connect(channel=channel, actor=actor, **self.cleaned_data)
        except ValidationError as refused:
            for field, told in refused.message_dict.items():
                self.add_error(field, told)
            return None
