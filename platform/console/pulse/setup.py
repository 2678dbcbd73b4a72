"""What a new company does first, each thing ticked off by looking at what is there."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Final

from django.db.models import QuerySet
from django.urls import reverse

from console.pulse.figures import Reader
from console.pulse.waiting import tokens
from learning.models import Assignment, AssignmentRule, Path, Role
from learning.reports.counts import counts
from reinforcement.models import Brief, ChannelConnection
from tenants.companies.context import current_company
from tenants.companies.models import Company, Weekday
from tenants.people.models import EmploymentStatus, Person, SyncRun

Rows = QuerySet[Any]
SENT_BY_HRIS: Final = ("api", "scim")


@dataclass(frozen=True)
class Task:
    """Something to do once: done where `rows` finds as many as `enough`."""

    name: str
    title: str
    why: str
    words: str
    page: str
    may: tuple[str, ...]
    rows: Callable[[], Rows]
    enough: int = 1

    @property
    def link(self) -> str:
        return reverse(f"admin:{self.page}")


@dataclass(frozen=True)
class Setup:
    """What there is to do, in order: the next of it, the rest, and what is done."""

    next: Task | None
    rest: list[Task]
    done: list[Task]

    @property
    def total(self) -> int:
        return bool(self.next) + len(self.rest) + len(self.done)


def _talked_about() -> Rows:
    """Who has a brief to come: on a path, and with somebody to be told."""
    return Assignment.objects.filter(
        status__in=Assignment.RUNNING, person__manager__employment_status=EmploymentStatus.ACTIVE
    )


TASKS: Final = (
    Task(
        "people",
        "Bring people in",
        "A file from your HRIS will do; every row is shown before anything is written.",
        "Import people",
        "people_import",
        ("people.add_person", "people.change_person"),
        Person.objects.at_work,
        enough=2,
    ),
    Task(
        "managers",
        "Say who manages whom",
        "Briefs go to managers. A column for the manager in the file is enough.",
        "Look at people",
        "people_person_changelist",
        ("people.change_person",),
        lambda: Person.objects.at_work().exclude(manager=None),
    ),
    Task(
        "role",
        "Describe a role",
        "What it is there to move, and the skills that move it. Ten are ready in the library.",
        "Start from the library",
        "library",
        ("learning.add_role",),
        lambda: Role.objects.filter(status=Role.Status.ACTIVE),
    ),
    Task(
        "path",
        "Publish its path",
        "Steps that raise these skills. Nobody can be given a draft.",
        "Look at paths",
        "learning_path_changelist",
        ("learning.change_path",),
        lambda: Path.objects.filter(status=Path.Status.PUBLISHED),
    ),
    Task(
        "assignment",
        "Give it to somebody, and say why",
        "One sentence says what it helps them do at work. Everybody's plan is cut to their gaps.",
        "Assign a path",
        "learning_assign",
        ("learning.add_assignment",),
        lambda: Assignment.objects.all(),
    ),
    Task(
        "rhythm",
        "Schedule the first brief",
        "It comes by itself once somebody on a path has a manager.",
        "Choose day and hour",
        "rhythm",
        ("companies.change_company",),
        _talked_about,
    ),
    Task(
        "sender",
        "Say who it is from",
        "A name that managers know in the sender's line, or your chat, so that they open it.",
        "Choose a sender",
        "rhythm",
        ("companies.change_company",),
        ChannelConnection.objects.all,
    ),
    Task(
        "rule",
        "Let a rule do it from now on",
        "Whoever is hired into the role gets its path on the first day. You see whom it means "
        "before it is switched on.",
        "Make a rule",
        "learning_assignmentrule_changelist",
        ("learning.add_assignmentrule",),
        lambda: AssignmentRule.objects.filter(active=True),
    ),
    Task(
        "hris",
        "Connect your HRIS",
        "So that who comes, moves and leaves is known here the same day.",
        "Issue a token",
        "api_apitoken_changelist",
        ("api.add_apitoken",),
        lambda: SyncRun.objects.filter(source__in=SENT_BY_HRIS, dry_run=False),
    ),
)


def setup(reader: Reader) -> Setup | None:
    """What this reader can still do to get the company going; None where it is under way.

    It is once everything is done, or the first brief was written and a rule is on. One query.
    """
    mine = [task for task in TASKS if reader.has_perms(task.may)]
    if not mine:
        return None
    company = current_company()
    found = counts({task.name: task.rows()[: task.enough] for task in TASKS} | _others())
    if found["briefs"] and found["rule"]:
        return None
    open_ = [task for task in mine if not _is_done(task, found, company)]
    if not open_:
        return None
    done = [_worded(task, company) for task in mine if task not in open_]
    first, *rest = (_worded(task, company) for task in open_)
    return Setup(first, rest, done)


def _others() -> dict[str, Rows]:
    """What is asked besides the tasks."""
    return {
        "briefs": Brief.objects.filter(state=Brief.State.WRITTEN)[:1],
        "tokens": tokens().exclude(last_used_at=None)[:1],
    }


def _is_done(task: Task, found: dict[str, int], company: Company) -> bool:
    also = {
        "rhythm": found["briefs"] > 0,
        "sender": bool(company.sender_name),
        "hris": found["tokens"] > 0,
    }
    return found[task.name] >= task.enough or also.get(task.name, False)


def _worded(task: Task, company: Company) -> Task:
    """With the company's own day and hour, where it speaks of them."""
    if task.name != "rhythm":
        return task
    when = f"{Weekday(company.brief_day).label}s at {company.brief_hour:02}:00"
    return replace(task, why=f"{task.why} Now: {when}, on each manager's own clock.")
