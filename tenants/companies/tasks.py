"""The class of every Celery task: a task without a company fails, one of a closed company waits."""

import logging
from typing import Any

from django_tenants.utils import get_public_schema_name
from tenant_schemas_celery.task import TenantTask

from tenants.companies.connections import connection
from tenants.companies.context import NoCompanyError, is_open

logger = logging.getLogger(__name__)


class CompanyTask(TenantTask):  # type: ignore[misc]
    """Runs in the company it was sent from; a `PublicTask` runs in ``public``.

    tenant-schemas-celery alone would run a task that lost its company in ``public``. What was sent
    before its company was suspended is left undone: the ticks find it again when it is resumed. A
    query says whether it is, for tasks that a worker runs.
    """

    abstract = True
    public = False

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        in_public = connection.schema_name == get_public_schema_name()
        if in_public and not self.public:
            raise NoCompanyError(f"Task {self.name} was sent without a company.")
        if self.public and not in_public:
            raise NoCompanyError(f"Task {self.name} is public and was sent from a company.")
        if not in_public and self.request.delivery_info and not is_open():
            logger.info("Task %s is left undone: its company is not active.", self.name)
            return None
        return super().__call__(*args, **kwargs)


class PublicTask(CompanyTask):
    """A task about no company in particular: ``@shared_task(base=PublicTask)``."""

    abstract = True
    public = True
