"""What a step brings along: where it is, and what there is to download."""

from urllib.parse import urlsplit

from django.template import Library
from django.utils.translation import gettext as _

from learning.files import in_words
from learning.models import Step, StepFile

register = Library()


@register.filter
def place(step: Step) -> str:
    """What the button to a step's address says: "Watch on example.com"."""
    host = (urlsplit(step.location).hostname or "").removeprefix("www.")
    if step.kind == Step.Kind.WATCH:
        return _("Watch on %(host)s") % {"host": host}
    if step.kind == Step.Kind.READ:
        return _("Read on %(host)s") % {"host": host}
    return _("Open %(host)s") % {"host": host}


@register.filter
def kind_in_words(file: StepFile) -> str:
    return in_words(file.media_type)
