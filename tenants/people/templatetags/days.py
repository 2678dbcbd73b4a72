"""Days and hours in templates: see `tenants.people.days`. Nothing stays nothing."""

from datetime import date, datetime

from django.template import Library

from tenants.people import days

register = Library()


@register.filter
def day(when: date | None) -> str:
    return days.day(when) if when else ""


@register.filter
def weekday(when: date | None) -> str:
    return days.weekday(when) if when else ""


@register.filter
def hour(when: datetime | None) -> str:
    return days.hour(when) if when else ""
