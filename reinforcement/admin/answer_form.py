"""The answers of a question: what they say, in which order, and what level each is evidence for."""

from typing import Any

from django import forms
from django.utils.text import slugify

from reinforcement.models import Choice


class AnswerForm(forms.ModelForm):  # type: ignore[type-arg]
    """Nobody has to think of a key or of a number: a new answer has the place where it stands."""

    class Meta:
        model = Choice
        fields = ("position", "label", "level")
        labels = {"position": "Place", "label": "Answer", "level": "Level it is a sign of"}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["position"].required = False

    def has_changed(self) -> bool:
        """A number alone, which dragging sets, is no answer."""
        return bool(set(self.changed_data) - {"position"}) or bool(
            self.instance.pk and self.changed_data
        )

    def clean_position(self) -> int:
        place: int | None = self.cleaned_data["position"]
        return int(str(self.prefix).rpartition("-")[2]) if place is None else place

    def clean(self) -> dict[str, Any]:
        super().clean()
        if not self.instance.value:
            key = slugify(self.cleaned_data.get("label", ""))[:31]
            self.instance.value = f"{key}-{self.instance.uid.hex[-8:]}".lstrip("-")
        return self.cleaned_data


class AnswerForms(forms.BaseInlineFormSet):  # type: ignore[type-arg]
    default_error_messages = {
        "too_few_forms": "Write %(num)d answers or more.",
        "too_many_forms": "%(num)d answers at most: more do not fit on a phone.",
    }

    def clean(self) -> None:
        """Two buttons that say the same would be one too many."""
        super().clean()
        seen: set[str] = set()
        for form in self.forms:
            label = str(form.cleaned_data.get("label") or "").casefold()
            if not label or form.cleaned_data.get("DELETE"):
                continue
            if label in seen:
                form.add_error("label", "Another answer says the same.")
            seen.add(label)
