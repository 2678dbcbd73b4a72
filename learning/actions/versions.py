"""What happens to plans when L&D changes a path: nothing, until their people take the change."""

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Case, Value, When
from django.utils import timezone
from django.utils.translation import gettext as _

from learning.actions.completion import complete_finished
from learning.actions.plans import FIXED, settle
from learning.models import (
    Assignment,
    Path,
    PathVersion,
    PlanStep,
    Step,
    StepFile,
    StepSkill,
)
from tenants.companies.identifiers import new_uid
from tenants.people.auditing import record_event

State = PlanStep.State


@transaction.atomic
def keep_version(*, path: Path, now: datetime | None = None) -> PathVersion | None:
    """Keep the steps as they are for whoever has them; call it before changing any of them.

    Returns the version that keeps them, or None where nobody rests on the path as it is. Ten
    queries, however many people.
    """
    now = now or timezone.now()
    path = Path.objects.select_for_update(no_key=True).get(pk=path.pk)
    resting = Assignment.objects.filter(path=path, version=None)
    version = None
    if resting.exists():
        version = PathVersion.objects.create(path=path, since=path.changed_at, until=now)
        copies = _copy_steps(path, version)
        if copies:
            moves = [When(step=step, then=Value(copy)) for step, copy in copies.items()]
            PlanStep.objects.filter(step__in=copies).update(step=Case(*moves))
        resting.update(version=version)
    Path.objects.filter(pk=path.pk).update(changed_at=now)
    return version


def _copy_steps(path: Path, version: PathVersion) -> dict[int, int]:
    """Step id → the id of its copy, with skills, prerequisites and files."""
    steps = list(Step.objects.filter(path=path))
    copies = Step.every.bulk_create(_copy(step, version) for step in steps)
    ids = {step.pk: copy.pk for step, copy in zip(steps, copies, strict=True)}
    _copy_rows(StepSkill, ids, ["skill_id", "raises_to"])
    _copy_rows(StepFile, ids, ["name", "content", "size", "media_type"])
    links: Any = Step.prerequisites.through
    links.objects.bulk_create(
        links(from_step_id=ids[step], to_step_id=ids[needed])
        for step, needed in links.objects.filter(from_step__in=ids).values_list(
            "from_step_id", "to_step_id"
        )
    )
    return ids


def _copy(step: Step, version: PathVersion) -> Step:
    own = {"id", "uid", "version", "copy_of"}
    values = {
        field.attname: getattr(step, field.attname)
        for field in step._meta.concrete_fields
        if field.name not in own
    }
    return Step(**values, uid=new_uid(), version=version, copy_of=step.identity)


def _copy_rows(model: Any, ids: dict[int, int], fields: list[str]) -> None:
    model.objects.bulk_create(
        model(step_id=ids[row.step_id], **{name: getattr(row, name) for name in fields})
        for row in model.objects.filter(step__in=ids)
    )


@transaction.atomic
def offer_change(*, version: PathVersion, now: datetime | None = None) -> int:
    """Offer the path as it is now to whoever is on this version; returns how many that are.

    Nothing moves until a person takes it. Who declined before is asked again.
    """
    offered = Assignment.objects.filter(version=version, status__in=Assignment.OPEN).update(
        offered_at=now or timezone.now(), declined_at=None
    )
    told = f"Offered “{version.path}” as it is now to {offered} people on an earlier version"
    record_event(action="assignment", about=version.path, words=told)
    return offered


@transaction.atomic
def decline_change(*, assignment: Assignment, now: datetime | None = None) -> None:
    """Stay with the version the plan rests on."""
    Assignment.objects.filter(pk=assignment.pk).exclude(offered_at=None).update(
        declined_at=now or timezone.now()
    )


@transaction.atomic
def take_change(*, assignment: Assignment, now: datetime | None = None) -> list[PlanStep]:
    """Let a plan rest on the path as it is now, and cut it anew.

    What is done or being done stays, also where the path no longer has it; of the rest, what the
    path dropped goes and what it gained comes. Returns the steps that were set aside or came back.
    Raises `ValidationError` where the change was not offered, or the path is over.
    """
    now = now or timezone.now()
    Path.objects.select_for_update(no_key=True).get(pk=assignment.path_id)
    assignment = (
        Assignment.objects.select_related("person", "path", "outcome")
        .select_for_update(of=("self",))
        .get(pk=assignment.pk)
    )
    if assignment.status not in Assignment.OPEN:
        told = _("It is %(status)s: nothing changes any more.")
        raise ValidationError(told % {"status": assignment.get_status_display()})
    if assignment.offered_at is None:
        raise ValidationError(_("Nobody has offered a change of this path."))
    plan = _onto_the_path_as_it_is(assignment)
    assignment.version = assignment.offered_at = assignment.declined_at = None
    assignment.save(update_fields=["version", "offered_at", "declined_at"])
    moved = settle([plan], now=now)
    complete_finished([assignment], now=now)
    return moved


def _onto_the_path_as_it_is(assignment: Assignment) -> list[PlanStep]:
    live = {step.uid: step for step in Step.objects.filter(path=assignment.path_id)}
    plan: list[PlanStep] = []
    gone: list[PlanStep] = []
    for plan_step in assignment.plan_steps.select_related("step"):
        plan_step.assignment = assignment
        if step := live.pop(plan_step.step.identity, None):
            plan_step.step = step
            plan.append(plan_step)
        else:
            (plan if plan_step.state in FIXED else gone).append(plan_step)
    PlanStep.objects.bulk_update(plan, ["step"])
    PlanStep.objects.filter(pk__in=[plan_step.pk for plan_step in gone]).delete()
    return plan + [
        PlanStep(assignment=assignment, step=step, position=step.position) for step in live.values()
    ]
