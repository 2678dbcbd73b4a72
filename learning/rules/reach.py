"""How many a rule means, and whether that is everybody."""

from django.utils.translation import gettext as _

from learning.models import AssignmentRule
from learning.models.rules import at_work
from learning.rules.conditions import is_about_everybody
from learning.rules.descriptions import status_labels
from learning.rules.preview import Preview
from tenants.people.models import EmploymentStatus, Person


def meant(found: Preview) -> int:
    """How many meet the conditions, whatever would happen to them."""
    given, had_it = len(found.framings), len(found.had_it)
    return given + had_it + len(found.unfilled) + found.been_through


def warning(rule: AssignmentRule, number: int) -> str:
    """What to say where a rule that means so many people means everybody; else "". One query."""
    told = {"number": number, "statuses": ", ".join(status_labels(rule))}
    at_work_only = rule.statuses == at_work()
    if is_about_everybody(rule):
        if at_work_only:
            return _("This rule has no conditions: it means all %(number)d people at work.") % told
        return (
            _(
                "This rule has no condition but the employment status (%(statuses)s): it means "
                "all %(number)d people."
            )
            % told
        )
    if not number or EmploymentStatus.ACTIVE not in rule.statuses:
        return ""
    if number < Person.objects.filter(employment_status__in=rule.statuses).count():
        return ""
    if at_work_only:
        return _("Its conditions leave nobody out: it means all %(number)d people at work.") % told
    return _("Its conditions leave nobody out: it means all %(number)d people.") % told
