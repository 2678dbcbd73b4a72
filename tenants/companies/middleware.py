"""From the host name to the company."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django_tenants.middleware.main import TenantMainMiddleware

from tenants.companies.closed import closed
from tenants.companies.connections import connection
from tenants.companies.hosts import company_at
from tenants.companies.models import Company


class CompanyMiddleware(TenantMainMiddleware):  # type: ignore[misc]
    """Sets the company of the request by its host.

    The root domain gets its own URLs and sees no company's tables; a host nobody registered is
    404; a company that is not open is 503 (`closed`).
    """

    def process_request(self, request: HttpRequest) -> HttpResponse | None:
        connection.set_schema_to_public()
        try:
            host = self.hostname_from_request(request)
        except Exception as error:
            raise self.TENANT_NOT_FOUND_EXCEPTION("Malformed host.") from error
        if host == settings.ROOT_DOMAIN:
            request.urlconf = settings.PUBLIC_SCHEMA_URLCONF
            return None
        company = company_at(host)
        if company is None:
            return HttpResponse("There is nothing at this address.", status=404)
        if company.status != Company.Status.ACTIVE:
            return closed(request, company)
        request.company = company  # type: ignore[attr-defined]
        connection.set_tenant(company)
        return None
