"""The people of a preview, a page at a time: why the rule means them, and which plan they get."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from learning.framing import Framing
from learning.models import Assignment, AssignmentRule
from learning.rules.descriptions import reasons
from learning.rules.preview import Preview, plans_of
from learning.side_by_side import Row, rows_of
from tenants.people.models import Person


@dataclass(frozen=True, slots=True)
class Recipient:
    """Somebody who would be given the path."""

    person: Person
    reason: str
    framing: str
    """How it reads for them; "" where it reads as it does for the first."""
    plan: Sequence[Row]

    @property
    def included(self) -> list[Row]:
        return [row for row in self.plan if row.included]

    @property
    def aside(self) -> list[Row]:
        return [row for row in self.plan if not row.included]

    @property
    def bar(self) -> list[Row]:
        """In the path's own order, so that the plans of two people lie under each other."""
        return sorted(self.plan, key=lambda row: row.step.position)


def recipients(
    rule: AssignmentRule, found: Preview, people: Sequence[Person], first: str, *, today: date
) -> list[Recipient]:
    """These of the people found, in their order; `first` is how the framing reads for the first.

    At most nine queries, however many people: their plans are built, so show a page of them.
    """
    why = reasons(rule, people, today=today)
    built = found.plans or plans_of(rule, people)
    plans = rows_of(rule.path_id, {person.pk: built[person.pk] for person in people})
    read = {person: sentence(found.framings[person]) for person in people}
    return [
        Recipient(
            person, why[person.pk], "" if read[person] == first else read[person], plans[person.pk]
        )
        for person in people
    ]


def sentence(framing: Framing) -> str:
    """As it is read wherever the path is shown."""
    return Assignment(claim=framing.claim, because=framing.because, sign=framing.sign).framing
