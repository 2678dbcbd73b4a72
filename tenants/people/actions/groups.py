"""What the identity provider does to its groups."""

from collections.abc import Collection

from django.db import transaction
from django.utils import timezone

from tenants.people.models import DirectoryGroup, Person


@transaction.atomic
def save_group(
    *,
    group: DirectoryGroup | None = None,
    name: str,
    external_id: str | None,
    members: Collection[Person],
) -> DirectoryGroup:
    """Create a group, or bring one to this name, key and membership. Raises `ValidationError`."""
    group = group or DirectoryGroup()
    group.name, group.external_id = " ".join(name.split()), external_id
    group.full_clean()
    group.save()
    group.members.set(members)
    return group


@transaction.atomic
def change_members(
    *, group: DirectoryGroup, add: Collection[Person] = (), remove: Collection[Person] = ()
) -> None:
    """Add and remove members; what the others are is not even read, however many there are."""
    group.members.add(*add)
    group.members.remove(*remove)
    group.updated_at = timezone.now()
    group.save(update_fields=["updated_at"])


def delete_group(*, group: DirectoryGroup) -> None:
    """Forget the group; its members stay as they are."""
    group.delete()
