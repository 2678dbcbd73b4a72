"""Every write to companies."""

from django.core.management import call_command
from django.db import transaction
from django_tenants.utils import get_public_schema_name, schema_context

from tenants.companies.connections import connection
from tenants.companies.models import Company, Domain


def create_company(*, name: str, slug: str, root_domain: str, **settings: object) -> Company:
    """Create a company with its schema and its host ``slug.root_domain``.

    `settings` are further fields of `Company`. Raises `ValidationError` on a name or slug that
    cannot be used. A failure half-way leaves neither row nor schema.
    """
    with schema_context(get_public_schema_name()):
        company = Company(name=name, slug=slug, schema_name=_schema_name(slug), **settings)
        company.full_clean()
        with transaction.atomic():
            company.save()
            Domain.objects.create(tenant=company, domain=f"{slug}.{root_domain}")
        try:
            company.create_schema(verbosity=0)
        except BaseException:
            drop_company(company)
            raise
        company.status = Company.Status.ACTIVE
        company.save(update_fields=["status"])
    return company


def _schema_name(slug: str) -> str:
    return "c_" + slug.replace("-", "_")


def drop_company(company: Company) -> None:
    """Remove a company with its schema and everything in it, at once and for good."""
    connection.set_schema_to_public()
    company.delete(force_drop=True)  # type: ignore[call-arg]  # django-tenants'


def migrate_companies() -> None:
    """Bring ``public`` and every company's schema up to date."""
    call_command("migrate_schemas", verbosity=0, interactive=False)
