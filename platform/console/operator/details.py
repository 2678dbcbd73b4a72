"""One company: its figures in detail, why messages fail, who owns it, what operators did."""

import re
from dataclasses import dataclass
from typing import Final

from django.db import DatabaseError, transaction
from django.db.models import Count, Max
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from console.operator.log import last_done
from console.operator.overviews import Overview, overviews_of
from console.operator.requests import Operating, company_named, operators_only
from reinforcement.models import Delivery
from tenants.companies.context import working_for
from tenants.companies.models import Company, Impersonation
from tenants.companies.standing import Standing, standing_of
from tenants.people.models import EmploymentStatus, Person

MOST: Final = 5
MAILBOX: Final = re.compile(r"[\w.+-]+(?=@)")  # whose it is, is nothing to an operator
STATUSES: Final = {
    EmploymentStatus.PREHIRE: "start later",
    EmploymentStatus.ACTIVE: "at work",
    EmploymentStatus.LEAVE: "on leave",
    EmploymentStatus.TERMINATED: "left",
}


@dataclass(frozen=True)
class Failure:
    """Messages that failed for one reason: how many, by which channel, and when the last did."""

    number: int
    channel: str
    why: str


@dataclass(frozen=True)
class Inside:
    """What only the company's own tables tell. Of people: numbers, and who owns it."""

    people: list[tuple[str, int]]
    owners: list[Person]
    failures: list[Failure]


@require_safe
@operators_only
def company(request: Operating, slug: str) -> HttpResponse:
    """About twenty queries."""
    found = company_named(slug)
    now = timezone.now()
    [overview] = overviews_of([found], now=now)
    running = Impersonation.objects.filter(
        company=found, operator_email=request.user.email, ended_at=None, until__gt=now
    ).first()
    context = {
        "overview": overview,
        "found": found,
        "inside": _inside(overview),
        "standing": _standing(found),
        "done": last_done(found),
        "running": running,
    }
    return render(request, "console/operator/company.html", context)


def _standing(company: Company) -> Standing | None:
    """How its setting up stands, where it was set up in steps."""
    standing = standing_of(company)
    return standing if standing.steps else None


def _inside(overview: Overview) -> Inside | None:
    if overview.figures is None:
        return None
    try:
        with working_for(overview.company), transaction.atomic():
            return Inside(_people(), owners_of(), _failures())
    except DatabaseError:  # a migration behind in what is only read here
        return None


def owners_of() -> list[Person]:
    """Who may do everything in the company that is set, the longest here first. One query."""
    return list(Person.objects.at_work().filter(is_superuser=True).order_by("created_at")[:MOST])


def _people() -> list[tuple[str, int]]:
    counted = dict(
        Person.objects.order_by().values_list("employment_status").annotate(number=Count("pk"))
    )
    return [(words, counted[status]) for status, words in STATUSES.items() if counted.get(status)]


def _failures() -> list[Failure]:
    """The most frequent reasons first."""
    failed = (
        Delivery.objects.filter(state=Delivery.State.FAILED)
        .order_by()
        .values("channel", "last_error")
        .annotate(number=Count("pk"), last=Max("pk"))
        .order_by("-number", "-last")[:MOST]
    )
    return [
        Failure(each["number"], each["channel"], MAILBOX.sub("…", each["last_error"]))
        for each in failed
    ]
