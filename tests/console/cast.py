"""What the fixtures of these tests hand out."""

from collections.abc import Callable
from typing import Any

from django.test import Client

from tenants.people.models import Person

Visit = Callable[..., Client]
MakePerson = Callable[..., Person]


def rows(client: Any, page: str) -> dict[str, Any]:
    """What a browser sends back of everything on a page with rows, unchanged."""
    context = client.get(page).context
    forms = [context["adminform"].form]
    values: dict[str, Any] = {}
    for inline in context["inline_admin_formsets"]:
        forms += [inline.formset.management_form, *inline.formset.initial_forms]
    for form in forms:
        for name, field in form.fields.items():
            value = form.get_initial_for_field(field, name)
            if value is not None and value is not False:
                values[form.add_prefix(name)] = value
    return values
