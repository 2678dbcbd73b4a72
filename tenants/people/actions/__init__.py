"""Every write to people that is more than one field of one person."""

from tenants.people.actions.access import check_access, give_access
from tenants.people.actions.calendar import turn_the_day
from tenants.people.actions.departments import rename_department
from tenants.people.actions.deprovisioning import deprovision, reinstate
from tenants.people.actions.erasing import check_erasing, erase_person
from tenants.people.actions.files import (
    follow_up,
    forget_file,
    forget_old_files,
    import_file,
    keep_file,
    preview_file,
)
from tenants.people.actions.groups import change_members, delete_group, save_group
from tenants.people.actions.locales import choose_locale
from tenants.people.actions.newcomers import NotAlone, bring_newcomer
from tenants.people.actions.owners import choose_first_password, welcome_owner
from tenants.people.actions.queue import queue_sync, run_queued, take_up_runs
from tenants.people.actions.syncing import sync_people
from tenants.people.sync.results import Outcome, SyncRefused, SyncResult

__all__ = [
    "NotAlone",
    "Outcome",
    "SyncRefused",
    "SyncResult",
    "bring_newcomer",
    "change_members",
    "check_access",
    "check_erasing",
    "choose_first_password",
    "choose_locale",
    "delete_group",
    "deprovision",
    "erase_person",
    "follow_up",
    "forget_file",
    "forget_old_files",
    "give_access",
    "import_file",
    "keep_file",
    "preview_file",
    "queue_sync",
    "reinstate",
    "rename_department",
    "run_queued",
    "save_group",
    "sync_people",
    "take_up_runs",
    "turn_the_day",
    "welcome_owner",
]
