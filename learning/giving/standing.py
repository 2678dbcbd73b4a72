"""Who of the chosen people a path can be given to as things are now."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from learning.models import Assignment, AssignmentDraft, Path
from tenants.people.models import EmploymentStatus, Person

BY_NAME: Final = ("family_name", "given_name", "pk")


@dataclass(frozen=True)
class Standing:
    """The chosen people, by what would happen."""

    ready: list[Person]
    """Who would be given the path."""

    on_it: list[Person]
    """Who has it open already, and keeps it as it is."""

    gone: list[Person]
    """Who has left since they were chosen."""

    @property
    def later(self) -> list[Person]:
        """Of those who would be given it: who starts on their first day, or when they are back."""
        away = (EmploymentStatus.PREHIRE, EmploymentStatus.LEAVE)
        return [person for person in self.ready if person.employment_status in away]


def standing_of(draft: AssignmentDraft) -> Standing:
    """Two queries, however many people."""
    chosen = list(draft.people.select_related("department").order_by(*BY_NAME))
    gone = [p for p in chosen if p.employment_status == EmploymentStatus.TERMINATED]
    here = [p for p in chosen if p.employment_status != EmploymentStatus.TERMINATED]
    busy = on_path(draft.path, [person.pk for person in here])
    return Standing(
        ready=[person for person in here if person.pk not in busy],
        on_it=[person for person in here if person.pk in busy],
        gone=gone,
    )


def on_path(path: Path, people: Iterable[int]) -> set[int]:
    """Who of these people (ids) has the path open. One query."""
    given = Assignment.objects.filter(path=path, person__in=people, status__in=Assignment.OPEN)
    return set(given.values_list("person_id", flat=True))
