"""What the fixtures of these tests hand out."""

from collections.abc import Callable

from django.test import Client

from tenants.people.models import Person

Visit = Callable[..., Client]
MakePerson = Callable[..., Person]
