"""Every write to companies."""

from tenants.companies.actions.companies import (
    create_company,
    drop_company,
    make_tables,
    migrate_companies,
    open_company,
    reserve_company,
)
from tenants.companies.actions.impersonations import (
    ask_impersonation,
    end_impersonation,
    find_impersonation,
    open_impersonation,
)
from tenants.companies.actions.provisioning import doing, take_address, try_again
from tenants.companies.actions.settings import (
    allow_passwords,
    change_rhythm,
    demand_single_sign_on,
    hide_setup,
    paint,
    put_logo,
    remove_logo,
    shape_briefs,
)
from tenants.companies.actions.sign_ups import (
    begin_sign_up,
    confirm_sign_up,
    forget_sign_ups,
    issue_code,
)
from tenants.companies.actions.suspensions import resume_company, suspend_company

__all__ = [
    "allow_passwords",
    "ask_impersonation",
    "begin_sign_up",
    "change_rhythm",
    "confirm_sign_up",
    "create_company",
    "demand_single_sign_on",
    "doing",
    "drop_company",
    "end_impersonation",
    "find_impersonation",
    "forget_sign_ups",
    "hide_setup",
    "issue_code",
    "make_tables",
    "migrate_companies",
    "open_company",
    "open_impersonation",
    "paint",
    "put_logo",
    "remove_logo",
    "reserve_company",
    "resume_company",
    "shape_briefs",
    "suspend_company",
    "take_address",
    "try_again",
]
