"""A file per benchmark: ``measure(stage)`` returns its `Result`; the file's name is its own."""

import pkgutil
from collections.abc import Callable
from importlib import import_module

from tests.benchmarks.results import Result
from tests.benchmarks.stage import Stage


def found() -> dict[str, Callable[[Stage], Result]]:
    """Every benchmark by its name, in the order of their names."""
    names = sorted(module.name for module in pkgutil.iter_modules(__path__))
    return {name.replace("_", "-"): import_module(f"{__name__}.{name}").measure for name in names}
