"""Which person a row means, and rows that mean the same one."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

from tenants.people.sync.drafts import Draft
from tenants.people.sync.roster import KEYS, Roster, name_of

SHOWN_LINES = 5
Key = TypeVar("Key", str, int)


def find_person(keys: Mapping[str, str], roster: Roster) -> int | None:
    """By external id, else employee number, else e-mail, else user name.

    A number or an address does not find somebody known by another external id: it has been
    handed on. An address or a user name finds only somebody without any.
    """
    holders, people = roster.holders, roster.people
    external_id = keys.get("external_id", "")
    if found := holders["external_id"].get(external_id):
        return found
    found = holders["employee_number"].get(keys.get("employee_number", ""))
    if found and (not external_id or people[found]["external_id"] is None):
        return found
    for key in ("email", "user_name"):
        found = holders[key].get(keys.get(key, ""))
        if found and people[found]["external_id"] is None:
            return found
    return None


def refuse_doubles(drafts: Sequence[Draft], roster: Roster) -> None:
    """Refuse all rows that share a key or mean the same person: none can be told to be right."""
    for key in KEYS:
        by_value = _grouped((draft.keys.get(key), draft) for draft in drafts)
        for value, sharing in by_value.items():
            for draft in sharing:
                draft.refuse(key, value, f"is also on {_others(draft, sharing)}")
    by_person = _grouped((draft.person, draft) for draft in drafts)
    for person, meaning in by_person.items():
        if not _share_a_key(meaning):
            for draft in meaning:
                same = f"{name_of(roster.people[person])}, as does {_others(draft, meaning)}"
                draft.refuse("", None, f"This row means {same}")


def _grouped(drafts: Iterable[tuple[Key | None, Draft]]) -> dict[Key, list[Draft]]:
    """Those that share a key with others; for most input nobody does, which is found quickly."""
    first: dict[Key, Draft] = {}
    groups: dict[Key, list[Draft]] = {}
    for key, draft in drafts:
        if key and (other := first.setdefault(key, draft)) is not draft:
            groups.setdefault(key, [other]).append(draft)
    return groups


def _share_a_key(drafts: Sequence[Draft]) -> bool:
    keys = set(drafts[0].keys.items())
    return all(keys & set(other.keys.items()) for other in drafts[1:])


def _others(draft: Draft, drafts: Sequence[Draft]) -> str:
    lines = [str(other.line) for other in drafts if other is not draft]
    more = f" and {len(lines) - SHOWN_LINES} more" if len(lines) > SHOWN_LINES else ""
    return f"line{'s' if len(lines) > 1 else ''} {', '.join(lines[:SHOWN_LINES])}{more}"
