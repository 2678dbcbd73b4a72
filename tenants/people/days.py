"""Days and hours as their reader writes them: in their language, their time zone."""

from datetime import date, datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import pgettext


def day(when: date) -> str:
    """``3 May``; with its year where that is another than this one."""
    on = _on(when)
    if on.year == timezone.localdate().year:
        return date_format(on, pgettext("format of a day, see Django's date filter", "j F"))
    return date_format(on, pgettext("format of a day, see Django's date filter", "j F Y"))


def weekday(when: date) -> str:
    """``Monday 3 May``."""
    return date_format(_on(when), pgettext("format of a day, see Django's date filter", "l j F"))


def hour(when: datetime) -> str:
    """``09:00``."""
    local = timezone.localtime(when) if timezone.is_aware(when) else when
    return date_format(local, pgettext("format of an hour, see Django's date filter", "H:i"))


def _on(when: date) -> date:
    if isinstance(when, datetime):
        return timezone.localdate(when) if timezone.is_aware(when) else when.date()
    return when
