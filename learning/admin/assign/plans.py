"""Step 4: everybody's plan, side by side, before anybody has one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from learning.actions import leave_out, reach_step
from learning.admin.assign.pages import Step as At
from learning.admin.assign.pages import address_of, missing, of_draft, show
from learning.facts import plans_for
from learning.giving.standing import Standing, standing_of
from learning.models import Step
from learning.plans import Verdict
from learning.side_by_side import Overview, Row, overview, rows_of
from tenants.people.models import Person

A_PAGE: Final = 50


@dataclass(frozen=True, slots=True)
class Line:
    """Somebody's plan: in its own order, and in the path's, so that plans lie under each other."""

    person: Person
    plan: Sequence[Row]

    @property
    def cells(self) -> list[Row]:
        return sorted(self.plan, key=lambda row: row.step.position)

    @property
    def included(self) -> list[Row]:
        return [row for row in self.plan if row.included]

    @property
    def aside(self) -> list[Row]:
        return [row for row in self.plan if not row.included]


@of_draft
def plans(request: HttpRequest, draft: Any) -> HttpResponse:
    """Built by the planner itself and written nowhere. A constant number of queries."""
    if step := missing(draft):
        return redirect(address_of(draft, step))
    standing = standing_of(draft)
    built = plans_for(draft.path, [person.pk for person in standing.ready])
    told = overview(built)
    if request.method == "POST":
        return _carry_out(request, draft, told)
    return _show(request, draft, standing, built, told)


def _carry_out(request: HttpRequest, draft: Any, told: Overview) -> HttpResponse:
    if request.POST.get("go") == "leave-out-shown":
        leave_out(draft=draft, people=told.shown)
        number = len(told.shown)
        people = "1 person who shows" if number == 1 else f"{number:,} people who show"
        messages.success(request, f"Not chosen any more: {people} everything already.")
        still = draft.chosen > number
        return redirect(address_of(draft, At.PLANS if still else At.PEOPLE))
    reach_step(draft=draft, step=At.ASSIGN)
    return redirect(address_of(draft))


def _show(
    request: HttpRequest,
    draft: Any,
    standing: Standing,
    built: Mapping[int, Sequence[Verdict]],
    told: Overview,
) -> HttpResponse:
    page = Paginator(standing.ready, A_PAGE).get_page(request.GET.get("page"))
    rows = rows_of(draft.path_id, {person.pk: built[person.pk] for person in page})
    steps = list(Step.objects.filter(path=draft.path).order_by("position", "pk"))
    return show(
        request,
        "plans",
        At.PLANS,
        draft,
        told=told,
        done=len(told.shown),
        columns=[(step, told.per_step.get(step.pk, 0)) for step in steps],
        lines=[Line(person, rows[person.pk]) for person in page],
        left_out=len(standing.on_it) + len(standing.gone),
        page=page,
    )
