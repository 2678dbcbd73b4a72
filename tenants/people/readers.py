"""Writing for somebody who is not there to ask: in their language, on their clock."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.utils import timezone, translation

from tenants.companies.context import current_company
from tenants.people.models import Person


@contextmanager
def written_for(person: Person) -> Iterator[None]:
    """Everything inside is in this person's language and time zone, else in the company's."""
    language = person.locale or current_company().locale
    with translation.override(language), timezone.override(person.zone):
        yield
