"""Ways a message reaches its reader: one folder each.

Adding a channel means adding a folder, whose ``CHANNEL`` is the class. Nothing else names it.
"""

import pkgutil
from importlib import import_module

from reinforcement.channels.base import (
    AddressRefused,
    Channel,
    ConnectionRevoked,
    PermanentFailure,
    TemporaryFailure,
    Unreachable,
)


def _found() -> dict[str, type[Channel]]:
    folders = (module.name for module in pkgutil.iter_modules(__path__) if module.ispkg)
    classes = [import_module(f"{__name__}.{folder}").CHANNEL for folder in folders]
    return {each.name: each for each in sorted(classes, key=lambda each: str(each.name))}


channels: dict[str, type[Channel]] = _found()

__all__ = [
    "AddressRefused",
    "Channel",
    "ConnectionRevoked",
    "PermanentFailure",
    "TemporaryFailure",
    "Unreachable",
    "channels",
]
