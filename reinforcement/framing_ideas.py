"""What stands in the way, in managers' words, for whoever frames a path."""

from learning.framing.ideas import Idea
from reinforcement.models import Barrier
from tenants.people.models import Person


def ideas(role: int, *, reader: Person) -> list[Idea]:
    """Open barriers that hurt an outcome of the role, the worst first; one query.

    None for whoever may not read barriers.
    """
    if not reader.has_perm("reinforcement.view_barrier"):
        return []
    barriers = Barrier.objects.filter(status__in=Barrier.OPEN, outcome__role=role)
    return [
        Idea(
            part="because",
            text=barrier.words.strip().rstrip(". "),
            origin=f"a barrier {barrier.manager} named",
            outcome=barrier.outcome_id,
        )
        for barrier in barriers.select_related("manager")
    ]
