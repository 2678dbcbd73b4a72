"""Keys that belong to somebody else: each external id, number and address has one holder."""

from collections.abc import Sequence

from tenants.people.sync.drafts import Draft
from tenants.people.sync.roster import KEYS, Roster, name_of

Claim = tuple[str, str]


def refuse_taken(drafts: Sequence[Draft], roster: Roster) -> None:
    """Refuse rows that claim a key somebody keeps; a key given up in the same run is free.

    Whoever is refused keeps their keys, which can in turn refuse another row. Linear time.
    """
    claims: dict[Claim, Draft] = {}
    by_person: dict[int, Draft] = {}
    for draft in drafts:
        if not draft.refused:
            by_person[draft.person] = draft
            claims.update((claim, draft) for claim in _claimed(draft))
    waiting = list(claims.items())
    while waiting:
        (key, value), draft = waiting.pop()
        holder = roster.holders[key].get(value)
        if draft.refused or holder is None or holder == draft.person:
            continue
        keeper = by_person.get(holder)
        if keeper and not keeper.refused and key in keeper.changes:
            continue
        draft.refuse(key, value, f"belongs to {_known_as(holder, key, roster)}")
        for kept in KEYS:
            claim = (kept, draft.before[kept])
            if kept in draft.changes and claim in claims:
                waiting.append((claim, claims[claim]))


def _claimed(draft: Draft) -> list[Claim]:
    changes = draft.changes
    return [(key, changes[key]) for key in KEYS if changes.get(key)]


def _known_as(person: int, key: str, roster: Roster) -> str:
    state = roster.people[person]
    if key == "email" and state["external_id"]:
        return f"{name_of(state)}, who is found by external_id {state['external_id']!r}"
    return name_of(state)
