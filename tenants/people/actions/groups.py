"""What the identity provider does to its groups."""

from collections.abc import Collection

from django.db import transaction
from django.utils import timezone

from tenants.people.auditing import named, record_event
from tenants.people.models import DirectoryGroup, Person


@transaction.atomic
def save_group(
    *,
    group: DirectoryGroup | None = None,
    name: str,
    external_id: str | None,
    members: Collection[Person] | None = None,
) -> DirectoryGroup:
    """Create a group, or bring one to this name, key and membership. Raises `ValidationError`.

    Without `members` whoever is in it stays, and is not read.
    """
    group = group or DirectoryGroup()
    group.name, group.external_id = " ".join(name.split()), external_id
    group.full_clean()
    group.save()
    if members is not None:
        group.members.set(members)
        told = f"Directory group “{group}”: its members are {named(list(members))}"
        record_event(action="members", about=group, words=told)
    return group


@transaction.atomic
def change_members(
    *, group: DirectoryGroup, add: Collection[Person] = (), remove: Collection[Person] = ()
) -> None:
    """Add and remove members; who the others are is not even read, however many there are.

    Adding who is in and removing who is not changes nothing. At most five queries.
    """
    meant = {person.pk for person in (*add, *remove)}
    present = set(group.members.filter(pk__in=meant).values_list("pk", flat=True))
    new = [person for person in add if person.pk not in present]
    gone = [person for person in remove if person.pk in present]
    if not new and not gone:
        return
    group.members.add(*new)
    group.members.remove(*gone)
    group.updated_at = timezone.now()
    group.save(update_fields=["updated_at"])
    moved = [(new, "came in"), (gone, "went")]
    told = "; ".join(f"{named(people)} {verb}" for people, verb in moved if people)
    record_event(action="members", about=group, words=f"Directory group “{group}”: {told}")


def delete_group(*, group: DirectoryGroup) -> None:
    """Forget the group; its members stay as they are."""
    group.delete()
