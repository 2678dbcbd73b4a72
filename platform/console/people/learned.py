"""What somebody is there to do and is on: roles, paths, suggestions."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from console.people.happenings import Happening, Kind
from learning.models import (
    Assignment,
    LearningRecord,
    PathSuggestion,
    PlanStep,
    RoleHolding,
)
from learning.receipts import sentences
from learning.reports import Line
from tenants.people.models import Person

State, Moved = PlanStep.State, LearningRecord.Kind
STATUS_COLOURS: Final = {
    Assignment.Status.IN_PROGRESS: "info",
    Assignment.Status.COMPLETED: "success",
    Assignment.Status.PAUSED: "warning",
}


@dataclass(frozen=True)
class Way:
    """A path somebody was given, with the plan; `today` is the reader's."""

    assignment: Assignment
    lines: Sequence[Line]
    today: date

    @property
    def colour(self) -> str:
        return STATUS_COLOURS.get(Assignment.Status(self.assignment.status), "")

    @property
    def done(self) -> int:
        return self._count(State.DONE)

    @property
    def aside(self) -> int:
        return self._count(State.SET_ASIDE)

    @property
    def steps(self) -> int:
        """How many are in the plan."""
        return len(self.lines) - self.aside

    @property
    def is_late(self) -> bool:
        """Whether the day of the first win has passed without one."""
        given = self.assignment
        is_open = given.status in Assignment.RUNNING and not given.first_win_at
        return is_open and given.first_win_due_on < self.today

    def _count(self, state: PlanStep.State) -> int:
        return sum(line.plan_step.state == state for line in self.lines)


def holdings_of(person: Person) -> list[RoleHolding]:
    """The latest first. One query."""
    return list(RoleHolding.objects.filter(person=person).select_related("role"))


def ways_of(person: Person, *, today: date, receipts: bool) -> list[Way]:
    """Every path they were given, also what was taken back: open ones first. Four queries; two
    without `receipts`, which tell of levels."""
    given = Assignment.objects.filter(person=person).select_related(
        "path__role", "outcome", "assigned_by"
    )
    plan = list(
        PlanStep.objects.filter(assignment__person=person)
        .select_related("step")
        .order_by("assignment", "position")
    )
    told = sentences(plan) if receipts else {}
    lines: dict[int, list[Line]] = defaultdict(list)
    for each in plan:
        lines[each.assignment_id].append(Line(each, told.get(each.pk, "")))
    ways = [Way(each, lines[each.pk], today) for each in given]
    return sorted(ways, key=lambda way: way.assignment.status not in Assignment.OPEN)


def roles_held(holdings: Iterable[RoleHolding]) -> Iterator[Happening]:
    for each in holdings:
        role = {"role": each.role.name}
        link = reverse("admin:learning_roleholding_change", args=[each.pk])
        more = each.get_source_display()
        begun = _("Has the role “%(role)s” from here on") % role
        yield Happening(Kind.ROLES, each.starts_on, begun, more, link, at=each.created_at)
        if each.ends_on:
            over = _("Last day in the role “%(role)s”") % role
            yield Happening(Kind.ROLES, each.ends_on, over, "", link)


def moves(person: Person, ways: Iterable[Way]) -> Iterator[Happening]:
    """What became of paths and steps; the path of a step is named where there are several.

    One query.
    """
    words = {
        Moved.ASSIGNMENT_CREATED: _("Was given the path “%(path)s”"),
        Moved.ASSIGNMENT_STARTED: _("Started on the path “%(path)s”"),
        Moved.ASSIGNMENT_PAUSED: _("The path “%(path)s” was paused"),
        Moved.ASSIGNMENT_RESUMED: _("The path “%(path)s” went on"),
        Moved.ASSIGNMENT_WITHDRAWN: _("The path “%(path)s” was withdrawn"),
        Moved.ASSIGNMENT_COMPLETED: _("Completed the path “%(path)s”"),
        Moved.STEP_DONE: _("Did the step “%(step)s”"),
        Moved.STEP_SET_ASIDE: _("The step “%(step)s” was set aside"),
        Moved.STEP_RETURNED: _("The step “%(step)s” came back into the plan"),
        Moved.FIRST_WIN: _("First win on the path “%(path)s”"),
    }
    given = {way.assignment.pk: way.assignment for way in ways}
    records = LearningRecord.objects.filter(person=person, kind__in=words)
    for each in records.order_by("occurred_at", "pk"):
        step, path = each.payload.get("step") or {}, each.payload.get("path") or {}
        names = {"path": path.get("name", ""), "step": step.get("title", "")}
        about = given.get(each.assignment_id or 0)
        more = names["path"] if step and len(given) > 1 else ""
        if about and each.kind == Moved.ASSIGNMENT_CREATED:
            more = _given_by(about)
        yield Happening(
            kind=Kind.PATHS,
            on=localdate(each.occurred_at),
            at=each.occurred_at,
            words=words[Moved(each.kind)] % names,
            more=more,
            link=reverse("admin:learning_assignment_change", args=[about.pk]) if about else "",
        )


def _given_by(assignment: Assignment) -> str:
    source = assignment.get_source_display()
    by = assignment.assigned_by
    return f"{source}, {by.name}" if by else str(source)


def suggestions(person: Person) -> Iterator[Happening]:
    """What managers thought would help, and what L&D made of it. One query."""
    said = PathSuggestion.objects.filter(person=person)
    for each in said.select_related("path", "suggested_by", "decided_by"):
        link = reverse("admin:learning_pathsuggestion_change", args=[each.pk])
        by = each.suggested_by.name if each.suggested_by else _("A manager")
        about = {"name": by, "path": each.path.name}
        words = _("%(name)s suggested the path “%(path)s”") % about
        at = each.suggested_at
        yield Happening(Kind.SUGGESTIONS, localdate(at), words, each.because, link, at=at)
        if each.decided_at:
            at, taken = each.decided_at, each.state == PathSuggestion.State.TAKEN
            about["name"] = each.decided_by.name if each.decided_by else "L&D"
            words = (
                _("%(name)s gave the path “%(path)s” that was suggested")
                if taken
                else _("%(name)s declined the suggested path “%(path)s”")
            )
            yield Happening(
                Kind.SUGGESTIONS, localdate(at), words % about, each.answer, link, at=at
            )
