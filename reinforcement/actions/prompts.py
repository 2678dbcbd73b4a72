from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from learning.models import StepSkill
from reinforcement.actions.own_items import WEEK_IS_OVER, check_own, week_is_over
from reinforcement.facts import SAME_PROMPT_AFTER
from reinforcement.models import BriefItem, Moment, Prompt
from reinforcement.selection import PromptFacts, Prompts, best_prompt
from tenants.people.models import Person

NO_OTHER = "no_other"  # the code of the error that says so


@dataclass(frozen=True)
class Subject:
    """What an item is about, as far as a prompt can be tied to it (ids)."""

    skills: frozenset[int]
    outcome: int
    role: int


@transaction.atomic
def swap_prompt(
    *, item: BriefItem, actor: Person, shown: UUID | None = None, now: datetime | None = None
) -> BriefItem:
    """Put the next best prompt in place of this one, which is kept to come back to.

    Never one that this pair had in eight weeks, shown or swapped away; none that somebody else in
    the brief hears, unless there is no other. `shown` is the uid of the prompt that was read: where
    another one is there by now nothing changes, so that pressing twice is once. Raises
    `ValidationError` for anybody but the brief's manager, where the report is in another team by
    now, once the week is over, and (code `NO_OTHER`) where every prompt was used. Six queries.
    """
    now = now or timezone.now()
    locked = _locked(item, actor, now)
    if locked.prompt is None or (shown and locked.prompt.uid != shown):
        return locked
    used, said = _used(locked, now)
    about, moment = _subject(locked), Moment(locked.moment)
    prompts = _prompts(about)
    chosen = best_prompt(about, prompts, used | said, moment=moment) or best_prompt(
        about, prompts, used, moment=moment
    )
    if chosen is None:
        raise ValidationError(
            _("There is no other one for %(name)s: you had them all in the last eight weeks."),
            code=NO_OTHER,
            params={"name": item.report.called},
        )
    locked.prompts_seen.append(locked.prompt_id)
    locked.prompt = Prompt.objects.get(pk=chosen)
    locked.save(update_fields=["prompt", "prompts_seen"])
    return locked


@transaction.atomic
def take_back_prompt(
    *, item: BriefItem, actor: Person, shown: UUID | None = None, now: datetime | None = None
) -> BriefItem:
    """The prompt that was shown before comes back; nothing changes where there was none.

    `shown` and the errors are those of `swap_prompt`.
    """
    locked = _locked(item, actor, now or timezone.now())
    if shown and locked.prompt and locked.prompt.uid != shown:
        return locked
    there = Prompt.objects.in_bulk(locked.prompts_seen)  # L&D may have deleted one meanwhile
    seen = [pk for pk in locked.prompts_seen if pk in there]
    if seen:
        locked.prompt = there[seen.pop()]
        locked.prompts_seen = seen
        locked.save(update_fields=["prompt", "prompts_seen"])
    return locked


def _locked(item: BriefItem, actor: Person, now: datetime) -> BriefItem:
    check_own(item, actor)
    if week_is_over(item, now):
        raise ValidationError(_("That week is over."), code=WEEK_IS_OVER)
    return (
        BriefItem.objects.select_for_update(of=("self",))
        .select_related("brief", "report", "prompt", "plan_step", "assignment__path")
        .get(pk=item.pk)
    )


def _used(item: BriefItem, now: datetime) -> tuple[set[int], set[int]]:
    """What this pair had in eight weeks, this week too; what others hear this week. One query."""
    used: set[int] = set()
    said: set[int] = set()
    for report, prompt, seen in BriefItem.objects.filter(
        Q(brief=item.brief_id)
        | Q(report=item.report_id, brief__due_at__gt=now - SAME_PROMPT_AFTER),
        brief__manager=item.brief.manager_id,
    ).values_list("report_id", "prompt_id", "prompts_seen"):
        had = {prompt} if prompt else set()
        if report == item.report_id:
            used |= had.union(seen)
        else:
            said |= had
    return used, said


def _subject(item: BriefItem) -> Subject:
    """One query."""
    step = item.plan_step.step_id if item.plan_step else None
    skills = StepSkill.objects.filter(step=step).values_list("skill_id", flat=True)
    assignment = item.assignment
    return Subject(frozenset(skills), assignment.outcome_id, assignment.path.role_id)


def _prompts(about: Subject) -> Prompts:
    """Those that could fit. One query."""
    tied = Q(skill__in=about.skills) | Q(outcome=about.outcome) | Q(role=about.role)
    general = Q(skill=None, outcome=None, role=None)
    rows = Prompt.objects.filter(tied | general, active=True)
    return Prompts(
        PromptFacts(*row) for row in rows.values_list("id", "moment", "skill", "outcome", "role")
    )
