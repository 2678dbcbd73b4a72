"""Where somebody signs in: told by mail only, to whoever reads it."""

from portal.sign_up.mails import send_companies
from tenants.companies.context import every_active_company
from tenants.people.models import MAY_SIGN_IN, Person


def tell_companies(email: str, language: str) -> None:
    """Mail with every company where this is somebody who may sign in, or that there is none.

    Three queries per company that is active.
    """
    found = [
        (company.name, company.url())
        for company in every_active_company()
        if Person.objects.filter(email=email.lower(), employment_status__in=MAY_SIGN_IN).exists()
    ]
    send_companies(email, found, language)
