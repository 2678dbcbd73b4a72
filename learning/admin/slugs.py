"""Slugs that nobody has to think of: the library names its rows by them, people do not."""

from typing import Any

from django import forms
from django.utils.text import slugify


class SluggedForm(forms.ModelForm):  # type: ignore[type-arg]
    """Gives a new row a slug made of its name, title or text, which no other row has."""

    def clean(self) -> dict[str, Any]:
        super().clean()
        if not self.instance.slug:
            words = [self.cleaned_data.get(field) for field in ("name", "title", "text")]
            name = next((word for word in words if word), "")
            self.instance.slug = f"{slugify(name)[:60]}-{self.instance.uid.hex[-8:]}".lstrip("-")
        return self.cleaned_data
