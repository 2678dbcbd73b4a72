"""Companies and how they come to be. These tables are in ``public``."""

from tenants.companies.models.companies import (
    RESERVED_SLUGS,
    Company,
    Domain,
    Weekday,
    validate_slug,
    validate_slug_is_free,
    validate_time_zone,
)
from tenants.companies.models.impersonations import Impersonation
from tenants.companies.models.provisioning import ProvisioningRun, ProvisioningStep
from tenants.companies.models.sign_ups import SignUp

__all__ = [
    "RESERVED_SLUGS",
    "Company",
    "Domain",
    "Impersonation",
    "ProvisioningRun",
    "ProvisioningStep",
    "SignUp",
    "Weekday",
    "validate_slug",
    "validate_slug_is_free",
    "validate_time_zone",
]
