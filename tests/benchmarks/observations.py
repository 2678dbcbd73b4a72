"""What was seen of everybody, at random and the same every time: plans are cut to it."""

import random
from datetime import datetime, timedelta

from learning.copying import copy_rows
from learning.models import Observation, Path
from tenants.companies.identifiers import new_uid
from tenants.people.models import Person

SEEN = 0.6  # share of skills in which somebody was seen at all
FIELDS = (
    *("uid", "person", "skill", "level", "source", "observer", "observed_on"),
    *("context", "created_at"),
)


def observe(path: Path, *, now: datetime) -> None:
    """Within the ninety days before `now`, by the manager where there is one."""
    dice = random.Random("observations")  # noqa: S311  # the same every time
    people = list(Person.objects.order_by("pk").values_list("pk", "manager_id"))
    skills = list(path.role.role_skills.order_by("pk").values_list("skill_id", flat=True))
    copy_rows(
        Observation,
        FIELDS,
        (
            (
                new_uid(),
                person,
                skill,
                dice.randint(0, 3),
                "manager" if manager else "self",
                manager or person,
                (now - timedelta(days=dice.randint(1, 90))).date(),
                "",
                now,
            )
            for person, manager in people
            for skill in skills
            if dice.random() < SEEN
        ),
    )
