"""A rule that loses a condition would be about more people than was meant: it rests instead."""

from typing import Any

from django.db.models.signals import pre_delete
from django.dispatch import receiver

from learning.actions.rules import switch_off
from learning.models import AssignmentRule, Role
from tenants.people.models import Department


@receiver(pre_delete, sender=Department, dispatch_uid="learning.rest_rules")
def rest_rules(instance: Department, **_: Any) -> None:
    """Also where a rule names other departments: they may be about to go as well."""
    for rule in AssignmentRule.objects.filter(active=True, departments=instance):
        switch_off(rule=rule)


@receiver(pre_delete, sender=Role, dispatch_uid="learning.rest_rules_of_role")
def rest_rules_of_role(instance: Role, **_: Any) -> None:
    """As of a department. The admin site deletes no role that a rule asks for."""
    for rule in AssignmentRule.objects.filter(active=True, roles=instance):
        switch_off(rule=rule)
