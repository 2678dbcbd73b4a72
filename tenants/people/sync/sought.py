"""Keys to look people up by, and reading whoever holds them."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from tenants.people.sync.drafts import storable
from tenants.people.sync.roster import IN_LOWER_CASE, KEYS, SELECT, Roster
from tenants.people.sync.values import CLEANERS, BadValue, as_uid

# Whole rows go up the chart: fetching them by the keys found would cost more than carrying them.
# OFFSET keeps the planner, which expects many, from reading everybody to find each one's manager.
UPWARDS = f"""
WITH RECURSIVE sought AS (
    SELECT found.* FROM people_person found WHERE {{condition}}
    UNION
    SELECT manager.* FROM sought,
        LATERAL (SELECT * FROM people_person WHERE id = sought.manager_id OFFSET 0) manager
)
{SELECT.format(people="sought")}
"""  # noqa: S608  # no input


class Sought(defaultdict[str, set[Any]]):
    """Values to look for, by key: ``uid``, one of `KEYS`, or ``name``."""

    def __init__(self) -> None:
        super().__init__(set)

    def add_row(self, row: Mapping[str, Any]) -> None:
        """The keys that say whom a row means, as they came and as they would be stored."""
        for key in KEYS:
            if isinstance(raw := row.get(key), str):
                self._add(key, storable(raw))
            try:
                self._add(key, CLEANERS[key](raw))
            except BadValue:
                continue
        self._add("uid", as_uid(row.get("uid")))

    def add_manager(self, key: str, value: str) -> None:
        """A manager as a reference or an ``awaited_manager`` names them."""
        for each in ("uid", *KEYS) if key == "key" else (key,):
            if each == "uid":
                self._add(each, as_uid(value))
            else:
                self._add(each, value.lower() if each in IN_LOWER_CASE else value)

    def _add(self, key: str, value: Any) -> None:
        if value:
            self[key].add(value)

    def add_all(self, other: "Sought") -> None:
        for key, values in other.items():
            self[key] |= values

    def shares(self, other: "Sought") -> bool:
        return any(values & other.get(key, set()) for key, values in self.items())

    def found_in(self, roster: Roster) -> Iterator[int]:
        """Who in there holds one of the values; names are not looked at."""
        for uid in self.get("uid", ()):
            if uid in roster.by_uid:
                yield roster.by_uid[uid]
        for key, holders in roster.holders.items():
            yield from (holders[value] for value in self.get(key, ()) if value in holders)

    def upwards(self) -> tuple[str, list[Any]]:
        """A query for whoever holds one of the values and all managers above; its parameters."""
        condition = " OR ".join(f"found.{key} = ANY(%s)" for key in self) or "false"
        return UPWARDS.format(condition=condition), [list(values) for values in self.values()]
