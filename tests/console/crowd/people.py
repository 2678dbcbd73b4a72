"""Who works there: ten reports to a manager, all the way up to one."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import F

from tenants.people.models import Department, Person


@dataclass(frozen=True)
class Crowd:
    """Everybody in the order of the chart: the first leads the company."""

    people: list[Person]

    @property
    def first(self) -> Person:
        return self.people[0]

    @property
    def managers(self) -> list[Person]:
        return self.people[: len(self.people) // 10]


def hire(number: int, now: datetime) -> Crowd:
    departments = Department.objects.bulk_create(
        Department(name=f"Department {each}") for each in range(60)
    )
    everybody = Person.objects.bulk_create(
        Person(
            password="!",
            external_id=f"hris-{each}",
            employee_number=str(each),
            email=f"given{each}.ek{each % 700}@crowd.example",
            given_name=f"Given{each}",
            family_name=f"Ek{each % 700}",
            job_title=f"Account Executive {each % 12}",
            department=departments[each % 60],
            location=f"Town {each % 9}",
            hired_on=(now - timedelta(days=each % 2_000)).date(),
            **_status(each, now),
        )
        for each in range(number)
    )
    first = everybody[0].pk
    others = Person.objects.filter(pk__gt=first, pk__lte=everybody[-1].pk)
    others.update(manager_id=first + (F("pk") - first) / 10)
    return Crowd(everybody)


def _status(each: int, now: datetime) -> dict[str, Any]:
    """One in twenty has left, one in fifty is on leave; nobody who leads others."""
    if each > 500 and each % 20 == 7:
        return {"employment_status": "terminated", "ended_on": now.date()}
    if each > 500 and each % 50 == 3:
        return {"employment_status": "leave"}
    return {"is_staff": each % 250 == 1}
