"""What the fixtures of these tests hand out."""

from collections.abc import Callable
from datetime import UTC, datetime

from learning.models import Assignment
from tenants.people.models import Person

MakePerson = Callable[..., Person]
Assign = Callable[..., Assignment]

# Monday of ISO week 47, 09:00 in Berlin: when Acme's briefs are due
DUE = datetime(2026, 11, 16, 8, tzinfo=UTC)
