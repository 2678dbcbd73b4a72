"""A company's logo: what is taken, what is refused and how that is told."""

from tenants.companies.logos.examining import Examined, examine
from tenants.companies.logos.pictures import ENDINGS, MEDIA_TYPES
from tenants.companies.logos.refusals import KILOBYTES, LARGEST, LOGO_LIMIT, TAKEN, LogoRefused

__all__ = [
    "ENDINGS",
    "KILOBYTES",
    "LARGEST",
    "LOGO_LIMIT",
    "MEDIA_TYPES",
    "TAKEN",
    "Examined",
    "LogoRefused",
    "examine",
]
