"""People on their way to a company: where each of them is, as a path on the root domain."""

from datetime import timedelta
from urllib.parse import urlsplit

from django.utils import timezone

from portal.sign_up.tokens import page_of, progress_of, welcome_url
from tenants.companies.connections import connection
from tenants.companies.models import Company, ProvisioningRun, ProvisioningStep, SignUp
from tenants.people.models import Person

HALF_WAY = {"going-on": ("done", "running"), "failed": ("done", "failed")}
"""How the steps of setting a company up stand; the others wait."""
ALL_THE_WAY = ("done", "done", "done", "done")


def on_their_way(acme: Company, owner: Person) -> dict[str, str]:
    """`code` is asked for one; `owner`, who has no password yet, is welcome on Acme's host."""
    token = urlsplit(welcome_url(acme, owner)).path
    before = connection.tenant
    connection.set_schema_to_public()
    code = page_of(_sign_up("code"))
    found = {
        name: progress_of(_under_way(_company(name), states)) for name, states in HALF_WAY.items()
    }
    found["ready"] = progress_of(_under_way(acme, ALL_THE_WAY))
    connection.set_tenant(before)
    return {"code": code, "welcome": token, **found}


def _sign_up(slug: str, **fields: object) -> SignUp:
    return SignUp.objects.create(
        email=f"ines@{slug}.example", company_name="Initech & Söhne", slug=slug,
        given_name="Ines", family_name="Ito", **fields,
    )  # fmt: skip


def _company(slug: str) -> Company:
    schema = f"c_{slug.replace('-', '_')}"
    return Company.objects.create(name="Initech & Söhne", slug=slug, schema_name=schema)


def _under_way(company: Company, states: tuple[str, ...]) -> SignUp:
    now = timezone.now()
    run = ProvisioningRun.objects.create(company=company)
    for position, kind in enumerate(ProvisioningStep.Kind):
        state = states[position] if position < len(states) else "waiting"
        over = state in ("done", "failed")
        run.steps.create(
            kind=kind, position=position, state=state, began_at=now,
            ended_at=now + timedelta(seconds=2.5) if over else None,
        )  # fmt: skip
    return _sign_up(company.slug, confirmed_at=now, company=company)
