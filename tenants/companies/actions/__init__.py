"""Every write to companies."""

from tenants.companies.actions.companies import (
    create_company,
    drop_company,
    make_tables,
    migrate_companies,
    open_company,
    reserve_company,
)
from tenants.companies.actions.provisioning import doing, take_address
from tenants.companies.actions.settings import change_rhythm, paint, shape_briefs
from tenants.companies.actions.sign_ups import (
    begin_sign_up,
    confirm_sign_up,
    forget_sign_ups,
    issue_code,
)

__all__ = [
    "begin_sign_up",
    "change_rhythm",
    "confirm_sign_up",
    "create_company",
    "doing",
    "drop_company",
    "forget_sign_ups",
    "issue_code",
    "make_tables",
    "migrate_companies",
    "open_company",
    "paint",
    "reserve_company",
    "shape_briefs",
    "take_address",
]
