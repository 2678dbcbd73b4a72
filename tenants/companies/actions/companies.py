"""Companies come and go: row, host and schema."""

from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django_tenants.utils import get_public_schema_name, schema_context

from tenants.companies import cloning
from tenants.companies.connections import connection
from tenants.companies.models import Company, Domain


def create_company(*, name: str, slug: str, root_domain: str, **settings: object) -> Company:
    """Create a company with its schema and its host ``slug.root_domain``.

    `settings` are further fields of `Company`. Raises `ValidationError` on a name or slug that
    cannot be used. A failure half-way leaves neither row nor schema.
    """
    company = reserve_company(name=name, slug=slug, root_domain=root_domain, **settings)
    try:
        make_tables(company=company)
    except BaseException:
        drop_company(company)
        raise
    open_company(company=company)
    return company


def reserve_company(*, name: str, slug: str, root_domain: str, **settings: object) -> Company:
    """The company's row and host, so that nobody else gets the address; nothing is behind it yet.

    Raises `ValidationError`; of two who want one address at once, for the later.
    """
    with schema_context(get_public_schema_name()):
        company = Company(name=name, slug=slug, schema_name=_schema_name(slug), **settings)
        company.full_clean()
        try:
            with transaction.atomic():
                company.save()
                Domain.objects.create(tenant=company, domain=f"{slug}.{root_domain}")
        except IntegrityError as error:
            raise ValidationError({"slug": _("Somebody has just taken this address.")}) from error
    return company


def make_tables(*, company: Company) -> None:
    """The schema of a reserved company: a copy where one is kept, else by every migration.

    The copy takes a fraction of a second, migrations about eight (`tenants.companies.cloning`).
    What an earlier try left half-way is removed first. Raises `ValueError` for a company that is
    open: its tables hold something.
    """
    if company.status != Company.Status.PROVISIONING:
        raise ValueError(f"{company} is open already.")
    with schema_context(get_public_schema_name()):
        with connection.cursor() as cursor:
            name = connection.ops.quote_name(company.schema_name)
            cursor.execute(f"DROP SCHEMA IF EXISTS {name} CASCADE")
        if not cloning.replay(company.schema_name):
            company.create_schema(verbosity=0)
            cloning.keep(company.schema_name)


def open_company(*, company: Company) -> None:
    """From now on its host answers, and what is due in it is done."""
    company.status = Company.Status.ACTIVE
    with schema_context(get_public_schema_name()):
        company.save(update_fields=["status"])


def _schema_name(slug: str) -> str:
    return "c_" + slug.replace("-", "_")


def drop_company(company: Company) -> None:
    """Remove a company with its schema and everything in it, at once and for good."""
    connection.set_schema_to_public()
    company.delete(force_drop=True)  # type: ignore[call-arg]  # django-tenants'


def migrate_companies() -> None:
    """Bring ``public`` and every company's schema up to date."""
    call_command("migrate_schemas", verbosity=0, interactive=False)
