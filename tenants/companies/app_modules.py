"""What apps say of themselves in a module of an agreed name, so that imports go on leading down."""

from importlib import import_module
from types import ModuleType

from django.apps import apps
from django.utils.module_loading import module_has_submodule


def app_modules(name: str) -> list[ModuleType]:
    """The modules of that name, of those apps that have one, in the order of ``INSTALLED_APPS``."""
    return [
        import_module(f"{config.name}.{name}")
        for config in apps.get_app_configs()
        if config.module and module_has_submodule(config.module, name)
    ]
