"""People, the departments and groups they are in, and the runs that brought them."""

from tenants.people.models.cache import CacheEntry
from tenants.people.models.files import ColumnChoice, PeopleFile
from tenants.people.models.groups import DirectoryGroup
from tenants.people.models.people import MAY_SIGN_IN, Department, EmploymentStatus, Person
from tenants.people.models.sync_runs import SyncRun

__all__ = [
    "MAY_SIGN_IN",
    "CacheEntry",
    "ColumnChoice",
    "Department",
    "DirectoryGroup",
    "EmploymentStatus",
    "PeopleFile",
    "Person",
    "SyncRun",
]
