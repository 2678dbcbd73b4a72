"""What erasing somebody does to what the admin site keeps: figures may name managers."""

from django.core.cache import cache

from console.pulse.kept import KEY
from tenants.people.erasing.contributions import Erasing, Erasure


def forget_figures(erasing: Erasing) -> None:
    """They are counted again when somebody looks."""
    cache.delete(KEY)


ERASURE = Erasure(after=[forget_figures])
