from datetime import date, datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from reinforcement import notes
from reinforcement.actions.own_items import NOT_YOURS
from reinforcement.models import BriefItem, Conversation
from tenants.people.models import Person

LONGEST_NOTE = 2000  # characters
OLDEST = timedelta(days=30)
TAKEN_BACK = timedelta(days=7)  # after the day it was held: then it is part of the record


@transaction.atomic
def hold_conversation(
    *,
    manager: Person,
    report: Person,
    via: str,
    item: BriefItem | None = None,
    note: str | None = None,
    held_on: date | None = None,
    now: datetime | None = None,
) -> Conversation:
    """Note that the two talked on `held_on`, today on the manager's clock unless given.

    Once a day: saying it again gives the same conversation, with the new note where there is one
    (``""`` deletes it, None leaves it). Raises `ValidationError` where the report is not in the
    manager's team, the day is to come or more than 30 days ago, or the note is too long.
    """
    if not Person.objects.reports_of(manager).filter(pk=report.pk).exists():
        raise ValidationError(
            _("%(name)s is not in your team any more."),
            code=NOT_YOURS,
            params={"name": report.called},
        )
    if item and (item.brief.manager_id, item.report_id) != (manager.pk, report.pk):
        raise ValidationError(_("This was about somebody else: open your week again."))
    today = timezone.localdate(now, manager.zone)
    day = held_on or today
    _check(day, today)
    text = None if note is None else notes.cleaned(note, longest=LONGEST_NOTE)
    conversation, new = Conversation.objects.select_for_update().get_or_create(
        manager=manager,
        report=report,
        held_on=day,
        defaults={"item": item, "note": text or "", "via": via},
    )
    if not new:
        _add(conversation, item, text)
    return conversation


@transaction.atomic
def write_note(*, conversation: Conversation, note: str, actor: Person) -> Conversation:
    """Replace the note of one's own conversation; ``""`` deletes it.

    Raises `ValidationError` for anybody but its author, and where it is too long.
    """
    if actor.pk != conversation.manager_id:
        raise ValidationError(_("Only whoever wrote a note can change it."))
    conversation.note = notes.cleaned(note, longest=LONGEST_NOTE)
    conversation.save(update_fields=["note"])
    return conversation


@transaction.atomic
def take_back_conversation(
    *,
    conversation: Conversation,
    actor: Person,
    with_note: bool = False,
    now: datetime | None = None,
) -> None:
    """As if it had not been noted; one that is gone already stays so.

    Raises `ValidationError` for anybody but who noted it, from seven days after it was held, and
    at ``with_note`` where a note would go too and `with_note` does not say so.
    """
    if actor.pk != conversation.manager_id:
        raise ValidationError(_("Only whoever noted a talk can take it back."))
    held = Conversation.objects.select_for_update().filter(pk=conversation.pk).first()
    if held is None:
        return
    if held.held_on <= timezone.localdate(now, actor.zone) - TAKEN_BACK:
        raise ValidationError(_("That was a week ago or more, so it stays as it is."))
    if held.note and not with_note:
        raise ValidationError({"with_note": _("Your note about it would go too.")})
    held.delete()


def _check(day: date, today: date) -> None:
    if day > today:
        raise ValidationError(
            {"held_on": _("That day is still to come: note it once you have talked.")}
        )
    if day < today - OLDEST:
        raise ValidationError(
            {"held_on": _("Choose a day of the last %(days)s days.") % {"days": OLDEST.days}}
        )


def _add(conversation: Conversation, item: BriefItem | None, note: str | None) -> None:
    """What is known now and was not before; how it came the first time stays."""
    changed = []
    if item and conversation.item_id is None:
        conversation.item = item
        changed.append("item")
    if note is not None and note != conversation.note:
        conversation.note = note
        changed.append("note")
    if changed:
        conversation.save(update_fields=changed)
