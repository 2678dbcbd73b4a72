"""Which company the work at hand is for."""

from collections.abc import Iterator
from contextlib import contextmanager

from django_tenants.utils import get_public_schema_name, schema_context, tenant_context

from tenants.companies.connections import connection
from tenants.companies.models import Company


class NoCompanyError(LookupError):
    """The work needs a company, and there is none by that name or none at all."""


def current_company() -> Company:
    """The company of the current connection; raises `NoCompanyError` in ``public``."""
    if isinstance(connection.tenant, Company):
        return connection.tenant
    raise NoCompanyError("This needs a company, and none is set.")


def find_company(slug: str) -> Company:
    """The company with that slug; raises `NoCompanyError` naming those there are."""
    with schema_context(get_public_schema_name()):
        if company := Company.objects.filter(slug=slug).first():
            return company
        known = ", ".join(Company.objects.order_by("slug").values_list("slug", flat=True)[:10])
    raise NoCompanyError(f"There is no company {slug!r}. There is: {known or 'none yet'}.")


def is_open() -> bool:
    """Whether the company that is set is active by now, not when it was read. One query."""
    company = current_company()
    with schema_context(get_public_schema_name()):
        return Company.objects.filter(pk=company.pk, status=Company.Status.ACTIVE).exists()


def every_active_company() -> Iterator[Company]:
    """Each active company in turn, with the work at hand being for it meanwhile."""
    for company in Company.objects.filter(status=Company.Status.ACTIVE).order_by("pk"):
        with working_for(company):
            yield company


@contextmanager
def working_for(company: Company) -> Iterator[Company]:
    """Everything inside reads and writes this company's schema, and no other."""
    with tenant_context(company):
        yield company
