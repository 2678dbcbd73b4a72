from collections.abc import Iterator

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from learning.reports.small_groups import FEWEST
from reinforcement.admin.managers.wishes import MAY_SEE, Wishes
from reinforcement.reports.managers import talking_of
from tenants.companies.attachments import csv_file
from tenants.people.auditing import record_event
from tenants.people.auditing.events import Event

HEADINGS = (
    "Manager",
    "Department",
    "Reports",
    "Last touchpoint",
    "Open barriers",
    "Last talk with their people",
    "Talked with in 14 days",
    "People on a path",
)
HIDDEN = f"fewer than {FEWEST}"


@require_safe
def managers_file(request: HttpRequest) -> HttpResponse:
    """The managers that fit, every page of them. Two queries of its own."""
    if not request.user.has_perms(MAY_SEE):
        raise PermissionDenied
    rows = list(_rows(Wishes.of(request)))
    told = "1 manager" if len(rows) == 1 else f"{len(rows):,} managers"
    record_event(action=Event.EXPORT, words=f"Exported {told} as csv")
    return csv_file("managers.csv", [HEADINGS, *rows])


def _rows(wishes: Wishes) -> Iterator[list[object]]:
    for manager in wishes.found():
        talking = talking_of(manager)
        yield [
            manager.name,
            manager.department.name if manager.department else "",
            manager.people,
            manager.spoken_to_on or "",
            manager.open_barriers,
            manager.talked_on or "",
            HIDDEN if talking.hidden else talking.met,
            HIDDEN if talking.hidden else talking.of,
        ]
