"""What the fixtures of these tests hand out."""

from collections.abc import Callable

from django.test import Client

from learning.models import Assignment
from reinforcement.models import Brief
from tenants.people.models import Person

Visit = Callable[..., Client]
MakePerson = Callable[..., Person]
Assign = Callable[[Person], Assignment]
WriteBrief = Callable[..., Brief]
