"""Forms that let an action itself say what it refuses: its rules are written once."""

from collections.abc import Callable
from typing import TypeVar

from django.db import transaction

Done = TypeVar("Done")


def rehearse(act: Callable[[], Done]) -> Done:
    """Do it and undo it; returns what it would do, raises what it raises."""
    with transaction.atomic():
        done = act()
        transaction.set_rollback(True)
    return done
