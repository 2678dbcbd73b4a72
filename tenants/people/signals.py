"""What changed among people, for the floors above, which this one may not import.

``people_changed`` is sent inside the transaction that wrote the people, so that their
consequences commit with them. Its argument ``changes`` is a list of `PersonChange`.
"""

from dataclasses import dataclass, field
from typing import Any

from django.dispatch import Signal

people_changed = Signal()


@dataclass(frozen=True)
class PersonChange:
    """One person's change: the fields that moved, each as (before, after)."""

    person_id: int
    created: bool = False
    fields: dict[str, tuple[Any, Any]] = field(default_factory=dict)
