from importlib import import_module
from typing import Final

from django.apps import AppConfig, apps
from django.utils.module_loading import module_has_submodule

MODULE: Final = "audited"


class AuditingConfig(AppConfig):
    name = "tenants.people.auditing"
    label = "auditing"
    verbose_name = "Audit log"

    def ready(self) -> None:
        from tenants.people.auditing import queue, sign_in  # noqa: F401  # they listen

        for config in apps.get_app_configs():
            if config.module and module_has_submodule(config.module, MODULE):
                import_module(f"{config.name}.{MODULE}")
