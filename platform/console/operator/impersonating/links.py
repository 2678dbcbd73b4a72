"""The link that leads an operator into a company: its own in what is signed, and in its host."""

from typing import Final
from uuid import UUID

from django.conf import settings
from django.urls import reverse

from tenants.companies.actions import find_impersonation
from tenants.companies.context import current_company, working_for
from tenants.companies.models import Impersonation
from tenants.companies.models.impersonations import LINK_LIFE
from tenants.companies.signing import BadToken, sign, unsign

PURPOSE: Final = "operator.look"


def link_to(asked: Impersonation) -> str:
    """An absolute address on the company's host. A query."""
    with working_for(asked.company):
        token = sign(PURPOSE, str(asked.uid))
    return asked.company.url(reverse("operator_entrance", settings.ROOT_URLCONF, args=[token]))


def read_link(token: str) -> Impersonation | None:
    """What it opens in the company that is set; None for what was not signed for that, or is more
    than a minute old. A query."""
    try:
        uid = UUID(unsign(PURPOSE, token, max_age=LINK_LIFE))
    except (BadToken, ValueError):
        return None
    return find_impersonation(company=current_company(), uid=uid)
