"""The framing of a rule: a text with placeholders that are filled for each person."""

import re
from collections.abc import Mapping
from typing import Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from learning.framing import Framing
from learning.models import AssignmentRule, Skill
from tenants.people.models import Person

PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
STRAY_BRACE = re.compile(r"[{}]")
PARTS: Final = ("claim", "because", "sign")

PLACEHOLDERS: Final = {
    "name": _("what colleagues call them"),
    "job_title": _("their job title"),
    "department": _("their department"),
    "location": _("where they work"),
    "manager": _("what colleagues call their manager"),
    "gap": _("the skill of their largest gap on this path"),
    "role": _("the role of the path"),
    "outcome": _("the outcome that the rule is about"),
    "measure": _("how that outcome is measured"),
}

SAMPLES: Final = {
    "name": "Dana",
    "job_title": "account executive",
    "department": "Sales",
    "location": "Berlin",
    "manager": "Ada",
    "gap": "first conversations",
    "role": "account executive",
    "outcome": "close deals faster",
    "measure": "median days from demo to close",
}
"""What stands in for a person where a template is checked before anybody is known."""


class NotFilled(LookupError):
    """A person lacks what the framing speaks of; `missing` names the placeholder."""

    def __init__(self, missing: str) -> None:
        super().__init__(missing)
        self.missing = missing


def check_template(text: str) -> None:
    """Refuse placeholders that there are not, and braces that belong to none."""
    for name in PLACEHOLDER.findall(text):
        if name not in PLACEHOLDERS:
            known = ", ".join(f"{{{each}}}" for each in PLACEHOLDERS)
            raise ValidationError(f"There is no placeholder {{{name}}}. There is: {known}.")
    if STRAY_BRACE.search(PLACEHOLDER.sub("", text)):
        raise ValidationError("A brace stands alone: write {department}, for instance.")


def sample(rule: AssignmentRule) -> Framing:
    """The framing as it would read for somebody."""
    return _fill(rule, SAMPLES)


def uses(rule: AssignmentRule, name: str) -> bool:
    return any(f"{{{name}}}" in getattr(rule, part) for part in PARTS)


def framing_for(rule: AssignmentRule, person: Person, *, gap: Skill | None) -> Framing:
    """The framing as this person reads it. Raises `NotFilled` where they lack what it speaks of.

    The person needs their department and manager loaded, the rule its outcome and path.
    """
    return _fill(
        rule,
        {
            "name": person.called,
            "job_title": person.job_title,
            "department": person.department.name if person.department else "",
            "location": person.location,
            "manager": person.manager.called if person.manager else "",
            "gap": _inside(gap.name) if gap else "",
            "role": _inside(rule.path.role.name),
            "outcome": _inside(rule.outcome.name),
            "measure": rule.outcome.measure,
        },
    )


def _fill(rule: AssignmentRule, facts: Mapping[str, str]) -> Framing:
    def fact(found: re.Match[str]) -> str:
        if not (value := facts.get(found[1], "")):
            raise NotFilled(found[1])
        return value

    return Framing(*(PLACEHOLDER.sub(fact, getattr(rule, part)) for part in PARTS))


def _inside(name: str) -> str:
    """A name as it stands inside a sentence: but for ``1:1s`` or ``SQL``, without its capital."""
    return name if name[1:2].isupper() else name[:1].lower() + name[1:]
