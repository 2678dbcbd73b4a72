"""What a manager may do about an item of their own brief, and until when."""

from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from reinforcement.models import BriefItem
from tenants.people.models import EmploymentStatus, Person

CHANGEABLE = timedelta(days=7)  # from when the brief was due: then the next one comes
WEEK_IS_OVER, NOT_YOURS = "week_is_over", "not_yours"  # the codes of errors that say so


def check_own(item: BriefItem, actor: Person) -> None:
    """Raises `ValidationError` unless it was written to `actor`, about who is in their team."""
    if actor.pk != item.brief.manager_id:
        raise ValidationError(_("Only the manager the question was put to can answer it."))
    report = item.report
    if report.manager_id != actor.pk or report.employment_status == EmploymentStatus.TERMINATED:
        raise ValidationError(
            _("%(name)s is not in your team any more."),
            code=NOT_YOURS,
            params={"name": report.called},
        )


def week_is_over(item: BriefItem, now: datetime) -> bool:
    """From then on what was answered and chosen stays as it is."""
    return now >= item.brief.due_at + CHANGEABLE
