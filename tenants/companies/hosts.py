"""Which company a host is: asked of the database once in a few seconds, not with every request."""

import copy
import time
from typing import Any, Final

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from django_tenants.utils import get_public_schema_name, schema_context

from tenants.companies.models import Company, Domain

KEPT: Final = 5.0  # seconds until another process's change is noticed here

_known: dict[str, tuple[float, Company]] = {}


def company_at(host: str) -> Company | None:
    """The company on that host, or None. A host nobody registered is never remembered."""
    now = time.monotonic()
    until, company = _known.get(host, (0.0, None))
    if company is None or until < now:
        with schema_context(get_public_schema_name()):
            domain = Domain.objects.select_related("tenant").filter(domain=host).first()
        if domain is None:
            return None
        company = domain.tenant
        _known[host] = now + KEPT, company
    return copy.copy(company)  # nobody else's request sees what one does to it


@receiver([post_save, post_delete], sender=Company, dispatch_uid="hosts.forget_company")
@receiver([post_save, post_delete], sender=Domain, dispatch_uid="hosts.forget_domain")
def forget_hosts(**_: Any) -> None:
    _known.clear()
