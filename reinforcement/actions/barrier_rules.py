"""What holds of a barrier, whoever writes it."""

from collections.abc import Iterable, Set
from datetime import date

from django.core.exceptions import ValidationError
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from learning.models import Path
from reinforcement.models import Barrier

LONGEST = Barrier._meta.get_field("words").max_length or 0
EVERYTHING = frozenset({"check_back_on", "looked_after_by"})


def wrong_about(
    barrier: Barrier, paths: Iterable[Path], *, today: date, touched: Set[str] = EVERYTHING
) -> dict[str, str]:
    """What is wrong, by field. `paths` are those that are new to it, `touched` what was set now:
    a day that has come or a colleague who has left since is no mistake. No query."""
    wrong: dict[str, str] = {}
    if not barrier.words:
        wrong["words"] = _("Say what slows the team down, in the manager's own words.")
    elif len(barrier.words) > LONGEST:
        wrong["words"] = _("Keep it to %(longest)s characters: these are %(length)s.") % {
            "longest": LONGEST,
            "length": len(barrier.words),
        }
    if barrier.severity not in Barrier.Severity.values:
        wrong["severity"] = _("Choose how bad it is.")
    if barrier.heard_on > today:
        wrong["heard_on"] = _("This day is still to come: it was heard today or before.")
    elif barrier.heard_on > barrier.status_since:
        wrong["heard_on"] = (
            f"It is {barrier.get_status_display()} since {date_format(barrier.status_since)}: it "
            "was heard by then."
        )
    if barrier.touchpoint and barrier.touchpoint.manager_id != barrier.manager_id:
        wrong["touchpoint"] = f"Choose a talk with {barrier.manager.name}."
    reader = barrier.looked_after_by
    if "looked_after_by" in touched and reader and not (reader.is_active and reader.is_staff):
        wrong["looked_after_by"] = (
            f"{reader.name} cannot open this site, where the reminder leads: choose a colleague "
            "who can."
        )
    if archived := [path.name for path in paths if path.status == Path.Status.ARCHIVED]:
        wrong["paths"] = f"“{archived[0]}” is archived: choose a path people can still get."
    return wrong | _wrong_about_checking_back(barrier, today, touched)


def _wrong_about_checking_back(barrier: Barrier, today: date, touched: Set[str]) -> dict[str, str]:
    if barrier.check_back_on is None or "check_back_on" not in touched:
        return {}
    if barrier.status == Barrier.Status.GONE:
        return {"check_back_on": "It is gone: move it back first, then choose a day."}
    if barrier.check_back_on < today:
        return {"check_back_on": "This day is past: choose today or a later one."}
    return {}


def refuse_empty_handed(barrier: Barrier) -> None:
    """Addressed means something reached the team: a path that is out, or a talk since it was
    heard. Raises `ValidationError` saying what is missing. At most two queries."""
    designed = list(barrier.paths.all())
    if any(path.status == Path.Status.PUBLISHED for path in designed):
        return
    if barrier.touchpoint and barrier.touchpoint.held_on > barrier.heard_on:
        return
    drafts = [path.name for path in designed if path.status == Path.Status.DRAFT]
    first = f"Publish “{drafts[0]}”" if drafts else "Add the path that was designed for it"
    raise ValidationError(
        {
            "status": f"{first}, or note a touchpoint that says what was done about it: then it "
            "is addressed."
        }
    )
