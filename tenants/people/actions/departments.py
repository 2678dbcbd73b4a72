from django.core.exceptions import ValidationError
from django.db import transaction

from tenants.people.models import Department
from tenants.people.sync.storage import wait_for_other_runs
from tenants.people.sync.values import CLEANERS, BadValue


@transaction.atomic
def rename_department(*, department: Department, name: str) -> Department:
    """Give a department another name; raises `ValidationError` where another one has it.

    Waits for a run of `sync_people` that is under way: runs know departments by their names.
    """
    wait_for_other_runs()
    try:
        cleaned = CLEANERS["department"](name)
    except BadValue as reason:
        raise ValidationError({"name": f"{name[:60]!r} {reason}."}) from reason
    department.name = cleaned or ""
    department.full_clean()
    department.save()
    return department
