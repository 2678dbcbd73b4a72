"""What the page that asks before departments are deleted says of rules."""

from collections.abc import Sequence

from django.utils.text import get_text_list

from learning.models import AssignmentRule
from tenants.people.admin.people import DepartmentPage
from tenants.people.models import Department


def of_rules(departments: Sequence[Department]) -> list[str]:
    """Those that `learning.rules.losses` will let rest, by name. One query."""
    asking = AssignmentRule.objects.filter(active=True, departments__in=departments).distinct()
    names = [f"“{rule}”" for rule in asking]
    if not names:
        return []
    those = "A rule asks for it and is" if len(names) == 1 else "Rules ask for it and are"
    told = get_text_list(names, "and")
    return [f"{those} switched off, or more people would get a path than was meant: {told}."]


DepartmentPage.others.append(of_rules)
