"""What a manager says of their own team's barriers: that there is one, and whether it is gone."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from learning.models import Outcome
from reinforcement.actions.barriers import note_barrier
from reinforcement.models import Barrier
from tenants.companies.context import current_company
from tenants.people.models import Person

BACK = (Barrier.Status.ADDRESSED, Barrier.Status.GONE)
"""Whatever is in one of these can turn out to be there still."""


@transaction.atomic
def say_barrier(
    *,
    manager: Person,
    words: str,
    severity: int = Barrier.Severity.SLOWS,
    outcome: Outcome | None = None,
    now: datetime | None = None,
) -> Barrier:
    """Note what slows the manager's own team down; it waits on L&D's board as heard.

    White space is one space. The same words again on the same day are the same barrier, so a form
    that is sent twice makes one. Raises `ValidationError` at the field, as `note_barrier` does,
    and where nobody reports to them any more.
    """
    now = now or timezone.now()
    Person.objects.select_for_update(of=("self",)).get(pk=manager.pk)  # one form at a time
    if not Person.objects.reports_of(manager).exists():
        raise ValidationError(_("Nobody reports to you any more, so this could not be kept."))
    words = " ".join(words.split())
    said = Barrier.objects.filter(
        manager=manager,
        words=words,
        heard_on=current_company().day_of(now),
        status=Barrier.Status.HEARD,
    )
    return said.first() or note_barrier(
        manager=manager, words=words, severity=severity, outcome=outcome, actor=manager, now=now
    )


@transaction.atomic
def confirm_barrier(
    *, barrier: Barrier, gone: bool, actor: Person, now: datetime | None = None
) -> Barrier:
    """Say of a barrier of one's own team that it is gone, or that it is there still.

    One that is there although it was addressed or gone is heard again, and L&D is reminded of it
    today. What is so already stays as it is. Raises `ValidationError` for anybody but the manager
    whose words they are.
    """
    if actor.pk != barrier.manager_id:
        raise ValidationError(_("Only whoever said it can say whether it is gone."))
    today = current_company().day_of(now or timezone.now())
    locked = Barrier.objects.select_for_update(of=("self",)).get(pk=barrier.pk)
    if gone and locked.status != Barrier.Status.GONE:
        locked.status, locked.check_back_on = Barrier.Status.GONE, None
    elif not gone and locked.status in BACK:
        locked.status, locked.check_back_on, locked.reminded_on = Barrier.Status.HEARD, today, None
    else:
        return locked
    locked.status_since = today
    locked.save(update_fields=["status", "status_since", "check_back_on", "reminded_on"])
    return locked
