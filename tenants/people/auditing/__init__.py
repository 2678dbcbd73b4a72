"""The audit log: who changed what, when, from where, before and after; append-only.

An app says in its module `audited` which of its tables are in it (see `registering`). What leaves
no such row, as a sign-in, an export, or one action on many rows, is told by `record_event`.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.db.models import Model

    from tenants.people.models import Person


def record_event(
    *, action: str, about: "Model | None" = None, words: str, actor: "Person | None" = None
) -> None:
    """Leave a row of what was done, in the schema that is set. Two queries at most.

    `action`: one of `events.Event`, or a word of one's own such as ``replayed``. `words`: the whole
    sentence, without a full stop. `actor`: whoever is signed in, where nobody is named.
    """
    from tenants.people.auditing import events  # the models are ready when this is called

    events.record(action=action, about=about, words=words, actor=actor)


def named(people: "Sequence[Person]") -> str:
    """Up to three by name, more by their number: ``40 people``."""
    if len(people) > 3:
        return f"{len(people)} people"
    *others, last = map(str, people) if people else ("nobody",)
    return f"{', '.join(others)} and {last}" if others else last
