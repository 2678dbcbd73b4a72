"""Preparing a path for many people: a draft is its owner's, and gives nobody anything."""

from collections.abc import Iterable
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from learning.actions.assignments import refuse_unpublished
from learning.framing import Framing
from learning.models import MOST, AssignmentDraft, Outcome, Path
from tenants.people.models import EmploymentStatus, Person

Step = AssignmentDraft.Step


def start_draft(*, path: Path, actor: Person, now: datetime | None = None) -> AssignmentDraft:
    """Raises `ValidationError` where the path cannot be given."""
    _check(path)
    now = now or timezone.now()
    return AssignmentDraft.objects.create(path=path, owner=actor, created_at=now, changed_at=now)


def change_path(*, draft: AssignmentDraft, path: Path, now: datetime | None = None) -> None:
    """Give them another path: people and words stay; an outcome of another role does not.

    Raises `ValidationError` where the path cannot be given.
    """
    _check(path)
    draft.path = path
    if draft.outcome and draft.outcome.role_id != path.role_id:
        draft.outcome = None
    _save(draft, Step.PEOPLE, now)


@transaction.atomic
def choose_people(
    *, draft: AssignmentDraft, people: Iterable[int], now: datetime | None = None
) -> int:
    """Add these people (ids), those of them who are with the company; returns how many are new.

    Raises `ValidationError`, and adds nobody, where they would be more than one run gives.
    """
    locked = AssignmentDraft.objects.select_for_update(of=("self",)).get(pk=draft.pk)
    there = set(locked.people.values_list("pk", flat=True))
    here = Person.objects.exclude(employment_status=EmploymentStatus.TERMINATED)
    wanted = set(here.filter(pk__in=people).order_by().values_list("pk", flat=True))
    if (number := len(there | wanted)) > MOST:
        raise ValidationError(
            f"These would be {number:,} people. At most {MOST:,} are given a path at once: choose "
            "fewer, and give it to the others afterwards."
        )
    locked.people.add(*(wanted - there))
    _save(draft, Step.PEOPLE, now)
    return len(wanted - there)


def leave_out(*, draft: AssignmentDraft, people: Iterable[int]) -> None:
    """Take these people (ids) off again."""
    draft.people.remove(*people)
    _save(draft, Step.PEOPLE, None)


def frame(
    *,
    draft: AssignmentDraft,
    framing: Framing,
    outcome: Outcome | None,
    starts_on: date | None,
    keep_wording: bool = False,
    step: AssignmentDraft.Step = Step.FRAMING,
    now: datetime | None = None,
) -> None:
    """Keep these words as they are so far; they are checked when the draft is sent off.

    That concerns about them were read holds for as long as the words stay the same.
    """
    before = Framing(draft.claim, draft.because, draft.sign)
    draft.claim, draft.because, draft.sign = framing.claim, framing.because, framing.sign
    draft.wording_kept = keep_wording or (draft.wording_kept and framing == before)
    draft.outcome, draft.starts_on = outcome, starts_on
    _save(draft, step, now)


def reach_step(
    *, draft: AssignmentDraft, step: AssignmentDraft.Step, now: datetime | None = None
) -> None:
    """The step at which whoever comes back goes on."""
    _save(draft, step, now)


@transaction.atomic
def discard_draft(*, draft: AssignmentDraft) -> None:
    draft.people.clear()  # in one statement, where deleting would take a hundred at a time
    draft.delete()


def _check(path: Path) -> None:
    refuse_unpublished(path)
    if not path.steps.exists():
        raise ValidationError({"path": f"{path} has no steps: add some before assigning it."})


def _save(draft: AssignmentDraft, step: AssignmentDraft.Step, now: datetime | None) -> None:
    draft.step, draft.changed_at = step, now or timezone.now()
    AssignmentDraft.objects.filter(pk=draft.pk).update(
        **{
            name: getattr(draft, name)
            for name in (
                *("path", "outcome", "claim", "because", "sign", "wording_kept", "starts_on"),
                *("step", "changed_at"),
            )
        }
    )
