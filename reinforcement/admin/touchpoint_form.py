from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from unfold.widgets import UnfoldAdminTextareaWidget

from learning.admin.rehearsals import rehearse
from reinforcement.actions import change_touchpoint, note_touchpoint
from reinforcement.models import Barrier, Touchpoint
from tenants.people.admin.pages import Checkboxes
from tenants.people.models import Person


class TouchpointForm(forms.ModelForm):  # type: ignore[type-arg]
    """Asks for what `note_touchpoint` and `change_touchpoint` need, and shows what they refuse.

    What slows the manager's team down can be ticked where it is known whose talk it is.
    """

    actor: Person
    barriers = forms.ModelMultipleChoiceField(
        Barrier.objects.none(),
        label="What it was about",
        required=False,
        widget=Checkboxes,
        help_text="Each of these then shows this talk as the last one about it.",
    )

    class Meta:
        model = Touchpoint
        fields = ("manager", "held_on", "learned")
        widgets = {"learned": UnfoldAdminTextareaWidget(attrs={"rows": 4})}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if self.instance.pk:
            self.fields.pop("barriers", None)
        elif "barriers" in self.fields:
            self.fields["held_on"].required = False
            self.fields["held_on"].help_text = "Empty: today."
            barriers: Any = self.fields["barriers"]
            barriers.queryset = Barrier.objects.filter(
                manager=self._manager(), status__in=Barrier.OPEN
            )
            if not barriers.queryset.exists():
                barriers.label = "What slows them down"
                barriers.help_text = (
                    "Nothing is noted for this manager. It can be noted once this is saved."
                    if self._manager()
                    else "Can be noted once this is saved."
                )

    def clean(self) -> dict[str, Any]:
        super().clean()
        if not self.errors:
            self._rehearse()
        return self.cleaned_data

    def keep(self) -> Touchpoint:
        """Do it. Raises `ValidationError` where the action refuses."""
        given = self.cleaned_data
        if self.instance.pk:
            return change_touchpoint(
                touchpoint=self.instance,
                learned=given["learned"],
                held_on=given["held_on"],
                actor=self.actor,
            )
        return note_touchpoint(
            manager=given["manager"],
            learned=given["learned"],
            held_on=given["held_on"],
            barriers=list(given["barriers"]),
            actor=self.actor,
        )

    def _manager(self) -> int | None:
        """Whom the talk was with, as far as the page knows."""
        key = str(self["manager"].value() or "")
        return int(key) if key.isdecimal() else None

    def _rehearse(self) -> None:
        try:
            rehearse(self.keep)
        except ValidationError as error:
            self.add_error(None, error)
