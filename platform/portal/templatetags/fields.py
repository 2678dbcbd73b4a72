"""A form's fields: whoever sent something wrong starts again at the first wrong one."""

from django.forms import BaseForm, BoundField
from django.template import Library
from django.utils.safestring import SafeString

register = Library()


@register.filter
def control(field: BoundField) -> SafeString:
    """The field itself, with the focus where it is the one to start at.

    Django names its help and its errors (aria-describedby, aria-invalid).
    """
    focused = _to_start_at(field.form)
    attrs: dict[str, str | bool] = {}
    if focused is not None and focused.name == field.name:
        attrs["autofocus"] = True
    return field.as_widget(attrs=attrs)


@register.filter
def wrong_fields(form: BaseForm) -> list[BoundField]:
    """The fields with something to change, in the order of the form."""
    return [field for field in form.visible_fields() if field.errors]


def _to_start_at(form: BaseForm) -> BoundField | None:
    """The first wrong field; where only the whole is wrong, the first that has to be typed anew."""
    if not form.errors:
        return None
    if wrong := wrong_fields(form):
        return wrong[0]
    empty = [field for field in form.visible_fields() if field.widget_type == "password"]
    return next(iter([*empty, *form.visible_fields()]), None)
