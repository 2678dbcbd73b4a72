"""The people of a preview, a page at a time: why the rule means them, and which plan they get."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from learning.framing import Framing
from learning.models import Assignment, AssignmentRule, Step
from learning.plans import Verdict
from learning.receipts import worded
from learning.rules.descriptions import reasons
from learning.rules.preview import Preview, plans_of
from tenants.people.models import Person


@dataclass(frozen=True, slots=True)
class Row:
    """A step in somebody's plan, or set aside from it, and why."""

    step: Step
    why: str
    included: bool
    quick_win: bool


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
    plans = _rows(rule, {person.pk: built[person.pk] for person in people})
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


def _rows(rule: AssignmentRule, plans: Mapping[int, Sequence[Verdict]]) -> dict[int, list[Row]]:
    steps = Step.objects.filter(path=rule.path_id).in_bulk()
    verdicts: Iterable[Verdict] = [verdict for plan in plans.values() for verdict in plan]
    told = iter(worded([(verdict.code, verdict.receipt) for verdict in verdicts]))
    return {
        person: [Row(steps[v.step.id], next(told), v.included, v.wins_quickly) for v in plan]
        for person, plan in plans.items()
    }
