from typing import Final

from django.apps import AppConfig

from tenants.companies.app_modules import app_modules

MODULE: Final = "audited"


class AuditingConfig(AppConfig):
    name = "tenants.people.auditing"
    label = "auditing"
    verbose_name = "Audit log"

    def ready(self) -> None:
        from tenants.people.auditing import queue, sign_in  # noqa: F401  # they listen

        app_modules(MODULE)
