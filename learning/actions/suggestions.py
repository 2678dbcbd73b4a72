"""Paths that managers suggest, and what L&D makes of them."""

from collections.abc import Iterable
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from learning.models import Assignment, Path, PathSuggestion
from tenants.people.models import Person

State = PathSuggestion.State
LONGEST = 300  # characters


@transaction.atomic
def suggest_path(
    *, person: Person, path: Path, because: str, actor: Person, now: datetime | None = None
) -> PathSuggestion:
    """Suggest to L&D that somebody who reports to `actor`, at any depth, gets a path.

    One suggestion at a time per person and path: made again by the same person, it is the same
    one, with the newer reason. Raises `ValidationError` where the person is in another team or has
    left, has the path open, the path is not published, somebody else suggested it already, or the
    reason is missing or too long.
    """
    if not Person.objects.led_by(actor).contains(person):
        raise ValidationError(_("%(name)s is not in your team any more.") % {"name": person.called})
    text = _cleaned(because, "because", _("Say in a line why: what would get better at work?"))
    if path.status != Path.Status.PUBLISHED:
        raise ValidationError({"path": _("This path is not offered any more: choose another.")})
    # whoever gives or suggests this path at this moment goes before or after
    Path.objects.select_for_update(no_key=True).get(pk=path.pk)
    if Assignment.objects.filter(person=person, path=path, status__in=Assignment.OPEN).exists():
        told = _("%(name)s is on this path already: choose another.") % {"name": person.called}
        raise ValidationError({"path": told})
    suggestion, new = PathSuggestion.objects.get_or_create(
        person=person,
        path=path,
        state=State.OPEN,
        defaults={
            "suggested_by": actor,
            "because": text,
            "suggested_at": now or timezone.now(),
        },
    )
    if not new:
        _say_again(suggestion, actor, text)
    return suggestion


@transaction.atomic
def decline_suggestion(
    *, suggestion: PathSuggestion, answer: str, actor: Person, now: datetime | None = None
) -> PathSuggestion:
    """Say no, and why; whoever suggested it reads the answer.

    Raises `ValidationError` where it was decided already, or the answer is missing or too long.
    """
    locked = PathSuggestion.objects.select_for_update(of=("self",)).get(pk=suggestion.pk)
    if locked.state != State.OPEN:
        raise ValidationError(_("This was decided already: open it again to see how."))
    text = _cleaned(answer, "answer", _("Say why not: whoever suggested it reads this."))
    locked.state, locked.answer = State.DECLINED, text
    locked.decided_by, locked.decided_at = actor, now or timezone.now()
    locked.save(update_fields=["state", "answer", "decided_by", "decided_at"])
    return locked


@transaction.atomic
def take_back_suggestion(*, suggestion: PathSuggestion, actor: Person) -> None:
    """As if one had not suggested it. Raises `ValidationError` where it was decided already, or
    somebody else suggested it."""
    locked = PathSuggestion.objects.select_for_update(of=("self",)).get(pk=suggestion.pk)
    if locked.suggested_by_id != actor.pk:
        raise ValidationError(_("Only whoever suggested this can take it back."))
    if locked.state != State.OPEN:
        raise ValidationError(_("L&D has decided on this already, so it stays."))
    locked.delete()


def take_suggestions(
    *, path: Path, people: Iterable[Person], actor: Person | None, now: datetime
) -> int:
    """These people were given the path: whatever was suggested of it for them is done. One query.

    Returns how many suggestions that were.
    """
    return PathSuggestion.objects.filter(
        path=path, person__in=[person.pk for person in people], state=State.OPEN
    ).update(state=State.TAKEN, decided_by=actor, decided_at=now)


def _say_again(suggestion: PathSuggestion, actor: Person, because: str) -> None:
    if suggestion.suggested_by_id != actor.pk:
        raise ValidationError({"path": _("Somebody suggested this path already: L&D has it.")})
    if suggestion.because != because:
        suggestion.because = because
        suggestion.save(update_fields=["because"])


def _cleaned(text: str, field: str, question: str) -> str:
    """One line; `question` is what to say where there is none."""
    text = " ".join(text.split())
    if not text:
        raise ValidationError({field: question})
    over = len(text) - LONGEST
    if over > 0:
        message = ngettext(
            "Make this shorter by a character.", "Make this shorter by %(over)s characters.", over
        )
        raise ValidationError({field: message % {"over": over}})
    return text
