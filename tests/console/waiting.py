"""What can happen at a company that waits for a decision on the home page."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from api.models import ApiToken, Scope
from learning.actions import suggest_path, switch_on
from learning.models import (
    Assignment,
    AssignmentRule,
    Path,
    RoleHolding,
    RoleSkill,
    Skill,
)
from reinforcement.actions import note_barrier
from reinforcement.models import Barrier, Brief, Delivery
from tenants.people.models import Person, SyncRun
from tests.conftest import NOW, TODAY
from tests.reinforcement.cast import Assign


@dataclass
class Stage:
    """Who is there, and a path that is published."""

    olive: Person
    ada: Person
    lee: Person
    path: Path
    assign: Assign


def make_rule(path: Path, **given: Any) -> AssignmentRule:
    fields = {
        "name": "New sellers",
        "path": path,
        "outcome": path.role.outcomes.all()[0],
        "claim": "close deals faster",
        "because": "two of your demos ended without a next meeting",
        "sign": "every demo ends with a date in both calendars",
        **given,
    }
    return AssignmentRule.objects.create(**fields)


def make_brief(manager: Person) -> None:
    Brief.objects.create(
        manager=manager, iso_year=2026, iso_week=47, due_at=NOW, written_at=NOW, state="written"
    )


def suggest(stage: Stage) -> None:
    suggest_path(
        person=stage.lee, path=stage.path, because="Demos end without a date", actor=stage.ada
    )


def due_check_back(stage: Stage) -> None:
    barrier = note_barrier(manager=stage.ada, words="Legal.", actor=stage.olive)
    Barrier.objects.filter(pk=barrier.pk).update(check_back_on=TODAY)


def due_first_win(stage: Stage) -> None:
    given = stage.assign(stage.lee)
    Assignment.objects.filter(pk=given.pk).update(first_win_due_on=TODAY + timedelta(days=3))


def stuck_rule(stage: Stage) -> None:
    rule = make_rule(stage.path)
    switch_on(rule=rule)
    draft = Path.objects.create(role=stage.path.role, slug="d", name="Draft")
    AssignmentRule.objects.filter(pk=rule.pk).update(path=draft)


def unfilled_rule(stage: Stage) -> None:
    rule = make_rule(stage.path, because="one in three bookings in {location} was empty")
    rule.roles.add(stage.path.role)
    RoleHolding.objects.create(person=stage.lee, role=stage.path.role, starts_on=TODAY)
    switch_on(rule=rule)


def wanted_draft(stage: Stage) -> None:
    Path.objects.filter(pk=stage.path.pk).update(status=Path.Status.DRAFT)
    RoleHolding.objects.create(person=stage.lee, role=stage.path.role, starts_on=TODAY)


def undefined_skill(stage: Stage) -> None:
    skill = Skill.objects.create(slug="new", name="New")
    RoleSkill.objects.create(role=stage.path.role, skill=skill)


def failed_delivery(stage: Stage) -> None:
    make_brief(stage.ada)
    Delivery.objects.create(
        brief=Brief.objects.get(), recipient=stage.ada, channel="mail", state="failed",
        next_attempt_at=NOW, message_id="<1@acme>",
    )  # fmt: skip


def refused_run(stage: Stage) -> None:
    for state, hours in (("finished", 2), ("refused", 1)):
        SyncRun.objects.create(
            source="api", mode="complete", state=state, requested_at=NOW - timedelta(hours=hours)
        )


def unknown_manager(stage: Stage) -> None:
    Person.objects.filter(pk=stage.lee.pk).update(awaited_manager="external_id:77")


def ending_token(stage: Stage) -> None:
    token, _ = ApiToken.issue(
        name="HRIS", scopes=[Scope.PEOPLE_WRITE], expires_at=NOW + timedelta(days=13)
    )
    ApiToken.objects.filter(pk=token.pk).update(last_used_at=NOW)


DECISIONS = [
    (suggest, "view_pathsuggestion", "A manager suggested a path for somebody"),
    (due_check_back, "view_barrier", "check back on a barrier by today"),
    (due_first_win, "view_assignment", "1 person has a first win due within three days"),
    (stuck_rule, "view_assignmentrule", "A rule is switched on and cannot run"),
    (unfilled_rule, "view_assignmentrule", "“New sellers” waits for 1 person"),
    (wanted_draft, "view_path", "A path that people wait for is still a draft"),
    (undefined_skill, "view_skill", "says of no level what it looks like"),
    (failed_delivery, "view_delivery", "could not be delivered"),
    (refused_run, "view_syncrun", "The last sync of people did not go through"),
    (unknown_manager, "view_person", "The HRIS names a manager for 1 person"),
    (ending_token, "view_apitoken", "An API token that is in use expires"),
]
