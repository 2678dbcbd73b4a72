from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from tenants.people.models import Person


@transaction.atomic
def choose_locale(*, person: Person, locale: str) -> Person:
    """Keep the language somebody reads in; empty: as usual in their company.

    Their own choice, until the HRIS sends another one. Raises `ValidationError` for a language
    that we do not speak.
    """
    if locale and locale not in dict(settings.LANGUAGES):
        raise ValidationError({"locale": _("Choose one of the list.")})
    person.locale = locale
    person.save(update_fields=["locale", "updated_at"])
    return person
