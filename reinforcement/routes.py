"""By which channel somebody is reached: the one they chose, else mail, else the portal."""

from collections.abc import Collection, Iterable

from reinforcement.models import Delivery
from reinforcement.models.channels import MAIL, PORTAL
from reinforcement.ways import Way, ways_of
from tenants.people.models import Person


def routes(
    people: Iterable[Person], kind: Delivery.Kind, *, but: Collection[str] = ()
) -> dict[int, str]:
    """Person id → the name of a channel that carries this `kind` and is open to them.

    `but` names channels that were tried in vain. Two queries, however many people, plus one each
    for whose preference is not loaded.
    """
    return {pk: _route(ways, but) for pk, ways in ways_of(list(people), kind).items()}


def _route(ways: dict[str, Way], but: Collection[str]) -> str:
    wanted = [name for name, way in ways.items() if way.chosen]
    usable = {name for name, way in ways.items() if way.is_open and name not in but}
    return next((name for name in (*wanted, MAIL) if name in usable), PORTAL)
