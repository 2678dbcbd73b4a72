"""Everybody as they will be once a run is written, by key and by name."""

import unicodedata
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

from tenants.people.sync.drafts import Draft
from tenants.people.sync.roster import IN_LOWER_CASE, KEYS, Roster, name_of
from tenants.people.sync.values import as_uid

NAME_MARKS = str.maketrans(".,", "  ")


def name_words(name: str) -> frozenset[str]:
    """A name without order, case, dots and commas: "LeBlanc, Brandon R." is "Brandon R LeBlanc"."""
    plain = unicodedata.normalize("NFKC", name).casefold().translate(NAME_MARKS)
    return frozenset(plain.split())


def names_of(state: Mapping[str, Any]) -> set[frozenset[str]]:
    """What somebody can be called: by the given and by the preferred name."""
    formal = name_words(f"{state['given_name']} {state['family_name']}")
    return {formal, name_words(name_of(state))} if state["preferred_name"] else {formal}


class Directory:
    """Who can be named as a manager: everybody stored, and whom the accepted rows bring or change.

    Names are read only where somebody is looked up by name.
    """

    def __init__(self, roster: Roster, accepted: Sequence[Draft]) -> None:
        self._roster = roster
        self._drafts = {draft.person: draft for draft in accepted if draft.changes}
        self._holders = {key: dict(roster.holders[key]) for key in KEYS}
        moved = [(draft, key) for draft in accepted for key in KEYS if key in draft.changes]
        for draft, key in moved:
            self._holders[key].pop(draft.before[key], None)
        for draft, key in moved:
            if draft.changes[key]:
                self._holders[key][draft.changes[key]] = draft.person

    def find(self, key: str, value: str) -> set[int]:
        """Everybody with that key, at most one; with that name, any number."""
        if key == "name":
            return self._bearers.get(name_words(value), set())
        found = self._holder(value) if key == "key" else self._find_by(key, value)
        return set() if found is None else {found}

    def _holder(self, value: str) -> int | None:
        """Whoever has this as one of their keys; the order of keys decides between two."""
        found = (self._find_by(key, value) for key in ("uid", *KEYS))
        return next((person for person in found if person is not None), None)

    def _find_by(self, key: str, value: str) -> int | None:
        if key == "uid":
            uid = as_uid(value)
            return self._roster.by_uid.get(uid) if uid else None
        return self._holders[key].get(value.lower() if key in IN_LOWER_CASE else value)

    def name(self, person: int) -> str:
        return name_of(self._state(person))

    def _state(self, person: int) -> Mapping[str, Any]:
        draft = self._drafts.get(person)
        return {**draft.before, **draft.changes} if draft else self._roster.people[person]

    @cached_property
    def _bearers(self) -> dict[frozenset[str], set[int]]:
        bearers: dict[frozenset[str], set[int]] = defaultdict(set)
        for person in {*self._roster.people, *self._drafts}:
            for name in names_of(self._state(person)):
                bearers[name].add(person)
        return bearers
